//! HTTP signatures: made on what we send, checked on what we receive.
//!
//! The form is draft-cavage-http-signatures-12 with RSA, which every peer speaks. A request is
//! checked in two steps: [`read`] looks at all that needs no key, then [`Signed::verify`] at the
//! key, once it was found. Whether the key speaks for the activity's actor is not asked here.

mod cache;
mod cavage;
mod digest;
mod error;
mod keys;
mod outgoing;
mod pem;
mod signed;
mod window;

use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::Url;

pub use cache::KeyCache;
pub use error::{KeyError, SignatureError};
pub use keys::{SigningKey, VerifyingKey, generate};
pub use outgoing::sign;
pub use signed::{Algorithm, Signed};

use cavage::Params;
use signed::{only_line, signing_string};

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

/// Reads the signature of an inbound request and checks everything that needs no key.
///
/// That is: there is exactly one signature and it is well formed; it was made for `our_host` (the
/// authority that peers know us by, with the port where it is not 443) and for this target, not
/// too long ago; it covers `(request-target)`, `host`, and `date` or `(created)`; and where there
/// is a body, it covers a digest and the body has that digest. A `POST` always has one.
pub fn read(
    parts: &RequestParts<'_>,
    body: Option<&[u8]>,
    our_host: &str,
    now: SystemTime,
) -> Result<Signed, SignatureError> {
    let params = Params::parse(cavage_parameters(parts)?)?;
    let algorithm = Algorithm::named(params.algorithm)?;
    let names = params.names()?;
    let key_id = key_id(params.key_id).ok_or(SignatureError::Malformed("keyId"))?;
    let body = body.or_else(|| parts.method.eq_ignore_ascii_case("post").then_some(&[]));

    check_covered(&names, body.is_some())?;
    check_host(parts, our_host)?;
    window::check_params(params.created, params.expires, now)?;
    if names.iter().any(|name| name == "date") {
        window::check_date(only_line(parts, "date")?, now)?;
    }
    if let Some(body) = body {
        let lines: Vec<&str> = parts.lines("digest").collect();
        digest::check(&lines, body)?;
    }

    let signature = STANDARD.decode(params.signature);
    let signature = signature.map_err(|_| SignatureError::Malformed("signature"))?;
    let signing_string = signing_string(parts, &params, &names)?;
    Ok(Signed { key_id, algorithm, signing_string, signature })
}

/// The one place that decides which signature of a request counts.
///
/// draft-cavage parameters stand in `Signature`, or in `Authorization: Signature …`, or in both
/// when they are the same to the letter. RFC 9421 also writes into `Signature`, and describes it
/// in `Signature-Input`; we do not check that kind yet, and this is where it will be told apart.
///
/// **Invariant**: a request never passes because one of several signatures is good. A request with
/// `Signature-Input` is therefore refused whatever else it carries: alone it is an RFC 9421
/// request, which we say we have no signature for, and beside draft-cavage parameters the two
/// could state different things. Nobody loses by it: peers that speak both try one after the
/// other, each on a request of its own, and a 401 is their sign to go on.
fn cavage_parameters<'a>(parts: &'a RequestParts<'_>) -> Result<&'a str, SignatureError> {
    let mut in_header = parts.lines("signature").map(str::trim);
    let mut in_authorization = parts.lines("authorization").filter_map(|line| {
        let (scheme, parameters) = line.trim().split_once(' ')?;
        scheme.eq_ignore_ascii_case("signature").then(|| parameters.trim())
    });
    let found = [in_header.next(), in_authorization.next()];
    if in_header.next().is_some() || in_authorization.next().is_some() {
        return Err(SignatureError::Ambiguous("signature"));
    }
    if parts.lines("signature-input").next().is_some() {
        let draft = found.iter().flatten().any(|text| text.to_ascii_lowercase().contains("keyid="));
        return Err(if draft {
            SignatureError::Ambiguous("kind of signature")
        } else {
            SignatureError::Missing
        });
    }
    match found {
        [Some(one), Some(other)] if one != other => Err(SignatureError::Ambiguous("signature")),
        [Some(one), _] | [None, Some(one)] => Ok(one),
        [None, None] => Err(SignatureError::Missing),
    }
}

/// The address that a `keyId` is; a space in it would be read differently by different readers.
fn key_id(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (!text.contains(' ') && matches!(url.scheme(), "https" | "http")).then_some(url)
}

/// A signature that does not cover these could be moved to another request.
fn check_covered(names: &[String], with_body: bool) -> Result<(), SignatureError> {
    let covers = |wanted: &str| names.iter().any(|name| name == wanted);
    for wanted in ["(request-target)", "host"] {
        if !covers(wanted) {
            return Err(SignatureError::NotCovered(wanted));
        }
    }
    if !covers("date") && !covers("(created)") {
        return Err(SignatureError::NotCovered("date"));
    }
    if with_body && !covers("digest") {
        return Err(SignatureError::NotCovered("digest"));
    }
    Ok(())
}

/// A request signed for another server must not be replayed to us.
fn check_host(parts: &RequestParts<'_>, our_host: &str) -> Result<(), SignatureError> {
    let host = only_line(parts, "host")?.trim();
    let host = host.strip_suffix(":443").unwrap_or(host);
    if host.eq_ignore_ascii_case(our_host) { Ok(()) } else { Err(SignatureError::WrongHost) }
}
