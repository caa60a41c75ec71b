//! Which signatures of RFC 9421 are read at all, and what counts where there are several.

use std::time::{Duration, Instant};

use federation::signature::SignatureError::{
    Ambiguous, Component, Expired, Invalid, Malformed, Missing, NotCovered,
};
use federation::signature::Signed;

use super::rfc9421::{COVERED, OF_GET, params, post, signed, signed_with, value};
use super::{HOUR, KEY_ID, Message, NOW, USUAL, bob, refused};

/// Signed with draft-cavage too, which then stands in `Authorization`.
fn with_draft(message: Message) -> Message {
    let draft = Message::post().signed(USUAL);
    let parameters = draft.headers.last().unwrap().1.clone();
    let message =
        message.set("date", &value(&draft, "date")).set("digest", &value(&draft, "digest"));
    message.with("authorization", &format!("Signature {parameters}"))
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

/// What cannot be read as a `Signature-Input`, or says too little.
fn odd_inputs(input: &str) -> Vec<String> {
    let many: Vec<String> = (0..10_000).map(|number| format!("\"x{number}\"")).collect();
    let some = many.iter().take(33).cloned().collect::<Vec<_>>().join(" ");
    let many = many.join(" ");
    let short = r#""a" "#.repeat(4_000);
    let long = "a".repeat(64 * 1024);
    vec![
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
        long,
    ]
}

// SIG-21
#[test]
fn what_is_not_written_as_the_standard_says_is_refused_at_once() {
    let input = format!("sig1=({COVERED});{}", params());
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
        format!("sig1=:{}:", "a".repeat(64 * 1024)),
    ];
    let inputs = odd_inputs(&input).into_iter().map(|odd| (odd, "sig1=:AAAA:".to_owned()));
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
