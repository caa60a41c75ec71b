//! The `Digest` header (RFC 3230), SHA-256 only.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::sha::sha256;

use super::SignatureError;

/// The value of a `Digest` header for `body`.
pub(super) fn of(body: &[u8]) -> String {
    format!("SHA-256={}", STANDARD.encode(sha256(body)))
}

/// Checks that the one `Digest` header holds the one SHA-256 of `body`.
///
/// Digests by other algorithms may stand beside it, as RFC 3230 allows; they prove nothing.
pub(super) fn check(lines: &[&str], body: &[u8]) -> Result<(), SignatureError> {
    let line = match lines {
        [] => return Err(SignatureError::DigestMissing),
        [line] => line,
        _ => return Err(SignatureError::Ambiguous("digest")),
    };
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
