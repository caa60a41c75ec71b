//! Numbers by day, straight from the rows that they count.

use diesel::{
    dsl::{count_star, exists},
    prelude::*,
    sql_types::{BigInt, Binary},
};
use domain::Time;
use uuid::Uuid;

use crate::{
    Conn, Result,
    days::{self, DayRow},
    schema::{accounts, deliveries, instances, sessions, tokens},
};

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    day: i64,
    #[diesel(sql_type = BigInt)]
    value: i64,
}

fn by_day(conn: &mut Conn, statement: &str, day: i64) -> Result<Vec<DayRow>> {
    let rows: Vec<Found> =
        diesel::sql_query(statement).bind::<BigInt, _>(days::start(day).micros()).load(conn)?;
    Ok(rows.into_iter().map(|row| DayRow { day: row.day, value: row.value }).collect())
}

/// Accounts asked for, from a day on. Walks `accounts_created_idx`.
pub fn sign_ups(conn: &mut Conn, day: i64) -> Result<Vec<DayRow>> {
    let statement = "SELECT created_at / 86400000000 AS day, count(*) AS value FROM accounts \
                     WHERE created_at >= $1 GROUP BY 1 ORDER BY 1";
    by_day(conn, statement, day)
}

/// Listings of the collectives here that were published, from a day on. Walks `listings_published_idx`.
pub fn opened(conn: &mut Conn, day: i64) -> Result<Vec<DayRow>> {
    let statement = "SELECT l.published_at / 86400000000 AS day, count(*) AS value \
                     FROM collectives c JOIN listings l ON l.collective_id = c.id \
                     WHERE l.published_at IS NOT NULL AND l.published_at >= $1 \
                     GROUP BY 1 ORDER BY 1";
    by_day(conn, statement, day)
}

/// Listings of the collectives here that are met, by the day of their last change. Walks
/// `listings_published_idx`.
pub fn met(conn: &mut Conn, day: i64) -> Result<Vec<DayRow>> {
    let statement = "SELECT l.updated_at / 86400000000 AS day, count(*) AS value \
                     FROM collectives c JOIN listings l ON l.collective_id = c.id \
                     WHERE l.published_at IS NOT NULL AND l.updated_at >= $1 \
                     AND l.state = 'fulfilled' AND l.deleted_at IS NULL GROUP BY 1 ORDER BY 1";
    by_day(conn, statement, day)
}

/// How many messages were received on a day; they are kept for a week. Walks the primary key: ids are ordered
/// by time.
pub fn received(conn: &mut Conn, day: i64) -> Result<i64> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        value: i64,
    }
    let row: Count = diesel::sql_query(
        "SELECT count(*) AS value FROM inbound_activities WHERE id >= $1 AND id < $2",
    )
    .bind::<Binary, _>(first_id(days::start(day)))
    .bind::<Binary, _>(first_id(days::start(day + 1)))
    .get_result(conn)?;
    Ok(row.value)
}

/// The least id that is minted at this moment.
fn first_id(at: Time) -> Vec<u8> {
    let millis = u128::try_from(at.micros() / 1_000).unwrap_or_default();
    Uuid::from_u128(millis << 80).as_bytes().to_vec()
}

/// How many accounts were used since a moment, by a browser or by a program. Walks `sessions_used_idx`,
/// `tokens_used_idx`, and the index of sessions by account.
pub fn active(conn: &mut Conn, since: Time) -> Result<i64> {
    let since = since.micros();
    let browsers = sessions::table
        .filter(sessions::account_id.eq(accounts::id))
        .filter(sessions::used_at.ge(since).or(sessions::created_at.ge(since)));
    let programs =
        tokens::table.filter(tokens::account_id.eq(accounts::id)).filter(tokens::used_at.ge(since));
    let active = accounts::table
        .filter(accounts::state.eq("active"))
        .filter(exists(browsers).or(exists(programs)));
    Ok(active.select(count_star()).get_result(conn)?)
}

/// How many letters have ever arrived at other servers, and how many tries have not.
pub fn sent(conn: &mut Conn) -> Result<(i64, i64)> {
    #[derive(QueryableByName)]
    struct Sums {
        #[diesel(sql_type = BigInt)]
        delivered: i64,
        #[diesel(sql_type = BigInt)]
        failed: i64,
    }
    let row: Sums = diesel::sql_query(
        "SELECT CAST(coalesce(sum(delivered), 0) AS BIGINT) AS delivered, \
         CAST(coalesce(sum(failed), 0) AS BIGINT) AS failed FROM instances",
    )
    .get_result(conn)?;
    Ok((row.delivered, row.failed))
}

/// How many servers fail at the moment, and to how many nothing is sent because an admin said so.
pub fn troubled(conn: &mut Conn) -> Result<(i64, i64)> {
    let failing = instances::table.filter(instances::failures.gt(0));
    let paused = instances::table.filter(instances::delivery_paused_at.is_not_null());
    Ok((failing.select(count_star()).get_result(conn)?, paused.count().get_result(conn)?))
}

/// How many letters were given up and are kept to be seen. Walks `deliveries_dead_idx`.
pub fn given_up(conn: &mut Conn) -> Result<i64> {
    Ok(deliveries::table.filter(deliveries::dead).count().get_result(conn)?)
}

/// How many accounts wait for an answer. Walks `accounts_state_idx`.
pub fn waiting_accounts(conn: &mut Conn) -> Result<i64> {
    Ok(accounts::table.filter(accounts::state.eq("waiting")).count().get_result(conn)?)
}
