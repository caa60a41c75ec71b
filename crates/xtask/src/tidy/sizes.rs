//! No file that a person writes and reads is longer than 600 lines.

use super::{Finding, Tree};

const MOST: usize = 600;
const WRITTEN: [&str; 8] = ["rs", "sql", "html", "css", "js", "mjs", "py", "sh"];
/// Written by diesel, and by others: read by nobody here.
const GENERATED: [&str; 2] = ["crates/db/src/schema.rs", "crates/web/assets/leaflet.css"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let written = tree.ending(&WRITTEN).filter(|(path, _)| !GENERATED.contains(path));
    let long = written.map(|(path, text)| (path, text.lines().count()));
    long.filter(|(_, lines)| *lines > MOST)
        .map(|(path, lines)| Finding::new(path, None, format!("has {lines} lines; split it")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn a_file_of_601_lines_is_too_long() {
        let (short, long) = ("\n".repeat(600), "\n".repeat(601));
        let tree = Tree::of(&[
            ("a.rs", &short),
            ("b.rs", &long),
            ("Cargo.lock", &long),
            ("crates/db/src/schema.rs", &long),
        ]);
        let found = check(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].to_string(), "b.rs: has 601 lines; split it");
    }
}
