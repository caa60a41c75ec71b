//! What is on its way to whom: one row per activity and inbox, gone when delivered.
//!
//! Letters of one lane reach an inbox in their order. One that has to wait holds up those behind it in its lane
//! at its inbox, and nothing else; an inbox that fails again and again holds up what is for it.
//!
//! SQLite numbers `$1`, `$2` … as they come: in these statements each number comes first after the one before it.

pub mod admin;
pub mod inboxes;
mod leases;

pub use leases::{DeliveryRow, next, release, release_all, renew, take, waiting};

use diesel::{
    dsl::not,
    prelude::*,
    sql_types::{BigInt, Binary, Text},
};
use domain::{ActivityId, ActorId, Dialect, Time};

use crate::{
    Conn, Result, Tx,
    schema::{deliveries, instances},
};

/// A delivery that was given up.
#[derive(Clone, Debug, Queryable)]
pub struct DeadRow {
    pub inbox: String,
    pub reason: Option<String>,
    pub attempts: i32,
}

/// Queues an activity for one inbox; what is for an inbox that is left in peace waits with it.
pub fn push(
    tx: &mut Tx<'_>,
    activity: ActivityId,
    inbox: &str,
    host: &str,
    now: Time,
) -> Result<()> {
    diesel::sql_query(
        "INSERT INTO deliveries \
         (activity_id, inbox, host, lane, dead, attempts, created_at, due_at) \
         SELECT y.id, $1, $2, y.lane, false, 0, $3, \
         coalesce((SELECT t.due_at FROM inboxes t WHERE t.inbox = $1 AND t.due_at > $3), $3) \
         FROM activities y WHERE y.id = $4 ON CONFLICT DO NOTHING",
    )
    .bind::<Text, _>(inbox)
    .bind::<Text, _>(host)
    .bind::<BigInt, _>(now.micros())
    .bind::<Binary, _>(activity.bytes())
    .execute(&mut **tx)?;
    Ok(())
}

/// Which of an actor's followers get an activity.
#[derive(Clone, Copy, Debug, Default)]
pub struct Audience<'a> {
    /// Those whose servers speak this; all where there is none.
    pub dialect: Option<Dialect>,
    /// Not those of this host: it said so itself.
    pub except: Option<&'a str>,
}

/// Queues an activity for every follower of an actor, once per shared inbox.
///
/// One statement: however many followers there are, none of them passes through this process.
pub fn push_to_followers(
    tx: &mut Tx<'_>,
    activity: ActivityId,
    followed: ActorId,
    only: Audience<'_>,
    now: Time,
) -> Result<()> {
    let dialect = only.dialect.map_or("", Dialect::word);
    diesel::sql_query(
        "INSERT INTO deliveries \
         (activity_id, inbox, host, lane, dead, attempts, created_at, due_at) \
         SELECT DISTINCT y.id, coalesce(a.shared_inbox, a.inbox), a.host, y.lane, false, 0, $1, \
         coalesce((SELECT t.due_at FROM inboxes t \
         WHERE t.inbox = coalesce(a.shared_inbox, a.inbox) AND t.due_at > $1), $1) \
         FROM activities y JOIN follows f ON y.id = $2 JOIN actors a ON a.id = f.follower_id \
         JOIN instances i ON i.host = a.host \
         WHERE f.followed_id = $3 AND f.state = $4 AND NOT a.local \
         AND a.deleted_at IS NULL AND i.state <> $5 \
         AND ($6 = '' OR i.dialect = $6) AND i.host <> $7 \
         ON CONFLICT DO NOTHING",
    )
    .bind::<BigInt, _>(now.micros())
    .bind::<Binary, _>(activity.bytes())
    .bind::<Binary, _>(followed.bytes())
    .bind::<Text, _>("accepted")
    .bind::<Text, _>("suspended")
    .bind::<Text, _>(dialect)
    .bind::<Text, _>(only.except.unwrap_or_default())
    .execute(&mut **tx)?;
    Ok(())
}

