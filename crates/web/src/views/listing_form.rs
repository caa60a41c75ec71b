//! Writing a need or an offer.

use askama::Template;
use domain::{
    listings::{Category, Kind, Purpose, Terms, Urgency},
    quantity::Unit,
    text::Licence,
};
use serde::Deserialize;

use crate::filters;
use crate::html::SafeHtml;
use crate::labels::Word;
use crate::views::actors::ActorView;
use crate::views::forms::{Choice, FormErrors};
use crate::views::listings::ListingCard;
use crate::views::page::{Page, Pager};

/// What somebody typed, kept as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListingInput {
    /// The slug of the purpose.
    pub purpose: String,
    /// The slug of the kind.
    pub kind: String,
    /// The title.
    pub title: String,
    /// The text.
    pub text: String,
    /// How much.
    pub quantity: String,
    /// Of which unit.
    pub unit: String,
    /// In which category.
    pub category: String,
    /// The slug of the terms.
    pub terms: String,
    /// The name of the place.
    pub place: String,
    /// Degrees north.
    pub latitude: String,
    /// Degrees east.
    pub longitude: String,
    /// Within how many kilometres.
    pub radius: String,
    /// From which day.
    pub starts_at: String,
    /// Until which day.
    pub ends_at: String,
    /// The last day it stands.
    pub expires_at: String,
    /// The language of title and text.
    pub language: String,
    /// The slug of the urgency.
    pub urgency: String,
    /// The slug of the signature.
    pub signed_by: String,
    /// The slug of the licence.
    pub licence: String,
    /// The template it is made from, where it is made from one.
    pub template: String,
    /// The version that is being changed; empty for a new one.
    pub version: String,
}

/// `/c/HANDLE/listings/new` and `/listings/ID/edit`.
#[derive(Clone, Debug, Template)]
#[template(path = "listing_form.html")]
pub struct ListingFormPage {
    /// The frame.
    pub page: Page,
    /// Whose listing it is.
    pub collective: ActorView,
    /// Where the form goes.
    pub action: String,
    /// Where "cancel" leads.
    pub back: String,
    /// Is it out already? Then there is nothing to save as a draft.
    pub published: bool,
    /// May the viewer publish it, or only write a draft?
    pub may_publish: bool,
    /// Is an existing listing changed?
    pub editing: bool,
    /// What was typed.
    pub input: ListingInput,
    /// Languages to choose from.
    pub languages: Vec<Choice>,
    /// How it would look elsewhere, where that was asked for.
    pub preview: Option<PreviewView>,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// How a listing would look on other servers.
#[derive(Clone, Debug)]
pub struct PreviewView {
    /// On Mastodon and its kin.
    pub microblog: SafeHtml,
    /// The title on Lemmy and its kin.
    pub title: String,
    /// What stands below it there.
    pub threadiverse: SafeHtml,
}

impl ListingFormPage {
    /// Is there something to see among what most people leave as it is?
    pub fn opens_more(&self) -> bool {
        let folded = [
            "language",
            "category",
            "terms",
            "urgency",
            "starts_at",
            "ends_at",
            "expires_at",
            "latitude",
            "longitude",
            "radius",
            "signed_by",
            "licence",
        ];
        self.editing || folded.iter().any(|field| self.errors.on(field).is_some())
    }
}

/// `/listings/mine`.
#[derive(Clone, Debug, Template)]
#[template(path = "my_listings.html")]
pub struct MyListingsPage {
    /// The frame.
    pub page: Page,
    /// What is not out yet.
    pub drafts: Vec<ListingCard>,
    /// What is, or was, the newest first.
    pub cards: Vec<ListingCard>,
    /// Where the viewer may write.
    pub homes: Vec<ActorView>,
    /// Where to go on.
    pub pager: Pager,
}
