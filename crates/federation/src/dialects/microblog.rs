//! The dialect of Mastodon, GoToSocial, Misskey, Pleroma, Friendica, and of everybody we do not know: a
//! `Note` by the Group.
//!
//! No `name` (GoToSocial folds it as a content warning) and no `summary` (Mastodon does): the title is the
//! bold first line. What it is about stands in the text, for almost every reader sees only that, and again
//! as ValueFlows properties for those who know them.

use std::collections::BTreeMap;

use apub::{
    PUBLIC,
    outbound::{
        AgentRole, CountDocument, EconomicDocument, IntentDocument, MeasureDocument, NoteDocument,
        NoteForm, PlaceDocument, PurposeWord, RepliesDocument, SourceDocument, TagDocument,
    },
};
use db::{actors::ActorRow, listings::ListingRow};
use domain::{
    Time,
    listings::{Kind, Purpose, Signature, State, Terms},
    quantity::{Quantity, Unit},
    replies::Visibility,
};
use ops::html::{escape, from_text};

use super::{
    ListingFacts, ReplyFacts,
    wording::{Words, day, words},
};

/// A listing as a `Note` by its Group.
pub fn listing(facts: &ListingFacts) -> NoteDocument {
    let ListingFacts { listing, collective, .. } = facts;
    let content = content(facts);
    let url = listing.url.clone().unwrap_or_else(|| listing.ap_id.clone());
    NoteDocument {
        context: Some(apub::context::note()),
        id: listing.ap_id.clone(),
        form: NoteForm::Note,
        attributed_to: collective.ap_id.clone(),
        to: vec![PUBLIC.to_owned()],
        cc: collective.followers.iter().cloned().collect(),
        audience: Some(collective.ap_id.clone()),
        in_reply_to: None,
        content_map: BTreeMap::from([(listing.language.as_str().to_owned(), content.clone())]),
        content,
        language: None,
        source: Some(SourceDocument {
            content: listing.text.clone(),
            media_type: "text/plain".to_owned(),
        }),
        published: listing.published_at.unwrap_or(listing.updated_at).wire(),
        updated: listing.changed_at().map(Time::wire),
        url,
        sensitive: false,
        conversation: Some(listing.ap_id.clone()),
        thread: Some(listing.ap_id.clone()),
        tag: tags(facts),
        attachment: Vec::new(),
        image: None,
        replies: Some(RepliesDocument::new(
            &format!("{}/replies", listing.ap_id),
            facts.replies.clone(),
        )),
        likes: Some(CountDocument::new(format!("{}/likes", listing.ap_id), facts.likes)),
        shares: Some(CountDocument::new(format!("{}/shares", listing.ap_id), facts.shares)),
        economic: Some(economic(listing, collective, &facts.base)),
    }
}

/// An answer written here, as a `Note` by its author; the voice answers as the Group.
pub fn reply(facts: &ReplyFacts) -> NoteDocument {
    let ReplyFacts { reply, author, collective, thread, .. } = facts;
    let called: Vec<&ActorRow> = called(facts);
    let content = format!("{}{}", mentions(&called), from_text(&reply.text));
    let (to, cc) = recipients(facts, &called);
    let language = reply.language.clone();
    NoteDocument {
        context: Some(apub::context::note()),
        id: reply.ap_id.clone(),
        form: NoteForm::Note,
        attributed_to: author.ap_id.clone(),
        to,
        cc,
        audience: collective.as_ref().map(|collective| collective.ap_id.clone()),
        in_reply_to: reply.in_reply_to.clone(),
        content_map: language.map(|tag| (tag, content.clone())).into_iter().collect(),
        content,
        language: None,
        source: Some(SourceDocument {
            content: reply.text.clone(),
            media_type: "text/plain".to_owned(),
        }),
        published: reply.published_at.wire(),
        updated: reply.updated_at.map(Time::wire),
        url: reply.url.clone().unwrap_or_else(|| reply.ap_id.clone()),
        sensitive: false,
        conversation: thread.clone(),
        thread: thread.clone(),
        tag: called.iter().map(|actor| mention(actor)).collect(),
        attachment: Vec::new(),
        image: None,
        replies: None,
        likes: None,
        shares: None,
        economic: None,
    }
}

