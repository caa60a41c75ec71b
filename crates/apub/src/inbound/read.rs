//! Reading single properties: scalar or array, string or object, short or cut short.

use serde_json::{Map, Value};
use url::Url;

use crate::address;
use crate::json::Malformed;

/// How many recipients are read of `to` and of `cc`.
pub(super) const MAX_RECIPIENTS: usize = 1000;

/// The longest name, in characters.
pub(super) const MAX_NAME: usize = 255;

/// The longest summary, in characters.
pub(super) const MAX_SUMMARY: usize = 5000;

/// The longest date, in bytes; RFC 3339 with nanoseconds takes 35.
const MAX_DATE: usize = 64;

/// The object in a value.
pub(super) fn object<'a>(
    value: &'a Value,
    field: &'static str,
) -> Result<&'a Map<String, Value>, Malformed> {
    value.as_object().ok_or_else(|| Malformed::new(field, "is not an object"))
}

/// The values of a property: none, one, or those of an array; `null` is none.
pub(super) fn each<'a>(map: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    match map.get(key) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
    }
}

/// The raw address in a value: a string, or the `id` or `href` of an object.
pub(super) fn raw_address(value: &Value) -> Option<&str> {
    match value {
        Value::String(raw) => Some(raw),
        Value::Object(map) => ["id", "href"].iter().find_map(|key| map.get(*key)?.as_str()),
        _ => None,
    }
}

/// The `id` of a document, which must be a plain string.
pub(super) fn id(map: &Map<String, Value>, field: &'static str) -> Result<Url, Malformed> {
    match map.get("id") {
        Some(Value::String(raw)) => address::parse(raw, field),
        None | Some(Value::Null) => Err(Malformed::new(field, "is missing")),
        Some(_) => Err(Malformed::new(field, "is not a string")),
    }
}

/// The one address a property must have.
pub(super) fn required_url(map: &Map<String, Value>, key: &'static str) -> Result<Url, Malformed> {
    match each(map, key) {
        [] => Err(Malformed::new(key, "is missing")),
        [value] => match raw_address(value) {
            Some(raw) => address::parse(raw, key),
            None => Err(Malformed::new(key, "is neither an address nor an object with an id")),
        },
        _ => Err(Malformed::new(key, "names several things")),
    }
}

/// The first readable address of a property.
pub(super) fn url(map: &Map<String, Value>, key: &'static str) -> Option<Url> {
    urls(map, key, 1).into_iter().next()
}

/// The readable addresses of a property, at most `max`.
pub(super) fn urls(map: &Map<String, Value>, key: &'static str, max: usize) -> Vec<Url> {
    each(map, key)
        .iter()
        .take(MAX_RECIPIENTS)
        .filter_map(|value| address::parse(raw_address(value)?, key).ok())
        .take(max)
        .collect()
}

/// The recipients in `to` or `cc`; every spelling of the public becomes [`address::PUBLIC`].
pub(super) fn recipients(map: &Map<String, Value>, key: &'static str) -> Vec<Url> {
    each(map, key)
        .iter()
        .take(MAX_RECIPIENTS)
        .filter_map(|value| {
            let raw = raw_address(value)?;
            let raw = if address::is_public(raw) { address::PUBLIC } else { raw };
            address::parse(raw, key).ok()
        })
        .collect()
}

/// The address of a page: a string, a `Link`, or of several the first that says it is HTML.
pub(super) fn page_url(map: &Map<String, Value>, key: &'static str) -> Option<Url> {
    let links = each(map, key);
    let is_html = |link: &&Value| {
        ["mediaType", "mimeType"]
            .iter()
            .any(|name| link.get(name).and_then(Value::as_str) == Some("text/html"))
    };
    let html = links.iter().take(MAX_RECIPIENTS).find(is_html);
    html.into_iter()
        .chain(links.iter().take(MAX_RECIPIENTS))
        .find_map(|link| address::parse(raw_address(link)?, key).ok())
}

/// The kind of an object: a string, or of several the first that `known` knows.
pub(super) fn kind(
    map: &Map<String, Value>,
    known: impl Fn(&str) -> bool,
) -> Result<&str, Malformed> {
    let words = each(map, "type").iter().take(MAX_RECIPIENTS).map(Value::as_str);
    let words: Option<Vec<&str>> = words.collect();
    match words.as_deref() {
        None => Err(Malformed::new("type", "is not a string")),
        Some([]) => Err(Malformed::new("type", "is missing")),
        Some([first, ..]) if first.len() > MAX_NAME => Err(Malformed::new("type", "is too long")),
        Some(words) => {
            let word = words.iter().copied().find(|word| known(word));
            Ok(word.or_else(|| words.first().copied()).unwrap_or_default())
        }
    }
}

