//! Collectives.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use domain::collectives::FollowPolicy;
use domain::listings::Category;
use serde::Deserialize;

use crate::filters;
use crate::html::SafeHtml;
use crate::labels::Word;
use crate::views::actors::{ActorView, FollowView};
use crate::views::feed::FeedItem;
use crate::views::forms::{Choice, FormErrors};
use crate::views::listings::{ListingCard, PlaceView};
use crate::views::page::{HomeServer, Page, Pager, TimeView};
use crate::views::places::Around;
use crate::views::schema_org;

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
    /// The name of the place where it is.
    pub place: Option<String>,
    /// Open needs.
    pub needs: i64,
    /// Open offers.
    pub offers: i64,
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
    /// The first words of it, plain.
    pub excerpt: String,
    /// Its address for machines and for other servers' search boxes.
    pub address: String,
    /// Since when it is known here.
    pub since: Option<TimeView>,
    /// Who may follow.
    pub follow_policy: FollowPolicy,
    /// Where it lives, when not here.
    pub home: Option<HomeServer>,
    /// Does the viewer follow it?
    pub follow: FollowView,
    /// Does the viewer belong to it?
    pub member: bool,
    /// Is the viewer one of its stewards?
    pub steward: bool,
    /// Follow requests that wait for a steward.
    pub requests: usize,
    /// Reports that wait for a steward.
    pub reports: i64,
    /// May the viewer read what its stewards did?
    pub log: bool,
    /// How many answers wait, for those who speak for it.
    pub answers: Option<i64>,
    /// How many ask for an account, for those who look after its accounts.
    pub accounts: Option<i64>,
    /// Posts in the queue of the stewards.
    pub queue: usize,
    /// How much waits for its stewards in all.
    pub inbox: i64,
    /// Where it is, blurred.
    pub place: Option<PlaceView>,
    /// What it says of itself beyond its summary.
    pub sections: Vec<SectionView>,
    /// How one helps: in an hour, in a day, every month.
    pub helps: Vec<SectionView>,
    /// Members who agreed to be named.
    pub people: Vec<ActorView>,
    /// Its board as it is printed; only where it lives here.
    pub board: Option<String>,
    /// Where one follows it from one's own server.
    pub interact: String,
}

/// A text under a heading.
#[derive(Clone, Debug)]
pub struct SectionView {
    /// Its name in addresses.
    pub slug: &'static str,
    /// The heading.
    pub heading: Cow<'static, str>,
    /// The text.
    pub body: SafeHtml,
}

/// The field of a form in which such a text is written.
#[derive(Clone, Debug)]
pub struct SectionField {
    /// Its name in the form.
    pub name: &'static str,
    /// What it is called.
    pub label: Cow<'static, str>,
    /// What more there is to say of it.
    pub hint: Cow<'static, str>,
    /// What was typed.
    pub text: String,
}

/// `/c/HANDLE`.
#[derive(Clone, Debug, Template)]
#[template(path = "collective.html")]
pub struct CollectivePage {
    /// The frame.
    pub page: Page,
    /// The collective.
    pub collective: CollectiveView,
    /// Its drafts, for members.
    pub drafts: Vec<ListingCard>,
    /// What it needs.
    pub needs: Vec<ListingCard>,
    /// What it offers.
    pub offers: Vec<ListingCard>,
    /// Where all that it needs is listed, when there is more.
    pub more_needs: Option<String>,
    /// Where all that it offers is listed, when there is more.
    pub more_offers: Option<String>,
    /// What is over.
    pub past: Vec<ListingCard>,
    /// More of what is over.
    pub pager: Pager,
    /// What is posted in a community elsewhere, or what a collective of here passes on.
    pub posts: Vec<FeedItem>,
    /// More of it.
    pub more_posts: Pager,
}

impl CollectivePage {
    /// The same for search engines.
    fn json_ld(&self) -> String {
        schema_org::collective(&self.collective, &self.needs, &self.offers)
    }
}

/// `/collectives`.
#[derive(Clone, Debug, Template)]
#[template(path = "collectives.html")]
pub struct CollectivesPage {
    /// The frame.
    pub page: Page,
    /// With these words.
    pub words: String,
    /// Around this place.
    pub around: Around,
    /// With something open in this field of life.
    pub category: Option<Category>,
    /// Those that were found.
    pub cards: Vec<CollectiveCard>,
    /// More of them.
    pub pager: Pager,
}

/// What somebody typed about a collective.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CollectiveInput {
    /// The handle, which never changes.
    pub handle: String,
    /// The name.
    pub name: String,
    /// About itself.
    pub summary: String,
    /// The language it mostly uses.
    pub language: String,
    /// The slug of its follow policy.
    pub follow_policy: String,
    /// Who publishes: `members` or `stewards`.
    pub publishers: String,
    /// `yes` where everybody may read what its stewards did.
    pub public_log: String,
    /// The version that is being changed; empty for a new one.
    pub version: String,
    /// The name of the place where it is, and its point.
    pub place: String,
    pub latitude: String,
    pub longitude: String,
    /// The sections by their names; whatever else a form says is among them, and nobody asks for it.
    #[serde(flatten)]
    pub sections: BTreeMap<String, String>,
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
    /// The sections, to be written.
    pub sections: Vec<SectionField>,
    /// Languages to choose from.
    pub languages: Vec<Choice>,
    /// What is wrong with it.
    pub errors: FormErrors,
}
