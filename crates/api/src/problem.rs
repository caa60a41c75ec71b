//! What went wrong, as RFC 9457 problems: the only place that knows status codes.

use actix_web::{
    HttpResponse, HttpResponseBuilder, ResponseError,
    http::{StatusCode, header},
};
use db::DbError;
use domain::{Invalid, Refusal};
use ops::{LookupError, OpError};
use serde::Serialize;
use thiserror::Error;
use utoipa::ToSchema;

/// Why a request was not answered as asked.
#[derive(Debug, Error)]
pub(crate) enum ApiError {
    #[error(transparent)]
    Op(#[from] OpError),
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// A field of the body, by the name that the client gave it.
    #[error("{field} {problem}")]
    Field { field: String, problem: String, code: &'static str },
    #[error("{0}")]
    Query(String),
    #[error("the body could not be read")]
    Unread,
    #[error("the body is not valid JSON: {0}")]
    Malformed(String),
    #[error("the body must be sent with Content-Type: application/json")]
    MediaType,
    #[error("the body must be at most 256 KiB")]
    TooLarge,
    #[error("the file must have at most 8 MiB; make the picture smaller and send that")]
    FileTooLarge,
    #[error("the body must be sent with Content-Type: multipart/form-data")]
    NotAForm,
    #[error("the body is no whole form of parts")]
    NoWholeForm,
    #[error("this needs a token; send it as Authorization: Bearer TOKEN")]
    NoToken,
    #[error("this token is unknown, has expired, or was revoked")]
    BadToken,
    #[error("this token lacks the scope {0}")]
    MissingScope(&'static str),
    #[error("If-Match must be `*`, or tags with their quotes, as ETag shows them: \"3-00ff\"")]
    TagInvalid,
    #[error("Idempotency-Key must be one text of 1 to 255 visible characters, such as a UUID")]
    KeyInvalid,
    #[error(
        "this Idempotency-Key was used for another request; give each request a key of its own"
    )]
    KeyReused,
    #[error("the first request of this Idempotency-Key is still being done; ask again in a second")]
    UnderWay,
    #[error("too many requests; ask again in {wait} s")]
    TooMany { wait: u64 },
    #[error("{0} is gone; it was deleted")]
    Gone(&'static str),
    #[error("it has changed since you loaded it; load it again and repeat your change")]
    Changed,
    #[error("there is nothing at this address")]
    NoSuchPath,
    #[error("this address does not know that method; the Allow header names those it knows")]
    Method,
    #[error("the application lacks its data")]
    Miswired,
}

/// What went wrong, for people and programs (RFC 9457, `application/problem+json`).
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "about:blank",
    "title": "Unprocessable Entity",
    "status": 422,
    "detail": "title must be at most 120 characters; this one has 300",
    "code": "invalid",
    "field": "title",
}))]
pub(crate) struct Problem {
    /// Always `about:blank`: the code says more.
    #[schema(value_type = String)]
    pub(crate) r#type: &'static str,
    /// The name of the status.
    #[schema(value_type = String)]
    pub(crate) title: &'static str,
    /// The status of the answer.
    pub(crate) status: u16,
    /// A sentence for a person: what is wrong, and what would be right.
    pub(crate) detail: String,
    /// A name for programs, stable for ever.
    #[schema(value_type = String)]
    pub(crate) code: &'static str,
    /// The field that is wrong, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<String>,
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Op(refusal.into())
    }
}

impl From<Invalid> for ApiError {
    fn from(invalid: Invalid) -> Self {
        Self::Op(invalid.into())
    }
}

impl From<DbError> for ApiError {
    fn from(err: DbError) -> Self {
        Self::Op(err.into())
    }
}

impl ApiError {
    /// What is not there, or not there for the one who asks: both answer the same.
    pub(crate) fn not_found(what: &'static str) -> Self {
        Self::Op(OpError::NotFound(what))
    }

