//! Actors of other servers, and what they say: signed before anybody looks at the clock.

use std::time::SystemTime;

use anyhow::{Context as _, Result};
use domain::people::KeyPair;
use federation::signature::{SigningKey, sign};
use serde_json::{Value, json};
use url::Url;

use crate::http::request;

/// What everybody may read.
pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// Somebody elsewhere who can sign.
pub struct Speaker {
    /// Their host, with its port.
    pub host: String,
    /// Their address.
    pub id: String,
    /// Their keys.
    pub keys: KeyPair,
    key: SigningKey,
}

impl Speaker {
    /// `bob` of a host; of six pairs of keys one.
    pub fn new(host: &str, number: usize) -> Result<Self> {
        let id = format!("http://{host}/users/bob");
        let keys = testkit::pair(number);
        let key_id = Url::parse(&format!("{id}#main-key"))?;
        let key = SigningKey::from_pem(key_id, &keys.private_pem).context("a key of ours")?;
        Ok(Self { host: host.to_owned(), id, keys, key })
    }

    /// The actor as their server shows it.
    #[must_use]
    pub fn document(&self) -> Value {
        let id = &self.id;
        json!({
            "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
            "id": id,
            "type": "Person",
            "preferredUsername": "bob",
            "inbox": format!("http://{}/users/bob/inbox", self.host),
            "outbox": format!("{id}/outbox"),
            "followers": format!("{id}/followers"),
            "publicKey": {
                "id": format!("{id}#main-key"),
                "owner": id,
                "publicKeyPem": self.keys.public_pem,
            },
        })
    }

    /// A note of about 0.8 KB that answers something of a group, in the form of Mastodon.
    #[must_use]
    pub fn answer(&self, number: usize, listing: &str, group: &str) -> Value {
        let (id, host) = (&self.id, &self.host);
        let words = "We can bring one on Saturday morning, if somebody helps to carry it. ";
        let note = format!("http://{host}/notes/{number}");
        let cc = json!([group, format!("{id}/followers")]);
        json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": format!("{note}/activity"),
            "type": "Create",
            "actor": id,
            "published": "2026-01-02T03:04:05Z",
            "to": [PUBLIC],
            "cc": cc,
            "object": {
                "id": note,
                "type": "Note",
                "attributedTo": id,
                "inReplyTo": listing,
                "published": "2026-01-02T03:04:05Z",
                "to": [PUBLIC],
                "cc": cc,
                "content": format!("<p>{}{number}</p>", words.repeat(3)),
                "tag": [{ "type": "Mention", "href": group, "name": "@garden" }],
            },
        })
    }

    /// The request that brings an activity to an inbox of our server, signed now.
    pub fn request(&self, host: &str, path: &str, activity: &Value) -> Result<Vec<u8>> {
        let body = activity.to_string().into_bytes();
        let url = Url::parse(&format!("http://{host}{path}"))?;
        let kind = Some(federation::serve::ACTIVITY_JSON);
        let headers = sign(&self.key, "POST", &url, SystemTime::now(), kind, Some(&body))?;
        let mut headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.push(("user-agent", "Mastodon/4.3.0 (bench; +http://127.0.0.1/)"));
        Ok(request("POST", path, host, &headers, &body))
    }

    /// A request for a document, signed now.
    pub fn asks(&self, host: &str, path: &str) -> Result<Vec<u8>> {
        let url = Url::parse(&format!("http://{host}{path}"))?;
        let headers = sign(&self.key, "GET", &url, SystemTime::now(), None, None)?;
        let mut headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.push(("accept", federation::serve::ACTIVITY_JSON));
        headers.push(("user-agent", "Mastodon/4.3.0 (bench; +http://127.0.0.1/)"));
        Ok(request("GET", path, host, &headers, b""))
    }
}
