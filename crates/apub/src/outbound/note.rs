//! Listings and replies, in the forms that microblogs and threadiverse servers show.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::actor::ImageDocument;
use super::collection::{CountDocument, RepliesDocument};
use super::economic::EconomicDocument;

/// A post of ours: one id, spoken as a Note or as a Page.
///
/// What we say ourselves has no `summary` (Mastodon folds it into a content warning), and a Note has no
/// `name` (`GoToSocial` does the same with it).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NoteDocument {
    /// [`crate::context::note`]; absent where the document is embedded.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Its id, which is its page.
    pub id: String,
    /// Which of the two it is spoken as: `type`, and what only that form has.
    #[serde(flatten)]
    pub form: NoteForm,
    /// Its one author.
    pub attributed_to: String,
    /// Recipients.
    pub to: Vec<String>,
    /// Further recipients; present even when empty, or Lemmy refuses the activity.
    pub cc: Vec<String>,
    /// The group it is in (FEP-1b12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// What it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_reply_to: Option<String>,
    /// What somebody warns of whose words are said again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Its text: HTML.
    pub content: String,
    /// The same text under its BCP 47 language tag.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub content_map: BTreeMap<String, String>,
    /// The same language as Lemmy names it; a string there would make the post unreadable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<LanguageDocument>,
    /// The text as it was typed, without what [`content`](Self::content) says around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceDocument>,
    /// When it was written.
    pub published: String,
    /// When it was last changed; without it nobody shows an edit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// Its page.
    pub url: String,
    /// Are its media to be hidden at first?
    pub sensitive: bool,
    /// The thread it is in; Mastodon sends it back with each reply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// The same address (FEP-7888).
    #[serde(rename = "context", skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    /// Whom it calls and what it is about.
    pub tag: Vec<TagDocument>,
    /// What comes with it; nothing but these three kinds, or Lemmy refuses the post.
    pub attachment: Vec<AttachmentDocument>,
    /// The picture that Lemmy shows beside a Page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageDocument>,
    /// Its replies, with the first page embedded: `GoToSocial` follows nothing else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replies: Option<RepliesDocument>,
    /// How many like it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likes: Option<CountDocument>,
    /// How many passed it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shares: Option<CountDocument>,
    /// What is needed or offered.
    #[serde(flatten)]
    pub economic: Option<EconomicDocument>,
}

/// What a text was made from (Activity Streams' `source`, `ActivityPub` §3.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceDocument {
    /// The text as it was typed.
    pub content: String,
    /// `text/plain`; Lemmy reads none but `text/markdown`.
    pub media_type: String,
}

/// A language, as Lemmy and `PeerTube` name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LanguageDocument {
    /// Its BCP 47 tag.
    pub identifier: String,
    /// Its name in itself, such as `Español`.
    pub name: String,
}

/// What a post is spoken as; a `type` is one string, never an array.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum NoteForm {
    /// For microblogs, and for replies everywhere.
    Note,
    /// For the threadiverse, by an author that is no Group.
    Page {
        /// Its title, at most 200 characters.
        name: String,
        /// `text/html`.
        media_type: String,
    },
}

/// A mention, a hashtag, or a link to the same thing in another form (FEP-e232).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum TagDocument {
    /// Somebody is meant to read this.
    Mention {
        /// The id of the actor.
        href: String,
        /// Such as `@garden@a.example`.
        name: String,
    },
    /// It is about this.
    Hashtag {
        /// A page about it here.
        href: String,
        /// Such as `#need`.
        name: String,
    },
    /// The same thing in another form.
    Link {
        /// What is there.
        media_type: String,
        /// What it is to this post.
        rel: Vec<String>,
        /// Where it is.
        href: String,
        /// What to call it.
        name: String,
    },
}

