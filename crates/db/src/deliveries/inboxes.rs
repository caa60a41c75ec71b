//! Inboxes that give trouble: how often they failed, and until when they are left in peace.

use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use domain::Time;

use crate::{
    Conn, Result, Tx, on_backend,
    schema::{deliveries, inboxes},
};

/// Counts a letter that an inbox has failed on; returns how many they were since it last took one, and until when
/// it is left in peace. What was under way when that began is not counted.
pub fn count_failure(tx: &mut Tx<'_>, inbox: &str, host: &str, now: Time) -> Result<(i32, Time)> {
    on_backend!(&mut **tx, it => diesel::insert_into(inboxes::table)
        .values((
            inboxes::inbox.eq(inbox),
            inboxes::host.eq(host),
            inboxes::failures.eq(0),
            inboxes::due_at.eq(0),
            inboxes::lost.eq(false),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
    diesel::update(inboxes::table.find(inbox).filter(inboxes::due_at.le(now.micros())))
        .set(inboxes::failures.eq(inboxes::failures + 1))
        .execute(&mut **tx)?;
    let row = inboxes::table.find(inbox).select((inboxes::failures, inboxes::due_at));
    let (failures, due_at): (i32, i64) = row.first(&mut **tx)?;
    Ok((failures, Time::from_micros(due_at)))
}

/// Leaves an inbox in peace until a moment: all that waits for it, and what is queued for it meanwhile.
/// Walks `deliveries_lane_idx`.
pub fn leave_in_peace(tx: &mut Tx<'_>, inbox: &str, until: Time) -> Result<()> {
    diesel::update(inboxes::table.find(inbox))
        .set(inboxes::due_at.eq(until.micros()))
        .execute(&mut **tx)?;
    let waiting = deliveries::table
        .filter(deliveries::inbox.eq(inbox))
        .filter(deliveries::due_at.lt(until.micros()))
        .filter(not(deliveries::dead));
    diesel::update(waiting).set(deliveries::due_at.eq(until.micros())).execute(&mut **tx)?;
    Ok(())
}

/// An inbox that takes something gives no trouble.
pub fn is_well(tx: &mut Tx<'_>, inbox: &str) -> Result<()> {
    diesel::delete(inboxes::table.find(inbox)).execute(&mut **tx)?;
    Ok(())
}

/// Remembers that an inbox which several shared was not there.
pub fn is_lost(tx: &mut Tx<'_>, inbox: &str, host: &str) -> Result<()> {
    on_backend!(&mut **tx, it => diesel::insert_into(inboxes::table)
        .values((
            inboxes::inbox.eq(inbox),
            inboxes::host.eq(host),
            inboxes::failures.eq(0),
            inboxes::due_at.eq(0),
            inboxes::lost.eq(true),
        ))
        .on_conflict(inboxes::inbox)
        .do_update()
        .set((inboxes::failures.eq(0), inboxes::lost.eq(true)))
        .execute(it))?;
    Ok(())
}

/// A lost inbox of a host for which something is still due. Walks `inboxes_host_idx`.
pub(super) fn lost(conn: &mut Conn, host: &str, now: Time) -> Result<Option<String>> {
    let waiting = deliveries::table
        .filter(deliveries::inbox.eq(inboxes::inbox))
        .filter(deliveries::due_at.le(now.micros()))
        .filter(not(deliveries::dead));
    let lost = inboxes::table
        .filter(inboxes::host.eq(host))
        .filter(inboxes::lost)
        .filter(exists(waiting))
        .select(inboxes::inbox);
    Ok(lost.first(conn).optional()?)
}

/// Forgets the trouble of inboxes for which nothing waits.
pub fn sweep(tx: &mut Tx<'_>) -> Result<usize> {
    let waiting = deliveries::table
        .filter(deliveries::inbox.eq(inboxes::inbox))
        .filter(not(deliveries::dead));
    Ok(diesel::delete(inboxes::table.filter(not(exists(waiting)))).execute(&mut **tx)?)
}
