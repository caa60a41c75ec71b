//! What our rules say about values is said in every language that is whole.

use std::{fs, path::Path};

use words::Language;

/// How sentences about a value begin.
const BEGINNINGS: [&str; 5] = ["must ", "is ", "has ", "belongs ", "does not "];

/// What only programs can be told, since no page has a field for it.
const OF_PROGRAMS: [&str; 3] = ["must be the id of an event", "must be `next`", "must be one of:"];

#[test]
fn what_is_wrong_with_a_value_is_said_in_every_whole_language() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut folders =
        vec![crates.join("domain/src"), crates.join("ops/src"), crates.join("web/src")];
    let mut found = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            for problem in text.split("Invalid::new(").skip(1).filter_map(literal) {
                let is_sentence = BEGINNINGS.iter().any(|it| problem.starts_with(it));
                let of_program = OF_PROGRAMS.iter().any(|it| problem.starts_with(it));
                // What is put together has its numbers only when it is said.
                if !is_sentence || of_program || problem.contains('{') {
                    continue;
                }
                found += 1;
                for language in Language::ALL {
                    let knows = words::knows_problem(language, problem);
                    assert!(knows, "{}: {problem:?} in {}", path.display(), language.tag());
                }
            }
        }
    }
    assert!(30 < found, "the sources are read: {found}");
}

/// The text that is the second value of a call, where one is.
fn literal(call: &str) -> Option<&str> {
    let first = call.trim_start().strip_prefix('"')?.split_once('"')?.1;
    first.trim_start().strip_prefix(',')?.trim_start().strip_prefix('"')?.split('"').next()
}
