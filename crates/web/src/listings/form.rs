//! From what somebody typed to what a listing says, and back.

use db::listings::ListingRow;
use domain::{
    Invalid,
    listings::{Category, Content, Kind, Purpose, Signature, Terms, Title, Urgency, Window, body},
    place::{Place, Point},
    quantity::{Amount, Quantity, Unit},
    text::{Language, Licence},
};

use super::cards::kilometres;
use crate::{
    views::{forms::FormErrors, listing_form::ListingInput},
    when,
};

/// What the author chose, or everything that is wrong with it.
pub(super) fn content(input: &ListingInput) -> Result<Content, FormErrors> {
    let mut errors = FormErrors::default();
    let purpose = errors.keep(chosen("purpose", &input.purpose, Purpose::parse));
    let kind = errors.keep(chosen("kind", &input.kind, Kind::parse));
    let title = errors.keep(Title::parse(&input.title));
    let text = errors.keep(body(&input.text));
    let language = errors.keep(language(&input.language));
    let category = errors.keep(perhaps(&input.category, Category::parse));
    let quantity = errors.keep(quantity(input));
    let terms = errors.keep(chosen("terms", &input.terms, Terms::parse));
    let urgency = errors.keep(perhaps(&input.urgency, Urgency::parse));
    let window = window(input, &mut errors);
    let place = errors.keep(place(input));
    let signed_by = errors.keep(chosen("signed_by", &input.signed_by, Signature::parse));
    let licence = errors.keep(chosen("licence", &input.licence, Licence::parse));
    let all = || {
        Some(Content {
            purpose: purpose?,
            kind: kind?,
            title: title?,
            text: text?,
            quantity: quantity?,
            category: category?,
            terms: terms?,
            place: place?,
            window,
            language: language?,
            urgency: urgency?,
            licence: licence?,
            signed_by: signed_by?,
        })
    };
    match all() {
        Some(content) if errors.is_empty() => Ok(content),
        _ => Err(errors),
    }
}

/// What the form of an existing listing begins with; the exact point is for those who may change it.
pub(super) fn input(row: &ListingRow, point: Option<Point>) -> ListingInput {
    let degrees = |degrees: Option<f64>| degrees.map(|it| it.to_string()).unwrap_or_default();
    let day = |time: Option<domain::Time>| time.map(when::date).unwrap_or_default();
    ListingInput {
        purpose: row.purpose.word().to_owned(),
        kind: row.kind.word().to_owned(),
        title: row.title.clone(),
        text: row.text.clone(),
        quantity: row.quantity.map(|amount| amount.to_string()).unwrap_or_default(),
        unit: row.unit.map_or("", Unit::word).to_owned(),
        category: row.category.map_or("", Category::word).to_owned(),
        terms: row.terms.word().to_owned(),
        place: row.place.clone().unwrap_or_default(),
        latitude: degrees(point.map(|point| point.latitude)),
        longitude: degrees(point.map(|point| point.longitude)),
        radius: if row.radius == 0 { String::new() } else { kilometres(row.radius) },
        starts_at: day(row.starts_at),
        ends_at: day(row.ends_at),
        expires_at: day(row.expires_at),
        language: row.language.as_str().to_owned(),
        urgency: row.urgency.map_or("", Urgency::word).to_owned(),
        signed_by: row.signed_by.word().to_owned(),
        licence: row.licence.word().to_owned(),
        template: String::new(),
        version: row.version.to_string(),
    }
}

/// A word that must be chosen from a list.
fn chosen<T>(
    field: &'static str,
    word: &str,
    parse: impl Fn(&str) -> Result<T, Invalid>,
) -> Result<T, Invalid> {
    if word.is_empty() { Err(Invalid::new(field, "is not chosen yet")) } else { parse(word) }
}

