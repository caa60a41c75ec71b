//! What is kept, and how much room it takes.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Text},
};

use crate::{
    Conn, Result,
    schema::{
        activities, days, deliveries, events, inbound_activities, jobs, media, seen_activities,
    },
};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// How many bytes the database takes, its indexes included.
pub fn database_bytes(conn: &mut Conn) -> Result<i64> {
    let statement = match conn {
        Conn::Sqlite(_) => {
            "SELECT page_count * page_size AS number FROM pragma_page_count(), pragma_page_size()"
        }
        Conn::Postgres(_) => "SELECT pg_database_size(current_database()) AS number",
    };
    let row: Number = diesel::sql_query(statement).get_result(conn)?;
    Ok(row.number)
}

/// Which engine it is, and its version.
pub fn engine(conn: &mut Conn) -> Result<String> {
    #[derive(QueryableByName)]
    struct Version {
        #[diesel(sql_type = Text)]
        version: String,
    }
    let statement = match conn {
        Conn::Sqlite(_) => "SELECT 'SQLite ' || sqlite_version() AS version",
        Conn::Postgres(_) => "SELECT 'PostgreSQL ' || current_setting('server_version') AS version",
    };
    let row: Version = diesel::sql_query(statement).get_result(conn)?;
    Ok(row.version)
}

/// How many pictures there are, and how many bytes they take.
pub fn media(conn: &mut Conn) -> Result<(i64, i64)> {
    let row: Number =
        diesel::sql_query("SELECT CAST(coalesce(sum(bytes), 0) AS BIGINT) AS number FROM media")
            .get_result(conn)?;
    Ok((media::table.count().get_result(conn)?, row.number))
}

/// How many rows there are of each thing that is thrown away after some time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Received messages.
    pub inbound: i64,
    /// What is remembered of those that took effect, so that none does twice.
    pub seen: i64,
    /// What has happened and was told.
    pub events: i64,
    /// Letters that wait or were given up.
    pub deliveries: i64,
    /// What was sent.
    pub sent: i64,
    /// Work that waits or was given up.
    pub jobs: i64,
}

/// Counts them.
pub fn kept(conn: &mut Conn) -> Result<Kept> {
    Ok(Kept {
        inbound: inbound_activities::table.count().get_result(conn)?,
        seen: seen_activities::table.count().get_result(conn)?,
        events: events::table.count().get_result(conn)?,
        deliveries: deliveries::table.count().get_result(conn)?,
        sent: activities::table.count().get_result(conn)?,
        jobs: jobs::table.count().get_result(conn)?,
    })
}

/// The migrations that are applied, the oldest first.
pub fn migrations(conn: &mut Conn) -> Result<Vec<String>> {
    #[derive(QueryableByName)]
    struct Version {
        #[diesel(sql_type = Text)]
        version: String,
    }
    let rows: Vec<Version> =
        diesel::sql_query("SELECT version FROM __diesel_schema_migrations ORDER BY version")
            .load(conn)?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}

/// How many numbers are in the book of days.
pub fn days(conn: &mut Conn) -> Result<i64> {
    Ok(days::table.count().get_result(conn)?)
}
