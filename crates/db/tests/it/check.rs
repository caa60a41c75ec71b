//! What is broken is found, named, and told what to do about; what is well is not.

use db::{Conn, Engine, check::check, serving};
use diesel::{Connection as _, SqliteConnection};
use testkit::{Database, World};

use crate::engines::{each_engine, execute, open, write};

testkit::both_engines!(
    where_all_is_well_nothing_is_found,
    each_broken_thing_is_found_by_its_name,
    rows_that_lead_nowhere_are_found,
    a_row_that_cannot_be_read_is_left_out_and_the_others_are_shown,
);

each_engine!(an_empty_database_is_well);

fn an_empty_database_is_well(engine: Engine) {
    let it = open(engine);
    assert_eq!(check(&mut it.reader.get().unwrap(), |_| ()).unwrap(), []);
}

async fn filled(world: &World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    world.answer(need, ada, "Here").await;
    world.picture(ada, "A chair").await;
    world.token(ada, "read").await;
    world.remote_person("bob@b.example").await;
}

async fn where_all_is_well_nothing_is_found(world: World) {
    filled(&world).await;
    assert_eq!(world.read(|conn| check(conn, |_| ())).await, []);
}

async fn each_broken_thing_is_found_by_its_name(world: World) {
    filled(&world).await;
    for (name, breaking) in [
        ("account_without_person", "UPDATE actors SET kind = 'Service' WHERE handle = 'ada'"),
        ("collective_without_steward", "UPDATE memberships SET role = 'member'"),
        ("actor_without_key", "UPDATE keys SET private_pem = NULL"),
        ("open_and_not_found", "DELETE FROM searchable"),
        ("open_and_closed", "UPDATE listings SET state = 'withdrawn'"),
        ("more_left_than_asked", "UPDATE listings SET quantity = 2, remaining = 3"),
        ("event_not_told", "UPDATE events SET pending = FALSE, error = 'too often'"),
        (
            "report_without_case",
            "INSERT INTO reports (id, ap_id, reporter_id, actor_id, text, forwarded, open, \
             created_at, case_id) SELECT id, 'r', id, id, '', FALSE, TRUE, 1, id FROM actors \
             WHERE handle = 'ada'",
        ),
        (
            "received_and_lost",
            "INSERT INTO inbound_activities (id, digest, ap_id, actor, host, kind, body, attempts, \
             received_at) SELECT id, id, '', '', host, '', '', 0, 1 FROM actors WHERE handle = 'bob'",
        ),
        (
            "delivery_that_sleeps",
            "INSERT INTO activities (id, actor_id, kind, public, body, created_at, lane) \
             SELECT id, id, 'Create', TRUE, '', 1, id FROM actors WHERE handle = 'ada'; \
             INSERT INTO deliveries (activity_id, inbox, host, dead, attempts, created_at, lane) \
             SELECT id, 'i', 'b.example', FALSE, 0, 1, id FROM activities WHERE created_at = 1",
        ),
        ("delivery_impossible", "UPDATE deliveries SET dead = TRUE"),
        ("listings.kind.word", "UPDATE listings SET kind = 'miracle'"),
        ("media.media_type.word", "UPDATE media SET media_type = 'video/mp4'"),
    ] {
        world.execute(breaking);
        let found = world.read(|conn| check(conn, |_| ())).await;
        let it = found.iter().find(|it| it.rule == name);
        let it = it.unwrap_or_else(|| panic!("{name} was not found: {found:?}"));
        assert!(0 < it.rows && !it.examples.is_empty() && !it.todo.is_empty(), "{it:?}");
    }
}

async fn rows_that_lead_nowhere_are_found(world: World) {
    filled(&world).await;
    let is_sqlite = world.address().starts_with("sqlite");
    let wrong = if is_sqlite {
        "INSERT INTO searchable (id, kind, words, updated_at) VALUES (x'01', 'x', 'x', 1); \
             UPDATE listings SET published_at = 'yesterday'"
    } else {
        "SET LOCAL session_replication_role = replica; \
             INSERT INTO searchable (id, kind, words, updated_at) VALUES ('\\x01', 'x', 'x', 1); \
             UPDATE sessions SET account_id = '\\x01'; UPDATE tokens SET account_id = '\\x01'"
    };
    world.execute(wrong);
    let found = world.read(|conn| check(conn, |_| ())).await;
    let rules: Vec<&str> = found.iter().map(|it| it.rule.as_str()).collect();
    assert!(rules.contains(&"searchable"), "an id has sixteen bytes: {rules:?}");
    assert!(rules.contains(&"words_of_nothing"), "{rules:?}");
    let other = if is_sqlite { "listings" } else { "tokens.account_id" };
    assert!(rules.contains(&other), "{rules:?}");
}

async fn a_row_that_cannot_be_read_is_left_out_and_the_others_are_shown(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    world.need(garden, ada, "Tables").await;
    world.answer(need, ada, "Here").await;
    world.answer(need, ada, "And there").await;
    world.execute("UPDATE listings SET kind = 'miracle' WHERE title = 'Tables'");
    world.execute("UPDATE replies SET visibility = 'whispered' WHERE text = 'Here'");
    let all = domain::search::Criteria::parse("").unwrap();
    let page = world.read(move |conn| db::listings::page(conn, &all, None, 50)).await;
    let titles: Vec<&str> = page.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["Chairs"], "DBF-09");
    let thread = move |conn: &mut Conn| db::replies::thread_page(conn, need, true, None, None, 50);
    let thread = world.read(thread).await;
    assert_eq!(thread.len(), 1, "DBF-09");
    assert_eq!(thread[0].0.text, "And there");
    assert_eq!(world.read(|conn| check(conn, |_| ())).await.len(), 2, "and both are reported");
}

#[test]
fn in_sqlite_what_leads_nowhere_is_found() {
    let database = Database::migrated(Engine::Sqlite);
    let file = database.address().trim_start_matches("sqlite://");
    let conn = &mut Conn::Sqlite(SqliteConnection::establish(file).unwrap());
    execute(conn, "PRAGMA foreign_keys = OFF").unwrap();
    execute(
        conn,
        "INSERT INTO sessions (digest, account_id, csrf, created_at, expires_at, used_at) \
         VALUES (x'01', x'00112233445566778899aabbccddeeff', '', 1, 1, 1)",
    )
    .unwrap();
    let found = check(conn, |_| ()).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].rule, "sessions.account_id");
    assert_eq!(found[0].examples, ["00112233445566778899aabbccddeeff"]);
}

#[test]
fn a_file_of_sqlite_has_one_server_and_whoever_dies_leaves() {
    let database = Database::migrated(Engine::Sqlite);
    let first = serving::serve(database.address()).unwrap();
    let second = serving::serve(database.address()).unwrap_err().to_string();
    assert!(second.contains("another server uses the database"), "CRS-09: {second}");
    assert!(serving::alone(database.address()).is_err());
    let (_, writer) = database.open();
    write(&writer, |tx| db::settings::set(tx, "beside", "yes"));
    drop(first);
    assert!(serving::serve(database.address()).unwrap().is_some());
}

#[test]
fn several_serve_postgresql_and_nobody_replaces_what_they_serve() {
    if !testkit::postgres_is_here() {
        return;
    }
    let database = Database::migrated(Engine::Postgres);
    assert!(serving::serve(database.address()).unwrap().is_none());
    assert!(serving::alone(database.address()).unwrap().is_none(), "nobody is there");
    let (reader, _writer) = database.open();
    drop(reader.get().unwrap());
    let refused = serving::alone(database.address()).unwrap_err().to_string();
    assert!(refused.contains("stop them first"), "{refused}");
}
