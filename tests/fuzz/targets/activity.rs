//! Documents as others really send them, with their parts taken away, swapped, doubled, or made something
//! else: each mutation is a document again, so that the readers behind the parser are reached.
#![no_main]

#[path = "read.rs"]
mod read;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use serde_json::{Map, Value, json};

fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = apub::json::parse(bytes) else { return };
    read::whole(&value);
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut dice = Dice(u64::from(seed) | 1);
    let known = data.get(..size).and_then(|bytes| serde_json::from_slice::<Value>(bytes).ok());
    if let Some(mut value) = known {
        for _ in 0..=dice.below(3) {
            let other = part(&value, &mut dice).clone();
            change(&mut value, &mut dice, &other);
        }
        let text = value.to_string();
        if dice.below(16) != 0 && text.len() <= max_size {
            data[..text.len()].copy_from_slice(text.as_bytes());
            return text.len();
        }
    }
    fuzzer_mutate(data, size, max_size)
});

/// Chance that the seed decides alone (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap_or(0)
    }
}

/// Something in a document, some way down.
fn part<'a>(value: &'a Value, dice: &mut Dice) -> &'a Value {
    let inner = match value {
        Value::Object(map) => map.values().nth(dice.below(map.len())),
        Value::Array(values) => values.get(dice.below(values.len())),
        _ => None,
    };
    match inner {
        Some(inner) if dice.below(3) != 0 => part(inner, dice),
        _ => value,
    }
}

/// Changes one place, some way down.
fn change(value: &mut Value, dice: &mut Dice, other: &Value) {
    match value {
        Value::Object(map) if !map.is_empty() && dice.below(4) != 0 => {
            let at = dice.below(map.len());
            if let Some(inner) = map.values_mut().nth(at) {
                change(inner, dice, other);
            }
        }
        Value::Array(values) if !values.is_empty() && dice.below(4) != 0 => {
            let at = dice.below(values.len());
            change(&mut values[at], dice, other);
        }
        value => here(value, dice, other),
    }
}

fn here(value: &mut Value, dice: &mut Dice, other: &Value) {
    let old = value.take();
    *value = match (dice.below(10), old) {
        (0, _) => odd(dice),
        (1, _) => other.clone(),
        (2, old) => json!([old]),
        (3, old) => json!([old, other, odd(dice)]),
        (4, old) => json!({ "id": old, "type": word(dice) }),
        (5, old) => json!({ "type": "Link", "href": old, "mediaType": "text/html" }),
        (6, Value::Object(mut map)) => {
            let at = dice.below(map.len());
            if let Some(key) = map.keys().nth(at).cloned() {
                map.remove(&key);
            }
            Value::Object(map)
        }
        (7 | 8, Value::Object(mut map)) => {
            map.insert(key(dice), if dice.below(2) == 0 { other.clone() } else { odd(dice) });
            Value::Object(map)
        }
        (6 | 7, Value::Array(mut values)) => {
            values.truncate(values.len() / 2);
            Value::Array(values)
        }
        (8, Value::Array(values)) => {
            values.iter().cycle().take(values.len() * 8).cloned().collect()
        }
        (6, Value::String(text)) => json!(text.repeat(1 + dice.below(4))),
        (7, Value::String(text)) => json!(text.chars().rev().collect::<String>()),
        (8, Value::String(text)) => json!({ word(dice): text.clone(), "en": text }),
        (_, old) => old,
    };
}

fn odd(dice: &mut Dice) -> Value {
    let all = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("as:Public"),
        json!("https://b.example/u/bob"),
        json!("https://b.example:443/../%2e%2e/x?y#z"),
        json!("9999-12-31T23:59:60+25:00"),
        json!("P1Y"),
        json!("0.000000000000000000000000000001"),
        json!("∞\u{202e}\u{1}\n"),
        json!([]),
        json!({}),
        Value::Object(Map::from_iter([(key(dice), json!([word(dice)]))])),
    ];
    all[dice.below(all.len())].clone()
}

fn key(dice: &mut Dice) -> String {
    const KEYS: [&str; 40] = [
        "@context",
        "id",
        "type",
        "actor",
        "object",
        "target",
        "to",
        "cc",
        "audience",
        "published",
        "updated",
        "name",
        "nameMap",
        "content",
        "contentMap",
        "summary",
        "summaryMap",
        "source",
        "mediaType",
        "tag",
        "attachment",
        "attributedTo",
        "inReplyTo",
        "context",
        "conversation",
        "url",
        "replies",
        "publishes",
        "purpose",
        "resourceQuantity",
        "availableQuantity",
        "hasNumericalValue",
        "location",
        "latitude",
        "publicKey",
        "publicKeyPem",
        "preferredUsername",
        "inbox",
        "endpoints",
        "assertionMethod",
    ];
    KEYS[dice.below(KEYS.len())].to_owned()
}

fn word(dice: &mut Dice) -> &'static str {
    const WORDS: [&str; 16] = [
        "Create",
        "Update",
        "Note",
        "Page",
        "Person",
        "Group",
        "Tombstone",
        "Proposal",
        "Intent",
        "Measure",
        "Mention",
        "Hashtag",
        "Place",
        "PropertyValue",
        "Link",
        "Flag",
    ];
    WORDS[dice.below(WORDS.len())]
}
