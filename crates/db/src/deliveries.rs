//! What is on its way to whom: one row per activity and inbox, gone when delivered.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Binary, Text},
};
use domain::{ActivityId, ActorId, Dialect, Time};

use crate::{
    Conn, Result, Tx, on_backend,
    schema::{activities, deliveries, instances},
};

/// A delivery and the activity it carries.
#[derive(Clone, Debug, Queryable)]
pub struct DeliveryRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub activity_id: ActivityId,
    pub inbox: String,
    pub host: String,
    pub attempts: i32,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = Vec<u8>)]
    pub sender: ActorId,
    pub body: String,
    /// Why it did not arrive the last time.
    pub reason: Option<String>,
    /// The key it is signed with, where that is not the newest of its sender.
    pub key_id: Option<String>,
}

/// A delivery that was given up.
#[derive(Clone, Debug, Queryable)]
pub struct DeadRow {
    pub inbox: String,
    pub reason: Option<String>,
    pub attempts: i32,
}

/// Queues an activity for one inbox.
pub fn push(
    tx: &mut Tx<'_>,
    activity: ActivityId,
    inbox: &str,
    host: &str,
    now: Time,
) -> Result<()> {
    on_backend!(&mut **tx, it => diesel::insert_into(deliveries::table)
        .values((
            deliveries::activity_id.eq(activity.bytes()),
            deliveries::inbox.eq(inbox),
            deliveries::host.eq(host),
            deliveries::dead.eq(false),
            deliveries::attempts.eq(0),
            deliveries::created_at.eq(now.micros()),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
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
        "INSERT INTO deliveries (activity_id, inbox, host, dead, attempts, created_at) \
         SELECT DISTINCT $1, coalesce(a.shared_inbox, a.inbox), a.host, false, 0, $2 \
         FROM follows f JOIN actors a ON a.id = f.follower_id \
         JOIN instances i ON i.host = a.host \
         WHERE f.followed_id = $3 AND f.state = $4 AND NOT a.local \
         AND a.deleted_at IS NULL AND i.state <> $5 \
         AND ($6 = '' OR i.dialect = $6) AND i.host <> $7 \
         ON CONFLICT DO NOTHING",
    )
    .bind::<Binary, _>(activity.bytes())
    .bind::<BigInt, _>(now.micros())
    .bind::<Binary, _>(followed.bytes())
    .bind::<Text, _>("accepted")
    .bind::<Text, _>("suspended")
    .bind::<Text, _>(dialect)
    .bind::<Text, _>(only.except.unwrap_or_default())
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
        "INSERT INTO deliveries (activity_id, inbox, host, dead, attempts, created_at) \
         SELECT DISTINCT $1, a.inbox, a.host, false, 0, $2 \
         FROM follows f JOIN actors a ON a.id = f.follower_id \
         WHERE f.followed_id = $3 AND f.state = $4 AND NOT a.local \
         AND a.deleted_at IS NULL AND a.host = $5 AND a.shared_inbox IS NULL \
         ON CONFLICT DO NOTHING",
    )
    .bind::<Binary, _>(activity.bytes())
    .bind::<BigInt, _>(now.micros())
    .bind::<Binary, _>(followed.bytes())
    .bind::<Text, _>("accepted")
    .bind::<Text, _>(host)
    .execute(&mut **tx)?;
    Ok(())
}

/// Wakes the hosts of an activity's deliveries; those that are backing off keep their time.
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
        instances::table
            .filter(instances::host.eq_any(hosts))
            .filter(instances::delivery_due_at.is_null()),
    )
    .set(instances::delivery_due_at.eq(Some(now.micros())))
    .execute(&mut **tx)?;
    Ok(())
}

/// Takes a few hosts that have something due and that nobody is sending to; what waits for a suspended one
/// stays. Walks `instances_delivery_due_idx`.
pub fn take(
    tx: &mut Tx<'_>,
    worker: &[u8],
    now: Time,
    lease: Time,
    hosts: i64,
) -> Result<Vec<String>> {
    let due = instances::table
        .filter(instances::delivery_due_at.le(now.micros()))
        .filter(instances::delivery_lease_until.lt(now.micros()))
        .filter(instances::state.ne("suspended"))
        .order(instances::delivery_due_at)
        .limit(hosts)
        .select(instances::host);
    let taken: Vec<String> = match &mut **tx {
        Conn::Sqlite(conn) => due.load(conn)?,
        Conn::Postgres(conn) => due.for_no_key_update().skip_locked().load(conn)?,
    };
    diesel::update(instances::table.filter(instances::host.eq_any(&taken)))
        .set((
            instances::delivery_lease_until.eq(lease.micros()),
            instances::delivery_lease_by.eq(Some(worker)),
        ))
        .execute(&mut **tx)?;
    Ok(taken)
}

