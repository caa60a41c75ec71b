//! What is needed or offered: `ValueFlows` properties of a Note, or of a `Proposal` (FEP-0837).

use serde_json::{Map, Value};
use url::Url;

use super::place::{Place, place};
use super::read;

/// How many classifications are read.
const MAX_CLASSES: usize = 32;

/// The longest word or address of a vocabulary, in bytes.
const MAX_TERM: usize = 2048;

/// The longest quantity, in characters.
const MAX_DIGITS: usize = 32;

/// Is something given or wanted?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// It is given.
    Offer,
    /// It is wanted.
    Request,
}

/// How much of it, in a unit of OM2 (<http://www.ontology-of-units-of-measure.org/>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The local name of the unit, such as `one`, `hour`, `kilogram`; at most 2048 bytes.
    pub unit: String,
    /// A decimal number without exponent or sign, at most 32 characters; absent where only the
    /// unit was named, or what was sent is no such number.
    pub value: Option<String>,
}

/// The economic side of a post; of several intents, the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Economic {
    /// Given or wanted.
    pub purpose: Purpose,
    /// The id of the published intent, which an agreement says it satisfies.
    pub intent: Option<Url>,
    /// The bare title of the intent.
    pub name: Option<String>,
    /// The local name of the `ValueFlows` action, such as `transfer`, `work`, `use`.
    pub action: Option<String>,
    /// Who would give.
    pub provider: Option<Url>,
    /// Who would get.
    pub receiver: Option<Url>,
    /// What kind of thing: an IRI, often of Wikidata.
    pub resource_conforms_to: Option<String>,
    /// What else it is, as IRIs or words; at most 32.
    pub classified_as: Vec<String>,
    /// All that is wanted or given: `resourceQuantity`, else `effortQuantity`.
    pub quantity: Option<Measure>,
    /// What is still open of it.
    pub available: Option<Measure>,
    /// The least an answer may bring.
    pub minimum: Option<Measure>,
    /// By when it is needed, as it was sent.
    pub due: Option<String>,
    /// From when the post holds, as it was sent.
    pub has_beginning: Option<String>,
    /// Until when the post holds, as it was sent; `endTime` where there is no `hasEnd`.
    pub has_end: Option<String>,
    /// Is nothing more wanted or given? Absent where it does not say.
    pub finished: Option<bool>,
    /// Only multiples of the quantity? Absent means any amount is welcome (FEP-0837).
    pub unit_based: Option<bool>,
    /// Where.
    pub location: Option<Place>,
    /// Is something asked in return?
    pub has_reciprocal: bool,
}

/// Reads the economic side of an object; absent where it does not say whether it gives or wants.
pub(super) fn economic(map: &Map<String, Value>) -> Option<Economic> {
    let none = Map::new();
    let intent = term(map, "publishes").and_then(first_object).unwrap_or(&none);
    let agent = |key| read::url(intent, key);
    let (provider, receiver) = (agent("provider"), agent("receiver"));
    let named = term(map, "purpose").is_some();
    let purpose = purpose(map).or_else(|| match (&provider, &receiver) {
        _ if named || !is_proposal_kind(map) => None,
        (Some(_), None) => Some(Purpose::Offer),
        (None, Some(_)) => Some(Purpose::Request),
        _ => None,
    })?;
    let date = |key| read::date(map, key).or_else(|| read::date(intent, key));
    Some(Economic {
        purpose,
        intent: read::id(intent, "id").ok(),
        name: read::line(intent, "name", read::MAX_NAME),
        action: vocabulary_word(intent, "action"),
        provider,
        receiver,
        resource_conforms_to: terms(intent, "resourceConformsTo", 1).pop(),
        classified_as: terms(intent, "resourceClassifiedAs", MAX_CLASSES),
        quantity: measure(intent, "resourceQuantity").or_else(|| measure(intent, "effortQuantity")),
        available: measure(intent, "availableQuantity"),
        minimum: measure(intent, "minimumQuantity"),
        due: read::date(intent, "due"),
        has_beginning: date("hasBeginning"),
        has_end: date("hasEnd").or_else(|| read::date(map, "endTime")),
        finished: term(intent, "finished").and_then(Value::as_bool),
        unit_based: term(map, "unitBased").and_then(Value::as_bool),
        location: place(map, "location").or_else(|| place(map, "eligibleLocation")),
        has_reciprocal: term(map, "reciprocal").is_some_and(is_something),
    })
}

