//! Pictures: looked at, made anew, kept, and thrown away.
//!
//! **Invariant:** no byte that somebody uploaded is kept or served. What is kept was painted anew from its
//! pixels: nothing that was hidden in the file, nor where and when it was taken, is left.

mod hold;
mod litter;
mod prepare;
mod store;

pub use hold::Hold;
pub use litter::{Litter, litter, missing};
pub use prepare::{Prepared, prepare};
pub use store::{Store, StoreError};
pub(crate) use store::{file_path, hex, keep_file};

use db::media::{Digest, MediaRow};
use domain::{
    Invalid, ListingId, MediaId, PersonId, Time,
    media::{MOST_ATTACHED, MediaType},
};

use crate::{Event, Op, OpError, Operation, Result, notifications::by_the_clock};

/// So many hours a picture may wait for its listing.
const HOURS_ALONE: i64 = 24;

/// Writes down a picture whose files are there. See [`Store::keep`].
#[derive(Clone, Debug)]
pub struct KeepMedia {
    pub digest: Digest,
    pub media_type: MediaType,
    pub bytes: i64,
    pub width: i32,
    pub height: i32,
    /// See [`domain::media::alt`].
    pub alt: String,
    /// So many bytes their owner may have in all.
    pub quota: i64,
}

impl Operation for KeepMedia {
    type Done = MediaId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<MediaId> {
        let owner = op.person()?;
        let used = db::media::bytes_of(op.tx, owner)?;
        if self.quota < used.saturating_add(self.bytes) {
            let problem = format!(
                "does not fit: your pictures may have {} MiB in all; delete some that you need no more",
                self.quota / (1024 * 1024)
            );
            return Err(Invalid::new("file", problem).into());
        }
        let row = MediaRow {
            id: op.mint(),
            owner_id: owner,
            listing_id: None,
            digest: self.digest,
            media_type: self.media_type,
            bytes: self.bytes,
            width: self.width,
            height: self.height,
            alt: self.alt,
            created_at: op.now,
            position: 0,
        };
        db::media::insert(op.tx, &row)?;
        Ok(row.id)
    }
}

/// Says in other words what there is to see.
#[derive(Clone, Debug)]
pub struct DescribeMedia {
    pub media: MediaId,
    /// See [`domain::media::alt`].
    pub alt: String,
}

impl Operation for DescribeMedia {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let row = mine(op, self.media)?;
        db::media::set_alt(op.tx, row.id, &self.alt)?;
        changed(op, &row)
    }
}

/// Throws a picture away, wherever it is shown. See [`Store::discard`].
#[derive(Clone, Debug)]
pub struct DiscardMedia {
    pub media: MediaId,
}

impl Operation for DiscardMedia {
    type Done = MediaRow;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<MediaRow> {
        let row = mine(op, self.media)?;
        db::media::delete(op.tx, row.id)?;
        changed(op, &row)?;
        Ok(row)
    }
}

/// A picture of whoever speaks; to others it is not there.
fn mine(op: &mut Op<'_, '_>, id: MediaId) -> Result<MediaRow> {
    let person = op.person()?;
    let row = db::media::find(op.tx, id)?.filter(|row| row.owner_id == person);
    row.ok_or(OpError::NotFound("media"))
}

/// Other servers are told that the listing looks otherwise.
fn changed(op: &mut Op<'_, '_>, row: &MediaRow) -> Result<()> {
    let Some(listing) = row.listing_id else { return Ok(()) };
    let Some(mut listing) = db::listings::lock(op.tx, listing)? else { return Ok(()) };
    if listing.deleted_at.is_some() {
        return Ok(());
    }
    listing.updated_at = op.now;
    db::listings::update(op.tx, &listing)?;
    if listing.published_at.is_some() {
        op.emit(&Event::listing_changed(listing.id))?;
    }
    Ok(())
}

/// Lets these pictures come with a listing, in this order, and no others. Each is the speaker's own, or came with
/// the listing before.
pub(crate) fn attach(op: &mut Op<'_, '_>, listing: ListingId, ids: &[MediaId]) -> Result<()> {
    let person = op.person()?;
    if MOST_ATTACHED < ids.len() {
        return Err(Invalid::new("media", "must be at most 4").into());
    }
    for (place, id) in ids.iter().enumerate() {
        if ids.iter().take(place).any(|earlier| earlier == id) {
            return Err(Invalid::new("media", "must name each picture once").into());
        }
    }
    for row in db::media::of(op.tx, listing)? {
        if !ids.contains(&row.id) {
            db::media::detach(op.tx, row.id)?;
        }
    }
    for (place, id) in ids.iter().enumerate() {
        let row = db::media::find(op.tx, *id)?;
        if !row.is_some_and(|row| may_come_with(&row, listing, person)) {
            let problem =
                "must be ids of pictures that you uploaded and that come with nothing else";
            return Err(Invalid::new("media", problem).into());
        }
        db::media::attach(op.tx, *id, listing, i32::try_from(place).unwrap_or_default())?;
    }
    Ok(())
}

fn may_come_with(row: &MediaRow, listing: ListingId, person: PersonId) -> bool {
    match row.listing_id {
        Some(there) => there == listing,
        None => row.owner_id == person,
    }
}

/// Forgets pictures whose files are gone; the clock does it. See [`Store::sweep`].
#[derive(Clone, Debug)]
pub struct ForgetMedia {
    pub media: Vec<MediaId>,
}

impl Operation for ForgetMedia {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        by_the_clock(op)?;
        for id in self.media {
            let Some(row) = db::media::find(op.tx, id)? else { continue };
            if is_unneeded(op, &row)? {
                db::media::delete(op.tx, id)?;
            }
        }
        Ok(())
    }
}

/// Since when what comes with nothing is thrown away.
pub(crate) fn alone_before(now: Time) -> Time {
    now.plus_seconds(-HOURS_ALONE * 3_600)
}

fn is_unneeded(op: &mut Op<'_, '_>, row: &MediaRow) -> Result<bool> {
    match row.listing_id {
        None => Ok(row.created_at < alone_before(op.now)),
        Some(listing) => {
            let listing = db::listings::find(op.tx, listing)?;
            Ok(listing.is_none_or(|listing| listing.deleted_at.is_some()))
        }
    }
}

impl From<StoreError> for OpError {
    fn from(err: StoreError) -> Self {
        match err {
            StoreError::Invalid(invalid) => invalid.into(),
            StoreError::Op(err) => err,
            StoreError::File(err) => {
                Self::Storage(db::DbError::Schema(format!("a picture could not be kept: {err}")))
            }
        }
    }
}
