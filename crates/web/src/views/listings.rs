//! Needs and offers.

use std::borrow::Cow;

use askama::Template;
use domain::listings::{Category, Kind, Purpose, State, Terms, Urgency};
use url::form_urlencoded;

use crate::filters;
use crate::html::SafeHtml;
use crate::labels::Word;
use crate::views::actors::ActorView;
use crate::views::agreements::{AgreementAction, AgreementView, OfferForm};
use crate::views::forms::FormErrors;
use crate::views::moderation::ThreadCare;
use crate::views::page::{HomeServer, Page, Pager, TimeView};
use crate::views::places::Around;
use crate::views::reactions::VotesView;
use crate::views::replies::{AnswerView, ReplyView};
use crate::views::schema_org;
use crate::views::tags::TagView;

/// A listing among others.
#[derive(Clone, Debug)]
pub struct ListingCard {
    /// Its page here.
    pub url: String,
    /// Need or offer.
    pub purpose: Purpose,
    /// About what.
    pub kind: Kind,
    /// In a few words.
    pub title: String,
    /// The language of title and text.
    pub lang: String,
    /// The first words of its text, plain.
    pub excerpt: Option<String>,
    /// Whose it is.
    pub collective: ActorView,
    /// Where, blurred.
    pub place: Option<PlaceView>,
    /// When.
    pub window: Option<WindowView>,
    /// On which terms.
    pub terms: Option<Terms>,
    /// How soon.
    pub urgency: Option<Urgency>,
    /// Where it stands.
    pub state: State,
    /// How much, and how much of it is found.
    pub quantity: Option<QuantityView>,
    /// Since when.
    pub published: Option<TimeView>,
}

/// A place that was blurred before it came here.
#[derive(Clone, Debug)]
pub struct PlaceView {
    /// Its name.
    pub name: String,
    /// Within what of it: `3 km`.
    pub within: Option<String>,
}

impl PlaceView {
    /// The page of what else is there.
    pub fn page(&self) -> String {
        let name: String = url::form_urlencoded::byte_serialize(self.name.as_bytes()).collect();
        format!("/near?place={name}")
    }
}

/// From when until when.
#[derive(Clone, Debug)]
pub struct WindowView {
    /// From.
    pub from: Option<TimeView>,
    /// Until.
    pub until: Option<TimeView>,
}

/// How much: decimal numbers as text, since nobody computes with them here.
#[derive(Clone, Debug)]
pub struct QuantityView {
    /// How much in all.
    pub wanted: String,
    /// How much is found or given; `None` until somebody said so.
    pub found: Option<String>,
    /// Of what; empty when the things themselves are counted.
    pub unit: String,
}

impl QuantityView {
    /// `12 of 20`.
    pub fn so_far(&self, found: &str) -> Cow<'static, str> {
        words::say_with(
            "layout-of",
            &[("found", found.into()), ("wanted", self.wanted.as_str().into())],
        )
    }
}

/// A listing with everything.
#[derive(Clone, Debug)]
pub struct ListingView {
    /// What its card says too.
    pub card: ListingCard,
    /// Its text.
    pub body: SafeHtml,
    /// What it is marked with.
    pub tags: Vec<TagView>,
    /// The member who chose to sign it.
    pub signed_by: Option<ActorView>,
    /// The address for other servers' search boxes.
    pub address: String,
    /// The name of its category.
    pub category: Option<String>,
    /// What others may do with the text.
    pub licence: Option<String>,
    /// Until when it stands by itself.
    pub expires: Option<TimeView>,
    /// Last change.
    pub edited: Option<TimeView>,
    /// Pictures that come with it.
    pub pictures: Vec<PictureView>,
    /// For whom it is posted.
    pub on_behalf_of: Option<String>,
    /// Where it lives, when not here.
    pub home: Option<HomeServer>,
    /// How it stands.
    pub votes: VotesView,
    /// The page of its category.
    pub category_page: Option<String>,
    /// Where one answers it from one's own server, once it is out.
    pub interact: Option<String>,
    /// The same to be printed, once it is out.
    pub poster: Option<String>,
    /// What the viewer may do with it.
    pub actions: Vec<ListingAction>,
    /// The path the actions' forms go to: `/listings/ID`.
    pub base: String,
    /// What the viewer sees; an action on an older version is refused.
    pub version: i64,
}

