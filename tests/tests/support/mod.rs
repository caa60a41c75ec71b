//! What the tests stand on.

mod cable;
mod http;
mod instance;
mod lemmy;
mod person;
mod program;
mod sinks;
mod visitor;
mod wait;

use testkit::Engine;

pub(crate) use cable::Cable;
pub(crate) use http::{client, fetch, fetch_status};
pub(crate) use instance::{Instance, environment};
pub(crate) use lemmy::Lemmy;
pub(crate) use person::{Person, at};
pub(crate) use program::{Program, free_port};
pub(crate) use sinks::Sinks;
pub(crate) use visitor::Visitor;
pub(crate) use wait::eventually;

/// Makes two tests of each function that takes an [`Engine`]: `NAME::sqlite` and `NAME::postgres`.
macro_rules! both_engines {
    ($($case:ident),+ $(,)?) => {$(
        mod $case {
            #[test]
            fn sqlite() {
                crate::support::on(testkit::Engine::Sqlite, super::$case);
            }

            #[test]
            fn postgres() {
                crate::support::on(testkit::Engine::Postgres, super::$case);
            }
        }
    )+};
}
pub(crate) use both_engines;

/// Runs a test on one engine, with threads as a server has them.
pub(crate) fn on(engine: Engine, test: impl AsyncFnOnce(Engine)) {
    if engine == Engine::Postgres && !testkit::postgres_is_here() {
        eprintln!("not run: no PostgreSQL is named");
        return;
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(test(engine));
    // Two servers are left running: nobody waits for what their blocking threads do.
    runtime.shutdown_background();
}
