//! Collectives.

use askama::Template;

use crate::html::SafeHtml;
use crate::labels::Word;
use crate::views::actors::{ActorView, FollowView};
use crate::views::forms::{Choice, FormErrors};
use crate::views::listings::ListingCard;
use crate::views::page::{HomeServer, Notice, Page, Pager, TimeView};


/// A collective among others.
#[derive(Clone, Debug)]
pub struct CollectiveCard {
    /// Who.
    pub actor: ActorView,
    /// Its page here.
    pub url: String,
    /// The language of name and summary.
    pub lang: String,
    /// The first words of its summary, plain.
    pub summary: String,
    /// Open needs.
    pub needs: u32,
    /// Open offers.
    pub offers: u32,
}

/// A collective with everything.
#[derive(Clone, Debug)]
pub struct CollectiveView {
    /// Who.
    pub actor: ActorView,
    /// Its page here: `/c/HANDLE`.
    pub base: String,
    /// The language of name and summary.
    pub lang: String,
    /// What it says about itself.
    pub summary: SafeHtml,
    /// Since when it is known here.
    pub since: Option<TimeView>,
    /// Who may follow.
    pub follow_policy: FollowPolicy,
    /// Where it lives, when not here.
    pub home: Option<HomeServer>,
    /// Does the viewer follow it?
    pub follow: FollowView,
    /// Is the viewer one of its stewards?
    pub steward: bool,
    /// Follow requests that wait for a steward.
    pub requests: u32,
}

/// `/c/HANDLE`.
#[derive(Clone, Debug, Template)]
#[template(path = "collective.html")]
pub struct CollectivePage {
    /// The frame.
    pub page: Page,
    /// The collective.
    pub collective: CollectiveView,
    /// Its drafts, for stewards.
    pub drafts: Vec<ListingCard>,
    /// What it needs.
    pub needs: Vec<ListingCard>,
    /// What it offers.
    pub offers: Vec<ListingCard>,
    /// What is over.
    pub past: Vec<ListingCard>,
    /// More of what is over.
    pub pager: Pager,
}

/// `/collectives`.
#[derive(Clone, Debug, Template)]
#[template(path = "collectives.html")]
pub struct CollectivesPage {
    /// The frame.
    pub page: Page,
    /// With these words.
    pub words: String,
    /// Those that were found.
    pub cards: Vec<CollectiveCard>,
    /// More of them.
    pub pager: Pager,
}

/// What somebody typed about a collective.
#[derive(Clone, Debug, Default)]
pub struct CollectiveInput {
    /// The handle, which never changes.
    pub handle: String,
    /// The name.
    pub name: String,
    /// About itself.
    pub summary: String,
    /// The language it mostly uses.
    pub lang: String,
    /// The slug of its follow policy.
    pub follow_policy: String,
}

/// `/collectives/new` and `/c/HANDLE/edit`.
#[derive(Clone, Debug, Template)]
#[template(path = "collective_form.html")]
pub struct CollectiveFormPage {
    /// The frame.
    pub page: Page,
    /// Where the form goes.
    pub action: String,
    /// The name of the collective that is changed; `None` for a new one.
    pub editing: Option<String>,
    /// What was typed.
    pub input: CollectiveInput,
    /// Languages to choose from.
    pub languages: Vec<Choice>,
    /// What is wrong with it.
    pub errors: FormErrors,
}
