//! What people of this server offer to collectives elsewhere, and what comes back.

use domain::{
    ActorId, ListingId, Origin, PersonId, Refusal, agreements::AgreementState, listings::State,
};
use ops::{
    Event,
    agreements::{Answered, Asked, RecordAgreementAnswer, WithdrawAgreement},
    instances::RecordSoftware,
    listings::RecordListing,
};
use testkit::World;

use super::{ours, state};
use crate::listings::said;

testkit::both_engines!(
    an_offer_goes_to_who_understands_it,
    to_everybody_else_people_write,
    their_yes_and_their_no_are_recorded,
    only_the_collective_itself_answers,
    what_they_accept_changes_nothing_of_their_listing_here,
    an_address_that_is_not_theirs_is_not_taken,
    what_is_taken_back_is_told_once,
);

pub(super) async fn mill(world: &World, software: &str) -> (ActorId, PersonId, ListingId) {
    let eve = world.person("eve").await;
    let mill = world.remote_collective("mill@b.example").await;
    let software = Some(software.to_owned());
    let host = "b.example".to_owned();
    world.done(Origin::server(), RecordSoftware { host, software, version: None }).await;
    let need = world.done(world.fetched_from(mill).await, said(mill, "20 sacks")).await;
    world.events().await;
    (mill, eve, need)
}

pub(super) fn accepted(offer_id: &str, agreement: &str) -> RecordAgreementAnswer {
    let agreement = Some(url::Url::parse(agreement).unwrap());
    let asked = Asked { amount: Some("5".to_owned()), unit: Some("one".to_owned()) };
    let answer = Answered::Yes { agreement, asked, in_return: None };
    RecordAgreementAnswer { offer_id: offer_id.to_owned(), answer }
}

pub(super) fn rejected(offer_id: &str) -> RecordAgreementAnswer {
    let answer = Answered::No { reason: "Too far away".to_owned() };
    RecordAgreementAnswer { offer_id: offer_id.to_owned(), answer }
}

async fn an_offer_goes_to_who_understands_it(world: World) {
    let (_, eve, need) = mill(&world, "tequio").await;
    let id = world.done(world.local(eve), ours(need, "5")).await;
    assert_eq!(world.events().await, [Event::AgreementOffered { agreement: id.uuid() }]);
    let row = world.read(move |conn| db::agreements::find(conn, id)).await.unwrap();
    assert_eq!(row.offer_id, world.site.act(id));
    assert_eq!(world.invalid(world.local(eve), ours(need, "21")).await.field, "quantity");
}

async fn to_everybody_else_people_write(world: World) {
    let (_, eve, need) = mill(&world, "mastodon").await;
    assert_eq!(world.refused(world.local(eve), ours(need, "5")).await, Refusal::RepliesOnly);
    assert_eq!(world.rows().await.count("agreements"), 0);
}

async fn their_yes_and_their_no_are_recorded(world: World) {
    let (mill, eve, need) = mill(&world, "tequio").await;
    let by_mill = world.fetched_from(mill).await;
    let id = world.done(world.local(eve), ours(need, "8")).await;
    let offer = world.site.act(id);
    for _ in 0..2 {
        let said = accepted(&offer, "https://b.example/agreements/1");
        assert_eq!(world.done(by_mill.clone(), said).await, AgreementState::Accepted);
    }
    let row = world.read(move |conn| db::agreements::find(conn, id)).await.unwrap();
    assert_eq!(row.ap_id, "https://b.example/agreements/1");
    assert_eq!(row.quantity.unwrap().to_string(), "5", "so much they took");
    let late = world.refused(by_mill.clone(), rejected(&offer)).await;
    assert_eq!(late, Refusal::AlreadyAnswered);
    let other = world.done(world.local(eve), ours(need, "2")).await;
    world.done(by_mill.clone(), rejected(&world.site.act(other))).await;
    let row = world.read(move |conn| db::agreements::find(conn, other)).await.unwrap();
    assert_eq!((row.state, row.reason.as_str()), (AgreementState::Rejected, "Too far away"));
    let unknown = world.refused(by_mill, rejected("https://a.example/activities/x")).await;
    assert_eq!(unknown, Refusal::NoRequest);
}

