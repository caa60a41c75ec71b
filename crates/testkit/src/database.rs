//! A fresh database on either engine, gone when the test is over.

use std::{path::Path, sync::mpsc, thread};

use db::{DbError, Engine, Reader, Tx, Writer, pool::Sizes};
use diesel::connection::SimpleConnection as _;
use tempfile::TempDir;

use crate::postgres::PostgresDatabase;

/// A database of one test.
#[derive(Debug)]
pub struct Database {
    address: String,
    /// The data directory of the test's server; the file of SQLite is in it.
    pub(crate) dir: TempDir,
    _postgres: Option<PostgresDatabase>,
}

impl Database {
    /// One with all migrations applied.
    pub fn migrated(engine: Engine) -> Self {
        let database = Self::of(engine, true);
        if engine == Engine::Sqlite {
            let (_, writer) = database.open();
            db::migrations::migrate(&writer).unwrap();
        }
        database
    }

    /// One without any table.
    pub fn empty(engine: Engine) -> Self {
        Self::of(engine, false)
    }

    fn of(engine: Engine, migrated: bool) -> Self {
        let dir = temporary();
        let (address, postgres) = match engine {
            Engine::Sqlite => {
                (format!("sqlite://{}", dir.path().join("tequio.sqlite3").display()), None)
            }
            Engine::Postgres => {
                let database = PostgresDatabase::create(migrated);
                (database.address().to_owned(), Some(database))
            }
        };
        Self { address, dir, _postgres: postgres }
    }

    /// As the configuration names it.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Both ways in, with connections enough for a test that has many threads.
    pub fn open(&self) -> (Reader, Writer) {
        db::pool::open(&self.address, Sizes { readers: 4, writers: 8 }).unwrap()
    }

    /// Runs a statement past every door.
    pub fn execute(&self, statement: &str) {
        let (_, writer) = self.open();
        let run = |tx: &mut Tx<'_>| Ok::<(), DbError>(tx.batch_execute(statement)?);
        writer.transaction(run).unwrap();
    }
}

/// A transaction that stays open until this is dropped.
#[derive(Debug)]
pub struct Held {
    release: Option<mpsc::Sender<()>>,
    holder: Option<thread::JoinHandle<()>>,
}

impl Database {
    /// Runs a statement past every door, and keeps what it locks.
    pub fn hold(&self, statement: &str) -> Held {
        let (_, writer) = self.open();
        let statement = statement.to_owned();
        let (held, holds) = mpsc::channel();
        let (release, released) = mpsc::channel();
        let holder = thread::spawn(move || {
            let run = |tx: &mut Tx<'_>| {
                tx.batch_execute(&statement)?;
                held.send(()).unwrap();
                // The other end is dropped with the guard.
                let _dropped = released.recv();
                Ok::<(), DbError>(())
            };
            writer.transaction(run).unwrap();
        });
        holds.recv().unwrap();
        Held { release: Some(release), holder: Some(holder) }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        drop(self.release.take());
        if let Some(holder) = self.holder.take() {
            drop(holder.join());
        }
    }
}

/// In memory where the system has such a place: each commit waits for the disk.
fn temporary() -> TempDir {
    let mut builder = tempfile::Builder::new();
    builder.prefix("tequio-test-");
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { builder.tempdir_in(memory) } else { builder.tempdir() };
    made.or_else(|_| builder.tempdir()).unwrap()
}
