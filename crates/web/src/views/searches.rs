//! What somebody looks for again and again.

use askama::Template;

use crate::filters;
use crate::views::forms::FormErrors;
use crate::views::page::Page;

/// One of them.
#[derive(Clone, Debug)]
pub struct SearchView {
    /// As its owner calls it.
    pub name: String,
    /// What it finds now.
    pub url: String,
    /// Are they told of what is new?
    pub notify: bool,
    /// The path its forms go to.
    pub base: String,
}

/// `/searches`.
#[derive(Clone, Debug, Template)]
#[template(path = "searches.html")]
pub struct SearchesPage {
    /// The frame.
    pub page: Page,
    /// The newest first.
    pub searches: Vec<SearchView>,
    /// Why one could not be kept.
    pub errors: FormErrors,
}
