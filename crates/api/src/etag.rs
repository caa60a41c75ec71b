//! `ETag` and `If-Match`: nobody overwrites what they have not seen.

use actix_web::{
    HttpRequest,
    body::{BoxBody, to_bytes},
    dev::ServiceResponse,
    http::{
        StatusCode,
        header::{self, HeaderMap},
    },
};

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
        let tags = || named.split(',').map(str::trim);
        if !tags().all(is_tag) {
            return Err(ApiError::TagInvalid);
        }
        let fits = tags().any(|tag| tag == "*" || version(tag) == Some(current));
        if fits { Ok(()) } else { Err(ApiError::Changed) }
    }
}

/// Could it be an entity tag of anybody (RFC 9110 §8.8.3)?
fn is_tag(text: &str) -> bool {
    let opaque = text.strip_prefix("W/").unwrap_or(text);
    let inside = opaque.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    text == "*" || inside.is_some_and(|inside| !inside.contains('"'))
}

/// The version in a tag of ours; what follows its hyphen says how it was shown.
fn version(tag: &str) -> Option<i64> {
    let bare = tag.strip_prefix('"')?.strip_suffix('"')?;
    bare.split('-').next()?.parse().ok()
}

/// Adds to the tag of what is read how it is shown, for one version looks different to different people
/// and at different times; answers 304 to whoever has it already.
pub(crate) async fn condition(answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let tag = answer.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
    let Some(version) = tag.and_then(version).filter(|_| answer.status() == StatusCode::OK) else {
        return answer;
    };
    let (request, answer) = answer.into_parts();
    let (mut answer, body) = answer.into_parts();
    let bytes = to_bytes(body).await.unwrap_or_default();
    let digest = ops::secrets::digest_bytes(&bytes);
    let shown = digest.iter().take(8).fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte));
    let tag = format!("\"{version}-{shown:016x}\"");
    if let Ok(tag) = header::HeaderValue::from_str(&tag) {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    if !is_known(request.headers(), &tag) {
        return ServiceResponse::new(request, answer.set_body(bytes).map_into_boxed_body());
    }
    *answer.status_mut() = StatusCode::NOT_MODIFIED;
    answer.headers_mut().remove(header::CONTENT_TYPE);
    ServiceResponse::new(request, answer.set_body(()).map_into_boxed_body())
}

/// Does the client have it already? A proxy that packs an answer makes its tag a weak one.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    let mut tags = values.flat_map(|value| value.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
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
            (Some("\"3-00ff\""), true),
            (Some("\"2-00ff\""), false),
            (Some("\"-3\""), false),
            (Some("W/\"3-00ff\""), false),
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
