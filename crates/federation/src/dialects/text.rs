//! The pieces of text that the dialects put together. Almost every reader sees nothing but these.

use apub::outbound::TagDocument;
use db::{actors::ActorRow, listings::ListingRow};
use domain::{
    listings::{Purpose, State},
    quantity::Unit,
    tags,
};
use ops::html::escape;

use super::{
    ListingFacts,
    wording::{Words, day},
};

/// "Need: 20 chairs", and before it, in brackets, the state where that is not simply open: plain text.
pub(super) fn headline(listing: &ListingRow, words: &Words, state: Option<String>) -> String {
    let (purpose, title) = (words.purpose(listing.purpose), &listing.title);
    match state {
        Some(state) => format!("[{state}] {purpose}: {title}"),
        None => format!("{purpose}: {title}"),
    }
}

/// "8 of 20 found" while that is so; "20 ×", or "20 kg", otherwise.
fn how_much(listing: &ListingRow, words: &Words) -> Option<String> {
    if let Some(found) = found(listing, words) {
        return Some(found);
    }
    let quantity = listing.how_much()?;
    let unit = words.unit(quantity.unit);
    let unit = if quantity.unit == Unit::One { "×" } else { unit };
    Some(format!("{} {unit}", quantity.total))
}

/// "8 of 20 found", of what was found in part, and of what ended so.
pub(super) fn found(listing: &ListingRow, words: &Words) -> Option<String> {
    let quantity = listing.how_much()?;
    let (found, unit) = (quantity.found(), words.unit(quantity.unit));
    let is_part = matches!(listing.state, State::Partly | State::Withdrawn | State::Expired)
        && found != domain::quantity::Amount::NOTHING;
    let total = format!("{} {unit}", quantity.total);
    is_part.then(|| words.found(listing.purpose, &found.to_string(), total.trim()))
}

/// One line: how much, on which terms, where, and when.
pub(super) fn details(listing: &ListingRow, words: &Words) -> String {
    let when = |word: &str, time| format!("{word} {}", day(time));
    let details = [
        how_much(listing, words),
        Some(words.terms(listing.terms).to_owned()),
        listing.place.as_deref().map(escape),
        listing.starts_at.map(|starts| when(words.from, starts)),
        listing.ends_at.or(listing.expires_at).map(|ends| when(words.until, ends)),
    ];
    let details: Vec<String> = details.into_iter().flatten().collect();
    format!("<p>{}</p>", details.join(" · "))
}

/// For whom the collective posts this, in its words.
pub(super) fn on_behalf_of(facts: &ListingFacts, words: &Words) -> String {
    let said = |name: &String| format!("<p>{} {}</p>", words.on_behalf_of, escape(name));
    facts.on_behalf_of.as_ref().map(said).unwrap_or_default()
}

/// Where to answer, while there is something to answer.
pub(super) fn answer(listing: &ListingRow, words: &Words) -> String {
    if !listing.state.is_open() {
        return String::new();
    }
    let url = escape(listing.url.as_deref().unwrap_or(&listing.ap_id));
    let shown = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    format!("<p>{} <a href=\"{url}\">{shown}</a></p>", words.answer)
}

/// The hashtag of needs or offers, in the text.
pub(super) fn hashtag(listing: &ListingRow, words: &Words, base: &str) -> String {
    let (href, tag) = (tag_page(listing.purpose, base), words.tag(listing.purpose));
    format!(
        "<p><a href=\"{href}\" class=\"mention hashtag\" rel=\"tag\">#<span>{tag}</span></a></p>"
    )
}

/// The same, as a tag, and before it the tags that stand in its title and in its text.
pub(super) fn hashtags(listing: &ListingRow, words: &Words, base: &str) -> Vec<TagDocument> {
    let purpose = words.tag(listing.purpose);
    let of_words = tags::of_listing(&listing.title, &listing.text);
    let mut hashtags: Vec<TagDocument> = of_words
        .iter()
        .filter(|tag| tag.word() != purpose.to_lowercase())
        .map(|tag| TagDocument::Hashtag {
            href: format!("{base}{}", tag.path()),
            name: format!("#{}", tag.name()),
        })
        .collect();
    hashtags.push(TagDocument::Hashtag {
        href: tag_page(listing.purpose, base),
        name: format!("#{purpose}"),
    });
    hashtags
}

/// Where needs, or offers, are listed on this server.
fn tag_page(purpose: Purpose, base: &str) -> String {
    format!("{base}listings?purpose={}", purpose.word())
}

/// A mention as Mastodon writes it, so that its readers make it one.
pub(super) fn link(actor: &ActorRow) -> String {
    let href = escape(actor.url.as_deref().unwrap_or(&actor.ap_id));
    let name = escape(&actor.handle);
    format!(
        "<span class=\"h-card\"><a href=\"{href}\" class=\"u-url mention\">@<span>{name}</span></a></span>"
    )
}

/// The same, as a tag.
pub(super) fn mention(actor: &ActorRow) -> TagDocument {
    TagDocument::Mention { href: actor.ap_id.clone(), name: actor.address() }
}
