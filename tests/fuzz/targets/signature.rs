//! A request with any headers: the first line of the input is its path, each following one a header, and
//! what comes after an empty line is its body.
#![no_main]
#![allow(dead_code, unused_imports, reason = "half of it signs, which nobody asks for here")]

#[path = "../../../crates/federation/src/signature/mod.rs"]
mod signature;

use std::time::{Duration, UNIX_EPOCH};

use libfuzzer_sys::fuzz_target;
use signature::{KeyCache, RequestParts, Signature, Signed, read};
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let end = bytes.windows(2).position(|two| two == b"\n\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]);
    let body = bytes.get(end + 2..).unwrap_or_default();
    let mut lines = head.lines();
    let path = lines.next().unwrap_or_default();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let ours = Url::parse("https://a.example/").expect("an address");
    let now = UNIX_EPOCH + Duration::from_secs(1_772_359_200);
    for (method, body) in [("POST", Some(body)), ("GET", None)] {
        let parts = RequestParts { method, path_and_query: path, headers: &headers };
        let Ok(signed) = read(&parts, body, &ours, now) else { continue };
        // It waits as text for its key, and comes back as the same.
        let text = serde_json::to_string(&signed).expect("what was read can be kept");
        let kept: Signed = serde_json::from_str(&text).expect("and had back");
        assert_eq!(serde_json::to_string(&kept).expect("again"), text);
        for signature in signed.each() {
            check(signature, method);
            // A key that the other side wrote is read too.
            let key = String::from_utf8_lossy(bytes);
            if let Ok(key) = KeyCache::new().get_or_parse(&signature.key_id, &key) {
                let _ = signed.verify(&key);
            }
        }
    }
});

/// What nobody signed is not taken for signed: whom it is for, when, and what it says.
fn check(signature: &Signature, method: &str) {
    assert!(["https", "http"].contains(&signature.key_id.scheme()));
    let covers = |name: &str| signature.covers(name);
    let text = &signature.signing_string;
    if text.contains("\"@signature-params\": ") {
        let target = covers("@target-uri")
            || covers("@authority") && (covers("@request-target") || covers("@path") && covers("@query"));
        assert!(covers("@method") && target, "too little is covered: {text}");
        assert!(method == "GET" || covers("content-digest"), "the body is not covered: {text}");
    } else {
        let time = covers("date") || covers("(created)");
        assert!(covers("(request-target)") && covers("host") && time, "too little is covered: {text}");
        assert!(method == "GET" || covers("digest"), "the body is not covered: {text}");
    }
}
