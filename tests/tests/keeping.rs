//! Nothing is lost: backups, copies, checks, and what keeps a database whole, with the program as people run it.

use std::{fs, os::unix::fs::PermissionsExt as _};

use serde_json::Value;
use testkit::{Database, Engine};

use crate::support::{Program, both_engines};

both_engines! {
    a_server_that_was_lost_comes_back_from_a_backup_made_while_it_ran,
    a_damaged_or_foreign_backup_changes_nothing,
    what_is_broken_is_said_and_the_exit_code_tells,
    what_would_be_thrown_away_is_said_before_it_is,
    the_doctor_finds_what_others_see,
}

/// The one file in a folder.
fn only(program: &Program, folder: &str) -> String {
    let all = fs::read_dir(program.folder.path().join(folder)).unwrap();
    let all: Vec<_> = all.map(|it| it.unwrap().path()).collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].to_str().unwrap().to_owned()
}

async fn a_server_that_was_lost_comes_back_from_a_backup_made_while_it_ran(engine: Engine) {
    let database = Database::empty(engine);
    let mut program = Program::new(database.address());
    let ada = program.person("ada");
    let server = program.serve().await;
    ada.found("garden").await;
    let need = ada.need("garden", "A ladder").await;
    let garden = format!("{}/c/garden", program.base());
    let actor = crate::support::fetch(&garden).await.1;
    fs::create_dir(program.folder.path().join("kept")).unwrap();
    let said = program.well(&["backup", "kept"]);
    assert!(said.contains("it was read again and is whole"), "{said}");
    let file = only(&program, "kept");
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "BAK-05");
    assert!(program.well(&["restore", "--check", &file]).contains("is whole"));

    // A restore does not take the place of what a server uses.
    let refused = program.run(&["restore", "--replace", "--yes", &file]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.err.contains("first"), "{refused:?}");
    let lost = ada.need("garden", "After the backup").await;
    server.kill();

    let other = match engine {
        Engine::Sqlite => Engine::Postgres,
        Engine::Postgres => Engine::Sqlite,
    };
    for engine in [engine, other] {
        let empty = Database::empty(engine);
        program.set("TEQUIO__DATABASE__URL", empty.address());
        let said = program.well(&["restore", &file]);
        assert!(said.contains("restored: http://127.0.0.1"), "{said}");
        let again = program.run(&["restore", &file]);
        assert!(again.err.contains("--replace"), "{again:?}");
        let unsure = program.run(&["restore", "--replace", &file]);
        assert_eq!(unsure.code, Some(1), "nobody answered: {unsure:?}");
        program.well(&["restore", "--replace", "--yes", &file]);
        program.well(&["db", "check"]);
        let server = program.serve().await;
        assert_eq!(
            crate::support::fetch(&garden).await.1["publicKey"],
            actor["publicKey"],
            "BAK-02"
        );
        let path = |it: &Value| format!("listings/{}", it["id"].as_str().unwrap());
        assert_eq!(ada.get(&path(&need)).await["title"], "A ladder");
        let new = ada.need("garden", "After the restore").await;
        assert!(new["id"].as_str() > lost["id"].as_str(), "BAK-04: ids go on");
        server.kill();
    }
}