/// A picture that comes with a listing.
#[derive(Clone, Debug)]
pub struct PictureView {
    /// The file, on this server.
    pub url: String,
    /// What there is to see.
    pub alt: String,
    pub width: i32,
    pub height: i32,
}

/// What a steward can do with a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListingAction {
    /// Say how much was found.
    Progress,
    /// Keep what it says as a template.
    Keep,
    /// Publish a draft.
    Publish,
    /// Call it fulfilled.
    Fulfil,
    /// Take it back.
    Withdraw,
    /// Open it again.
    Reopen,
    /// Change it.
    Edit,
    /// Delete it.
    Delete,
}

impl ListingView {
    /// What it is called where somebody links to it.
    pub fn shared_title(&self) -> String {
        format!("{}: {}", self.card.purpose.label(), self.card.title)
    }

    /// What is said of it there.
    pub fn shared_text(&self) -> &str {
        self.card.excerpt.as_deref().unwrap_or_default()
    }

    /// The picture that is shown there: its whole address, and what there is to see.
    pub fn shared_picture(&self) -> Option<(String, &str)> {
        let picture = self.pictures.first()?;
        let base = url::Url::parse(&self.address).ok().filter(|_| self.home.is_none())?;
        Some((base.join(&picture.url).ok()?.into(), &picture.alt))
    }

    /// May the viewer do this?
    pub fn may(&self, action: ListingAction) -> bool {
        self.actions.contains(&action)
    }
}

/// `/listings/ID`.
#[derive(Clone, Debug, Template)]
#[template(path = "listing.html")]
pub struct ListingPage {
    /// The frame.
    pub page: Page,
    /// The listing.
    pub listing: ListingView,
    /// How many answers everybody can read.
    pub answers: i64,
    /// What was answered, as a thread read from top to bottom.
    pub replies: Vec<ReplyView>,
    /// More of it: back to the first, on to the next.
    pub pager: Pager,
    /// How the viewer can answer.
    pub answer: AnswerView,
    /// What the viewer, a steward, can do with the thread.
    pub care: Option<ThreadCare>,
    /// The form by which the viewer can offer help, or ask for what is offered.
    pub offer: Option<OfferForm>,
    /// What the viewer has offered already.
    pub offered: Vec<AgreementView>,
    /// What was typed into the form that says how much is found.
    pub found: Option<String>,
    /// What is wrong with it.
    pub errors: FormErrors,
}

impl ListingPage {
    /// The same for search engines.
    fn json_ld(&self) -> String {
        schema_org::listing(&self.listing)
    }
}

/// `/listings`.
#[derive(Clone, Debug, Template)]
#[template(path = "listings.html")]
pub struct ListingsPage {
    /// The frame.
    pub page: Page,
    /// What was asked for.
    pub filter: ListingFilter,
    /// What was found.
    pub cards: Vec<ListingCard>,
    /// More of it.
    pub pager: Pager,
}

/// Which listings.
#[derive(Clone, Debug, Default)]
pub struct ListingFilter {
    /// Needs only, or offers only.
    pub purpose: Option<Purpose>,
    /// One kind only.
    pub kind: Option<Kind>,
    /// With these words.
    pub words: String,
    /// In this field of life only.
    pub category: Option<Category>,
    /// Marked with this only.
    pub tag: Option<TagView>,
    /// Around this place.
    pub around: Around,
    /// Of this collective only.
    pub collective: Option<ActorView>,
}

impl ListingFilter {
    /// The same as a saved search has it.
    pub fn line(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(purpose) = self.purpose {
            query.append_pair("purpose", purpose.slug());
        }
        if let Some(kind) = self.kind {
            query.append_pair("kind", kind.slug());
        }
        if let Some(tag) = self.tag.as_ref() {
            query.append_pair("tag", &tag.name);
        }
        if !self.words.is_empty() {
            query.append_pair("q", &self.words);
        }
        query.finish()
    }

    /// Is this purpose, or this kind, the one that was chosen?
    pub fn has(&self, slug: &str) -> bool {
        self.purpose.is_some_and(|word| word.is(slug))
            || self.kind.is_some_and(|word| word.is(slug))
    }

    /// Is everything shown?
    pub fn is_empty(&self) -> bool {
        self.purpose.is_none()
            && self.kind.is_none()
            && self.words.is_empty()
            && self.category.is_none()
            && self.tag.is_none()
            && !self.around.is_given()
            && self.collective.is_none()
    }
}
