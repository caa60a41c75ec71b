//! What is needed or offered, in the words of `ValueFlows` and FEP-0837.

use serde::Serialize;

/// The economic properties of a Note, inline, where readers who don't know them pass them by.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EconomicDocument {
    /// Given or wanted.
    pub purpose: PurposeWord,
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
}

/// Is something given or wanted?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PurposeWord {
    /// It is given.
    Offer,
    /// It is wanted.
    Request,
}

/// A place (Activity Vocabulary, section 4.6).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "Place")]
pub struct PlaceDocument {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Degrees north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// Degrees east.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// How far around the point, in `units`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius: Option<f64>,
    /// `m` or `km`; metres where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<String>,
}

/// What somebody would do (FEP-0837).
///
/// There is no `unitBased`: only where it is absent may an answer bring a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "Intent", rename_all = "camelCase")]
pub struct IntentDocument {
    /// The id of the post with `#primary`, or `#reciprocal` for what is asked in return.
    pub id: String,
    /// The bare title, which the text of a post shows decorated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The `ValueFlows` action, such as `transfer`, `work`, `use`.
    pub action: String,
    /// Who would give, or who would get: always the Group.
    #[serde(flatten)]
    pub agent: Option<AgentRole>,
    /// What kind of thing: an IRI, often of Wikidata.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_conforms_to: Option<String>,
    /// What else it is, as IRIs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resource_classified_as: Vec<String>,
    /// All that is wanted or given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_quantity: Option<MeasureDocument>,
    /// All the time that is wanted or given, of work and of use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort_quantity: Option<MeasureDocument>,
    /// What is still open of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available_quantity: Option<MeasureDocument>,
    /// The least an answer may bring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_quantity: Option<MeasureDocument>,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Is nothing more wanted or given?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished: Option<bool>,
}

/// The part an agent has in an intent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum AgentRole {
    /// The id of who would get.
    Receiver(String),
    /// The id of who would give.
    Provider(String),
}

/// How much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MeasureDocument {
    /// The local name of a unit of OM2: `one`, `hour`, `kilogram`.
    pub has_unit: String,
    /// A decimal number as a string: Mitra can't read it otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_numerical_value: Option<String>,
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// 20 chairs wanted by 14 March, 12 of them still open.
    pub(in crate::outbound) fn chairs(listing: &str) -> EconomicDocument {
        let chairs = |n: &str| MeasureDocument {
            has_unit: "one".to_owned(),
            has_numerical_value: Some(n.to_owned()),
        };
        EconomicDocument {
            purpose: PurposeWord::Request,
            has_beginning: Some("2026-02-20T10:00:00Z".to_owned()),
            has_end: Some("2026-03-14T08:00:00Z".to_owned()),
            location: Some(PlaceDocument {
                name: Some("Gràcia".to_owned()),
                latitude: Some(41.4),
                longitude: Some(2.16),
                radius: Some(500.0),
                units: Some("m".to_owned()),
            }),
            publishes: IntentDocument {
                name: Some("20 chairs".to_owned()),
                id: format!("{listing}#primary"),
                action: "transferCustody".to_owned(),
                agent: Some(AgentRole::Receiver("https://a.example/c/garden".to_owned())),
                resource_conforms_to: Some("https://www.wikidata.org/wiki/Q15026".to_owned()),
                resource_classified_as: vec!["https://a.example/taxonomy/goods".to_owned()],
                resource_quantity: Some(chairs("20")),
                effort_quantity: None,
                available_quantity: Some(chairs("12")),
                minimum_quantity: None,
                due: Some("2026-03-14T08:00:00Z".to_owned()),
                finished: Some(false),
            },
        }
    }

    #[test]
    fn an_agent_gives_or_gets() {
        let mut chairs = chairs("https://a.example/listings/1");
        chairs.publishes.agent = Some(AgentRole::Provider("https://a.example/c/garden".to_owned()));
        let intent = serde_json::to_value(chairs.publishes).unwrap();
        assert_eq!(intent["provider"], "https://a.example/c/garden");
        assert_eq!(intent.get("receiver"), None);
    }
}
