//! Parsed keys, kept: parsing a public one costs as much as a check, a private one more than a
//! signature.

use moka::sync::Cache;
use url::Url;

use super::{KeyError, SigningKey, VerifyingKey};

/// How many keys of each kind are kept.
const KEPT: u64 = 10_000;

/// The keys used most, parsed.
///
/// An entry counts only together with the PEM it was parsed from, so a key that another process
/// rotated in the database is never answered from memory.
#[derive(Clone)]
pub struct KeyCache {
    verifying: Cache<Url, (String, VerifyingKey)>,
    signing: Cache<Url, (String, SigningKey)>,
}

impl KeyCache {
    /// An empty cache, bounded to 10 000 keys of each kind.
    pub fn new() -> Self {
        Self { verifying: Cache::new(KEPT), signing: Cache::new(KEPT) }
    }

    /// The public key `pem` known as `key_id`, parsed now or before.
    pub fn get_or_parse(&self, key_id: &Url, pem: &str) -> Result<VerifyingKey, KeyError> {
        if let Some((text, key)) = self.verifying.get(key_id)
            && text == pem
        {
            return Ok(key);
        }
        let key = VerifyingKey::from_pem(pem)?;
        self.verifying.insert(key_id.clone(), (pem.to_owned(), key.clone()));
        Ok(key)
    }

    /// Our own private key `pem` known as `key_id`, parsed now or before.
    pub fn get_or_parse_signing(&self, key_id: &Url, pem: &str) -> Result<SigningKey, KeyError> {
        if let Some((text, key)) = self.signing.get(key_id)
            && text == pem
        {
            return Ok(key);
        }
        let key = SigningKey::from_pem(key_id.clone(), pem)?;
        self.signing.insert(key_id.clone(), (pem.to_owned(), key.clone()));
        Ok(key)
    }

    /// Forgets what is held under `key_id`, of either kind.
    pub fn forget(&self, key_id: &Url) {
        self.verifying.invalidate(key_id);
        self.signing.invalidate(key_id);
    }
}

impl Default for KeyCache {
    fn default() -> Self {
        Self::new()
    }
}
