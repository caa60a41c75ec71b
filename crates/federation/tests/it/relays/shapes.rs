//! Notes and activities in the shapes that each software gives them.

use serde_json::{Value, json};

use crate::{peer::Somebody, words::PUBLIC};

const GROUP: &str = "https://a.example/c/garden";

/// As Mastodon does it: lists, a mention of the Group, a signature inside.
pub(crate) fn mastodon(by: &Somebody, name: &str, answers: &str) -> Value {
    let id = format!("{}/statuses/{name}", by.id);
    json!({
        "id": id,
        "type": "Note",
        "summary": null,
        "inReplyTo": answers,
        "published": "2026-03-01T09:00:00Z",
        "url": format!("{}/@maria/{name}", by.peer.base),
        "attributedTo": by.id,
        "to": [PUBLIC],
        "cc": [format!("{}/followers", by.id), GROUP],
        "sensitive": false,
        "content": format!("<p>I bring {name}</p>"),
        "contentMap": { "en": format!("<p>I bring {name}</p>") },
        "attachment": [],
        "tag": [{ "type": "Mention", "href": GROUP, "name": "@garden@a.example" }],
    })
}

/// As GoToSocial does it: what is one is no list.
pub(crate) fn gotosocial(by: &Somebody, name: &str, answers: &str) -> Value {
    let id = format!("{}/statuses/{name}", by.id);
    json!({
        "id": id,
        "type": "Note",
        "summary": "",
        "inReplyTo": answers,
        "published": "2026-03-01T09:00:00Z",
        "url": format!("{}/@ana/{name}", by.peer.base),
        "attributedTo": by.id,
        "to": PUBLIC,
        "cc": [format!("{}/followers", by.id), GROUP],
        "content": format!("<p>presto {name}</p>"),
        "contentMap": { "es": format!("<p>presto {name}</p>") },
        "interactionPolicy": { "canReply": { "always": [PUBLIC], "approvalRequired": [] } },
        "replies": { "type": "Collection", "first": { "type": "CollectionPage", "items": [] } },
        "attachment": [],
        "tag": { "type": "Mention", "href": GROUP, "name": "@garden@a.example" },
    })
}

/// As Lemmy does it: the audience is the community, the parent's author is called.
pub(crate) fn lemmy(by: &Somebody, number: u32, answers: &str, called: &str) -> Value {
    json!({
        "type": "Note",
        "id": by.peer.at(&format!("/comment/{number}")),
        "attributedTo": by.id,
        "to": [PUBLIC],
        "cc": [GROUP, called],
        "content": format!("<p>comment {number}</p>\n"),
        "inReplyTo": answers,
        "mediaType": "text/html",
        "source": { "content": format!("comment {number}"), "mediaType": "text/markdown" },
        "published": "2026-03-01T09:00:00.000000Z",
        "tag": [{ "href": called, "name": "@somebody@a.example", "type": "Mention" }],
        "distinguished": false,
        "audience": GROUP,
        "attachment": [],
    })
}

/// An activity around a note, addressed as the note is.
pub(crate) fn around(by: &Somebody, kind: &str, name: &str, note: &Value) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/activitystreams", { "sensitive": "as:sensitive" }],
        "id": format!("{}/activities/{name}", by.id),
        "type": kind,
        "actor": by.id,
        "to": note["to"],
        "cc": note["cc"],
        "object": note,
    })
}

/// The note with other words.
pub(crate) fn reworded(note: &Value, text: &str) -> Value {
    let mut note = note.clone();
    note["content"] = json!(format!("<p>{text}</p>"));
    if note.get("contentMap").is_some() {
        note["contentMap"] = json!({ "es": format!("<p>{text}</p>") });
    }
    note["updated"] = json!("2026-03-01T09:30:00Z");
    note
}

/// Its end, as Mastodon tells it.
pub(crate) fn gone(by: &Somebody, name: &str, note: &Value) -> Value {
    json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{}/activities/{name}", by.id),
        "type": "Delete",
        "actor": by.id,
        "to": [PUBLIC],
        "object": { "id": note["id"], "type": "Tombstone" },
    })
}

/// With a signature inside, as Mastodon signs what it lets others send on.
pub(crate) fn signed(mut activity: Value) -> Value {
    activity["signature"] = json!({
        "type": "RsaSignature2017",
        "creator": format!("{}#main-key", activity["actor"].as_str().unwrap()),
        "created": "2026-03-01T09:00:00Z",
        "signatureValue": "bm90IGNoZWNrZWQgaGVyZQ==",
    });
    activity
}
