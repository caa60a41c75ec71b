//! HTTP Message Signatures (RFC 9421), row by row.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use federation::signature::SignatureError::{
    Absent, Algorithm, Ambiguous, DigestMalformed, DigestMismatch, DigestMissing, Expired, Future,
    Invalid, Malformed, NotCovered, WrongHost,
};
use federation::signature::{SigningKey, sign_rfc9421};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sha::{sha256, sha512};
use openssl::sign::Signer;

use super::{BOB, BODY, HOUR, KEY_ID, Message, NOW, at, refused};

pub(super) const COVERED: &str = r#""@method" "@target-uri" "content-digest""#;
pub(super) const OF_GET: &str = r#""@method" "@target-uri""#;

fn digest() -> String {
    format!("sha-256=:{}:", STANDARD.encode(sha256(BODY)))
}

pub(super) fn post() -> Message {
    Message::post().without("digest").without("date").with("content-digest", &digest())
}

fn get() -> Message {
    Message::get().without("date")
}

pub(super) fn params() -> String {
    format!(r#"created={NOW};keyid="{KEY_ID}""#)
}

/// The value of a component, as section 2 of the RFC says, with none of the code that checks it.
pub(super) fn value(message: &Message, name: &str) -> String {
    let (path, query) = message.target.split_once('?').unwrap_or((message.target, ""));
    match name {
        "@method" => message.method.to_owned(),
        "@target-uri" => format!("https://ours.test{}", message.target),
        "@authority" => "ours.test".to_owned(),
        "@scheme" => "https".to_owned(),
        "@request-target" => message.target.to_owned(),
        "@path" => path.to_owned(),
        "@query" => format!("?{query}"),
        _ => {
            let header = message.headers.iter().find(|(known, _)| known == name);
            header.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        }
    }
}

/// The signature of Bob over `covered` with `params`, in base64.
fn signature(message: &Message, covered: &str, params: &str) -> String {
    let mut lines: Vec<String> = covered
        .split(' ')
        .filter(|name| !name.is_empty())
        .map(|name| format!("{name}: {}", value(message, name.trim_matches('"'))))
        .collect();
    lines.push(format!("\"@signature-params\": ({covered});{params}"));
    let key = PKey::private_key_from_pem(BOB.1.as_bytes()).unwrap();
    let mut signer = Signer::new(MessageDigest::sha256(), &key).unwrap();
    STANDARD.encode(signer.sign_oneshot_to_vec(lines.join("\n").as_bytes()).unwrap())
}

pub(super) fn signed_with(message: Message, covered: &str, params: &str) -> Message {
    let signature = signature(&message, covered, params);
    message
        .with("signature-input", &format!("sig1=({covered});{params}"))
        .with("signature", &format!("sig1=:{signature}:"))
}

pub(super) fn signed(message: Message, covered: &str) -> Message {
    signed_with(message, covered, &params())
}

#[test]
fn what_newer_peers_send_is_accepted() {
    for (covered, params) in [
        (COVERED, params()),
        (COVERED, format!(r#"keyid="{KEY_ID}";alg="rsa-v1_5-sha256";created={NOW}"#)),
        (COVERED, format!(r#"{};expires={};nonce="n";tag="t""#, params(), NOW + 300)),
        (r#""content-digest" "content-type" "@target-uri" "@method" "host""#, params()),
        (r#""@method" "@authority" "@request-target" "content-digest""#, params()),
        (r#""@method" "@scheme" "@authority" "@path" "@query" "content-digest""#, params()),
    ] {
        let message = signed_with(post(), covered, &params);
        assert_eq!(message.checked(), Ok(()), "{covered} {params}");
    }
    for covered in
        [OF_GET, r#""@method" "@authority" "@path" "@query""#, r#""@target-uri" "@method""#]
    {
        assert_eq!(signed(get(), covered).checked(), Ok(()), "{covered}");
    }
    let padded = signed(post(), COVERED);
    let input =
        value(&padded, "signature-input").replace("=(", "=( ").replace(";created", "; created");
    assert_eq!(padded.set("signature-input", &input).checked(), Ok(()), "space is free");
}

// SIG-02
#[test]
fn a_body_other_than_the_signed_one_is_refused() {
    let body: &[u8] = br#"{"type":"Delete"}"#;
    let swapped = Message { body: Some(body), ..signed(post(), COVERED) };
    refused(&swapped, DigestMismatch, 401);
    let other = format!("sha-256=:{}:", STANDARD.encode(sha256(body)));
    refused(&swapped.set("content-digest", &other), Invalid, 401);
}

// SIG-05, SIG-22
#[test]
fn a_signature_over_too_little_is_refused() {
    for (covered, uncovered) in [
        ("", "@method"),
        (r#""@method""#, "@target-uri"),
        (r#""@method" "content-digest""#, "@target-uri"),
        (r#""@method" "@target-uri""#, "content-digest"),
        (r#""@target-uri" "content-digest""#, "@method"),
        (r#""@method" "@path" "@query" "content-digest""#, "@target-uri"),
        (r#""@method" "@authority" "content-digest""#, "@target-uri"),
        (r#""@method" "@authority" "@path" "content-digest""#, "@target-uri"),
        (r#""@method" "@authority" "@query" "content-digest""#, "@target-uri"),
    ] {
        refused(&signed(post(), covered), NotCovered(uncovered), 401);
    }
    refused(&signed(get(), r#""@method" "@authority" "@path""#), NotCovered("@target-uri"), 401);
    let undated = signed_with(post(), COVERED, &format!(r#"keyid="{KEY_ID}""#));
    refused(&undated, NotCovered("created"), 401);
    let dated = signed_with(
        Message::post().with("content-digest", &digest()),
        r#""@method" "@target-uri" "content-digest" "date""#,
        &format!(r#"keyid="{KEY_ID}""#),
    );
    refused(&dated, NotCovered("created"), 401);
    let bare = signed(Message { body: None, ..post().without("content-digest") }, OF_GET);
    refused(&bare, NotCovered("content-digest"), 401);
}

// SIG-07, SIG-08
#[test]
fn the_window_is_that_of_the_older_kind() {
    for (created, expires, answer) in [
        (NOW - 13 * HOUR, None, Err(Expired)),
        (NOW - 13 * HOUR + 1, None, Ok(())),
        (NOW + HOUR, None, Ok(())),
        (NOW + HOUR + 1, None, Err(Future)),
        (NOW + 26 * HOUR, None, Err(Future)),
        (NOW, Some(NOW + 60), Ok(())),
        (NOW - 120, Some(NOW), Err(Expired)),
        (NOW - 120, Some(NOW - 60), Err(Expired)),
        (NOW - 14 * HOUR, Some(NOW + 30 * 24 * HOUR), Err(Expired)),
        (NOW, Some(999_999_999_999_999), Err(Malformed("expires"))),
        (-1, None, Err(Malformed("created"))),
    ] {
        let expires = expires.map(|expires| format!(";expires={expires}")).unwrap_or_default();
        let params = format!(r#"created={created};keyid="{KEY_ID}"{expires}"#);
        assert_eq!(signed_with(post(), COVERED, &params).checked(), answer, "{params}");
    }
}

// SIG-09, SIG-10, SIG-22
#[test]
fn a_signature_for_another_target_method_or_host_is_refused() {
    let elsewhere = Message { target: "/users/zz/inbox", ..post() };
    for covered in [COVERED, r#""@method" "@authority" "@request-target" "content-digest""#] {
        let sent = Message { target: "/inbox", ..signed(elsewhere.clone(), covered) };
        refused(&sent, Invalid, 401);
    }
    let get = signed(get(), OF_GET);
    refused(&Message { method: "POST", ..get.clone() }, NotCovered("content-digest"), 401);
    refused(&Message { method: "HEAD", ..get.clone() }, Invalid, 401);
    refused(&Message { target: "/c/tools?page=2", ..get.clone() }, Invalid, 401);
    refused(&Message { target: "/c/tools", ..get }, Invalid, 401);

    for address in ["https://other.example/inbox", "http://ours.test/inbox"] {
        let key = SigningKey::from_pem(KEY_ID.parse().unwrap(), BOB.1).unwrap();
        let url = address.parse().unwrap();
        let headers = sign_rfc9421(&key, "POST", &url, at(NOW), None, Some(BODY)).unwrap();
        let mut message = Message { headers: Vec::new(), ..post() };
        for (name, value) in headers {
            message = message.with(name, &value);
        }
        refused(&message.clone().with("host", "ours.test"), Invalid, 401);
        refused(&message.with("host", "other.example"), WrongHost, 421);
    }
    refused(&signed(post().without("host"), COVERED), Absent, 401);
}

// SIG-16, SIG-17, SIG-22
#[test]
fn a_content_digest_holds_a_right_sha_256_and_nothing_wrong() {
    let (short, long) = (STANDARD.encode(sha256(BODY)), STANDARD.encode(sha512(BODY)));
    let (bad, worse) = (STANDARD.encode(sha256(b"bad")), STANDARD.encode(sha512(b"bad")));
    for (value, answer) in [
        (format!("sha-256=:{short}:, sha-512=:{long}:"), Ok(())),
        (format!("sha-512=:{long}:,sha-256=:{short}:"), Ok(())),
        (format!("md5=:AAAA:, sha-256=:{short}:"), Ok(())),
        (format!("sha-512=:{long}:"), Err(DigestMissing)),
        ("md5=:AAAA:".to_owned(), Err(DigestMissing)),
        (format!("sha-256=:{bad}:"), Err(DigestMismatch)),
        (format!("sha-256=:{short}:, sha-512=:{worse}:"), Err(DigestMismatch)),
        (format!("sha-256=:{short}:, sha-256=:{bad}:"), Err(DigestMalformed)),
        (format!("sha-256=:{bad}:, sha-256=:{short}:"), Err(DigestMalformed)),
        (format!("SHA-256={short}"), Err(DigestMalformed)),
        (format!("sha-256={short}"), Err(DigestMalformed)),
        (format!("sha-256=\"{short}\""), Err(DigestMalformed)),
        (format!("sha-256=(:{short}:)"), Err(DigestMalformed)),
        (format!("sha-256=:{short}"), Err(DigestMalformed)),
        (format!("sha-256=:{short}:,"), Err(DigestMalformed)),
        ("sha-256".to_owned(), Err(DigestMalformed)),
        ("sha-256=:AAAA:".to_owned(), Err(DigestMalformed)),
        ("sha-256=:%%%%:".to_owned(), Err(DigestMalformed)),
        (String::new(), Err(DigestMalformed)),
    ] {
        let message = signed(post().set("content-digest", &value), COVERED);
        assert_eq!(message.checked(), answer, "{value}");
    }
    refused(&signed(post().without("content-digest"), COVERED), DigestMissing, 401);
    refused(
        &signed(post(), COVERED).with("content-digest", &digest()),
        Ambiguous("content-digest"),
        401,
    );
    assert_eq!(DigestMalformed.status(), 400, "SIG-22");
}

// SIG-18
#[test]
fn a_signed_header_that_is_absent_or_comes_twice_is_refused() {
    let covered = r#""@method" "@target-uri" "content-digest" "content-type""#;
    let message = signed(post(), covered);
    let twice = message.clone().with("content-type", "application/activity+json");
    refused(&twice, Malformed("signed header repeated"), 400);
    refused(&message.without("content-type"), Absent, 401);
    // Names are in lower case; another spelling is another header, which is never there.
    refused(&signed(post(), &covered.replace("content-type", "Content-Type")), Absent, 401);
}

// SIG-20
#[test]
fn every_algorithm_but_one_is_refused() {
    for name in [
        "rsa-pss-sha512",
        "hmac-sha256",
        "ed25519",
        "ecdsa-p256-sha256",
        "hs2019",
        "rsa-sha256",
        "",
    ] {
        let params = format!(r#"{};alg="{name}""#, params());
        refused(&signed_with(post(), COVERED, &params), Algorithm, 401);
    }
}

#[test]
fn what_we_send_to_newer_peers_is_written_as_they_read_it() {
    let key = SigningKey::from_pem(KEY_ID.parse().unwrap(), BOB.1).unwrap();
    let url = "https://ours.test/inbox".parse().unwrap();
    let json = Some("application/activity+json");
    let headers = sign_rfc9421(&key, "POST", &url, at(NOW), json, Some(BODY)).unwrap();
    let names: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["content-digest", "content-type", "signature-input", "signature"]);
    let params = format!(r#"{};alg="rsa-v1_5-sha256""#, params());
    let [digested, _, input, written] = headers.try_into().unwrap();
    assert_eq!(digested.1, digest());
    assert_eq!(input.1, format!("sig1=({COVERED});{params}"));
    assert_eq!(written.1, format!("sig1=:{}:", signature(&post(), COVERED, &params)));
    let get = sign_rfc9421(&key, "GET", &url, at(NOW), None, None).unwrap();
    let names: Vec<_> = get.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["signature-input", "signature"]);
}
