//! Whom somebody does not want to hear, and whom they keep away.

use askama::Template;

use crate::filters;
use crate::views::actors::ActorView;
use crate::views::forms::FormErrors;
use crate::views::page::{Page, TimeView};

/// One of them.
#[derive(Clone, Debug)]
pub struct SilencedView {
    /// Who.
    pub actor: ActorView,
    /// Since when.
    pub since: TimeView,
    /// The path its forms go to.
    pub base: String,
}

/// `/account/blocks`.
#[derive(Clone, Debug, Template)]
#[template(path = "blocks.html")]
pub struct BlocksPage {
    /// The frame.
    pub page: Page,
    /// Who is not heard.
    pub mutes: Vec<SilencedView>,
    /// Who is kept away.
    pub blocks: Vec<SilencedView>,
    /// Who was typed.
    pub who: String,
    /// What is wrong.
    pub errors: FormErrors,
}
