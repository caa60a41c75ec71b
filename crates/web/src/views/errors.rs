//! When a page cannot be shown.

use askama::Template;

use crate::views::page::{Notice, Page};

/// What went wrong; each has one fixed sentence in the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// 400: we do not understand.
    BadRequest,
    /// 403: not for the viewer.
    Forbidden,
    /// 404: not here.
    NotFound,
    /// 409: somebody was faster.
    Conflict,
    /// 410: was here, is deleted.
    Gone,
    /// 422: a rule says no.
    Refused,
    /// 429: too much at once.
    TooMany,
    /// 500: our own fault.
    Ours,
}

/// Any page that cannot be shown.
#[derive(Clone, Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The frame.
    pub page: Page,
    /// What went wrong.
    pub trouble: Trouble,
    /// Which rule said no, as a sentence; for [`Trouble::Refused`].
    pub reason: Option<String>,
}

impl Trouble {
    /// The status code.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Gone => 410,
            Self::Refused => 422,
            Self::TooMany => 429,
            Self::Ours => 500,
        }
    }
}
