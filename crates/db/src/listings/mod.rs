//! Needs and offers, as rows.

mod lists;

pub use lists::{Filter, feed, located_page, page, timed_page};

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::{
    CollectiveId, ListingId, PersonId, Time,
    listings::{Category, Kind, Purpose, Signature, State, Terms, Urgency},
    place::Point,
    quantity::{Amount, Quantity, Unit},
    text::{Language, Licence},
};

use crate::{
    Conn, DbError, Result, Tx,
    column::{MaybeId, MaybeNumber, MaybeWord},
    on_backend,
    schema::{exact_points, listings, memberships},
    search, tags,
};

/// A need or an offer.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = listings)]
pub struct ListingRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: ListingId,
    pub ap_id: String,
    /// The collective whose it is: ours, or a Group elsewhere.
    #[diesel(deserialize_as = Vec<u8>)]
    pub collective_id: CollectiveId,
    #[diesel(deserialize_as = MaybeId)]
    pub author_id: Option<PersonId>,
    #[diesel(deserialize_as = String)]
    pub signed_by: Signature,
    #[diesel(deserialize_as = String)]
    pub purpose: Purpose,
    #[diesel(deserialize_as = String)]
    pub kind: Kind,
    pub title: String,
    /// Plain text of our own; empty where only HTML was received.
    pub text: String,
    /// Sanitised HTML of others; empty of our own.
    pub html: String,
    #[diesel(deserialize_as = MaybeNumber)]
    pub quantity: Option<Amount>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub remaining: Option<Amount>,
    #[diesel(deserialize_as = MaybeWord)]
    pub unit: Option<Unit>,
    #[diesel(deserialize_as = MaybeWord)]
    pub category: Option<Category>,
    #[diesel(deserialize_as = String)]
    pub terms: Terms,
    pub place: Option<String>,
    pub public_latitude: Option<f64>,
    pub public_longitude: Option<f64>,
    pub radius: i32,
    #[diesel(deserialize_as = MaybeNumber)]
    pub starts_at: Option<Time>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub ends_at: Option<Time>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub expires_at: Option<Time>,
    #[diesel(deserialize_as = String)]
    pub language: Language,
    #[diesel(deserialize_as = MaybeWord)]
    pub urgency: Option<Urgency>,
    #[diesel(deserialize_as = String)]
    pub licence: Licence,
    #[diesel(deserialize_as = String)]
    pub state: State,
    pub url: Option<String>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub published_at: Option<Time>,
    #[diesel(deserialize_as = i64)]
    pub updated_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub deleted_at: Option<Time>,
    pub version: i64,
}

impl ListingRow {
    /// How much, where it is said.
    pub fn how_much(&self) -> Option<Quantity> {
        Some(Quantity {
            total: self.quantity?,
            remaining: self.remaining.unwrap_or(self.quantity?),
            unit: self.unit?,
        })
    }

    /// The blurred point.
    pub fn point(&self) -> Option<Point> {
        Some(Point { latitude: self.public_latitude?, longitude: self.public_longitude? })
    }

    /// May the world see it? Drafts and deleted ones it may not.
    pub fn is_public(&self) -> bool {
        self.published_at.is_some() && self.deleted_at.is_none()
    }

    /// When its state or its words changed after publication.
    pub fn changed_at(&self) -> Option<Time> {
        self.published_at.filter(|published| *published < self.updated_at).map(|_| self.updated_at)
    }
}

