//! Up, down, and up again; and never over what a newer version has made.

use db::{
    Conn, Engine, Reader,
    migrations::{Status, migrate, refuse_newer, revert_last, status},
};
use testkit::Database;

use crate::engines::{each_engine, execute, lines, write};

each_engine!(
    an_empty_database_is_brought_up_to_date,
    every_migration_comes_back_up_after_going_down,
    what_a_newer_version_made_is_left_alone,
    a_migration_that_was_cut_off_leaves_nothing_and_is_repeated,
);

/// Every definition in the database.
fn definitions(reader: &Reader) -> Vec<String> {
    let conn = &mut reader.get().unwrap();
    match **conn {
        Conn::Sqlite(_) => lines(
            conn,
            "SELECT sql AS line FROM sqlite_master WHERE sql IS NOT NULL \
             AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name",
        ),
        Conn::Postgres(_) => lines(
            conn,
            "SELECT line FROM (\
               SELECT table_name || '.' || row_number() OVER (PARTITION BY table_name \
                 ORDER BY ordinal_position) || column_name || data_type || is_nullable \
                 || coalesce(column_default, '') AS line \
               FROM information_schema.columns WHERE table_schema = 'public' \
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
             UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint \
               WHERE connamespace = 'public'::regnamespace \
             UNION ALL SELECT objoid::regclass || description FROM pg_description \
               WHERE classoid = 'pg_class'::regclass AND objoid >= 16384\
             ) it WHERE line NOT LIKE '%\\_\\_diesel%' ORDER BY 1",
        ),
    }
}

fn an_empty_database_is_brought_up_to_date(engine: Engine) {
    let database = Database::empty(engine);
    let (_, writer) = database.open();
    let before = status(&writer).unwrap();
    assert_eq!((before.applied.len(), before.unknown.len()), (0, 0));
    assert!(5 <= before.pending.len());

    assert_eq!(migrate(&writer).unwrap(), before.pending);
    let after = status(&writer).unwrap();
    assert_eq!(after, Status { applied: before.pending, pending: Vec::new(), unknown: Vec::new() });
    assert!(migrate(&writer).unwrap().is_empty(), "there is nothing left to do");
}

fn every_migration_comes_back_up_after_going_down(engine: Engine) {
    let database = Database::migrated(engine);
    let (reader, writer) = database.open();
    let all = status(&writer).unwrap().applied;
    let before = definitions(&reader);
    assert!(20 < before.len());
    for depth in 1..=all.len() {
        for version in all.iter().rev().take(depth) {
            assert_eq!(&revert_last(&writer).unwrap(), version);
        }
        if depth == all.len() {
            assert_eq!(definitions(&reader), [""; 0], "a migration left something behind");
        }
        assert_eq!(migrate(&writer).unwrap(), all[all.len() - depth..]);
        assert_eq!(definitions(&reader), before, "{depth} down and up");
    }
}

fn what_a_newer_version_made_is_left_alone(engine: Engine) {
    let database = Database::migrated(engine);
    let (reader, writer) = database.open();
    revert_last(&writer).unwrap();
    write(&writer, |tx| {
        execute(tx, "INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')")
    });
    let before = definitions(&reader);
    let now = status(&writer).unwrap();
    assert_eq!(now.unknown, ["99990101000000"]);
    let sentence = "the database was upgraded by a newer version of tequio (migration \
                    99990101000000); run that version, or restore a backup made by this one";
    assert_eq!(refuse_newer(&now).unwrap_err().to_string(), sentence);
    assert_eq!(migrate(&writer).unwrap_err().to_string(), sentence);
    assert_eq!(definitions(&reader), before, "what was pending stays pending");
}

/// Whatever ends a migration ends its transaction: the process, the disk, or, here, a statement that cannot be.
fn a_migration_that_was_cut_off_leaves_nothing_and_is_repeated(engine: Engine) {
    let database = Database::migrated(engine);
    let (reader, writer) = database.open();
    let all = status(&writer).unwrap().applied;
    let whole = definitions(&reader);
    // What some statement in the middle of each migration wants to make is there already.
    let middles = [
        ("00000000000010", "CREATE TABLE incoming (id INTEGER)"),
        ("00000000000009", "CREATE TABLE collective_sections (id INTEGER)"),
        ("00000000000008", "CREATE TABLE appeals (id INTEGER)"),
        ("00000000000007", "CREATE TABLE webhook_letters (id INTEGER)"),
        ("00000000000006", "CREATE TABLE mentions (id INTEGER)"),
    ];
    for (version, middle) in middles {
        let depth = all.len() - all.iter().position(|it| it == version).unwrap();
        for _ in 0..depth {
            revert_last(&writer).unwrap();
        }
        let down = definitions(&reader);
        write(&writer, |tx| execute(tx, middle));
        assert!(migrate(&writer).is_err(), "{middle}");
        let failed = all.len() - status(&writer).unwrap().applied.len();
        assert_eq!(failed, depth, "UPG-02: {middle}");
        let table = middle.split(' ').nth(2).unwrap();
        write(&writer, |tx| execute(tx, &format!("DROP TABLE {table}")));
        assert_eq!(definitions(&reader), down, "UPG-02: a migration that failed left something");
        assert_eq!(migrate(&writer).unwrap(), all[all.len() - depth..], "UPG-02: run again");
        assert_eq!(definitions(&reader), whole);
    }
}
