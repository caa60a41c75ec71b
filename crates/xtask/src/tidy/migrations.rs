//! Each migration is there for both engines, both ways, and none puts a price on anything.

use std::collections::BTreeSet;

use super::{Finding, Tree};

const ENGINES: [(&str, &str); 2] =
    [("migrations/sqlite", "migrations/postgres"), ("migrations/postgres", "migrations/sqlite")];
const WAYS: [&str; 2] = ["up.sql", "down.sql"];
/// Needs and offers are not for sale here.
const PRICES: [&str; 6] = ["price", "prices", "cost", "costs", "amount", "amounts"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (engine, other) in ENGINES {
        for name in folders(tree, engine) {
            for way in WAYS {
                let path = format!("{engine}/{name}/{way}");
                if tree.text(&path).is_none_or(|text| text.trim().is_empty()) {
                    found.push(Finding::new(&path, None, "is missing or empty"));
                }
            }
            if !tree.holds(&format!("{other}/{name}")) {
                let problem = format!("has no counterpart in {other}");
                found.push(Finding::new(&format!("{engine}/{name}"), None, problem));
            }
        }
    }
    found.extend(prices(tree));
    found
}

fn folders(tree: &Tree, engine: &str) -> BTreeSet<String> {
    let inside = tree.files().filter_map(|(path, _)| path.strip_prefix(engine)?.strip_prefix('/'));
    inside.filter_map(|path| path.split_once('/')).map(|(name, _)| name.to_owned()).collect()
}

fn prices(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let scripts = tree.ending(&["sql"]).filter(|(path, _)| path.starts_with("migrations/"));
    for (path, text) in scripts {
        for (number, line) in (1..).zip(text.lines()) {
            if let Some(name) = names(line).find(|name| has_price(name)) {
                let problem = format!("`{name}` puts a price on something");
                found.push(Finding::new(path, number, problem));
            }
        }
    }
    found
}

/// The names in a line of SQL, without its comment and its texts.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("--").next().unwrap_or_default();
    let outside = code.split('\'').step_by(2);
    outside.flat_map(|part| part.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
}

fn has_price(name: &str) -> bool {
    name.to_lowercase().split('_').any(|part| PRICES.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    const UP: &str = "CREATE TABLE listings (title TEXT);\n";

    fn both(sqlite_up: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("migrations/sqlite/0001_a/up.sql", sqlite_up),
            ("migrations/sqlite/0001_a/down.sql", "DROP TABLE listings;"),
            ("migrations/postgres/0001_a/up.sql", UP),
            ("migrations/postgres/0001_a/down.sql", "DROP TABLE listings;"),
        ]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_pair_is_fine() {
        assert!(both(UP).is_empty());
        assert!(both("-- what it cost us\nCOMMENT ON COLUMN a.b IS 'no price';\n").is_empty());
    }

    #[test]
    fn a_price_is_found_on_its_line() {
        for name in ["price", "unit_price", "Amount", "costs"] {
            let found = both(&format!("CREATE TABLE a (\n  {name} BIGINT\n);\n"));
            assert_eq!(found.len(), 1, "{name}");
            assert!(found[0].starts_with("migrations/sqlite/0001_a/up.sql:2: "), "{found:?}");
        }
        assert!(both("CREATE TABLE a (costume TEXT);\n").is_empty());
    }

    #[test]
    fn what_is_missing_on_either_side_is_found() {
        assert_eq!(both("").len(), 1);
        let tree = Tree::of(&[
            ("migrations/sqlite/0001_a/up.sql", UP),
            ("migrations/postgres/0002_b/up.sql", UP),
            ("migrations/postgres/0002_b/down.sql", UP),
        ]);
        assert_eq!(check(&tree).len(), 3);
    }
}
