//! Anything that becomes a post, a reply, or a listing.

use serde_json::{Map, Value};
use url::Url;

use super::attachment::{Attachment, attachments, media_type};
use super::author::{Authors, authors};
use super::economic::{Economic, economic, is_proposal};
use super::read;
use super::tag::{Tag, tags};
use super::visibility::Visibility;
use crate::json::Malformed;

/// The longest content, in bytes.
const MAX_CONTENT: usize = 65_536;

/// How many answers of a poll are read.
const MAX_OPTIONS: usize = 20;

/// The longest language tag, in bytes (RFC 5646, section 4.4.1).
const MAX_LANGUAGE: usize = 35;

/// An inbound object that somebody wrote: Note, Page, Article, Event, Question, Video, Image,
/// Document, Audio, Album, `ChatMessage`, or `Proposal` (FEP-0837).
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// Its id; to be held against the host of `attributed_to`.
    pub id: Url,
    /// The word it was sent as; of several, the first of those above. Always `Proposal` for a
    /// proposal, however its vocabulary was written.
    pub kind: String,
    /// Its only author.
    pub attributed_to: Url,
    /// Its title, on one line; at most 255 characters. On a reply: a vote in a poll.
    pub name: Option<String>,
    /// Its text, unsanitised, at most 65536 bytes: `content`, else the first of `contentMap`.
    pub content: Option<String>,
    /// Was `content` longer, and cut?
    pub content_cut: bool,
    /// The text as it was typed, where `source` says that it is plain.
    pub plain: Option<String>,
    /// What `content` is, as it was sent; HTML where absent.
    pub media_type: Option<String>,
    /// Its content warning or abstract; at most 5000 characters.
    pub summary: Option<String>,
    /// Its language as a BCP 47 tag, at most 35 bytes: the key of `contentMap` whose text is
    /// `content`, else the first key, else Lemmy's `language`, else `inLanguage`.
    pub language: Option<String>,
    /// What it answers; of several, the first that is an address.
    pub in_reply_to: Option<Url>,
    /// Recipients, at most 1000. Where both are empty, those of the activity count.
    pub to: Vec<Url>,
    /// Further recipients, at most 1000.
    pub cc: Vec<Url>,
    /// The group it is in (FEP-1b12): `audience`, else the Group beside the author (`PeerTube`).
    pub audience: Option<Url>,
    /// The thread it is in: `context`, else `conversation`, where it is an address (FEP-7888).
    pub context: Option<Url>,
    /// Its page.
    pub url: Option<Url>,
    /// When it was written, as it was sent; at most 64 bytes.
    pub published: Option<String>,
    /// When it was last changed, as it was sent; at most 64 bytes.
    pub updated: Option<String>,
    /// Are its media to be hidden at first?
    pub sensitive: bool,
    /// Mentions and hashtags, at most 100.
    pub tags: Vec<Tag>,
    /// Media and links, at most 16.
    pub attachments: Vec<Attachment>,
    /// The collection of its replies.
    pub replies: Option<Url>,
    /// What is needed or offered.
    pub economic: Option<Economic>,
    /// Between what a poll lets choose: the names in `oneOf`, else in `anyOf`, at most 20.
    pub options: Vec<String>,
}

impl Post {
    /// Reads an object; `id`, `type`, and a single author are required.
    pub fn parse(value: &Value) -> Result<Self, Malformed> {
        let map = read::object(value, "document")?;
        let Authors { author, group } = authors(map)?;
        let (content, content_cut) = content(map);
        Ok(Self {
            id: read::id(map, "id")?,
            kind: kind(map)?,
            attributed_to: author,
            name: read::line(map, "name", read::MAX_NAME),
            language: language(map),
            content,
            content_cut,
            plain: plain(map),
            media_type: media_type(map),
            summary: read::text(map, "summary", read::MAX_SUMMARY)
                .or_else(|| read::first_of_map(map, "summaryMap", read::MAX_SUMMARY)),
            in_reply_to: read::url(map, "inReplyTo"),
            to: read::recipients(map, "to"),
            cc: read::recipients(map, "cc"),
            audience: read::url(map, "audience").or(group),
            context: read::url(map, "context").or_else(|| read::url(map, "conversation")),
            url: read::page_url(map, "url"),
            published: read::date(map, "published"),
            updated: read::date(map, "updated"),
            sensitive: read::flag(map, "sensitive") == Some(true),
            tags: tags(map),
            attachments: attachments(map),
            replies: read::url(map, "replies"),
            economic: economic(map),
            options: options(map),
        })
    }

