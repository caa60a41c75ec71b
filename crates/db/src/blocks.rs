//! Who has blocked whom, as rows.

use diesel::prelude::*;
use domain::{ActorId, Time};

use crate::{
    Conn, Result, Tx,
    actors::ActorRow,
    on_backend,
    schema::{actors, blocks},
};

/// Remembers a block.
pub fn insert(
    tx: &mut Tx<'_>,
    blocker: ActorId,
    blocked: ActorId,
    ap_id: &str,
    now: Time,
) -> Result<()> {
    on_backend!(&mut **tx, it => diesel::insert_into(blocks::table)
        .values((
            blocks::blocker_id.eq(blocker.bytes()),
            blocks::blocked_id.eq(blocked.bytes()),
            blocks::ap_id.eq(ap_id),
            blocks::created_at.eq(now.micros()),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(())
}

/// Forgets a block.
pub fn delete(tx: &mut Tx<'_>, blocker: ActorId, blocked: ActorId) -> Result<()> {
    diesel::delete(blocks::table.find((blocker.bytes(), blocked.bytes()))).execute(&mut **tx)?;
    Ok(())
}

/// Has `blocker` blocked `blocked`?
pub fn exists(conn: &mut Conn, blocker: ActorId, blocked: ActorId) -> Result<bool> {
    let block = blocks::table.find((blocker.bytes(), blocked.bytes()));
    Ok(diesel::select(diesel::dsl::exists(block)).get_result(conn)?)
}

/// The id of the activity with which `blocker` has blocked `blocked`.
pub fn find(conn: &mut Conn, blocker: ActorId, blocked: ActorId) -> Result<Option<String>> {
    let block = blocks::table.find((blocker.bytes(), blocked.bytes()));
    Ok(block.select(blocks::ap_id).first(conn).optional()?)
}

/// Whom somebody has blocked, and since when, the newest first.
pub fn of(conn: &mut Conn, blocker: ActorId, limit: i64) -> Result<Vec<(ActorRow, Time)>> {
    let rows: Vec<(ActorRow, i64)> = blocks::table
        .inner_join(actors::table.on(actors::id.eq(blocks::blocked_id)))
        .filter(blocks::blocker_id.eq(blocker.bytes()))
        .order(blocks::created_at.desc())
        .limit(limit)
        .select((ActorRow::as_select(), blocks::created_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(row, since)| (row, Time::from_micros(since))).collect())
}

/// Whom somebody has blocked, those met last first, before `cursor`. Walks the primary key.
pub fn page(
    conn: &mut Conn,
    blocker: ActorId,
    cursor: Option<ActorId>,
    limit: i64,
) -> Result<Vec<(ActorRow, Time)>> {
    let mut query = blocks::table
        .inner_join(actors::table.on(actors::id.eq(blocks::blocked_id)))
        .filter(blocks::blocker_id.eq(blocker.bytes()))
        .order(blocks::blocked_id.desc())
        .limit(limit)
        .select((ActorRow::as_select(), blocks::created_at))
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(blocks::blocked_id.lt(cursor.bytes()));
    }
    let rows: Vec<(ActorRow, i64)> = query.load(conn)?;
    Ok(rows.into_iter().map(|(row, since)| (row, Time::from_micros(since))).collect())
}
