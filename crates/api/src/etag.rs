//! `ETag` and `If-Match`: nobody overwrites what they have not seen.

use actix_web::{HttpRequest, http::header};

use crate::{Result, problem::ApiError};

/// A version as an entity tag.
pub(crate) fn etag(version: i64) -> (header::HeaderName, String) {
    (header::ETAG, format!("\"{version}\""))
}

/// The versions that the client will change; `None` where it did not say.
pub(crate) struct IfMatch(Option<String>);

impl IfMatch {
    /// Of the request.
    pub(crate) fn of(req: &HttpRequest) -> Self {
        let values = req.headers().get_all(header::IF_MATCH);
        let texts: Vec<&str> = values.map(|value| value.to_str().unwrap_or_default()).collect();
        Self((!texts.is_empty()).then(|| texts.join(",")))
    }

    /// Did the client name a version?
    pub(crate) fn is_named(&self) -> bool {
        self.0.is_some()
    }

    /// Refuses a version that the client did not name.
    pub(crate) fn check(&self, current: i64) -> Result<()> {
        let Some(named) = &self.0 else { return Ok(()) };
        let tag = format!("\"{current}\"");
        let fits = named.split(',').map(str::trim).any(|named| named == "*" || named == tag);
        if fits { Ok(()) } else { Err(ApiError::Changed) }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_the_version_that_was_seen_may_be_changed() {
        for (value, ok) in [
            (None, true),
            (Some("\"3\""), true),
            (Some("\"2\", \"3\""), true),
            (Some("*"), true),
            (Some("\"2\""), false),
            (Some("W/\"3\""), false),
            (Some("3"), false),
            (Some(""), false),
        ] {
            let mut req = TestRequest::default();
            if let Some(value) = value {
                req = req.insert_header((header::IF_MATCH, value));
            }
            let check = IfMatch::of(&req.to_http_request()).check(3);
            assert_eq!(check.is_ok(), ok, "{value:?}");
        }
    }
}
