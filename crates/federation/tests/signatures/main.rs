//! What a signature must say before it is believed, row by row.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod captured;
mod keys;
mod kinds;
mod refusals;
mod rfc9421;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use federation::signature::SignatureError::Invalid;
use federation::signature::{
    Algorithm, KeyError, RequestParts, Sign, SignatureError, Signed, SigningKey, VerifyingKey,
    read, sign, sign_rfc9421,
};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sha::sha256;
use openssl::sign::Signer;
use url::Url;

const OURS: &str = "ours.test";
const BASE: &str = "https://ours.test/";
const KEY_ID: &str = "https://peer.test/u/bob#main-key";
const BODY: &[u8] = br#"{"type":"Create"}"#;
const USUAL: &str = "(request-target) host date digest";
const HOUR: i64 = 3600;

/// Sunday, 22 November 2026, 05:00:00 UTC.
const NOW: i64 = 1_795_323_600;

/// Bob's keys, public and private: made for these tests and used nowhere else, because making a
/// pair anew takes longer than all of them.
const BOB: (&str, &str) = (BOB_PUBLIC, BOB_PRIVATE);
const BOB_PUBLIC: &str = "\
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxnzcaBNm4Y3y9LE2CE+g
nrHmJgtep7fc+6kTZePwKueE95GZDNn4qmSjJy3qbC2UQJWQpKeR1PEIEt1eSPlF
VkUoBu7uPPUome1901lZ4Jlck382xKgC+yi7eS3lNiG4CIAjS5DSl6WOgATlZe0F
Rgac6CReisGBnD35zRdYYe9JeNT5LXJxpqpCjllkn8Xxjn4hYfyj2JjpuzljnhXI
Ze28GCbuVh69sVC07oI7jmSY3dvDmabo1XMR108Ws6TOvkuXAEl/dGZFKVCe6Gmn
mvfCqnZbIvSx8D4pwI7oMGbkQa6W9xA4GvfGezxv63mYdXR8JJUVwNarTjTpkqE8
+QIDAQAB
-----END PUBLIC KEY-----
";
const BOB_PRIVATE: &str = "\
-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDGfNxoE2bhjfL0
sTYIT6CeseYmC16nt9z7qRNl4/Aq54T3kZkM2fiqZKMnLepsLZRAlZCkp5HU8QgS
3V5I+UVWRSgG7u489SiZ7X3TWVngmVyTfzbEqAL7KLt5LeU2IbgIgCNLkNKXpY6A
BOVl7QVGBpzoJF6KwYGcPfnNF1hh70l41PktcnGmqkKOWWSfxfGOfiFh/KPYmOm7
OWOeFchl7bwYJu5WHr2xULTugjuOZJjd28OZpujVcxHXTxazpM6+S5cASX90ZkUp
UJ7oaaea98Kqdlsi9LHwPinAjugwZuRBrpb3EDga98Z7PG/reZh1dHwklRXA1qtO
NOmSoTz5AgMBAAECggEAQdexlaS6ACCCc8FFV0Ry17HT0tL6t1A6shDIKoiOZu0e
IrHdv3GfF4cCyEBm/zOvdi0nKjecHLNIJlngqPxnj9KpEIO56+a3bThnAPEm62Z0
W0lb9ah2NLKyXeRnoKlWzxsSmkKUWVHGD5mQL1uM4EnZSvillAnU4Ot+LhaMbw/H
4Uwj5uyBjSpAmRelraTkSBsD1LIMorRCwFXj5284rRf2CdXXmsUJUmFgTj/u/Qgs
OITvHkw+VcQE14XvTB20P5ycZVtG0Nz0jHDHa2fcb+0qOiwQvtbMvJSQFZlWMO5/
439pbUBUIkDtO8rtMAUQ9WhOOpAWd584F9juEviO8QKBgQDtjJ0nupQF1m9zrpx8
G6ow0SeGw2MhhUZfIKIxj0tcOllJ/b7OxELuC7fuAlDX/ZIa50zT/iDb/eJGUqJr
gIsDRs8I82VAXJvueqKNmvx+kIIo1kvz3GRLlRW2U2YcuN0GQ+alcx9tQl7ca879
keNihyVqVV8pKZrQvk5QcZtlFwKBgQDV544AO2zCFbUonHkkjliuK2yZ9qiQ6xMs
BAtw1EzY1MNeoPqYDL2SC0462Gg/kX3VtMpJ9VrZnk8OjMpbYm01VjjqiSacfqoC
iqGWUQ/ORw+ZdbLrCH0j2u5FniD6crnaw856z2yzpDUQWIczMsuQ2x+YTJ3FsBV4
CRUcx9PYbwKBgQDPsWWmWscY44fGiSBgkn+W9wesGCEQKcqBWbL1yeeF165Btw2h
Eo/COZSzEGtGrXmU9C6EG2j3b17rRUyk2VqxnrNdjBE22MGtHKQLUzr4Hbjvo438
xPEb9FlrdDePXUJCPBPpDGKp0KHH7qqnoWpBtw/LjKELCElHwVwPkYTgOQKBgAeK
H+E2NwEoTrhdu49kTQ/mi+9pWEuzXXuhsN2LPiIubax6NBsD5/Kr31gHpLUI5cyQ
kMjGkys0f0jeAYvzDjJhFaR+rRO7CzcHt+ZaeRomOxCHq4TJSc/nuZpOlo79WDuz
xyVhBk3WreAjnrBZS/+RGa3+lVkQedE/ULUw/fCVAoGASZCg6JkJOzmGlNBdCzQi
bUEYIMWKmWWgUAd39WTmA9BErLLt87naBup1/3E6Nfmw48ZbolzNUw4YKKEjOCRe
1vUeB3OdzYSaYkLMjjc4M2yxJ0iPHX44sy0KibguwuW42XEsNjgJsK6FGJK60uJP
Jsx+/8oGIZP0DUZ0gai6bwI=
-----END PRIVATE KEY-----
";

