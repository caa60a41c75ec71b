//! Strict reading of the bytes of an inbound document, before anything is made of them.
//!
//! Two readers of one document must not see two documents: no duplicate keys, no JSON-LD keyword
//! that would rename or move a property, nothing that only some parsers accept.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// How deep objects and arrays may nest; the document itself is the first level.
pub const MAX_DEPTH: usize = 64;

/// How many keys one object may have.
pub const MAX_KEYS: usize = 1000;

/// A document that cannot be believed to mean one thing: which field, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct Malformed {
    /// The path of the field as the wire names it, such as `object.id`; `document` for all of it.
    pub field: &'static str,
    /// What is wrong; never holds text of the sender.
    pub problem: String,
}

impl Malformed {
    pub(crate) fn new(field: &'static str, problem: &str) -> Self {
        Self { field, problem: problem.to_owned() }
    }
}

/// Parses the bytes of an inbound document strictly.
///
/// Refuses what is not one UTF-8 JSON object: empty input, a byte order mark, trailing bytes, more
/// than [`MAX_DEPTH`] levels, duplicate keys, more than [`MAX_KEYS`] keys in an object, numbers
/// beyond `f64`, lone surrogates, NUL in a key or in an address, and the JSON-LD keywords `@graph`,
/// `@included`, `@reverse`, `@nest`, `@id`, `@type` outside of an `@context`.
/// NUL characters are stripped from all other strings (`PostgreSQL` cannot hold them).
///
/// One exception is made for Friendica, whose actors carry `"vcard:hasAddress": {"@type": …}`:
/// below a prefixed key that is not `as:`, where nothing is ever read, `@type` may stand.
pub fn parse(bytes: &[u8]) -> Result<Value, Malformed> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Err(Malformed::new("document", "starts with a byte order mark"));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(Malformed::new("document", "is not UTF-8"));
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Strict { level: 0, place: Place::Document }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| Malformed { field: "document", problem: error.to_string() })?;
    if !value.is_object() {
        return Err(Malformed::new("document", "is not an object"));
    }
    Ok(value)
}

/// Where in a document a value stands, which decides what its keys may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Document,
    Context,
    Extension,
}

impl Place {
    /// The place of the value under `key`.
    fn under(self, key: &str) -> Self {
        match self {
            Self::Document | Self::Extension if key == "@context" => Self::Context,
            Self::Document if is_extension(key) => Self::Extension,
            place => place,
        }
    }

    fn admits(self, key: &str) -> bool {
        match key {
            "@graph" | "@included" | "@reverse" | "@nest" | "@id" => self == Self::Context,
            "@type" => self != Self::Document,
            _ => true,
        }
    }
}

/// Is this a prefixed key, of a vocabulary that is not read here?
fn is_extension(key: &str) -> bool {
    key.split_once(':').is_some_and(|(prefix, rest)| {
        prefix != "as" && !prefix.is_empty() && !rest.starts_with('/')
    })
}

/// Reads one value at a level of nesting.
#[derive(Clone, Copy)]
struct Strict {
    level: usize,
    place: Place,
}

impl Strict {
    /// The reader one level deeper, if there may be one.
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.level >= MAX_DEPTH {
            return Err(E::custom("nests more than 64 levels"));
        }
        Ok(Self { level: self.level + 1, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        if !value.contains('\0') {
            return Ok(Value::String(value.to_owned()));
        }
        let stripped = value.replace('\0', "");
        if looks_like_address(&stripped) {
            return Err(E::custom("an address has a NUL character"));
        }
        Ok(Value::String(stripped))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut values = Vec::new();
        while let Some(value) = seq.next_element_seed(inner)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if key.contains('\0') {
                return Err(A::Error::custom("a key has a NUL character"));
            }
            if !self.place.admits(&key) {
                return Err(A::Error::custom("uses a JSON-LD keyword as a property"));
            }
            if object.contains_key(&key) {
                return Err(A::Error::custom("a key occurs twice in one object"));
            }
            if object.len() == MAX_KEYS {
                return Err(A::Error::custom("an object has more than 1000 keys"));
            }
            let place = self.place.under(&key);
            let value = map.next_value_seed(Strict { place, ..inner })?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

fn looks_like_address(text: &str) -> bool {
    let scheme = text.trim_start().split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use serde_json::json;

    use super::*;

    fn problem(bytes: impl AsRef<[u8]>) -> String {
        parse(bytes.as_ref()).unwrap_err().problem
    }

    #[test]
    fn an_ordinary_document_is_read_as_serde_json_reads_it() {
        let text = r#"{"@context":["https://www.w3.org/ns/activitystreams",
            {"featured":{"@id":"toot:featured","@type":"@id"}}],
            "id":"https://a.example/1","n":[1,-2,2.5,1e3,true,null,"ñ \ud83d\ude00"],"o":{}}"#;
        let read = parse(text.as_bytes()).unwrap();
        assert_eq!(read, serde_json::from_str::<Value>(text).unwrap());
        let keys: Vec<_> = read.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["@context", "id", "n", "o"]);
    }

