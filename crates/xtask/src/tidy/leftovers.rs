//! Nothing that was meant to be replaced before anybody else saw it.

use super::{Finding, Tree};

/// Without their exclamation marks, so that this file does not find itself.
const MACROS: [&str; 3] = ["todo", "unimplemented", "dbg"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in tree.ending(&["rs"]) {
        for (number, line) in (1..).zip(text.lines()) {
            for name in MACROS.iter().filter(|name| calls(line, name)) {
                found.push(Finding::new(path, number, format!("`{name}!` is left over")));
            }
        }
    }
    found
}

fn calls(line: &str, name: &str) -> bool {
    line.split(&format!("{name}!")).collect::<Vec<_>>().windows(2).any(|around| {
        let before = around.first().and_then(|text| text.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn what_is_left_over_is_found_on_its_line() {
        let text = format!("fn a() {{\n    {}!()\n}}\nnot_{}!()\n", "todo", "todo");
        let tree = Tree::of(&[("crates/a/src/lib.rs", &text), ("docs/a.md", &text)]);
        let found = check(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].path.as_str(), found[0].line), ("crates/a/src/lib.rs", Some(2)));
    }
}
