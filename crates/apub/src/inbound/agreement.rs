//! An agreement (FEP-0837): what somebody would do for which intent, how much of it, and for what in return.

use serde_json::{Map, Value};
use url::Url;

use super::economic::{Measure, first_object, is_called, measure};
use super::read;
use crate::address;
use crate::json::Malformed;

/// An agreement, offered or answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its id; one under negotiation has none.
    pub id: Option<Url>,
    /// The intent that the first commitment satisfies; absent where nothing says so.
    pub satisfies: Option<Url>,
    /// How much: `resourceQuantity`, else `effortQuantity`.
    pub quantity: Option<Measure>,
    /// How much is given in return (`stipulatesReciprocal`); a gift has none.
    pub in_return: Option<Measure>,
    /// A word that goes with it; HTML.
    pub content: Option<String>,
}

impl Agreement {
    /// Is this what an agreement is called?
    pub fn is_kind(word: &str) -> bool {
        is_called(word, "Agreement")
    }

    /// Reads an agreement; of several commitments, the first. An id or an intent that is there must be an address.
    pub fn parse(value: &Value) -> Result<Self, Malformed> {
        let map = read::object(value, "object")?;
        read::kind(map, Self::is_kind).and_then(|word| {
            let wrong = || Malformed::new("object.type", "is not Agreement");
            Self::is_kind(word).then_some(()).ok_or_else(wrong)
        })?;
        let id = match map.get("id") {
            None | Some(Value::Null) => None,
            Some(_) => Some(read::id(map, "object.id")?),
        };
        let none = Map::new();
        let commitment = match map.get("stipulates") {
            None | Some(Value::Null | Value::String(_)) => &none,
            Some(value) => first_object(value)
                .ok_or_else(|| Malformed::new("object.stipulates", "is not an object"))?,
        };
        Ok(Self {
            id,
            satisfies: satisfies(commitment)?,
            quantity: quantity(commitment),
            // Whatever is wrong with it, the agreement is one all the same.
            in_return: map.get("stipulatesReciprocal").and_then(first_object).and_then(quantity),
            content: read::text(map, "content", read::MAX_SUMMARY),
        })
    }
}

fn quantity(commitment: &Map<String, Value>) -> Option<Measure> {
    measure(commitment, "resourceQuantity").or_else(|| measure(commitment, "effortQuantity"))
}

fn satisfies(commitment: &Map<String, Value>) -> Result<Option<Url>, Malformed> {
    const FIELD: &str = "object.stipulates.satisfies";
    match read::each(commitment, "satisfies").first() {
        None => Ok(None),
        Some(value) => match read::raw_address(value) {
            Some(raw) => address::parse(raw, FIELD).map(Some),
            None => Err(Malformed::new(FIELD, "is neither an address nor an object with an id")),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const INTENT: &str = "https://a.example/listings/1#primary";

    fn with(stipulates: &Value) -> Value {
        json!({ "type": "Agreement", "stipulates": stipulates })
    }

    #[test]
    fn the_example_of_the_fep_is_read() {
        let offer = include_str!("../../../../tests/fixtures/fep-0837/offer.json");
        let offer = crate::json::parse(offer.as_bytes()).unwrap();
        let read = Agreement::parse(&offer["object"]).unwrap();
        assert_eq!(read.id, None);
        assert!(read.satisfies.unwrap().as_str().ends_with("000000000001#primary"));
        assert_eq!(read.quantity.unwrap().value.as_deref(), Some("1"));
        assert_eq!(read.in_return.unwrap().value.as_deref(), Some("30"));
        let accept = include_str!("../../../../tests/fixtures/fep-0837/accept.json");
        let accept = crate::json::parse(accept.as_bytes()).unwrap();
        let read = Agreement::parse(&accept["result"]).unwrap();
        assert_eq!(read.id.unwrap().path(), "/agreements/edc374aa-e580-4a58-9404-f3e8bf8556b2");
    }

    #[test]
    fn arrays_and_numbers_and_prefixes_are_read_too() {
        let eight = |value: Value| json!({ "hasUnit": "one", "hasNumericalValue": value });
        for stipulates in [
            json!({ "satisfies": INTENT, "resourceQuantity": eight(json!("8")) }),
            json!([{ "satisfies": [INTENT], "resourceQuantity": [eight(json!(8))] }, {}]),
            json!({ "satisfies": { "id": INTENT, "x": [] }, "effortQuantity": eight(json!(8.0)) }),
        ] {
            let read = Agreement::parse(&with(&stipulates)).unwrap();
            assert_eq!(read.satisfies.unwrap().as_str(), INTENT);
            let quantity = read.quantity.unwrap();
            assert_eq!((quantity.unit.as_str(), quantity.value.as_deref()), ("one", Some("8")));
        }
        for kind in [json!("vf:Agreement"), json!(["x", "Agreement"])] {
            let value = json!({ "type": kind, "content": "We bring them" });
            let read = Agreement::parse(&value).unwrap();
            assert_eq!(read.content.as_deref(), Some("We bring them"));
            assert_eq!((read.satisfies, read.quantity), (None, None));
        }
    }

    #[test]
    fn what_is_given_in_return_is_read_where_it_is_there() {
        let hours = json!({ "hasUnit": "om2:hour", "hasNumericalValue": 2 });
        let hours = json!({ "satisfies": 5, "effortQuantity": hours });
        let none = [json!(null), json!([]), json!({}), json!("https://a.example/1"), json!(5)];
        for (reciprocal, want) in [(hours.clone(), Some("2")), (json!([1, hours]), Some("2"))]
            .into_iter()
            .chain(none.map(|odd| (odd, None)))
        {
            let mut value = with(&json!({ "satisfies": INTENT }));
            value["stipulatesReciprocal"] = reciprocal;
            let read = Agreement::parse(&value).unwrap().in_return;
            assert_eq!(read.and_then(|it| it.value).as_deref(), want, "{value}");
        }
    }

    #[test]
    fn hostile_shapes_are_refused() {
        for value in [
            json!([]),
            json!("Agreement"),
            json!({}),
            json!({ "type": "Note" }),
            json!({ "type": 5 }),
            json!({ "type": "Agreement", "id": 5 }),
            json!({ "type": "Agreement", "id": "javascript:x" }),
            with(&json!(5)),
            with(&json!([])),
            with(&json!([1, 2])),
            with(&json!({ "satisfies": 5 })),
            with(&json!({ "satisfies": "x" })),
            with(&json!({ "satisfies": {} })),
            with(&json!({ "satisfies": "data:text/plain,x" })),
        ] {
            assert!(Agreement::parse(&value).is_err(), "{value}");
        }
    }

    #[test]
    fn a_quantity_that_is_no_number_is_none() {
        for value in [json!("-1"), json!(1e308), json!("NaN"), json!("∞"), json!([]), json!(-1)] {
            let stipulates = json!({
                "satisfies": INTENT,
                "resourceQuantity": { "hasUnit": "one", "hasNumericalValue": value },
            });
            let read = Agreement::parse(&with(&stipulates)).unwrap();
            assert_eq!(read.quantity.unwrap().value, None, "{value}");
        }
    }
}
