//! Who has blocked whom, as rows.

use diesel::prelude::*;
use domain::{ActorId, Time};

use crate::{Conn, Result, Tx, on_backend, schema::blocks};

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
