//! What is left of a deleted thing.

use serde::Serialize;
use serde_json::Value;

use super::PublicKeyDocument;

/// A tombstone (Activity Vocabulary, section 4.8), served with status 410.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TombstoneDocument {
    /// [`crate::context::plain`]; absent where the document is embedded.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// The id the thing had.
    pub id: String,
    /// Always `Tombstone`.
    #[serde(rename = "type")]
    pub kind: TombstoneKind,
    /// When it was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<String>,
    /// What it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_type: Option<String>,
    /// Of an actor: the key with which its deletion is signed, for those who have never seen it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_key: Option<PublicKeyDocument>,
}

/// The word a tombstone is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum TombstoneKind {
    /// The only one.
    #[default]
    Tombstone,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tombstone_is_written() {
        let tombstone = TombstoneDocument {
            context: Some(crate::context::plain()),
            id: "https://a.example/listings/1".to_owned(),
            kind: TombstoneKind::Tombstone,
            deleted: Some("2026-03-01T00:00:00Z".to_owned()),
            former_type: Some("Note".to_owned()),
            public_key: None,
        };
        insta::assert_json_snapshot!(tombstone, @r#"
        {
          "@context": "https://www.w3.org/ns/activitystreams",
          "id": "https://a.example/listings/1",
          "type": "Tombstone",
          "deleted": "2026-03-01T00:00:00Z",
          "formerType": "Note"
        }
        "#);
    }
}
