//! What somebody takes along that no other list shows.

use diesel::prelude::*;
use domain::{ActorId, PersonId, Time};

use crate::{
    Conn, Result,
    actors::ActorRow,
    schema::{actors, listings, mutes, reactions, replies},
};

/// Whom somebody has muted, and since when, the newest first.
pub fn mutes(conn: &mut Conn, person: PersonId, limit: i64) -> Result<Vec<(ActorRow, Time)>> {
    let rows: Vec<(ActorRow, i64)> = mutes::table
        .inner_join(actors::table.on(actors::id.eq(mutes::muted_id)))
        .filter(mutes::person_id.eq(person.bytes()))
        .order(mutes::created_at.desc())
        .limit(limit)
        .select((ActorRow::as_select(), mutes::created_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(row, since)| (row, Time::from_micros(since))).collect())
}

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
