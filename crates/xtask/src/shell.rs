//! Other programs: where they run, how they are shown, and what their failure means.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::interrupt;

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let ours = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let root = ours.as_deref().and_then(Path::parent).and_then(Path::parent);
    root.map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// The cargo that started us, in the folder of the workspace.
pub(crate) fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(root());
    command
}

/// Runs a program to its end; what it says goes where ours goes.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    println!("$ {shown}");
    interrupt::heed()?;
    let mut child = command.spawn().with_context(|| format!("cannot start `{shown}`"))?;
    let status = interrupt::wait(&mut child)?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs a program and returns what it wrote to standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let shown = show(command);
    interrupt::heed()?;
    let done = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start `{shown}`"))?;
    if !done.status.success() {
        bail!("`{shown}` failed ({})", done.status);
    }
    String::from_utf8(done.stdout).with_context(|| format!("`{shown}` wrote no UTF-8"))
}

/// Whether a program answers at all.
pub(crate) fn answers(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}

/// As one would type it, with the program's name alone.
fn show(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| quoted(&word.to_string_lossy())).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    if word.contains([' ', '(']) { format!("'{word}'") } else { String::from(word) }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{answers, output, root, run};

    #[test]
    fn the_root_is_the_workspace() {
        assert!(root().join("Cargo.toml").exists() && root().join("crates/xtask").exists());
    }

    #[test]
    fn a_failing_program_is_a_failure_that_names_it() {
        let error = run(Command::new("sh").args(["-c", "exit 3"])).unwrap_err().to_string();
        assert!(error.contains("`sh -c 'exit 3'` failed") && error.contains('3'), "{error}");
        assert!(output(&mut Command::new("false")).is_err());
        assert!(!answers(&mut Command::new("no-such-program-anywhere")));
    }

    #[test]
    fn output_is_handed_back() {
        assert_eq!(output(Command::new("echo").arg("here")).unwrap(), "here\n");
    }
}
