//! Signing in.

use askama::Template;

use crate::views::forms::FormErrors;
use crate::views::page::{Notice, Page};

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
