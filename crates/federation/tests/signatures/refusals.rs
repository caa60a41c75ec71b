//! What is refused, and how.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use federation::signature::SignatureError::{
    Absent, Ambiguous, DigestMalformed, DigestMismatch, DigestMissing, Expired, Future, Invalid,
    Malformed, Missing, NotCovered, WrongHost,
};
use federation::signature::{SignatureError, VerifyingKey, generate};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sha::{sha256, sha512};
use openssl::sign::Signer;

use super::{BOB, BODY, HOUR, KEY_ID, Message, NOW, USUAL, bob, refused};

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
    assert!(signed.each().all(|it| it.key_id.as_str() == KEY_ID));
    let mallory = VerifyingKey::from_pem(&generate().unwrap().0).unwrap();
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
    let many = (0..33).map(|n| format!("x{n}")).collect::<Vec<_>>().join(" ");
    let params = (0..40).map(|n| format!(r#"p{n}="""#)).collect::<Vec<_>>().join(",");
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
        r#"keyId="https://a.test/k",headers="",signature="AAAA""#.to_owned(),
        r#"keyId="https://a.test/k",headers="date date",signature="AAAA""#.to_owned(),
        format!(r#"keyId="https://a.test/k",headers="{names}",signature="AAAA""#),
        format!(r#"keyId="https://a.test/k",headers="{many}",signature="AAAA""#),
        format!(r#"keyId="https://a.test/k",headers="{USUAL}",signature="{long}""#),
        format!(r#"keyId="https://a.test/k",headers="{USUAL}",signature="%%%%""#),
        format!(r#"keyId="bob",headers="{USUAL}",signature="AAAA""#),
        format!(r#"keyId="file:///etc/passwd",headers="{USUAL}",signature="AAAA""#),
        format!(r#"{params},keyId="https://a.test/k",signature="AAAA""#),
        r#"keyId="https://a.te st/k",signature="AAAA""#.to_owned(),
        "keyId=\"https://a.te\tst/k\",signature=\"AAAA\"".to_owned(),
    ] {
        let error = Message::post().with("signature", &value).checked().unwrap_err();
        let shown: String = value.chars().take(80).collect();
        assert!(matches!(error, Malformed(_)), "{error:?} for {shown}");
        assert_eq!(error.status(), 400);
    }
}
