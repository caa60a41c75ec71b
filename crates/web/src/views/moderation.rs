//! What stewards do in their collective.

use std::borrow::Cow;

use askama::Template;

use crate::filters;
use crate::html::SafeHtml;
use crate::views::actors::ActorView;
use crate::views::page::{Page, Pager, TimeView};

/// What a steward can do with a listing's thread.
#[derive(Clone, Debug)]
pub struct ThreadCare {
    /// Does it take no more answers?
    pub locked: bool,
    /// Where the form goes that changes it.
    pub action: String,
}

/// `/replies/ID/moderate`.
#[derive(Clone, Debug, Template)]
#[template(path = "moderate.html")]
pub struct ModeratePage {
    /// The frame.
    pub page: Page,
    /// In whose thread.
    pub collective: ActorView,
    /// Who wrote it.
    pub author: ActorView,
    /// What it says.
    pub body: SafeHtml,
    /// What its author warns of.
    pub warning: Option<String>,
    /// Its place in the thread.
    pub back: String,
    /// Its path: `/replies/ID`.
    pub base: String,
    /// Is it hidden?
    pub hidden: bool,
    /// Where the form goes that shuts its author out; `None` for the collective's own voice and its members.
    pub block: Option<BlockForm>,
}

/// The form that shuts somebody out, or lets them in again.
#[derive(Clone, Debug)]
pub struct BlockForm {
    /// Where it goes.
    pub action: String,
    /// Whom: their id.
    pub actor: String,
    /// Are they shut out?
    pub blocked: bool,
}

/// Something the stewards did.
#[derive(Clone, Debug)]
pub struct ActView {
    /// What, as a sentence.
    pub says: Cow<'static, str>,
    /// To whom or what; empty when that is not public.
    pub target: String,
    /// Its page, where it is an address of the web.
    pub address: Option<String>,
    /// Why.
    pub reason: String,
    /// When.
    pub when: TimeView,
}

/// `/c/HANDLE/log`.
#[derive(Clone, Debug, Template)]
#[template(path = "log.html")]
pub struct LogPage {
    /// The frame.
    pub page: Page,
    /// Whose.
    pub collective: ActorView,
    /// Is the viewer one of its stewards?
    pub steward: bool,
    /// Can everybody read it?
    pub public: bool,
    /// What was done, the newest first.
    pub acts: Vec<ActView>,
    /// More of it.
    pub pager: Pager,
}
