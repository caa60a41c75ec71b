//! What listings are marked with, as rows.
//!
//! **Invariant:** whoever writes the row of a listing of ours writes the tags of its words in the same call; what
//! was deleted has none. Those of others are what their home says.

use diesel::prelude::*;
use domain::{
    ListingId,
    tags::{self, Tag},
};

use crate::{Conn, DbError, Result, Tx, listings::ListingRow, on_backend, schema::listing_tags};

/// A tag as its row holds it: of which listing, and as it was written.
type Row = (Vec<u8>, String);

/// Marks a listing with these and no others.
pub fn set(tx: &mut Tx<'_>, listing: ListingId, tags: &[Tag]) -> Result<()> {
    if of(tx, listing)? == tags {
        return Ok(());
    }
    forget(tx, listing)?;
    if tags.is_empty() {
        return Ok(());
    }
    let rows = tags.iter().zip(0_i32..).map(|(tag, position)| {
        (
            listing_tags::listing_id.eq(listing.bytes()),
            listing_tags::word.eq(tag.word()),
            listing_tags::name.eq(tag.name()),
            listing_tags::position.eq(position),
        )
    });
    let rows: Vec<_> = rows.collect();
    on_backend!(&mut **tx, it => diesel::insert_into(listing_tags::table).values(rows).execute(it))?;
    Ok(())
}

/// Keeps the tags of a listing that was just written.
pub(crate) fn keep(tx: &mut Tx<'_>, row: &ListingRow) -> Result<()> {
    if row.deleted_at.is_some() {
        return forget(tx, row.id);
    }
    if row.author_id.is_none() {
        return Ok(());
    }
    set(tx, row.id, &tags::of_listing(&row.title, &row.text))
}

/// Takes all of them away. Walks `listing_tags_listing_idx (listing_id)`.
pub(crate) fn forget(tx: &mut Tx<'_>, listing: ListingId) -> Result<()> {
    let theirs = listing_tags::table.filter(listing_tags::listing_id.eq(listing.bytes()));
    diesel::delete(theirs).execute(&mut **tx)?;
    Ok(())
}

/// The tags of a listing, in their order. Walks `listing_tags_listing_idx (listing_id)`.
pub fn of(conn: &mut Conn, listing: ListingId) -> Result<Vec<Tag>> {
    Ok(of_each(conn, &[listing])?.into_iter().map(|(_, tag)| tag).collect())
}

/// The tags of several listings; those of each are in their order. Walks `listing_tags_listing_idx (listing_id)`.
pub fn of_each(conn: &mut Conn, listings: &[ListingId]) -> Result<Vec<(ListingId, Tag)>> {
    let ids: Vec<Vec<u8>> = listings.iter().map(|id| id.bytes()).collect();
    let rows: Vec<Row> = listing_tags::table
        .filter(listing_tags::listing_id.eq_any(ids))
        .order((listing_tags::listing_id, listing_tags::position))
        .select((listing_tags::listing_id, listing_tags::name))
        .load(conn)?;
    let tag = |(id, name): Row| Ok((id.try_into()?, Tag::parse(&name)?));
    rows.into_iter().map(tag).collect::<std::result::Result<_, _>>().map_err(DbError::Corrupt)
}
