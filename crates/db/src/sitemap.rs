//! What this server itself has to show to everybody: for maps of the site, and for lists of profiles.
//!
//! Nothing of other servers is in it, and nothing of whoever is suspended here.

use diesel::prelude::*;
use domain::{CollectiveId, ListingId, Time};

use crate::{
    Conn, DbError, Result,
    moderation::presentable,
    schema::{actors, collectives, listings},
};

/// A collective that lives here: its id, its handle, and when it last changed.
pub type Collective = (CollectiveId, String, Time);

/// A published listing that lives here, and when it last changed.
pub type Listing = (ListingId, Time);

/// Collectives of this server from `first` on, the oldest first, `skip` of them left out.
///
/// Walks the primary key of `collectives`.
pub fn collectives(
    conn: &mut Conn,
    first: Option<CollectiveId>,
    skip: i64,
    limit: i64,
) -> Result<Vec<Collective>> {
    let mut query = collectives::table
        .inner_join(actors::table.on(actors::id.eq(collectives::id)))
        .filter(actors::deleted_at.is_null())
        .filter(presentable!())
        .order(collectives::id.asc())
        .limit(limit)
        .offset(skip)
        .select((actors::id, actors::handle, actors::updated_at))
        .into_boxed();
    if let Some(first) = first {
        query = query.filter(collectives::id.ge(first.bytes()));
    }
    let rows: Vec<(Vec<u8>, String, i64)> = query.load(conn)?;
    rows.into_iter().map(collective).collect()
}

/// Collectives of this server, the newest first, before `cursor`. Walks the primary key of `collectives`.
pub fn newest_collectives(
    conn: &mut Conn,
    cursor: Option<CollectiveId>,
    limit: i64,
) -> Result<Vec<Collective>> {
    let mut query = collectives::table
        .inner_join(actors::table.on(actors::id.eq(collectives::id)))
        .filter(actors::deleted_at.is_null())
        .filter(presentable!())
        .order(collectives::id.desc())
        .limit(limit)
        .select((actors::id, actors::handle, actors::updated_at))
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(collectives::id.lt(cursor.bytes()));
    }
    let rows: Vec<(Vec<u8>, String, i64)> = query.load(conn)?;
    rows.into_iter().map(collective).collect()
}

/// Published listings of this server from `first` on, the oldest first, `skip` of them left out.
///
/// Walks the primary key of `listings`.
pub fn listings(
    conn: &mut Conn,
    first: Option<ListingId>,
    skip: i64,
    limit: i64,
) -> Result<Vec<Listing>> {
    let mut query = listings::table
        .inner_join(actors::table.on(actors::id.eq(listings::collective_id)))
        .filter(listings::published_at.is_not_null())
        .filter(listings::deleted_at.is_null())
        .filter(actors::local)
        .filter(presentable!())
        .order(listings::id.asc())
        .limit(limit)
        .offset(skip)
        .select((listings::id, listings::updated_at))
        .into_boxed();
    if let Some(first) = first {
        query = query.filter(listings::id.ge(first.bytes()));
    }
    let rows: Vec<(Vec<u8>, i64)> = query.load(conn)?;
    rows.into_iter().map(listing).collect()
}

/// Open listings of this server, the newest first, before `cursor`. Walks `listings_open_idx (open, id)`.
pub fn newest_open_listings(
    conn: &mut Conn,
    cursor: Option<ListingId>,
    limit: i64,
) -> Result<Vec<Listing>> {
    let mut query = listings::table
        .inner_join(actors::table.on(actors::id.eq(listings::collective_id)))
        .filter(listings::open)
        .filter(listings::published_at.is_not_null())
        .filter(listings::deleted_at.is_null())
        .filter(actors::local)
        .filter(presentable!())
        .order(listings::id.desc())
        .limit(limit)
        .select((listings::id, listings::updated_at))
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(listings::id.lt(cursor.bytes()));
    }
    let rows: Vec<(Vec<u8>, i64)> = query.load(conn)?;
    rows.into_iter().map(listing).collect()
}

/// With which collective each further page begins, where pages hold `size` of them.
pub fn collective_pages(conn: &mut Conn, size: i64) -> Result<Vec<CollectiveId>> {
    let mut firsts: Vec<CollectiveId> = Vec::new();
    while let Some(first) = collectives(conn, firsts.last().copied(), size, 1)?.pop() {
        firsts.push(first.0);
    }
    Ok(firsts)
}

/// With which listing each further page begins, where pages hold `size` of them.
pub fn listing_pages(conn: &mut Conn, size: i64) -> Result<Vec<ListingId>> {
    let mut firsts: Vec<ListingId> = Vec::new();
    while let Some(first) = listings(conn, firsts.last().copied(), size, 1)?.pop() {
        firsts.push(first.0);
    }
    Ok(firsts)
}

fn collective((id, handle, updated_at): (Vec<u8>, String, i64)) -> Result<Collective> {
    let id = CollectiveId::try_from(id).map_err(DbError::Corrupt)?;
    Ok((id, handle, Time::from_micros(updated_at)))
}

fn listing((id, updated_at): (Vec<u8>, i64)) -> Result<Listing> {
    let id = ListingId::try_from(id).map_err(DbError::Corrupt)?;
    Ok((id, Time::from_micros(updated_at)))
}
