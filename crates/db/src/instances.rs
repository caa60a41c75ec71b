//! Servers we have met: their health, their dialect, and the leases of their queues.

use diesel::{dsl::exists, prelude::*};
use domain::{Dialect, Time, domains::State};

use crate::{
    Conn, Result, Tx,
    column::MaybeNumber,
    domains, on_backend,
    schema::{actors, follows, instances},
};

/// A server, as far as we know it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = instances)]
pub struct InstanceRow {
    pub host: String,
    pub software: Option<String>,
    pub version: Option<String>,
    #[diesel(deserialize_as = String)]
    pub dialect: Dialect,
    /// Follows from the rules of its domain.
    #[diesel(deserialize_as = String)]
    pub state: State,
    #[diesel(deserialize_as = MaybeNumber)]
    pub checked_at: Option<Time>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub last_success_at: Option<Time>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub last_failure_at: Option<Time>,
    pub last_failure: Option<String>,
    pub failures: i32,
    /// Whether its actors are read without a signature; `None` is not probed yet.
    pub open_actors: Option<bool>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub probed_at: Option<Time>,
}

/// Makes sure that a host has a row; a new one stands as the rules of its domain say.
pub fn meet(tx: &mut Tx<'_>, host: &str, now: Time) -> Result<()> {
    let known = instances::table.find(host);
    if diesel::select(diesel::dsl::exists(known)).get_result(&mut **tx)? {
        return Ok(());
    }
    let state = domains::state_of(tx, host)?;
    on_backend!(&mut **tx, it => diesel::insert_into(instances::table)
        .values((
            instances::host.eq(host),
            instances::dialect.eq(Dialect::Microblog.word()),
            instances::state.eq(state.word()),
            instances::first_seen_at.eq(now.micros()),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(())
}

/// What we know of a host.
pub fn find(conn: &mut Conn, host: &str) -> Result<Option<InstanceRow>> {
    let row = instances::table.find(host).select(InstanceRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// When a host was met.
pub fn met_at(conn: &mut Conn, host: &str) -> Result<Option<Time>> {
    let met =
        instances::table.find(host).select(instances::first_seen_at).first(conn).optional()?;
    Ok(met.map(Time::from_micros))
}

/// Is this host, by itself or with a domain it belongs to, suspended here?
pub fn is_suspended(conn: &mut Conn, host: &str) -> Result<bool> {
    Ok(domains::state_of(conn, host)? == State::Suspended)
}

/// Is what this host sends for those alone who follow whoever says it?
pub fn is_limited(conn: &mut Conn, host: &str) -> Result<bool> {
    Ok(domains::state_of(conn, host)? == State::Limited)
}

/// What every host speaks that was asked, in no order.
pub fn dialects(conn: &mut Conn) -> Result<Vec<(String, Dialect)>> {
    let rows: Vec<(String, String)> = instances::table
        .filter(instances::checked_at.is_not_null())
        .select((instances::host, instances::dialect))
        .load(conn)?;
    rows.into_iter()
        .map(|(host, word)| Ok((host, Dialect::try_from(word).map_err(crate::DbError::Corrupt)?)))
        .collect()
}

/// What a host speaks; one that nobody has met speaks what everybody does.
pub fn dialect(conn: &mut Conn, host: &str) -> Result<Dialect> {
    Ok(find(conn, host)?.map_or(Dialect::Microblog, |row| row.dialect))
}

/// Remembers what a host said of its software, and which dialect it speaks by that.
pub fn set_software(
    tx: &mut Tx<'_>,
    host: &str,
    software: Option<&str>,
    version: Option<&str>,
    dialect: Dialect,
    now: Time,
) -> Result<()> {
    diesel::update(instances::table.find(host))
        .set((
            instances::software.eq(software),
            instances::version.eq(version),
            instances::dialect.eq(dialect.word()),
            instances::checked_at.eq(Some(now.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Remembers whether a host lets everybody read its actors.
pub fn set_open_actors(tx: &mut Tx<'_>, host: &str, open: bool, now: Time) -> Result<()> {
    diesel::update(instances::table.find(host))
        .set((instances::open_actors.eq(Some(open)), instances::probed_at.eq(Some(now.micros()))))
        .execute(&mut **tx)?;
    Ok(())
}

/// Servers of followers and of the followed that were asked what they are before a time, the longest ago
/// first. Walks `instances_checked_idx`.
pub fn stale(conn: &mut Conn, before: Time, limit: i64) -> Result<Vec<String>> {
    let by_follower = follows::table.filter(follows::follower_id.eq(actors::id));
    let by_followed = follows::table.filter(follows::followed_id.eq(actors::id));
    let known = actors::table
        .filter(actors::host.eq(instances::host))
        .filter(actors::local.eq(false))
        .filter(exists(by_follower).or(exists(by_followed)));
    let stale = instances::table
        .filter(instances::checked_at.lt(before.micros()))
        .filter(instances::state.ne("suspended"))
        .filter(exists(known))
        .order(instances::checked_at)
        .limit(limit);
    Ok(stale.select(instances::host).load(conn)?)
}

/// The servers that took something from us last. A look at all of them, for whoever runs a command.
pub fn reached_last(conn: &mut Conn, limit: i64) -> Result<Vec<String>> {
    let rows = instances::table
        .filter(instances::last_success_at.is_not_null())
        .order(instances::last_success_at.desc())
        .limit(limit)
        .select(instances::host);
    Ok(rows.load(conn)?)
}

/// How many servers of others are known.
pub fn count(conn: &mut Conn) -> Result<i64> {
    Ok(instances::table.count().get_result(conn)?)
}
