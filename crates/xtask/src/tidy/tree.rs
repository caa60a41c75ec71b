//! The files of the repository, read once for all checks.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::shell;

/// Paths from the root of the repository, and texts; a file that is no text counts as empty.
#[derive(Debug)]
pub(super) struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// What git knows, and what it would add: a new file is checked before it is committed.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let words = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let names = shell::output(Command::new("git").args(words).current_dir(root))?;
        let names = names.split('\0').filter(|name| root.join(name).is_file());
        let files = names.map(|name| {
            let text = fs::read(root.join(name)).map(String::from_utf8);
            (name.to_owned(), text.ok().and_then(Result::ok).unwrap_or_default())
        });
        Ok(Self { files: files.collect() })
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| (String::from(*path), String::from(*text)));
        Self { files: files.collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// Every file: its path and its text.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files with one of these endings.
    pub(super) fn ending(&self, endings: &[&str]) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(move |(path, _)| {
            path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
        })
    }

    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether there is such a file, or a folder with files in it.
    pub(super) fn holds(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.files.contains_key(path) || self.files.keys().any(|file| file.starts_with(&folder))
    }
}