    /// Who may see it, when `followers` is the followers collection of its author.
    pub fn visibility(&self, followers: Option<&Url>) -> Visibility {
        Visibility::of(&self.to, &self.cc, followers)
    }

    /// Is it for everyone, and to be listed?
    pub fn is_public(&self) -> bool {
        self.visibility(None) == Visibility::Public
    }

    /// Is it for everyone who comes across it?
    pub fn is_unlisted(&self) -> bool {
        self.visibility(None) == Visibility::Unlisted
    }
}

fn options(map: &Map<String, Value>) -> Vec<String> {
    let listed = ["oneOf", "anyOf"].into_iter().map(|key| read::each(map, key));
    let listed = listed.into_iter().find(|listed| !listed.is_empty()).unwrap_or_default();
    let names = listed.iter().take(MAX_OPTIONS).filter_map(Value::as_object);
    names.filter_map(|option| read::line(option, "name", read::MAX_NAME)).collect()
}

/// `source` where its `mediaType` is `text/plain`.
fn plain(map: &Map<String, Value>) -> Option<String> {
    let source = map.get("source")?.as_object()?;
    let is_plain = source.get("mediaType")?.as_str()? == "text/plain";
    is_plain.then(|| read::text(source, "content", MAX_CONTENT)).flatten()
}

/// Is this a word for something that becomes a post?
pub(super) fn is_post(word: &str) -> bool {
    matches!(
        word,
        "Note"
            | "Page"
            | "Article"
            | "Event"
            | "Question"
            | "Video"
            | "Image"
            | "Document"
            | "Audio"
            | "Album"
            | "ChatMessage"
    ) || is_proposal(word)
}

fn kind(map: &Map<String, Value>) -> Result<String, Malformed> {
    match read::kind(map, is_post)? {
        word if is_proposal(word) => Ok("Proposal".to_owned()),
        word if is_post(word) => Ok(word.to_owned()),
        _ => Err(Malformed::new("type", "is not a kind of post")),
    }
}

/// The text, cut between characters, and whether it was.
fn content(map: &Map<String, Value>) -> (Option<String>, bool) {
    let Some(mut content) = read::text(map, "content", usize::MAX)
        .or_else(|| read::first_of_map(map, "contentMap", usize::MAX))
    else {
        return (None, false);
    };
    let cut = content.len() > MAX_CONTENT;
    content.truncate(content.floor_char_boundary(MAX_CONTENT));
    (Some(content), cut)
}

