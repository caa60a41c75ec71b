//! What a signature must say before it is believed, row by row.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use federation::signature::{
    Algorithm, KeyCache, KeyError, RequestParts, SignatureError, Signed, SigningKey, VerifyingKey,
    generate, read, sign,
};
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::sha::{sha256, sha512};
use openssl::sign::Signer;
use serde_json::Value;
use url::Url;

use SignatureError::{
    Absent, Ambiguous, DigestMalformed, DigestMismatch, DigestMissing, Expired, Future, Invalid,
    Malformed, Missing, NotCovered, WrongHost,
};

const OURS: &str = "ours.test";
const KEY_ID: &str = "https://peer.test/u/bob#main-key";
const BODY: &[u8] = br#"{"type":"Create"}"#;
const USUAL: &str = "(request-target) host date digest";
const HOUR: i64 = 3600;

/// Sunday, 22 November 2026, 05:00:00 UTC.
const NOW: i64 = 1_795_323_600;

static BOB: LazyLock<(String, String)> = LazyLock::new(|| generate().unwrap());
static MALLORY: LazyLock<(String, String)> = LazyLock::new(|| generate().unwrap());

fn at(seconds: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds.try_into().unwrap())
}

fn bob() -> VerifyingKey {
    VerifyingKey::from_pem(&BOB.0).unwrap()
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
        let times: String = times.iter().map(|(name, value)| format!(",{name}={value}")).collect();
        let value = format!(
            r#"keyId="{KEY_ID}",algorithm="hs2019"{times},headers="{names}",signature="{signature}""#
        );
        self.with("signature", &value)
    }

    fn read(&self) -> Result<Signed, SignatureError> {
        let Self { method, target, headers, body } = self;
        read(&RequestParts { method, path_and_query: target, headers }, *body, OURS, at(NOW))
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
    assert_eq!(signed.algorithm, Algorithm::RsaSha512);
    assert_eq!(signed.verify(&bob()), Ok(()));

    let lied = said.replace("sha512", "sha256");
    refused(&message.with("signature", &lied), Invalid, 401);
}

// SIG-01
#[test]
fn a_request_without_a_signature_is_refused() {
    refused(&Message::post(), Missing, 401);
    refused(&Message::post().with("authorization", "Bearer abc"), Missing, 401);
}

