//! Digests of a body: the `Digest` header (RFC 3230), and `Content-Digest` (RFC 9530).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::sha::{sha256, sha512};
use sfv::{ListEntry, key_ref};

use super::SignatureError;
use super::dictionary;

/// The value of a `Digest` header for `body`.
pub(super) fn of(body: &[u8]) -> String {
    format!("SHA-256={}", STANDARD.encode(sha256(body)))
}

/// The value of a `Content-Digest` header for `body`.
pub(super) fn content_of(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(sha256(body)))
}

/// Checks that the one `Digest` header holds the one SHA-256 of `body`.
///
/// Digests by other algorithms may stand beside it, as RFC 3230 allows; they prove nothing.
pub(super) fn check(lines: &[&str], body: &[u8]) -> Result<(), SignatureError> {
    let line = only(lines, "digest")?;
    let mut claimed = None;
    for part in line.split(',') {
        let (name, value) = part.trim().split_once('=').ok_or(SignatureError::DigestMalformed)?;
        if !name.eq_ignore_ascii_case("sha-256") {
            continue;
        }
        if claimed.replace(value).is_some() {
            return Err(SignatureError::Ambiguous("digest"));
        }
    }
    let claimed = claimed.ok_or(SignatureError::DigestMissing)?;
    let claimed = STANDARD.decode(claimed).map_err(|_| SignatureError::DigestMalformed)?;
    if claimed.len() != 32 {
        return Err(SignatureError::DigestMalformed);
    }
    if claimed == sha256(body) { Ok(()) } else { Err(SignatureError::DigestMismatch) }
}

/// Checks that the one `Content-Digest` header holds the SHA-256 of `body`, and no wrong SHA-512.
pub(super) fn check_content(lines: &[&str], body: &[u8]) -> Result<(), SignatureError> {
    let line = only(lines, "content-digest")?;
    let (digests, _) = dictionary::read(line).ok_or(SignatureError::DigestMalformed)?;
    for name in ["sha-256", "sha-512"] {
        let claimed = match digests.get(key_ref(name)) {
            Some(ListEntry::Item(item)) => item.bare_item.as_byte_sequence(),
            Some(ListEntry::InnerList(_)) => None,
            None => continue,
        };
        let claimed = claimed.ok_or(SignatureError::DigestMalformed)?;
        let real = if name == "sha-256" { sha256(body).to_vec() } else { sha512(body).to_vec() };
        if claimed.len() != real.len() {
            return Err(SignatureError::DigestMalformed);
        }
        if claimed != real {
            return Err(SignatureError::DigestMismatch);
        }
    }
    let has_one = digests.contains_key(key_ref("sha-256"));
    if has_one { Ok(()) } else { Err(SignatureError::DigestMissing) }
}

fn only<'a>(lines: &[&'a str], name: &'static str) -> Result<&'a str, SignatureError> {
    match lines {
        [] => Err(SignatureError::DigestMissing),
        [line] => Ok(line),
        _ => Err(SignatureError::Ambiguous(name)),
    }
}
