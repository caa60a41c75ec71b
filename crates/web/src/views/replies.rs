//! What people answer.

use std::borrow::Cow;

use crate::html::SafeHtml;
use crate::views::actors::ActorView;
use crate::views::forms::FormErrors;
use crate::views::page::TimeView;
use crate::views::reactions::VotesView;

/// Deeper answers are not moved further in: phones are narrow.
pub const MAX_INDENT: u8 = 4;

/// An answer in a thread.
#[derive(Clone, Debug)]
pub struct ReplyView {
    /// Its anchor on the page.
    pub anchor: String,
    /// Who said it; nobody when it was deleted.
    pub author: Option<ActorView>,
    /// Is it hidden from everybody but its author and those who speak for the collective?
    pub private: bool,
    /// Does the listing's own collective speak?
    pub own_voice: bool,
    /// How deep in the thread.
    pub depth: u8,
    /// Whom it answers, when not the listing itself: name and anchor.
    pub answers: Option<(String, String)>,
    /// What it says; `None` when it was deleted.
    pub body: Option<SafeHtml>,
    /// What its author warns of: it is folded below that.
    pub warning: Option<String>,
    /// Did stewards take it out of the thread?
    pub hidden: bool,
    /// Its language.
    pub lang: String,
    /// When.
    pub published: TimeView,
    /// Was it changed?
    pub edited: Option<TimeView>,
    /// Where it was written, when elsewhere.
    pub original: Option<String>,
    /// The link to answer it, when the viewer can.
    pub answer_url: Option<String>,
    /// The form that deletes it, when the viewer may.
    pub delete_action: Option<String>,
    /// How it stands.
    pub votes: VotesView,
}

impl ReplyView {
    /// Its own path: `/replies/ID`.
    pub fn path(&self) -> String {
        format!("/replies/{}", self.anchor.trim_start_matches("reply-"))
    }

    /// How far it is moved in.
    pub fn indent(&self) -> u8 {
        self.depth.min(MAX_INDENT)
    }
}

/// How the viewer can answer.
#[derive(Clone, Debug)]
pub enum AnswerView {
    /// With the form.
    Form(AnswerForm),
    /// From their own server.
    Stranger {
        /// The address they type there.
        address: String,
        /// The page here.
        page: String,
    },
    /// Not before the listing is published.
    NotYet,
    /// Not any more: the thread is locked.
    Locked,
}

impl AnswerView {
    /// Where one answers from one's own server.
    pub fn interact(&self) -> String {
        match self {
            Self::Stranger { address, .. } => crate::interact::address(address),
            Self::Form(_) | Self::NotYet | Self::Locked => String::new(),
        }
    }
}

/// The form below a thread.
#[derive(Clone, Debug)]
pub struct AnswerForm {
    /// Where it goes.
    pub action: String,
    /// What was typed.
    pub text: String,
    /// Which answer this one answers: name and id.
    pub to: Option<(String, String)>,
    /// Who will be able to read it.
    pub readers: Cow<'static, str>,
    /// The collective whose voice the viewer may use.
    pub voice: Option<String>,
    /// Is the voice chosen?
    pub as_voice: bool,
    /// What is wrong with it.
    pub errors: FormErrors,
}
