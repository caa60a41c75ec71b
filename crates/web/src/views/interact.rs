//! Following and answering from one's own server.

use askama::Template;

use crate::filters;
use crate::views::collectives::CollectiveCard;
use crate::views::forms::FormErrors;
use crate::views::page::Page;

/// What is to be followed or answered.
#[derive(Clone, Debug)]
pub struct AboutView {
    /// Its name or title.
    pub name: String,
    /// Its page here.
    pub url: String,
    /// What other servers know it by.
    pub address: String,
    /// What people type into a search box: the handle, or the address again.
    pub handle: String,
    /// Is it followed? It is answered otherwise.
    pub follow: bool,
}

/// Where it goes on.
#[derive(Clone, Debug)]
pub struct Onward {
    /// The host of their server.
    pub host: String,
    /// The page there.
    pub url: String,
    /// Does the server say that its people do it there? It is its search otherwise.
    pub sure: bool,
}

/// `/interact`.
#[derive(Clone, Debug, Template)]
#[template(path = "interact.html")]
pub struct InteractPage {
    /// The frame.
    pub page: Page,
    /// The word of the form.
    pub word: String,
    /// What it is about; `None` where that is not chosen yet.
    pub about: Option<AboutView>,
    /// What was typed: `@you@your.server`.
    pub handle: String,
    /// What is wrong with it.
    pub errors: FormErrors,
    /// Where it goes on, when the server was asked.
    pub onward: Option<Onward>,
    /// Some of whom one could follow, where nothing was chosen.
    pub some: Vec<CollectiveCard>,
}
