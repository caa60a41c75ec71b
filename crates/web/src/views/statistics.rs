//! How much a collective needed, offered, and agreed on.

use askama::Template;
use domain::listings::{Kind, Purpose};

use crate::filters;
use crate::labels::Word;
use crate::views::actors::ActorView;
use crate::views::page::Page;

/// Needs, or offers.
#[derive(Clone, Debug)]
pub struct PurposeCount {
    /// Which of them.
    pub purpose: Purpose,
    /// How many were published.
    pub all: i64,
    /// How many are open.
    pub open: i64,
    /// How many are fulfilled.
    pub fulfilled: i64,
}

/// Those of one kind.
#[derive(Clone, Debug)]
pub struct KindCount {
    /// Which.
    pub kind: Kind,
    /// Needs.
    pub needs: i64,
    /// Offers.
    pub offers: i64,
}

/// `/c/HANDLE/statistics`.
#[derive(Clone, Debug, Template)]
#[template(path = "statistics.html")]
pub struct StatisticsPage {
    /// The frame.
    pub page: Page,
    /// Whose.
    pub collective: ActorView,
    /// Needs and offers.
    pub purposes: Vec<PurposeCount>,
    /// By kind.
    pub kinds: Vec<KindCount>,
    /// Public answers.
    pub replies: i64,
    /// What was agreed on.
    pub agreed: i64,
    /// What of it is done.
    pub fulfilled: i64,
}
