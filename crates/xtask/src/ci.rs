//! What CI runs: all of it, in the order in which most is learnt soonest.

use anyhow::Result;

use crate::steps::Steps;
use crate::{bench, check, e2e, engines, openapi, suite};

/// How often the server is killed on each engine: `cargo xtask crash --rounds 200` does it oftener.
const CRASHES: usize = 5;

#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Arguments {
    /// Fail where cargo-deny or its list of advisories cannot be had.
    #[arg(long)]
    strict: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let mut steps = Steps::default();
    let result = all(arguments, &mut steps);
    println!("\n{}", steps.summary());
    result
}

fn all(arguments: &Arguments, steps: &mut Steps) -> Result<()> {
    let engines = engines::Choice { require_postgres: true, no_postgres: false };
    let check = check::Arguments { strict: arguments.strict };
    steps.step("check", || check::run(&check))?;
    let suite = suite::Arguments { filter: None, engines: engines.clone() };
    steps.step("test", || suite::run(&suite))?;
    let e2e = e2e::Arguments {
        filter: None,
        peer: true,
        clients: true,
        browser: true,
        feditest: true,
        schemathesis: true,
        engines,
    };
    steps.step("e2e", || e2e::run(&e2e))?;
    let crash = bench::Crash { rounds: CRASHES, engine: None, release: false };
    steps.step("crash", || bench::crash(&crash))?;
    steps.step("openapi", || openapi::run(&openapi::Arguments { check: true }))
}
