//! HTTP Message Signatures (RFC 9421), row by row.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use federation::signature::SignatureError::{
    Absent, Algorithm, Ambiguous, Component, DigestMalformed, DigestMismatch, DigestMissing,
    Expired, Future, Invalid, Malformed, Missing, NotCovered, WrongHost,
};
use federation::signature::{Signed, SigningKey, sign_rfc9421};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sha::{sha256, sha512};
use openssl::sign::Signer;

use super::{BOB, BODY, HOUR, KEY_ID, Message, NOW, USUAL, at, bob, refused};

const COVERED: &str = r#""@method" "@target-uri" "content-digest""#;
const OF_GET: &str = r#""@method" "@target-uri""#;

fn digest() -> String {
    format!("sha-256=:{}:", STANDARD.encode(sha256(BODY)))
}

fn post() -> Message {
    Message::post().without("digest").without("date").with("content-digest", &digest())
}

fn get() -> Message {
    Message::get().without("date")
}

fn params() -> String {
    format!(r#"created={NOW};keyid="{KEY_ID}""#)
}

/// The value of a component, as section 2 of the RFC says, with none of the code that checks it.
fn value(message: &Message, name: &str) -> String {
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

fn signed_with(message: Message, covered: &str, params: &str) -> Message {
    let signature = signature(&message, covered, params);
    message
        .with("signature-input", &format!("sig1=({covered});{params}"))
        .with("signature", &format!("sig1=:{signature}:"))
}

fn signed(message: Message, covered: &str) -> Message {
    signed_with(message, covered, &params())
}

/// Signed with draft-cavage too, which then stands in `Authorization`.
fn with_draft(message: Message) -> Message {
    let draft = Message::post().signed(USUAL);
    let parameters = draft.headers.last().unwrap().1.clone();
    let message =
        message.set("date", &value(&draft, "date")).set("digest", &value(&draft, "digest"));
    message.with("authorization", &format!("Signature {parameters}"))
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
    let body: Option<&'static [u8]> = Some(br#"{"type":"Delete"}"#);
    let swapped = Message { body, ..signed(post(), COVERED) };
    refused(&swapped, DigestMismatch, 401);
    let other = format!("sha-256=:{}:", STANDARD.encode(sha256(body.unwrap())));
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
fn components_that_would_be_rewritten_are_refused() {
    for odd in [
        r#""content-type";sf"#,
        r#""content-type";bs"#,
        r#""content-digest";key="sha-256""#,
        r#""@method";req"#,
        r#""content-type";tr"#,
        r#""@query-param";name="page""#,
        r#""@status""#,
        r#""@unheard-of""#,
    ] {
        let covered = format!("{COVERED} {odd}");
        refused(&signed(post(), &covered), Component, 401);
    }
}

// SIG-16
#[test]
fn of_several_signatures_none_counts() {
    let message = signed(post(), COVERED);
    let (input, text) = (value(&message, "signature-input"), value(&message, "signature"));
    let (second, other) = (input.replace("sig1", "sig2"), text.replace("sig1", "sig2"));
    let with = |input: &str, text: &str| {
        message.clone().set("signature-input", input).set("signature", text)
    };
    let ambiguous = Ambiguous("signature");
    refused(&with(&format!("{input}, {second}"), &format!("{text}, {other}")), ambiguous, 401);
    refused(&with(&format!("{input}, {second}"), &text), ambiguous, 401);
    refused(&with(&input, &format!("{text}, {other}")), ambiguous, 401);
    refused(&message.clone().with("signature-input", &second), ambiguous, 401);
    refused(&message.clone().with("signature", &other), ambiguous, 401);
    // What the last of two would say is not taken either, where a key comes twice.
    let twice = Malformed("no dictionary");
    refused(&with(&format!("sig1=(\"@method\"), {input}"), &text), twice, 400);
    refused(&with(&input, &format!("sig1=:AAAA:, {text}")), twice, 400);
    refused(&with(&input.replace(";created", ";created=1;created"), &text), twice, 400);
}

// SIG-23
#[test]
fn of_two_kinds_both_must_hold() {
    let good = with_draft(signed(post(), COVERED));
    assert_eq!(good.checked(), Ok(()), "SIG-23: both hold");
    assert_eq!(good.read().unwrap().each().count(), 2);

    let (draft, newer) = (value(&good, "authorization"), value(&good, "signature"));
    let bad = draft.replace("signature=\"", "signature=\"AAAA");
    refused(&good.clone().set("authorization", &bad), Invalid, 401);
    let bad = newer.replace("sig1=:", "sig1=:AAAA");
    refused(&good.clone().set("signature", &bad), Invalid, 401);
    let old = format!(r#"created={};keyid="{KEY_ID}""#, NOW - 14 * HOUR);
    refused(&with_draft(signed_with(post(), COVERED, &old)), Expired, 401);
    refused(&with_draft(signed(post(), OF_GET)), NotCovered("content-digest"), 401);
    refused(&good.clone().without("signature"), Missing, 401);
    let uncovered = draft.replace(" digest", "");
    refused(&good.clone().set("authorization", &uncovered), NotCovered("digest"), 401);
    refused(&good.set("date", "Sun, 22 Nov 2026 05:00:01 GMT"), Invalid, 401);

    // Where the newer kind is announced, the older one in its place is not taken for it.
    let input = value(&signed(post(), COVERED), "signature-input");
    let beside = Message::post().signed(USUAL).with("signature-input", &input);
    refused(&beside, Ambiguous("kind of signature"), 401);
}

#[test]
fn a_parked_request_keeps_both_signatures() {
    let both = with_draft(signed(post(), COVERED)).read().unwrap();
    let parked = serde_json::to_string(&both).unwrap();
    let later: Signed = serde_json::from_str(&parked).unwrap();
    assert_eq!(later, both);
    assert_eq!(later.verify(&bob()), Ok(()));

    let spoiled = |name: &str| {
        let mut parked: serde_json::Value = serde_json::from_str(&parked).unwrap();
        let place = if name.is_empty() { &mut parked } else { parked.get_mut(name).unwrap() };
        *place.get_mut("signature").unwrap() = "AAAA".into();
        serde_json::from_value::<Signed>(parked).unwrap()
    };
    for name in ["", "beside"] {
        assert_eq!(spoiled(name).verify(&bob()), Err(Invalid), "SIG-23: {name}");
    }
}

// SIG-21
#[test]
fn what_is_not_written_as_the_standard_says_is_refused_at_once() {
    let input = format!("sig1=({COVERED});{}", params());
    let many: Vec<String> = (0..10_000).map(|number| format!("\"x{number}\"")).collect();
    let some = many.iter().take(33).cloned().collect::<Vec<_>>().join(" ");
    let many = many.join(" ");
    let short = r#""a" "#.repeat(4_000);
    let long = "a".repeat(64 * 1024);
    let inputs = [
        String::new(),
        "sig1".to_owned(),
        "sig1=".to_owned(),
        "sig1=?1".to_owned(),
        "sig1=(".to_owned(),
        "sig1=()".to_owned(),
        "sig1=:AAAA:".to_owned(),
        input.replace("sig1=", "SIG1="),
        input.replace("sig1", "sig2"),
        input.replace("(\"", "("),
        input.replace("\")", ")"),
        input.replace(')', ""),
        input.replace('(', "(("),
        input.replace("\"@method\"", "@method"),
        input.replace("\"@method\"", "\"@method\" \"@method\""),
        input.replace("\"@method\"", "1"),
        input.replace("\"@method\"", &many),
        input.replace("\"@method\"", &some),
        input.replace("\"@method\" ", &short),
        input.replace("created=", "created=\"").replace(";keyid", "\";keyid"),
        input.replace("created=", "created=1.5;x="),
        input.replace("created=", "created=9999999999999999;x="),
        input.replace("keyid=\"", "keyid=\"\\x"),
        input.replace("keyid=\"https", "keyid=\"ftp"),
        input.replace("keyid=\"https", "keyid=\"ht tps"),
        input.replace("keyid", "kid"),
        input.replace("keyid=\"", "keyid=\"\0"),
        input.replace("keyid=\"", "keyid=\"ä"),
        input.replace("keyid=\"", &format!("nonce=\"{long}\";keyid=\"")),
        format!("{input};tag=\"a"),
        format!("{input};"),
        format!("{input},"),
        format!("{input} junk"),
        format!("{input}\0"),
        long.clone(),
    ];
    let signatures = [
        String::new(),
        "sig1".to_owned(),
        "sig1=:AAAA".to_owned(),
        "sig1=AAAA".to_owned(),
        "sig1=\"AAAA\"".to_owned(),
        "sig1=(:AAAA:)".to_owned(),
        "sig1=:%%%%:".to_owned(),
        "sig2=:AAAA:".to_owned(),
        "sig1=:AAAA:\0".to_owned(),
        format!("sig1=:{long}:"),
    ];
    let inputs = inputs.into_iter().map(|odd| (odd, "sig1=:AAAA:".to_owned()));
    let pairs = inputs.chain(signatures.into_iter().map(|odd| (input.clone(), odd)));
    let (started, mut number) = (Instant::now(), 0);
    for (input, signature) in pairs {
        number += 1;
        let message = post().with("signature-input", &input).with("signature", &signature);
        let error = message.checked().unwrap_err();
        let shown: String = format!("{input} {signature}").chars().take(120).collect();
        let is_refused = matches!(error, Malformed(_) | NotCovered(_));
        assert!(is_refused, "SIG-21: {error:?} for {shown}");
    }
    assert!(started.elapsed() < number * Duration::from_millis(50), "SIG-21: {started:?}");
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
