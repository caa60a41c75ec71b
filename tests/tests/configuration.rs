//! Mistakes in the configuration end the program with 2 and say where they are.

use std::{os::unix::fs::PermissionsExt as _, time::Instant};

use crate::support::Program;

/// The file, what is wrong with it, and the line.
const MISTAKES: [(&str, usize, &str); 6] = [
    ("[http]\nbnid = \"127.0.0.1:1\"\n", 2, "http.bnid"),
    ("[http]\nbind = \"here\"\n", 2, "http.bind"),
    ("[instance]\n\nurl = \"http://commons.example\"\n", 3, "instance.url"),
    ("[database]\nurl = \"mysql://localhost/x\"\n", 2, "database.url"),
    ("[database]\n\n\nreaders = 0\n", 4, "database.readers"),
    ("[federation]\nenabled = \"perhaps\"\n", 2, "federation.enabled"),
];

#[test]
fn a_mistake_in_the_file_is_named_by_file_line_and_key() {
    for (text, line, key) in MISTAKES {
        let program = Program::bare();
        let text = if text.contains("[instance]") {
            text.to_owned()
        } else {
            format!("{text}[instance]\nurl = \"https://commons.example\"\n")
        };
        program.write("config/tequio.toml", &text);
        let said = program.run(&["serve"]);
        assert_eq!(said.code, Some(2), "{text}: {said:#?}");
        let place = format!("config/tequio.toml:{line}: {key}: ");
        assert!(said.err.contains(&place), "{text}: {said:#?}");
    }
}

#[test]
fn a_mistake_in_the_environment_is_named_by_its_variable() {
    let mut program = Program::bare();
    program.set("TEQUIO__HTTP__BNID", "127.0.0.1:1");
    let said = program.run(&["serve"]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    assert!(said.err.contains("TEQUIO__HTTP__BNID"), "{said:#?}");
}

#[test]
fn a_file_that_was_named_has_to_be_there() {
    let said = Program::bare().run(&["--config", "elsewhere.toml", "serve"]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    assert!(said.err.contains("elsewhere.toml"), "{said:#?}");
}

#[test]
fn without_an_address_nothing_starts() {
    let said = Program::bare().run(&["serve"]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    assert!(said.err.contains("instance.url: is required"), "{said:#?}");
}

/// The address, and what is said about it.
const DATABASES: [(&str, &str); 3] = [
    ("postgres://nobody@127.0.0.1:1/none", "Connection refused"),
    ("sqlite:///proc/none.sqlite3", "/proc/none.sqlite3"),
    ("sqlite://note", "note: file is not a database"),
];

#[test]
fn a_database_that_cannot_be_had_is_told_in_a_line() {
    for (address, why) in DATABASES {
        let program = Program::new(address);
        program.write("note", &"This is no database at all. ".repeat(100));
        let start = Instant::now();
        let said = program.run(&["serve"]);
        assert_eq!(said.code, Some(1), "CFG-06: {address}: {said:#?}");
        let told: Vec<&str> = said.err.lines().filter(|it| it.starts_with("tequio: ")).collect();
        assert!(matches!(told[..], [line] if line.contains(why)), "CFG-06: {address}: {told:?}");
        assert!(start.elapsed().as_secs() < 5, "CFG-06: {address}: {:?}", start.elapsed());
    }
}

#[test]
fn nobody_else_reads_a_new_database() {
    let program = Program::new("sqlite://tequio.sqlite3");
    program.person("nuria");
    for file in std::fs::read_dir(program.folder.path()).unwrap().map(Result::unwrap) {
        let name = file.file_name();
        if name.to_string_lossy().starts_with("tequio.sqlite3") {
            let mode = file.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "CFG-05: {name:?}");
        }
    }
}
