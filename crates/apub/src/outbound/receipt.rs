//! A receipt as we write it (FEP-0837).

use serde::Serialize;

/// The receipt for an agreement that is fulfilled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptDocument {
    /// Always `Document`.
    #[serde(rename = "type")]
    pub kind: ReceiptKind,
    /// Its own id.
    pub id: String,
    /// Who has accepted the agreement.
    pub attributed_to: String,
    /// What it is called.
    pub name: String,
    /// The id of the agreement.
    pub context: String,
    /// When the agreement was fulfilled.
    pub published: String,
    /// Recipients.
    pub to: Vec<String>,
}

/// The word a receipt is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum ReceiptKind {
    /// The only one.
    #[default]
    Document,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inbound::Receipt;

    fn receipt() -> ReceiptDocument {
        ReceiptDocument {
            kind: ReceiptKind::Document,
            id: "https://a.example/agreements/1/receipt".to_owned(),
            attributed_to: "https://a.example/c/garden".to_owned(),
            name: "Receipt".to_owned(),
            context: "https://a.example/agreements/1".to_owned(),
            published: "2026-03-20T10:00:00Z".to_owned(),
            to: vec!["https://b.example/u/bob".to_owned()],
        }
    }

    #[test]
    fn a_receipt_is_written() {
        insta::assert_json_snapshot!(receipt(), @r#"
        {
          "type": "Document",
          "id": "https://a.example/agreements/1/receipt",
          "attributedTo": "https://a.example/c/garden",
          "name": "Receipt",
          "context": "https://a.example/agreements/1",
          "published": "2026-03-20T10:00:00Z",
          "to": [
            "https://b.example/u/bob"
          ]
        }
        "#);
    }

    #[test]
    fn we_read_our_own_receipts() {
        let read = Receipt::parse(&serde_json::to_value(receipt()).unwrap()).unwrap().unwrap();
        assert_eq!(read.agreement.as_str(), "https://a.example/agreements/1");
        assert_eq!(read.attributed_to.unwrap().as_str(), "https://a.example/c/garden");
    }
}
