//! Posts that stand under no listing.

use askama::Template;

use crate::filters;
use crate::views::feed::PostView;
use crate::views::moderation::ThreadCare;
use crate::views::page::{HomeServer, Page, Pager};
use crate::views::reactions::VotesView;
use crate::views::replies::{AnswerView, ReplyView};

/// `/replies/ID` of a post.
#[derive(Clone, Debug, Template)]
#[template(path = "post.html")]
pub struct PostPage {
    /// The frame.
    pub page: Page,
    /// The post.
    pub post: PostView,
    /// Its first words, plain, where it has no title.
    pub excerpt: String,
    /// Where it was written, when elsewhere.
    pub home: Option<HomeServer>,
    /// How it stands.
    pub votes: VotesView,
    /// How many answers everybody can read.
    pub answers: i64,
    /// What was answered, as a thread read from top to bottom.
    pub replies: Vec<ReplyView>,
    /// More of it: back to the first, on to the next.
    pub pager: Pager,
    /// How the viewer can answer.
    pub answer: AnswerView,
    /// Nobody here looks after the threads of others.
    pub care: Option<ThreadCare>,
}
