//! What can be done from a terminal.

use serde_json::json;
use testkit::{Database, Engine};

use crate::support::{Program, both_engines};

both_engines! {
    an_admin_and_a_token_are_made_from_the_command_line,
    an_older_program_refuses_a_newer_database,
    a_database_belongs_to_one_address_for_ever,
}

#[test]
fn every_command_shows_an_example() {
    let program = Program::bare();
    let commands = [
        "",
        "serve",
        "demo",
        "admin",
        "admin create",
        "admin token",
        "admin rotate-key",
        "backup",
        "restore",
        "media",
        "media sweep",
        "retention",
        "doctor",
        "db",
        "domains",
        "domains list",
        "domains block",
        "domains limit",
        "domains except",
        "domains allow",
        "domains remove",
        "domains mode",
        "domains import",
        "domains export",
        "actors",
        "actors suspend",
        "actors unsuspend",
        "db status",
        "db migrate",
        "db copy",
        "db check",
        "health",
        "openapi",
    ];
    for command in commands {
        let words: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let help = program.well(&words);
        let example = help.split_once("Example:\n").map(|(_, example)| example.trim());
        let example = example.unwrap_or_else(|| panic!("`{command}` shows no example: {help}"));
        assert!(example.contains("tequio"), "{command}: {example}");
    }
}

async fn an_admin_and_a_token_are_made_from_the_command_line(engine: Engine) {
    let database = Database::empty(engine);
    let program = Program::new(database.address());
    let made = program.well(&["admin", "create", "--handle", "ada", "--name", "Ada"]);
    let port = program.port;
    assert!(made.starts_with(&format!("made the account @ada@127.0.0.1:{port}\n")), "{made}");
    assert!(made.contains("\npassword: "), "{made}");
    let again = program.run(&["admin", "create", "--handle", "ADA"]);
    assert_eq!(again.code, Some(1), "{again:#?}");
    let nobody = program.run(&["admin", "token", "--handle", "nobody"]);
    assert!(nobody.err.contains("nobody here is called nobody"), "{nobody:#?}");
    let scopes = program.run(&["admin", "token", "--handle", "ada", "--scopes", "all"]);
    assert!(scopes.err.contains("“all”"), "{scopes:#?}");
    assert!(
        scopes.err.contains(
            "scopes are words such as read, write, listings:write, admin:read, and admin:write"
        ),
        "{scopes:#?}"
    );

    let ada = program.person("grace");
    let reader = program.well(&["admin", "token", "--handle", "ada", "--scopes", "read"]);
    let reader = crate::support::Person::new(&program.base(), "ada", reader.trim().to_owned());
    let _server = program.serve().await;
    assert_eq!(ada.get("me").await["person"]["handle"], "grace");
    assert_eq!(reader.get("me").await["person"]["handle"], "ada");
    let garden = json!({ "handle": "garden", "name": "Garden" });
    let (status, refused) = reader.ask(reqwest::Method::POST, "collectives", Some(garden)).await;
    assert_eq!(status, 403, "a token to read does not write: {refused:#}");
    ada.found("garden").await;
    assert_eq!(ada.need("garden", "A ladder").await["state"], "open");
}

async fn an_older_program_refuses_a_newer_database(engine: Engine) {
    let database = Database::empty(engine);
    let program = Program::new(database.address());
    let status = program.well(&["db", "status"]);
    assert!(status.starts_with("0 applied, "), "{status}");
    program.well(&["db", "migrate"]);
    let status = program.well(&["db", "status"]);
    assert!(status.trim_end().ends_with(" applied, 0 to apply"), "{status}");

    database.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')");
    let sentence = "the database was upgraded by a newer version of tequio";
    for command in ["db status", "db migrate", "admin create --handle ada", "serve"] {
        let said = program.run(&command.split(' ').collect::<Vec<_>>());
        assert_eq!(said.code, Some(1), "{command}: {said:#?}");
        assert!(said.err.contains(sentence), "{command}: {said:#?}");
    }
}

async fn a_database_belongs_to_one_address_for_ever(engine: Engine) {
    let database = Database::empty(engine);
    let mut program = Program::new(database.address());
    let kept = program.base();
    program.serve().await.kill();
    program.set("TEQUIO__INSTANCE__URL", "http://localhost:9");
    let said = program.run(&["serve"]);
    assert_eq!(said.code, Some(1), "{said:#?}");
    for words in ["instance.url", "http://localhost:9/", &kept, "ids are for ever"] {
        assert!(said.err.contains(words), "{words}: {said:#?}");
    }
}
