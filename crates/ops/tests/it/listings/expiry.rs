//! Listings whose time is over.

use domain::{
    ListingId, Origin, PersonId, Refusal, Time,
    listings::{Content, Purpose, State},
};
use ops::{
    Event,
    listings::{ExpireListing, Step},
};
use testkit::{World, content, in_days};

use super::{garden, moved, step};

testkit::both_engines!(
    the_clock_closes_what_is_over,
    what_is_not_over_stays_open,
    an_expired_listing_opens_again_with_a_new_expiry,
    a_new_expiry_lies_in_the_future,
    an_expiry_that_passed_meanwhile_is_dropped,
);

async fn for_a_day(world: &World) -> (ListingId, PersonId) {
    let (garden, ada) = garden(world).await;
    let need = Content { window: in_days(world.now(), 1), ..content(Purpose::Need, "Today") };
    (world.publish(garden, ada, need).await, ada)
}

async fn over(world: &World) -> Vec<ListingId> {
    let now = world.now();
    world.read(move |conn| db::listings::expired(conn, now, 10)).await
}

fn reopen(expires_at: Option<Time>) -> Step {
    Step::Reopen { expires_at }
}

async fn the_clock_closes_what_is_over(world: World) {
    let (need, _) = for_a_day(&world).await;
    world.events().await;
    world.clock.advance(86_400 - 1);
    assert_eq!(over(&world).await, []);
    world.clock.advance(1);
    assert_eq!(over(&world).await, [need]);
    world.done(Origin::clock(), ExpireListing { listing: need }).await;
    assert_eq!(world.listing(need).await.state, State::Expired);
    let events = [Event::listing_changed(need), Event::listing_featured(need, false)];
    assert_eq!(world.events().await, events);
    assert_eq!(over(&world).await, []);
    let again = world.refused(Origin::clock(), ExpireListing { listing: need }).await;
    assert_eq!(again, Refusal::Expired);
}

async fn what_is_not_over_stays_open(world: World) {
    let (need, ada) = for_a_day(&world).await;
    let garden = world.listing(need).await.collective_id;
    let endless = world.need(garden, ada, "Always").await;
    for listing in [need, endless] {
        let early = world.refused(Origin::clock(), ExpireListing { listing }).await;
        assert_eq!(early, Refusal::AlreadyOpen);
    }
    let other = Content { window: in_days(world.now(), 1), ..content(Purpose::Need, "A draft") };
    let draft = world.draft(garden, ada, other).await;
    world.clock.advance(86_400);
    assert_eq!(over(&world).await, [need], "a draft has never been open");
    let refusal = world.refused(Origin::clock(), ExpireListing { listing: draft }).await;
    assert_eq!(refusal, Refusal::StillADraft);
}

async fn an_expired_listing_opens_again_with_a_new_expiry(world: World) {
    let (need, ada) = for_a_day(&world).await;
    world.clock.advance(86_400);
    world.done(Origin::clock(), ExpireListing { listing: need }).await;
    let week = Some(world.now().plus_days(7));
    assert_eq!(moved(&world, ada, need, reopen(week)).await, State::Open);
    assert_eq!(world.listing(need).await.expires_at, week);
    assert_eq!(over(&world).await, []);
}

async fn a_new_expiry_lies_in_the_future(world: World) {
    let (need, ada) = for_a_day(&world).await;
    moved(&world, ada, need, Step::Withdraw).await;
    for days in [-1, 0, 5 * 366 + 1] {
        let never = reopen(Some(world.now().plus_days(days)));
        assert_eq!(world.invalid(world.local(ada), step(need, never)).await.field, "expires_at");
    }
}

async fn an_expiry_that_passed_meanwhile_is_dropped(world: World) {
    let (need, ada) = for_a_day(&world).await;
    let until = world.listing(need).await.expires_at;
    moved(&world, ada, need, Step::Withdraw).await;
    moved(&world, ada, need, reopen(None)).await;
    assert_eq!(world.listing(need).await.expires_at, until, "it is still to come");
    moved(&world, ada, need, Step::Withdraw).await;
    world.clock.advance(86_400);
    moved(&world, ada, need, reopen(None)).await;
    assert_eq!(world.listing(need).await.expires_at, None);
}