/// Queues an activity for every server that is known here, once per inbox that its actors share.
pub fn push_to_everybody(tx: &mut Tx<'_>, activity: ActivityId, now: Time) -> Result<()> {
    diesel::sql_query(
        "INSERT INTO deliveries \
         (activity_id, inbox, host, lane, dead, attempts, created_at, due_at) \
         SELECT DISTINCT y.id, coalesce(a.shared_inbox, a.inbox), a.host, y.lane, false, 0, $1, \
         coalesce((SELECT t.due_at FROM inboxes t \
         WHERE t.inbox = coalesce(a.shared_inbox, a.inbox) AND t.due_at > $1), $1) \
         FROM activities y JOIN actors a ON y.id = $2 JOIN instances i ON i.host = a.host \
         WHERE NOT a.local AND a.deleted_at IS NULL AND i.state <> $3 \
         ON CONFLICT DO NOTHING",
    )
    .bind::<BigInt, _>(now.micros())
    .bind::<Binary, _>(activity.bytes())
    .bind::<Text, _>("suspended")
    .execute(&mut **tx)?;
    Ok(())
}

/// Queues an activity for the inboxes of their own of an actor's followers on one host, which has lost the
/// inbox that they shared.
pub fn push_to_each(
    tx: &mut Tx<'_>,
    activity: ActivityId,
    followed: ActorId,
    host: &str,
    now: Time,
) -> Result<()> {
    diesel::sql_query(
        "INSERT INTO deliveries \
         (activity_id, inbox, host, lane, dead, attempts, created_at, due_at) \
         SELECT DISTINCT y.id, a.inbox, a.host, y.lane, false, 0, $1, \
         coalesce((SELECT t.due_at FROM inboxes t WHERE t.inbox = a.inbox AND t.due_at > $1), $1) \
         FROM activities y JOIN follows f ON y.id = $2 JOIN actors a ON a.id = f.follower_id \
         WHERE f.followed_id = $3 AND f.state = $4 AND NOT a.local \
         AND a.deleted_at IS NULL AND a.host = $5 AND a.shared_inbox IS NULL \
         ON CONFLICT DO NOTHING",
    )
    .bind::<BigInt, _>(now.micros())
    .bind::<Binary, _>(activity.bytes())
    .bind::<Binary, _>(followed.bytes())
    .bind::<Text, _>("accepted")
    .bind::<Text, _>(host)
    .execute(&mut **tx)?;
    Ok(())
}

/// Wakes the hosts of an activity's deliveries; those that are left in peace as a whole keep their time.
///
/// The instances' rows are locked first, one after the other: a [`release`] that has not seen these deliveries
/// is over before we look whether the host is due.
pub fn wake_hosts(tx: &mut Tx<'_>, activity: ActivityId, now: Time) -> Result<()> {
    let hosts = deliveries::table
        .filter(deliveries::activity_id.eq(activity.bytes()))
        .select(deliveries::host);
    if let Conn::Postgres(conn) = &mut **tx {
        let rows =
            instances::table.filter(instances::host.eq_any(hosts.clone())).order(instances::host);
        rows.select(instances::host).for_no_key_update().load::<String>(conn)?;
    }
    diesel::update(
        instances::table.filter(instances::host.eq_any(hosts)).filter(
            instances::delivery_due_at.is_null().or(instances::delivery_due_at
                .gt(now.micros())
                .and(instances::failures.eq(0))
                .assume_not_null()),
        ),
    )
    .set(instances::delivery_due_at.eq(Some(now.micros())))
    .execute(&mut **tx)?;
    Ok(())
}

/// A delivery that arrived is gone, and its host is well.
pub fn finish(
    tx: &mut Tx<'_>,
    activity: ActivityId,
    inbox: &str,
    host: &str,
    now: Time,
) -> Result<()> {
    settle(tx, activity, inbox, host, 1, now)
}

