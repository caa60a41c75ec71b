//! Forms kept for later.

use askama::Template;
use domain::{listings::Purpose, templates::Recurs};
use serde::Deserialize;

use crate::filters;
use crate::labels::Word;
use crate::views::actors::ActorView;
use crate::views::forms::{Choice, FormErrors};
use crate::views::page::{Page, Pager, TimeView};

/// What was typed about a template.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TemplateInput {
    /// Its name.
    pub name: String,
    /// How often; empty for never.
    pub recurs: String,
    /// On which day it is next.
    pub next_at: String,
    /// The version that was seen.
    pub version: String,
}

/// A template.
#[derive(Clone, Debug)]
pub struct TemplateView {
    /// What it is called.
    pub name: String,
    /// What its listings are.
    pub purpose: Option<Purpose>,
    /// What they are called.
    pub title: String,
    /// How often it comes again by itself.
    pub recurs: Option<Recurs>,
    /// When it is next.
    pub next: Option<TimeView>,
    /// The form of a listing, filled with it.
    pub make: String,
    /// The path its forms go to.
    pub base: String,
    /// Is it being changed?
    pub open: bool,
    /// What was typed, or what there is.
    pub input: TemplateInput,
}

/// `/c/HANDLE/templates`.
#[derive(Clone, Debug, Template)]
#[template(path = "templates.html")]
pub struct TemplatesPage {
    /// The frame.
    pub page: Page,
    /// Whose they are.
    pub collective: ActorView,
    /// May the viewer change them?
    pub speaks: bool,
    /// Is the viewer a steward?
    pub steward: bool,
    /// The newest first.
    pub templates: Vec<TemplateView>,
    /// How often one may come.
    pub every: Vec<Choice>,
    /// More of them.
    pub pager: Pager,
    /// What is wrong.
    pub errors: FormErrors,
}
