//! Listings and collectives as search engines know them: schema.org `Demand`, `Offer`, `Organization`.

use domain::listings::{Kind, Purpose, State};
use serde_json::{Value, json};

use crate::views::collectives::CollectiveView;
use crate::views::listings::ListingView;

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
        "@type": if card.purpose == Purpose::Need { "Demand" } else { "Offer" },
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
    set(&mut document, "areaServed", card.place.as_ref().map(|place| place.name.clone()));
    if let Some(window) = &card.window {
        set(&mut document, "availabilityStarts", window.from.as_ref().map(|t| t.datetime.clone()));
        set(&mut document, "availabilityEnds", window.until.as_ref().map(|t| t.datetime.clone()));
    }
    set(&mut document, "validThrough", listing.expires.as_ref().map(|t| t.datetime.clone()));
    script_safe(&document)
}

/// JSON-LD of a collective.
pub fn collective(collective: &CollectiveView) -> String {
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
    script_safe(&document)
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
