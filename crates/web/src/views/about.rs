//! About this server.

use askama::Template;

use crate::filters;
use crate::html::SafeHtml;
use crate::views::page::Page;

/// `/about`.
#[derive(Clone, Debug, Template)]
#[template(path = "about.html")]
pub struct AboutPage {
    /// The frame.
    pub page: Page,
    /// What its keepers say about it.
    pub description: SafeHtml,
    /// What one agrees to here; nothing where its keepers have said nothing.
    pub rules: SafeHtml,
    /// What its keepers promise about data, beside what the software promises.
    pub promises: SafeHtml,
    /// How to reach them: a mail address.
    pub contact: Option<String>,
    /// Collectives here.
    pub collectives: i64,
    /// Needs and offers posted here.
    pub listings: i64,
}
