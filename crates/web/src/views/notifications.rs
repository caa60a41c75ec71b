//! What somebody is told.

use askama::Template;

use crate::filters;
use crate::views::actors::ActorView;
use crate::views::page::{Page, Pager, TimeView};

/// One of them.
#[derive(Clone, Debug)]
pub struct NotificationView {
    /// The sentence, in the language of the page.
    pub says: String,
    /// Where it is read.
    pub url: String,
    /// Who did it, or the collective that it concerns.
    pub who: Option<ActorView>,
    /// The word of its kind.
    pub kind: &'static str,
    /// Since when.
    pub since: TimeView,
    /// Is it not read yet?
    pub is_new: bool,
}

impl NotificationView {
    /// The sign that stands beside it.
    pub fn icon(&self) -> &'static str {
        match self.kind {
            "reply" | "mention" => "reply",
            "agreement_offered" | "agreement_answered" => "offer",
            "expiring" => "when",
            "found" => "sprout",
            "report" | "moderation" => "warning",
            _ => "voice",
        }
    }
}

/// `/notifications`.
#[derive(Clone, Debug, Template)]
#[template(path = "notifications.html")]
pub struct NotificationsPage {
    /// The frame.
    pub page: Page,
    /// The newest first.
    pub items: Vec<NotificationView>,
    /// How many are not read.
    pub unread: i64,
    /// The newest one there is.
    pub newest: String,
    /// Where to go on.
    pub pager: Pager,
}
