//! Secrets we hand out and keep only as digests: sessions, tokens, CSRF words.

use domain::Invalid;
use openssl::{rand::rand_bytes, sha::sha256};

/// 32 random bytes in hexadecimal.
pub fn fresh() -> Result<String, Invalid> {
    let mut bytes = [0; 32];
    rand_bytes(&mut bytes).map_err(|_| Invalid::new("secret", "could not be drawn"))?;
    let mut text = String::with_capacity(64);
    for byte in bytes {
        text.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        text.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
    }
    Ok(text)
}

/// What we keep of a secret: its SHA-256.
pub fn digest(secret: &str) -> Vec<u8> {
    sha256(secret.as_bytes()).to_vec()
}

/// Are they the same? Takes the same time wherever they differ.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && openssl::memcmp::eq(a.as_bytes(), b.as_bytes())
}
