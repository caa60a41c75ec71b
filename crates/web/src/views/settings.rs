//! What somebody chooses for their account.

use askama::Template;
use domain::letters::{Digest, Stop};
use serde::Deserialize;
use words::Language;

use crate::filters;
use crate::labels::Word;
use crate::views::forms::FormErrors;
use crate::views::page::Page;

/// What was chosen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SettingsInput {
    /// The tag of the language.
    pub locale: String,
    /// The word of how often.
    pub digest: String,
    /// `yes`, or nothing.
    pub letters: String,
}

/// `/account/settings`.
#[derive(Clone, Debug, Template)]
#[template(path = "settings.html")]
pub struct SettingsPage {
    /// The frame.
    pub page: Page,
    /// What was chosen.
    pub input: SettingsInput,
    /// What is wrong.
    pub errors: FormErrors,
}

/// `/letters/WORD/WHICH`: where the link of a letter leads.
#[derive(Clone, Debug, Template)]
#[template(path = "stop_letters.html")]
pub struct StopLettersPage {
    /// The frame.
    pub page: Page,
    /// Which letters.
    pub stop: Stop,
    /// The word of the link.
    pub word: String,
    /// Have they been stopped just now?
    pub done: bool,
}
