//! What is offered in answer to a listing, and what is said to that.

use askama::Template;
use domain::{agreements::AgreementState, listings::Purpose};
use serde::Deserialize;

use crate::filters;
use crate::labels::Word;
use crate::views::actors::ActorView;
use crate::views::forms::FormErrors;
use crate::views::page::{Page, Pager, TimeView};

/// An agreement, as one of its two sides sees it.
#[derive(Clone, Debug)]
pub struct AgreementView {
    /// The page of the listing that it answers.
    pub listing: String,
    /// Its title.
    pub title: String,
    /// The language of the title.
    pub lang: String,
    /// Need or offer.
    pub purpose: Purpose,
    /// The other side: who offers, or whose listing it is.
    pub who: ActorView,
    /// How much of it: `8 of 20 hours`.
    pub amount: Option<String>,
    /// How much is still open, where that is not all: `12`.
    pub left: Option<String>,
    /// How much is given in return, where the terms ask for that: `2 hours`.
    pub in_return: Option<String>,
    /// What was said with it; plain text.
    pub text: String,
    /// Where it stands.
    pub state: AgreementState,
    /// Why it was turned down; plain text.
    pub reason: String,
    /// Since when.
    pub since: TimeView,
    /// Where the forms about it go: `/agreements/ID`.
    pub base: String,
    /// What the viewer can do with it.
    pub can: AgreementAction,
}

/// What somebody can do with an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgreementAction {
    /// Say yes or no.
    Answer,
    /// Take it back.
    Withdraw,
    /// Say that what was agreed on was handed over or done.
    Fulfil,
    /// Only read it.
    Nothing,
}

/// What was typed to offer something.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OfferInput {
    /// How much.
    pub quantity: String,
    /// What goes with it.
    pub message: String,
}

/// The form by which somebody offers help, or asks for what is offered.
#[derive(Clone, Debug)]
pub struct OfferForm {
    /// Where it goes.
    pub action: String,
    /// How much is left and of what, where the listing says how much there is: `12 hours`.
    pub left: Option<String>,
    /// What was typed.
    pub input: OfferInput,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// `/c/HANDLE/agreements`.
#[derive(Clone, Debug, Template)]
#[template(path = "agreements.html")]
pub struct AgreementsPage {
    /// The frame.
    pub page: Page,
    /// Whose stewards answer; `None` on the page of what the viewer has offered.
    pub collective: Option<ActorView>,
    /// Is the viewer one of its stewards?
    pub steward: bool,
    /// Its path.
    pub base: String,
    /// What waits for an answer.
    pub waiting: Vec<AgreementView>,
    /// What was answered or taken back.
    pub past: Vec<AgreementView>,
    /// More of that.
    pub pager: Pager,
    /// Why an answer could not be given.
    pub errors: FormErrors,
}
