//! Editing and deleting.

use domain::{
    CollectiveId, Origin, PersonId, Refusal,
    listings::{Content, Purpose, Signature, State, Title},
    memberships::Role,
    place::Place,
    quantity::{Amount, Quantity},
};
use ops::{
    Event, OpError,
    listings::{DeleteListing, EditListing, Step},
    memberships::RemoveMember,
};
use testkit::{World, content, in_days, pieces};

use super::{garden, moved, step};

testkit::both_engines!(
    its_words_are_changed_and_the_world_is_told,
    a_draft_changes_in_silence,
    editing_the_total_keeps_what_was_found,
    a_need_never_becomes_an_offer,
    nobody_signs_a_listing_with_the_name_of_another,
    an_edit_of_an_older_version_is_stale,
    authors_change_their_own_and_delegates_all,
    who_left_changes_nothing_any_more,
    nobody_elsewhere_changes_it,
    a_deleted_listing_is_gone_for_good,
    a_place_is_forgotten_with_an_edit,
);

async fn its_words_are_changed_and_the_world_is_told(world: World) {
    let (garden, ada) = garden(&world).await;
    let need = world.need(garden, ada, "20 chairs").await;
    world.events().await;
    world.clock.advance(60);
    let changed = Content {
        title: Title::parse("30 chairs").unwrap(),
        text: "Or benches.".to_owned(),
        window: in_days(world.now(), 3),
        ..content(Purpose::Need, "Chairs")
    };
    let edit = EditListing { listing: need, content: changed, version: Some(1) };
    world.done(world.local(ada), edit).await;
    let row = world.listing(need).await;
    assert_eq!((row.title.as_str(), row.text.as_str()), ("30 chairs", "Or benches."));
    assert_eq!((row.version, row.changed_at()), (2, Some(world.now())));
    assert_eq!(row.expires_at, Some(world.now().plus_days(3)));
    assert_eq!(world.events().await, [Event::listing_changed(need)]);

    let past = Content { window: in_days(world.now(), -1), ..content(Purpose::Need, "Late") };
    let edit = EditListing { listing: need, content: past, version: None };
    assert_eq!(world.invalid(world.local(ada), edit).await.field, "expires_at");
}

async fn a_draft_changes_in_silence(world: World) {
    let (garden, ada) = garden(&world).await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "A ladder")).await;
    let edit =
        EditListing { listing: draft, content: content(Purpose::Offer, "A ladder"), version: None };
    world.done(world.local(ada), edit).await;
    assert_eq!(world.listing(draft).await.purpose, Purpose::Offer);
    assert_eq!(world.listing(draft).await.state, State::Draft);
    assert_eq!(world.events().await, []);
}

async fn editing_the_total_keeps_what_was_found(world: World) {
    let (garden, ada) = garden(&world).await;
    let of = |number: &str| Content {
        quantity: Some(pieces(number)),
        ..content(Purpose::Need, "Chairs")
    };
    let need = world.publish(garden, ada, of("20")).await;
    let eight = Amount::parse("found", "8").unwrap();
    moved(&world, ada, need, Step::Progress { found: eight }).await;
    for (total, remaining, state) in [
        ("30", "22", State::Partly),
        ("8.5", "0.5", State::Partly),
        ("20", "12", State::Partly),
        ("8", "0", State::Fulfilled),
    ] {
        let edit = EditListing { listing: need, content: of(total), version: None };
        world.done(world.local(ada), edit).await;
        let row = world.listing(need).await;
        assert_eq!(row.remaining.unwrap().to_string(), remaining, "of {total}");
        assert_eq!(row.state, state);
    }
    let found = world.listing(need).await.how_much().map(Quantity::found);
    assert_eq!(found, Some(eight));
}

async fn a_need_never_becomes_an_offer(world: World) {
    let (garden, ada) = garden(&world).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let edit =
        EditListing { listing: need, content: content(Purpose::Offer, "20 chairs"), version: None };
    assert_eq!(world.invalid(world.local(ada), edit).await.field, "purpose");
}

async fn nobody_signs_a_listing_with_the_name_of_another(world: World) {
    let (garden, ada) = garden(&world).await;
    let bob = world.member(garden, "bob", Role::Delegate).await;
    let need = world.need(garden, bob, "20 chairs").await;
    let signed = |listing, signed_by| EditListing {
        listing,
        content: Content { signed_by, ..content(Purpose::Need, "20 chairs") },
        version: None,
    };
    let refused = world.invalid(world.local(ada), signed(need, Signature::Member)).await;
    assert_eq!(refused.field, "signed_by");
    assert_eq!(world.listing(need).await.signed_by, Signature::Voice);

    world.done(world.local(bob), signed(need, Signature::Member)).await;
    assert_eq!(world.listing(need).await.signed_by, Signature::Member);
    world.done(world.local(ada), signed(need, Signature::Voice)).await;
    assert_eq!(world.listing(need).await.signed_by, Signature::Voice);
}

