//! What waits for the stewards of a collective, in one place.

use askama::Template;
use domain::incoming::{Kind, Shelf};

use crate::filters;
use crate::html::SafeHtml;
use crate::labels::Word;
use crate::views::actors::ActorView;
use crate::views::page::{Page, Pager, TimeView};

/// Something that waits, or is done.
#[derive(Clone, Debug)]
pub struct IncomingView {
    /// What it is.
    pub kind: Kind,
    /// Who wrote, asks, or offers.
    pub who: Option<ActorView>,
    /// The title of the listing it concerns, and its page.
    pub listing: Option<(String, String)>,
    /// What was written.
    pub text: SafeHtml,
    /// Is it still there?
    pub there: bool,
    /// Where a steward does something about it.
    pub open: String,
    /// Since when.
    pub since: TimeView,
    /// The steward who sees to it.
    pub taken_by: Option<String>,
    /// Is that whoever looks?
    pub mine: bool,
    /// When it was done.
    pub done: Option<TimeView>,
    /// Who did it.
    pub done_by: Option<String>,
    /// The path its forms go to.
    pub base: String,
}

/// `/c/HANDLE/stewards`.
#[derive(Clone, Debug, Template)]
#[template(path = "incoming.html")]
pub struct IncomingPage {
    /// The frame.
    pub page: Page,
    /// Whose it is.
    pub collective: ActorView,
    /// Which part is shown.
    pub shelf: Shelf,
    /// How much waits.
    pub all: i64,
    /// How much of it nobody has taken.
    pub free: i64,
    /// The newest first.
    pub items: Vec<IncomingView>,
    /// Where to go on.
    pub pager: Pager,
}
