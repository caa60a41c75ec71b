//! A person's page.

use askama::Template;

use crate::filters;
use crate::html::SafeHtml;
use crate::labels::Word;
use crate::views::actors::{ActorView, FollowView};
use crate::views::feed::FeedItem;
use crate::views::page::{HomeServer, Page, Pager};

/// `/u/HANDLE`.
#[derive(Clone, Debug, Template)]
#[template(path = "person.html")]
pub struct PersonPage {
    /// The frame.
    pub page: Page,
    /// Who.
    pub person: ActorView,
    /// The language of the summary.
    pub lang: String,
    /// About themselves.
    pub summary: SafeHtml,
    /// Where they live, when not here.
    pub home: Option<HomeServer>,
    /// Does the viewer follow them?
    pub follow: FollowView,
    /// What they said in public.
    pub items: Vec<FeedItem>,
    /// More of it.
    pub pager: Pager,
}