async fn an_edit_of_an_older_version_is_stale(world: World) {
    let (garden, ada) = garden(&world).await;
    let need = world.need(garden, ada, "One").await;
    let edit = |title, version| EditListing {
        listing: need,
        content: content(Purpose::Need, title),
        version,
    };
    world.done(world.local(ada), edit("Two", Some(1))).await;
    assert_eq!(world.refused(world.local(ada), edit("Three", Some(1))).await, Refusal::Stale);
    world.done(world.local(ada), edit("Three", Some(2))).await;
    world.done(world.local(ada), edit("Four", None)).await;
    assert_eq!(world.listing(need).await.title, "Four");
}

/// Every change of a listing that `person` tries.
async fn refusals(world: &World, origin: Origin, board: CollectiveId, author: PersonId) -> Refusal {
    let listing = world.need(board, author, "20 chairs").await;
    let content = content(Purpose::Need, "Changed");
    let edit = EditListing { listing, content, version: None };
    let refusal = world.refused(origin.clone(), edit).await;
    assert_eq!(world.refused(origin.clone(), step(listing, Step::Withdraw)).await, refusal);
    assert_eq!(world.refused(origin, DeleteListing { listing }).await, refusal);
    refusal
}

async fn authors_change_their_own_and_delegates_all(world: World) {
    let (garden, ada) = garden(&world).await;
    let bea = world.member(garden, "bea", Role::Member).await;
    let cho = world.member(garden, "cho", Role::Member).await;
    let dan = world.member(garden, "dan", Role::AccountManager).await;
    let eve = world.person("eve").await;
    let fay = world.member(garden, "fay", Role::Delegate).await;

    for (person, want) in
        [(cho, Refusal::StewardsOnly), (dan, Refusal::StewardsOnly), (eve, Refusal::NotAMember)]
    {
        assert_eq!(refusals(&world, world.local(person), garden, bea).await, want);
    }
    for person in [ada, bea, fay] {
        let listing = world.need(garden, bea, "20 chairs").await;
        let content = content(Purpose::Need, "Changed");
        world.done(world.local(person), EditListing { listing, content, version: None }).await;
        moved(&world, person, listing, Step::Withdraw).await;
        world.done(world.local(person), DeleteListing { listing }).await;
    }
}

async fn who_left_changes_nothing_any_more(world: World) {
    let (garden, ada) = garden(&world).await;
    let bea = world.member(garden, "bea", Role::Member).await;
    let need = world.need(garden, bea, "20 chairs").await;
    world.done(world.local(ada), RemoveMember { collective: garden, member: bea }).await;
    let delete = DeleteListing { listing: need };
    assert_eq!(world.refused(world.local(bea), delete).await, Refusal::NotAMember);
}

async fn nobody_elsewhere_changes_it(world: World) {
    let (garden, ada) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let mill = world.remote_collective("mill@b.example").await;
    for actor in [bob, mill] {
        let origin = world.inbox_of(actor, "https://b.example/activities/1").await;
        assert_eq!(refusals(&world, origin, garden, ada).await, Refusal::NotTheirsToSay);
        let origin = world.fetched_from(actor).await;
        assert_eq!(refusals(&world, origin, garden, ada).await, Refusal::NotTheirsToSay);
    }
}

async fn a_deleted_listing_is_gone_for_good(world: World) {
    let (garden, ada) = garden(&world).await;
    let place = Place::new("Gràcia", Some(41.402_917), Some(2.156_331), None).unwrap();
    let offer = Content {
        text: "Ring the bell.".to_owned(),
        place: Some(place),
        ..content(Purpose::Offer, "A room")
    };
    let offer = world.publish(garden, ada, offer).await;
    world.events().await;
    world.done(world.local(ada), DeleteListing { listing: offer }).await;

    let row = world.listing(offer).await;
    assert_eq!(row.deleted_at, Some(world.now()));
    assert_eq!((row.text.as_str(), row.place.as_deref(), row.point()), ("", None, None));
    assert!(!row.is_public());
    assert_eq!(world.rows().await.count("exact_points"), 0);
    assert_eq!(world.read(move |conn| db::listings::count_open(conn, garden)).await, (0, 0));
    assert_eq!(world.events().await, [Event::listing_deleted(offer)]);
    let line = format!("delete_listing https://a.example/listings/{offer} A room");
    assert_eq!(world.audit().await.last(), Some(&line));
    let again = world.failed(world.local(ada), DeleteListing { listing: offer }).await;
    assert!(matches!(again, OpError::NotFound("listing")), "{again:?}");
    let back = Step::Reopen { expires_at: None };
    let missing = world.failed(world.local(ada), step(offer, back)).await;
    assert!(matches!(missing, OpError::NotFound("listing")), "{missing:?}");
}

async fn a_place_is_forgotten_with_an_edit(world: World) {
    let (garden, ada) = garden(&world).await;
    let place = Place::new("Gràcia", Some(41.402_917), Some(2.156_331), None).unwrap();
    let offer = Content { place: Some(place), ..content(Purpose::Offer, "A room") };
    let offer = world.publish(garden, ada, offer).await;
    let without = content(Purpose::Offer, "A room");
    let edit = EditListing { listing: offer, content: without, version: None };
    world.done(world.local(ada), edit).await;
    assert_eq!(world.listing(offer).await.point(), None);
    assert_eq!(world.read(move |conn| db::listings::exact_point(conn, offer)).await, None);
}