/// Whom an answer calls: whoever is answered, and the collective, so that answers to it come back.
fn called(facts: &ReplyFacts) -> Vec<&ActorRow> {
    let mut called: Vec<&ActorRow> = Vec::new();
    for actor in facts.answered.iter().chain(&facts.collective) {
        if actor.id != facts.author.id && called.iter().all(|known| known.id != actor.id) {
            called.push(actor);
        }
    }
    called
}

fn recipients(facts: &ReplyFacts, called: &[&ActorRow]) -> (Vec<String>, Vec<String>) {
    let named = called.iter().map(|actor| actor.ap_id.clone());
    let own = facts.author.followers.iter().cloned();
    let board = facts.collective.iter().filter(|it| it.id != facts.author.id);
    let board = board.filter_map(|collective| collective.followers.clone());
    match facts.reply.visibility {
        Visibility::Public => (vec![PUBLIC.to_owned()], own.chain(named).chain(board).collect()),
        Visibility::Unlisted => {
            (own.collect(), std::iter::once(PUBLIC.to_owned()).chain(named).collect())
        }
        Visibility::Followers => (own.collect(), named.collect()),
        Visibility::Direct => (named.collect(), Vec::new()),
    }
}

fn mentions(called: &[&ActorRow]) -> String {
    let links: Vec<String> = called.iter().map(|actor| link(actor)).collect();
    if links.is_empty() { String::new() } else { format!("<p>{}</p>", links.join(" ")) }
}

/// A mention as Mastodon writes it, so that its readers make it one.
fn link(actor: &ActorRow) -> String {
    let href = escape(actor.url.as_deref().unwrap_or(&actor.ap_id));
    let name = escape(&actor.handle);
    format!(
        "<span class=\"h-card\"><a href=\"{href}\" class=\"u-url mention\">@<span>{name}</span></a></span>"
    )
}

fn mention(actor: &ActorRow) -> TagDocument {
    TagDocument::Mention { href: actor.ap_id.clone(), name: actor.address() }
}

/// The text that every reader sees.
fn content(facts: &ListingFacts) -> String {
    let listing = &facts.listing;
    let words = words(listing.language.as_str());
    let title = escape(&listing.title);
    let purpose = words.purpose(listing.purpose);
    let headline = match words.closed(listing.state) {
        Some(state) => format!("[{state}] {purpose}: {title}"),
        None => format!("{purpose}: {title}"),
    };
    let url = escape(listing.url.as_deref().unwrap_or(&listing.ap_id));
    let signer = facts.signer.as_ref().filter(|_| listing.signed_by == Signature::Member);
    let answer = listing.state.is_open().then_some(words.answer);
    let tag = words.tag(listing.purpose);
    let href = tag_page(listing.purpose, &facts.base);
    let parts = [
        format!("<p><strong>{headline}</strong></p>"),
        from_text(&listing.text),
        format!("<p>{}</p>", details(listing, &words).join(" · ")),
        signer.map(|it| format!("<p>{} {}</p>", words.signed, link(it))).unwrap_or_default(),
        answer
            .map(|answer| format!("<p>{answer} <a href=\"{url}\">{}</a></p>", shown(&url)))
            .unwrap_or_default(),
        format!(
            "<p><a href=\"{href}\" class=\"mention hashtag\" rel=\"tag\">#<span>{tag}</span></a></p>"
        ),
    ];
    parts.concat()
}

