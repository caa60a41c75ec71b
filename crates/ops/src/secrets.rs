//! Secrets we hand out and keep only as digests: sessions, tokens, CSRF words.

use domain::Invalid;
use openssl::{
    base64::{decode_block, encode_block},
    rand::rand_bytes,
    sha::sha256,
    symm::{Cipher, decrypt_aead, encrypt_aead},
};

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

/// The SHA-256 of anything.
pub fn digest_bytes(bytes: &[u8]) -> Vec<u8> {
    sha256(bytes).to_vec()
}

/// Are they the same? Takes the same time wherever they differ.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && openssl::memcmp::eq(a.as_bytes(), b.as_bytes())
}

/// Locks a text with a secret that we do not keep: whoever reads the database cannot read it.
pub fn seal(secret: &str, text: &[u8]) -> Result<String, Invalid> {
    let wrong = |_| Invalid::new("answer", "could not be sealed");
    let (mut nonce, mut tag) = ([0; 12], [0; 16]);
    rand_bytes(&mut nonce).map_err(wrong)?;
    let key = digest(&format!("seal {secret}"));
    let sealed = encrypt_aead(Cipher::aes_256_gcm(), &key, Some(&nonce), &[], text, &mut tag);
    let sealed = [&nonce[..], &tag[..], &sealed.map_err(wrong)?].concat();
    Ok(encode_block(&sealed))
}

/// What [`seal`] locked with the same secret.
pub fn unseal(secret: &str, sealed: &str) -> Option<Vec<u8>> {
    let sealed = decode_block(sealed).ok()?;
    let (nonce, rest) = sealed.split_at_checked(12)?;
    let (tag, text) = rest.split_at_checked(16)?;
    let key = digest(&format!("seal {secret}"));
    decrypt_aead(Cipher::aes_256_gcm(), &key, Some(nonce), &[], text, tag).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_secret_that_sealed_opens() {
        let sealed = seal("one", "¿Qué?".as_bytes()).unwrap();
        assert_eq!(unseal("one", &sealed).unwrap(), "¿Qué?".as_bytes());
        assert_eq!(unseal("two", &sealed), None);
        assert_eq!(unseal("one", "AAAA"), None);
        assert_eq!(unseal("one", &seal("one", b"").unwrap()).unwrap(), b"");
    }
}
