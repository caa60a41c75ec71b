//! A listing as a `Proposal` of its own (FEP-0837), for markets that read nothing else.

use serde::Serialize;
use serde_json::Value;

use super::economic::{IntentDocument, PlaceDocument, PurposeWord};

/// A proposal (FEP-0837).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProposalDocument {
    /// [`crate::context::proposal`]; absent where the document is embedded.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Always `Proposal`.
    #[serde(rename = "type")]
    pub kind: ProposalKind,
    /// Its own id, not that of the Note.
    pub id: String,
    /// Given or wanted.
    pub purpose: PurposeWord,
    /// Who answers an Offer of an agreement.
    pub attributed_to: String,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its text: HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// When it was written.
    pub published: String,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// Its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// From when it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_beginning: Option<String>,
    /// Until when it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_end: Option<String>,
    /// Where, already blurred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<PlaceDocument>,
    /// What exactly.
    pub publishes: IntentDocument,
    /// What is asked in return; a gift has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reciprocal: Option<IntentDocument>,
    /// Only multiples of the quantity? Any amount is welcome where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_based: Option<bool>,
    /// Recipients.
    pub to: Vec<String>,
}

/// The word a proposal is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum ProposalKind {
    /// The only one.
    #[default]
    Proposal,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::PUBLIC;
    use crate::context;
    use crate::inbound::{Post, Purpose};
    use crate::outbound::economic::tests::chairs;

    fn proposal() -> ProposalDocument {
        let id = "https://a.example/listings/1/proposal";
        let chairs = chairs(id);
        ProposalDocument {
            context: Some(context::proposal()),
            kind: ProposalKind::Proposal,
            id: id.to_owned(),
            purpose: chairs.purpose,
            attributed_to: "https://a.example/c/garden".to_owned(),
            name: Some("20 chairs".to_owned()),
            content: None,
            published: "2026-02-20T10:00:00Z".to_owned(),
            updated: None,
            url: Some("https://a.example/listings/1".to_owned()),
            has_beginning: None,
            has_end: chairs.has_end,
            location: None,
            publishes: chairs.publishes,
            reciprocal: None,
            unit_based: None,
            to: vec![PUBLIC.to_owned()],
        }
    }

    #[test]
    fn a_proposal_is_written() {
        insta::assert_json_snapshot!(proposal(), { r#"["@context"]"# => "[proposal]" }, @r#"
        {
          "@context": "[proposal]",
          "type": "Proposal",
          "id": "https://a.example/listings/1/proposal",
          "purpose": "request",
          "attributedTo": "https://a.example/c/garden",
          "name": "20 chairs",
          "published": "2026-02-20T10:00:00Z",
          "url": "https://a.example/listings/1",
          "hasEnd": "2026-03-14T08:00:00Z",
          "publishes": {
            "type": "Intent",
            "id": "https://a.example/listings/1/proposal#primary",
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
          },
          "to": [
            "https://www.w3.org/ns/activitystreams#Public"
          ]
        }
        "#);
    }

    #[test]
    fn we_read_our_own_proposals() {
        let post = Post::parse(&serde_json::to_value(proposal()).unwrap()).unwrap();
        assert_eq!(post.kind, "Proposal");
        let economic = post.economic.unwrap();
        assert_eq!(economic.purpose, Purpose::Request);
        assert_eq!(economic.available.unwrap().value.as_deref(), Some("12"));
        assert_eq!(economic.unit_based, None);
    }
}