/// A file, a picture, or a link that comes with a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum AttachmentDocument {
    /// A file, as Mastodon sends pictures too.
    Document {
        /// Such as `image/webp`.
        media_type: String,
        /// Where it is.
        url: String,
        /// What there is to see, in words; at most 1500 characters.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Pixels across.
        #[serde(skip_serializing_if = "Option::is_none")]
        width: Option<u32>,
        /// Pixels down.
        #[serde(skip_serializing_if = "Option::is_none")]
        height: Option<u32>,
    },
    /// A picture, as Lemmy shows it.
    Image {
        /// Where it is.
        url: String,
        /// What there is to see, in words; at most 1500 characters.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// A page elsewhere.
    Link {
        /// Where it is.
        href: String,
        /// What is there.
        #[serde(skip_serializing_if = "Option::is_none")]
        media_type: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::address::PUBLIC;
    use crate::context;
    use crate::inbound::{Post, Purpose};
    use crate::outbound::economic::tests::chairs;

    const ID: &str = "https://a.example/listings/1";

    fn need(form: NoteForm) -> NoteDocument {
        let content = "<p><strong>20 chairs</strong></p>".to_owned();
        NoteDocument {
            context: Some(context::note()),
            id: ID.to_owned(),
            form,
            attributed_to: "https://a.example/c/garden".to_owned(),
            to: vec![PUBLIC.to_owned()],
            cc: vec!["https://a.example/c/garden/followers".to_owned()],
            audience: Some("https://a.example/c/garden".to_owned()),
            in_reply_to: None,
            summary: None,
            content_map: BTreeMap::from([("en".to_owned(), content.clone())]),
            content,
            language: Some(LanguageDocument {
                identifier: "en".to_owned(),
                name: "English".to_owned(),
            }),
            source: None,
            published: "2026-02-20T10:00:00Z".to_owned(),
            updated: Some("2026-02-24T09:00:00Z".to_owned()),
            url: ID.to_owned(),
            sensitive: false,
            conversation: Some(format!("{ID}/replies")),
            thread: Some(format!("{ID}/replies")),
            tag: vec![
                TagDocument::Mention {
                    href: "https://a.example/c/garden".to_owned(),
                    name: "@garden@a.example".to_owned(),
                },
                TagDocument::Hashtag {
                    href: "https://a.example/tags/need".to_owned(),
                    name: "#need".to_owned(),
                },
            ],
            attachment: vec![AttachmentDocument::Document {
                media_type: "image/webp".to_owned(),
                url: "https://a.example/media/hall.webp".to_owned(),
                name: Some("The hall".to_owned()),
                width: None,
                height: None,
            }],
            image: None,
            replies: Some(RepliesDocument::new(
                &format!("{ID}/replies"),
                vec!["https://b.example/notes/1".to_owned()],
            )),
            likes: Some(CountDocument::new(format!("{ID}/likes"), 2)),
            shares: Some(CountDocument::new(format!("{ID}/shares"), 0)),
            economic: Some(chairs(ID)),
        }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "shows the whole document")]
    fn a_need_is_written_as_a_note() {
        let note = need(NoteForm::Note);
        insta::assert_json_snapshot!(note, { r#"["@context"]"# => "[note]" }, @r##"
        {
          "@context": "[note]",
          "id": "https://a.example/listings/1",
          "type": "Note",
          "attributedTo": "https://a.example/c/garden",
          "to": [
            "https://www.w3.org/ns/activitystreams#Public"
          ],
          "cc": [
            "https://a.example/c/garden/followers"
          ],
          "audience": "https://a.example/c/garden",
          "content": "<p><strong>20 chairs</strong></p>",
          "contentMap": {
            "en": "<p><strong>20 chairs</strong></p>"
          },
          "language": {
            "identifier": "en",
            "name": "English"
          },
          "published": "2026-02-20T10:00:00Z",
          "updated": "2026-02-24T09:00:00Z",
          "url": "https://a.example/listings/1",
          "sensitive": false,
          "conversation": "https://a.example/listings/1/replies",
          "context": "https://a.example/listings/1/replies",
          "tag": [
            {
              "type": "Mention",
              "href": "https://a.example/c/garden",
              "name": "@garden@a.example"
            },
            {
              "type": "Hashtag",
              "href": "https://a.example/tags/need",
              "name": "#need"
            }
          ],
          "attachment": [
            {
              "type": "Document",
              "mediaType": "image/webp",
              "url": "https://a.example/media/hall.webp",
              "name": "The hall"
            }
          ],
          "replies": {
            "type": "Collection",
            "id": "https://a.example/listings/1/replies",
            "first": {
              "type": "CollectionPage",
              "partOf": "https://a.example/listings/1/replies",
              "items": [
                "https://b.example/notes/1"
              ]
            }
          },
          "likes": {
            "type": "Collection",
            "id": "https://a.example/listings/1/likes",
            "totalItems": 2
          },
          "shares": {
            "type": "Collection",
            "id": "https://a.example/listings/1/shares",
            "totalItems": 0
          },
          "purpose": "request",
          "hasBeginning": "2026-02-20T10:00:00Z",
          "hasEnd": "2026-03-14T08:00:00Z",
          "location": {
            "type": "Place",
            "name": "Gràcia",
            "latitude": 41.4,
            "longitude": 2.16,
            "radius": 500.0,
            "units": "m"
          },
          "publishes": {
            "type": "Intent",
            "id": "https://a.example/listings/1#primary",
            "name": "20 chairs",
            "action": "transferCustody",
            "receiver": "https://a.example/c/garden",
            "resourceConformsTo": "https://www.wikidata.org/wiki/Q15026",
            "resourceClassifiedAs": [
              "https://a.example/taxonomy/goods"
            ],
            "resourceQuantity": {
              "hasUnit": "one",
              "hasNumericalValue": "20"
            },
            "availableQuantity": {
              "hasUnit": "one",
              "hasNumericalValue": "12"
            },
            "due": "2026-03-14T08:00:00Z",
            "finished": false
          }
        }
        "##);
    }

    #[test]
    fn a_note_has_neither_name_nor_summary_and_a_page_has_its_title() {
        let note = serde_json::to_value(need(NoteForm::Note)).unwrap();
        assert_eq!((note.get("name"), note.get("summary")), (None, None));
        let form =
            NoteForm::Page { name: "20 chairs".to_owned(), media_type: "text/html".to_owned() };
        let page = serde_json::to_value(need(form)).unwrap();
        assert_eq!(page["type"], json!("Page"));
        assert_eq!(page["name"], json!("20 chairs"));
        assert_eq!(page["mediaType"], json!("text/html"));
    }

    #[test]
    fn we_read_our_own_notes() {
        let text = serde_json::to_vec(&need(NoteForm::Note)).unwrap();
        let post = Post::parse(&crate::json::parse(&text).unwrap()).unwrap();
        assert_eq!(post.language.as_deref(), Some("en"));
        assert_eq!(post.context.unwrap().as_str(), "https://a.example/listings/1/replies");
        assert_eq!((post.tags.len(), post.attachments.len()), (2, 1));
        let economic = post.economic.unwrap();
        assert_eq!(economic.purpose, Purpose::Request);
        assert_eq!(economic.quantity.unwrap().value.as_deref(), Some("20"));
        assert_eq!(economic.location.unwrap().radius_m, Some(500.0));
        assert_eq!(economic.receiver.unwrap().as_str(), "https://a.example/c/garden");
    }

    #[test]
    fn addresses_are_arrays_even_of_none() {
        let mut note = need(NoteForm::Note);
        (note.cc, note.tag, note.attachment) = (Vec::new(), Vec::new(), Vec::new());
        let note = serde_json::to_value(note).unwrap();
        for key in ["cc", "tag", "attachment"] {
            assert_eq!(note[key], json!([]));
        }
    }
}