async fn only_the_collective_itself_answers(world: World) {
    let (_, eve, need) = mill(&world, "tequio").await;
    let id = world.done(world.local(eve), ours(need, "8")).await;
    let offer = world.site.act(id);
    let other = world.remote_collective("forge@b.example").await;
    let mallory = world.remote_person("mallory@b.example").await;
    for origin in [
        world.fetched_from(other).await,
        world.fetched_from(mallory).await,
        world.local(eve),
        Origin::server(),
    ] {
        let forged = accepted(&offer, "https://b.example/agreements/1");
        assert_eq!(world.refused(origin, forged).await, Refusal::NotTheirsToSay);
    }
    assert_eq!(state(&world, id).await, AgreementState::Offered);
    // Nor does anybody say for our own stewards what they answer.
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let ours_ = world.need(garden, ada, "A ladder").await;
    let here = world.done(world.local(eve), ours(ours_, "")).await;
    let forged = rejected(&world.site.act(here));
    let said = Origin { speaker: domain::Speaker::Collective(garden), way: domain::Way::Fetched };
    assert_eq!(world.refused(said, forged).await, Refusal::NotTheirsToSay);
    assert_eq!(state(&world, here).await, AgreementState::Offered);
}

async fn what_they_accept_changes_nothing_of_their_listing_here(world: World) {
    let (mill, eve, need) = mill(&world, "tequio").await;
    let id = world.done(world.local(eve), ours(need, "")).await;
    let said_yes = accepted(&world.site.act(id), "https://b.example/agreements/1");
    world.done(world.fetched_from(mill).await, said_yes).await;
    let row = world.listing(need).await;
    assert_eq!((row.state, row.remaining), (State::Open, row.quantity), "its home says that");
    let closed = RecordListing { state: State::Fulfilled, ..said(mill, "20 sacks") };
    world.done(world.fetched_from(mill).await, closed).await;
    assert_eq!(world.refused(world.local(eve), ours(need, "")).await, Refusal::NoLongerOpen);
}

async fn an_address_that_is_not_theirs_is_not_taken(world: World) {
    let (mill, eve, need) = mill(&world, "tequio").await;
    let by_mill = world.fetched_from(mill).await;
    for (number, address) in [
        "https://c.example/agreements/1",
        "https://a.example/agreements/1",
        "https://b.example/agreements/1",
        "https://b.example/agreements/1",
    ]
    .into_iter()
    .enumerate()
    {
        let id = world.done(world.local(eve), ours(need, "1")).await;
        world.done(by_mill.clone(), accepted(&world.site.act(id), address)).await;
        let row = world.read(move |conn| db::agreements::find(conn, id)).await.unwrap();
        assert_eq!(row.state, AgreementState::Accepted);
        let want = if number == 2 { address.to_owned() } else { world.site.agreement(id) };
        assert_eq!(row.ap_id, want, "the last one is taken already");
    }
}

async fn what_is_taken_back_is_told_once(world: World) {
    let (mill, eve, need) = mill(&world, "tequio").await;
    let id = world.done(world.local(eve), ours(need, "1")).await;
    world.events().await;
    for _ in 0..2 {
        world.done(world.local(eve), WithdrawAgreement { agreement: id }).await;
    }
    assert_eq!(world.events().await, [Event::AgreementWithdrawn { agreement: id.uuid() }]);
    // Their yes was on its way: it counts, for they have noted it.
    let crossed = accepted(&world.site.act(id), "https://b.example/agreements/1");
    world.done(world.fetched_from(mill).await, crossed).await;
    assert_eq!(state(&world, id).await, AgreementState::Accepted);
}