/// What may change of a listing, as assignments for an insert and an update alike.
macro_rules! said {
    ($row:expr) => {
        (
            (
                listings::purpose.eq($row.purpose.word()),
                listings::kind.eq($row.kind.word()),
                listings::title.eq(&$row.title),
                listings::text.eq(&$row.text),
                listings::html.eq(&$row.html),
                listings::quantity.eq($row.quantity.map(i64::from)),
                listings::remaining.eq($row.remaining.map(i64::from)),
                listings::unit.eq($row.unit.map(Unit::word)),
                listings::category.eq($row.category.map(Category::word)),
                listings::terms.eq($row.terms.word()),
                listings::place.eq(&$row.place),
                listings::public_latitude.eq($row.public_latitude),
                listings::public_longitude.eq($row.public_longitude),
                listings::radius.eq($row.radius),
            ),
            (
                listings::starts_at.eq($row.starts_at.map(Time::micros)),
                listings::ends_at.eq($row.ends_at.map(Time::micros)),
                listings::expires_at.eq($row.expires_at.map(Time::micros)),
                listings::language.eq($row.language.as_str()),
                listings::urgency.eq($row.urgency.map(Urgency::word)),
                listings::licence.eq($row.licence.word()),
                listings::signed_by.eq($row.signed_by.word()),
                listings::state.eq($row.state.word()),
                listings::open.eq($row.state.is_open() && $row.deleted_at.is_none()),
                listings::url.eq(&$row.url),
                listings::published_at.eq($row.published_at.map(Time::micros)),
                listings::updated_at.eq($row.updated_at.micros()),
                listings::deleted_at.eq($row.deleted_at.map(Time::micros)),
            ),
        )
    };
}

/// Writes a new listing.
pub fn insert(tx: &mut Tx<'_>, row: &ListingRow) -> Result<()> {
    diesel::insert_into(listings::table)
        .values((
            listings::id.eq(row.id.bytes()),
            listings::ap_id.eq(&row.ap_id),
            listings::collective_id.eq(row.collective_id.bytes()),
            listings::author_id.eq(row.author_id.map(PersonId::bytes)),
            listings::version.eq(row.version),
            said!(row),
        ))
        .execute(&mut **tx)?;
    tags::keep(tx, row)?;
    search::keep_listing(tx, row)
}

/// Writes a listing anew, all but its id, address, collective, and author; counts a version on.
pub fn update(tx: &mut Tx<'_>, row: &ListingRow) -> Result<()> {
    diesel::update(listings::table.find(row.id.bytes()))
        .set((listings::version.eq(row.version + 1), said!(row)))
        .execute(&mut **tx)?;
    tags::keep(tx, row)?;
    search::keep_listing(tx, row)
}

