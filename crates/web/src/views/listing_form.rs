//! Writing a need or an offer.

use askama::Template;

use crate::labels::Word;
use crate::views::actors::ActorView;
use crate::views::forms::{Choice, FormErrors};
use crate::views::page::{Notice, Page};
use crate::views::words::{Kind, Licence, Purpose, Terms, Urgency};

/// What somebody typed, kept as it was typed.
#[derive(Clone, Debug, Default)]
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
    pub from: String,
    /// Until which day.
    pub until: String,
    /// The last day it stands.
    pub expires: String,
    /// The language of title and text.
    pub lang: String,
    /// The slug of the urgency.
    pub urgency: String,
    /// The slug of the signature.
    pub signed_by: String,
    /// The slug of the licence.
    pub licence: String,
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
    /// Is an existing listing changed?
    pub editing: bool,
    /// What was typed.
    pub input: ListingInput,
    /// Units to choose from.
    pub units: Vec<Choice>,
    /// Categories to choose from.
    pub categories: Vec<Choice>,
    /// Languages to choose from.
    pub languages: Vec<Choice>,
    /// What is wrong with it.
    pub errors: FormErrors,
}