    /// A lost race is a failed precondition where the client named one.
    #[must_use]
    pub(crate) fn precondition(self, named: bool) -> Self {
        match self {
            Self::Op(OpError::Refused(Refusal::Stale)) if named => Self::Changed,
            other => other,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Op(err) => operation(err),
            Self::Lookup(err) => lookup(err),
            Self::Field { .. } | Self::Query(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unread
            | Self::Malformed(_)
            | Self::NoWholeForm
            | Self::KeyInvalid
            | Self::TagInvalid => StatusCode::BAD_REQUEST,
            Self::UnderWay => StatusCode::CONFLICT,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::MediaType | Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge | Self::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoToken | Self::BadToken => StatusCode::UNAUTHORIZED,
            Self::MissingScope(_) => StatusCode::FORBIDDEN,
            Self::Gone(_) => StatusCode::GONE,
            Self::Changed => StatusCode::PRECONDITION_FAILED,
            Self::NoSuchPath => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Miswired => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Op(OpError::Refused(refusal)) => refusal.code(),
            Self::Op(OpError::Invalid(_)) | Self::Query(_) => "invalid",
            Self::Op(OpError::NotFound(_)) | Self::NoSuchPath => "not_found",
            Self::Op(OpError::AlreadyDone | OpError::Storage(DbError::Taken(_))) => "already_done",
            Self::Op(OpError::Storage(err)) if err.is_transient() => "unavailable",
            Self::Op(OpError::Storage(_)) | Self::Miswired => "internal",
            Self::Lookup(err) => lookup_code(err),
            Self::Field { code, .. } => code,
            Self::Unread | Self::Malformed(_) | Self::NoWholeForm => "malformed",
            Self::MediaType | Self::NotAForm => "unsupported_media_type",
            Self::TooLarge | Self::FileTooLarge => "too_large",
            Self::KeyInvalid => "idempotency_key_invalid",
            Self::TagInvalid => "if_match_invalid",
            Self::KeyReused => "idempotency_key_reused",
            Self::UnderWay => "in_progress",
            Self::TooMany { .. } => "too_many_requests",
            Self::NoToken => "no_token",
            Self::BadToken => "invalid_token",
            Self::MissingScope(_) => "missing_scope",
            Self::Gone(_) => "gone",
            Self::Changed => "stale",
            Self::Method => "method_not_allowed",
        }
    }

    fn field(&self) -> Option<String> {
        match self {
            Self::Op(OpError::Invalid(invalid)) => Some(invalid.field.to_owned()),
            Self::Field { field, .. } => Some(field.clone()),
            _ => None,
        }
    }

    /// Our own trouble is one fixed sentence; its cause is in the log.
    fn detail(&self) -> String {
        match self.status() {
            StatusCode::INTERNAL_SERVER_ERROR => {
                "something broke on our side; it has been noted".to_owned()
            }
            StatusCode::SERVICE_UNAVAILABLE if !matches!(self, Self::Lookup(_)) => {
                "the server is busy at the moment; try again in a few seconds".to_owned()
            }
            _ => match self {
                Self::Op(OpError::Storage(_)) => "it was done already at this moment".to_owned(),
                other => other.to_string(),
            },
        }
    }

    /// After how many seconds it may go better.
    fn retry_after(&self) -> Option<u64> {
        match self {
            Self::UnderWay => Some(1),
            Self::TooMany { wait } => Some(*wait),
            _ if self.status() == StatusCode::SERVICE_UNAVAILABLE => Some(5),
            _ => None,
        }
    }

    /// How a client is told what token it needs (RFC 6750 §3).
    fn challenge(&self) -> Option<String> {
        match self {
            Self::NoToken => Some("Bearer realm=\"tequio\"".to_owned()),
            Self::BadToken => Some(format!(
                "Bearer realm=\"tequio\", error=\"invalid_token\", error_description=\"{self}\""
            )),
            Self::MissingScope(scope) => Some(format!(
                "Bearer realm=\"tequio\", error=\"insufficient_scope\", scope=\"{scope}\""
            )),
            _ => None,
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status();
        if status.is_server_error() && !matches!(self, Self::Lookup(_)) {
            let cause: &dyn std::error::Error = self;
            tracing::error!(error = cause, "a request failed: {}", chain(self));
        }
        let mut answer = HttpResponseBuilder::new(status);
        if let Some(challenge) = self.challenge() {
            answer.insert_header((header::WWW_AUTHENTICATE, challenge));
        }
        if let Some(seconds) = self.retry_after() {
            answer.insert_header((header::RETRY_AFTER, seconds));
        }
        answer.content_type("application/problem+json").json(Problem {
            r#type: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: self.detail(),
            code: self.code(),
            field: self.field(),
        })
    }
}

/// An error and what caused it, in one line.
fn chain(err: &dyn std::error::Error) -> String {
    let mut text = err.to_string();
    let mut cause = err.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}

fn operation(err: &OpError) -> StatusCode {
    match err {
        OpError::Refused(refusal) => refused(*refusal),
        OpError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        OpError::NotFound(_) => StatusCode::NOT_FOUND,
        OpError::AlreadyDone | OpError::Storage(DbError::Taken(_)) => StatusCode::CONFLICT,
        OpError::Storage(err) if err.is_transient() => StatusCode::SERVICE_UNAVAILABLE,
        OpError::Storage(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Who may not do it at all: 403. What cannot be done as things stand: 409.
fn refused(refusal: Refusal) -> StatusCode {
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
        | Refusal::FollowsItself => StatusCode::FORBIDDEN,
        Refusal::NoInvitation | Refusal::NoRequest | Refusal::BadLink => StatusCode::NOT_FOUND,
        Refusal::Deleted => StatusCode::GONE,
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
        | Refusal::WebhookIsOff => StatusCode::CONFLICT,
    }
}

fn lookup(err: &LookupError) -> StatusCode {
    match err {
        LookupError::Malformed | LookupError::Odd(_) => StatusCode::UNPROCESSABLE_ENTITY,
        LookupError::Unknown => StatusCode::NOT_FOUND,
        LookupError::Gone => StatusCode::GONE,
        LookupError::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
        LookupError::Blocked => StatusCode::FORBIDDEN,
        LookupError::Ours => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn lookup_code(err: &LookupError) -> &'static str {
    match err {
        LookupError::Malformed | LookupError::Odd(_) => "invalid",
        LookupError::Unknown => "not_found",
        LookupError::Gone => "gone",
        LookupError::Unreachable => "unreachable",
        LookupError::Blocked => "blocked",
        LookupError::Ours => "internal",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_trouble_is_told_by_one_fixed_sentence() {
        let secret = || "connection to postgres://tequio:secret@db lost".to_owned();
        for (err, status, code) in [
            (DbError::Unavailable(secret()), 503, "unavailable"),
            (DbError::Collided, 503, "unavailable"),
            (DbError::Schema(secret()), 500, "internal"),
            (DbError::Corrupt(Invalid::new("state", secret())), 500, "internal"),
            (DbError::Taken("follows_pair_key".to_owned()), 409, "already_done"),
            (DbError::NotFound("row"), 404, "not_found"),
        ] {
            let err = ApiError::from(err);
            assert_eq!((err.status().as_u16(), err.code()), (status, code));
            assert!(!err.detail().contains("secret") && !err.detail().contains("pair_key"));
            let waits = err.error_response().headers().contains_key(header::RETRY_AFTER);
            assert_eq!(waits, status == 503);
        }
    }

    #[test]
    fn who_may_not_and_what_cannot_be_are_told_apart() {
        for (refusal, status) in [
            (Refusal::NotAMember, 403),
            (Refusal::Blocked, 403),
            (Refusal::NoInvitation, 404),
            (Refusal::LastSteward, 409),
            (Refusal::Expired, 409),
            (Refusal::Stale, 409),
            (Refusal::Deleted, 410),
        ] {
            let err = ApiError::from(refusal);
            assert_eq!((err.status().as_u16(), err.code()), (status, refusal.code()));
        }
        let stale = || ApiError::from(Refusal::Stale);
        assert_eq!(stale().precondition(true).status().as_u16(), 412);
        assert_eq!(stale().precondition(false).status().as_u16(), 409);
    }
}
