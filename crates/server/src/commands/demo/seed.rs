//! Filling a demo instance through the door, as its people would.

use std::collections::HashMap;

use anyhow::Context as _;
use domain::{
    CollectiveId, Handle, ListingId, Origin, PersonId,
    accounts::AccountRole,
    collectives::{FollowPolicy, Profile, Section, Sections},
    listings::{Category, Content, Kind, Purpose, Signature, Terms, Title, Urgency, Window, body},
    memberships::Role,
    place::Place,
    quantity::{Amount, Quantity, Unit},
    text::{Language, Licence},
};
use ops::{
    accounts::CreateAccount,
    collectives::CreateCollective,
    listings::{MoveListing, PostListing, Step},
    memberships::{AnswerInvitation, InviteMember, ShowMyself},
    passwords,
};

use super::{
    PASSWORD, Server,
    people::{CollectiveSeed, ListingSeed, World},
    progress::Progress,
};

/// Who lives on a filled instance.
pub(super) struct Filled {
    pub(super) people: HashMap<&'static str, PersonId>,
    pub(super) collectives: HashMap<&'static str, CollectiveId>,
}

/// Accounts, collectives with members, needs and offers; the first person is the admin.
pub(super) async fn fill(
    server: &Server,
    world: &World,
    progress: &Progress,
) -> anyhow::Result<Filled> {
    let mut filled = Filled { people: HashMap::new(), collectives: HashMap::new() };
    let hash = tokio::task::spawn_blocking(|| passwords::hash(PASSWORD)).await??;
    for (number, (handle, name)) in world.people.iter().copied().enumerate() {
        progress.going(&format!("an account for {name}"));
        let role = if number == 0 { AccountRole::Admin } else { AccountRole::Member };
        let operation = CreateAccount {
            handle: Handle::choose(handle)?,
            name: name.to_owned(),
            email: None,
            password_hash: hash.clone(),
            role,
            sponsor: None,
            locale: world.language.to_owned(),
            keys: server.running.keys.pair().await?,
        };
        let person = server.running.federation.door().perform(Origin::server(), operation).await?;
        filled.people.insert(handle, person);
    }
    let mut listings = 0;
    for seed in world.collectives {
        progress.going(&format!("the collective {}", seed.name));
        listings += found(server, seed, &mut filled).await?;
    }
    let host = server.running.federation.site().host();
    progress.done(&format!(
        "{host}: {} people, {} collectives, {listings} needs and offers",
        world.people.len(),
        world.collectives.len(),
    ));
    Ok(filled)
}

async fn found(
    server: &Server,
    seed: &CollectiveSeed,
    filled: &mut Filled,
) -> anyhow::Result<usize> {
    let door = server.running.federation.door();
    let person = |handle: &str| filled.people.get(handle).copied().context("nobody of that name");
    let steward = person(seed.steward)?;
    let profile = Profile::new(
        seed.name,
        seed.summary,
        Language::parse(seed.language)?,
        FollowPolicy::Open,
        true,
    )?;
    let mut sections = Sections::default();
    for (section, text) in seed.sections {
        sections.set(Section::parse(section)?, text)?;
    }
    let place = seed
        .place
        .map(|(name, latitude, longitude)| Place::new(name, Some(latitude), Some(longitude), None));
    let profile = Profile { place: place.transpose()?, sections, ..profile };
    let operation = CreateCollective {
        handle: Handle::choose(seed.handle)?,
        profile,
        group_keys: server.running.keys.pair().await?,
        voice_keys: server.running.keys.pair().await?,
    };
    let collective = door.perform(Origin::local(steward), operation).await?;
    for (handle, role) in seed.members.iter().copied() {
        let invited = person(handle)?;
        let invite =
            InviteMember { collective, handle: handle.to_owned(), role: Role::parse(role)? };
        door.perform(Origin::local(steward), invite).await?;
        let answer = AnswerInvitation { collective, accept: true };
        door.perform(Origin::local(invited), answer).await?;
    }
    for handle in seed.named {
        let named = person(handle)?;
        let operation = ShowMyself { collective, shown: true };
        door.perform(Origin::local(named), operation).await?;
    }
    for listing in seed.listings {
        post(server, steward, collective, listing).await?;
    }
    filled.collectives.insert(seed.handle, collective);
    Ok(seed.listings.len())
}

/// Posts a need or an offer, and moves it on where the seed says so.
pub(super) async fn post(
    server: &Server,
    author: PersonId,
    board: CollectiveId,
    seed: &ListingSeed,
) -> anyhow::Result<ListingId> {
    let door = server.running.federation.door();
    let content = content(seed, door.now())?;
    let operation = PostListing { board, content, publish: true };
    let listing = door.perform(Origin::local(author), operation).await?;
    if let Some(found) = seed.found {
        let step = Step::Progress { found: Amount::parse("found", found)? };
        let operation = MoveListing { listing, step, version: None };
        door.perform(Origin::local(author), operation).await?;
    }
    Ok(listing)
}

fn content(seed: &ListingSeed, now: domain::Time) -> anyhow::Result<Content> {
    let quantity = match seed.quantity {
        Some((total, unit)) => {
            Some(Quantity::whole(Amount::parse("quantity", total)?, Unit::parse(unit)?))
        }
        None => None,
    };
    let place = match seed.place {
        Some((name, latitude, longitude)) => {
            Some(Place::new(name, Some(latitude), Some(longitude), Some(5_000))?)
        }
        None => None,
    };
    Ok(Content {
        purpose: Purpose::parse(seed.purpose)?,
        kind: Kind::parse(seed.kind)?,
        title: Title::parse(seed.title)?,
        text: body(seed.text)?,
        quantity,
        category: Some(Category::parse(seed.category)?),
        terms: Terms::parse(seed.terms)?,
        place,
        window: Window {
            starts_at: None,
            ends_at: Some(now.plus_days(seed.days)),
            expires_at: Some(now.plus_days(seed.days + 1)),
        },
        language: Language::parse(seed.language)?,
        urgency: Some(Urgency::parse(seed.urgency)?),
        licence: Licence::ShareAlike,
        signed_by: Signature::Voice,
    })
}