/// A word that may be left out.
fn perhaps<T>(
    word: &str,
    parse: impl Fn(&str) -> Result<T, Invalid>,
) -> Result<Option<T>, Invalid> {
    if word.is_empty() { Ok(None) } else { parse(word).map(Some) }
}

fn language(tag: &str) -> Result<Language, Invalid> {
    if tag.is_empty() { Ok(Language::default()) } else { Language::parse(tag) }
}

fn quantity(input: &ListingInput) -> Result<Option<Quantity>, Invalid> {
    if input.quantity.trim().is_empty() {
        return Ok(None);
    }
    let total = Amount::parse("quantity", &input.quantity)?;
    Ok(Some(Quantity::whole(total, perhaps(&input.unit, Unit::parse)?.unwrap_or(Unit::One))))
}

fn window(input: &ListingInput, errors: &mut FormErrors) -> Window {
    Window {
        starts_at: errors.keep(when::first_of("starts_at", &input.starts_at)).flatten(),
        ends_at: errors.keep(when::last_of("ends_at", &input.ends_at)).flatten(),
        expires_at: errors.keep(when::last_of("expires_at", &input.expires_at)).flatten(),
    }
}

fn place(input: &ListingInput) -> Result<Option<Place>, Invalid> {
    let latitude = number("latitude", &input.latitude)?;
    let longitude = number("longitude", &input.longitude)?;
    let radius = number("radius", &input.radius)?.map(metres).transpose()?;
    let nothing = latitude.is_none() && longitude.is_none() && radius.is_none();
    if input.place.trim().is_empty() && nothing {
        return Ok(None);
    }
    Place::new(&input.place, latitude, longitude, radius).map(Some)
}

fn number(field: &'static str, text: &str) -> Result<Option<f64>, Invalid> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    let number: Option<f64> = text.parse().ok().filter(|number: &f64| number.is_finite());
    number.map(Some).ok_or_else(|| Invalid::new(field, "must be a number, like 41.37"))
}

#[expect(clippy::cast_possible_truncation, reason = "it is at most 500,000")]
fn metres(kilometres: f64) -> Result<i32, Invalid> {
    if (0.0..=500.0).contains(&kilometres) {
        Ok((kilometres * 1_000.0).round() as i32)
    } else {
        Err(Invalid::new("radius", "must be from 0 to 500 kilometres"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> ListingInput {
        let word = str::to_owned;
        ListingInput {
            purpose: word("need"),
            kind: word("time"),
            title: word("Hands for the harvest"),
            terms: word("gift"),
            licence: word("CC-BY-SA-4.0"),
            signed_by: word("voice"),
            quantity: word("2,5"),
            unit: word("hour"),
            radius: word("2.5"),
            place: word("Poble-sec"),
            ends_at: word("2026-05-31"),
            ..ListingInput::default()
        }
    }

    #[test]
    fn what_was_typed_becomes_what_a_listing_says() {
        let content = content(&typed()).unwrap();
        assert_eq!(content.quantity.unwrap().total.to_string(), "2.5");
        assert_eq!(content.place.unwrap().radius, 2_500);
        assert_eq!(content.window.ends_at.unwrap().wire(), "2026-05-31T23:59:59Z");
        assert_eq!(content.language, Language::default());
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let word = str::to_owned;
        let input = ListingInput {
            kind: String::new(),
            title: word(" "),
            quantity: word("many"),
            latitude: word("north"),
            ends_at: word("31 May"),
            licence: word("mine"),
            ..typed()
        };
        let errors = content(&input).unwrap_err();
        let fields: Vec<&str> = errors.0.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["kind", "title", "quantity", "ends_at", "latitude", "licence"]);
        assert_eq!(errors.on("kind"), Some("The kind is not chosen yet."));
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        for text in ["NaN", "inf", "-inf", "1e400", "x"] {
            assert!(number("latitude", text).is_err(), "{text}");
        }
        assert!(metres(-1.0).is_err() && metres(501.0).is_err());
    }
}