/// A delivery that was answered is gone, though nobody has read it there.
pub fn answered(
    tx: &mut Tx<'_>,
    activity: ActivityId,
    inbox: &str,
    host: &str,
    now: Time,
) -> Result<()> {
    settle(tx, activity, inbox, host, 0, now)
}

fn settle(
    tx: &mut Tx<'_>,
    activity: ActivityId,
    inbox: &str,
    host: &str,
    arrived: i64,
    now: Time,
) -> Result<()> {
    diesel::delete(deliveries::table.find((activity.bytes(), inbox))).execute(&mut **tx)?;
    inboxes::is_well(tx, inbox)?;
    diesel::update(instances::table.find(host))
        .set((
            instances::failures.eq(0),
            instances::last_success_at.eq(Some(now.micros())),
            instances::delivered.eq(instances::delivered + arrived),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Gives a delivery up for good; the console shows why.
pub fn give_up(tx: &mut Tx<'_>, activity: ActivityId, inbox: &str, reason: &str) -> Result<()> {
    diesel::update(deliveries::table.find((activity.bytes(), inbox)))
        .set((
            deliveries::dead.eq(true),
            deliveries::attempts.eq(deliveries::attempts + 1),
            deliveries::reason.eq(Some(reason)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Counts a failed try of a delivery; it, and what is behind it in its lane, waits until a moment.
pub fn put_off(tx: &mut Tx<'_>, row: &DeliveryRow, until: Time, reason: &str) -> Result<()> {
    diesel::update(deliveries::table.find((row.activity_id.bytes(), &row.inbox)))
        .set((
            deliveries::attempts.eq(deliveries::attempts + 1),
            deliveries::reason.eq(Some(reason)),
        ))
        .execute(&mut **tx)?;
    let lane = deliveries::table
        .filter(deliveries::inbox.eq(&row.inbox))
        .filter(deliveries::lane.eq(&row.lane))
        .filter(deliveries::activity_id.ge(row.activity_id.bytes()))
        .filter(deliveries::due_at.lt(until.micros()))
        .filter(not(deliveries::dead));
    diesel::update(lane).set(deliveries::due_at.eq(until.micros())).execute(&mut **tx)?;
    Ok(())
}

/// Notes that a host has answered, and why nothing arrived, for admins.
pub fn note_answer(tx: &mut Tx<'_>, host: &str, why: &str, now: Time) -> Result<()> {
    diesel::update(instances::table.find(host))
        .set((
            instances::failures.eq(0),
            instances::failed.eq(instances::failed + 1),
            instances::last_failure_at.eq(Some(now.micros())),
            instances::last_failure.eq(Some(why)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Backs off from a host until a moment, and gives it back.
pub fn back_off(tx: &mut Tx<'_>, host: &str, until: Time, why: &str, now: Time) -> Result<()> {
    diesel::update(instances::table.find(host))
        .set((
            instances::failures.eq(instances::failures + 1),
            instances::failed.eq(instances::failed + 1),
            instances::last_failure_at.eq(Some(now.micros())),
            instances::last_failure.eq(Some(why)),
            instances::delivery_due_at.eq(Some(until.micros())),
            instances::delivery_lease_until.eq(0),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// How many deliveries wait.
pub fn count_waiting(conn: &mut Conn) -> Result<i64> {
    Ok(deliveries::table.filter(not(deliveries::dead)).count().get_result(conn)?)
}

/// Deliveries that were given up, newest first. Walks `deliveries_dead_idx`.
pub fn dead(conn: &mut Conn, limit: i64) -> Result<Vec<DeadRow>> {
    let rows = deliveries::table
        .filter(deliveries::dead)
        .order(deliveries::activity_id.desc())
        .limit(limit)
        .select((deliveries::inbox, deliveries::reason, deliveries::attempts))
        .load(conn)?;
    Ok(rows)
}

/// Forgets given-up deliveries made before a moment.
pub fn sweep(tx: &mut Tx<'_>, before: Time) -> Result<usize> {
    let old = deliveries::table
        .filter(deliveries::dead)
        .filter(deliveries::created_at.lt(before.micros()));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}
