//! The tests of every crate but the two-server ones, which are `e2e`.

use std::process::Command;

use anyhow::{Result, bail};

use crate::engines::{self, Engines};
use crate::shell;

#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Arguments {
    /// Only tests whose name contains this.
    pub(crate) filter: Option<String>,
    #[command(flatten)]
    pub(crate) engines: engines::Choice,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let engines = Engines::start(&arguments.engines)?;
    let mut tests = nextest("not package(e2e)")?;
    tests.args(&arguments.filter);
    engines.apply(&mut tests);
    shell::run(&mut tests)
}

/// The tests a nextest expression names.
///
/// It always builds the whole workspace: a part of it would have other features, and so build its
/// dependencies once more.
pub(crate) fn nextest(expression: &str) -> Result<Command> {
    if !shell::answers(&mut shell::cargo(["nextest", "--version"])) {
        bail!("cargo-nextest is missing; `cargo install --locked cargo-nextest` brings it");
    }
    let mut command = shell::cargo(["nextest", "run", "--workspace", "-E", expression]);
    if std::env::var_os("CI").is_some() {
        command.args(["--profile", "ci"]);
    }
    Ok(command)
}
