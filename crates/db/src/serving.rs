//! Who serves a database. A file of SQLite has one server; PostgreSQL has as many as want to.

use std::{
    fs::{File, TryLockError},
    io,
    path::PathBuf,
    time::Duration,
};

use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl, sql_query, sql_types::BigInt,
};

use crate::{DbError, Engine, Result};

/// How often PostgreSQL is asked who is there, and how long apart.
const TRIES: usize = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// The lock on a file of SQLite. It ends with this, or with the process, however that ends.
#[derive(Debug)]
pub struct Serving(#[expect(dead_code, reason = "held until it is dropped")] File);

fn taken(address: &str) -> DbError {
    let file = address.strip_prefix("sqlite://").unwrap_or(address);
    DbError::Schema(format!(
        "another server uses the database {file}; SQLite has one server at a time, so stop that one \
         first, or use PostgreSQL"
    ))
}

/// Makes this process the only server of a file of SQLite; on PostgreSQL several are fine.
///
/// Other commands do not ask: they may read and write beside the server.
pub fn serve(address: &str) -> Result<Option<Serving>> {
    if Engine::of(address)? == Engine::Postgres {
        return Ok(None);
    }
    let mut place = PathBuf::from(address.trim_start_matches("sqlite://")).into_os_string();
    place.push(".lock");
    // Whoever made it, whoever may read it can lock it.
    let file = match File::open(&place) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => {
            File::options().create(true).append(true).open(&place)
        }
        opened => opened,
    };
    let file = file.map_err(|err| {
        let place = std::path::Path::new(&place).display();
        DbError::Unavailable(format!("the lock {place} cannot be opened: {err}"))
    })?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Serving(file))),
        Err(TryLockError::WouldBlock) => Err(taken(address)),
        Err(TryLockError::Error(err)) => {
            // Some network file systems have no locks. Nobody should keep a database there, but it may run.
            tracing::warn!(%err, "the database cannot be locked against a second server");
            Ok(Some(Serving(file)))
        }
    }
}

/// Makes sure that nobody serves a database whose rows are about to be replaced, and on SQLite, that nobody begins.
pub fn alone(address: &str) -> Result<Option<Serving>> {
    #[derive(QueryableByName)]
    struct Others {
        #[diesel(sql_type = BigInt)]
        others: i64,
    }
    if Engine::of(address)? == Engine::Sqlite {
        return serve(address);
    }
    let conn = PgConnection::establish(address);
    let mut conn = conn.map_err(|err| DbError::Unavailable(err.to_string()))?;
    // Whoever has just gone is seen for a moment.
    for _ in 0..TRIES {
        let others: Others = sql_query(
            "SELECT count(*) AS others FROM pg_stat_activity \
             WHERE datname = current_database() AND application_name = 'tequio'",
        )
        .get_result(&mut conn)?;
        if others.others == 0 {
            return Ok(None);
        }
        std::thread::sleep(PAUSE);
    }
    let problem = "other programs of tequio use this database; stop them first".to_owned();
    Err(DbError::Schema(problem))
}
