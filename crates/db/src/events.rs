//! What has happened and is still to be told.

use diesel::prelude::*;
use domain::{EventId, PersonId, Time};
use uuid::Uuid;

use crate::{
    Conn, Result, Tx,
    schema::{events, notifications},
};

/// How long before an id others may still appear. A UUIDv7 begins with its milliseconds.
const OVERLAP_MILLIS: u128 = 5_000;

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

/// An event as those hear it who watch.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = events)]
pub struct HappenedRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: EventId,
    /// JSON: ids only.
    pub payload: String,
    #[diesel(deserialize_as = i64)]
    pub occurred_at: Time,
}

/// Somebody is told something.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = notifications)]
pub struct ToldRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: EventId,
    pub kind: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
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

/// The last thing that happened. Walks the primary key.
pub fn newest(conn: &mut Conn) -> Result<Option<EventId>> {
    let id: Option<Vec<u8>> =
        events::table.order(events::id.desc()).select(events::id).first(conn).optional()?;
    id.map(EventId::try_from).transpose().map_err(crate::DbError::Corrupt)
}

/// What happened after an event, oldest first. Walks the primary key.
pub fn after(conn: &mut Conn, id: EventId, limit: i64) -> Result<Vec<HappenedRow>> {
    let rows = events::table
        .filter(events::id.gt(id.bytes()))
        .order(events::id)
        .limit(limit)
        .select(HappenedRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// The last thing that a person was told. Walks `notifications_person_idx`.
pub fn newest_told(conn: &mut Conn, person: PersonId) -> Result<Option<EventId>> {
    let id: Option<Vec<u8>> = notifications::table
        .filter(notifications::person_id.eq(person.bytes()))
        .order(notifications::id.desc())
        .select(notifications::id)
        .first(conn)
        .optional()?;
    id.map(EventId::try_from).transpose().map_err(crate::DbError::Corrupt)
}

/// What a person was told after an id, oldest first. Walks `notifications_person_idx`.
pub fn told_after(
    conn: &mut Conn,
    person: PersonId,
    id: EventId,
    limit: i64,
) -> Result<Vec<ToldRow>> {
    let rows = notifications::table
        .filter(notifications::person_id.eq(person.bytes()))
        .filter(notifications::id.gt(id.bytes()))
        .order(notifications::id)
        .limit(limit)
        .select(ToldRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// From where to read again so that nothing is missed: ids are minted before they are committed, and of two
/// writers the later id may be seen first. SQLite has one writer, who commits in the order of ids.
pub fn overlapping(conn: &Conn, id: EventId) -> EventId {
    match conn {
        Conn::Sqlite(_) => id,
        Conn::Postgres(_) => {
            let value = id.uuid().as_u128();
            Uuid::from_u128(value.saturating_sub(OVERLAP_MILLIS << 80)).into()
        }
    }
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
