//! Asking to join a collective.

use askama::Template;

use crate::filters;
use crate::views::actors::ActorView;
use crate::views::forms::FormErrors;
use crate::views::page::{Page, TimeView};

/// Somebody who asks.
#[derive(Clone, Debug)]
pub struct JoinRequestView {
    /// Who.
    pub person: ActorView,
    /// Each question with its answer.
    pub answers: Vec<(String, String)>,
    /// Since when.
    pub since: TimeView,
    /// The path its forms go to.
    pub base: String,
}

/// What stewards choose.
#[derive(Clone, Debug, Default)]
pub struct JoiningInput {
    /// The word of the policy.
    pub policy: String,
    /// A question a line.
    pub questions: String,
}

/// `/c/HANDLE/joining`.
#[derive(Clone, Debug, Template)]
#[template(path = "joining.html")]
#[expect(clippy::struct_excessive_bools, reason = "each is a question the template asks")]
pub struct JoiningPage {
    /// The frame.
    pub page: Page,
    /// Whose it is.
    pub collective: ActorView,
    /// May anybody ask?
    pub open: bool,
    /// Each question, with what was typed.
    pub asks: Vec<(String, String)>,
    /// Does the viewer answer?
    pub steward: bool,
    /// Do they belong already?
    pub belongs: bool,
    /// Have they asked?
    pub asked: bool,
    /// Who asks.
    pub requests: Vec<JoinRequestView>,
    /// What stewards chose.
    pub input: JoiningInput,
    /// The path of the page.
    pub base: String,
    /// What is wrong.
    pub errors: FormErrors,
}
