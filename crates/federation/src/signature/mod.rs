//! HTTP signatures: made on what we send, checked on what we receive.
//!
//! The form is draft-cavage-http-signatures-12 with RSA, which every peer speaks, or RFC 9421 with the
//! same keys, which some speak alone. A request is checked in two steps: [`read`] looks at all that needs
//! no key, then [`Signature::verify`] at the key, once it was found. Whether the key speaks for the
//! activity's actor is not asked here.

mod cache;
mod cavage;
mod dictionary;
mod digest;
mod error;
mod keys;
mod outgoing;
mod pem;
mod rfc9421;
mod signed;
mod window;

use std::time::SystemTime;

use url::Url;

pub use cache::KeyCache;
pub use error::{KeyError, SignatureError};
pub use keys::{SigningKey, VerifyingKey, generate};
pub use outgoing::{Sign, sign, sign_rfc9421};
pub use signed::{Algorithm, Signature, Signed};

use signed::only_line;

/// The parts of an inbound request that a signature can cover, as they were received.
#[derive(Debug, Clone, Copy)]
pub struct RequestParts<'a> {
    /// The method, in any case.
    pub method: &'a str,
    /// The path and the query, not decoded and not normalised.
    pub path_and_query: &'a str,
    /// Every header line in order, names in lower case. HTTP/2's `:authority` is given as `host`.
    pub headers: &'a [(String, String)],
}

impl RequestParts<'_> {
    /// The values of all lines of the header `name`.
    fn lines(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads what an inbound request is signed with and checks everything that needs no key.
///
/// That is: there is one signature, or one of each kind, and each is well formed; it was made for `ours`
/// (the address that peers know us by) and for this target, not too long ago; it covers all that makes
/// the request what it is; and where there is a body, it covers a digest and the body has that digest. A
/// `POST` always has one.
pub fn read(
    parts: &RequestParts<'_>,
    body: Option<&[u8]>,
    ours: &Url,
    now: SystemTime,
) -> Result<Signed, SignatureError> {
    let found = Found::in_headers(parts)?;
    let body = body.or_else(|| parts.method.eq_ignore_ascii_case("post").then_some(&[]));
    check_host(parts, ours)?;
    let cavage = found.cavage.map(|text| cavage::read(parts, body, text, now)).transpose()?;
    let rfc9421 =
        found.rfc9421.map(|texts| rfc9421::read(parts, body, ours, texts, now)).transpose()?;
    match (cavage, rfc9421) {
        (Some(one), beside) => Ok(Signed::new(one, beside)),
        (None, Some(one)) => Ok(Signed::new(one, None)),
        (None, None) => Err(SignatureError::Missing),
    }
}

/// The signatures of a request, as they stand in its headers.
struct Found<'a> {
    /// The parameters of draft-cavage.
    cavage: Option<&'a str>,
    /// `Signature-Input` and `Signature` of RFC 9421.
    rfc9421: Option<(&'a str, &'a str)>,
}

impl<'a> Found<'a> {
    /// The one place that decides which signatures of a request count.
    ///
    /// draft-cavage parameters stand in `Signature`, or in `Authorization: Signature …`, or in both when
    /// they are the same to the letter. Where there is a `Signature-Input`, the header `Signature` belongs
    /// to RFC 9421, and draft-cavage has only `Authorization` left.
    ///
    /// **Invariant**: a request never passes because one of several signatures is good. There is at most
    /// one of each kind, and where both are there, both must hold.
    fn in_headers(parts: &'a RequestParts<'_>) -> Result<Self, SignatureError> {
        let in_header = at_most_one(parts.lines("signature").map(str::trim))?;
        let in_authorization = at_most_one(parts.lines("authorization").filter_map(|line| {
            let (scheme, parameters) = line.trim().split_once(' ')?;
            scheme.eq_ignore_ascii_case("signature").then(|| parameters.trim())
        }))?;
        let Some(input) = at_most_one(parts.lines("signature-input"))? else {
            return match (in_header, in_authorization) {
                (Some(one), Some(other)) if one != other => {
                    Err(SignatureError::Ambiguous("signature"))
                }
                (one, other) => Ok(Self { cavage: one.or(other), rfc9421: None }),
            };
        };
        let signature = in_header.ok_or(SignatureError::Missing)?;
        if signature.to_ascii_lowercase().contains("keyid=\"") {
            return Err(SignatureError::Ambiguous("kind of signature"));
        }
        Ok(Self { cavage: in_authorization, rfc9421: Some((input, signature)) })
    }
}

fn at_most_one<'a>(
    mut found: impl Iterator<Item = &'a str>,
) -> Result<Option<&'a str>, SignatureError> {
    match (found.next(), found.next()) {
        (_, Some(_)) => Err(SignatureError::Ambiguous("signature")),
        (one, None) => Ok(one),
    }
}

/// The address that a key id is; a space in it would be read differently by different readers.
fn key_id(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (!text.contains(' ') && matches!(url.scheme(), "https" | "http")).then_some(url)
}

/// What `Host` says for `url`: the port only where it is not the scheme's own.
fn authority(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// A request signed for another server must not be replayed to us.
fn check_host(parts: &RequestParts<'_>, ours: &Url) -> Result<(), SignatureError> {
    let host = only_line(parts, "host")?.trim();
    let host = host.strip_suffix(":443").unwrap_or(host);
    let is_ours = authority(ours).is_some_and(|ours| ours.eq_ignore_ascii_case(host));
    if is_ours { Ok(()) } else { Err(SignatureError::WrongHost) }
}
