//! Mistakes in the configuration end the program with 2 and say where they are.

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
