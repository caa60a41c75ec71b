//! The documents in docs/FEDERATION.md are those that the tests of federation saw us send: the page shows the
//! snapshots, and cannot say anything else.
//!
//! A line `<!-- documents/sent/create_listing -->` is followed by the snapshot of that name: the path of the test
//! module, then the name that the test gave it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::shell;

const PAGE: &str = "docs/FEDERATION.md";
const TESTS: &str = "crates/federation/tests/it";
/// What is no document of its own: tables of results, and the same a third time.
const NOT_SHOWN: &[&str] = &["captured_activities", "states", "answer_1_", "answer_2_", "pasture/"];

#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Arguments {
    /// Fail where the page is not what the tests saw, and write nothing.
    #[arg(long)]
    pub(crate) check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let root = shell::root();
    let path = root.join(PAGE);
    let kept = fs::read_to_string(&path).with_context(|| format!("cannot read {PAGE}"))?;
    let snapshots = snapshots(&root.join(TESTS))?;
    let (said, shown) = filled(&kept, |name| {
        let path = snapshots.get(name);
        document(path.with_context(|| format!("{PAGE} shows {name}, which no test has seen"))?)
    })?;
    let missing: Vec<&str> = snapshots
        .keys()
        .map(String::as_str)
        .filter(|name| !shown.contains(*name) && !NOT_SHOWN.iter().any(|it| name.contains(it)))
        .collect();
    ensure!(missing.is_empty(), "{PAGE} does not show {}", missing.join(", "));
    if arguments.check {
        ensure!(kept == said, "{PAGE} shows what is sent no more; run `cargo xtask documents`");
    } else if kept != said {
        fs::write(path, said).with_context(|| format!("cannot write {PAGE}"))?;
        println!("wrote {PAGE}");
    }
    Ok(())
}

/// The page with every document as it is now, and the names of those it shows.
fn filled(
    page: &str,
    mut document: impl FnMut(&str) -> Result<String>,
) -> Result<(String, BTreeSet<String>)> {
    let (mut out, mut shown) = (String::new(), BTreeSet::new());
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(name) = line.strip_prefix("<!-- ").and_then(|it| it.strip_suffix(" -->")) else {
            continue;
        };
        shown.insert(name.to_owned());
        if lines.next() != Some("```json") {
            bail!("{PAGE}: a line ```json must follow the mark {name}");
        }
        while lines.next().context("a document does not end")? != "```" {}
        out.push_str("```json\n");
        out.push_str(document(name)?.trim_end());
        out.push_str("\n```\n");
    }
    Ok((out, shown))
}

/// A snapshot without its head.
fn document(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path)?;
    let (_, document) = text.split_once("\n---\n").context("a snapshot without a head")?;
    Ok(document.to_owned())
}

/// All snapshots by the names of their tests: `…/it__documents__sent__create_listing.snap` is
/// `documents/sent/create_listing`.
fn snapshots(tests: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::from(tests)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let name = file.strip_prefix("it__").and_then(|name| name.strip_suffix(".snap"));
            if let Some(name) = name.map(|name| name.replace("__", "/")) {
                found.insert(name, path);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shows_the_documents_it_names() {
        let page = "# A\n<!-- a/b -->\n```json\nold\n```\ntext\n";
        let (said, shown) = filled(page, |name| Ok(format!("{{\"{name}\": 1}}\n"))).unwrap();
        assert_eq!(said, "# A\n<!-- a/b -->\n```json\n{\"a/b\": 1}\n```\ntext\n");
        assert!(shown.contains("a/b"));
        assert!(filled("<!-- a -->\ntext\n", |_| Ok(String::new())).is_err());
        assert!(filled("<!-- a -->\n```json\n", |_| Ok(String::new())).is_err());
    }
}
