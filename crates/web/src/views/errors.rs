//! When a page cannot be shown.

use std::borrow::Cow;

use askama::Template;

use crate::filters;
use crate::views::page::Page;

/// What went wrong; each has one fixed sentence in the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// 400: we do not understand.
    BadRequest,
    /// 403: the form was not ours, or is too old.
    Forged,
    /// 403: not for the viewer.
    Forbidden,
    /// 404: not here.
    NotFound,
    /// 405: here, but not in this way.
    WrongWay,
    /// 409: not as things stand now.
    Conflict,
    /// 410: was here, is deleted.
    Gone,
    /// 422: something typed cannot be.
    Unfit,
    /// 429: too much at once.
    TooMany,
    /// 500: our own fault.
    Ours,
    /// 503: our own fault, and it will pass.
    Busy,
}

/// Any page that cannot be shown.
#[derive(Clone, Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The frame.
    pub page: Page,
    /// What went wrong.
    pub trouble: Trouble,
    /// Which rule said no, as a sentence.
    pub reason: Option<String>,
    /// What was typed and could not be used, to be copied.
    pub kept: Option<String>,
}

impl Trouble {
    /// How its messages are called.
    fn name(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::Forged => "forged",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::WrongWay => "wrong-way",
            Self::Conflict => "conflict",
            Self::Gone => "gone",
            Self::Unfit => "unfit",
            Self::TooMany => "too-many",
            Self::Ours => "ours",
            Self::Busy => "busy",
        }
    }

    /// The heading: the message `error-NAME`.
    pub fn title(self) -> Cow<'static, str> {
        words::say(&format!("error-{}", self.name()))
    }

    /// The sentence below it: the message `error-NAME-why`.
    pub fn says(self) -> Cow<'static, str> {
        words::say(&format!("error-{}-why", self.name()))
    }

    /// The status code.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Forged | Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::WrongWay => 405,
            Self::Conflict => 409,
            Self::Gone => 410,
            Self::Unfit => 422,
            Self::TooMany => 429,
            Self::Ours => 500,
            Self::Busy => 503,
        }
    }
}
