//! Which crate may list which: the arrows of docs/STYLE.md, and who knows which library.

use toml::{Table, Value};

use super::{Finding, Tree};

/// What each of our crates may list of ours; those that are not here list what they need.
const OURS: [(&str, &[&str]); 9] = [
    ("server", &["api", "web", "federation", "ops", "db", "domain", "apub", "words"]),
    ("api", &["ops", "db", "domain", "words"]),
    ("web", &["ops", "db", "domain", "words"]),
    ("federation", &["ops", "db", "domain", "apub"]),
    ("ops", &["db", "domain", "words"]),
    ("db", &["domain"]),
    ("domain", &[]),
    ("apub", &[]),
    ("words", &[]),
];

/// Which of our crates may list a library.
const LIBRARIES: [(&str, &[&str]); 4] = [
    ("diesel", &["db", "ops"]),
    ("diesel_migrations", &["db", "ops"]),
    ("actix-web", &["api", "web", "federation", "server"]),
    ("activitypub_federation", &["federation", "server"]),
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let manifests = tree.ending(&["toml"]).filter_map(|(path, text)| {
        let name = path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
        Some((path, name, text))
    });
    manifests.flat_map(|(path, name, text)| manifest(path, name, text)).collect()
}

fn manifest(path: &str, name: &str, text: &str) -> Vec<Finding> {
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => return vec![Finding::new(path, None, error.to_string())],
    };
    let allowed = OURS.iter().find(|(ours, _)| *ours == name).map(|(_, allowed)| *allowed);
    let Some(allowed) = allowed else { return Vec::new() };
    let listed = listed(&table).into_iter();
    listed
        .filter(|dependency| forbidden(name, allowed, dependency))
        .map(|dependency| Finding::new(path, None, format!("`{name}` may not list `{dependency}`")))
        .collect()
}

fn forbidden(name: &str, allowed: &[&str], dependency: &str) -> bool {
    let ours = OURS.iter().any(|(ours, _)| *ours == dependency);
    if ours || ["testkit", "xtask", "e2e"].contains(&dependency) {
        return !allowed.contains(&dependency);
    }
    let library = LIBRARIES.iter().find(|(library, _)| *library == dependency);
    library.is_some_and(|(_, users)| !users.contains(&name))
}

/// What a manifest lists for the crate itself, also for one platform; tests list what they like.
fn listed(manifest: &Table) -> Vec<&str> {
    let platforms = manifest.get("target").and_then(Value::as_table);
    let platforms = platforms.into_iter().flat_map(Table::values).filter_map(Value::as_table);
    let tables = std::iter::once(manifest).chain(platforms).flat_map(|table| {
        ["dependencies", "build-dependencies"].map(|kind| table.get(kind).and_then(Value::as_table))
    });
    tables.flatten().flatten().map(|(key, value)| real_name(key, value)).collect()
}

fn real_name<'a>(key: &'a str, value: &'a Value) -> &'a str {
    value.get("package").and_then(Value::as_str).unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    fn problems(name: &str, text: &str) -> Vec<String> {
        let path = format!("crates/{name}/Cargo.toml");
        check(&Tree::of(&[(&path, text)])).into_iter().map(|found| found.problem).collect()
    }

    #[test]
    fn arrows_that_are_drawn_are_allowed() {
        assert!(
            problems("ops", "[dependencies]\ndb.workspace = true\ndiesel = \"2\"\n").is_empty()
        );
        assert!(problems("api", "[dev-dependencies]\ntestkit.workspace = true\n").is_empty());
        assert!(problems("testkit", "[dependencies]\nops.workspace = true\n").is_empty());
    }

    #[test]
    fn every_other_arrow_is_found() {
        let cases = [
            ("domain", "[dependencies]\ndb.workspace = true\n", "db"),
            ("api", "[dependencies]\nweb.workspace = true\n", "web"),
            ("apub", "[dependencies]\ndomain.workspace = true\n", "domain"),
            ("ops", "[dependencies]\ntestkit.workspace = true\n", "testkit"),
            ("server", "[dependencies]\ndiesel.workspace = true\n", "diesel"),
            ("ops", "[dependencies]\nactix-web.workspace = true\n", "actix-web"),
            (
                "api",
                "[dependencies.activitypub_federation]\nversion = \"1\"\n",
                "activitypub_federation",
            ),
            ("web", "[dependencies]\nsql = { package = \"diesel\", version = \"2\" }\n", "diesel"),
            ("web", "[build-dependencies]\ndiesel = \"2\"\n", "diesel"),
            ("web", "[target.'cfg(unix)'.dependencies]\ndiesel = \"2\"\n", "diesel"),
        ];
        for (name, text, dependency) in cases {
            assert_eq!(problems(name, text), [format!("`{name}` may not list `{dependency}`")]);
        }
        assert_eq!(problems("api", "[dependencies").len(), 1);
    }
}
