//! The public keys an actor signs with.

use serde_json::{Map, Value};
use url::Url;

use super::read;
use crate::address;

/// How many keys of one actor are read.
const MAX_KEYS: usize = 10;

/// The longest key, in bytes; RSA-8192 takes under 1500.
const MAX_PEM: usize = 8192;

/// A public key as the security vocabulary writes it (<https://w3id.org/security/v1>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// What a signature calls it.
    pub id: Url,
    /// Whose key it says it is; to be held against the actor's id.
    pub owner: Url,
    /// PEM, at most 8192 bytes, not parsed.
    pub pem: String,
}

/// The keys in a document: an actor, an actor's stub (`GoToSocial` serves one at the key's id), or
/// a key that stands alone. At most 10; what is not a key with an id, an owner, and PEM is skipped.
pub fn public_keys(value: &Value) -> Vec<PublicKey> {
    let Some(map) = value.as_object() else { return Vec::new() };
    if map.contains_key("publicKeyPem") {
        return key(map).into_iter().collect();
    }
    read::each(map, "publicKey")
        .iter()
        .take(MAX_KEYS)
        .filter_map(|value| key(value.as_object()?))
        .collect()
}

fn key(map: &Map<String, Value>) -> Option<PublicKey> {
    let address = |key| address::parse(map.get(key)?.as_str()?, "publicKey").ok();
    let pem = map.get("publicKeyPem")?.as_str()?;
    let pem = (pem.len() <= MAX_PEM).then(|| pem.to_owned())?;
    Some(PublicKey { id: address("id")?, owner: address("owner")?, pem })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sent(n: usize) -> Value {
        json!({
            "id": format!("https://a.example/u/ana#key-{n}"),
            "owner": "https://a.example/u/ana",
            "publicKeyPem": "-----BEGIN PUBLIC KEY-----",
        })
    }

    #[test]
    fn keys_are_read_from_an_actor_and_alone() {
        assert_eq!(public_keys(&json!({"publicKey": sent(1)})).len(), 1);
        assert_eq!(public_keys(&json!({"publicKey": [sent(1), sent(2)]})).len(), 2);
        assert_eq!(public_keys(&sent(1)).len(), 1);
        let key = public_keys(&sent(1)).remove(0);
        assert_eq!(key.id.as_str(), "https://a.example/u/ana#key-1");
        assert_eq!(key.owner.as_str(), "https://a.example/u/ana");
    }

    #[test]
    fn what_is_no_key_is_skipped_and_ten_are_enough() {
        let many: Vec<_> = (0..1000).map(sent).collect();
        assert_eq!(public_keys(&json!({"publicKey": many})).len(), 10);
        let mut long = sent(1);
        long["publicKeyPem"] = json!("x".repeat(8193));
        let odd = json!({"publicKey": ["https://a.example/key", 1, null, {}, long, sent(2)]});
        assert_eq!(public_keys(&odd).len(), 1);
    }
}
