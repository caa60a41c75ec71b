//! Two ways in: a [`Reader`] that cannot change anything, and a [`Writer`] that only `ops` holds.

use std::{
    hash::{BuildHasher as _, Hasher as _, RandomState},
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};

use diesel::{
    MultiConnection, PgConnection, SqliteConnection,
    connection::{AnsiTransactionManager, Connection, SimpleConnection, TransactionManager},
    r2d2::{self, ConnectionManager, CustomizeConnection, Pool, PooledConnection},
};

use crate::{DbError, Result, blocking, together::Together};

/// A connection to either engine. Queries are written once, against this type.
#[derive(MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Runs the same diesel code typed for each engine, for what [`Conn`] cannot express: upserts, batch
/// inserts, row locks.
#[macro_export]
macro_rules! on_backend {
    ($conn:expr, $it:ident => $body:expr) => {
        match $conn {
            $crate::pool::Conn::Sqlite($it) => $body,
            $crate::pool::Conn::Postgres($it) => $body,
        }
    };
}

type Connections = Pool<ConnectionManager<Conn>>;

/// Which database engine an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A way in that can only read.
#[derive(Clone)]
pub struct Reader(Connections);

/// The way in that can write; lives in the door.
#[derive(Clone)]
pub struct Writer(Connections, Engine, Arc<Together>);

/// A connection inside an open transaction. Writes ask for this; reads take any [`Conn`].
pub struct Tx<'c>(&'c mut Conn);

/// How many connections to keep.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Read-only connections.
    pub readers: u32,
    /// Writing connections on PostgreSQL; SQLite has one writer, always.
    pub writers: u32,
}

impl Engine {
    /// `sqlite://PATH` or `postgres://…`.
    pub fn of(address: &str) -> Result<Self> {
        if address.starts_with("sqlite://") {
            Ok(Self::Sqlite)
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Ok(Self::Postgres)
        } else {
            Err(DbError::Schema("database.url must start with sqlite:// or postgres://".to_owned()))
        }
    }
}

/// Opens both ways into one database; creates an SQLite file where there is none.
pub fn open(address: &str, sizes: Sizes) -> Result<(Reader, Writer)> {
    let engine = Engine::of(address)?;
    let target = address.strip_prefix("sqlite://").unwrap_or(address);
    reach(engine, target)?;
    let writers = if engine == Engine::Sqlite { 1 } else { sizes.writers.max(1) };
    let writer = pool(target, writers, Session { engine, read_only: false })?;
    let reader = pool(target, sizes.readers.max(1), Session { engine, read_only: true })?;
    Ok((Reader(reader), Writer(writer, engine, Arc::default())))
}

/// Connects once, for a pool tries again and again, and cannot tell what is wrong.
fn reach(engine: Engine, target: &str) -> Result<()> {
    let unavailable = |why: String| {
        let line = why.split_whitespace().collect::<Vec<_>>().join(" ");
        DbError::Unavailable(line)
    };
    match engine {
        Engine::Sqlite => {
            let told = |why: String| unavailable(format!("{target}: {why}"));
            let opened = SqliteConnection::establish(target);
            let mut conn = opened.map_err(|err| told(err.to_string()))?;
            // It is not read before it is needed.
            conn.batch_execute("PRAGMA schema_version").map_err(|err| told(err.to_string()))
        }
        Engine::Postgres => match PgConnection::establish(target) {
            Ok(_) => Ok(()),
            Err(err) => Err(unavailable(err.to_string())),
        },
    }
}

fn pool(target: &str, size: u32, session: Session) -> Result<Connections> {
    let pool = Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .connection_timeout(Duration::from_secs(5))
        .test_on_check_out(session.engine == Engine::Postgres)
        .connection_customizer(Box::new(session))
        .build(ConnectionManager::<Conn>::new(target));
    pool.map_err(|err| DbError::Unavailable(err.to_string()))
}

/// What a fresh connection is told.
#[derive(Clone, Copy, Debug)]
struct Session {
    engine: Engine,
    read_only: bool,
}

impl CustomizeConnection<Conn, r2d2::Error> for Session {
    fn on_acquire(&self, conn: &mut Conn) -> std::result::Result<(), r2d2::Error> {
        conn.batch_execute(self.words()).map_err(r2d2::Error::QueryError)
    }
}

