//! What an app may do for somebody.

use askama::Template;

use crate::filters;
use crate::views::page::Page;

/// `/oauth/authorize`: an app asks for consent.
#[derive(Clone, Debug, Template)]
#[template(path = "consent.html")]
pub struct ConsentPage {
    /// The frame.
    pub page: Page,
    /// What the app calls itself.
    pub app: String,
    /// An https address that it says is its own.
    pub website: Option<String>,
    /// For whom it wants to act.
    pub person: String,
    /// Their handle, without @ and host.
    pub handle: String,
    /// What it wants to do, each beginning with a verb.
    pub may: Vec<String>,
    /// The host, or the program, that the browser is sent to afterwards; empty where a code is shown.
    pub goes_to: String,
    /// What the app asked, name and value, carried along in the form.
    pub hidden: Vec<(String, String)>,
}

/// The code, for somebody who carries it to the app by hand.
#[derive(Clone, Debug, Template)]
#[template(path = "consent_code.html")]
pub struct CodePage {
    /// The frame.
    pub page: Page,
    /// What the app calls itself.
    pub app: String,
    /// The code.
    pub code: String,
}

/// An app asked for what cannot be, and must not be told.
#[derive(Clone, Debug, Template)]
#[template(path = "consent_trouble.html")]
pub struct OAuthTroublePage {
    /// The frame.
    pub page: Page,
    /// One sentence.
    pub told: String,
}
