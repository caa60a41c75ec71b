//! Everything that can be wrong without running a test.

use anyhow::{Result, bail};

use crate::steps::Steps;
use crate::{shell, tidy};

#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Arguments {
    /// Fail where cargo-deny is not installed.
    #[arg(long)]
    pub(crate) strict: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let mut steps = Steps::default();
    steps.step("format", || shell::run(&mut shell::cargo(["fmt", "--all", "--check"])))?;
    steps.step("tidy", tidy::run)?;
    steps.step("clippy", clippy)?;
    steps.step("documentation", documentation)?;
    steps.step("licences", || licences(arguments.strict))
}

fn clippy() -> Result<()> {
    let words = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    shell::run(&mut shell::cargo(words))
}

fn documentation() -> Result<()> {
    let mut doc = shell::cargo(["doc", "--workspace", "--no-deps"]);
    shell::run(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

fn licences(strict: bool) -> Result<()> {
    if shell::answers(&mut shell::cargo(["deny", "--version"])) {
        return shell::run(&mut shell::cargo(["deny", "check"]));
    }
    let missing = "licences and advisories were not checked: cargo-deny is not installed \
                   (`cargo install --locked cargo-deny`)";
    if strict {
        bail!("{missing}");
    }
    eprintln!("!!! {missing}");
    Ok(())
}
