//! The activities we send.

use serde::Serialize;
use serde_json::Value;

use crate::kinds::ActivityKind;

/// An activity of ours (`ActivityPub`, section 6).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActivityDocument {
    /// The context of its object; absent where it is embedded in an Announce.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Its own id, never used twice.
    pub id: String,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: ActivityKind,
    /// Who signs it.
    pub actor: String,
    /// What it happened to: an id, or all of it.
    pub object: Value,
    /// The collection, or the new home.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// What an Accept brought about (FEP-0837).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Value>,
    /// Recipients; left out when empty, since Lemmy 0.19 reads an Accept only with one or none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// Further recipients; present even when empty, or Lemmy refuses an Announce.
    pub cc: Vec<String>,
    /// The group it is said in (FEP-1b12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// Why: of a Reject or a Flag. A Delete with a `summary` is a moderator's (Lemmy).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Why: of what a moderator did, and of a Flag to Lemmy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::context;
    use crate::inbound::{Activity, ObjectRef};

    fn accept() -> ActivityDocument {
        ActivityDocument {
            context: Some(context::plain()),
            id: "https://a.example/activities/1".to_owned(),
            kind: ActivityKind::Accept,
            actor: "https://a.example/c/garden".to_owned(),
            object: json!({
                "id": "https://b.example/1",
                "type": "Follow",
                "actor": "https://b.example/u/bob",
                "object": "https://a.example/c/garden",
            }),
            target: None,
            result: None,
            to: vec!["https://b.example/u/bob".to_owned()],
            cc: Vec::new(),
            audience: None,
            content: None,
            summary: None,
            published: Some("2026-02-20T10:00:00Z".to_owned()),
        }
    }

    #[test]
    fn an_accept_is_written() {
        insta::assert_json_snapshot!(accept(), @r#"
        {
          "@context": "https://www.w3.org/ns/activitystreams",
          "id": "https://a.example/activities/1",
          "type": "Accept",
          "actor": "https://a.example/c/garden",
          "object": {
            "id": "https://b.example/1",
            "type": "Follow",
            "actor": "https://b.example/u/bob",
            "object": "https://a.example/c/garden"
          },
          "to": [
            "https://b.example/u/bob"
          ],
          "cc": [],
          "published": "2026-02-20T10:00:00Z"
        }
        "#);
    }

    #[test]
    fn we_read_our_own_activities() {
        let activity = Activity::parse(serde_json::to_value(accept()).unwrap()).unwrap();
        assert_eq!(activity.kind, ActivityKind::Accept);
        assert!(matches!(activity.object, ObjectRef::Embedded { kind, .. } if kind == "Follow"));
    }
}
