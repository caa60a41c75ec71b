//! Key pairs for tests: made once and kept in files, for making one takes half a second.

use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use domain::people::KeyPair;
use openssl::pkey::PKey;
use ops::Keys;

const PRIVATE: [&str; 6] = [
    include_str!("../keys/1.pem"),
    include_str!("../keys/2.pem"),
    include_str!("../keys/3.pem"),
    include_str!("../keys/4.pem"),
    include_str!("../keys/5.pem"),
    include_str!("../keys/6.pem"),
];

/// One of six pairs; the seventh is the first again. Those of our actors are 0 and 1, others have the rest.
pub fn pair(number: usize) -> KeyPair {
    let text = PRIVATE[number % PRIVATE.len()];
    let key = PKey::private_key_from_pem(text.as_bytes()).unwrap();
    let text = |pem: Vec<u8>| String::from_utf8(pem).unwrap();
    KeyPair {
        public_pem: text(key.public_key_to_pem().unwrap()),
        private_pem: text(key.private_key_to_pem_pkcs8().unwrap()),
    }
}

/// Hands out pairs 0 and 1 in turn: those of a collective and its voice differ.
#[derive(Debug, Default)]
pub struct TestKeys(AtomicUsize);

impl TestKeys {
    pub(crate) fn next(&self) -> KeyPair {
        pair(self.0.fetch_add(1, Ordering::Relaxed) % 2)
    }
}

#[async_trait]
impl Keys for TestKeys {
    async fn pair(&self) -> ops::Result<KeyPair> {
        Ok(self.next())
    }
}
