//! What somebody takes along that no other list shows.

use diesel::prelude::*;
use domain::{ActorId, Time};

use crate::{
    Conn, Result,
    schema::{listings, reactions, replies},
};

/// What somebody likes or votes against, the newest first: the word, the address, and since when.
pub fn reactions(
    conn: &mut Conn,
    actor: ActorId,
    limit: i64,
) -> Result<Vec<(String, String, Time)>> {
    let theirs = || reactions::table.filter(reactions::actor_id.eq(actor.bytes()));
    let mut rows: Vec<(String, String, i64)> = theirs()
        .inner_join(listings::table.on(listings::id.eq(reactions::object_id)))
        .order(reactions::created_at.desc())
        .limit(limit)
        .select((reactions::kind, listings::ap_id, reactions::created_at))
        .load(conn)?;
    rows.extend(
        theirs()
            .inner_join(replies::table.on(replies::id.eq(reactions::object_id)))
            .order(reactions::created_at.desc())
            .limit(limit)
            .select((reactions::kind, replies::ap_id, reactions::created_at))
            .load::<(String, String, i64)>(conn)?,
    );
    Ok(rows
        .into_iter()
        .map(|(kind, address, since)| (kind, address, Time::from_micros(since)))
        .collect())
}
