//! On whose behalf listings are posted, as rows.

use diesel::prelude::*;
use domain::{ListingId, Time, mandates::Mandate};

use crate::{Conn, DbError, Result, Tx, on_backend, schema::mandates};

/// Keeps for whom a listing is posted, and when it was said that they agree.
pub fn set(tx: &mut Tx<'_>, listing: ListingId, mandate: &Mandate, now: Time) -> Result<()> {
    let words = mandate.as_str();
    on_backend!(&mut **tx, it => diesel::insert_into(mandates::table)
        .values((
            mandates::listing_id.eq(listing.bytes()),
            mandates::on_behalf_of.eq(words),
            mandates::consented_at.eq(now.micros()),
        ))
        .on_conflict(mandates::listing_id)
        .do_update()
        .set((mandates::on_behalf_of.eq(words), mandates::consented_at.eq(now.micros())))
        .execute(it))?;
    Ok(())
}

/// Forgets it.
pub fn delete(tx: &mut Tx<'_>, listing: ListingId) -> Result<()> {
    diesel::delete(mandates::table.find(listing.bytes())).execute(&mut **tx)?;
    Ok(())
}

/// For whom a listing is posted, where it is for somebody. Walks the primary key.
pub fn find(conn: &mut Conn, listing: ListingId) -> Result<Option<String>> {
    let words = mandates::table.find(listing.bytes()).select(mandates::on_behalf_of);
    Ok(words.first(conn).optional()?)
}

/// The same of several listings; one that is for nobody else is left out.
pub fn of_each(conn: &mut Conn, listings: &[ListingId]) -> Result<Vec<(ListingId, String)>> {
    let ids: Vec<Vec<u8>> = listings.iter().map(|id| id.bytes()).collect();
    let rows: Vec<(Vec<u8>, String)> = mandates::table
        .filter(mandates::listing_id.eq_any(ids))
        .select((mandates::listing_id, mandates::on_behalf_of))
        .load(conn)?;
    let named = rows.into_iter().map(|(id, words)| Ok((id.try_into()?, words)));
    named.collect::<std::result::Result<_, _>>().map_err(DbError::Corrupt)
}