/// A text of at most `max` characters, without NUL, and cut where it is longer; blank is absent.
pub(super) fn text(map: &Map<String, Value>, key: &str, max: usize) -> Option<String> {
    let value = map.get(key)?.as_str()?;
    if value.trim().is_empty() {
        return None;
    }
    Some(value.chars().filter(|c| *c != '\0').take(max).collect())
}

/// A text on one line: control characters become spaces.
pub(super) fn line(map: &Map<String, Value>, key: &str, max: usize) -> Option<String> {
    let text = text(map, key, max)?;
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The one text of a map by language, where the plain property is absent: the first one.
pub(super) fn first_of_map(map: &Map<String, Value>, key: &str, max: usize) -> Option<String> {
    let by_language = map.get(key)?.as_object()?;
    by_language.keys().take(1).find_map(|language| text(by_language, language, max))
}

/// A date as it was sent; what is too long to be one is absent.
pub(super) fn date(map: &Map<String, Value>, key: &str) -> Option<String> {
    line(map, key, MAX_DATE + 1).filter(|date| date.len() <= MAX_DATE)
}

/// A yes or no.
pub(super) fn flag(map: &Map<String, Value>, key: &str) -> Option<bool> {
    map.get(key)?.as_bool()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn map(value: &Value) -> &Map<String, Value> {
        value.as_object().unwrap()
    }

    #[test]
    fn an_address_may_be_a_string_an_object_a_link_or_an_array() {
        for value in [
            json!({"url": "https://a.example/1"}),
            json!({"url": {"id": "https://a.example/1"}}),
            json!({"url": {"type": "Link", "href": "https://a.example/1"}}),
            json!({"url": ["https://a.example/1"]}),
            json!({"url": [5, "tag:x", {"href": "https://a.example/1"}, "https://b.example/"]}),
        ] {
            assert_eq!(url(map(&value), "url").unwrap().as_str(), "https://a.example/1");
        }
        for value in [json!({}), json!({"url": null}), json!({"url": 1}), json!({"url": [[]]})] {
            assert_eq!(url(map(&value), "url"), None);
        }
    }

    #[test]
    fn an_html_link_is_the_page() {
        let value = json!({"url": [
            {"type": "Link", "mediaType": "video/mp4", "href": "https://a.example/v.mp4"},
            {"type": "Link", "mediaType": "text/html", "href": "https://a.example/v"},
        ]});
        assert_eq!(page_url(map(&value), "url").unwrap().as_str(), "https://a.example/v");
    }

    #[test]
    fn the_public_is_one_address_however_it_is_spelt() {
        let value = json!({"to": ["as:Public", "Public", address::PUBLIC, "nobody", null]});
        let to = recipients(map(&value), "to");
        assert_eq!(to.len(), 3);
        assert!(to.iter().all(|url| url.as_str() == address::PUBLIC));
    }

    #[test]
    fn recipients_are_cut_at_a_thousand() {
        let many: Vec<_> = (0..100_000).map(|i| format!("https://a.example/{i}")).collect();
        assert_eq!(recipients(map(&json!({"to": many})), "to").len(), 1000);
    }

    #[test]
    fn the_first_known_kind_of_several_counts() {
        let known = |word: &str| word == "Note";
        assert_eq!(kind(map(&json!({"type": "Note"})), known), Ok("Note"));
        assert_eq!(kind(map(&json!({"type": ["vf:Intent", "Note"]})), known), Ok("Note"));
        assert_eq!(kind(map(&json!({"type": ["x", "y"]})), known), Ok("x"));
        for value in [json!({}), json!({"type": null}), json!({"type": {}}), json!({"type": [1]})] {
            assert!(kind(map(&value), known).is_err());
        }
    }

    #[test]
    fn text_is_cut_between_characters() {
        let value = json!({"name": "ñ".repeat(300), "n": "a\0b", "l": " a\nb\u{1b} ", "e": " "});
        assert_eq!(text(map(&value), "name", 255).unwrap().chars().count(), 255);
        assert_eq!(text(map(&value), "n", 255).unwrap(), "ab");
        assert_eq!(line(map(&value), "l", 255).unwrap(), "a b");
        assert_eq!(text(map(&value), "e", 255), None);
    }
}
