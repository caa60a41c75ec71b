//! What arrived at another server, and whether it is signed by whom it says.

use openssl::{base64, hash::MessageDigest, pkey::PKey, sha::sha256, sign::Verifier};
use serde_json::Value;

/// A request as it was received.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    raw: Vec<u8>,
}

impl Arrival {
    /// From the head of a request and its body.
    pub(crate) fn new(head: &str, raw: &[u8]) -> Self {
        let mut lines = head.lines();
        let mut words = lines.next().unwrap_or_default().split(' ').map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers =
            headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
        Self { method, target, headers, raw: raw.to_vec() }
    }

    /// The value of its only header of this name.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        let value = found.next().map_or("", |(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} is there twice");
        value
    }

    /// What was sent, byte for byte.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.raw).unwrap()
    }

    /// The document.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.raw).unwrap()
    }

    /// The kind of the activity.
    pub(crate) fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// A parameter of the signature.
    pub(crate) fn said(&self, name: &str) -> &str {
        let (_, rest) = self.header("signature").split_once(&format!("{name}=\"")).unwrap();
        rest.split('"').next().unwrap()
    }

    /// Checks the signature against a key, with none of the code that made it.
    ///
    /// As Mastodon does: it covers all that it must, and the digest is that of the body.
    pub(crate) fn verify(&self, pem: &str) {
        let names: Vec<&str> = self.said("headers").split(' ').collect();
        let mut needed = vec!["(request-target)", "host", "date"];
        if self.method == "POST" {
            needed.push("digest");
            let digest = base64::encode_block(&sha256(&self.raw));
            assert_eq!(self.header("digest"), format!("SHA-256={digest}"));
        }
        assert!(needed.iter().all(|name| names.contains(name)), "{names:?}");
        let lines: Vec<String> = names
            .iter()
            .map(|name| match *name {
                "(request-target)" => {
                    format!("{name}: {} {}", self.method.to_lowercase(), self.target)
                }
                name => format!("{name}: {}", self.header(name)),
            })
            .collect();
        let key = PKey::public_key_from_pem(pem.as_bytes()).unwrap();
        let mut verifier = Verifier::new(MessageDigest::sha256(), &key).unwrap();
        let signature = base64::decode_block(self.said("signature")).unwrap();
        let good = verifier.verify_oneshot(&signature, lines.join("\n").as_bytes()).unwrap();
        assert!(good, "the signature of {} is not good", self.said("keyId"));
    }

    /// Is it signed as RFC 9421 says?
    pub(crate) fn is_newer(&self) -> bool {
        self.headers.iter().any(|(name, _)| name == "signature-input")
    }

    /// Checks such a signature against a key, as Mastodon does and with none of the code that made it;
    /// `base` is the address of the server it arrived at.
    pub(crate) fn verify_newer(&self, pem: &str, base: &str) {
        let input = self.header("signature-input").strip_prefix("sig1=").unwrap();
        let (covered, parameters) = input.split_once(");").unwrap();
        assert!(parameters.contains("created=") && parameters.contains("keyid=\""), "{parameters}");
        let target = format!("{base}{}", self.target);
        let mut lines =
            vec![format!("\"@method\": {}", self.method), format!("\"@target-uri\": {target}")];
        if self.method == "POST" {
            let digest = format!("sha-256=:{}:", base64::encode_block(&sha256(&self.raw)));
            assert_eq!(self.header("content-digest"), digest);
            lines.push(format!("\"content-digest\": {digest}"));
        }
        let names: Vec<&str> = lines.iter().filter_map(|line| line.split(": ").next()).collect();
        assert_eq!(covered, format!("({}", names.join(" ")));
        lines.push(format!("\"@signature-params\": {input}"));
        let key = PKey::public_key_from_pem(pem.as_bytes()).unwrap();
        let mut verifier = Verifier::new(MessageDigest::sha256(), &key).unwrap();
        let signature = self.header("signature").strip_prefix("sig1=:").unwrap();
        let signature = base64::decode_block(signature.strip_suffix(':').unwrap()).unwrap();
        let good = verifier.verify_oneshot(&signature, lines.join("\n").as_bytes()).unwrap();
        assert!(good, "the signature over {lines:?} is not good");
    }
}