/// An address without its scheme.
fn shown(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

/// How much, how far, on which terms, where, until when.
fn details(listing: &ListingRow, words: &Words) -> Vec<String> {
    let mut details = Vec::new();
    if let Some(quantity) = listing.how_much() {
        details.push(how_much(listing, quantity, words));
    }
    details.push(words.terms(listing.terms).to_owned());
    if let Some(place) = &listing.place {
        details.push(escape(place));
    }
    if let Some(starts) = listing.starts_at {
        details.push(format!("{} {}", words.from, day(starts)));
    }
    if let Some(ends) = listing.ends_at.or(listing.expires_at) {
        details.push(format!("{} {}", words.until, day(ends)));
    }
    details
}

fn how_much(listing: &ListingRow, quantity: Quantity, words: &Words) -> String {
    let unit = words.unit(quantity.unit);
    let total = format!("{} {unit}", quantity.total);
    let total = total.trim();
    match listing.state {
        State::Partly => words.found(listing.purpose, &quantity.found().to_string(), total),
        _ if quantity.unit == Unit::One => format!("{total} ×"),
        _ => total.to_owned(),
    }
}

fn tags(facts: &ListingFacts) -> Vec<TagDocument> {
    let words = words(facts.listing.language.as_str());
    let href = tag_page(facts.listing.purpose, &facts.base);
    let hashtag =
        TagDocument::Hashtag { href, name: format!("#{}", words.tag(facts.listing.purpose)) };
    let signer = facts.signer.as_ref().filter(|_| facts.listing.signed_by == Signature::Member);
    std::iter::once(hashtag).chain(signer.map(mention)).collect()
}

/// Where needs, or offers, are listed on this server.
fn tag_page(purpose: Purpose, base: &str) -> String {
    format!("{base}listings?purpose={}", purpose.word())
}

/// The ValueFlows side (FEP-0837): quantities are strings, and there is no `unitBased`, so that an answer
/// may bring a part.
pub fn economic(listing: &ListingRow, collective: &ActorRow, base: &str) -> EconomicDocument {
    let agent = collective.ap_id.clone();
    let measure = |amount: domain::quantity::Amount, unit: Unit| MeasureDocument {
        has_unit: unit.word().to_owned(),
        has_numerical_value: Some(amount.to_string()),
    };
    let quantity = listing.how_much();
    let total = quantity.map(|quantity| measure(quantity.total, quantity.unit));
    let is_effort = matches!(action(listing), "work" | "use");
    let (effort_quantity, resource_quantity) =
        if is_effort { (total, None) } else { (None, total) };
    EconomicDocument {
        purpose: match listing.purpose {
            Purpose::Need => PurposeWord::Request,
            Purpose::Offer => PurposeWord::Offer,
        },
        has_beginning: listing.starts_at.map(Time::wire),
        has_end: listing.expires_at.or(listing.ends_at).map(Time::wire),
        location: place(listing),
        publishes: IntentDocument {
            id: format!("{}#primary", listing.ap_id),
            name: Some(listing.title.clone()),
            action: action(listing).to_owned(),
            agent: Some(match listing.purpose {
                Purpose::Need => AgentRole::Receiver(agent),
                Purpose::Offer => AgentRole::Provider(agent),
            }),
            resource_conforms_to: None,
            resource_classified_as: classes(listing, base),
            resource_quantity,
            effort_quantity,
            available_quantity: quantity.map(|it| measure(it.remaining, it.unit)),
            minimum_quantity: None,
            due: listing.ends_at.map(Time::wire),
            finished: Some(!listing.state.is_open()),
        },
    }
}

/// The blurred place; the exact one is in another table and never comes here.
fn place(listing: &ListingRow) -> Option<PlaceDocument> {
    let name = listing.place.clone()?;
    let point = listing.point();
    Some(PlaceDocument {
        name: Some(name),
        latitude: point.map(|point| point.latitude),
        longitude: point.map(|point| point.longitude),
        radius: (0 < listing.radius).then(|| f64::from(listing.radius) / 1_000.0),
        units: (0 < listing.radius).then(|| "km".to_owned()),
    })
}

/// The ValueFlows action behind kind and terms.
fn action(listing: &ListingRow) -> &'static str {
    match (listing.kind, listing.terms) {
        (Kind::Time, _) => "work",
        (Kind::Knowledge, _) => "copy",
        (Kind::Space, _) | (_, Terms::Use) => "use",
        (_, Terms::Loan) => "transferCustody",
        (Kind::Financial | Kind::Goods, _) => "transfer",
    }
}

/// Our words for it as addresses: `…/taxonomy/kind/goods`.
fn classes(listing: &ListingRow, base: &str) -> Vec<String> {
    let class = |facet: &str, word: &str| format!("{base}taxonomy/{facet}/{word}");
    let mut classes =
        vec![class("kind", listing.kind.word()), class("terms", listing.terms.word())];
    classes.extend(listing.category.map(|category| class("category", category.word())));
    classes.extend(listing.urgency.map(|urgency| class("urgency", urgency.word())));
    classes.push(class("state", listing.state.word()));
    classes
}
