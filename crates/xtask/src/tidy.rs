//! The rules of docs/STYLE.md that a machine can check, one file each.

mod arrows;
mod leftovers;
mod migrations;
mod openings;
mod paths;
mod sizes;
mod tree;

use std::fmt;

use anyhow::{Result, bail};

use crate::shell;
use tree::Tree;

/// A place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    line: Option<usize>,
    problem: String,
}

impl Finding {
    fn new(path: &str, line: impl Into<Option<usize>>, problem: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: line.into(), problem: problem.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.problem),
            None => write!(f, "{}: {}", self.path, self.problem),
        }
    }
}

type Check = fn(&Tree) -> Vec<Finding>;

const CHECKS: [Check; 6] = [
    arrows::check,
    leftovers::check,
    migrations::check,
    openings::check,
    paths::check,
    sizes::check,
];

/// Looks at every file git knows or would add.
pub(crate) fn run() -> Result<()> {
    let tree = Tree::read(&shell::root())?;
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(&tree)).collect();
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => {
            println!("{} files are tidy", tree.len());
            Ok(())
        }
        count => bail!("{count} places break a rule of docs/STYLE.md"),
    }
}
