//! Activities as received: stored before they are answered, processed from here, done once.

use diesel::prelude::*;
use domain::{InboundId, Time};

use crate::{
    Conn, Result, Tx, on_backend,
    schema::{inbound_activities, instances, seen_activities},
};

/// A received activity.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = inbound_activities)]
pub struct InboundRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: InboundId,
    /// SHA-256 of what makes it one: its id, and for an `Update` its content too.
    pub digest: Vec<u8>,
    pub ap_id: String,
    pub actor: String,
    pub host: String,
    pub kind: String,
    /// The JSON document as received.
    pub body: String,
    /// The signature that must still be checked, as JSON.
    pub parked: Option<String>,
    pub attempts: i32,
    #[diesel(deserialize_as = i64)]
    pub received_at: Time,
}

/// How an inbound activity ended, for the console.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = inbound_activities)]
pub struct OutcomeRow {
    pub ap_id: String,
    pub actor: String,
    pub kind: String,
    /// `done`, `duplicate`, `refused`, `ignored`, or nothing yet.
    pub outcome: Option<String>,
    pub reason: Option<String>,
}

/// Claims an activity for this transaction; `false` means it has taken effect before.
pub fn claim(tx: &mut Tx<'_>, digest: &[u8], now: Time) -> Result<bool> {
    let claimed = on_backend!(&mut **tx, it => diesel::insert_into(seen_activities::table)
        .values((seen_activities::digest.eq(digest), seen_activities::seen_at.eq(now.micros())))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(claimed == 1)
}

/// Has it taken effect before?
pub fn is_seen(conn: &mut Conn, digest: &[u8]) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(seen_activities::table.find(digest))).get_result(conn)?)
}

/// Has this message had its end?
pub fn is_finished(conn: &mut Conn, id: InboundId) -> Result<bool> {
    let done = inbound_activities::table
        .find(id.bytes())
        .filter(inbound_activities::done_at.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(done)).get_result(conn)?)
}

/// Takes a claim back, so that what it stands for may happen again.
pub fn forget(tx: &mut Tx<'_>, digest: &[u8]) -> Result<()> {
    diesel::delete(seen_activities::table.find(digest)).execute(&mut **tx)?;
    Ok(())
}

