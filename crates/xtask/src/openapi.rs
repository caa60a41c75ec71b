//! The description of the REST API, kept in the repository so that a change of it is seen.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::shell;

const PATH: &str = "docs/openapi.json";

#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Arguments {
    /// Fail where the file is not what the code says, and write nothing.
    #[arg(long)]
    pub(crate) check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let words = ["run", "--quiet", "--package", "server", "--bin", "tequio", "--", "openapi"];
    let said = shell::output(&mut shell::cargo(words))?;
    let said = format!("{}\n", said.trim_end());
    let path = shell::root().join(PATH);
    if !arguments.check {
        fs::write(path, said).with_context(|| format!("cannot write {PATH}"))?;
        println!("wrote {PATH}");
        return Ok(());
    }
    let kept = fs::read_to_string(path).with_context(|| format!("cannot read {PATH}"))?;
    if let Some(line) = first_difference(&kept, &said) {
        bail!("{PATH}:{line}: is not what the code says; run `cargo xtask openapi`");
    }
    Ok(())
}

/// The first line, counted from one, in which two texts differ.
fn first_difference(kept: &str, said: &str) -> Option<usize> {
    if kept == said {
        return None;
    }
    let same = kept.lines().zip(said.lines()).take_while(|(kept, said)| kept == said).count();
    Some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn a_difference_is_found_on_its_line() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some(2));
        assert_eq!(first_difference("a", "a\n"), Some(2));
    }
}
