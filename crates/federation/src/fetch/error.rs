//! Why something could not be fetched or delivered.

use std::error::Error as StdError;
use std::io;

use thiserror::Error;

use super::resolver::ResolveError;
use crate::signature::KeyError;

/// Why a request of ours got no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FetchError {
    /// Our own rules forbid the request, or what the answer asks for next.
    #[error("refused by our rules: {0}")]
    Refused(&'static str),
    /// The peer answered with this status instead of 200.
    #[error("the peer answered {0}")]
    Status(u16),
    /// The peer answered with a document of this type, which was not asked for.
    #[error("the peer sent {0:?}")]
    ContentType(String),
    /// The answer is larger than we read.
    #[error("the answer is too large")]
    TooLarge,
    /// The peer sends us on and on.
    #[error("too many redirects")]
    TooManyRedirects,
    /// There was no answer within the time given.
    #[error("no answer in time")]
    Timeout,
    /// The name has no address.
    #[error("the name does not resolve")]
    Dns,
    /// The peer did not prove who it is, or speaks a TLS that we do not.
    #[error("no secure connection")]
    Tls,
    /// Nobody listens there.
    #[error("no connection")]
    Connect,
    /// Something else, in words for a log.
    #[error("{0}")]
    Other(String),
}

impl FetchError {
    /// May the same request succeed later? True for what the peer or the network can mend: no
    /// connection, no answer, 408, 425, 429 and 5xx.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Status(status) => matches!(status, 408 | 425 | 429 | 500..=599),
            Self::Timeout | Self::Dns | Self::Tls | Self::Connect | Self::Other(_) => true,
            Self::Refused(_) | Self::ContentType(_) | Self::TooLarge | Self::TooManyRedirects => {
                false
            }
        }
    }

    /// Did the peer say that it is gone for good (410)? A 404 may only be a mistake: see
    /// [`Self::is_missing`].
    pub fn is_gone(&self) -> bool {
        *self == Self::Status(410)
    }

    /// Did the peer say that it is not there (404)?
    pub fn is_missing(&self) -> bool {
        *self == Self::Status(404)
    }

    /// A stable name, for logs, metrics and the console.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "fetch_refused",
            Self::Status(_) => "fetch_status",
            Self::ContentType(_) => "fetch_content_type",
            Self::TooLarge => "fetch_too_large",
            Self::TooManyRedirects => "fetch_redirects",
            Self::Timeout => "fetch_timeout",
            Self::Dns => "fetch_dns",
            Self::Tls => "fetch_tls",
            Self::Connect => "fetch_connect",
            Self::Other(_) => "fetch_other",
        }
    }
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::Timeout;
        }
        for cause in causes(&error) {
            if let Some(resolve) = cause.downcast_ref::<ResolveError>() {
                return match resolve {
                    ResolveError::Forbidden(reason) => Self::Refused(reason),
                    ResolveError::Failed => Self::Dns,
                };
            }
            if cause.is::<openssl::error::ErrorStack>() {
                return Self::Tls;
            }
            if cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse_too_large) {
                return Self::TooLarge;
            }
        }
        if error.is_connect() { Self::Connect } else { Self::Other(words(&error)) }
    }
}

impl From<KeyError> for FetchError {
    fn from(error: KeyError) -> Self {
        Self::Other(error.to_string())
    }
}

/// Did a kept-alive connection close under the request, so that no answer was begun?
pub(super) fn is_stale(error: &reqwest::Error) -> bool {
    !error.is_connect()
        && !error.is_timeout()
        && causes(error).any(|cause| {
            if let Some(error) = cause.downcast_ref::<hyper::Error>() {
                return error.is_incomplete_message() || error.is_canceled() || error.is_closed();
            }
            let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
            matches!(kind, Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe))
        })
}

/// An error, what caused it, what caused that, and so on.
fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The last two causes, which say what happened; the first ones repeat the address.
fn words(error: &reqwest::Error) -> String {
    let all: Vec<String> = causes(error).map(ToString::to_string).collect();
    all.last_chunk::<2>().map_or_else(|| all.join(": "), |last| last.join(": "))
}
