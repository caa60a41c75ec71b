//! A request to one of our inboxes, right in every way until a test spoils it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use domain::{Time, people::KeyPair};
use federation::signature::{Sign, SigningKey, sign, sign_rfc9421};
use openssl::{base64, hash::MessageDigest, pkey::PKey, sha::sha256, sign::Signer};
use serde_json::Value;

use crate::peer::{ACTIVITY, Somebody};

/// A `POST` on its way.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// A moment, as signatures want it.
pub(crate) fn system(time: Time) -> SystemTime {
    UNIX_EPOCH + Duration::from_micros(time.micros().try_into().unwrap())
}

impl Letter {
    /// An activity, signed by somebody, to the shared inbox.
    pub(crate) fn new(by: &Somebody, activity: &Value, now: Time) -> Self {
        Self::to(by, "/inbox", activity.to_string().as_bytes(), now)
    }

    /// The same, signed as RFC 9421 says and in no other way.
    pub(crate) fn newer(by: &Somebody, activity: &Value, now: Time) -> Self {
        let body = activity.to_string();
        let letter = Self::made(sign_rfc9421, by, "/inbox", body.as_bytes(), now);
        letter.header("host", "a.example")
    }

    /// The same, signed in both ways.
    pub(crate) fn twice(by: &Somebody, activity: &Value, now: Time) -> Self {
        let older = Self::new(by, activity, now);
        let authorization = format!("Signature {}", older.value("signature"));
        let mut letter = older.without("signature").header("authorization", &authorization);
        for (name, value) in Self::newer(by, activity, now).headers {
            letter = letter.header(&name, &value);
        }
        letter
    }

    /// Any bytes to any inbox.
    pub(crate) fn to(by: &Somebody, path: &str, body: &[u8], now: Time) -> Self {
        Self::made(sign, by, path, body, now)
    }

    fn made(sign: Sign, by: &Somebody, path: &str, body: &[u8], now: Time) -> Self {
        let key = SigningKey::from_pem(by.key_id.parse().unwrap(), &by.pair.private_pem).unwrap();
        let url = format!("https://a.example{path}").parse().unwrap();
        let headers = sign(&key, "POST", &url, system(now), Some(ACTIVITY), Some(body)).unwrap();
        let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value));
        Self { path: path.to_owned(), headers: headers.collect(), body: body.to_vec() }
    }

    /// The headers of a signed `GET`.
    pub(crate) fn asking(by: &Somebody, path: &str, now: Time) -> Vec<(&'static str, String)> {
        let key = SigningKey::from_pem(by.key_id.parse().unwrap(), &by.pair.private_pem).unwrap();
        let url = format!("https://a.example{path}").parse().unwrap();
        sign(&key, "GET", &url, system(now), None, None).unwrap()
    }

    /// With another body, which was not signed.
    pub(crate) fn body(self, body: &[u8]) -> Self {
        Self { body: body.to_vec(), ..self }
    }

    /// With another value of a header, or one more header.
    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        self.without(name).also(name, value)
    }

    /// With one more line of a header.
    pub(crate) fn also(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a header.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// The value of a header.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// With the digest of its body.
    pub(crate) fn digested(self) -> Self {
        let digest = base64::encode_block(&sha256(&self.body));
        self.header("digest", &format!("SHA-256={digest}"))
    }

    /// Signed anew over these names, with these parameters before the signature.
    pub(crate) fn signed(self, pair: &KeyPair, parameters: &str, names: &str) -> Self {
        let parameter = |name: &str| {
            let (_, rest) = parameters.split_once(&format!("{name}="))?;
            rest.split(',').next().map(str::to_owned)
        };
        let lines: Vec<String> = names
            .split(' ')
            .map(|name| match name {
                "(request-target)" => format!("{name}: post {}", self.path),
                "(created)" | "(expires)" => {
                    let bare = name.trim_matches(['(', ')']);
                    format!("{name}: {}", parameter(bare).unwrap_or_default())
                }
                name => format!("{name}: {}", self.value(name)),
            })
            .collect();
        let signature = signature(pair, &lines);
        let text = format!("{parameters},headers=\"{names}\",signature=\"{signature}\"");
        self.header("signature", &text)
    }

    /// Signed anew as RFC 9421 says, over these components, with these parameters.
    pub(crate) fn covering(self, pair: &KeyPair, components: &str, parameters: &str) -> Self {
        let input = format!("({components});{parameters}");
        let mut lines: Vec<String> = components
            .split(' ')
            .map(|name| match name.trim_matches('"') {
                "@method" => format!("{name}: POST"),
                "@target-uri" => format!("{name}: https://a.example{}", self.path),
                header => format!("{name}: {}", self.value(header)),
            })
            .collect();
        lines.push(format!("\"@signature-params\": {input}"));
        let signature = signature(pair, &lines);
        self.header("signature-input", &format!("sig1={input}"))
            .header("signature", &format!("sig1=:{signature}:"))
    }
}

fn signature(pair: &KeyPair, lines: &[String]) -> String {
    let key = PKey::private_key_from_pem(pair.private_pem.as_bytes()).unwrap();
    let mut signer = Signer::new(MessageDigest::sha256(), &key).unwrap();
    base64::encode_block(&signer.sign_oneshot_to_vec(lines.join("\n").as_bytes()).unwrap())
}
