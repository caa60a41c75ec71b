//! PEM (RFC 7468) to DER.
//!
//! OpenSSL never sees a peer's PEM, because for an encrypted one it asks the terminal for a password
//! and waits.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::KeyError;

/// The longest PEM that is looked at, in bytes; a 4096-bit private key needs 3 300.
const LONGEST: usize = 8 * 1024;

/// The label and the DER bytes of the only block in `pem`.
pub(super) fn decode(pem: &str) -> Result<(&str, Vec<u8>), KeyError> {
    if pem.len() > LONGEST {
        return Err(KeyError::Pem);
    }
    let (before, rest) = pem.split_once("-----BEGIN ").ok_or(KeyError::Pem)?;
    let (label, rest) = rest.split_once("-----").ok_or(KeyError::Pem)?;
    let (body, rest) = rest.split_once("-----END ").ok_or(KeyError::Pem)?;
    let (closing, after) = rest.split_once("-----").ok_or(KeyError::Pem)?;
    if closing != label || !before.trim().is_empty() || !after.trim().is_empty() {
        return Err(KeyError::Pem);
    }
    let packed: String = body.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let der = STANDARD.decode(packed).map_err(|_| KeyError::Pem)?;
    Ok((label, der))
}