fn at(seconds: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds.try_into().unwrap())
}

fn bob() -> VerifyingKey {
    VerifyingKey::from_pem(BOB.0).unwrap()
}

/// A request that is right in every way until a test spoils it, before or after it is signed.
#[derive(Clone)]
struct Message {
    method: &'static str,
    target: &'static str,
    headers: Vec<(String, String)>,
    body: Option<&'static [u8]>,
}

impl Message {
    fn post() -> Self {
        let digest = format!("SHA-256={}", STANDARD.encode(sha256(BODY)));
        Self { method: "POST", target: "/inbox", headers: Vec::new(), body: Some(BODY) }
            .with("host", OURS)
            .with("date", &httpdate::fmt_http_date(at(NOW)))
            .with("digest", &digest)
            .with("content-type", "application/activity+json")
    }

    fn get() -> Self {
        Self { method: "GET", target: "/c/tools?page=1", body: None, ..Self::post() }
            .without("digest")
            .without("content-type")
    }

    fn dated(date: i64) -> Self {
        Self::post().set("date", &httpdate::fmt_http_date(at(date)))
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    fn set(self, name: &str, value: &str) -> Self {
        self.without(name).with(name, value)
    }

    /// The signature of Bob over `names`, in base64, with what `times` says of the pseudo-headers.
    fn signature(&self, names: &str, times: &[(&str, &str)], digest: MessageDigest) -> String {
        let lines = names.split(' ').map(|name| {
            let target = format!("{} {}", self.method.to_lowercase(), self.target);
            let header = self.headers.iter().find(|(known, _)| known == name);
            let time = times.iter().find(|(known, _)| name == format!("({known})"));
            let value = match name {
                "(request-target)" => target,
                _ if time.is_some() => time.unwrap().1.to_owned(),
                _ => header.map(|(_, value)| value.clone()).unwrap_or_default(),
            };
            format!("{name}: {value}")
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        let key = PKey::private_key_from_pem(BOB.1.as_bytes()).unwrap();
        let mut signer = Signer::new(digest, &key).unwrap();
        STANDARD.encode(signer.sign_oneshot_to_vec(text.as_bytes()).unwrap())
    }

    fn signed(self, names: &str) -> Self {
        let signature = self.signature(names, &[], MessageDigest::sha256());
        let value = format!(
            r#"keyId="{KEY_ID}",algorithm="rsa-sha256",headers="{names}",signature="{signature}""#
        );
        self.with("signature", &value)
    }

    /// Signed as `hs2019`, with these times as parameters.
    fn signed_with_times(self, names: &str, times: &[(&str, &str)]) -> Self {
        let signature = self.signature(names, times, MessageDigest::sha256());
        let times: Vec<_> = times.iter().map(|(name, value)| format!(",{name}={value}")).collect();
        let times = times.concat();
        let value = format!(
            r#"keyId="{KEY_ID}",algorithm="hs2019"{times},headers="{names}",signature="{signature}""#
        );
        self.with("signature", &value)
    }

    fn read(&self) -> Result<Signed, SignatureError> {
        let Self { method, target, headers, body } = self;
        let ours = BASE.parse().unwrap();
        read(&RequestParts { method, path_and_query: target, headers }, *body, &ours, at(NOW))
    }

    fn checked(&self) -> Result<(), SignatureError> {
        self.read()?.verify(&bob())
    }
}

#[track_caller]
fn refused(message: &Message, error: SignatureError, status: u16) {
    let answer = message.checked();
    assert_eq!(answer, Err(error));
    assert_eq!(error.status(), status);
}

#[test]
fn what_the_usual_peers_send_is_accepted() {
    let created = [("created", "1795323600")];
    for message in [
        Message::post().signed(USUAL),
        Message::post().signed("host date digest content-type (request-target)"), // Mastodon
        Message::get().signed("(request-target) host date"),
        Message::get().with("accept", "*/*").signed("host date accept (request-target)"),
        Message::post().set("host", "OURS.test").signed(USUAL),
        Message::post().set("host", "ours.test:443").signed(USUAL),
        Message::post().signed("(Request-Target) Host Date Digest".to_lowercase().as_str()),
        Message::post()
            .without("date")
            .signed_with_times("(request-target) (created) host digest", &created),
        Message::post().signed_with_times(USUAL, &[]),
    ] {
        assert_eq!(message.checked(), Ok(()), "{:?}", message.headers);
    }
}

#[test]
fn the_algorithm_may_be_unsaid_or_sha_512() {
    let message = Message::post();
    let signature = message.signature(USUAL, &[], MessageDigest::sha256());
    let unsaid = format!(r#"keyId="{KEY_ID}",headers="{USUAL}",signature="{signature}""#);
    assert_eq!(message.clone().with("signature", &unsaid).checked(), Ok(()));

    let signature = message.signature(USUAL, &[], MessageDigest::sha512());
    let said = format!(
        r#"keyId="{KEY_ID}", algorithm="rsa-sha512", headers="{USUAL}", signature="{signature}""#
    );
    let signed = message.clone().with("signature", &said).read().unwrap();
    assert!(signed.each().all(|it| it.algorithm == Algorithm::RsaSha512));
    assert_eq!(signed.verify(&bob()), Ok(()));

    let lied = said.replace("sha512", "sha256");
    refused(&message.with("signature", &lied), Invalid, 401);
}

#[test]
fn a_signature_may_stand_in_authorization_instead() {
    let signed = Message::post().signed(USUAL);
    let draft = format!("signature {}", signed.headers.last().unwrap().1);
    let both = signed.clone().with("authorization", &draft);
    assert_eq!(both.checked(), Ok(()));
    assert_eq!(both.without("signature").checked(), Ok(()));
}

#[test]
fn a_parked_signature_is_verified_later() {
    let signed = Message::post().signed(USUAL).read().unwrap();
    let parked = serde_json::to_value(&signed).unwrap();
    let mut keys: Vec<&String> = parked.as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["algorithm", "key_id", "signature", "signing_string"]);

    let later: Signed = serde_json::from_value(parked).unwrap();
    assert_eq!(later, signed);
    assert_eq!(later.verify(&bob()), Ok(()));
    let one = later.each().next().unwrap();
    assert!(one.covers("digest") && one.covers("(request-target)") && !one.covers("accept"));
}

#[test]
fn what_we_sign_we_accept() {
    let key = SigningKey::from_pem(KEY_ID.parse().unwrap(), BOB.1).unwrap();
    let activity = Some("application/activity+json");
    let ways: [(Sign, bool); 2] = [(sign, true), (sign_rfc9421, false)];
    for (address, host, target) in [
        ("https://ours.test/inbox", "ours.test", "/inbox"),
        ("https://ours.test", "ours.test", "/"),
        ("https://ours.test/c/x?page=1&q=a%20b#top", "ours.test", "/c/x?page=1&q=a%20b"),
        ("http://127.0.0.1:8080/inbox", "127.0.0.1:8080", "/inbox"),
        ("http://[::1]:8080/inbox", "[::1]:8080", "/inbox"),
    ] {
        let url: Url = address.parse().unwrap();
        for (method, content_type, body) in
            [("POST", activity, Some(BODY)), ("POST", None, None), ("GET", None, None)]
        {
            for (sign, is_draft) in ways {
                let headers = sign(&key, method, &url, at(NOW), content_type, body).unwrap();
                let headers = headers.into_iter().filter(|(name, _)| *name != "host");
                let host = ("host".to_owned(), host.to_owned());
                let headers: Vec<_> =
                    headers.map(|(n, v)| (n.to_owned(), v)).chain([host]).collect();
                let parts = RequestParts { method, path_and_query: target, headers: &headers };
                let ours = url.join("/").unwrap();
                let signed = read(&parts, body, &ours, at(NOW)).unwrap();
                assert_eq!(signed.verify(&bob()), Ok(()), "{method} {address}");
                let covers = |name| signed.each().all(|it| it.covers(name));
                assert_eq!(covers("content-type"), is_draft && content_type.is_some());
                assert_eq!(covers("@target-uri"), !is_draft);
            }
        }
    }
    for (sign, _) in ways {
        let nowhere = sign(&key, "GET", &"data:,x".parse().unwrap(), at(NOW), None, None);
        assert_eq!(nowhere, Err(KeyError::Address));
    }
}

#[test]
fn a_delivery_is_signed_in_the_order_that_every_peer_reads() {
    let key = SigningKey::from_pem(KEY_ID.parse().unwrap(), BOB.1).unwrap();
    let url = "https://ours.test/inbox".parse().unwrap();
    let json = Some("application/activity+json");
    let headers = sign(&key, "POST", &url, at(NOW), json, Some(BODY)).unwrap();
    let names: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["host", "date", "digest", "content-type", "signature"]);
    let signature = &headers.last().unwrap().1;
    assert!(signature.starts_with(
        r#"keyId="https://peer.test/u/bob#main-key",algorithm="rsa-sha256",headers="(request-target) host date digest content-type",signature=""#
    ));
}
