//! Guests: local stand-ins for authors whose own server shows them to nobody unsigned.

use diesel::prelude::*;
use domain::ActorId;

use crate::{
    Conn, Result, Tx,
    actors::ActorRow,
    on_backend,
    schema::{actors, guests},
};

/// Who stands in for an author, gone or not.
pub fn find(conn: &mut Conn, author: ActorId) -> Result<Option<ActorRow>> {
    let row = guests::table
        .inner_join(actors::table.on(actors::id.eq(guests::actor_id)))
        .filter(guests::author_id.eq(author.bytes()))
        .select(ActorRow::as_select());
    Ok(row.first(conn).optional()?)
}

/// For whom a guest stands in. Walks `guests_actor_id_key`.
pub fn author(conn: &mut Conn, guest: ActorId) -> Result<Option<ActorRow>> {
    let row = guests::table
        .inner_join(actors::table.on(actors::id.eq(guests::author_id)))
        .filter(guests::actor_id.eq(guest.bytes()))
        .select(ActorRow::as_select());
    Ok(row.first(conn).optional()?)
}

/// Lets a guest stand in for an author from now on.
pub fn set(tx: &mut Tx<'_>, author: ActorId, guest: ActorId) -> Result<()> {
    on_backend!(&mut **tx, it => diesel::insert_into(guests::table)
        .values((guests::author_id.eq(author.bytes()), guests::actor_id.eq(guest.bytes())))
        .on_conflict(guests::author_id)
        .do_update()
        .set(guests::actor_id.eq(guest.bytes()))
        .execute(it))?;
    Ok(())
}
