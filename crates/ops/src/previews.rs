//! How a listing will look elsewhere; the federation knows, pages ask for it before anything is posted.

use db::{actors::ActorRow, listings::ListingRow};
use domain::{
    CollectiveId, ListingId, PersonId, Time,
    listings::{Content, State},
};
use uuid::Uuid;

use crate::{Site, listings};

/// A listing as it is shown elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// What Mastodon and its kin show, as HTML.
    pub microblog: String,
    /// The title that Lemmy and its kin show.
    pub title: String,
    /// What they show below it, as HTML.
    pub threadiverse: String,
}

/// Shows what is not there yet.
pub trait Previews: Send + Sync {
    /// Of a listing of this collective, signed by whoever signs it.
    fn preview(
        &self,
        listing: &ListingRow,
        collective: &ActorRow,
        signer: Option<&ActorRow>,
    ) -> Preview;
}

/// The row that a listing would have if it were posted now. It has no id of its own, and is written nowhere.
pub fn imagined(
    site: &Site,
    (board, author): (CollectiveId, PersonId),
    content: &Content,
    now: Time,
) -> ListingRow {
    let id = ListingId::from(Uuid::nil());
    listings::new_row(id, site.listing(id), (board, author), content, State::Open, now)
}
