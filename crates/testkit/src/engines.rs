//! Which engines a test runs on.

use db::Engine;
use tokio::{runtime::Builder, task::LocalSet};

use crate::{World, postgres};

/// Makes two tests of each function that takes a [`World`]: `NAME::sqlite` and `NAME::postgres`.
///
/// A macro, because only two tests with two names say in a report which engine failed. A function that is
/// not listed here is dead code, of which the compiler warns.
#[macro_export]
macro_rules! both_engines {
    ($($case:ident),+ $(,)?) => {$(
        mod $case {
            #[test]
            fn sqlite() {
                $crate::on($crate::Engine::Sqlite, super::$case);
            }

            #[test]
            fn postgres() {
                $crate::on($crate::Engine::Postgres, super::$case);
            }
        }
    )+};
}

/// Runs a test in a new world on one engine.
///
/// Without a PostgreSQL it says so and passes; see [`postgres_is_here`].
pub fn on(engine: Engine, test: impl AsyncFnOnce(World)) {
    if engine == Engine::Postgres && !postgres_is_here() {
        eprintln!("not run: {} names no PostgreSQL", postgres::ADDRESS);
        return;
    }
    run(async || test(World::new(engine).await).await);
}

/// Runs a test on one thread, as each worker of the web server does. Operations block on other threads.
pub fn run(test: impl AsyncFnOnce()) {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    LocalSet::new().block_on(&runtime, test());
}

/// Was a PostgreSQL named by `TEQUIO_TEST_POSTGRES`, as the address of somebody who may create databases?
///
/// Panics where there is none and `TEQUIO_REQUIRE_POSTGRES` is `1`, so that nothing is left out unnoticed.
pub fn postgres_is_here() -> bool {
    postgres::address().is_some()
}
