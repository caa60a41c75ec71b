//! Bytes as they come to an inbox: read strictly, stored as they were read, and read again.
#![no_main]

#[path = "read.rs"]
mod read;

use apub::json::{self, MAX_DEPTH, MAX_KEYS};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = json::parse(bytes) else { return };
    check(&value, 1);
    // What is stored is this text: working through it later must find the very same document.
    let text = value.to_string();
    let again = json::parse(text.as_bytes()).expect("what was read once is read again");
    assert_eq!(again, value, "what is stored is what was read");
    assert_eq!(again.to_string(), text);
    read::whole(&value);
});

fn check(value: &Value, level: usize) {
    assert!(level <= MAX_DEPTH + 1);
    match value {
        Value::Object(map) => {
            assert!(map.len() <= MAX_KEYS);
            for (key, value) in map {
                assert!(!key.contains('\0'));
                check(value, level + 1);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| check(value, level + 1)),
        Value::String(text) => assert!(!text.contains('\0')),
        _ => {}
    }
}
