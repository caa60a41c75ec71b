//! Tags, and what is marked with them.

use askama::Template;

use crate::filters;
use crate::labels::Word;
use crate::views::listings::ListingCard;
use crate::views::page::{Page, Pager};

/// A tag that leads to its page.
#[derive(Clone, Debug)]
pub struct TagView {
    /// As somebody wrote it, without `#`.
    pub name: String,
    /// Its page here.
    pub url: String,
}

impl TagView {
    /// As people read it.
    pub fn shown(&self) -> String {
        format!("#{}", self.name)
    }
}

/// `/tags/NAME`.
#[derive(Clone, Debug, Template)]
#[template(path = "tag.html")]
pub struct TagPage {
    /// The frame.
    pub page: Page,
    /// The tag, as it was asked for.
    pub tag: TagView,
    /// What is open and marked with it.
    pub cards: Vec<ListingCard>,
    /// More of it.
    pub pager: Pager,
    /// Where one looks among these alone.
    pub narrow: String,
    /// The same as a saved search has it.
    pub search: String,
}
