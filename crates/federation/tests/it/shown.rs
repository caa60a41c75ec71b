//! A document as a snapshot shows it: what is new in every run is numbered.

use serde_json::Value;

/// The document with its UUIDs numbered in the order in which they occur, and its keys left out.
pub(crate) fn shown(document: &Value) -> String {
    let mut text = serde_json::to_string_pretty(&without_keys(document)).unwrap();
    let mut number = 0;
    while let Some(at) = uuid(&text) {
        number += 1;
        let found = text[at..at + 36].to_owned();
        text = text.replace(&found, &format!("[uuid {number}]"));
    }
    text
}

fn without_keys(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| {
                let kept = key != "publicKeyPem";
                (key.clone(), if kept { without_keys(value) } else { "[key]".into() })
            })
            .collect(),
        Value::Array(values) => values.iter().map(without_keys).collect(),
        other => other.clone(),
    }
}

/// Where the first UUID begins.
fn uuid(text: &str) -> Option<usize> {
    let is_uuid = |part: &[u8]| {
        part.iter().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    text.as_bytes().windows(36).position(is_uuid)
}
