//! One's own account: address, password, sessions, two steps, and its end.

use askama::Template;

use crate::filters;
use crate::views::forms::FormErrors;
use crate::views::page::{Page, TimeView};

/// `/account`.
#[derive(Clone, Debug, Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    /// The frame.
    pub page: Page,
    /// The whole handle.
    pub handle: String,
    /// Where letters go; nobody else is shown it.
    pub email: Option<String>,
    /// Does signing in take a code?
    pub two_steps: bool,
}

/// `/account/email`.
#[derive(Clone, Debug, Template)]
#[template(path = "email.html")]
pub struct EmailPage {
    /// The frame.
    pub page: Page,
    /// Where letters go now.
    pub now: Option<String>,
    /// The address that was typed.
    pub email: String,
    /// What is wrong.
    pub errors: FormErrors,
}

/// `/account/email?token=`: where the links lead.
#[derive(Clone, Debug, Template)]
#[template(path = "email_link.html")]
pub struct EmailLinkPage {
    /// The frame.
    pub page: Page,
    /// The word of the link.
    pub token: String,
    /// Why it does not work.
    pub errors: FormErrors,
}

/// `/account/password`.
#[derive(Clone, Debug, Template)]
#[template(path = "password.html")]
pub struct PasswordPage {
    /// The frame.
    pub page: Page,
    /// What is wrong.
    pub errors: FormErrors,
}

/// `/account/delete`.
#[derive(Clone, Debug, Template)]
#[template(path = "delete_account.html")]
pub struct DeleteAccountPage {
    /// The frame.
    pub page: Page,
    /// The whole handle.
    pub handle: String,
    /// Is a code asked for?
    pub two_steps: bool,
    /// What is wrong.
    pub errors: FormErrors,
}

/// A browser that somebody is signed in with.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// What it says of itself.
    pub name: String,
    /// Since when.
    pub since: TimeView,
    /// When it was used last, to the hour.
    pub used: Option<TimeView>,
    /// Is it this one?
    pub this: bool,
    /// Where the button leads that ends it.
    pub end: String,
}

/// An app that somebody allowed to act for them, or a token they made.
#[derive(Clone, Debug)]
pub struct TokenView {
    /// What it is for.
    pub name: String,
    /// Was it given to an app?
    pub app: bool,
    /// What it may do.
    pub may: Vec<String>,
    /// Since when.
    pub since: TimeView,
    /// When it was used last, to the hour.
    pub used: Option<TimeView>,
    /// Where the button leads that ends it.
    pub end: String,
}

/// `/account/security`.
#[derive(Clone, Debug, Template)]
#[template(path = "security.html")]
pub struct SecurityPage {
    /// The frame.
    pub page: Page,
    /// Does signing in take a code?
    pub two_steps: bool,
    /// The newest first.
    pub sessions: Vec<SessionView>,
    /// The newest first.
    pub tokens: Vec<TokenView>,
}

/// A QR code as one path.
#[derive(Clone, Debug)]
pub struct QrView {
    /// How many modules it is wide, with the quiet zone around it.
    pub size: usize,
    /// The dark modules.
    pub path: String,
}

/// What an app on a phone is told.
#[derive(Clone, Debug)]
pub struct OfferView {
    /// The secret in groups of four.
    pub secret: String,
    /// The link.
    pub uri: String,
    /// The same as a picture.
    pub qr: Option<QrView>,
}

/// `/account/two-steps`.
#[derive(Clone, Debug, Template)]
#[template(path = "two_steps.html")]
pub struct TwoStepsPage {
    /// The frame.
    pub page: Page,
    /// Since when it is on.
    pub since: Option<TimeView>,
    /// How many recovery codes are left.
    pub left: i64,
    /// What the app is to be told now.
    pub offer: Option<OfferView>,
    /// Recovery codes, shown only now.
    pub codes: Vec<String>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// `/login/code`: the second step of signing in.
#[derive(Clone, Debug, Template)]
#[template(path = "login_code.html")]
pub struct LoginCodePage {
    /// The frame.
    pub page: Page,
    /// The word that says that the password was right.
    pub ticket: String,
    /// Where to go afterwards: a path on this server.
    pub next: String,
    /// What is wrong.
    pub errors: FormErrors,
}
