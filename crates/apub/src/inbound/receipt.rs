//! A receipt (FEP-0837): what was agreed on is done, says who has accepted it.

use serde_json::Value;
use url::Url;

use super::read;
use crate::json::Malformed;

/// A `Document` whose context is an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its own id, where it has one.
    pub id: Option<Url>,
    /// What may be an agreement.
    pub agreement: Url,
    /// Who wrote it, where it says so; to be held against the signature.
    pub attributed_to: Option<Url>,
}

impl Receipt {
    /// Is this what a receipt is called? So are files and pictures: the context tells them apart.
    pub fn is_kind(word: &str) -> bool {
        word == "Document"
    }

    /// Reads what may be a receipt; nothing where it has no context.
    pub fn parse(value: &Value) -> Result<Option<Self>, Malformed> {
        let map = read::object(value, "object")?;
        let Some(agreement) = read::url(map, "context") else { return Ok(None) };
        let id = match map.get("id") {
            None | Some(Value::Null) => None,
            Some(_) => Some(read::id(map, "object.id")?),
        };
        let attributed_to = match map.get("attributedTo") {
            None | Some(Value::Null) => None,
            Some(_) => Some(read::required_url(map, "attributedTo")?),
        };
        Ok(Some(Self { id, agreement, attributed_to }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_example_of_the_fep_is_read() {
        let create = include_str!("../../../../tests/fixtures/fep-0837/receipt.json");
        let create = crate::json::parse(create.as_bytes()).unwrap();
        let read = Receipt::parse(&create["object"]).unwrap().unwrap();
        assert_eq!(read.agreement.path(), "/agreements/edc374aa-e580-4a58-9404-f3e8bf8556b2");
        assert_eq!(read.id.unwrap().path(), "/receipts/ad2f7ee1-6567-413e-a10b-72650cbdc743");
        assert_eq!(read.attributed_to, None);
    }

    #[test]
    fn a_document_without_a_context_is_no_receipt() {
        for value in [json!({}), json!({ "context": null }), json!({ "context": [] })] {
            assert_eq!(Receipt::parse(&value), Ok(None), "{value}");
        }
        let context = "https://a.example/agreements/1";
        let read = Receipt::parse(&json!({ "context": { "id": context } })).unwrap().unwrap();
        assert_eq!((read.id, read.agreement.as_str()), (None, context));
    }

    #[test]
    fn hostile_shapes_are_refused() {
        let context = "https://a.example/agreements/1";
        for value in [
            json!([]),
            json!("Document"),
            json!({ "context": context, "id": 5 }),
            json!({ "context": context, "id": "javascript:x" }),
            json!({ "context": context, "attributedTo": 5 }),
            json!({ "context": context, "attributedTo": ["https://a.example/1", "https://a.example/2"] }),
        ] {
            assert!(Receipt::parse(&value).is_err(), "{value}");
        }
    }
}