fn language(map: &Map<String, Value>) -> Option<String> {
    let by_language = map.get("contentMap").and_then(Value::as_object);
    let of_map = by_language.and_then(|texts| {
        let content = map.get("content");
        let same = texts.iter().find(|(_, text)| Some(*text) == content);
        same.or_else(|| texts.iter().next()).map(|(language, _)| language.as_str())
    });
    let identifier = || map.get("language")?.get("identifier")?.as_str();
    let plain = || map.get("inLanguage")?.as_str();
    let is_tag = |tag: &&str| {
        let of_subtags = tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        of_subtags && !tag.is_empty() && tag.len() <= MAX_LANGUAGE && *tag != "und"
    };
    let tag = of_map
        .filter(is_tag)
        .or_else(|| identifier().filter(is_tag))
        .or_else(|| plain().filter(is_tag));
    tag.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::address::PUBLIC;

    fn note() -> Value {
        json!({
            "id": "https://b.example/notes/1",
            "type": "Note",
            "attributedTo": "https://b.example/u/bob",
            "to": "as:Public",
            "cc": ["https://b.example/u/bob/followers", "https://a.example/c/garden"],
            "inReplyTo": "https://a.example/listings/1",
            "content": "<p>Tengo 12 sillas</p>",
            "contentMap": {"en": "<p>x</p>", "es": "<p>Tengo 12 sillas</p>"},
            "published": "2026-02-20T10:00:00Z",
            "conversation": "tag:b.example,2026:1",
            "tag": {"type": "Mention", "href": "https://a.example/c/garden"},
            "replies": {"id": "https://b.example/notes/1/replies", "type": "Collection"},
        })
    }

    fn with(key: &str, value: Value) -> Result<Post, Malformed> {
        let mut note = note();
        note[key] = value;
        Post::parse(&note)
    }

    #[test]
    fn a_reply_is_read() {
        let post = Post::parse(&note()).unwrap();
        assert_eq!(post.kind, "Note");
        assert_eq!(post.attributed_to.as_str(), "https://b.example/u/bob");
        assert_eq!(post.in_reply_to.as_ref().unwrap().as_str(), "https://a.example/listings/1");
        assert_eq!(post.to.first().unwrap().as_str(), PUBLIC);
        assert_eq!(post.language.as_deref(), Some("es"));
        assert_eq!(post.context, None);
        assert_eq!(post.tags.len(), 1);
        assert_eq!(post.replies.as_ref().unwrap().as_str(), "https://b.example/notes/1/replies");
        assert!(post.is_public() && !post.is_unlisted() && !post.sensitive);
        assert_eq!(post.economic, None);
    }

    #[test]
    fn only_what_somebody_wrote_is_a_post() {
        for word in ["Tombstone", "Person", "Create", "Collection", "Link", "Agreement", "Intent"] {
            assert_eq!(with("type", json!(word)).unwrap_err().field, "type");
        }
        assert_eq!(with("type", json!(["x", "Page", "Note"])).unwrap().kind, "Page");
        assert_eq!(with("type", json!(["Note", "vf:Intent"])).unwrap().kind, "Note");
        assert_eq!(with("type", json!("ValueFlows:Proposal")).unwrap().kind, "Proposal");
    }

    #[test]
    fn an_author_and_an_id_are_required() {
        for key in ["id", "attributedTo"] {
            for value in [json!(null), json!(1), json!([]), json!("alice")] {
                assert_eq!(with(key, value).unwrap_err().field, key);
            }
        }
    }

    #[test]
    fn content_is_cut_between_characters_and_says_so() {
        let post = with("content", json!(format!("x{}", "ñ".repeat(40_000)))).unwrap();
        assert_eq!(post.content.unwrap().len(), 65_535);
        assert!(post.content_cut);
        let post = with("content", json!("x".repeat(65_536))).unwrap();
        assert_eq!(post.content.unwrap().len(), 65_536);
        assert!(!post.content_cut);
    }

    #[test]
    fn content_may_stand_in_a_map_only() {
        let post = with("content", json!(null)).unwrap();
        assert_eq!(post.content.as_deref(), Some("<p>x</p>"));
        assert_eq!(post.language.as_deref(), Some("en"));
    }

    #[test]
    fn a_language_is_a_short_tag() {
        let lemmy = |tag: &str| {
            let mut note = note();
            note["contentMap"] = json!(null);
            note["language"] = json!({"identifier": tag, "name": "x"});
            Post::parse(&note).unwrap().language
        };
        assert_eq!(lemmy("pt-BR").as_deref(), Some("pt-BR"));
        assert_eq!(lemmy("und"), None);
        assert_eq!(lemmy(&"x".repeat(10_000)), None);
        assert_eq!(lemmy("<script>"), None);
    }

    #[test]
    fn a_thread_is_an_address() {
        let thread = json!("https://a.example/contexts/1");
        for key in ["context", "conversation"] {
            let post = with(key, thread.clone()).unwrap();
            assert_eq!(post.context.unwrap().as_str(), "https://a.example/contexts/1");
        }
    }

    #[test]
    fn a_poll_names_its_options() {
        let option = |name: Value| json!({"type": "Note", "name": name});
        let all = |options: Value| with("oneOf", options).unwrap().options;
        assert_eq!(all(json!([option(json!("Yes")), option(json!(1)), "x"])), ["Yes"]);
        assert_eq!(all(option(json!("Only"))), ["Only"]);
        assert_eq!(all(json!(vec![option(json!("x".repeat(300))); 30])), vec!["x".repeat(255); 20]);
        assert_eq!(with("anyOf", json!([option(json!("No"))])).unwrap().options, ["No"]);
    }

    #[test]
    fn odd_optional_properties_are_absent() {
        for odd in [json!(null), json!(5), json!([]), json!({}), json!([[[]]]), json!(true)] {
            for key in
                ["inReplyTo", "to", "cc", "tag", "attachment", "content", "contentMap", "url"]
                    .into_iter()
                    .chain(["name", "summary", "published", "replies", "context", "language"])
                    .chain(["purpose", "publishes", "location", "mediaType", "summaryMap"])
                    .chain(["oneOf", "anyOf", "sensitive"])
            {
                assert!(with(key, odd.clone()).is_ok(), "{key} {odd}");
            }
        }
    }
}
