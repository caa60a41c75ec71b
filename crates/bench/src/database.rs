//! A database of a run's own: a file on the disk, or a database of a PostgreSQL that somebody started for us.

use std::{
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::{Context as _, Result};
use db::{Conn, DbError, Reader, Tx, Writer, pool::Sizes};
use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _, sql_query, sql_types::BigInt,
};
use tempfile::TempDir;
use url::Url;

pub use db::Engine;

/// Where a PostgreSQL is, and the process that began it.
#[derive(Clone, Debug)]
pub struct Postgres {
    /// The address of somebody who may create databases.
    pub url: Url,
    /// The first of its processes; the others are its children.
    pub process: u32,
}

/// Gone with this.
pub struct Database {
    /// As the configuration names it.
    pub address: String,
    /// Which engine it is of.
    pub engine: Engine,
    /// The first process of its PostgreSQL.
    pub process: Option<u32>,
    /// A folder for the server.
    pub folder: TempDir,
    reader: Reader,
    writer: Writer,
    dropped: Option<(Url, String)>,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

impl Database {
    /// A new one, with all tables where it is asked for; in a folder of its own below `place`.
    pub fn new(place: &Path, postgres: Option<&Postgres>, migrated: bool) -> Result<Self> {
        std::fs::create_dir_all(place)?;
        let folder = tempfile::Builder::new().prefix("run-").tempdir_in(place)?;
        let (engine, address, dropped) = match postgres {
            None => {
                let file = folder.path().join("tequio.sqlite3");
                (Engine::Sqlite, format!("sqlite://{}", file.display()), None)
            }
            Some(postgres) => {
                let name = fresh_name();
                let mut server = PgConnection::establish(postgres.url.as_str())?;
                server.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0"))?;
                let mut address = postgres.url.clone();
                address.set_path(&name);
                (Engine::Postgres, address.into(), Some((postgres.url.clone(), name)))
            }
        };
        let (reader, writer) = db::pool::open(&address, Sizes { readers: 1, writers: 1 })?;
        if migrated {
            db::migrations::migrate(&writer)?;
        }
        let process = postgres.map(|postgres| postgres.process);
        Ok(Self { address, engine, process, folder, reader, writer, dropped })
    }

    /// Runs statements in one transaction.
    pub fn execute(&self, statements: &str) -> Result<()> {
        let run = |tx: &mut Tx<'_>| Ok::<(), DbError>(tx.batch_execute(statements)?);
        Ok(self.writer.transaction(run)?)
    }

    /// Lets the engine look at what is in it, and puts all of it into its place.
    pub fn settle(&self) -> Result<()> {
        match self.engine {
            Engine::Sqlite => {
                // Not in a transaction: a reader of ours is no way to write, and a checkpoint is none of a writer.
                let mut conn = self.bare()?;
                Ok(conn.batch_execute("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);")?)
            }
            Engine::Postgres => {
                // Several statements at once are one transaction, and no place for a VACUUM.
                let mut conn = self.bare()?;
                conn.batch_execute("VACUUM ANALYZE")?;
                Ok(conn.batch_execute("CHECKPOINT")?)
            }
        }
    }

    /// Gives back the room of what was deleted.
    pub fn compact(&self) -> Result<()> {
        match self.engine {
            Engine::Sqlite => {
                Ok(self.bare()?.batch_execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?)
            }
            Engine::Postgres => Ok(self.bare()?.batch_execute("VACUUM FULL")?),
        }
    }

    fn bare(&self) -> Result<Conn> {
        let target = self.address.strip_prefix("sqlite://").unwrap_or(&self.address);
        Ok(match self.engine {
            Engine::Sqlite => Conn::Sqlite(diesel::SqliteConnection::establish(target)?),
            Engine::Postgres => Conn::Postgres(PgConnection::establish(target)?),
        })
    }

    /// The one number that a query has, under the name of `number`.
    pub fn number(&self, query: &str) -> Result<i64> {
        let mut conn = self.reader.get()?;
        let found: Number =
            sql_query(query).get_result(&mut *conn).with_context(|| query.to_owned())?;
        Ok(found.number)
    }

    /// How many rows of a table, and perhaps under a condition, there are.
    pub fn count(&self, of: &str) -> Result<i64> {
        self.number(&format!("SELECT count(*) AS number FROM {of}"))
    }

    /// How a query is done, a step a line.
    pub fn plan(&self, query: &str) -> Result<Vec<String>> {
        let mut conn = self.reader.get()?;
        Ok(match &mut *conn {
            Conn::Sqlite(conn) => {
                #[derive(QueryableByName)]
                struct Step {
                    #[diesel(sql_type = diesel::sql_types::Text)]
                    detail: String,
                }
                let steps: Vec<Step> =
                    sql_query(format!("EXPLAIN QUERY PLAN {query}")).load(conn)?;
                steps.into_iter().map(|step| step.detail).collect()
            }
            Conn::Postgres(conn) => {
                #[derive(QueryableByName)]
                struct Step {
                    #[diesel(sql_type = diesel::sql_types::Text, column_name = "QUERY PLAN")]
                    plan: String,
                }
                let steps: Vec<Step> = sql_query(format!("EXPLAIN {query}")).load(conn)?;
                steps.into_iter().map(|step| step.plan).collect()
            }
        })
    }

    /// The lines that a query has, under the name of `line`.
    pub fn lines(&self, query: &str) -> Result<Vec<String>> {
        let mut conn = self.reader.get()?;
        let found: Vec<Line> = sql_query(query).load(&mut *conn)?;
        Ok(found.into_iter().map(|row| row.line).collect())
    }

    /// For those who ask in words of the crate `db`.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// How many bytes it takes, its log apart.
    pub fn bytes(&self) -> Result<i64> {
        match self.engine {
            Engine::Sqlite => self.number(
                "SELECT page_count * page_size AS number FROM pragma_page_count(), pragma_page_size()",
            ),
            Engine::Postgres => {
                self.number("SELECT pg_database_size(current_database()) AS number")
            }
        }
    }

    /// How many bytes of log SQLite keeps beside its file.
    #[must_use]
    pub fn log_bytes(&self) -> u64 {
        let file = self.address.strip_prefix("sqlite://").unwrap_or_default();
        crate::system::size(&PathBuf::from(format!("{file}-wal")))
    }

    /// The file of SQLite.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        self.address.strip_prefix("sqlite://").map(PathBuf::from)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((server, name)) = self.dropped.take()
            && let Ok(mut conn) = PgConnection::establish(server.as_str())
        {
            drop(conn.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")));
        }
    }
}

fn fresh_name() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    format!("tequio_bench_{}_{}", process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}
