//! The queues of hosts, as admins see them, and what they do about them.

use diesel::{
    dsl::not,
    prelude::*,
    sql_types::{BigInt, Nullable, Text},
};
use domain::Time;

use crate::{
    Conn, Result, Tx,
    schema::{deliveries, inboxes, instances},
};

/// No queue is counted beyond this: a page of queues is there at once.
pub const MOST_COUNTED: i64 = 100_000;

/// What waits for a host, and what was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRow {
    pub host: String,
    /// How many letters wait, [`MOST_COUNTED`] at most.
    pub waiting: i64,
    /// How many were given up, and are kept to be seen.
    pub dead: i64,
    /// When the first of those that wait was queued.
    pub oldest: Option<Time>,
    /// Why something did not arrive the last time.
    pub last_failure: Option<String>,
    pub last_failure_at: Option<Time>,
    /// When something is tried next.
    pub next_try: Option<Time>,
    /// Since when an admin has nothing sent to it.
    pub paused_at: Option<Time>,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    host: String,
    #[diesel(sql_type = BigInt)]
    waiting: i64,
    #[diesel(sql_type = BigInt)]
    dead: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    oldest: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    last_failure: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    last_failure_at: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    next_try: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    paused_at: Option<i64>,
}

const QUEUES: &str = "SELECT i.host, \
     (SELECT count(*) FROM (SELECT 1 FROM deliveries w WHERE w.host = i.host \
     AND w.dead = false LIMIT $1) counted) AS waiting, \
     (SELECT count(*) FROM (SELECT 1 FROM deliveries g WHERE g.host = i.host \
     AND g.dead = true LIMIT $1) counted) AS dead, \
     (SELECT o.created_at FROM deliveries o WHERE o.host = i.host AND o.dead = false \
     ORDER BY o.activity_id LIMIT 1) AS oldest, \
     i.last_failure, i.last_failure_at, i.delivery_due_at AS next_try, \
     i.delivery_paused_at AS paused_at \
     FROM instances i WHERE i.host > $2 \
     AND (i.delivery_paused_at IS NOT NULL \
     OR (SELECT d.activity_id FROM deliveries d WHERE d.host = i.host \
     ORDER BY d.dead, d.activity_id LIMIT 1) IS NOT NULL) \
     ORDER BY i.host LIMIT $3";

/// The queues of the hosts after `cursor`, by their names: those for which something waits or was given up, and
/// those that are paused. Walks `instances`, and `deliveries_host_idx` for each.
pub fn queues(conn: &mut Conn, cursor: &str, limit: i64) -> Result<Vec<QueueRow>> {
    let rows: Vec<Found> = diesel::sql_query(QUEUES)
        .bind::<BigInt, _>(MOST_COUNTED)
        .bind::<Text, _>(cursor)
        .bind::<BigInt, _>(limit)
        .load(conn)?;
    let rows = rows.into_iter().map(|row| QueueRow {
        host: row.host,
        waiting: row.waiting,
        dead: row.dead,
        oldest: row.oldest.map(Time::from_micros),
        last_failure: row.last_failure,
        last_failure_at: row.last_failure_at.map(Time::from_micros),
        next_try: row.next_try.map(Time::from_micros),
        paused_at: row.paused_at.map(Time::from_micros),
    });
    Ok(rows.collect())
}

/// Is this a host that we know?
pub fn is_known(conn: &mut Conn, host: &str) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(instances::table.find(host))).get_result(conn)?)
}

/// Has an admin paused what is sent to this host?
pub fn is_paused(conn: &mut Conn, host: &str) -> Result<bool> {
    let since = instances::table.find(host).select(instances::delivery_paused_at);
    let since: Option<Option<i64>> = since.first(conn).optional()?;
    Ok(since.flatten().is_some())
}

/// All that waits for a host is due at once, and so is the host; returns how many letters wait.
pub fn retry(tx: &mut Tx<'_>, host: &str, now: Time) -> Result<usize> {
    diesel::delete(inboxes::table.filter(inboxes::host.eq(host)).filter(not(inboxes::lost)))
        .execute(&mut **tx)?;
    let waiting = deliveries::table.filter(deliveries::host.eq(host)).filter(not(deliveries::dead));
    let count =
        diesel::update(waiting).set(deliveries::due_at.eq(now.micros())).execute(&mut **tx)?;
    let due = (0 < count).then(|| now.micros());
    diesel::update(instances::table.find(host))
        .set(instances::delivery_due_at.eq(due))
        .execute(&mut **tx)?;
    Ok(count)
}

/// A host is due at once: something waits for it.
pub fn wake(tx: &mut Tx<'_>, host: &str, now: Time) -> Result<()> {
    diesel::delete(inboxes::table.filter(inboxes::host.eq(host)).filter(not(inboxes::lost)))
        .execute(&mut **tx)?;
    diesel::update(instances::table.find(host))
        .set(instances::delivery_due_at.eq(Some(now.micros())))
        .execute(&mut **tx)?;
    Ok(())
}

/// Throws away all that waits for a host and all that was given up; returns how many letters that were.
pub fn drop_all(tx: &mut Tx<'_>, host: &str) -> Result<usize> {
    let all = deliveries::table.filter(deliveries::host.eq(host));
    let count = diesel::delete(all).execute(&mut **tx)?;
    diesel::delete(inboxes::table.filter(inboxes::host.eq(host))).execute(&mut **tx)?;
    Ok(count)
}

/// Has nothing sent to a host from now on, or, where there is no time, sends again.
pub fn pause(tx: &mut Tx<'_>, host: &str, since: Option<Time>) -> Result<()> {
    diesel::update(instances::table.find(host))
        .set(instances::delivery_paused_at.eq(since.map(Time::micros)))
        .execute(&mut **tx)?;
    Ok(())
}