    #[test]
    fn what_is_not_one_object_in_utf8_is_refused() {
        let utf16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: &[&[u8]] = &[
            b"",
            b" ",
            b"null",
            b"1",
            b"\"x\"",
            b"[]",
            b"[{}]",
            b"{}{}",
            b"{} x",
            b"{",
            b"\xef\xbb\xbf{}",
            b"\xff\xfe{\0}\0",
            &utf16,
            b"{\"a\":\"\xc0\xaf\"}",
            b"{\"a\":\"\xed\xa0\x80\"}",
            b"{'a':1}",
            b"{\"a\":NaN}",
            b"{\"a\":1,}",
            b"{\"a\":\"line\nend\"}",
        ];
        for case in cases {
            assert!(parse(case).is_err(), "{:?}", String::from_utf8_lossy(case));
        }
        assert!(parse(b" {} \r\n\t").is_ok());
    }

    #[test]
    fn nesting_ends_at_64_levels() {
        let arrays = |n: usize| format!(r#"{{"a":{}1{}}}"#, "[".repeat(n), "]".repeat(n));
        let objects = |n: usize| format!("{}1{}", r#"{"a":"#.repeat(n), "}".repeat(n));
        assert!(parse(arrays(63).as_bytes()).is_ok());
        assert!(problem(arrays(64)).contains("levels"));
        assert!(parse(objects(64).as_bytes()).is_ok());
        assert!(problem(objects(65)).contains("levels"));
    }

    #[test]
    fn a_hundred_thousand_levels_cost_nothing() {
        for text in [r#"{"a":"#.repeat(100_000), format!(r#"{{"a":{}"#, "[".repeat(1_000_000))] {
            let start = Instant::now();
            assert!(problem(&text).contains("levels"));
            assert!(start.elapsed() < Duration::from_millis(20), "{:?}", start.elapsed());
        }
    }

    #[test]
    fn duplicate_keys_are_refused_at_any_depth() {
        assert!(problem(r#"{"actor":"a","actor":"b"}"#).contains("twice"));
        assert!(problem(r#"{"a":[{"id":1,"id":1}]}"#).contains("twice"));
        assert!(problem(r#"{"a":1,"\u0061":2}"#).contains("twice"));
        assert!(problem(r#"{"@context":{"a":1,"a":2}}"#).contains("twice"));
        assert!(parse(br#"{"actor":1,"Actor":2}"#).is_ok());
    }

    #[test]
    fn keys_are_counted() {
        let object = |n: usize| {
            let keys: Vec<_> = (0..n).map(|i| format!("\"k{i}\":1")).collect();
            format!("{{{}}}", keys.join(","))
        };
        assert!(parse(object(1000).as_bytes()).is_ok());
        assert!(problem(object(1001)).contains("1000 keys"));
        let flood = object(100_000);
        let start = Instant::now();
        assert!(parse(flood.as_bytes()).is_err());
        assert!(start.elapsed() < Duration::from_millis(50), "{:?}", start.elapsed());
    }

    #[test]
    fn numbers_stay_within_f64() {
        assert!(parse(br#"{"a":1e400}"#).is_err());
        assert!(parse(br#"{"a":-1e400}"#).is_err());
        assert!(parse(format!(r#"{{"a":{}}}"#, "9".repeat(10_000)).as_bytes()).is_err());
        assert!(parse(br#"{"a":-0,"b":18446744073709551616}"#).is_ok());
    }

    #[test]
    fn lone_surrogates_are_refused() {
        for text in [r#"{"a":"\ud800"}"#, r#"{"a":"\udc00x"}"#, r#"{"\ud800":1}"#] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn nul_is_stripped_from_text_and_refused_in_keys_and_addresses() {
        assert_eq!(parse(br#"{"a":"x\u0000y"}"#).unwrap(), json!({"a": "xy"}));
        assert!(parse(br#"{"a\u0000":1}"#).is_err());
        assert!(parse(br#"{"id":"https://a.example/\u0000x"}"#).is_err());
        assert!(parse(br#"{"id":"\u0000HTTPS://a.example/x"}"#).is_err());
        assert!(parse(b"{\"a\":\"x\0y\"}").is_err());
    }

    #[test]
    fn json_ld_keywords_stand_only_in_a_context() {
        for key in ["@graph", "@included", "@reverse", "@nest", "@id", "@type"] {
            for text in [
                format!(r#"{{"{key}":1}}"#),
                format!(r#"{{"object":{{"{key}":1}}}}"#),
                format!(r#"{{"a":[[{{"{key}":1}}]]}}"#),
                format!(r#"{{"as:object":{{"{key}":1}}}}"#),
                format!(r#"{{"https://www.w3.org/ns/activitystreams#object":{{"{key}":1}}}}"#),
            ] {
                assert!(problem(&text).contains("keyword"), "{text}");
            }
            let context = format!(r#"{{"@context":[{{"term":{{"{key}":"x"}}}}]}}"#);
            assert!(parse(context.as_bytes()).is_ok(), "{context}");
        }
    }

    #[test]
    fn an_extension_may_name_its_type() {
        assert!(parse(br#"{"vcard:hasAddress":{"@type":"vcard:Home"}}"#).is_ok());
        assert!(parse(br#"{"vcard:hasAddress":{"@id":"https://a.example/x"}}"#).is_err());
        assert!(parse(br#"{"object":{"vcard:x":[{"@type":"y"}]}}"#).is_ok());
    }
}
