//! What the sender of an activity is told. The only place of federation that knows status codes.

use activitypub_federation::error::Error as ProtocolError;
use actix_web::{HttpResponse, ResponseError, http::StatusCode, http::header};
use apub::Malformed;
use domain::Refusal;
use ops::OpError;
use serde_json::json;
use thiserror::Error;

use crate::{fetch::FetchError, signature::SignatureError};

/// Why an activity was not taken, or could not be processed.
#[derive(Debug, Error)]
pub enum InboxError {
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error("value out of range: {0}")]
    Invalid(#[from] domain::Invalid),
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// The signature is good, but not of the one who speaks.
    #[error("the key does not belong to the actor")]
    NotTheirKey,
    #[error("not theirs to say: {0}")]
    Origin(&'static str),
    #[error("blocked here")]
    Blocked,
    #[error("body larger than 1 MiB")]
    TooLarge,
    #[error("content type must be application/activity+json")]
    ContentType,
    #[error("this server is not {0}")]
    Misdirected(String),
    /// Nothing here is concerned; told to nobody, kept for the console.
    #[error("{0}")]
    Ignored(String),
    #[error("the peer could not be asked: {0}")]
    Fetch(#[from] FetchError),
    #[error(transparent)]
    Op(#[from] OpError),
    #[error("{0} not found")]
    NotFound(&'static str),
    #[error("storage failed: {0}")]
    Db(#[source] db::DbError),
    #[error("too much is waiting; try again later")]
    Busy,
    #[error("too many activities of this server; try again later")]
    TooFast,
    #[error("{0}")]
    Broken(String),
}

impl From<db::DbError> for InboxError {
    fn from(err: db::DbError) -> Self {
        match err {
            db::DbError::NotFound(what) => Self::NotFound(what),
            err => Self::Db(err),
        }
    }
}

impl From<ProtocolError> for InboxError {
    fn from(err: ProtocolError) -> Self {
        Self::Broken(err.to_string())
    }
}

impl InboxError {
    /// A name for logs and the console.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::Invalid(_) => "invalid",
            Self::Signature(err) => err.code(),
            Self::NotTheirKey => "not_their_key",
            Self::Origin(_) => "origin",
            Self::Blocked => "blocked",
            Self::TooLarge => "too_large",
            Self::ContentType => "content_type",
            Self::Misdirected(_) => "misdirected",
            Self::Ignored(_) => "ignored",
            Self::Fetch(err) => err.code(),
            Self::Op(OpError::Refused(refusal)) => refusal.code(),
            Self::Op(OpError::AlreadyDone) => "duplicate",
            Self::NotFound(_) | Self::Op(OpError::NotFound(_)) => "not_found",
            Self::Op(_) => "op",
            Self::Db(_) => "db",
            Self::Busy => "busy",
            Self::TooFast => "too_fast",
            Self::Broken(_) => "broken",
        }
    }

    /// May processing it again later succeed?
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Fetch(err) => err.is_transient(),
            Self::Db(err) | Self::Op(OpError::Storage(err)) => err.is_transient(),
            Self::Busy => true,
            _ => false,
        }
    }
}

impl ResponseError for InboxError {
    /// 2xx and 4xx end the matter; 503 asks the sender to try again. There is no 500: what is broken
    /// here may be mended here.
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Malformed(_) | Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::Signature(err) => {
                StatusCode::from_u16(err.status()).unwrap_or(StatusCode::UNAUTHORIZED)
            }
            Self::NotTheirKey => StatusCode::UNAUTHORIZED,
            Self::Origin(_) | Self::Blocked => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooFast => StatusCode::TOO_MANY_REQUESTS,
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Misdirected(_) => StatusCode::MISDIRECTED_REQUEST,
            Self::Ignored(_) | Self::Op(OpError::AlreadyDone) => StatusCode::ACCEPTED,
            Self::Op(OpError::Refused(Refusal::Deleted)) => StatusCode::GONE,
            Self::Op(OpError::Refused(_)) => StatusCode::FORBIDDEN,
            Self::Op(OpError::Invalid(_)) => StatusCode::BAD_REQUEST,
            Self::Op(OpError::NotFound(_)) | Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Fetch(_)
            | Self::Op(OpError::Storage(_))
            | Self::Db(_)
            | Self::Busy
            | Self::Broken(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            let cause: &dyn std::error::Error = self;
            tracing::error!(error = cause, code = self.code(), "a request of a peer failed");
            return HttpResponse::build(status)
                .insert_header((header::CACHE_CONTROL, "no-store"))
                .insert_header((header::RETRY_AFTER, "60"))
                .json(json!({ "error": "not possible at the moment; try again" }));
        }
        let mut answer = HttpResponse::build(status);
        if status == StatusCode::TOO_MANY_REQUESTS {
            answer.insert_header((header::RETRY_AFTER, "60"));
        }
        // The same address is a page for others, and what is missing now may be there in a minute.
        answer
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::VARY, "Accept"))
            .json(json!({ "error": self.to_string(), "code": self.code() }))
    }
}
