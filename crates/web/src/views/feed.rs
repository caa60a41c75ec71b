//! What those I follow say.

use askama::Template;

use crate::filters;
use crate::html::SafeHtml;
use crate::labels::Word;
use crate::views::actors::ActorView;
use crate::views::forms::FormErrors;
use crate::views::listings::ListingCard;
use crate::views::memberships::InvitationView;
use crate::views::page::{Page, Pager, TimeView};

/// A line of the feed.
#[derive(Clone, Debug)]
pub enum FeedItem {
    /// A need or an offer.
    Listing(ListingCard),
    /// Something somebody said.
    Post(PostView),
}

/// Something somebody said.
#[derive(Clone, Debug)]
pub struct PostView {
    /// Its anchor on the page.
    pub anchor: String,
    /// Who.
    pub author: ActorView,
    /// The community of another server that it stands in.
    pub community: Option<ActorView>,
    /// Of a post of the threadiverse.
    pub title: Option<String>,
    /// What.
    pub body: SafeHtml,
    /// What its author warns of: it is folded below that.
    pub warning: Option<String>,
    /// In which language.
    pub lang: String,
    /// When.
    pub published: TimeView,
    /// Was it changed?
    pub edited: Option<TimeView>,
    /// Its own page, here or there.
    pub url: String,
    /// The listing it answers: title and page.
    pub about: Option<(String, String)>,
}

/// One of those I follow.
#[derive(Clone, Debug)]
pub struct FollowingView {
    /// Who.
    pub actor: ActorView,
    /// Not answered yet?
    pub pending: bool,
    /// Their id, for the form that stops it.
    pub who: String,
}

/// `/home`.
#[derive(Clone, Debug, Template)]
#[template(path = "feed.html")]
pub struct FeedPage {
    /// The frame.
    pub page: Page,
    /// What waits for my answer.
    pub invitations: Vec<InvitationView>,
    /// Collectives I belong to.
    pub mine: Vec<ActorView>,
    /// What they say, newest first.
    pub items: Vec<FeedItem>,
    /// More of it.
    pub pager: Pager,
    /// Whom I follow.
    pub following: Vec<FollowingView>,
    /// What was typed into the follow form.
    pub wanted: String,
    /// What is wrong with it.
    pub errors: FormErrors,
}
