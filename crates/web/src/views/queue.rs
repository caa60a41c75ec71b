//! What waits for the stewards of a collective.

use askama::Template;

use crate::filters;
use crate::views::actors::ActorView;
use crate::views::feed::PostView;
use crate::views::page::Page;

/// A post of somebody else that calls the collective.
#[derive(Clone, Debug)]
pub struct MentionView {
    /// The post.
    pub post: PostView,
    /// The path its forms go to: `/c/HANDLE/queue/mentions/ID`.
    pub base: String,
}

/// What is kept apart: too much of it came from servers that nobody knows.
#[derive(Clone, Debug)]
pub struct HeldView {
    /// How many posts.
    pub mentions: i64,
    /// Of how many servers.
    pub hosts: i64,
    /// Some of those, and how many each of them sent, the loudest first.
    pub loudest: Vec<(String, i64)>,
    /// When the last of it came: what comes later is not decided about.
    pub until: String,
    /// The path its forms go to: `/c/HANDLE/queue/held`.
    pub base: String,
    /// May the viewer suspend those servers?
    pub suspends: bool,
}

/// `/c/HANDLE/queue`: a section for each kind of thing.
#[derive(Clone, Debug, Template)]
#[template(path = "queue.html")]
pub struct QueuePage {
    /// The frame.
    pub page: Page,
    /// Whose queue it is.
    pub collective: ActorView,
    /// Posts that call it, the newest first.
    pub mentions: Vec<MentionView>,
    /// The same of limited servers.
    pub limited: Vec<MentionView>,
    /// What is kept apart.
    pub held: Option<HeldView>,
    /// Posts that it passes on, the newest first.
    pub boosted: Vec<MentionView>,
}
