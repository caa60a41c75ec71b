//! Lists of what was published, as somebody wants them.

use diesel::{connection::DefaultLoadingMode, prelude::*};
use domain::{ActorId, ListingId, search::Words};

use super::ListingRow;
use crate::{
    Conn, Result,
    moderation::{presentable, unlimited},
    mutes::heard_by,
    readable::readable,
    schema::{actors, follows, listing_tags, listings},
    search::{has_words, lower},
};

/// What to show of a list.
pub use domain::search::Criteria as Filter;

/// So many rows are looked at in one go around a point.
const AROUND: i64 = 200;

/// So many times in a row.
const ROUNDS: usize = 50;

/// Adds what somebody looks for to a boxed query of listings.
macro_rules! wanted {
    ($conn:expr, $query:expr, $filter:expr) => {{
        let Filter { collective, words, purpose, kind, category, terms, .. } = $filter;
        let Filter { language, urgency, near, open, from, until, tag, .. } = $filter;
        let mut query = $query;
        if let Some(collective) = collective {
            query = query.filter(listings::collective_id.eq(collective.bytes()));
        }
        if let Some(words) = words {
            query = query.filter(has_words($conn, "listings.id", words));
        }
        if let Some(open) = open {
            query = match tag {
                None => query.filter(listings::open.eq(*open)),
                // So said, no index of what is open is walked in the place of the tag's.
                Some(_) => query.filter(listings::open.ne(!*open)),
            };
        }
        if let Some(purpose) = purpose {
            query = query.filter(listings::purpose.eq(purpose.word()));
        }
        if let Some(kind) = kind {
            query = query.filter(listings::kind.eq(kind.word()));
        }
        if let Some(category) = category {
            query = query.filter(listings::category.eq(category.word()));
        }
        if let Some(terms) = terms {
            query = query.filter(listings::terms.eq(terms.word()));
        }
        if let Some(urgency) = urgency {
            query = query.filter(listings::urgency.eq(urgency.word()));
        }
        if let Some(language) = language {
            let tag = language.as_str().to_lowercase();
            let varieties = format!("{tag}-%");
            let is_spoken = lower(listings::language).eq(tag);
            query = query.filter(is_spoken.or(lower(listings::language).like(varieties)));
        }
        if let Some(from) = from {
            query =
                query.filter(listings::ends_at.is_null().or(listings::ends_at.ge(from.micros())));
        }
        if let Some(until) = until {
            query = query
                .filter(listings::starts_at.is_null().or(listings::starts_at.le(until.micros())));
        }
        if let Some(near) = near {
            let ((south, north), spans) = near.bounds();
            query = query.filter(listings::public_latitude.between(south, north));
            let longitude = listings::public_longitude;
            query = match spans.as_slice() {
                [one, two, ..] => query
                    .filter(longitude.between(one.0, one.1).or(longitude.between(two.0, two.1))),
                [one] => query.filter(longitude.between(one.0, one.1)),
                [] => query,
            };
        }
        query
    }};
}

/// The newest of some listings that everybody may see, by the column that holds their ids.
macro_rules! listed {
    ($conn:expr, $some:expr, $id:expr, $asked:expr) => {{
        let (filter, only, cursor, limit) = $asked;
        let mut query = $some
            .filter(listings::published_at.is_not_null())
            .filter(listings::deleted_at.is_null())
            .filter(presentable!())
            .order($id.desc())
            .limit(limit)
            .select(ListingRow::as_select())
            .into_boxed();
        if filter.collective.is_none() {
            query = query.filter(unlimited!());
        }
        match only {
            Only::All => {}
            Only::Timed => {
                let window = listings::starts_at.is_not_null().or(listings::ends_at.is_not_null());
                query = query.filter(window);
            }
            Only::Located => query = query.filter(listings::public_latitude.is_not_null()),
        }
        if let Some(cursor) = cursor {
            query = query.filter($id.lt(cursor.bytes()));
        }
        let rows = wanted!($conn, query, filter);
        readable("listings", rows.load_iter::<ListingRow, DefaultLoadingMode>($conn)?)
    }};
}

