//! Agreements as we write them (FEP-0837); Mitra reads a commitment only where all of it is strings.

use serde::Serialize;

use super::economic::MeasureDocument;

/// An agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgreementDocument {
    /// Always `Agreement`.
    #[serde(rename = "type")]
    pub kind: AgreementKind,
    /// Its own id; one under negotiation has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who has accepted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributed_to: Option<String>,
    /// What is to be done.
    pub stipulates: CommitmentDocument,
    /// What is given in return; a gift has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stipulates_reciprocal: Option<CommitmentDocument>,
    /// A word that goes with it: HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
}

/// What somebody commits to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CommitmentDocument {
    /// Always `Commitment`.
    #[serde(rename = "type")]
    pub kind: CommitmentKind,
    /// Its own id, once it is agreed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The id of the intent that it answers.
    pub satisfies: String,
    /// How much; of work and use too, since readers know no other.
    pub resource_quantity: MeasureDocument,
}

/// The word an agreement is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum AgreementKind {
    /// The only one.
    #[default]
    Agreement,
}

/// The word a commitment is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum CommitmentKind {
    /// The only one.
    #[default]
    Commitment,
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::inbound::Agreement;

    /// Eight chairs for two hours.
    fn barter() -> AgreementDocument {
        let chairs = eight_chairs();
        let hours = CommitmentDocument {
            id: Some("https://a.example/agreements/1#reciprocal".to_owned()),
            satisfies: "https://a.example/listings/1#reciprocal".to_owned(),
            resource_quantity: MeasureDocument {
                has_unit: "hour".to_owned(),
                has_numerical_value: Some("2".to_owned()),
            },
            ..chairs.stipulates.clone()
        };
        AgreementDocument { stipulates_reciprocal: Some(hours), ..chairs }
    }

    fn eight_chairs() -> AgreementDocument {
        let id = "https://a.example/agreements/1";
        AgreementDocument {
            kind: AgreementKind::Agreement,
            id: Some(id.to_owned()),
            attributed_to: Some("https://a.example/c/garden".to_owned()),
            stipulates: CommitmentDocument {
                kind: CommitmentKind::Commitment,
                id: Some(format!("{id}#primary")),
                satisfies: "https://a.example/listings/1#primary".to_owned(),
                resource_quantity: MeasureDocument {
                    has_unit: "one".to_owned(),
                    has_numerical_value: Some("8".to_owned()),
                },
            },
            stipulates_reciprocal: None,
            content: None,
        }
    }

    #[test]
    fn an_agreement_is_written() {
        insta::assert_json_snapshot!(eight_chairs(), @r#"
        {
          "type": "Agreement",
          "id": "https://a.example/agreements/1",
          "attributedTo": "https://a.example/c/garden",
          "stipulates": {
            "type": "Commitment",
            "id": "https://a.example/agreements/1#primary",
            "satisfies": "https://a.example/listings/1#primary",
            "resourceQuantity": {
              "hasUnit": "one",
              "hasNumericalValue": "8"
            }
          }
        }
        "#);
    }

    /// The shape in which Mitra takes an agreement: both commitments, every word a string, none left out.
    #[test]
    fn a_strict_reader_takes_our_commitments() {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Quantity {
            has_unit: String,
            has_numerical_value: String,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Commitment {
            satisfies: String,
            resource_quantity: Quantity,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Strict {
            stipulates: Commitment,
            stipulates_reciprocal: Commitment,
        }
        let written = serde_json::to_value(barter()).unwrap();
        let read: Strict = serde_json::from_value(written).unwrap();
        for (read, end, unit, value) in [
            (read.stipulates, "#primary", "one", "8"),
            (read.stipulates_reciprocal, "#reciprocal", "hour", "2"),
        ] {
            assert!(read.satisfies.ends_with(end), "{}", read.satisfies);
            let quantity = read.resource_quantity;
            assert_eq!((&*quantity.has_unit, &*quantity.has_numerical_value), (unit, value));
        }
    }

    #[test]
    fn we_read_our_own_agreements() {
        let read = Agreement::parse(&serde_json::to_value(eight_chairs()).unwrap()).unwrap();
        assert_eq!(read.id.unwrap().as_str(), "https://a.example/agreements/1");
        assert_eq!(read.satisfies.unwrap().as_str(), "https://a.example/listings/1#primary");
        assert_eq!(read.quantity.unwrap().value.as_deref(), Some("8"));
        assert_eq!(read.in_return, None);
        let read = Agreement::parse(&serde_json::to_value(barter()).unwrap()).unwrap();
        assert_eq!(read.in_return.unwrap().value.as_deref(), Some("2"));
    }
}
