//! Whom somebody does not want to hear, as rows.

use diesel::prelude::*;
use domain::{ActorId, PersonId, Time};

use crate::{
    Conn, Result, Tx,
    actors::ActorRow,
    on_backend,
    schema::{actors, mutes},
};

/// What the actor says is for the reader's ears: they have neither muted nor blocked them. For a query that has
/// `actors` at hand.
macro_rules! heard_by {
    ($reader:expr) => {
        diesel::dsl::not(diesel::dsl::exists(
            $crate::schema::mutes::table
                .filter($crate::schema::mutes::person_id.eq($reader))
                .filter($crate::schema::mutes::muted_id.eq($crate::schema::actors::id)),
        ))
        .and(diesel::dsl::not(diesel::dsl::exists(
            $crate::schema::blocks::table
                .filter($crate::schema::blocks::blocker_id.eq($reader))
                .filter($crate::schema::blocks::blocked_id.eq($crate::schema::actors::id)),
        )))
    };
}

pub(crate) use heard_by;

/// Remembers a mute; one that was there stays.
pub fn insert(tx: &mut Tx<'_>, person: PersonId, muted: ActorId, now: Time) -> Result<()> {
    on_backend!(&mut **tx, it => diesel::insert_into(mutes::table)
        .values((
            mutes::person_id.eq(person.bytes()),
            mutes::muted_id.eq(muted.bytes()),
            mutes::created_at.eq(now.micros()),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(())
}

/// Forgets a mute.
pub fn delete(tx: &mut Tx<'_>, person: PersonId, muted: ActorId) -> Result<()> {
    diesel::delete(mutes::table.find((person.bytes(), muted.bytes()))).execute(&mut **tx)?;
    Ok(())
}

/// Has a person muted or blocked somebody? Walks the primary keys.
pub fn silences(conn: &mut Conn, person: PersonId, actor: ActorId) -> Result<bool> {
    let mute = mutes::table.find((person.bytes(), actor.bytes()));
    let muted: bool = diesel::select(diesel::dsl::exists(mute)).get_result(conn)?;
    Ok(muted || crate::blocks::exists(conn, person.actor(), actor)?)
}

/// Whom a person has muted, those met last first, before `cursor`. Walks the primary key.
pub fn page(
    conn: &mut Conn,
    person: PersonId,
    cursor: Option<ActorId>,
    limit: i64,
) -> Result<Vec<(ActorRow, Time)>> {
    let mut query = mutes::table
        .inner_join(actors::table.on(actors::id.eq(mutes::muted_id)))
        .filter(mutes::person_id.eq(person.bytes()))
        .order(mutes::muted_id.desc())
        .limit(limit)
        .select((ActorRow::as_select(), mutes::created_at))
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(mutes::muted_id.lt(cursor.bytes()));
    }
    let rows: Vec<(ActorRow, i64)> = query.load(conn)?;
    Ok(rows.into_iter().map(|(row, since)| (row, Time::from_micros(since))).collect())
}
