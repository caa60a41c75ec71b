//! Sums over all that lives here, or all of one collective; nothing about anybody.

use std::collections::BTreeSet;

use diesel::{dsl::count_star, prelude::*};
use domain::{CollectiveId, Time};
use uuid::Uuid;

use crate::{
    Conn, Result,
    schema::{actors, agreements, collectives, listings, replies},
};

/// So many published listings of one purpose and kind in one state.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct ListingCount {
    pub purpose: String,
    pub kind: String,
    pub state: String,
    pub count: i64,
}

/// How many listings were published, by purpose, kind, and state. Walks `listings_statistics_idx`.
pub fn listings(conn: &mut Conn, of: Option<CollectiveId>) -> Result<Vec<ListingCount>> {
    let groups = (listings::purpose, listings::kind, listings::state);
    let ours = listings::table
        .filter(listings::published_at.is_not_null())
        .filter(listings::deleted_at.is_null())
        .filter(listings::collective_id.eq_any(boards(conn, of)?))
        .group_by(groups)
        .order(groups)
        .select((listings::purpose, listings::kind, listings::state, count_star()));
    Ok(ours.load(conn)?)
}

/// How many answers are under them that the public sees. Walks `listings_statistics_idx` and
/// `replies_thread_idx`.
pub fn replies(conn: &mut Conn, of: Option<CollectiveId>) -> Result<i64> {
    let under = replies::table
        .inner_join(listings::table.on(replies::listing_id.eq(listings::id.nullable())))
        .filter(listings::published_at.is_not_null())
        .filter(listings::deleted_at.is_null())
        .filter(listings::collective_id.eq_any(boards(conn, of)?))
        .filter(replies::visibility.eq_any(["public", "unlisted"]))
        .filter(replies::deleted_at.is_null())
        .filter(replies::hidden_at.is_null());
    Ok(under.count().get_result(conn)?)
}

/// How many agreements there are, by state. Walks `listings_statistics_idx` and `agreements_listing_idx`.
pub fn agreements(conn: &mut Conn, of: Option<CollectiveId>) -> Result<Vec<(String, i64)>> {
    let offered = agreements::table
        .inner_join(listings::table.on(agreements::listing_id.eq(listings::id)))
        .filter(listings::published_at.is_not_null())
        .filter(listings::deleted_at.is_null())
        .filter(listings::collective_id.eq_any(boards(conn, of)?))
        .group_by(agreements::state)
        .order(agreements::state)
        .select((agreements::state, count_star()));
    Ok(offered.load(conn)?)
}

/// How many people of this server have posted or answered something since then. Walks the primary keys from
/// there: ids are ordered by time.
pub fn active(conn: &mut Conn, of: Option<CollectiveId>, since: Time) -> Result<i64> {
    let since = first_id(since);
    let boards = boards(conn, of)?;
    let posted: Vec<Option<Vec<u8>>> = listings::table
        .filter(listings::id.ge(&since))
        // What somebody who is gone has left is their collective's own.
        .filter(listings::author_id.ne(listings::collective_id.nullable()))
        .filter(listings::published_at.is_not_null())
        .filter(listings::collective_id.eq_any(&boards))
        .select(listings::author_id)
        .distinct()
        .load(conn)?;
    let mut query = replies::table
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(replies::id.ge(&since))
        .filter(actors::local.eq(true))
        .select((replies::written_by, replies::author_id))
        .distinct()
        .into_boxed();
    if of.is_some() {
        let theirs = listings::table
            .filter(listings::collective_id.eq_any(boards))
            .select(listings::id.nullable());
        query = query.filter(replies::listing_id.eq_any(theirs));
    }
    let answered: Vec<(Option<Vec<u8>>, Vec<u8>)> = query.load(conn)?;
    let mut people: BTreeSet<Vec<u8>> = posted.into_iter().flatten().collect();
    people.extend(answered.into_iter().map(|(hand, author)| hand.unwrap_or(author)));
    Ok(i64::try_from(people.len()).unwrap_or(i64::MAX))
}

/// The collectives of this server that are meant.
fn boards(conn: &mut Conn, of: Option<CollectiveId>) -> Result<Vec<Vec<u8>>> {
    match of {
        Some(id) => Ok(vec![id.bytes()]),
        None => Ok(collectives::table.select(collectives::id).load(conn)?),
    }
}

/// The least id that is minted at this moment.
fn first_id(at: Time) -> Vec<u8> {
    let millis = u128::try_from(at.micros() / 1_000).unwrap_or_default();
    Uuid::from_u128(millis << 80).as_bytes().to_vec()
}
