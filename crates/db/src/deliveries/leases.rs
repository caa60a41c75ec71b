//! Who sends to which host, and what is next.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Binary, Integer, Nullable, Text},
};
use domain::{ActivityId, ActorId, Invalid, Time};

use super::inboxes;
use crate::{Conn, DbError, Result, Tx, schema::instances};

/// A delivery and the activity it carries.
#[derive(Clone, Debug)]
pub struct DeliveryRow {
    pub activity_id: ActivityId,
    pub inbox: String,
    pub host: String,
    /// What it is about.
    pub lane: Vec<u8>,
    pub attempts: i32,
    pub created_at: Time,
    pub sender: ActorId,
    pub body: String,
    /// Why it did not arrive the last time.
    pub reason: Option<String>,
    /// The key it is signed with, where that is not the newest of its sender.
    pub key_id: Option<String>,
    /// How many letters its inbox has failed on since it last took one.
    pub failures: i32,
    /// How often its host did not answer since it last did.
    pub host_failures: i32,
}

/// The same as it is read.
#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Binary)]
    activity_id: Vec<u8>,
    #[diesel(sql_type = Text)]
    inbox: String,
    #[diesel(sql_type = Text)]
    host: String,
    #[diesel(sql_type = Binary)]
    lane: Vec<u8>,
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = BigInt)]
    created_at: i64,
    #[diesel(sql_type = Binary)]
    sender: Vec<u8>,
    #[diesel(sql_type = Text)]
    body: String,
    #[diesel(sql_type = Nullable<Text>)]
    reason: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    key_id: Option<String>,
    #[diesel(sql_type = Integer)]
    failures: i32,
    #[diesel(sql_type = Integer)]
    host_failures: i32,
}

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = BigInt)]
    due_at: i64,
}

impl TryFrom<Found> for DeliveryRow {
    type Error = Invalid;

    fn try_from(row: Found) -> std::result::Result<Self, Invalid> {
        Ok(Self {
            activity_id: row.activity_id.try_into()?,
            inbox: row.inbox,
            host: row.host,
            lane: row.lane,
            attempts: row.attempts,
            created_at: Time::from_micros(row.created_at),
            sender: row.sender.try_into()?,
            body: row.body,
            reason: row.reason,
            key_id: row.key_id,
            failures: row.failures,
            host_failures: row.host_failures,
        })
    }
}

/// Takes a few hosts that have something due and that nobody is sending to; what waits for a suspended one, or
/// for one that an admin has paused, stays. Walks `instances_delivery_due_idx`.
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
        .filter(instances::delivery_paused_at.is_null())
        .order(instances::delivery_due_at)
        .limit(hosts)
        .select(instances::host);
    let taken: Vec<String> = match &mut **tx {
        Conn::Sqlite(conn) => due.load(conn)?,
        Conn::Postgres(conn) => due.for_no_key_update().skip_locked().load(conn)?,
    };
    if taken.is_empty() {
        return Ok(taken);
    }
    diesel::update(instances::table.filter(instances::host.eq_any(&taken)))
        .set((
            instances::delivery_lease_until.eq(lease.micros()),
            instances::delivery_lease_by.eq(Some(worker)),
        ))
        .execute(&mut **tx)?;
    Ok(taken)
}

/// The next deliveries to a host that are due, those first that are due the longest: of each lane to an inbox the
/// first alone. Walks `deliveries_due_idx`, and `deliveries_lane_idx` for each.
///
/// What an actor signs with a key that it no longer uses goes before all that it says after that: whoever has heard
/// of the new key does not know the old one any more. Walks `activities_key_idx`.
///
/// What is for a shared inbox that was not there comes alone: it is split before anything overtakes it.
pub fn next(conn: &mut Conn, host: &str, now: Time, limit: i64) -> Result<Vec<DeliveryRow>> {
    let lost = inboxes::lost(conn, host, now)?;
    let rows: Vec<Found> = diesel::sql_query(format!("{WAITING} {DUE} {FIRST} LIMIT $4"))
        .bind::<Text, _>(host)
        .bind::<BigInt, _>(now.micros())
        .bind::<Text, _>(lost.unwrap_or_default())
        .bind::<BigInt, _>(limit)
        .load(conn)?;
    rows.into_iter().map(|row| row.try_into().map_err(DbError::Corrupt)).collect()
}

/// All that waits for a host, due or not, in the order in which it came about.
pub fn waiting(conn: &mut Conn, host: &str, limit: i64) -> Result<Vec<DeliveryRow>> {
    let rows: Vec<Found> =
        diesel::sql_query(format!("{WAITING} ORDER BY d.activity_id, d.inbox LIMIT $2"))
            .bind::<Text, _>(host)
            .bind::<BigInt, _>(limit)
            .load(conn)?;
    rows.into_iter().map(|row| row.try_into().map_err(DbError::Corrupt)).collect()
}

const WAITING: &str = "SELECT d.activity_id, d.inbox, d.host, d.lane, d.attempts, d.created_at, \
     a.actor_id AS sender, a.body, d.reason, a.key_id, \
     coalesce((SELECT t.failures FROM inboxes t WHERE t.inbox = d.inbox), 0) AS failures, \
     coalesce((SELECT i.failures FROM instances i WHERE i.host = d.host), 0) AS host_failures \
     FROM deliveries d JOIN activities a ON a.id = d.activity_id \
     WHERE d.host = $1 AND NOT d.dead";

const DUE: &str = "AND d.due_at <= $2 AND ($3 = '' OR d.inbox = $3)";

/// Before which nothing else has to go.
const FIRST: &str = "AND NOT EXISTS (SELECT 1 FROM deliveries e WHERE e.inbox = d.inbox \
     AND e.lane = d.lane AND NOT e.dead AND e.activity_id < d.activity_id) \
     AND NOT EXISTS (SELECT 1 FROM activities b JOIN deliveries k ON k.activity_id = b.id \
     WHERE b.actor_id = a.actor_id AND b.key_id IS NOT NULL AND b.id < d.activity_id \
     AND k.inbox = d.inbox AND NOT k.dead) \
     ORDER BY d.due_at, d.activity_id";

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

/// Gives a host back; it is due again when the first of what waits for it is, and not at all when nothing waits.
///
/// The instance's row is locked first, so that a delivery queued meanwhile is seen. Returns when it is due again.
pub fn release(tx: &mut Tx<'_>, host: &str, now: Time) -> Result<Option<Time>> {
    if let Conn::Postgres(conn) = &mut **tx {
        let row = instances::table.find(host).select(instances::host).for_no_key_update();
        row.first::<String>(conn).optional()?;
    }
    // What waits behind another is due when that is gone: until then there is nothing to be taken.
    let first: Option<Due> = diesel::sql_query(format!(
        "SELECT d.due_at FROM deliveries d JOIN activities a ON a.id = d.activity_id \
         WHERE d.host = $1 AND NOT d.dead {FIRST} LIMIT 1"
    ))
    .bind::<Text, _>(host)
    .get_result(&mut **tx)
    .optional()?;
    let due = first.map(|first| first.due_at.max(now.micros()));
    diesel::update(instances::table.find(host))
        .set((instances::delivery_lease_until.eq(0), instances::delivery_due_at.eq(due)))
        .execute(&mut **tx)?;
    Ok(due.map(Time::from_micros))
}

/// Ends every lease: right where this process is the only one, at its start.
pub fn release_all(tx: &mut Tx<'_>) -> Result<()> {
    diesel::update(instances::table)
        .set((instances::delivery_lease_until.eq(0), instances::inbound_lease_until.eq(0)))
        .execute(&mut **tx)?;
    Ok(())
}
