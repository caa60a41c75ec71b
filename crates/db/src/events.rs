//! What has happened and is still to be told.

use diesel::prelude::*;
use domain::{EventId, Time};

use crate::{Conn, Result, Tx, schema::events};

/// An event that waits to be told.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = events)]
pub struct EventRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: EventId,
    pub kind: String,
    /// JSON: ids only.
    pub payload: String,
    pub attempts: i32,
}

/// Stores an event in the transaction of its cause.
pub fn push(tx: &mut Tx<'_>, id: EventId, kind: &str, payload: &str, now: Time) -> Result<()> {
    diesel::insert_into(events::table)
        .values((
            events::id.eq(id.bytes()),
            events::kind.eq(kind),
            events::payload.eq(payload),
            events::pending.eq(true),
            events::due_at.eq(now.micros()),
            events::occurred_at.eq(now.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Events that are due, oldest first. Walks `events_pending_idx`.
pub fn due(conn: &mut Conn, now: Time, limit: i64) -> Result<Vec<EventRow>> {
    let rows = events::table
        .filter(events::pending)
        .filter(events::due_at.le(now.micros()))
        .order((events::due_at, events::id))
        .limit(limit)
        .select(EventRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// Takes an event as told; `false` if another worker was quicker.
pub fn finish(tx: &mut Tx<'_>, id: EventId) -> Result<bool> {
    let changed = diesel::update(
        events::table.filter(events::id.eq(id.bytes())).filter(events::pending.eq(true)),
    )
    .set(events::pending.eq(false))
    .execute(&mut **tx)?;
    Ok(changed == 1)
}

/// Puts an event off; without a time it is given up and keeps its error.
pub fn put_off(tx: &mut Tx<'_>, id: EventId, until: Option<Time>, error: &str) -> Result<()> {
    let row = events::table.find(id.bytes());
    let counted = (events::attempts.eq(events::attempts + 1), events::error.eq(Some(error)));
    match until {
        Some(until) => diesel::update(row)
            .set((counted, events::due_at.eq(until.micros())))
            .execute(&mut **tx)?,
        None => diesel::update(row).set((counted, events::pending.eq(false))).execute(&mut **tx)?,
    };
    Ok(())
}

/// How many events wait.
pub fn count_pending(conn: &mut Conn) -> Result<i64> {
    Ok(events::table.filter(events::pending).count().get_result(conn)?)
}

/// Forgets told events older than a moment.
pub fn sweep(tx: &mut Tx<'_>, before: Time) -> Result<usize> {
    let old = events::table
        .filter(events::pending.eq(false))
        .filter(events::error.is_null())
        .filter(events::occurred_at.lt(before.micros()));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}