/// Is this `Proposal`, however its vocabulary was written?
pub(super) fn is_proposal(word: &str) -> bool {
    local_name(word) == "Proposal"
}

/// Is this a word of `ValueFlows` by this local name, however its vocabulary was written?
pub(super) fn is_called(word: &str, name: &str) -> bool {
    local_name(word) == name
}

fn is_proposal_kind(map: &Map<String, Value>) -> bool {
    read::kind(map, is_proposal).is_ok_and(is_proposal)
}

/// A property that is there and not null.
fn term<'a>(map: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    map.get(name).filter(|value| !value.is_null())
}

pub(super) fn first_object(value: &Value) -> Option<&Map<String, Value>> {
    match value {
        Value::Array(values) => values.iter().find_map(Value::as_object),
        value => value.as_object(),
    }
}

fn is_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(values) => values.iter().any(is_something),
        Value::Object(map) => !map.is_empty(),
        _ => true,
    }
}

fn purpose(map: &Map<String, Value>) -> Option<Purpose> {
    match vocabulary_word(map, "purpose")?.as_str() {
        "offer" => Some(Purpose::Offer),
        "request" => Some(Purpose::Request),
        _ => None,
    }
}

/// The local name of a word of `ValueFlows` or OM2.
fn vocabulary_word(map: &Map<String, Value>, name: &str) -> Option<String> {
    terms_in(term(map, name)?, 1).pop().map(|word| local_name(&word).to_owned())
}

fn terms(map: &Map<String, Value>, name: &str, max: usize) -> Vec<String> {
    term(map, name).map(|value| terms_in(value, max)).unwrap_or_default()
}

