//! Why a page cannot be shown, and the status that says so.

use std::borrow::Cow;

use actix_web::{ResponseError, http::StatusCode};
use db::DbError;
use domain::{Invalid, Refusal};
use ops::OpError;
use thiserror::Error;

use crate::views::errors::Trouble;

/// Why a handler has no page to show.
#[derive(Debug, Error)]
pub(crate) enum PageError {
    #[error("the request is not understood")]
    BadRequest,
    /// Nobody is signed in, and somebody must be.
    #[error("nobody is signed in")]
    SignIn,
    /// The form was not ours, or is too old; what was typed into it is not lost.
    #[error("the form is not trusted")]
    Forged { kept: Option<String> },
    #[error("not found")]
    NotFound,
    #[error("not in this way")]
    WrongWay,
    #[error("gone")]
    Gone,
    /// So many that another try is worth it only after so many seconds.
    #[error("too many requests")]
    TooMany(i64),
    #[error(transparent)]
    Op(#[from] OpError),
    #[error("a page could not be rendered")]
    Render(#[from] askama::Error),
    #[error("{0}")]
    Ours(&'static str),
}

impl PageError {
    /// The page that says so.
    pub(crate) fn trouble(&self) -> Trouble {
        match self {
            Self::BadRequest => Trouble::BadRequest,
            Self::SignIn | Self::Forged { .. } => Trouble::Forged,
            Self::NotFound | Self::Op(OpError::NotFound(_)) => Trouble::NotFound,
            Self::WrongWay => Trouble::WrongWay,
            Self::Gone => Trouble::Gone,
            Self::TooMany(_) => Trouble::TooMany,
            Self::Op(OpError::Refused(refusal)) => refused(*refusal),
            Self::Op(OpError::Invalid(_)) => Trouble::Unfit,
            Self::Op(OpError::AlreadyDone | OpError::Storage(DbError::Taken(_))) => {
                Trouble::Conflict
            }
            Self::Op(OpError::Storage(err)) if err.is_transient() => Trouble::Busy,
            Self::Op(OpError::Storage(_)) | Self::Render(_) | Self::Ours(_) => Trouble::Ours,
        }
    }

    /// What the reader is told beyond the fixed sentence.
    pub(crate) fn reason(&self) -> Option<String> {
        match self {
            Self::Op(OpError::Refused(refusal)) => Some(no(*refusal)),
            Self::Op(OpError::Invalid(invalid)) => Some(about_field(invalid)),
            _ => None,
        }
    }

    /// What was typed and must not be lost.
    pub(crate) fn kept(&self) -> Option<String> {
        if let Self::Forged { kept } = self { kept.clone() } else { None }
    }
}

/// Who may not do it at all: 403. What cannot be done as things stand: 409.
pub(crate) fn refused(refusal: Refusal) -> Trouble {
    match refusal {
        Refusal::StewardsOnly
        | Refusal::NotAMember
        | Refusal::Suspended
        | Refusal::NotTheirsToSay
        | Refusal::NotFromHere
        | Refusal::Blocked
        | Refusal::NotAllowed
        | Refusal::AccountManagersOnly
        | Refusal::SignUpClosed
        | Refusal::InvitationNeeded
        | Refusal::NotForUs
        | Refusal::OwnDecision
        | Refusal::FollowsItself => Trouble::Forbidden,
        Refusal::NoInvitation | Refusal::NoRequest | Refusal::BadLink => Trouble::NotFound,
        Refusal::Deleted => Trouble::Gone,
        Refusal::BoardClosed
        | Refusal::LastSteward
        | Refusal::NotWaiting
        | Refusal::StillADraft
        | Refusal::AlreadyPublished
        | Refusal::Fulfilled
        | Refusal::Withdrawn
        | Refusal::Expired
        | Refusal::AlreadyOpen
        | Refusal::Stale
        | Refusal::ThreadTooDeep
        | Refusal::Locked
        | Refusal::NoLongerOpen
        | Refusal::NotEnoughLeft
        | Refusal::AlreadyAnswered
        | Refusal::AlreadyOffered
        | Refusal::TakenAlready
        | Refusal::NotAgreed
        | Refusal::TooManyOffers
        | Refusal::InvitationOnly
        | Refusal::RepliesOnly
        | Refusal::TooManyWebhooks
        | Refusal::TotpIsOff
        | Refusal::TotpIsOn
        | Refusal::SecondPerson
        | Refusal::WebhookIsOff => Trouble::Conflict,
    }
}

/// A sentence for people: our messages begin in lower case and have no full stop.
pub(crate) fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let rest = letters.as_str();
    let stop = if rest.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{first}{rest}{stop}")
}

/// How `domain` says which amounts there are; people need an example instead.
const NUMBERS: &str = "must be a number from 0 to 1000000000 with at most three decimals";

/// What is wrong with a field, as a sentence.
pub(crate) fn about_field(invalid: &Invalid) -> String {
    let problem = invalid
        .problem
        .replace("starts_at", "the first day")
        .replace(NUMBERS, "must be a number like 20 or 2.5");
    let problem = words::problem(&problem).unwrap_or(problem);
    let field = field(invalid.field);
    let said = [("field", field.as_ref().into()), ("problem", problem.as_str().into())];
    sentence(&words::say_with("error-about-field", &said))
}

/// What a field is called within a sentence: the message `field-NAME`.
fn field(name: &'static str) -> Cow<'static, str> {
    let key = format!("field-{}", name.replace('_', "-"));
    if words::knows(words::Language::English, &key) { words::say(&key) } else { name.into() }
}

/// Which rule said no, as a sentence: the message `refusal-CODE`.
pub(crate) fn no(refusal: Refusal) -> String {
    sentence(&words::say(&format!("refusal-{}", refusal.code().replace('_', "-"))))
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.trouble().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<DbError> for PageError {
    fn from(err: DbError) -> Self {
        Self::Op(err.into())
    }
}

impl From<Invalid> for PageError {
    fn from(err: Invalid) -> Self {
        Self::Op(err.into())
    }
}

impl From<Refusal> for PageError {
    fn from(err: Refusal) -> Self {
        Self::Op(err.into())
    }
}

#[cfg(test)]
mod tests {
    use domain::quantity::Amount;

    use super::*;

    #[test]
    fn only_our_own_trouble_is_five_hundred() {
        for (err, status) in [
            (PageError::NotFound, 404),
            (DbError::NotFound("row").into(), 404),
            (Refusal::NotAMember.into(), 403),
            (Refusal::Stale.into(), 409),
            (Refusal::Deleted.into(), 410),
            (Invalid::new("role", "is odd").into(), 422),
            (OpError::AlreadyDone.into(), 409),
            (DbError::Unavailable("the disk is full".to_owned()).into(), 503),
            (DbError::Schema("column x".to_owned()).into(), 500),
        ] {
            assert_eq!(err.status_code().as_u16(), status, "{err:?}");
            let ours = status >= 500;
            assert!(!ours || err.reason().is_none(), "a cause is for the log: {err:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_in_sentences() {
        let invalid = Invalid::new("ends_at", "must not be before starts_at");
        assert_eq!(about_field(&invalid), "The last day must not be before the first day.");
        let invalid = Amount::parse("quantity", "many").unwrap_err();
        assert_eq!(about_field(&invalid), "The amount must be a number like 20 or 2.5.");
        assert_eq!(sentence("élan"), "Élan.");
        assert_eq!(sentence(""), ".");
    }
}
