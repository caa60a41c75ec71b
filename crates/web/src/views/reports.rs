//! What is reported to moderators.

use std::borrow::Cow;

use askama::Template;

use crate::filters;
use crate::views::actors::ActorView;
use crate::views::forms::FormErrors;
use crate::views::page::{Page, Pager, TimeView};

/// `/report`.
#[derive(Clone, Debug, Template)]
#[template(path = "report.html")]
pub struct ReportPage {
    /// The frame.
    pub page: Page,
    /// The path of what is reported.
    pub about: String,
    /// Whom it is about.
    pub author: ActorView,
    /// What of theirs: an answer, a listing, or nothing but themselves.
    pub what: Cow<'static, str>,
    /// What was typed.
    pub text: String,
    /// Could their server be told?
    pub forwards: bool,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// A report that waits.
#[derive(Clone, Debug)]
pub struct ReportView {
    /// Whom it is about.
    pub about: ActorView,
    /// Where the thing is that was reported.
    pub url: String,
    /// What it is.
    pub what: Cow<'static, str>,
    /// Why.
    pub text: String,
    /// Which server reported it.
    pub server: String,
    /// How often.
    pub times: i32,
    /// When it was reported last.
    pub when: TimeView,
    /// Where the form goes that ends it.
    pub resolve: String,
    /// Where a steward acts on it, where that is possible.
    pub moderate: Option<String>,
}

/// `/c/HANDLE/reports`.
#[derive(Clone, Debug, Template)]
#[template(path = "reports.html")]
pub struct ReportsPage {
    /// The frame.
    pub page: Page,
    /// Whose threads.
    pub collective: ActorView,
    /// What waits, the newest first.
    pub reports: Vec<ReportView>,
    /// More of it.
    pub pager: Pager,
}