async fn a_damaged_or_foreign_backup_changes_nothing(engine: Engine) {
    let database = Database::empty(engine);
    let program = Program::new(database.address());
    program.person("ada");
    program.well(&["backup", "one.zip"]);
    let path = program.folder.path().join("one.zip");
    let whole = fs::read(&path).unwrap();
    let again = program.run(&["backup", "one.zip"]);
    assert!(again.err.contains("is there already"), "{again:?}");
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let refused = program.run(&["restore", "--replace", "--yes", "one.zip"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("no backup of tequio, or its end is missing"), "{refused:?}");
    program.write("two.zip", "nothing of the kind");
    assert_eq!(program.run(&["restore", "--check", "two.zip"]).code, Some(1));
    assert_eq!(program.run(&["restore", "--check", "none.zip"]).code, Some(1));
    fs::write(&path, &whole).unwrap();
    let mut elsewhere = Program::new(database.address());
    elsewhere.set("TEQUIO__INSTANCE__URL", "http://localhost:9");
    let refused = elsewhere.run(&["restore", "--replace", "--yes", path.to_str().unwrap()]);
    assert!(refused.err.contains("ids are for ever"), "{refused:?}");
    program.well(&["admin", "token", "--handle", "ada"]);
}

#[test]
fn a_copy_from_one_engine_to_the_other_is_compared() {
    if !testkit::postgres_is_here() {
        return;
    }
    let (from, to) = (Database::empty(Engine::Sqlite), Database::empty(Engine::Postgres));
    let program = Program::new(from.address());
    program.person("ada");
    let said = program.well(&["db", "copy", "--to", to.address()]);
    assert!(said.contains("each was read again there, and is the same"), "{said}");
    let again = program.run(&["db", "copy", "--to", to.address()]);
    assert!(again.err.contains("--replace"), "{again:?}");
    let same = program.run(&["db", "copy", "--to", from.address()]);
    assert!(same.err.contains("one and the same"), "{same:?}");
    let back = Database::empty(Engine::Sqlite);
    program.well(&["db", "copy", "--from", to.address(), "--to", back.address()]);
    let mut there = Program::new(back.address());
    there.set("TEQUIO__INSTANCE__URL", program.base());
    there.well(&["db", "check"]);
    there.well(&["admin", "token", "--handle", "ada"]);
}

#[test]
fn a_second_server_of_one_file_is_refused_and_commands_are_not() {
    crate::support::on(Engine::Sqlite, async |engine| {
        let database = Database::empty(engine);
        let program = Program::new(database.address());
        let server = program.serve().await;
        let mut second = Program::new(database.address());
        second.set("TEQUIO__INSTANCE__URL", program.base());
        let refused = second.run(&["serve"]);
        assert_eq!(refused.code, Some(1), "CRS-09: {refused:?}");
        assert!(refused.err.contains("another server uses the database"), "{refused:?}");
        program.person("ada");
        server.kill();
        program.serve().await;
    });
}

async fn what_is_broken_is_said_and_the_exit_code_tells(engine: Engine) {
    let database = Database::empty(engine);
    let program = Program::new(database.address());
    program.person("ada");
    assert!(program.well(&["db", "check"]).contains("all is well"));
    assert_eq!(program.well(&["db", "check", "--json"]).trim(), "[]");
    database.execute("UPDATE actors SET kind = 'Robot' WHERE handle = 'ada'");
    let said = program.run(&["db", "check"]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains("words that this version does not know"), "{said:?}");
    assert!(said.out.contains("Robot") && said.out.contains("  do: "), "{said:?}");
    let said = program.run(&["db", "check", "--json"]);
    let found: Value = serde_json::from_str(&said.out).unwrap();
    assert!(found.as_array().unwrap().iter().any(|it| it["rule"] == "actors.kind.word"), "{found}");
}

async fn what_would_be_thrown_away_is_said_before_it_is(engine: Engine) {
    let database = Database::empty(engine);
    let program = Program::new(database.address());
    program.person("ada");
    database.execute("INSERT INTO days (name, day, value) VALUES ('x', 3, 1)");
    for _ in 0..2 {
        let said = program.well(&["retention", "--dry-run"]);
        assert!(said.contains("days ") && said.contains("400 days"), "{said}");
    }
    program.well(&["retention"]);
    assert!(!program.well(&["retention", "--dry-run"]).contains("400 days"));
    let said = program.well(&["media", "sweep", "--dry-run"]);
    assert!(said.contains("0 files without a row would go"), "{said}");
    program.well(&["media", "sweep"]);
}

async fn the_doctor_finds_what_others_see(engine: Engine) {
    let database = Database::empty(engine);
    let mut program = Program::new(database.address());
    program.person("ada");
    let alone = program.run(&["doctor", "--json"]);
    assert_eq!(alone.code, Some(1), "{alone:?}");
    let health = |said: &str, check: &str| {
        let found: Value = serde_json::from_str(said).unwrap();
        let all = found.as_array().unwrap().clone();
        let it = all.into_iter().find(|it| it["check"] == check);
        it.map(|it| it["health"].as_str().unwrap().to_owned()).unwrap_or_default()
    };
    assert_eq!(health(&alone.out, "address"), "poor", "no https: {alone:?}");
    assert!(alone.out.contains("nobody answers at"), "{alone:?}");
    let server = program.serve().await;
    let said = program.run(&["doctor", "--json"]);
    for check in ["actor", "webfinger", "signature", "migrations", "smtp", "proxy"] {
        assert_eq!(health(&said.out, check), "good", "{check}: {said:?}");
    }
    assert!(said.out.contains("leads here"), "{said:?}");
    let told = program.run(&["doctor"]);
    assert!(told.out.contains("good  webfinger"), "{told:?}");

    // A proxy that writes another Host: what others send is answered 421, and the doctor knows why.
    let proxy = crate::support::free_port();
    let listener = std::net::TcpListener::bind(("127.0.0.1", proxy)).unwrap();
    let port = program.port;
    std::thread::spawn(move || {
        for visitor in listener.incoming().flatten() {
            drop(pass_on(visitor, port));
        }
    });
    program.set("TEQUIO__INSTANCE__URL", format!("http://127.0.0.1:{proxy}"));
    let said = program.run(&["doctor", "--json"]);
    assert!(said.out.contains("does not pass the Host header on"), "CFG-03: {said:?}");
    server.kill();
}

/// Hands a request on as if it were for somebody else.
fn pass_on(mut visitor: std::net::TcpStream, port: u16) -> std::io::Result<()> {
    use std::io::{Read as _, Write as _};
    let mut request = [0; 4_096];
    let length = visitor.read(&mut request)?;
    let text = String::from_utf8_lossy(&request[..length]).into_owned();
    let text = text.replace(text.lines().nth(1).unwrap_or_default(), "Host: backend.internal");
    let mut server = std::net::TcpStream::connect(("127.0.0.1", port))?;
    server.write_all(text.as_bytes())?;
    std::io::copy(&mut server, &mut visitor).map(drop)
}
