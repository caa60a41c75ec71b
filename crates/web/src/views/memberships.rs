//! Who belongs to a collective, and who asks to.

use askama::Template;
use domain::memberships::Role;
use serde::Deserialize;

use crate::filters;
use crate::labels::Word;
use crate::views::actors::ActorView;
use crate::views::forms::FormErrors;
use crate::views::page::{Page, TimeView};

/// Somebody in a collective.
#[derive(Clone, Debug)]
pub struct MemberView {
    /// Who.
    pub person: ActorView,
    /// As what.
    pub role: Role,
    /// Since when.
    pub since: TimeView,
    /// Invited, not answered yet?
    pub invited: bool,
    /// Is it the viewer?
    pub me: bool,
    /// Where the forms about them go; `None` when the viewer may change nothing.
    pub base: Option<String>,
    /// May the viewer give them another role?
    pub role_changes: bool,
}

/// Somebody who asks to follow.
#[derive(Clone, Debug)]
pub struct FollowRequestView {
    /// Who.
    pub actor: ActorView,
    /// Since when.
    pub since: TimeView,
    /// Where both answers go.
    pub base: String,
}

/// An invitation to me.
#[derive(Clone, Debug)]
pub struct InvitationView {
    /// Into what.
    pub collective: ActorView,
    /// As what.
    pub role: Role,
    /// Since when.
    pub since: TimeView,
    /// Where both answers go.
    pub base: String,
}

/// What was typed to invite somebody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct InviteInput {
    /// The handle.
    pub handle: String,
    /// The slug of the role.
    pub role: String,
}

/// `/c/HANDLE/members`.
#[derive(Clone, Debug, Template)]
#[template(path = "members.html")]
pub struct MembersPage {
    /// The frame.
    pub page: Page,
    /// Whose members.
    pub collective: ActorView,
    /// Its path: `/c/HANDLE`.
    pub base: String,
    /// Is the viewer a steward?
    pub steward: bool,
    /// Who belongs.
    pub members: Vec<MemberView>,
    /// Who asks to follow.
    pub requests: Vec<FollowRequestView>,
    /// What was typed into the invite form.
    pub invite: InviteInput,
    /// What is wrong with it.
    pub errors: FormErrors,
}
