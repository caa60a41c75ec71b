//! Everything that can be wrong without running a test.

use anyhow::{Result, bail};

use crate::steps::Steps;
use crate::{documents, shell, tidy};

#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Arguments {
    /// Fail where cargo-deny or its list of advisories cannot be had.
    #[arg(long)]
    pub(crate) strict: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let mut steps = Steps::default();
    steps.step("format", || shell::run(&mut shell::cargo(["fmt", "--all", "--check"])))?;
    steps.step("tidy", tidy::run)?;
    steps.step("documents", || documents::run(&documents::Arguments { check: true }))?;
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

/// Licences need nothing but our tree; advisories need their list, which is on the network.
fn licences(strict: bool) -> Result<()> {
    if !shell::answers(&mut shell::cargo(["deny", "--version"])) {
        let missing = "cargo-deny is not installed (`cargo install --locked cargo-deny`)";
        return unchecked(strict, "licences and advisories", missing);
    }
    shell::run(&mut shell::cargo(["deny", "check", "bans", "licenses", "sources"]))?;
    if !shell::answers(&mut shell::cargo(["deny", "fetch", "db"])) {
        return unchecked(strict, "advisories", "their list could not be fetched");
    }
    shell::run(&mut shell::cargo(["deny", "check", "advisories"]))
}

fn unchecked(strict: bool, what: &str, why: &str) -> Result<()> {
    if strict {
        bail!("{what} were not checked: {why}");
    }
    eprintln!("!!! {what} were not checked: {why}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::unchecked;

    #[test]
    fn what_was_not_checked_fails_only_a_strict_run() {
        assert!(unchecked(false, "licences", "no tool").is_ok());
        let error = unchecked(true, "licences", "no tool").unwrap_err();
        assert_eq!(error.to_string(), "licences were not checked: no tool");
    }
}
