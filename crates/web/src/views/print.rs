//! What is printed: the board of a collective, and the poster of a listing.

use askama::Template;

use crate::filters;
use crate::labels::Word;
use crate::views::actors::ActorView;
use crate::views::identity::QrView;
use crate::views::listings::{ListingCard, ListingView};
use crate::views::page::Page;

/// A listing on paper, with the way back to it.
#[derive(Clone, Debug)]
pub struct Slip {
    /// What it says.
    pub card: ListingCard,
    /// Its whole address.
    pub address: String,
    /// The same as a code.
    pub qr: Option<QrView>,
}

/// `/c/HANDLE/board`.
#[derive(Clone, Debug, Template)]
#[template(path = "board.html")]
pub struct BoardPage {
    /// The frame.
    pub page: Page,
    /// The address of the sheet for paper.
    pub sheet: String,
    /// Whose.
    pub collective: ActorView,
    /// Its whole address, and the same as a code.
    pub address: String,
    pub qr: Option<QrView>,
    /// What it needs.
    pub needs: Vec<Slip>,
    /// What it offers.
    pub offers: Vec<Slip>,
    /// Is there more than fits?
    pub more: bool,
}

/// `/listings/ID/poster`.
#[derive(Clone, Debug, Template)]
#[template(path = "poster.html")]
pub struct PosterPage {
    /// The frame.
    pub page: Page,
    /// The address of the sheet for paper.
    pub sheet: String,
    /// The listing.
    pub listing: ListingView,
    /// Its address as a code.
    pub qr: Option<QrView>,
}
