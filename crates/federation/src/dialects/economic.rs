//! What is needed or offered, in the words of ValueFlows: the same in every dialect, inline, where readers
//! who do not know it pass it by.

use apub::outbound::{
    AgentRole, EconomicDocument, IntentDocument, MeasureDocument, PlaceDocument, PurposeWord,
};
use db::{actors::ActorRow, listings::ListingRow};
use domain::{
    Time,
    agreements::{Measure, in_return},
    listings::{Kind, Purpose, Terms},
    quantity::{Amount, Unit},
};

/// The ValueFlows side (FEP-0837): quantities are strings, and there is no `unitBased`, so that an answer
/// may bring a part.
pub fn economic(listing: &ListingRow, collective: &ActorRow, base: &str) -> EconomicDocument {
    let agent = collective.ap_id.clone();
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

/// What is asked in return, where the terms ask for something: of a gift there is nothing to say (FEP-0837).
/// How much that is nobody has said, but where it is an hour for an hour.
pub fn reciprocal(listing: &ListingRow, collective: &ActorRow) -> Option<IntentDocument> {
    let agent = collective.ap_id.clone();
    let is_time = listing.terms == Terms::TimeBank;
    let total = listing.how_much().map(|it| Measure { amount: it.total, unit: it.unit });
    let back = in_return(listing.terms, total)?;
    let said = measure(back.amount, back.unit);
    let has_numerical_value = said.has_numerical_value.filter(|_| back.unit == Unit::Hour);
    Some(IntentDocument {
        id: format!("{}#reciprocal", listing.ap_id),
        name: None,
        action: if is_time { "deliverService" } else { "transfer" }.to_owned(),
        agent: Some(match listing.purpose {
            Purpose::Need => AgentRole::Provider(agent),
            Purpose::Offer => AgentRole::Receiver(agent),
        }),
        resource_conforms_to: None,
        resource_classified_as: Vec::new(),
        resource_quantity: Some(MeasureDocument { has_numerical_value, ..said }),
        effort_quantity: None,
        available_quantity: None,
        minimum_quantity: None,
        due: None,
        finished: None,
    })
}

/// So much of a unit; the amount is a string.
pub fn measure(amount: Amount, unit: Unit) -> MeasureDocument {
    MeasureDocument {
        has_unit: unit.word().to_owned(),
        has_numerical_value: Some(amount.to_string()),
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
