//! Pictures that people uploaded, as rows; their files lie beside the database.

use diesel::{dsl::sql, prelude::*, sql_types::BigInt};
use domain::{
    Invalid, ListingId, MediaId, PersonId, Time,
    media::{FileName, MediaType},
};

use crate::{
    Conn, Result, Tx,
    column::MaybeId,
    schema::{listings, media},
};

/// What is in a file, in 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(pub [u8; 32]);

impl TryFrom<Vec<u8>> for Digest {
    type Error = Invalid;

    fn try_from(bytes: Vec<u8>) -> std::result::Result<Self, Invalid> {
        let bytes = bytes.try_into().map_err(|_| Invalid::new("digest", "must be 32 bytes"))?;
        Ok(Self(bytes))
    }
}

/// A picture.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = media)]
pub struct MediaRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: MediaId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub owner_id: PersonId,
    /// The listing that it comes with.
    #[diesel(deserialize_as = MaybeId)]
    pub listing_id: Option<ListingId>,
    #[diesel(deserialize_as = Vec<u8>)]
    pub digest: Digest,
    #[diesel(deserialize_as = String)]
    pub media_type: MediaType,
    pub bytes: i64,
    pub width: i32,
    pub height: i32,
    pub alt: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    pub position: i32,
}

impl MediaRow {
    /// How its file is called, or that of its preview.
    pub fn file(&self, preview: bool) -> String {
        let Self { digest, media_type, .. } = *self;
        FileName { digest: digest.0, media_type, preview }.text()
    }
}

/// Writes a new picture, which comes with nothing yet.
pub fn insert(tx: &mut Tx<'_>, row: &MediaRow) -> Result<()> {
    diesel::insert_into(media::table)
        .values((
            media::id.eq(row.id.bytes()),
            media::owner_id.eq(row.owner_id.bytes()),
            media::digest.eq(row.digest.0.to_vec()),
            media::media_type.eq(row.media_type.word()),
            media::bytes.eq(row.bytes),
            media::width.eq(row.width),
            media::height.eq(row.height),
            media::alt.eq(&row.alt),
            media::created_at.eq(row.created_at.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// A picture by its id.
pub fn find(conn: &mut Conn, id: MediaId) -> Result<Option<MediaRow>> {
    Ok(media::table.find(id.bytes()).select(MediaRow::as_select()).first(conn).optional()?)
}

/// The pictures of a listing, in their order. Walks `media_listing_idx`.
pub fn of(conn: &mut Conn, listing: ListingId) -> Result<Vec<MediaRow>> {
    of_each(conn, &[listing])
}

/// The pictures of several listings, each in their order. Walks `media_listing_idx`.
pub fn of_each(conn: &mut Conn, listings: &[ListingId]) -> Result<Vec<MediaRow>> {
    let ids: Vec<Option<Vec<u8>>> = listings.iter().map(|id| Some(id.bytes())).collect();
    let rows = media::table
        .filter(media::listing_id.eq_any(ids))
        .order((media::position, media::id))
        .select(MediaRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// Some pictures after `cursor`, by their ids. Walks the primary key.
pub fn after(conn: &mut Conn, cursor: Option<MediaId>, limit: i64) -> Result<Vec<MediaRow>> {
    let cursor = cursor.map(MediaId::bytes).unwrap_or_default();
    let rows = media::table
        .filter(media::id.gt(cursor))
        .order(media::id)
        .limit(limit)
        .select(MediaRow::as_select());
    Ok(rows.load(conn)?)
}

/// How many bytes the pictures of a person have. Walks `media_owner_idx`.
pub fn bytes_of(conn: &mut Conn, owner: PersonId) -> Result<i64> {
    let sum = sql::<BigInt>("CAST(COALESCE(SUM(bytes), 0) AS BIGINT)");
    let owned = media::table.filter(media::owner_id.eq(owner.bytes()));
    Ok(owned.select(sum).first(conn)?)
}

/// Is there a picture that looks so? Walks `media_digest_idx`.
pub fn is_needed(conn: &mut Conn, digest: Digest) -> Result<bool> {
    let same = media::table.filter(media::digest.eq(digest.0.to_vec()));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(conn)?)
}

/// Lets a picture come with a listing, at this place.
pub fn attach(tx: &mut Tx<'_>, id: MediaId, listing: ListingId, position: i32) -> Result<()> {
    diesel::update(media::table.find(id.bytes()))
        .set((media::listing_id.eq(Some(listing.bytes())), media::position.eq(position)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes a picture away from its listing; it is swept later.
pub fn detach(tx: &mut Tx<'_>, id: MediaId) -> Result<()> {
    diesel::update(media::table.find(id.bytes()))
        .set(media::listing_id.eq(None::<Vec<u8>>))
        .execute(&mut **tx)?;
    Ok(())
}

/// Says in other words what there is to see.
pub fn set_alt(tx: &mut Tx<'_>, id: MediaId, alt: &str) -> Result<()> {
    diesel::update(media::table.find(id.bytes())).set(media::alt.eq(alt)).execute(&mut **tx)?;
    Ok(())
}

/// Forgets a picture.
pub fn delete(tx: &mut Tx<'_>, id: MediaId) -> Result<()> {
    diesel::delete(media::table.find(id.bytes())).execute(&mut **tx)?;
    Ok(())
}

/// Pictures that nobody needs: those that came with nothing when `before` was, and those of deleted listings.
pub fn unneeded(conn: &mut Conn, before: Time, limit: i64) -> Result<Vec<MediaRow>> {
    let alone = media::table
        .filter(media::listing_id.is_null())
        .filter(media::reply_id.is_null())
        .filter(media::created_at.lt(before.micros()))
        .limit(limit)
        .select(MediaRow::as_select());
    let mut rows: Vec<MediaRow> = alone.load(conn)?;
    let deleted = media::table
        .inner_join(listings::table.on(listings::id.nullable().eq(media::listing_id)))
        .filter(listings::deleted_at.is_not_null())
        .limit(limit)
        .select(MediaRow::as_select());
    rows.extend(deleted.load(conn)?);
    Ok(rows)
}
