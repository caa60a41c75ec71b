//! Signing what we send.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::{Position, Url};

use super::signed::request_target;
use super::{KeyError, SigningKey, authority, digest};

/// A way to sign: [`sign`] or [`sign_rfc9421`].
pub type Sign = fn(
    key: &SigningKey,
    method: &str,
    url: &Url,
    now: SystemTime,
    content_type: Option<&str>,
    body: Option<&[u8]>,
) -> Result<Vec<(&'static str, String)>, KeyError>;

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
    let mut headers = vec![
        ("host", authority(url).ok_or(KeyError::Address)?),
        ("date", httpdate::fmt_http_date(now)),
    ];
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

/// Signs an outgoing request as RFC 9421 says, for peers that read nothing else: the headers to send it
/// with, `Signature-Input` and `Signature`, and for one with a body `Content-Digest` and `Content-Type`.
///
/// The components are those that Mastodon asks for: `@method`, `@target-uri`, and `content-digest` of a
/// body. Nothing older stands beside them, so that nobody has two signatures to choose from.
pub fn sign_rfc9421(
    key: &SigningKey,
    method: &str,
    url: &Url,
    now: SystemTime,
    content_type: Option<&str>,
    body: Option<&[u8]>,
) -> Result<Vec<(&'static str, String)>, KeyError> {
    let body = body.or_else(|| method.eq_ignore_ascii_case("post").then_some(&[]));
    if !url.has_host() {
        return Err(KeyError::Address);
    }
    let target = url[..Position::AfterQuery].to_owned();
    let mut covered = vec![("@method", method.to_ascii_uppercase()), ("@target-uri", target)];
    let mut headers = Vec::new();
    if let Some(body) = body {
        let digest = digest::content_of(body);
        covered.push(("content-digest", digest.clone()));
        headers.push(("content-digest", digest));
        headers.extend(content_type.map(|value| ("content-type", value.to_owned())));
    }

    let names: Vec<String> = covered.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let created = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let params = format!(
        r#"({});created={created};keyid="{}";alg="rsa-v1_5-sha256""#,
        names.join(" "),
        key.key_id()
    );
    let mut text = String::new();
    for (name, value) in &covered {
        text.extend(["\"", name, "\": ", value, "\n"]);
    }
    text.extend(["\"@signature-params\": ", &params]);
    let signature = STANDARD.encode(key.sign(&text)?);
    headers.push(("signature-input", format!("sig1={params}")));
    headers.push(("signature", format!("sig1=:{signature}:")));
    Ok(headers)
}
