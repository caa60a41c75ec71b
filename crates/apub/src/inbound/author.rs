//! Who wrote an object, and in which group.

use serde_json::{Map, Value};
use url::Url;

use super::read;
use crate::address;
use crate::json::Malformed;

/// The most authors that are looked at; more than one plain author is refused anyway.
const MAX_AUTHORS: usize = 16;

/// The author of an object and the group it names beside them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Authors {
    pub(super) author: Url,
    pub(super) group: Option<Url>,
}

/// Reads `attributedTo`: an address, an embedded actor, an array of one, or `PeerTube`'s array of a
/// `Person` and a `Group`. Two different authors make it anybody's word, so they are refused.
pub(super) fn authors(map: &Map<String, Value>) -> Result<Authors, Malformed> {
    let entries = read::each(map, "attributedTo");
    if entries.is_empty() {
        return Err(Malformed::new("attributedTo", "is missing"));
    }
    if entries.len() > MAX_AUTHORS {
        return Err(Malformed::new("attributedTo", "names several authors"));
    }
    let mut author: Option<Url> = None;
    let mut group: Option<Url> = None;
    for entry in entries {
        let raw = read::raw_address(entry)
            .ok_or_else(|| Malformed::new("attributedTo", "is neither an address nor an actor"))?;
        let url = address::parse(raw, "attributedTo")?;
        let is_group = entry.get("type").and_then(Value::as_str) == Some("Group");
        let place = if is_group { &mut group } else { &mut author };
        if place.as_ref().is_some_and(|other| *other != url) {
            return Err(Malformed::new("attributedTo", "names several authors"));
        }
        *place = Some(url);
    }
    match (author, group) {
        (Some(author), group) => Ok(Authors { author, group }),
        (None, Some(group)) => Ok(Authors { author: group, group: None }),
        (None, None) => Err(Malformed::new("attributedTo", "is missing")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(attributed_to: &Value) -> Result<(String, Option<String>), Malformed> {
        let value = json!({ "attributedTo": attributed_to });
        let authors = authors(value.as_object().unwrap())?;
        Ok((authors.author.into(), authors.group.map(String::from)))
    }

    const ANA: &str = "https://a.example/u/ana";
    const BOB: &str = "https://a.example/u/bob";
    const GARDEN: &str = "https://a.example/c/garden";

    #[test]
    fn one_author_may_be_written_in_many_ways() {
        for value in [
            json!(ANA),
            json!([ANA]),
            json!([ANA, ANA]),
            json!({"type": "Person", "id": ANA, "name": "Ana"}),
            json!([{"type": "Person", "id": ANA}]),
            json!([{"type": "Organization", "id": ANA}]),
            json!([{"id": ANA}, ANA]),
        ] {
            assert_eq!(read(&value), Ok((ANA.to_owned(), None)));
        }
    }

    #[test]
    fn a_group_beside_the_author_is_the_group() {
        let expected = Ok((ANA.to_owned(), Some(GARDEN.to_owned())));
        let group = json!({"type": "Group", "id": GARDEN});
        assert_eq!(read(&json!([{"type": "Person", "id": ANA}, group])), expected);
        assert_eq!(read(&json!([group, {"type": "Person", "id": ANA}])), expected);
        assert_eq!(read(&json!([ANA, group])), expected);
        assert_eq!(read(&json!([group])), Ok((GARDEN.to_owned(), None)));
    }

    #[test]
    fn two_authors_or_none_are_refused() {
        for value in [
            json!([ANA, BOB]),
            json!([{"type": "Person", "id": ANA}, {"type": "Person", "id": BOB}]),
            json!([{"type": "Person", "id": ANA}, BOB]),
            json!([{"type": "Group", "id": ANA}, {"type": "Group", "id": BOB}, BOB]),
            json!([ANA, 1]),
            json!(null),
            json!([]),
            json!({}),
            json!(1),
            json!("alice"),
            json!(vec![ANA; 17]),
        ] {
            assert_eq!(read(&value).unwrap_err().field, "attributedTo", "{value}");
        }
    }
}
