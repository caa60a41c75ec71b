//! The table of [`crate::cases`] holds every row that must be held, and every test it names is there.

use std::{collections::BTreeSet, fs, path::Path};

const TABLE: &str = include_str!("../cases.rs");
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The sections that must be whole, how many rows each has, and those rows that may wait for 1.0.
const SECTIONS: [(&str, usize, &[usize]); 17] = [
    ("SIG", 28, &[]),
    ("ORG", 26, &[25]),
    ("GRP", 14, &[]),
    ("FET", 24, &[23]),
    ("PAR", 20, &[]),
    ("IDM", 12, &[]),
    ("DLV", 22, &[]),
    ("API", 28, &[]),
    ("PRV", 14, &[]),
    ("MED", 16, &[]),
    ("MOD", 16, &[]),
    ("CRS", 10, &[]),
    ("DBF", 10, &[]),
    ("CLK", 6, &[]),
    ("CFG", 8, &[]),
    ("UPG", 8, &[]),
    ("BAK", 6, &[]),
];

/// What a row may say instead of the name of a test.
const WORDS: [&str; 2] = ["does not apply: ", "not yet: "];

/// The rows of the table: an id, and a test in backticks or words.
fn rows() -> Vec<(&'static str, &'static str)> {
    let lines = TABLE.lines().filter_map(|line| line.strip_prefix("//! | "));
    let cells = lines.filter_map(|line| line.trim_end_matches(" |").split_once(" | "));
    cells.filter(|(id, _)| *id != "row").collect()
}

/// The names of all functions in the sources below a folder.
fn functions(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["node_modules", "target"].contains(&name.as_str()) {
            functions(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let starts = text.split("fn ").skip(1);
            let names = starts.filter_map(|rest| rest.split_once('(')).map(|(name, _)| name);
            found.extend(names.map(str::to_owned));
        }
    }
}

#[test]
fn every_row_that_must_be_held_is_in_the_table() {
    let known: BTreeSet<&str> = rows().iter().map(|(id, _)| *id).collect();
    for (section, last, later) in SECTIONS {
        for number in (1..=last).filter(|number| !later.contains(number)) {
            let id = format!("{section}-{number:02}");
            assert!(known.contains(id.as_str()), "{id} is not in the table");
        }
    }
}

#[test]
fn every_test_that_the_table_names_is_there() {
    let mut known = BTreeSet::new();
    for folder in ["crates", "tests"] {
        functions(&Path::new(ROOT).join(folder), &mut known);
    }
    for (id, cell) in rows() {
        if let Some((modules, crates)) = cell.split_once(" of the tests of ") {
            let named = |text: &str| -> Vec<String> {
                text.split('`').skip(1).step_by(2).map(|it| it.replace("::", "/")).collect()
            };
            for (module, of) in named(modules)
                .iter()
                .flat_map(|it| named(crates).into_iter().map(move |of| (it.clone(), of)))
            {
                let place = Path::new(ROOT).join("crates").join(&of).join("tests/it").join(&module);
                assert!(place.is_dir() || place.with_extension("rs").exists(), "{id}: {place:?}");
            }
        } else if let Some(name) = cell.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
            let last = name.rsplit("::").next().unwrap();
            let is_module = Path::new(ROOT)
                .join("crates/federation/tests/it")
                .join(format!("{}.rs", name.replace("::", "/")))
                .exists();
            assert!(known.contains(last) || is_module, "{id}: there is no {name}");
        } else {
            assert!(WORDS.iter().any(|word| cell.starts_with(word)), "{id}: {cell}");
        }
    }
}

#[test]
fn a_row_that_is_excused_has_no_test_beside() {
    let tested: BTreeSet<&str> =
        rows().iter().filter(|(_, cell)| cell.starts_with('`')).map(|(id, _)| *id).collect();
    for (id, cell) in rows() {
        assert!(!cell.starts_with(WORDS[0]) || !tested.contains(id), "{id}: {cell}");
    }
}