/// The next deliveries to a host, in the order in which they came about. Walks `deliveries_host_idx`.
pub fn next(conn: &mut Conn, host: &str, limit: i64) -> Result<Vec<DeliveryRow>> {
    let rows = deliveries::table
        .inner_join(activities::table.on(activities::id.eq(deliveries::activity_id)))
        .filter(deliveries::host.eq(host))
        .filter(deliveries::dead.eq(false))
        .order(deliveries::activity_id)
        .limit(limit)
        .select((
            deliveries::activity_id,
            deliveries::inbox,
            deliveries::host,
            deliveries::attempts,
            deliveries::created_at,
            activities::actor_id,
            activities::body,
            deliveries::reason,
            activities::key_id,
        ))
        .load(conn)?;
    Ok(rows)
}

/// Keeps a host for longer; `false` means that the lease was lost to another process.
pub fn renew(tx: &mut Tx<'_>, host: &str, worker: &[u8], lease: Time) -> Result<bool> {
    let held = instances::table
        .filter(instances::host.eq(host))
        .filter(instances::delivery_lease_by.eq(Some(worker)));
    let kept = diesel::update(held)
        .set(instances::delivery_lease_until.eq(lease.micros()))
        .execute(&mut **tx)?;
    Ok(kept == 1)
}

/// A delivery that arrived is gone, and its host is well.
pub fn finish(
    tx: &mut Tx<'_>,
    activity: ActivityId,
    inbox: &str,
    host: &str,
    now: Time,
) -> Result<()> {
    diesel::delete(deliveries::table.find((activity.bytes(), inbox))).execute(&mut **tx)?;
    diesel::update(instances::table.find(host))
        .set((instances::failures.eq(0), instances::last_success_at.eq(Some(now.micros()))))
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

/// Counts a failed try of a delivery that will be tried again.
pub fn count_try(tx: &mut Tx<'_>, activity: ActivityId, inbox: &str, reason: &str) -> Result<()> {
    diesel::update(deliveries::table.find((activity.bytes(), inbox)))
        .set((
            deliveries::attempts.eq(deliveries::attempts + 1),
            deliveries::reason.eq(Some(reason)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Backs off from a host until a moment, and gives it back.
pub fn back_off(tx: &mut Tx<'_>, host: &str, until: Time, why: &str, now: Time) -> Result<()> {
    diesel::update(instances::table.find(host))
        .set((
            instances::failures.eq(instances::failures + 1),
            instances::last_failure_at.eq(Some(now.micros())),
            instances::last_failure.eq(Some(why)),
            instances::delivery_due_at.eq(Some(until.micros())),
            instances::delivery_lease_until.eq(0),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Gives a host back; it is due no more when nothing waits for it.
///
/// The instance's row is locked first, so that a delivery queued meanwhile is seen.
pub fn release(tx: &mut Tx<'_>, host: &str, now: Time) -> Result<()> {
    if let Conn::Postgres(conn) = &mut **tx {
        let row = instances::table.find(host).select(instances::host).for_no_key_update();
        row.first::<String>(conn).optional()?;
    }
    let waiting =
        deliveries::table.filter(deliveries::host.eq(host)).filter(deliveries::dead.eq(false));
    let more: bool = diesel::select(diesel::dsl::exists(waiting)).get_result(&mut **tx)?;
    diesel::update(instances::table.find(host))
        .set((
            instances::delivery_lease_until.eq(0),
            instances::delivery_due_at.eq(more.then(|| now.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends every lease: right where this process is the only one, at its start.
pub fn release_all(tx: &mut Tx<'_>) -> Result<()> {
    diesel::update(instances::table)
        .set((instances::delivery_lease_until.eq(0), instances::inbound_lease_until.eq(0)))
        .execute(&mut **tx)?;
    Ok(())
}

/// How many deliveries wait.
pub fn count_waiting(conn: &mut Conn) -> Result<i64> {
    Ok(deliveries::table.filter(deliveries::dead.eq(false)).count().get_result(conn)?)
}

/// Deliveries that were given up, newest first.
pub fn dead(conn: &mut Conn, limit: i64) -> Result<Vec<DeadRow>> {
    let rows = deliveries::table
        .filter(deliveries::dead.eq(true))
        .order(deliveries::activity_id.desc())
        .limit(limit)
        .select((deliveries::inbox, deliveries::reason, deliveries::attempts))
        .load(conn)?;
    Ok(rows)
}

/// Forgets given-up deliveries made before a moment.
pub fn sweep(tx: &mut Tx<'_>, before: Time) -> Result<usize> {
    let old = deliveries::table
        .filter(deliveries::dead.eq(true))
        .filter(deliveries::created_at.lt(before.micros()));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}
