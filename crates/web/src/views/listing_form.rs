//! Writing a need or an offer.

use askama::Template;
use domain::{
    listings::{Category, Kind, Purpose, Terms, Urgency},
    quantity::Unit,
    text::Licence,
};
use serde::Deserialize;

use crate::filters;
use crate::labels::Word;
use crate::views::actors::ActorView;
use crate::views::forms::{Choice, FormErrors};
use crate::views::page::Page;

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
    /// What is wrong with it.
    pub errors: FormErrors,
}
