//! Accounts, for those who look after them.

use std::borrow::Cow;

use askama::Template;
use serde::Deserialize;

use crate::filters;
use crate::views::actors::ActorView;
use crate::views::admin::Room;
use crate::views::forms::FormErrors;
use crate::views::page::{Page, Pager, TimeView};

/// An account; its address is shown to nobody.
#[derive(Clone, Debug)]
pub struct AccountView {
    /// Whose.
    pub person: ActorView,
    /// What they wrote when they asked for it.
    pub application: String,
    /// Since when it is there.
    pub since: TimeView,
    /// Is it shut out?
    pub suspended: bool,
    /// Can its person be seen by all?
    pub visible: bool,
    /// Who looks after it, where all accounts are listed.
    pub sponsor: Option<String>,
    /// The path its forms go to: `/c/HANDLE/accounts/ID`; none about oneself.
    pub base: Option<String>,
}

/// An invitation; its word was shown once, when it was made.
#[derive(Clone, Debug)]
pub struct AccountInvitationView {
    /// For whom it is.
    pub note: String,
    /// How many may still come with it.
    pub uses_left: i32,
    /// Until when.
    pub until: TimeView,
    /// Where the form goes that takes it back.
    pub revoke: String,
}

/// A list of accounts one can look at.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its path.
    pub url: String,
    /// What people read.
    pub label: Cow<'static, str>,
    /// Is it the one that is shown?
    pub here: bool,
}

/// What was typed to invite somebody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct InviteInput {
    /// For whom it is.
    pub note: String,
    /// How many may come.
    pub uses: String,
    /// For how many days.
    pub days: String,
}

/// What was typed to make an account for somebody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MakeInput {
    /// Their handle.
    pub handle: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// `/c/HANDLE/accounts`, and `/admin/accounts`.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts.html")]
pub struct AccountsPage {
    /// The frame.
    pub page: Page,
    /// The console, where all are listed.
    pub room: Option<Room>,
    /// Does it take two to suspend somebody here?
    pub two: bool,
    /// Who looks after them; nobody where all are listed, for those who run the instance.
    pub collective: Option<ActorView>,
    /// `/c/HANDLE`, or `/admin`.
    pub base: String,
    /// Is the viewer a steward?
    pub steward: bool,
    /// The lists.
    pub tabs: Vec<Tab>,
    /// What the list is called that is shown.
    pub title: Cow<'static, str>,
    /// Those who ask to come in.
    pub waiting: Vec<AccountView>,
    /// Members whom no collective looks after any more.
    pub unsponsored: Vec<AccountView>,
    /// The accounts.
    pub accounts: Vec<AccountView>,
    /// More of them.
    pub pager: Pager,
    /// The address to hand over, when an invitation was just made.
    pub link: Option<String>,
    /// Invitations that still work.
    pub invitations: Vec<AccountInvitationView>,
    /// What was typed to invite.
    pub invite: InviteInput,
    /// What was typed to make an account.
    pub make: MakeInput,
    /// What is wrong with it.
    pub errors: FormErrors,
}
