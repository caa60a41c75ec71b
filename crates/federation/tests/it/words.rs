//! What people of other servers say, as their servers write it.

use serde_json::{Value, json};

use crate::peer::Somebody;

pub(crate) const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";
const CONTEXT: &str = "https://www.w3.org/ns/activitystreams";

/// An activity whose id ends in `name`.
pub(crate) fn act(by: &Somebody, kind: &str, name: &str, object: impl Into<Value>) -> Value {
    json!({
        "@context": CONTEXT,
        "id": format!("{}/acts/{name}", by.id),
        "type": kind,
        "actor": by.id,
        "object": object.into(),
    })
}

/// Asks to follow.
pub(crate) fn follow(by: &Somebody, name: &str, followed: &str) -> Value {
    act(by, "Follow", name, followed)
}

/// Takes something back, sending it along.
pub(crate) fn undo(by: &Somebody, name: &str, undone: &Value) -> Value {
    act(by, "Undo", name, undone.clone())
}

/// A public note whose id ends in `name`.
pub(crate) fn note(by: &Somebody, name: &str, answers: &str, text: &str) -> Value {
    json!({
        "id": format!("{}/notes/{name}", by.id),
        "type": "Note",
        "attributedTo": by.id,
        "to": [PUBLIC],
        "cc": [format!("{}/followers", by.id), "https://a.example/c/garden"],
        "inReplyTo": answers,
        "content": format!("<p>{text}</p>"),
        "published": "2026-03-01T09:00:00Z",
        "url": format!("{}/notes/{name}", by.id),
        "tag": [{
            "type": "Mention",
            "href": "https://a.example/c/garden",
            "name": "@garden@a.example",
        }],
    })
}

/// The note with another property.
pub(crate) fn with(mut note: Value, key: &str, value: impl Into<Value>) -> Value {
    note[key] = value.into();
    note
}

/// Publishes a note.
pub(crate) fn create(by: &Somebody, note: &Value) -> Value {
    around(by, "Create", "create", note)
}

/// Changes a note; `time` is when.
pub(crate) fn update(by: &Somebody, time: &str, note: &Value) -> Value {
    let note = with(note.clone(), "updated", time);
    around(by, "Update", &format!("update/{time}"), &note)
}

/// Deletes a note.
pub(crate) fn delete(by: &Somebody, note: &Value) -> Value {
    around(by, "Delete", "delete", &json!({ "type": "Tombstone", "id": note["id"] }))
}

fn around(by: &Somebody, kind: &str, name: &str, object: &Value) -> Value {
    json!({
        "@context": CONTEXT,
        "id": format!("{}#{name}", object["id"].as_str().unwrap()),
        "type": kind,
        "actor": by.id,
        "to": [PUBLIC],
        "object": object,
    })
}
