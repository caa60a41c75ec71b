//! What goes wrong in OAuth, in OAuth's own words (RFC 6749 §5.2, RFC 7591 §3.2.2).

use actix_web::{
    HttpResponse, HttpResponseBuilder, ResponseError,
    http::{StatusCode, header},
};
use domain::Invalid;
use serde::Serialize;
use thiserror::Error;

/// Why a client gets nothing.
#[derive(Debug, Error)]
pub(crate) enum OAuthError {
    #[error("{0}")]
    InvalidRequest(String),
    #[error("the app is not known here, or its secret is wrong")]
    InvalidClient,
    #[error(
        "the code or token is not good: it is not yours, too old, used already, or was taken back"
    )]
    InvalidGrant,
    #[error("{0}")]
    InvalidScope(String),
    #[error("grant_type must be authorization_code, refresh_token, or client_credentials")]
    UnsupportedGrantType,
    #[error("an app that keeps no secret has no token of its own")]
    UnauthorizedClient,
    #[error("{0}")]
    InvalidRedirect(String),
    #[error("{0}")]
    InvalidMetadata(String),
    #[error("too many requests from here; wait a minute")]
    TooMany,
    #[error("something broke on our side; it has been noted")]
    Ours(#[source] Box<dyn std::error::Error + Send + Sync>),
}

#[derive(Serialize)]
struct Told {
    error: &'static str,
    error_description: String,
}

impl OAuthError {
    /// A field of a registration that cannot be so.
    pub(crate) fn of_app(invalid: &Invalid) -> Self {
        let told = invalid.to_string();
        if invalid.field == "redirect_uris" {
            Self::InvalidRedirect(told)
        } else {
            Self::InvalidMetadata(told)
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::InvalidRequest(_) => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidScope(_) => "invalid_scope",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::InvalidRedirect(_) => "invalid_redirect_uri",
            Self::InvalidMetadata(_) => "invalid_client_metadata",
            Self::TooMany => "slow_down",
            Self::Ours(_) => "server_error",
        }
    }
}

impl From<ops::OpError> for OAuthError {
    fn from(err: ops::OpError) -> Self {
        match err {
            ops::OpError::Invalid(invalid) => Self::InvalidRequest(invalid.to_string()),
            err => Self::Ours(Box::new(err)),
        }
    }
}

impl From<db::DbError> for OAuthError {
    fn from(err: db::DbError) -> Self {
        Self::Ours(Box::new(err))
    }
}

impl ResponseError for OAuthError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::InvalidClient => StatusCode::UNAUTHORIZED,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Ours(_) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    fn error_response(&self) -> HttpResponse {
        if let Self::Ours(cause) = self {
            tracing::error!(error = %cause, "an OAuth request failed");
        }
        let mut answer = HttpResponseBuilder::new(self.status_code());
        if matches!(self, Self::InvalidClient) {
            answer.insert_header((header::WWW_AUTHENTICATE, "Basic realm=\"tequio\""));
        }
        if matches!(self, Self::TooMany) {
            answer.insert_header((header::RETRY_AFTER, "60"));
        }
        answer
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(Told { error: self.code(), error_description: self.to_string() })
    }
}
