//! Signing in, and getting an account.

use std::fmt;

use askama::Template;
use serde::Deserialize;

use crate::filters;
use crate::views::forms::FormErrors;
use crate::views::page::Page;

/// `/login`.
#[derive(Clone, Debug, Template)]
#[template(path = "login.html")]
pub struct LoginPage {
    /// The frame.
    pub page: Page,
    /// The handle or address that was typed.
    pub login: String,
    /// Where to go afterwards: a path on this server.
    pub next: String,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// What somebody typed who asks for an account.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct JoinInput {
    /// The handle.
    pub handle: String,
    /// The name.
    pub name: String,
    /// The address; it is shown to them alone.
    pub email: String,
    /// The password, which is never shown again.
    pub password: String,
    /// The collective that is to look after the account.
    pub collective: String,
    /// The word of an invitation.
    pub invitation: String,
    /// Why they come.
    pub application: String,
    /// `yes`: they agree to the rules.
    pub agreement: String,
}

impl fmt::Debug for JoinInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JoinInput(…)")
    }
}

/// `/join`.
#[derive(Clone, Debug, Template)]
#[template(path = "join.html")]
pub struct JoinPage {
    /// The frame.
    pub page: Page,
    /// Is nobody let in at the moment?
    pub closed: bool,
    /// Is nobody let in without an invitation?
    pub invitation_needed: bool,
    /// Does the invitation that was brought work?
    pub invited: bool,
    /// The name of the collective that invites.
    pub host: Option<String>,
    /// What was typed.
    pub input: JoinInput,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// `/account/confirm`.
#[derive(Clone, Debug, Template)]
#[template(path = "confirm.html")]
pub struct ConfirmPage {
    /// The frame.
    pub page: Page,
    /// The word of the link.
    pub token: String,
    /// Why it does not work.
    pub errors: FormErrors,
}

/// `/account/reset`: where to send a link.
#[derive(Clone, Debug, Template)]
#[template(path = "reset.html")]
pub struct ResetPage {
    /// The frame.
    pub page: Page,
    /// The address that was typed.
    pub email: String,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// `/account/reset?token=`: where the link leads.
#[derive(Clone, Debug, Template)]
#[template(path = "new_password.html")]
pub struct NewPasswordPage {
    /// The frame.
    pub page: Page,
    /// The word of the link.
    pub token: String,
    /// What is wrong.
    pub errors: FormErrors,
}
