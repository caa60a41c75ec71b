//! Signing what we send.

use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::{Position, Url};

use super::signed::request_target;
use super::{KeyError, SigningKey, digest};

/// Signs an outgoing request: the headers to send it with, `Host`, `Date` and `Signature`, and for
/// one with a body `Digest` and `Content-Type`.
///
/// The form is the one every peer reads (draft-cavage-http-signatures-12, RSA-SHA256, RFC 3230
/// digest): `(request-target) host date` for a request without a body, and with one
/// `(request-target) host date digest content-type`. A `POST` always has a body, if an empty one.
/// Costs about half a millisecond; sign at the moment of sending, for the date counts.
pub fn sign(
    key: &SigningKey,
    method: &str,
    url: &Url,
    now: SystemTime,
    content_type: Option<&str>,
    body: Option<&[u8]>,
) -> Result<Vec<(&'static str, String)>, KeyError> {
    let body = body.or_else(|| method.eq_ignore_ascii_case("post").then_some(&[]));
    let mut headers = vec![("host", authority(url)?), ("date", httpdate::fmt_http_date(now))];
    if let Some(body) = body {
        headers.push(("digest", digest::of(body)));
        headers.extend(content_type.map(|value| ("content-type", value.to_owned())));
    }

    let path_and_query = &url[Position::BeforePath..Position::AfterQuery];
    let mut names = "(request-target)".to_owned();
    let mut text = format!("(request-target): {}", request_target(method, path_and_query));
    for (name, value) in &headers {
        names.extend([" ", name]);
        text.extend(["\n", name, ": ", value]);
    }
    let signature = STANDARD.encode(key.sign(&text)?);
    let key_id = key.key_id();
    headers.push((
        "signature",
        format!(
            r#"keyId="{key_id}",algorithm="rsa-sha256",headers="{names}",signature="{signature}""#
        ),
    ));
    Ok(headers)
}

/// What `Host` says for `url`: the port only where it is not the scheme's own.
fn authority(url: &Url) -> Result<String, KeyError> {
    let host = url.host_str().ok_or(KeyError::Address)?;
    Ok(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}