/// Stores a received activity; `false` means that it is here already.
pub fn store(tx: &mut Tx<'_>, row: &InboundRow) -> Result<bool> {
    let written = on_backend!(&mut **tx, it => diesel::insert_into(inbound_activities::table)
        .values((
            inbound_activities::id.eq(row.id.bytes()),
            inbound_activities::digest.eq(&row.digest),
            inbound_activities::ap_id.eq(&row.ap_id),
            inbound_activities::actor.eq(&row.actor),
            inbound_activities::host.eq(&row.host),
            inbound_activities::kind.eq(&row.kind),
            inbound_activities::body.eq(&row.body),
            inbound_activities::parked.eq(&row.parked),
            inbound_activities::attempts.eq(0),
            inbound_activities::received_at.eq(row.received_at.micros()),
            inbound_activities::due_at.eq(Some(row.received_at.micros())),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(written == 1)
}

/// A received activity, processed or not; it is forgotten seven days after its end.
pub fn find(conn: &mut Conn, id: InboundId) -> Result<Option<InboundRow>> {
    let row = inbound_activities::table.find(id.bytes()).select(InboundRow::as_select());
    Ok(row.first(conn).optional()?)
}

/// How many activities of a host wait with an unchecked signature.
pub fn count_parked(conn: &mut Conn, host: &str) -> Result<i64> {
    let parked = inbound_activities::table
        .filter(inbound_activities::host.eq(host))
        .filter(inbound_activities::due_at.is_not_null())
        .filter(inbound_activities::parked.is_not_null());
    Ok(parked.count().get_result(conn)?)
}

/// How many activities wait with an unchecked signature, whoever sent them.
pub fn count_all_parked(conn: &mut Conn) -> Result<i64> {
    let parked = inbound_activities::table
        .filter(inbound_activities::due_at.is_not_null())
        .filter(inbound_activities::parked.is_not_null());
    Ok(parked.count().get_result(conn)?)
}

/// Takes the oldest due activities of a few hosts that nobody is processing, and leases those hosts.
///
/// One host is processed by one worker at a time, so what it sends is done in its order.
pub fn take(
    tx: &mut Tx<'_>,
    worker: &[u8],
    now: Time,
    lease: Time,
    hosts: i64,
) -> Result<Vec<String>> {
    let due = inbound_activities::table
        .filter(inbound_activities::host.eq(instances::host))
        .filter(inbound_activities::due_at.le(now.micros()))
        .select(inbound_activities::id);
    let free = instances::table
        .filter(instances::inbound_lease_until.lt(now.micros()))
        .filter(diesel::dsl::exists(due))
        .limit(hosts)
        .select(instances::host);
    let taken: Vec<String> = match &mut **tx {
        Conn::Sqlite(conn) => free.load(conn)?,
        Conn::Postgres(conn) => free.for_no_key_update().skip_locked().load(conn)?,
    };
    if taken.is_empty() {
        return Ok(taken);
    }
    diesel::update(instances::table.filter(instances::host.eq_any(&taken)))
        .set((
            instances::inbound_lease_until.eq(lease.micros()),
            instances::inbound_lease_by.eq(Some(worker)),
        ))
        .execute(&mut **tx)?;
    Ok(taken)
}

/// Due activities of a host, in the order of their arrival. Walks `inbound_activities_due_idx`.
pub fn due(conn: &mut Conn, host: &str, now: Time, limit: i64) -> Result<Vec<InboundRow>> {
    let rows = inbound_activities::table
        .filter(inbound_activities::host.eq(host))
        .filter(inbound_activities::due_at.le(now.micros()))
        .order(inbound_activities::id)
        .limit(limit)
        .select(InboundRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// Gives a host back, if this worker still holds it.
pub fn release(tx: &mut Tx<'_>, host: &str, worker: &[u8]) -> Result<()> {
    let held = instances::table
        .filter(instances::host.eq(host))
        .filter(instances::inbound_lease_by.eq(Some(worker)));
    diesel::update(held).set(instances::inbound_lease_until.eq(0)).execute(&mut **tx)?;
    Ok(())
}

/// Keeps a host for longer; `false` means that the lease was lost.
pub fn renew(tx: &mut Tx<'_>, host: &str, worker: &[u8], lease: Time) -> Result<bool> {
    let held = instances::table
        .filter(instances::host.eq(host))
        .filter(instances::inbound_lease_by.eq(Some(worker)));
    let kept = diesel::update(held)
        .set(instances::inbound_lease_until.eq(lease.micros()))
        .execute(&mut **tx)?;
    Ok(kept == 1)
}

/// Ends an activity with its outcome.
pub fn finish(
    tx: &mut Tx<'_>,
    id: InboundId,
    outcome: &str,
    reason: Option<&str>,
    now: Time,
) -> Result<()> {
    diesel::update(inbound_activities::table.find(id.bytes()))
        .set((
            inbound_activities::outcome.eq(Some(outcome)),
            inbound_activities::reason.eq(reason),
            inbound_activities::parked.eq(None::<String>),
            inbound_activities::due_at.eq(None::<i64>),
            inbound_activities::done_at.eq(Some(now.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Tries an activity again later.
pub fn put_off(tx: &mut Tx<'_>, id: InboundId, until: Time, reason: &str) -> Result<()> {
    diesel::update(inbound_activities::table.find(id.bytes()))
        .set((
            inbound_activities::attempts.eq(inbound_activities::attempts + 1),
            inbound_activities::reason.eq(Some(reason)),
            inbound_activities::due_at.eq(Some(until.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// How many activities wait.
pub fn count_due(conn: &mut Conn) -> Result<i64> {
    let waiting = inbound_activities::table.filter(inbound_activities::due_at.is_not_null());
    Ok(waiting.count().get_result(conn)?)
}

/// The newest received activities with their outcomes.
pub fn outcomes(conn: &mut Conn, limit: i64) -> Result<Vec<OutcomeRow>> {
    let rows = inbound_activities::table
        .order(inbound_activities::id.desc())
        .limit(limit)
        .select(OutcomeRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// Forgets finished activities and seen ids older than a moment.
pub fn sweep(tx: &mut Tx<'_>, before: Time) -> Result<usize> {
    let finished =
        inbound_activities::table.filter(inbound_activities::done_at.lt(before.micros()));
    let swept = diesel::delete(finished).execute(&mut **tx)?;
    let seen = seen_activities::table.filter(seen_activities::seen_at.lt(before.micros()));
    Ok(swept + diesel::delete(seen).execute(&mut **tx)?)
}
