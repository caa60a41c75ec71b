//! Media and links that come with a post.

use serde_json::{Map, Value};
use url::Url;

use super::read;

/// How many attachments of one object are read.
const MAX_ATTACHMENTS: usize = 16;

/// The longest alternative text, in characters; Mastodon's limit.
const MAX_ALT: usize = 1500;

/// The longest media type, in characters (RFC 6838, section 4.2).
const MAX_MEDIA_TYPE: usize = 255;

/// A picture, a file, or a link that comes with a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The word it was sent as: `Document`, `Image`, `Video`, `Audio`, `Page`, or `Link`.
    pub kind: String,
    /// Where it is.
    pub url: Url,
    /// What its server says it is, such as `image/webp`.
    pub media_type: Option<String>,
    /// What there is to see or to hear, in words; at most 1500 characters.
    pub alt: Option<String>,
}

/// Reads `attachment`: one or an array; at most 16 of the first 1000 entries.
pub(super) fn attachments(map: &Map<String, Value>) -> Vec<Attachment> {
    let entries = read::each(map, "attachment").iter().take(read::MAX_RECIPIENTS);
    entries.filter_map(|entry| attachment(entry.as_object()?)).take(MAX_ATTACHMENTS).collect()
}

/// Other kinds (`PropertyValue`, `Place`, an embedded `Proposal`) are no media.
fn attachment(map: &Map<String, Value>) -> Option<Attachment> {
    let kind = read::kind(map, is_media).ok().filter(|word| is_media(word))?;
    let url = read::url(map, "url").or_else(|| read::url(map, "href"))?;
    let link = read::each(map, "url").first().and_then(Value::as_object);
    Some(Attachment {
        kind: kind.to_owned(),
        url,
        media_type: media_type(map).or_else(|| media_type(link?)),
        alt: read::text(map, "summary", MAX_ALT).or_else(|| read::text(map, "name", MAX_ALT)),
    })
}

fn is_media(word: &str) -> bool {
    matches!(word, "Document" | "Image" | "Video" | "Audio" | "Page" | "Link")
}

/// The media type of an object or a link.
pub(super) fn media_type(map: &Map<String, Value>) -> Option<String> {
    read::line(map, "mediaType", MAX_MEDIA_TYPE)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Vec<Attachment> {
        attachments(json!({ "attachment": value }).as_object().unwrap())
    }

    #[test]
    fn media_are_read_from_a_url_a_link_or_an_href() {
        let url = "https://a.example/p.webp";
        for value in [
            json!({"type": "Document", "mediaType": "image/webp", "url": url, "name": "A hall"}),
            json!([{"type": "Image", "url": {"type": "Link", "href": url, "mediaType": "image/webp"},
                    "summary": "A hall", "name": "p.webp"}]),
            json!([{"type": "Link", "href": url, "mediaType": "image/webp", "name": "A hall"}]),
        ] {
            let read = read(&value).remove(0);
            assert_eq!(read.url.as_str(), url);
            assert_eq!(read.media_type.as_deref(), Some("image/webp"));
            assert_eq!(read.alt.as_deref(), Some("A hall"));
        }
    }

    #[test]
    fn what_is_no_media_is_skipped_and_sixteen_are_enough() {
        let odd = json!([
            {"type": "PropertyValue", "name": "x", "value": "y"},
            {"type": "Place", "url": "https://a.example/"},
            {"type": "Proposal", "id": "https://a.example/"},
            {"type": "Document", "url": "javascript:alert(1)"},
            {"type": "Document"},
            "https://a.example/",
            null,
        ]);
        assert!(read(&odd).is_empty());
        let one = json!({"type": "Document", "url": "https://a.example/p"});
        assert_eq!(read(&json!(vec![one; 10_000])).len(), 16);
    }
}
