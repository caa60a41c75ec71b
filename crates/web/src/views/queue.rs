//! What waits for the stewards of a collective.

use askama::Template;

use crate::views::actors::ActorView;
use crate::views::feed::PostView;
use crate::views::page::{Notice, Page};

/// A post of somebody else that calls the collective.
#[derive(Clone, Debug)]
pub struct MentionView {
    /// The post.
    pub post: PostView,
    /// The path its forms go to: `/c/HANDLE/queue/mentions/ID`.
    pub base: String,
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
    /// Posts that it passes on, the newest first.
    pub boosted: Vec<MentionView>,
}
