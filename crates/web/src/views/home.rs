//! The front page.

use askama::Template;

use crate::filters;
use crate::labels::Word;
use crate::views::collectives::CollectiveCard;
use crate::views::listings::ListingCard;
use crate::views::page::Page;

/// `/`.
#[derive(Clone, Debug, Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// The frame.
    pub page: Page,
    /// Newest open needs and offers.
    pub newest: Vec<ListingCard>,
    /// Some collectives.
    pub collectives: Vec<CollectiveCard>,
    /// A handle from here, to show how following works.
    pub example_handle: Option<String>,
}
