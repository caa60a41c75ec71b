//! Listings that take no more answers.

use diesel::prelude::*;
use domain::{ActorId, ListingId, Time};

use crate::{Conn, Result, Tx, on_backend, schema::locks};

/// Locks a listing; `false` means it was locked already.
pub fn insert(
    tx: &mut Tx<'_>,
    listing: ListingId,
    actor: Option<ActorId>,
    now: Time,
) -> Result<bool> {
    let new = on_backend!(&mut **tx, it => diesel::insert_into(locks::table)
        .values((
            locks::listing_id.eq(listing.bytes()),
            locks::actor_id.eq(actor.map(ActorId::bytes)),
            locks::locked_at.eq(now.micros()),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(new == 1)
}

/// Unlocks a listing; `false` means it was not locked.
pub fn delete(tx: &mut Tx<'_>, listing: ListingId) -> Result<bool> {
    Ok(diesel::delete(locks::table.find(listing.bytes())).execute(&mut **tx)? == 1)
}

/// Is a listing locked?
pub fn exists(conn: &mut Conn, listing: ListingId) -> Result<bool> {
    let lock = locks::table.find(listing.bytes());
    Ok(diesel::select(diesel::dsl::exists(lock)).get_result(conn)?)
}

/// Which of these listings are locked. Walks the primary key.
pub fn among(conn: &mut Conn, listings: &[ListingId]) -> Result<Vec<ListingId>> {
    let ids: Vec<Vec<u8>> = listings.iter().map(|id| id.bytes()).collect();
    let found: Vec<Vec<u8>> =
        locks::table.filter(locks::listing_id.eq_any(ids)).select(locks::listing_id).load(conn)?;
    let ids = found.into_iter().map(|id| ListingId::try_from(id).map_err(crate::DbError::Corrupt));
    ids.collect()
}