/// Takes away everything a collective of another server has listed.
pub fn bury_all_of(tx: &mut Tx<'_>, collective: CollectiveId, now: Time) -> Result<()> {
    let live = listings::table
        .filter(listings::collective_id.eq(collective.bytes()))
        .filter(listings::deleted_at.is_null());
    let ids: Vec<Vec<u8>> = live.clone().select(listings::id).load(&mut **tx)?;
    for id in ids {
        let id = ListingId::try_from(id).map_err(DbError::Corrupt)?;
        tags::forget(tx, id)?;
        search::forget(tx, id.uuid())?;
    }
    diesel::update(live)
        .set((
            listings::html.eq(""),
            listings::open.eq(false),
            listings::deleted_at.eq(Some(now.micros())),
            listings::version.eq(listings::version + 1),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes somebody's name off all that they have listed, and says which of it the public saw signed with it. It is
/// their collectives' alone from now on, and theirs to change who speak for these.
pub fn disown(tx: &mut Tx<'_>, author: PersonId, now: Time) -> Result<Vec<ListingId>> {
    let theirs = || listings::table.filter(listings::author_id.eq(author.bytes()));
    let signed = theirs()
        .filter(listings::signed_by.eq(Signature::Member.word()))
        .filter(listings::published_at.is_not_null())
        .filter(listings::deleted_at.is_null());
    let ids: Vec<Vec<u8>> = signed.order(listings::id).select(listings::id).load(&mut **tx)?;
    let named = theirs().filter(listings::signed_by.eq(Signature::Member.word()));
    diesel::update(named)
        .set((
            listings::signed_by.eq(Signature::Voice.word()),
            listings::updated_at.eq(now.micros()),
            listings::version.eq(listings::version + 1),
        ))
        .execute(&mut **tx)?;
    // A listing without an author is one of another server: the collective itself takes the place.
    diesel::update(theirs())
        .set(listings::author_id.eq(listings::collective_id.nullable()))
        .execute(&mut **tx)?;
    ids.into_iter().map(|id| ListingId::try_from(id).map_err(DbError::Corrupt)).collect()
}

/// A listing by its id, deleted or not.
pub fn find(conn: &mut Conn, id: ListingId) -> Result<Option<ListingRow>> {
    Ok(listings::table.find(id.bytes()).select(ListingRow::as_select()).first(conn).optional()?)
}

/// Several listings by their ids, in no order. Walks the primary key.
pub fn find_all(conn: &mut Conn, ids: &[ListingId]) -> Result<Vec<ListingRow>> {
    let ids: Vec<Vec<u8>> = ids.iter().map(|id| id.bytes()).collect();
    let rows = listings::table
        .filter(listings::id.eq_any(ids))
        .select(ListingRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// A listing by its address on the wire. Walks `listings_ap_id_key`.
pub fn find_by_ap_id(conn: &mut Conn, ap_id: &str) -> Result<Option<ListingRow>> {
    let row = listings::table
        .filter(listings::ap_id.eq(ap_id))
        .select(ListingRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// A listing, locked until the transaction ends so that two changes never mix.
///
/// SQLite has one writer and needs no lock.
pub fn lock(tx: &mut Tx<'_>, id: ListingId) -> Result<Option<ListingRow>> {
    if let Conn::Postgres(conn) = &mut **tx {
        listings::table
            .find(id.bytes())
            .select(listings::version)
            .for_no_key_update()
            .first::<i64>(conn)
            .optional()?;
    }
    find(tx, id)
}

/// Drafts of a collective, newest first. Walks `listings_board_idx`.
pub fn drafts(conn: &mut Conn, collective: CollectiveId, limit: i64) -> Result<Vec<ListingRow>> {
    let rows = listings::table
        .filter(listings::collective_id.eq(collective.bytes()))
        .filter(listings::open.eq(false))
        .filter(listings::published_at.is_null())
        .filter(listings::deleted_at.is_null())
        .order(listings::id.desc())
        .limit(limit)
        .select(ListingRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// Drafts of a collective, newest first, before `cursor`. Walks `listings_board_idx`.
pub fn drafts_page(
    conn: &mut Conn,
    collective: CollectiveId,
    cursor: Option<ListingId>,
    limit: i64,
) -> Result<Vec<ListingRow>> {
    let mut query = listings::table
        .filter(listings::collective_id.eq(collective.bytes()))
        .filter(listings::open.eq(false))
        .filter(listings::published_at.is_null())
        .filter(listings::deleted_at.is_null())
        .order(listings::id.desc())
        .limit(limit)
        .select(ListingRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(listings::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// How many open needs and offers a collective has: `(needs, offers)`. Walks `listings_board_idx`.
pub fn count_open(conn: &mut Conn, collective: CollectiveId) -> Result<(i64, i64)> {
    let rows: Vec<(String, i64)> = listings::table
        .filter(listings::collective_id.eq(collective.bytes()))
        .filter(listings::open.eq(true))
        .group_by(listings::purpose)
        .select((listings::purpose, diesel::dsl::count_star()))
        .load(conn)?;
    let count = |word: &str| rows.iter().find(|row| row.0 == word).map_or(0, |row| row.1);
    Ok((count(Purpose::Need.word()), count(Purpose::Offer.word())))
}

/// How many open needs and offers each collective has; one without any is left out.
///
/// `(collective, needs, offers)`. Walks `listings_board_idx`.
pub fn count_open_each(
    conn: &mut Conn,
    collectives: &[CollectiveId],
) -> Result<Vec<(CollectiveId, i64, i64)>> {
    let ids: Vec<Vec<u8>> = collectives.iter().map(|id| id.bytes()).collect();
    let rows: Vec<(Vec<u8>, String, i64)> = listings::table
        .filter(listings::collective_id.eq_any(ids))
        .filter(listings::open.eq(true))
        .group_by((listings::collective_id, listings::purpose))
        .select((listings::collective_id, listings::purpose, diesel::dsl::count_star()))
        .load(conn)?;
    let mut counts: BTreeMap<CollectiveId, (i64, i64)> = BTreeMap::new();
    for (id, purpose, number) in rows {
        let id = CollectiveId::try_from(id).map_err(DbError::Corrupt)?;
        let count = counts.entry(id).or_default();
        match Purpose::parse(&purpose).map_err(DbError::Corrupt)? {
            Purpose::Need => count.0 = number,
            Purpose::Offer => count.1 = number,
        }
    }
    Ok(counts.into_iter().map(|(id, (needs, offers))| (id, needs, offers)).collect())
}

/// How many of our own listings were published.
pub fn count_local(conn: &mut Conn) -> Result<i64> {
    let ours = listings::table
        .filter(listings::author_id.is_not_null())
        .filter(listings::published_at.is_not_null())
        .filter(listings::deleted_at.is_null());
    Ok(ours.count().get_result(conn)?)
}

/// Our own open listings whose time is over. Walks `listings_expiry_idx`.
pub fn expired(conn: &mut Conn, now: Time, limit: i64) -> Result<Vec<ListingId>> {
    let ids: Vec<Vec<u8>> = listings::table
        .filter(listings::open)
        .filter(listings::expires_at.le(now.micros()))
        .filter(listings::author_id.is_not_null())
        .limit(limit)
        .select(listings::id)
        .load(conn)?;
    ids.into_iter().map(|id| ListingId::try_from(id).map_err(DbError::Corrupt)).collect()
}

/// Keeps the exact point of a listing, or forgets it.
pub fn set_exact_point(tx: &mut Tx<'_>, id: ListingId, point: Option<Point>) -> Result<()> {
    diesel::delete(exact_points::table.find(id.bytes())).execute(&mut **tx)?;
    if let Some(point) = point {
        on_backend!(&mut **tx, it => diesel::insert_into(exact_points::table)
            .values((
                exact_points::listing_id.eq(id.bytes()),
                exact_points::latitude.eq(point.latitude),
                exact_points::longitude.eq(point.longitude),
            ))
            .execute(it))?;
    }
    Ok(())
}

/// The exact point, for members of its collective.
pub fn exact_point(conn: &mut Conn, id: ListingId) -> Result<Option<Point>> {
    let row: Option<(f64, f64)> = exact_points::table
        .find(id.bytes())
        .select((exact_points::latitude, exact_points::longitude))
        .first(conn)
        .optional()?;
    Ok(row.map(|(latitude, longitude)| Point { latitude, longitude }))
}

/// What a person of this server wrote, newest first, before `cursor`: what was published, and the drafts of those
/// collectives that they belong to. Walks `listings_author_idx`.
pub fn by_author(
    conn: &mut Conn,
    author: PersonId,
    state: Option<State>,
    cursor: Option<ListingId>,
    limit: i64,
) -> Result<Vec<ListingRow>> {
    let belongs = diesel::dsl::exists(
        memberships::table
            .filter(memberships::collective_id.eq(listings::collective_id))
            .filter(memberships::person_id.eq(author.bytes()))
            .filter(memberships::state.eq("active")),
    );
    let mut query = listings::table
        .filter(listings::author_id.eq(author.bytes()))
        .filter(listings::deleted_at.is_null())
        .filter(listings::published_at.is_not_null().or(belongs))
        .order(listings::id.desc())
        .limit(limit)
        .select(ListingRow::as_select())
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(listings::state.eq(state.word()));
    }
    if let Some(cursor) = cursor {
        query = query.filter(listings::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}
