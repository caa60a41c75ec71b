//! Listings and collectives as search engines know them: schema.org `Demand`, `Offer`, `Organization`.
//!
//! A `<script>` of the type `application/ld+json` is a block of data (HTML, "prepare the script element"): it
//! is put aside before the Content-Security-Policy is asked, so `script-src 'none'` neither stops nor reports it.

use domain::listings::{Kind, Purpose, State, Terms};
use domain::quantity::Amount;
use serde_json::{Value, json};
use url::Url;

use crate::views::collectives::CollectiveView;
use crate::views::listings::{ListingCard, ListingView, QuantityView};

/// JSON-LD that can stand inside a `<script>` element.
///
/// **Invariant** No price is ever in it, and no member's name.
pub fn listing(listing: &ListingView) -> String {
    let card = &listing.card;
    let mut item = json!({
        "@type": item_type(card.kind),
        "name": card.title,
    });
    set(&mut item, "description", card.excerpt.clone());
    let mut document = json!({
        "@context": "https://schema.org",
        "@type": kind_of(card.purpose),
        "@id": listing.address,
        "url": listing.address,
        "name": card.title,
        "inLanguage": card.lang,
        "itemOffered": item,
        "availability": availability(card.state),
    });
    let collective = json!({
        "@type": "Organization",
        "name": card.collective.name,
        "url": card.collective.url,
    });
    if card.purpose == Purpose::Need {
        set(&mut document, "@reverse", Some(json!({ "seeks": collective })));
    } else {
        set(&mut document, "offeredBy", Some(collective));
    }
    set(&mut document, "category", listing.category.clone());
    set(&mut document, "businessFunction", function(card.terms));
    if let Some(quantity) = &card.quantity {
        set(&mut document, "eligibleQuantity", Some(measure(&quantity.wanted, &quantity.unit)));
        set(&mut document, "inventoryLevel", left(quantity));
    }
    set(&mut document, "areaServed", card.place.as_ref().map(|place| place.name.clone()));
    if let Some(window) = &card.window {
        set(&mut document, "availabilityStarts", window.from.as_ref().map(|t| t.datetime.clone()));
        set(&mut document, "availabilityEnds", window.until.as_ref().map(|t| t.datetime.clone()));
    }
    set(&mut document, "validFrom", card.published.as_ref().map(|t| t.datetime.clone()));
    set(&mut document, "validThrough", listing.expires.as_ref().map(|t| t.datetime.clone()));
    script_safe(&document)
}

/// JSON-LD of a collective, with what it needs and offers where it lives here.
pub fn collective(
    collective: &CollectiveView,
    needs: &[ListingCard],
    offers: &[ListingCard],
) -> String {
    let mut document = json!({
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": collective.address,
        "url": collective.address,
        "name": collective.actor.name,
        "alternateName": collective.actor.full_handle(),
        "knowsLanguage": collective.lang,
    });
    let description = (!collective.excerpt.is_empty()).then(|| collective.excerpt.clone());
    set(&mut document, "description", description);
    let here = Url::parse(&collective.address).ok().filter(|_| collective.home.is_none());
    if let Some(here) = here {
        set(&mut document, "seeks", brief(&here, needs));
        set(&mut document, "makesOffer", brief(&here, offers));
    }
    script_safe(&document)
}

/// Listings in a few words; where they are is said in full.
fn brief(here: &Url, cards: &[ListingCard]) -> Option<Value> {
    let items: Vec<Value> = cards
        .iter()
        .filter_map(|card| {
            let address = here.join(&card.url).ok()?;
            Some(json!({
                "@type": kind_of(card.purpose),
                "@id": address.as_str(),
                "url": address.as_str(),
                "name": card.title,
            }))
        })
        .collect();
    (!items.is_empty()).then(|| items.into())
}

fn kind_of(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Need => "Demand",
        Purpose::Offer => "Offer",
    }
}

/// What happens with it, where the vocabulary has a word: it comes back.
fn function(terms: Option<Terms>) -> Option<&'static str> {
    match terms? {
        Terms::Loan | Terms::Use => Some("http://purl.org/goodrelations/v1#LeaseOut"),
        Terms::Gift | Terms::Barter | Terms::TimeBank | Terms::LetsTalk => None,
    }
}

fn measure(amount: &str, unit: &str) -> Value {
    let mut measure = json!({ "@type": "QuantitativeValue", "value": amount });
    set(&mut measure, "unitText", (!unit.is_empty()).then_some(unit));
    measure
}

/// How much of it is still open.
fn left(quantity: &QuantityView) -> Option<Value> {
    let wanted = Amount::parse("quantity", &quantity.wanted).ok()?;
    let found = Amount::parse_or_nothing("quantity", quantity.found.as_deref().unwrap_or("0"));
    let left = wanted.less(found.ok()?);
    Some(measure(&left.to_string(), &quantity.unit))
}

fn set(document: &mut Value, key: &str, value: Option<impl Into<Value>>) {
    if let (Some(map), Some(value)) = (document.as_object_mut(), value) {
        map.insert(key.to_owned(), value.into());
    }
}

fn item_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Financial => "FinancialProduct",
        Kind::Time | Kind::Space => "Service",
        Kind::Goods => "Product",
        Kind::Knowledge => "CreativeWork",
    }
}

fn availability(state: State) -> &'static str {
    match state {
        State::Open | State::Partly => "https://schema.org/InStock",
        State::Draft => "https://schema.org/PreOrder",
        State::Fulfilled => "https://schema.org/SoldOut",
        State::Withdrawn | State::Expired => "https://schema.org/Discontinued",
    }
}

/// Escapes what could end the element early; JSON reads the escapes as the same characters.
fn script_safe(document: &Value) -> String {
    document
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_can_end_the_script_element() {
        let title = "</script><script>alert(1)</script>";
        let text = script_safe(&json!({ "name": title }));
        assert!(!text.contains('<'));
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back.get("name").unwrap(), title);
    }
}
