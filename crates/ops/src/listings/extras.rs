//! What comes with a listing beside its words: pictures, and on whose behalf it is posted.

use domain::{ListingId, MediaId, mandates::Mandate};

use super::{EditListing, PostListing};
use crate::{Op, Operation, Result, media};

/// What to change beside the words; `None` leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// The pictures, in their order; those that are not named go.
    pub media: Option<Vec<MediaId>>,
    /// On whose behalf, or `Some(None)`: nobody's.
    pub mandate: Option<Option<Mandate>>,
}

impl Extras {
    /// Does it change anything?
    pub fn is_nothing(&self) -> bool {
        self.media.is_none() && self.mandate.is_none()
    }

    fn put(&self, op: &mut Op<'_, '_>, listing: ListingId) -> Result<()> {
        if let Some(ids) = &self.media {
            media::attach(op, listing, ids)?;
        }
        match &self.mandate {
            Some(Some(mandate)) => db::mandates::set(op.tx, listing, mandate, op.now)?,
            Some(None) => db::mandates::delete(op.tx, listing)?,
            None => {}
        }
        Ok(())
    }
}

/// Puts a need or an offer on a board with what comes with it: all of it, or nothing.
#[derive(Clone, Debug)]
pub struct PostListingWith {
    pub post: PostListing,
    pub extras: Extras,
}

impl Operation for PostListingWith {
    type Done = ListingId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<ListingId> {
        let listing = self.post.perform(op)?;
        self.extras.put(op, listing)?;
        Ok(listing)
    }
}

/// Changes the words of a listing and what comes with it: all of it, or nothing.
#[derive(Clone, Debug)]
pub struct EditListingWith {
    pub edit: EditListing,
    pub extras: Extras,
}

impl Operation for EditListingWith {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let listing = self.edit.listing;
        self.edit.perform(op)?;
        self.extras.put(op, listing)
    }
}
