//! The schema's versions: what is applied, what is pending, and what we do not know.

use diesel::migration::MigrationSource;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{Conn, DbError, Result, Writer, on_backend};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// How a database stands towards this binary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    pub applied: Vec<String>,
    pub pending: Vec<String>,
    /// Applied by a newer binary; this one must not touch the data.
    pub unknown: Vec<String>,
}

/// Compares what is applied with what this binary brings.
pub fn status(writer: &Writer) -> Result<Status> {
    let mut conn = writer.bare()?;
    let known = known(&conn)?;
    let applied = applied(&mut conn)?;
    Ok(Status {
        pending: known.iter().filter(|v| !applied.contains(v)).cloned().collect(),
        unknown: applied.iter().filter(|v| !known.contains(v)).cloned().collect(),
        applied,
    })
}

/// Applies what is pending, each migration in a transaction of its own; returns what was applied.
///
/// Refuses a schema that is newer than this binary.
pub fn migrate(writer: &Writer) -> Result<Vec<String>> {
    refuse_newer(&status(writer)?)?;
    let mut conn = writer.bare()?;
    let done = match &mut *conn {
        Conn::Sqlite(it) => it.run_pending_migrations(SQLITE).map(|v| names(&v)),
        Conn::Postgres(it) => it.run_pending_migrations(POSTGRES).map(|v| names(&v)),
    };
    done.map_err(|err| DbError::Schema(format!("a migration failed: {err}")))
}

/// Applies those of the pending migrations that are wanted, inside of whatever transaction is open.
pub(crate) fn apply(conn: &mut Conn, wanted: impl Fn(&str) -> bool) -> Result<Vec<String>> {
    fn pending<B, C>(
        conn: &mut C,
        source: EmbeddedMigrations,
        wanted: impl Fn(&str) -> bool,
    ) -> diesel::migration::Result<Vec<String>>
    where
        B: diesel::backend::Backend,
        C: MigrationHarness<B>,
        EmbeddedMigrations: MigrationSource<B>,
    {
        let mut done = Vec::new();
        for migration in conn.pending_migrations(source)? {
            let version = migration.name().version().to_string();
            if wanted(&version) {
                conn.run_migration(&*migration)?;
                done.push(version);
            }
        }
        Ok(done)
    }
    let done = match conn {
        Conn::Sqlite(it) => pending(it, SQLITE, wanted),
        Conn::Postgres(it) => pending(it, POSTGRES, wanted),
    };
    done.map_err(|err| DbError::Schema(format!("a migration failed: {err}")))
}

/// Takes back the newest migration; for developers and tests.
pub fn revert_last(writer: &Writer) -> Result<String> {
    let mut conn = writer.bare()?;
    let done = match &mut *conn {
        Conn::Sqlite(it) => it.revert_last_migration(SQLITE).map(|v| v.to_string()),
        Conn::Postgres(it) => it.revert_last_migration(POSTGRES).map(|v| v.to_string()),
    };
    done.map_err(|err| DbError::Schema(format!("a migration could not be taken back: {err}")))
}

/// Fails with one clear sentence when the schema was made by a newer binary.
pub fn refuse_newer(status: &Status) -> Result<()> {
    let Some(newest) = status.unknown.last() else { return Ok(()) };
    Err(DbError::Schema(format!(
        "the database was upgraded by a newer version of tequio (migration {newest}); \
         run that version, or restore a backup made by this one"
    )))
}

fn names(versions: &[diesel::migration::MigrationVersion<'_>]) -> Vec<String> {
    versions.iter().map(ToString::to_string).collect()
}

fn applied(conn: &mut Conn) -> Result<Vec<String>> {
    let versions = on_backend!(conn, it => it.applied_migrations().map(|v| names(&v)));
    let mut versions = versions.map_err(|err| DbError::Schema(err.to_string()))?;
    versions.sort();
    Ok(versions)
}

/// The versions that this binary brings, the oldest first.
pub fn known_versions(conn: &Conn) -> Result<Vec<String>> {
    let mut versions = known(conn)?;
    versions.sort();
    Ok(versions)
}

fn known(conn: &Conn) -> Result<Vec<String>> {
    fn of<B: diesel::backend::Backend>(
        source: &impl MigrationSource<B>,
    ) -> diesel::migration::Result<Vec<String>> {
        Ok(source.migrations()?.iter().map(|m| m.name().version().to_string()).collect())
    }
    let versions = match conn {
        Conn::Sqlite(_) => of::<diesel::sqlite::Sqlite>(&SQLITE),
        Conn::Postgres(_) => of::<diesel::pg::Pg>(&POSTGRES),
    };
    let mut versions = versions.map_err(|err| DbError::Schema(err.to_string()))?;
    versions.sort();
    Ok(versions)
}