// SIG-02
#[test]
fn a_body_replaced_after_signing_is_refused() {
    let message = Message { body: Some(br#"{"type":"Delete"}"#), ..Message::post().signed(USUAL) };
    refused(&message, DigestMismatch, 401);
    let message = Message { body: None, ..Message::post().signed(USUAL) };
    refused(&message, DigestMismatch, 401);
}

// SIG-03, SIG-04, SIG-05
#[test]
fn a_signature_over_too_little_is_refused() {
    for (names, uncovered) in [
        ("(request-target) host date", "digest"),
        ("date", "(request-target)"),
        ("digest", "(request-target)"),
        ("(request-target) date digest", "host"),
        ("(request-target) host digest", "date"),
        ("(request-target) host digest content-type", "date"),
    ] {
        refused(&Message::post().signed(names), NotCovered(uncovered), 401);
    }
    refused(&Message::get().signed("(request-target) host"), NotCovered("date"), 401);
    refused(&Message::get().signed("host date"), NotCovered("(request-target)"), 401);
    let unsaid = format!(r#"keyId="{KEY_ID}",signature="AAAA""#);
    let unsaid = Message::post().with("signature", &unsaid);
    refused(&unsaid, NotCovered("(request-target)"), 401);
}

// SIG-06, SIG-07, CLK-04
#[test]
fn a_date_counts_for_thirteen_hours_and_from_one_hour_ahead() {
    for (date, answer) in [
        (NOW - 26 * HOUR, Err(Expired)),
        (NOW - 13 * HOUR, Err(Expired)),
        (NOW - 13 * HOUR + 1, Ok(())),
        (NOW - 50 * 60, Ok(())),
        (NOW + 50 * 60, Ok(())),
        (NOW + HOUR, Ok(())),
        (NOW + HOUR + 1, Err(Future)),
        (NOW + 26 * HOUR, Err(Future)),
    ] {
        assert_eq!(Message::dated(date).signed(USUAL).checked(), answer, "{date}");

        let created = date.to_string();
        let names = "(request-target) (created) host digest";
        let message = Message::post().signed_with_times(names, &[("created", &created)]);
        assert_eq!(message.checked(), answer, "created {date}");
    }
    for date in ["yesterday", "", "Sun, 99 Nov 2026 05:00:00 GMT", "1795323600"] {
        refused(&Message::post().set("date", date).signed(USUAL), Malformed("date"), 400);
    }
}

// SIG-08
#[test]
fn an_expiry_shortens_the_window_and_never_lengthens_it() {
    let names = "(request-target) (created) (expires) host digest";
    let ahead = 30 * 24 * HOUR;
    for (created, expires, answer) in [
        (NOW, (NOW + 60).to_string(), Ok(())),
        (NOW, format!("{}.5", NOW + 60), Ok(())),
        (NOW - 120, (NOW - 60).to_string(), Err(Expired)),
        (NOW - 14 * HOUR, (NOW + ahead).to_string(), Err(Expired)),
        (NOW, "never".to_owned(), Err(Malformed("expires"))),
        (NOW, "999999999999999999999".to_owned(), Err(Malformed("expires"))),
    ] {
        let created = created.to_string();
        let times = [("created", created.as_str()), ("expires", expires.as_str())];
        let message = Message::post().signed_with_times(names, &times);
        assert_eq!(message.checked(), answer, "{times:?}");
        // Whoever states an expiry is held to it, signed or not.
        let message = Message::post().signed_with_times(USUAL, &times);
        assert_eq!(message.checked(), answer, "{times:?} unsigned");
    }
}

#[test]
fn a_time_that_is_signed_must_be_stated_and_not_under_an_old_algorithm() {
    let names = "(request-target) (created) host digest";
    refused(&Message::post().signed_with_times(names, &[]), Malformed("created"), 400);
    refused(&Message::post().signed(names), SignatureError::Algorithm, 401);
}

// SIG-09
#[test]
fn a_signature_for_another_target_or_method_is_refused() {
    let elsewhere = Message { target: "/users/zz/inbox", ..Message::post() }.signed(USUAL);
    refused(&Message { target: "/inbox", ..elsewhere }, Invalid, 401);

    let get = Message::get().signed("(request-target) host date");
    refused(&Message { method: "POST", ..get.clone() }, NotCovered("digest"), 401);
    refused(&Message { method: "HEAD", ..get.clone() }, Invalid, 401);
    refused(&Message { target: "/c/tools?page=2", ..get }, Invalid, 401);
}

// SIG-10
#[test]
fn a_request_made_for_another_host_is_refused() {
    for host in ["other.example", "ours.test.evil.test", "ours.test:8443", "ours.test.", ""] {
        refused(&Message::post().set("host", host).signed(USUAL), WrongHost, 421);
    }
    refused(&Message::post().without("host").signed(USUAL), Absent, 401);
}

// SIG-11
#[test]
fn a_signature_by_another_key_than_it_names_is_refused() {
    let signed = Message::post().signed(USUAL).read().unwrap();
    assert_eq!(signed.key_id.as_str(), KEY_ID);
    let mallory = VerifyingKey::from_pem(&MALLORY.0).unwrap();
    assert_eq!(signed.verify(&mallory), Err(Invalid));
    assert_eq!(signed.verify(&bob()), Ok(()));
}

// SIG-16
#[test]
fn two_signatures_or_two_digests_are_refused() {
    let signature = |message: &Message| message.headers.last().unwrap().1.clone();
    let signed = Message::post().signed(USUAL);
    let own = signature(&signed);
    refused(&signed.clone().with("signature", &own), Ambiguous("signature"), 401);
    let other = own.replace("bob", "mallory");
    let both = signed.clone().with("authorization", &format!("Signature {other}"));
    refused(&both, Ambiguous("signature"), 401);

    let good = format!("SHA-256={}", STANDARD.encode(sha256(BODY)));
    let bad = format!("SHA-256={}", STANDARD.encode(sha256(b"bad")));
    for digest in [format!("{good},{bad}"), format!("{bad}, {good}"), format!("{good},{good}")] {
        let message = Message::post().set("digest", &digest).signed(USUAL);
        refused(&message, Ambiguous("digest"), 401);
    }
    refused(&Message::post().with("digest", &bad).signed(USUAL), Ambiguous("digest"), 401);
    refused(&signed.with("digest", &good), Ambiguous("digest"), 401);
}

// SIG-16, SIG-17
#[test]
fn only_a_sha_256_digest_counts() {
    let (short, long) = (STANDARD.encode(sha256(BODY)), STANDARD.encode(sha512(BODY)));
    for (digest, answer) in [
        (format!("sha-256={short}"), Ok(())),
        (format!("SHA-512={long}, SHA-256={short}"), Ok(())),
        (format!("SHA-512={long}"), Err(DigestMissing)),
        ("SHA=abc".to_owned(), Err(DigestMissing)),
        ("MD5=rL0Y20zC+Fzt72VPzMSk2A==".to_owned(), Err(DigestMissing)),
        ("SHA-256=%%%".to_owned(), Err(DigestMalformed)),
        ("SHA-256=AAAA".to_owned(), Err(DigestMalformed)),
        ("SHA-256".to_owned(), Err(DigestMalformed)),
        (String::new(), Err(DigestMalformed)),
    ] {
        let message = Message::post().set("digest", &digest).signed(USUAL);
        assert_eq!(message.checked(), answer, "{digest}");
    }
    refused(&Message::post().without("digest").signed(USUAL), DigestMissing, 401);
    assert_eq!((DigestMissing.status(), DigestMalformed.status()), (401, 400));
}

// SIG-18
#[test]
fn a_signed_header_that_comes_twice_is_refused() {
    let repeated = Malformed("signed header repeated");
    for name in ["host", "date", "content-type"] {
        let signed = Message::post().signed(&format!("{USUAL} content-type"));
        let value = signed.headers.iter().find(|(known, _)| known == name).unwrap().1.clone();
        refused(&signed.with(name, &value), repeated, 400);
    }
    let unsigned = Message::post().with("accept", "*/*").with("accept", "text/html");
    assert_eq!(unsigned.signed(USUAL).checked(), Ok(()));
}

#[test]
fn a_signed_header_that_is_absent_is_refused() {
    refused(&Message::post().signed(&format!("{USUAL} collection-synchronization")), Absent, 401);
    refused(&Message::post().signed(&format!("{USUAL} (query)")), Absent, 401);
}

// SIG-19
#[test]
fn only_sound_rsa_keys_of_a_usual_size_are_taken() {
    let spki = |rsa: Rsa<_>| String::from_utf8(rsa.public_key_to_pem().unwrap()).unwrap();
    let made = |bits| {
        let rsa = Rsa::generate(bits).unwrap();
        let n = rsa.n().to_owned().unwrap();
        spki(Rsa::from_public_components(n, rsa.e().to_owned().unwrap()).unwrap())
    };
    let numbers = |bits: i32, odd: bool, e: u32| {
        let mut n = BigNum::new().unwrap();
        n.set_bit(bits - 1).unwrap();
        if odd {
            n.set_bit(0).unwrap();
        }
        spki(Rsa::from_public_components(n, BigNum::from_u32(e).unwrap()).unwrap())
    };
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let ec = EcKey::generate(&group).unwrap().public_key_to_pem().unwrap();
    let ec = String::from_utf8(ec).unwrap();
    let ed25519 = PKey::generate_ed25519().unwrap().public_key_to_pem().unwrap();

    for (pem, answer) in [
        (made(512), Err(KeyError::Size(512))),
        (made(1024), Err(KeyError::Size(1024))),
        (numbers(2047, true, 65537), Err(KeyError::Size(2047))),
        (numbers(4097, true, 65537), Err(KeyError::Size(4097))),
        (numbers(16384, true, 65537), Err(KeyError::Size(16384))),
        (numbers(2048, true, 1), Err(KeyError::Unsound("exponent"))),
        (numbers(2048, true, 65536), Err(KeyError::Unsound("exponent"))),
        (numbers(2048, false, 65537), Err(KeyError::Unsound("modulus"))),
        (ec.replace("PUBLIC KEY", "RSA PUBLIC KEY"), Err(KeyError::NotRsa)),
        (ec, Err(KeyError::NotRsa)),
        (String::from_utf8(ed25519).unwrap(), Err(KeyError::NotRsa)),
        (BOB.1.clone(), Err(KeyError::Pem)),
        (BOB.0.replace("MII", "MI!"), Err(KeyError::Pem)),
        (format!("{}{}", BOB.0, BOB.0), Err(KeyError::Pem)),
        (String::new(), Err(KeyError::Pem)),
        (numbers(2048, true, 3), Ok(())),
        (numbers(4096, true, 65537), Ok(())),
        (BOB.0.clone(), Ok(())),
        (BOB.0.replace('\n', "\r\n"), Ok(())),
    ] {
        assert_eq!(VerifyingKey::from_pem(&pem).map(|_| ()), answer, "{pem}");
    }
}

/// An encrypted PEM must not make anything ask for a password on the terminal.
#[test]
fn an_encrypted_key_is_refused_without_asking() {
    let (begin, rest) = BOB.0.split_once('\n').unwrap();
    let head = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00000000000000000000000000000000\n";
    let pem = format!("{begin}\n{head}\n{rest}");
    assert_eq!(VerifyingKey::from_pem(&pem).map(|_| ()), Err(KeyError::Pem));
}

#[test]
fn both_forms_of_a_public_key_are_read() {
    let signed = Message::post().signed(USUAL).read().unwrap();
    let pkcs1 = Rsa::public_key_from_pem(BOB.0.as_bytes()).unwrap();
    let pkcs1 = String::from_utf8(pkcs1.public_key_to_pem_pkcs1().unwrap()).unwrap();
    assert!(pkcs1.starts_with("-----BEGIN RSA PUBLIC KEY-----"));
    assert_eq!(signed.verify(&VerifyingKey::from_pem(&pkcs1).unwrap()), Ok(()));
}

// SIG-20
#[test]
fn a_shared_secret_or_an_unknown_algorithm_is_refused() {
    let hmac = PKey::hmac(BOB.0.as_bytes()).unwrap();
    let mut signer = Signer::new(MessageDigest::sha256(), &hmac).unwrap();
    let signature = STANDARD.encode(signer.sign_oneshot_to_vec(b"anything").unwrap());
    for name in ["hmac-sha256", "HMAC-SHA256", "rsa-sha1", "ecdsa-sha256", "ed25519", "none", ""] {
        let value = format!(
            r#"keyId="{KEY_ID}",algorithm="{name}",headers="{USUAL}",signature="{signature}""#
        );
        let message = Message::post().with("signature", &value);
        refused(&message, SignatureError::Algorithm, 401);
    }
}

// SIG-21
#[test]
fn what_is_not_written_as_the_draft_says_is_refused() {
    let names = vec!["x"; 10_000].join(" ");
    let many: String = (0..33).map(|n| format!("x{n} ")).collect();
    let long = "A".repeat(64 * 1024);
    for value in [
        String::new(),
        "keyId".to_owned(),
        "sig1=:AAAA:".to_owned(),
        r#"keyId="https://a.test/k"#.to_owned(),
        r#"keyId="https://a.test/k"signature="AAAA""#.to_owned(),
        r#"keyId="https://a.test/k",signature="AAAA","#.to_owned(),
        r#"keyId="https://a.test/k",,signature="AAAA""#.to_owned(),
        r#"keyId="https://a.test/k",signature="AAAA" junk"#.to_owned(),
        r#"keyId="https://a.test/k",keyId="https://b.test/k",signature="AAAA""#.to_owned(),
        r#"keyId="https://a.test/k",KEYID="https://b.test/k",signature="AAAA""#.to_owned(),
        r#"keyId="https://a.test/\"k",signature="AAAA""#.to_owned(),
        "keyId=\"https://a.test/\0\",signature=\"AAAA\"".to_owned(),
        "keyId=\"https://ä.test/\",signature=\"AAAA\"".to_owned(),
        r#"keyId="https://a.test/k""#.to_owned(),
        r#"signature="AAAA",headers="date""#.to_owned(),
        format!(r#"keyId="https://a.test/k",headers="",signature="AAAA""#),
        format!(r#"keyId="https://a.test/k",headers="date date",signature="AAAA""#),
        format!(r#"keyId="https://a.test/k",headers="{names}",signature="AAAA""#),
        format!(r#"keyId="https://a.test/k",headers="{many}",signature="AAAA""#),
        format!(r#"keyId="https://a.test/k",headers="{USUAL}",signature="{long}""#),
        format!(r#"keyId="https://a.test/k",headers="{USUAL}",signature="%%%%""#),
        format!(r#"keyId="bob",headers="{USUAL}",signature="AAAA""#),
        format!(r#"keyId="file:///etc/passwd",headers="{USUAL}",signature="AAAA""#),
        (0..40).map(|n| format!(r#"p{n}="","#)).collect::<String>() + r#"keyId="a""#,
    ] {
        let error = Message::post().with("signature", &value).checked().unwrap_err();
        let shown: String = value.chars().take(80).collect();
        assert!(matches!(error, Malformed(_)), "{error:?} for {shown}");
        assert_eq!(error.status(), 400);
    }
}

// SIG-22, SIG-23
#[test]
fn an_rfc_9421_signature_counts_for_nothing_and_spoils_another() {
    let input = r#"sig1=("@method" "@target-uri");created=1795323600;keyid="https://peer.test/k""#;
    let alone = Message::post().with("signature-input", input).with("signature", "sig1=:AAAA:");
    refused(&alone, Missing, 401);

    let beside = Message::post().signed(USUAL).with("signature-input", input);
    refused(&beside, Ambiguous("kind of signature"), 401);
    refused(&beside.with("signature", "sig1=:AAAA:"), Ambiguous("signature"), 401);

    let signed = Message::post().signed(USUAL);
    let draft = format!("Signature {}", signed.headers.last().unwrap().1);
    refused(&alone.with("authorization", &draft), Ambiguous("kind of signature"), 401);
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
    let keys: Vec<&String> = parked.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["algorithm", "key_id", "signature", "signing_string"]);

    let later: Signed = serde_json::from_value(parked).unwrap();
    assert_eq!(later, signed);
    assert_eq!(later.verify(&bob()), Ok(()));
    assert!(later.covers("digest") && later.covers("(request-target)") && !later.covers("accept"));
}

#[test]
fn what_we_sign_we_accept() {
    let key = SigningKey::from_pem(KEY_ID.parse().unwrap(), &BOB.1).unwrap();
    let activity = Some("application/activity+json");
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
            let headers = sign(&key, method, &url, at(NOW), content_type, body).unwrap();
            let headers: Vec<_> = headers.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
            let parts = RequestParts { method, path_and_query: target, headers: &headers };
            let signed = read(&parts, body, host, at(NOW)).unwrap();
            assert_eq!(signed.verify(&bob()), Ok(()), "{method} {address}");
            assert_eq!(signed.covers("content-type"), content_type.is_some());
        }
    }
    let nowhere = sign(&key, "GET", &"data:,x".parse().unwrap(), at(NOW), None, None);
    assert_eq!(nowhere, Err(KeyError::Address));
}

#[test]
fn a_delivery_is_signed_in_the_order_that_every_peer_reads() {
    let key = SigningKey::from_pem(KEY_ID.parse().unwrap(), &BOB.1).unwrap();
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

#[test]
fn a_cached_key_counts_only_with_the_text_it_came_from() {
    let cache = KeyCache::new();
    let key_id: Url = KEY_ID.parse().unwrap();
    let signed = Message::post().signed(USUAL).read().unwrap();
    for (pem, answer) in [(&MALLORY.0, Err(Invalid)), (&BOB.0, Ok(())), (&BOB.0, Ok(()))] {
        assert_eq!(signed.verify(&cache.get_or_parse(&key_id, pem).unwrap()), answer);
    }
    assert!(cache.get_or_parse(&key_id, "nothing").is_err());
    assert_eq!(cache.get_or_parse_signing(&key_id, &BOB.1).unwrap().key_id(), &key_id);
    assert!(!format!("{:?}", cache.get_or_parse_signing(&key_id, &BOB.1)).contains("PRIVATE"));
    cache.forget(&key_id);
}

/// Requests as a GoToSocial server sent them, with the key that signed each.
#[test]
fn every_captured_request_of_gotosocial_is_accepted() {
    let captured = "../../../shared/fixtures/gotosocial/captured";
    let Ok(folder) = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(captured)) else {
        return;
    };
    let mut accepted = 0;
    for entry in folder {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let document: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        if document.get("signer_public_key_pem").is_some() {
            accept_captured(&document)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            accepted += 1;
        }
    }
    assert!(accepted > 20, "only {accepted} requests were found");
}

fn accept_captured(document: &Value) -> Result<(), SignatureError> {
    let text = |name: &str| document.get(name).and_then(Value::as_str);
    let pairs: Vec<(String, String)> =
        serde_json::from_value(document.get("headers").unwrap().clone()).unwrap();
    let headers: Vec<_> = pairs.into_iter().map(|(n, v)| (n.to_lowercase(), v)).collect();
    let body = text("body_base64").map(|body| STANDARD.decode(body).unwrap());
    let received = chrono::DateTime::parse_from_rfc3339(text("received_at").unwrap()).unwrap();
    let parts = RequestParts {
        method: text("method").unwrap(),
        path_and_query: text("target").unwrap(),
        headers: &headers,
    };
    let host = text("authority").unwrap();
    let signed = read(&parts, body.as_deref(), host, at(received.timestamp()))?;
    let key = VerifyingKey::from_pem(text("signer_public_key_pem").unwrap());
    signed.verify(&key.expect("its key is read"))
}
