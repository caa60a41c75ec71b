//! Where something is wanted or given.

use serde_json::{Map, Value};

use super::read;

/// A place (Activity Vocabulary, section 4.6), as exact as its sender made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its name, on one line; at most 255 characters.
    pub name: Option<String>,
    /// Degrees north, -90 to 90; only together with `longitude`.
    pub latitude: Option<f64>,
    /// Degrees east, -180 to 180; only together with `latitude`.
    pub longitude: Option<f64>,
    /// Metres around the point, not negative.
    pub radius_m: Option<f64>,
}

/// Reads a property that holds a place: a `Place`, the first of several, or a name alone.
pub(super) fn place(map: &Map<String, Value>, key: &str) -> Option<Place> {
    let place = match read::each(map, key).first()? {
        Value::Object(place) => read(place),
        Value::String(raw) if crate::address::parse(raw, "location").is_err() => Place {
            name: read::line(map, key, read::MAX_NAME),
            latitude: None,
            longitude: None,
            radius_m: None,
        },
        _ => return None,
    };
    (place.name.is_some() || place.latitude.is_some()).then_some(place)
}

fn read(place: &Map<String, Value>) -> Place {
    let degrees = |key, limit: f64| number(place, key).filter(|degrees| degrees.abs() <= limit);
    let point = degrees("latitude", 90.0).zip(degrees("longitude", 180.0));
    Place {
        name: read::line(place, "name", read::MAX_NAME),
        latitude: point.map(|(latitude, _)| latitude),
        longitude: point.map(|(_, longitude)| longitude),
        radius_m: radius_m(place),
    }
}

fn radius_m(place: &Map<String, Value>) -> Option<f64> {
    let metres = match place.get("units").and_then(Value::as_str) {
        None | Some("m") => 1.0,
        Some("km") => 1000.0,
        Some("cm") => 0.01,
        Some("miles") => 1609.344,
        Some("feet") => 0.3048,
        Some("inches") => 0.0254,
        Some(_) => return None,
    };
    let radius = number(place, "radius")? * metres;
    (radius.is_finite() && radius >= 0.0).then_some(radius)
}

/// A number, also one written as a string.
fn number(map: &Map<String, Value>, key: &str) -> Option<f64> {
    let value = map.get(key)?;
    value
        .as_f64()
        .or_else(|| value.as_str()?.trim().parse().ok())
        .filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read_from(location: &Value) -> Option<Place> {
        place(json!({ "location": location }).as_object().unwrap(), "location")
    }

    #[test]
    fn a_place_is_read_with_its_radius_in_metres() {
        let place = json!({"type": "Place", "name": "Gràcia", "latitude": 41.40,
            "longitude": "2.16", "radius": 10, "units": "km"});
        let expected = Place {
            name: Some("Gràcia".to_owned()),
            latitude: Some(41.4),
            longitude: Some(2.16),
            radius_m: Some(10_000.0),
        };
        assert_eq!(read_from(&place), Some(expected.clone()));
        assert_eq!(read_from(&json!([place])), Some(expected));
        assert_eq!(read_from(&json!("Gràcia")).unwrap().name.as_deref(), Some("Gràcia"));
    }

    #[test]
    fn what_is_nowhere_on_earth_is_absent() {
        for place in [
            json!({"latitude": 91, "longitude": 0}),
            json!({"latitude": 41}),
            json!({"latitude": "NaN", "longitude": "inf"}),
            json!({"radius": 5}),
            json!({}),
            json!(5),
            json!("https://a.example/place"),
        ] {
            assert_eq!(read_from(&place), None, "{place}");
        }
        let odd = json!({"name": "x", "radius": -1, "units": "m"});
        assert_eq!(read_from(&odd).unwrap().radius_m, None);
    }
}
