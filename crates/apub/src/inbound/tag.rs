//! Mentions and hashtags.

use serde_json::{Map, Value};
use url::Url;

use super::read;

/// How many tags of one object are read.
const MAX_TAGS: usize = 100;

/// The longest hashtag, in characters.
const MAX_HASHTAG: usize = 100;

/// A tag that is understood; emoji, links, and whatever else there is are skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// Somebody is meant to read this.
    Mention {
        /// The id of the actor.
        href: Url,
        /// How they are called in the text, such as `@ana@a.example`; may be empty.
        name: String,
    },
    /// It is about this.
    Hashtag {
        /// The word as it was sent, with or without `#`; at most 100 characters.
        name: String,
        /// A page about it on the sender's server.
        href: Option<Url>,
    },
}

/// Reads `tag`: one or an array; at most 100 of the first 1000 entries.
pub(super) fn tags(map: &Map<String, Value>) -> Vec<Tag> {
    let entries = read::each(map, "tag").iter().take(read::MAX_RECIPIENTS);
    entries.filter_map(|entry| tag(entry.as_object()?)).take(MAX_TAGS).collect()
}

fn tag(map: &Map<String, Value>) -> Option<Tag> {
    let href = read::url(map, "href");
    match read::kind(map, |word| matches!(word, "Mention" | "Hashtag")).ok()? {
        "Mention" => {
            let name = read::line(map, "name", read::MAX_NAME).unwrap_or_default();
            Some(Tag::Mention { href: href?, name })
        }
        "Hashtag" => {
            let name = read::line(map, "name", MAX_HASHTAG + 1)?;
            (name.chars().count() <= MAX_HASHTAG).then_some(Tag::Hashtag { name, href })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Vec<Tag> {
        tags(json!({ "tag": value }).as_object().unwrap())
    }

    #[test]
    fn one_tag_or_many_are_read_and_others_skipped() {
        let mention = json!({"type": "Mention", "href": "https://a.example/u/ana", "name": "@ana"});
        let hashtag = json!({"type": "Hashtag", "name": "#need", "href": 5});
        let emoji = json!({"type": "Emoji", "name": ":x:"});
        assert_eq!(read(&mention).len(), 1);
        let many = json!([emoji, null, "x", [], {"type": "Mention"}, mention, hashtag]);
        let href = "https://a.example/u/ana".parse().unwrap();
        assert_eq!(
            read(&many),
            [
                Tag::Mention { href, name: "@ana".to_owned() },
                Tag::Hashtag { name: "#need".to_owned(), href: None },
            ]
        );
    }

    #[test]
    fn a_hundred_tags_are_enough_and_long_ones_are_skipped() {
        let one = json!({"type": "Hashtag", "name": "#x"});
        assert_eq!(read(&json!(vec![one; 50_000])).len(), 100);
        assert!(read(&json!({"type": "Hashtag", "name": "x".repeat(100_000)})).is_empty());
    }
}
