//! The form of a template: as the API keeps it, and as the form of a listing shows it.

use db::listings::ListingRow;
use domain::{
    listings::{Category, Urgency},
    place::Point,
    quantity::Unit,
};
use serde_json::{Map, Value, json};

use crate::views::listing_form::ListingInput;

/// What the form of a listing begins with; what cannot be read stays empty.
pub(crate) fn input(form: &str) -> ListingInput {
    let form: Value = serde_json::from_str(form).unwrap_or_default();
    let text = |path: &str| match form.pointer(path) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let metres = form.pointer("/place/radius").and_then(Value::as_f64).unwrap_or_default();
    ListingInput {
        purpose: text("/purpose"),
        kind: text("/kind"),
        title: text("/title"),
        text: text("/text"),
        quantity: text("/quantity/total"),
        unit: text("/quantity/unit"),
        category: text("/category"),
        terms: or(text("/terms"), "lets-talk"),
        place: text("/place/name"),
        latitude: text("/place/latitude"),
        longitude: text("/place/longitude"),
        radius: if metres == 0.0 { String::new() } else { (metres / 1_000.0).to_string() },
        language: text("/language"),
        urgency: text("/urgency"),
        signed_by: or(text("/signed_by"), "voice"),
        licence: or(text("/licence"), "CC-BY-SA-4.0"),
        ..ListingInput::default()
    }
}

fn or(text: String, usual: &str) -> String {
    if text.is_empty() { usual.to_owned() } else { text }
}

/// What a listing says, as a form of the API without what is of one time.
pub(crate) fn kept(row: &ListingRow, point: Option<Point>) -> String {
    let mut form = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        form.extend(value.map(|value| (name.to_owned(), value)));
    };
    put("purpose", Some(row.purpose.word().into()));
    put("kind", Some(row.kind.word().into()));
    put("title", Some(row.title.clone().into()));
    put("text", Some(row.text.clone().into()));
    put("quantity", row.quantity.map(|total| {
        json!({ "total": total.to_string(), "unit": row.unit.unwrap_or(Unit::One).word() })
    }));
    put("category", row.category.map(|it| Category::word(it).into()));
    put("terms", Some(row.terms.word().into()));
    put(
        "place",
        row.place.as_ref().map(|name| match point {
            Some(Point { latitude, longitude }) => json!({
                "name": name, "latitude": latitude, "longitude": longitude, "radius": row.radius,
            }),
            None => json!({ "name": name, "radius": row.radius }),
        }),
    );
    put("language", Some(row.language.as_str().into()));
    put("urgency", row.urgency.map(|it| Urgency::word(it).into()));
    put("licence", Some(row.licence.word().into()));
    put("signed_by", Some(row.signed_by.word().into()));
    Value::Object(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_template_says_fills_the_form_of_a_listing() {
        let form = json!({
            "purpose": "offer", "kind": "goods", "title": "Boxes",
            "quantity": { "total": "2.5", "unit": "kilogram" },
            "place": { "name": "The mill", "latitude": 41.4, "longitude": 2.15, "radius": 2500 },
        });
        let input = input(&form.to_string());
        let said = (&*input.purpose, &*input.title, &*input.quantity, &*input.unit);
        assert_eq!(said, ("offer", "Boxes", "2.5", "kilogram"));
        let place = (&*input.place, &*input.latitude, &*input.radius);
        assert_eq!(place, ("The mill", "41.4", "2.5"));
        assert_eq!((&*input.terms, &*input.signed_by), ("lets-talk", "voice"));
    }

    #[test]
    fn a_form_that_cannot_be_read_leaves_all_empty() {
        for form in ["", "[]", "{\"title\": [1]}", "{\"place\": 5}"] {
            assert_eq!(input(form).title, "", "{form}");
        }
    }
}
