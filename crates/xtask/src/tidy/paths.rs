//! Every path that docs/ARCHITECTURE.md names exists.

use super::{Finding, Tree};

const MAP: &str = "docs/ARCHITECTURE.md";
const ENDINGS: [&str; 9] = [".rs", ".md", ".toml", ".sql", ".json", ".html", ".css", ".js", ".mjs"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text(MAP) else {
        return vec![Finding::new(MAP, None, "is missing")];
    };
    let lines = (1..).zip(text.lines());
    let named = lines.flat_map(|(number, line)| quoted(line).map(move |word| (number, word)));
    named
        .filter(|(_, word)| is_path(tree, word) && !tree.holds(word))
        .map(|(number, word)| {
            Finding::new(MAP, number, format!("names `{word}`, which is not there"))
        })
        .collect()
}

/// What stands between backticks.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// A path begins in a folder we have, or ends like a file; an address begins with a slash.
fn is_path(tree: &Tree, word: &str) -> bool {
    if word.starts_with(['/', '.']) && !word.starts_with(".c") {
        return false;
    }
    if word.contains([' ', '<', '{', '*', ':', '(', '…']) {
        return false;
    }
    let folder = word.split_once('/').is_some_and(|(folder, _)| tree.holds(folder));
    folder || (word.contains('/') && ENDINGS.iter().any(|ending| word.ends_with(ending)))
}

#[cfg(test)]
mod tests {
    use super::{MAP, Tree, check};

    #[test]
    fn a_path_that_is_not_there_is_found() {
        let map = "Start in `crates/a/src/lib.rs`, then `crates/a`.\n\
                   See `crates/b`, `ops/lost.rs`, and `crates/a/src/gone.rs`.\n\
                   Not paths: `/c/HANDLE`, `application/json`, `crates/*/src`, `Door::perform`.\n";
        let tree = Tree::of(&[(MAP, map), ("crates/a/src/lib.rs", "")]);
        let found = check(&tree);
        let problems: Vec<_> = found.iter().map(|f| (f.line, f.problem.as_str())).collect();
        assert_eq!(
            problems,
            [
                (Some(2), "names `crates/b`, which is not there"),
                (Some(2), "names `ops/lost.rs`, which is not there"),
                (Some(2), "names `crates/a/src/gone.rs`, which is not there"),
            ]
        );
    }

    #[test]
    fn a_missing_map_is_found() {
        assert_eq!(check(&Tree::of(&[])).len(), 1);
    }
}