impl Session {
    /// SQLite: write-ahead log, a full sync per commit (nothing acknowledged is lost to a power cut).
    fn words(self) -> &'static str {
        match (self.engine, self.read_only) {
            (Engine::Sqlite, false) => {
                "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                 PRAGMA foreign_keys = ON; PRAGMA cache_size = -20000; PRAGMA temp_store = MEMORY; \
                 PRAGMA journal_size_limit = 67108864;"
            }
            (Engine::Sqlite, true) => {
                "PRAGMA busy_timeout = 10000; PRAGMA query_only = ON; PRAGMA cache_size = -8000; \
                 PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY;"
            }
            (Engine::Postgres, false) => {
                "SET lock_timeout = '5s'; SET statement_timeout = '30s'; SET timezone = 'UTC'; \
                 SET application_name = 'tequio';"
            }
            (Engine::Postgres, true) => {
                "SET default_transaction_read_only = on; SET statement_timeout = '10s'; \
                 SET timezone = 'UTC'; SET application_name = 'tequio';"
            }
        }
    }
}

/// A read-only connection on loan.
pub type Loan = PooledConnection<ConnectionManager<Conn>>;

impl Reader {
    /// Blocks until a connection is free, for at most five seconds; call it on the blocking pool.
    pub fn get(&self) -> Result<Loan> {
        self.0.get().map_err(|err| DbError::Unavailable(err.to_string()))
    }

    /// Runs a read where it may block: see [`crate::blocking`].
    pub async fn read<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let reader = self.clone();
        blocking::run(move || read(&mut *reader.get()?)).await?
    }
}

impl Writer {
    /// Which engine it writes to.
    pub fn engine(&self) -> Engine {
        self.1
    }

    /// Runs `work` in one transaction: all of it is committed, or none. Blocks.
    ///
    /// On SQLite, those who write at the same time commit together: see `crate::together`.
    /// SQLite begins with `BEGIN IMMEDIATE`, so that a transaction which reads before it writes never
    /// meets a lock half-way. A collision of transactions is tried again three times, after a moment.
    pub fn transaction<T, E>(
        &self,
        mut work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E>
    where
        E: From<DbError> + Transient,
    {
        let mut tries = 0;
        loop {
            let done = self.once(&mut work);
            match done {
                Err(err) if err.is_transient() && tries < 8 => {
                    tries += 1;
                    // The others go first; after the same pause, all would meet again.
                    let chance = RandomState::new().build_hasher().finish() % 40;
                    std::thread::sleep(Duration::from_millis(10 + chance) * tries);
                }
                done => return done,
            }
        }
    }

    fn once<T, E>(
        &self,
        work: &mut impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E>
    where
        E: From<DbError>,
    {
        if self.1 == Engine::Sqlite {
            return self.2.run(|| self.begun(), |tx| work(tx));
        }
        let mut conn = self.begun()?;
        // A panic inside must not leave the transaction open on a pooled connection: the guard rolls back.
        let mut open = Open(Some(&mut conn));
        let Some(inner) = open.0.as_mut() else {
            return Err(DbError::Unavailable("no connection".to_owned()).into());
        };
        let value = work(&mut Tx(inner))?;
        let Some(conn) = open.0.take() else {
            return Err(DbError::Unavailable("no connection".to_owned()).into());
        };
        if let Err(err) = <Conn as Connection>::TransactionManager::commit_transaction(conn) {
            drop(<Conn as Connection>::TransactionManager::rollback_transaction(conn));
            return Err(DbError::from(err).into());
        }
        Ok(value)
    }

    /// A connection in a transaction that has just begun.
    fn begun(&self) -> Result<Loan> {
        let mut conn = self.bare()?;
        begin(&mut conn)?;
        Ok(conn)
    }

    /// A connection outside of any transaction, for migrations.
    pub(crate) fn bare(&self) -> Result<Loan> {
        self.0.get().map_err(|err| DbError::Unavailable(err.to_string()))
    }
}

/// May the same transaction succeed if it is tried again at once?
pub trait Transient {
    /// Only for collisions: what is unavailable stays so for a moment.
    fn is_transient(&self) -> bool;
}

impl Transient for DbError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Collided)
    }
}

fn begin(conn: &mut Conn) -> diesel::QueryResult<()> {
    match conn {
        Conn::Sqlite(it) => AnsiTransactionManager::begin_transaction_sql(it, "BEGIN IMMEDIATE"),
        Conn::Postgres(it) => AnsiTransactionManager::begin_transaction(it),
    }
}

/// An open transaction that is rolled back unless it was taken out to be committed.
struct Open<'c>(Option<&'c mut Conn>);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if let Some(conn) = self.0.take() {
            drop(<Conn as Connection>::TransactionManager::rollback_transaction(conn));
        }
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn of(conn: &'c mut Conn) -> Self {
        Self(conn)
    }
}

impl Deref for Tx<'_> {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        self.0
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.0
    }
}
