//! A request with any headers: the first line of the input is its path, each following one a header, and
//! what comes after an empty line is its body.
#![no_main]
#![allow(dead_code, unused_imports, reason = "half of it signs, which nobody asks for here")]

#[path = "../../../crates/federation/src/signature/mod.rs"]
mod signature;

use std::time::{Duration, UNIX_EPOCH};

use libfuzzer_sys::fuzz_target;
use signature::{KeyCache, RequestParts, Signed, read};

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
    let now = UNIX_EPOCH + Duration::from_secs(1_772_359_200);
    for (method, body) in [("POST", Some(body)), ("GET", None)] {
        let parts = RequestParts { method, path_and_query: path, headers: &headers };
        let Ok(signed) = read(&parts, body, "a.example", now) else { continue };
        // It waits as text for its key, and comes back as the same.
        let text = serde_json::to_string(&signed).expect("what was read can be kept");
        let kept: Signed = serde_json::from_str(&text).expect("and had back");
        assert_eq!(serde_json::to_string(&kept).expect("again"), text);
        assert!(["https", "http"].contains(&signed.key_id.scheme()));
        let covered: Vec<&str> = signed
            .signing_string
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|it| it.0)
            .collect();
        for wanted in ["(request-target)", "host"] {
            assert!(covered.contains(&wanted), "{wanted} is not covered: {covered:?}");
        }
        assert!(covered.contains(&"date") || covered.contains(&"(created)"));
        assert!(method == "GET" || covered.contains(&"digest"));
        // A key that the other side wrote is read too.
        if let Ok(key) =
            KeyCache::new().get_or_parse(&signed.key_id, &String::from_utf8_lossy(bytes))
        {
            let _ = signed.verify(&key);
        }
    }
});