/// Published listings, newest first, before `cursor`; nothing of whoever is suspended here, and of limited
/// servers only what one collective says.
///
/// Walks `listings_board_idx (collective_id, open, id)` or `listings_open_idx (open, id)`; with words the index
/// of words, and then the primary key; with a tag the primary key of `listing_tags (word, listing_id)`.
pub fn page(
    conn: &mut Conn,
    filter: &Filter,
    cursor: Option<ListingId>,
    limit: i64,
) -> Result<Vec<ListingRow>> {
    filtered(conn, filter, Only::All, cursor, limit)
}

/// The same, but only what has a beginning or an end.
pub fn timed_page(
    conn: &mut Conn,
    filter: &Filter,
    cursor: Option<ListingId>,
    limit: i64,
) -> Result<Vec<ListingRow>> {
    filtered(conn, filter, Only::Timed, cursor, limit)
}

/// The same, but only what the world may know the place of.
pub fn located_page(
    conn: &mut Conn,
    filter: &Filter,
    cursor: Option<ListingId>,
    limit: i64,
) -> Result<Vec<ListingRow>> {
    filtered(conn, filter, Only::Located, cursor, limit)
}

/// What a list leaves out.
#[derive(Clone, Copy)]
enum Only {
    All,
    Timed,
    Located,
}

fn filtered(
    conn: &mut Conn,
    filter: &Filter,
    only: Only,
    cursor: Option<ListingId>,
    limit: i64,
) -> Result<Vec<ListingRow>> {
    let collective = actors::table.on(actors::id.eq(listings::collective_id));
    within(filter, cursor, limit, |cursor, limit| {
        let asked = (filter, only, cursor, limit);
        let Some(tag) = &filter.tag else {
            let all = listings::table.inner_join(collective);
            return listed!(conn, all, listings::id, asked);
        };
        let marked = listing_tags::table
            .inner_join(listings::table.on(listings::id.eq(listing_tags::listing_id)))
            .inner_join(collective)
            .filter(listing_tags::word.eq(tag.word()));
        listed!(conn, marked, listing_tags::listing_id, asked)
    })
}

/// The first rows that lie where they are wanted. SQL knows a box; of it, about four fifths are within the
/// radius. After ten thousand rows outside of it, what was found must do.
fn within(
    filter: &Filter,
    mut cursor: Option<ListingId>,
    limit: i64,
    mut load: impl FnMut(Option<ListingId>, i64) -> Result<Vec<ListingRow>>,
) -> Result<Vec<ListingRow>> {
    if filter.words.as_ref().is_some_and(Words::is_void) {
        return Ok(Vec::new());
    }
    let Some(near) = filter.near else { return load(cursor, limit) };
    let most = usize::try_from(limit).unwrap_or_default();
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let rows = load(cursor, AROUND)?;
        let is_last = rows.len() < usize::try_from(AROUND).unwrap_or_default();
        cursor = rows.last().map(|row| row.id);
        found.extend(
            rows.into_iter().filter(|row| row.point().is_some_and(|point| near.reaches(point))),
        );
        if is_last || most <= found.len() {
            break;
        }
    }
    found.truncate(most);
    Ok(found)
}

/// Listings of the collectives somebody follows, newest first, before `cursor`.
pub fn feed(
    conn: &mut Conn,
    follower: ActorId,
    filter: &Filter,
    cursor: Option<ListingId>,
    limit: i64,
) -> Result<Vec<ListingRow>> {
    within(filter, cursor, limit, |cursor, limit| {
        let followed = follows::table
            .filter(follows::follower_id.eq(follower.bytes()))
            .filter(follows::state.eq("accepted"))
            .select(follows::followed_id);
        let mut query = listings::table
            .inner_join(actors::table.on(actors::id.eq(listings::collective_id)))
            .filter(presentable!())
            .filter(heard_by!(follower.bytes()))
            .filter(listings::collective_id.eq_any(followed))
            .filter(listings::published_at.is_not_null())
            .filter(listings::deleted_at.is_null())
            .order(listings::id.desc())
            .limit(limit)
            .select(ListingRow::as_select())
            .into_boxed();
        if let Some(cursor) = cursor {
            query = query.filter(listings::id.lt(cursor.bytes()));
        }
        if let Some(tag) = &filter.tag {
            let marked = listing_tags::table.filter(listing_tags::word.eq(tag.word()));
            query = query.filter(listings::id.eq_any(marked.select(listing_tags::listing_id)));
        }
        let rows = wanted!(conn, query, filter);
        readable("listings", rows.load_iter::<ListingRow, DefaultLoadingMode>(conn)?)
    })
}
