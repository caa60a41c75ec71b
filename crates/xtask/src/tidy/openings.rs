//! Every module opens with a sentence on what it is for.

use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.ending(&["rs"])
        .filter(|(path, _)| path.starts_with("crates/") && path.contains("/src/"))
        .filter(|(_, text)| !text.trim_start().starts_with("//!"))
        .map(|(path, _)| Finding::new(path, 1, "opens without a `//!` sentence"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn a_module_without_an_opening_is_found() {
        let tree = Tree::of(&[
            ("crates/a/src/lib.rs", "//! Words.\n"),
            ("crates/a/src/bare.rs", "use std::fmt;\n//! Too late.\n"),
            ("crates/a/tests/it/main.rs", "mod a;\n"),
        ]);
        let found = check(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "crates/a/src/bare.rs");
    }
}
