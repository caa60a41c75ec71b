//! Two real servers talking, and programs nobody here wrote talking to one of ours.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::engines::{self, Engines};
use crate::{shell, suite};

#[derive(Debug, Clone, Default, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that somebody types")]
pub(crate) struct Arguments {
    /// Only tests whose name contains this.
    pub(crate) filter: Option<String>,
    /// Also run tests/peer: other people's servers and test suites, from npm.
    #[arg(long)]
    pub(crate) peer: bool,
    /// Also run tests/clients: a client made from the description of the API, and the examples of docs/examples.
    #[arg(long)]
    pub(crate) clients: bool,
    /// Also run tests/browser: the pages in a real browser.
    #[arg(long)]
    pub(crate) browser: bool,
    /// Also run tests/feditest: a `WebFinger` suite from `PyPI` and `GitHub`, where it can be had.
    #[arg(long)]
    pub(crate) feditest: bool,
    /// Also run tests/schemathesis: all that the description of the API lets one ask, with a tool from `PyPI`,
    /// where it can be had.
    #[arg(long)]
    pub(crate) schemathesis: bool,
    #[command(flatten)]
    pub(crate) engines: engines::Choice,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let engines = Engines::start(&arguments.engines)?;
    let binary = build()?;
    let mut tests = suite::nextest("package(e2e)")?;
    tests.args(&arguments.filter).env("TEQUIO_BIN", &binary);
    engines.apply(&mut tests);
    shell::run(&mut tests)?;
    let folders = [
        ("tests/peer", arguments.peer),
        ("tests/clients", arguments.clients),
        ("tests/browser", arguments.browser),
    ];
    for (folder, _) in folders.into_iter().filter(|(_, asked)| *asked) {
        node(folder, &binary, &engines)?;
    }
    if arguments.feditest {
        let mut run = Command::new("./run.sh");
        run.current_dir(shell::root().join("tests/feditest")).env("TEQUIO_BIN", &binary);
        shell::run(&mut run)?;
    }
    if arguments.schemathesis {
        let mut run = Command::new("./run.sh");
        run.current_dir(shell::root().join("tests/schemathesis")).env("TEQUIO_BIN", &binary);
        engines.apply(&mut run);
        shell::run(&mut run)?;
    }
    Ok(())
}

/// Builds the server and returns where it is; together with the tests, or dependencies would be built twice.
fn build() -> Result<PathBuf> {
    shell::run(&mut shell::cargo(["build", "--workspace", "--tests", "--bin", "tequio"]))?;
    let mut metadata = shell::cargo(["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&shell::output(&mut metadata)?)?;
    let target = metadata.get("target_directory").and_then(Value::as_str);
    let target = target.context("cargo metadata names no target directory")?;
    Ok([target, "debug", "tequio"].iter().collect())
}

fn node(folder: &str, binary: &PathBuf, engines: &Engines) -> Result<()> {
    let path = shell::root().join(folder);
    if !path.join("run.mjs").exists() {
        bail!("{folder}/run.mjs is missing");
    }
    shell::run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&path))?;
    let mut run = Command::new("node");
    run.arg("run.mjs").current_dir(&path).env("TEQUIO_BIN", binary);
    engines.apply(&mut run);
    shell::run(&mut run)
}