/// Words and IRIs: strings or objects with an id, one or many; what is too long is skipped.
fn terms_in(value: &Value, max: usize) -> Vec<String> {
    let values = match value {
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    let words = values.iter().take(read::MAX_RECIPIENTS).filter_map(read::raw_address);
    words
        .map(str::trim)
        .filter(|word| !word.is_empty() && word.len() <= MAX_TERM)
        .filter(|word| !word.chars().any(char::is_control))
        .take(max)
        .map(str::to_owned)
        .collect()
}

/// A word of `ValueFlows` or OM2 without its namespace; any other word as it is.
fn local_name(word: &str) -> &str {
    let after_scheme = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    let namespaces: &[&str] = match after_scheme {
        Some(_) => &[
            "w3id.org/valueflows/ont/vf#",
            "w3id.org/valueflows#",
            "w3id.org/valueflows/",
            "www.ontology-of-units-of-measure.org/resource/om-2/",
        ],
        None => &["vf:", "om2:", "ValueFlows:"],
    };
    let rest = after_scheme.unwrap_or(word);
    namespaces.iter().find_map(|namespace| rest.strip_prefix(namespace)).unwrap_or(word)
}

/// How much a property says.
pub(super) fn measure(map: &Map<String, Value>, name: &str) -> Option<Measure> {
    let measure = first_object(term(map, name)?)?;
    let unit = vocabulary_word(measure, "hasUnit")?;
    let value = term(measure, "hasNumericalValue").and_then(decimal);
    Some(Measure { unit, value })
}

/// A quantity as a decimal number, from a number or a string.
fn decimal(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) if number.is_f64() => number.as_f64()?.to_string(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (text.len() <= MAX_DIGITS && digits(whole) && digits(fraction)).then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read_from(value: &Value) -> Option<Economic> {
        economic(value.as_object().unwrap())
    }

    fn need(quantity: &Value) -> Value {
        json!({
            "type": "Note",
            "purpose": "request",
            "hasBeginning": "2026-02-20T10:00:00Z",
            "endTime": "2026-03-14T08:00:00Z",
            "location": {"type": "Place", "name": "Gràcia"},
            "publishes": {
                "id": "https://a.example/needs/1#primary",
                "type": "Intent",
                "action": "transferCustody",
                "receiver": "https://a.example/c/garden",
                "resourceConformsTo": "https://www.wikidata.org/wiki/Q15026",
                "resourceClassifiedAs": ["https://a.example/taxonomy/goods", {"id": "x"}, 5],
                "resourceQuantity": quantity,
                "availableQuantity": {"hasUnit": "one", "hasNumericalValue": "12"},
                "due": "2026-03-14T08:00:00Z",
                "finished": false,
            },
        })
    }

    #[test]
    fn a_need_is_read_from_a_note() {
        let read = read_from(&need(&json!({"hasUnit": "one", "hasNumericalValue": "20"}))).unwrap();
        assert_eq!(read.purpose, Purpose::Request);
        assert_eq!(read.intent.unwrap().as_str(), "https://a.example/needs/1#primary");
        assert_eq!(read.action.as_deref(), Some("transferCustody"));
        assert_eq!(read.receiver.unwrap().as_str(), "https://a.example/c/garden");
        assert_eq!(read.provider, None);
        assert_eq!(read.classified_as, ["https://a.example/taxonomy/goods", "x"]);
        assert_eq!(read.available.unwrap().value.as_deref(), Some("12"));
        assert_eq!(read.due.as_deref(), Some("2026-03-14T08:00:00Z"));
        assert_eq!(read.has_end.as_deref(), Some("2026-03-14T08:00:00Z"));
        assert_eq!(read.finished, Some(false));
        assert_eq!(read.location.unwrap().name.as_deref(), Some("Gràcia"));
        assert!(!read.has_reciprocal);
    }

    #[test]
    fn quantities_are_numbers_or_strings_in_any_spelling_of_the_unit() {
        let om2 = "http://www.ontology-of-units-of-measure.org/resource/om-2/hour";
        for (measure, unit, value) in [
            (json!({"hasUnit": "one", "hasNumericalValue": 20}), "one", Some("20")),
            (json!({"hasUnit": "om2:hour", "hasNumericalValue": 1.5}), "hour", Some("1.5")),
            (json!({"hasUnit": om2, "hasNumericalValue": 20.0}), "hour", Some("20")),
            (json!({"hasUnit": "vf:one", "hasNumericalValue": " 7 "}), "one", Some("7")),
            (json!({"hasUnit": {"id": om2}}), "hour", None),
            (json!({"hasUnit": "one", "hasNumericalValue": "-3"}), "one", None),
            (json!({"hasUnit": "one", "hasNumericalValue": "1e9"}), "one", None),
            (json!({"hasUnit": "one", "hasNumericalValue": 1e300}), "one", None),
            (json!({"hasUnit": "one", "hasNumericalValue": "lots"}), "one", None),
            (json!({"hasUnit": "one", "hasNumericalValue": "."}), "one", None),
        ] {
            let value = value.map(str::to_owned);
            let expected = Measure { unit: unit.to_owned(), value };
            assert_eq!(read_from(&need(&measure)).unwrap().quantity, Some(expected));
        }
        for odd in [json!({}), json!(5), json!({"hasNumericalValue": 5}), json!([]), json!(null)] {
            assert_eq!(read_from(&need(&odd)).unwrap().quantity, None);
        }
    }

    #[test]
    fn words_are_read_without_their_namespace() {
        for word in [
            "transfer",
            "vf:transfer",
            "https://w3id.org/valueflows/ont/vf#transfer",
            "http://w3id.org/valueflows/ont/vf#transfer",
            "https://w3id.org/valueflows#transfer",
            "https://w3id.org/valueflows/transfer",
        ] {
            let mut need = need(&json!({}));
            need["publishes"]["action"] = json!(word);
            assert_eq!(read_from(&need).unwrap().action.as_deref(), Some("transfer"), "{word}");
        }
        assert!(is_proposal("ValueFlows:Proposal"));
        assert_eq!(local_name("https://b.example/vf#transfer"), "https://b.example/vf#transfer");
    }

    #[test]
    fn pure_value_flows_with_arrays_is_read_too() {
        let barter = json!({
            "type": "vf:Proposal",
            "publishes": [{"type": "Intent", "action": "use", "receiver": "https://c.example/",
                "effortQuantity": {"hasUnit": "hour", "hasNumericalValue": 6}}],
            "reciprocal": [{"type": "Intent", "action": "transfer"}],
            "unitBased": false,
        });
        let read = read_from(&barter).unwrap();
        assert_eq!(read.purpose, Purpose::Request);
        assert_eq!(read.quantity.unwrap().value.as_deref(), Some("6"));
        assert_eq!(read.unit_based, Some(false));
        assert!(read.has_reciprocal);
    }

    #[test]
    fn an_ordinary_note_has_no_economic_side() {
        for value in [
            json!({"type": "Note", "content": "hello"}),
            json!({"type": "Note", "purpose": "sell"}),
            json!({"type": "Note", "purpose": 5, "publishes": "x"}),
            json!({"type": "Note", "publishes": {"receiver": "https://c.example/"}}),
            json!({"type": "Proposal"}),
        ] {
            assert_eq!(read_from(&value), None, "{value}");
        }
    }
}
