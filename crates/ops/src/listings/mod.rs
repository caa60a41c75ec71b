//! Operations on needs and offers.

mod change;
mod extras;
mod publish;
mod record;

pub use change::{DeleteListing, DeleteSeenListing, EditListing, ExpireListing, MoveListing, Step};
pub use extras::{EditListingWith, Extras, PostListingWith};
pub use publish::PostListing;
pub(crate) use publish::new_row;
pub use record::{RecordListing, RecordListingDeleted};

use db::listings::ListingRow;
use domain::{ListingId, Refusal, Speaker, authority::Authority, listings::may_change};

use crate::{Op, OpError, Result, collectives};

/// A listing of this server that the speaker may change now, locked; `version` is what they saw.
fn changeable(op: &mut Op<'_, '_>, id: ListingId, version: Option<i64>) -> Result<ListingRow> {
    let row = db::listings::lock(op.tx, id)?.ok_or(OpError::NotFound("listing"))?;
    if row.deleted_at.is_some() {
        return Err(OpError::NotFound("listing"));
    }
    let home = collectives::home(op, row.collective_id)?;
    if op.origin.speaker == Speaker::Server {
        return if home.here { Ok(row) } else { Err(Refusal::NotFromHere.into()) };
    }
    let person = op.person()?;
    match op.authority(home, person)? {
        Authority::Decide => {}
        Authority::Ask | Authority::Record => return Err(Refusal::NotFromHere.into()),
    }
    let standing = db::memberships::standing(op.tx, row.collective_id, person)?;
    may_change(standing, row.author_id.unwrap_or(person), person)?;
    if version.is_some_and(|seen| seen != row.version) {
        return Err(Refusal::Stale.into());
    }
    Ok(row)
}
