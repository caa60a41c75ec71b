//! Transactions and connections: all or nothing, and always given back usable.

use std::{panic::AssertUnwindSafe, panic::catch_unwind, thread};

use db::{DbError, Engine, Result, Tx, Writer, settings};

use crate::engines::{each_engine, execute, open, write};

each_engine!(
    readers_cannot_write,
    what_fails_is_rolled_back,
    what_panics_is_rolled_back_and_its_connection_stays_usable,
    a_commit_that_fails_leaves_nothing,
    a_reader_sees_what_was_committed_and_nothing_else,
    what_is_taken_says_by_which_constraint,
    many_who_write_at_once_each_get_all_or_nothing,
);

fn keep(tx: &mut Tx<'_>, name: &str) -> Result<()> {
    settings::keep(tx, name, "kept")
}

fn find(writer: &Writer, name: &str) -> Option<String> {
    write(writer, |tx| settings::find(tx, name))
}

fn readers_cannot_write(engine: Engine) {
    let it = open(engine);
    write(&it.writer, |tx| keep(tx, "one"));
    for statement in [
        "INSERT INTO settings (name, value) VALUES ('two', '')",
        "UPDATE settings SET value = ''",
        "DELETE FROM settings",
        "CREATE TABLE mine (id INTEGER)",
        "DROP TABLE exact_points",
    ] {
        let refused = execute(&mut it.reader.get().unwrap(), statement).unwrap_err();
        let why = format!("{refused:?}").to_lowercase().replace('-', "");
        assert!(why.contains("readonly") || why.contains("read only"), "{statement}: {why}");
    }
    assert_eq!(find(&it.writer, "one").as_deref(), Some("kept"));
}

fn what_fails_is_rolled_back(engine: Engine) {
    let it = open(engine);
    let failed: Result<()> = it.writer.transaction(|tx| {
        keep(tx, "one")?;
        Err(DbError::NotFound("row"))
    });
    assert!(matches!(failed, Err(DbError::NotFound("row"))));
    let broken: Result<()> = it.writer.transaction(|tx| {
        keep(tx, "one")?;
        execute(tx, "SELECT nothing FROM nowhere")
    });
    assert!(matches!(broken, Err(DbError::Query(_))), "{broken:?}");
    assert_eq!(find(&it.writer, "one"), None);
}

fn what_panics_is_rolled_back_and_its_connection_stays_usable(engine: Engine) {
    let it = open(engine);
    // More often than there are connections.
    for _ in 0..20 {
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            it.writer.transaction(|tx| -> Result<()> {
                keep(tx, "one")?;
                panic!("as expected by this test")
            })
        }));
        assert!(panicked.is_err());
    }
    assert_eq!(find(&it.writer, "one"), None);
    for number in 0..20 {
        let name = format!("after {number}");
        write(&it.writer, |tx| keep(tx, &name));
        assert!(find(&it.writer, &name).is_some());
    }
}

fn a_commit_that_fails_leaves_nothing(engine: Engine) {
    let it = open(engine);
    let deferred = match engine {
        Engine::Sqlite => {
            "PRAGMA defer_foreign_keys = ON; \
             INSERT INTO exact_points (listing_id, latitude, longitude) VALUES (x'00', 0, 0)"
        }
        Engine::Postgres => {
            "CREATE TABLE once (id INTEGER UNIQUE DEFERRABLE INITIALLY DEFERRED); \
             INSERT INTO once VALUES (1), (1)"
        }
    };
    // More often than there are connections: each of them must be usable afterwards.
    for _ in 0..20 {
        let failed = it.writer.transaction(|tx| {
            keep(tx, "one")?;
            execute(tx, deferred)
        });
        assert!(failed.is_err());
        assert_eq!(find(&it.writer, "one"), None);
    }
    write(&it.writer, |tx| keep(tx, "two"));
    assert!(find(&it.writer, "two").is_some());
}

fn a_reader_sees_what_was_committed_and_nothing_else(engine: Engine) {
    let it = open(engine);
    let seen = |name: &str| settings::find(&mut it.reader.get().unwrap(), name).unwrap();
    write(&it.writer, |tx| {
        keep(tx, "one")?;
        assert_eq!(seen("one"), None, "it is not committed yet");
        Ok(())
    });
    assert_eq!(seen("one").as_deref(), Some("kept"));
}

fn what_is_taken_says_by_which_constraint(engine: Engine) {
    let it = open(engine);
    let taken: Result<()> = it.writer.transaction(|tx| {
        execute(
            tx,
            "INSERT INTO settings (name, value) VALUES ('one', ''); \
             INSERT INTO settings (name, value) VALUES ('one', '')",
        )
    });
    let taken = taken.unwrap_err();
    assert!(taken.is_taken("settings_pkey", "settings.name"), "{taken:?}");
    assert!(!taken.is_taken("actors_ap_id_key", "actors.ap_id"));
    assert!(!taken.is_transient());
}

/// Reads a number, and writes the next one.
fn count(tx: &mut Tx<'_>) -> Result<()> {
    let now: i64 = settings::find(tx, "count")?.map_or(0, |text| text.parse().unwrap());
    thread::yield_now();
    let next = now + 1;
    let kept = format!("INSERT OR REPLACE INTO settings (name, value) VALUES ('count', '{next}')");
    execute(tx, &kept)
}

#[test]
fn eight_threads_that_read_and_then_write_lose_nothing() {
    let it = open(Engine::Sqlite);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..50).for_each(|_| write(&it.writer, count)));
        }
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    settings::find(&mut it.reader.get().unwrap(), "count").unwrap();
                }
            });
        }
    });
    assert_eq!(find(&it.writer, "count").as_deref(), Some("400"));
}

/// Two processes may open one file, as when a command runs beside the server. SQLite refuses at once, however
/// long the busy timeout, to let a transaction write that began by reading before another wrote; ours begin
/// by saying that they will write.
#[test]
fn two_writers_of_one_file_wait_for_each_other() {
    let database = testkit::Database::migrated(Engine::Sqlite);
    let writers = [(); 8].map(|()| database.open().1);
    thread::scope(|scope| {
        for writer in &writers {
            scope.spawn(|| (0..20).for_each(|_| write(writer, count)));
        }
    });
    assert_eq!(find(&writers[0], "count").as_deref(), Some("160"));
}

fn many_who_write_at_once_each_get_all_or_nothing(engine: Engine) {
    let it = open(engine);
    let writers: Vec<_> = (0..16)
        .map(|thread| {
            let writer = it.writer.clone();
            thread::spawn(move || {
                for number in 0..30 {
                    let name = format!("{thread} {number}");
                    let done = catch_unwind(AssertUnwindSafe(|| {
                        writer.transaction(|tx| {
                            keep(tx, &name)?;
                            match number % 5 {
                                1 => Err(DbError::NotFound("row")),
                                2 => execute(tx, "SELECT nothing FROM nowhere"),
                                3 if thread == 7 => panic!("as expected by this test"),
                                _ => Ok(()),
                            }
                        })
                    }));
                    let kept = matches!(done, Ok(Ok(())));
                    assert_eq!(kept, matches!(number % 5, 0 | 4) || number % 5 == 3 && thread != 7);
                    // What is told is there, for everybody.
                    assert_eq!(find(&writer, &name).is_some(), kept, "{name}");
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
}
