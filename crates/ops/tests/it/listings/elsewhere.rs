//! Listings of other servers: believed from their own collective, and from nobody else.

use domain::{
    ActorId, Origin, Refusal,
    listings::{Content, Kind, Purpose, State, Terms},
    text::Language,
};
use ops::{
    Event,
    listings::{DeleteListing, EditListing, RecordListing, RecordListingDeleted, Step},
    replies::RecordReplyDeleted,
};
use testkit::{World, content, pieces};

use super::{garden, step};

testkit::both_engines!(
    a_listing_of_another_server_is_kept_as_its_home_says,
    only_its_own_collective_is_believed,
    nothing_is_kept_under_the_address_of_another_server,
    our_own_listings_are_not_theirs_to_say,
    the_newest_word_counts_in_whatever_order_words_arrive,
    nobody_speaks_from_the_future,
    what_its_home_deleted_does_not_come_back,
    a_deletion_may_arrive_first,
    nobody_deletes_what_another_is_going_to_post,
    nobody_here_changes_what_lives_elsewhere,
    it_is_the_same_listing_whichever_way_it_came,
);

/// Where a listing of the mill lies.
pub(crate) const ADDRESS: &str = "https://b.example/listings/1";

/// What its home says of it.
pub(crate) fn said(collective: ActorId, title: &str) -> RecordListing {
    RecordListing {
        ap_id: ADDRESS.to_owned(),
        collective,
        purpose: Purpose::Need,
        kind: Kind::Goods,
        title: title.to_owned(),
        html: "<p onclick=\"steal()\">Please <script>steal()</script>bring</p>".to_owned(),
        quantity: Some(pieces("20")),
        category: None,
        tags: Vec::new(),
        terms: Terms::Gift,
        place: None,
        point: None,
        radius: 0,
        starts_at: None,
        ends_at: None,
        expires_at: None,
        language: Language::parse("es").unwrap(),
        urgency: None,
        state: State::Open,
        url: Some(ADDRESS.to_owned()),
        published_at: None,
        updated_at: None,
    }
}

async fn mill(world: &World) -> (ActorId, Origin) {
    let mill = world.remote_collective("mill@b.example").await;
    (mill, world.fetched_from(mill).await)
}

async fn a_listing_of_another_server_is_kept_as_its_home_says(world: World) {
    let (mill, _) = mill(&world).await;
    let by_inbox = world.inbox_of(mill, "https://b.example/activities/1").await;
    let listing = world.done(by_inbox, said(mill, "20 chairs")).await;
    let row = world.listing(listing).await;
    assert_eq!((row.ap_id.as_str(), row.author_id), (ADDRESS, None));
    assert_eq!(row.html, "<p>Please bring</p>");
    assert_eq!((row.title.as_str(), row.state), ("20 chairs", State::Open));
    assert_eq!(row.published_at, Some(world.now()));
    assert_eq!(world.events().await, [Event::heard("listing", listing)]);
    let now = world.now();
    let ours = world.read(move |conn| db::listings::expired(conn, now.plus_days(9), 10)).await;
    assert_eq!(ours, [], "its home closes it, not our clock");
}

async fn only_its_own_collective_is_believed(world: World) {
    let (mill, origin) = mill(&world).await;
    world.done(origin, said(mill, "20 chairs")).await;
    let neighbour = world.remote_collective("forge@b.example").await;
    let bob = world.remote_person("bob@b.example").await;
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let by_inbox = world.inbox_of(bob, "https://b.example/activities/1").await;
    for origin in [
        by_inbox,
        world.fetched_from(neighbour).await,
        world.local(ada),
        Origin::server(),
        Origin::clock(),
    ] {
        let refusal = world.refused(origin, said(mill, "Taken over")).await;
        assert_eq!(refusal, Refusal::NotTheirsToSay);
    }
    // The same address, said to be their own: the same host is not enough.
    for other in [neighbour, garden.actor()] {
        let origin = world.inbox_of(other, "https://b.example/activities/2").await;
        assert_eq!(world.refused(origin, said(other, "Mine")).await, Refusal::NotTheirsToSay);
    }
}

async fn nothing_is_kept_under_the_address_of_another_server(world: World) {
    let (_, origin) = mill(&world).await;
    let evil = world.remote_collective("evil@c.example").await;
    for address in [ADDRESS, "https://b.example:8443/listings/1", "http://c.example/1", "c.example"]
    {
        let forged = RecordListing { ap_id: address.to_owned(), ..said(evil, "Forged") };
        let refusal = world.refused(world.fetched_from(evil).await, forged).await;
        assert_eq!(refusal, Refusal::NotTheirsToSay, "{address}");
    }
    let mill = origin.actor().unwrap();
    world.done(origin, said(mill, "The genuine one")).await;
}

async fn our_own_listings_are_not_theirs_to_say(world: World) {
    let (garden, ada) = garden(&world).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let (mill, origin) = mill(&world).await;
    let ours = world.listing(need).await.ap_id;
    for ap_id in [ours, "https://a.example/listings/unknown".to_owned()] {
        let forged = RecordListing { ap_id, ..said(mill, "Altered") };
        assert_eq!(world.refused(origin.clone(), forged).await, Refusal::NotTheirsToSay);
    }
    let delete = RecordListingDeleted { listing: need };
    assert_eq!(world.refused(origin, delete).await, Refusal::NotTheirsToSay);
}

async fn the_newest_word_counts_in_whatever_order_words_arrive(world: World) {
    let (mill, origin) = mill(&world).await;
    let at = |minutes: i64| Some(world.now().plus_seconds(60 * minutes - 3_600));
    let version = |title: &str, minutes| RecordListing {
        published_at: at(0),
        updated_at: if minutes == 0 { None } else { at(minutes) },
        ..said(mill, title)
    };
    for (title, minutes, want) in [
        ("Second", 2, "Second"),
        ("First", 0, "Second"),
        ("Third", 3, "Third"),
        ("Second", 2, "Third"),
        ("First", 0, "Third"),
        ("Fourth", 4, "Fourth"),
    ] {
        let listing = world.done(origin.clone(), version(title, minutes)).await;
        let row = world.listing(listing).await;
        assert_eq!(row.title, want, "after {title}");
        assert_eq!(row.published_at, at(0));
    }
    let offer = RecordListing { purpose: Purpose::Offer, ..version("Fifth", 5) };
    let listing = world.done(origin, offer).await;
    assert_eq!(world.listing(listing).await.purpose, Purpose::Need, "a need stays a need");
    assert_eq!(world.rows().await.count("listings"), 1);
}

async fn nobody_speaks_from_the_future(world: World) {
    let (mill, origin) = mill(&world).await;
    let later = Some(world.now().plus_days(900));
    let dated = RecordListing { published_at: later, updated_at: later, ..said(mill, "Early") };
    let listing = world.done(origin.clone(), dated).await;
    let row = world.listing(listing).await;
    assert_eq!((row.published_at, row.updated_at), (Some(world.now()), world.now()));
    world.clock.advance(60);
    let now = Some(world.now());
    let corrected = RecordListing { updated_at: now, ..said(mill, "In time") };
    world.done(origin, corrected).await;
    assert_eq!(world.listing(listing).await.title, "In time");
}

async fn what_its_home_deleted_does_not_come_back(world: World) {
    let (mill, origin) = mill(&world).await;
    let listing = world.done(origin.clone(), said(mill, "20 chairs")).await;
    let bob = world.remote_person("bob@b.example").await;
    let delete = RecordListingDeleted { listing };
    let by_bob = world.inbox_of(bob, "https://b.example/activities/1").await;
    assert_eq!(world.refused(by_bob, delete.clone()).await, Refusal::NotTheirsToSay);

    world.events().await;
    world.done(origin.clone(), delete.clone()).await;
    let row = world.listing(listing).await;
    assert_eq!((row.html.as_str(), row.is_public()), ("", false));
    assert_eq!(world.events().await, [Event::heard("listing_deleted", listing)]);
    world.done(origin.clone(), delete).await;
    assert_eq!(world.events().await, [], "it is gone already");
    assert_eq!(world.refused(origin, said(mill, "Back")).await, Refusal::Deleted);
}

async fn a_deletion_may_arrive_first(world: World) {
    let (mill, origin) = mill(&world).await;
    let delete = RecordReplyDeleted { ap_id: ADDRESS.to_owned(), author: mill };
    world.done(origin.clone(), delete).await;
    assert_eq!(world.refused(origin, said(mill, "Late")).await, Refusal::Deleted);
}

async fn nobody_deletes_what_another_is_going_to_post(world: World) {
    let (mill, origin) = mill(&world).await;
    for (number, other) in ["evil@c.example", "evil@b.example"].into_iter().enumerate() {
        let evil = world.remote_person(other).await;
        let host = other.split_once('@').unwrap().1;
        let activity = format!("https://{host}/activities/{number}");
        let delete = RecordReplyDeleted { ap_id: ADDRESS.to_owned(), author: evil };
        world.done(world.inbox_of(evil, &activity).await, delete).await;
    }
    world.done(origin, said(mill, "The genuine one")).await;
}

async fn nobody_here_changes_what_lives_elsewhere(world: World) {
    let (mill, origin) = mill(&world).await;
    let listing = world.done(origin, said(mill, "20 chairs")).await;
    let ada = world.person("ada").await;
    let content: Content = content(Purpose::Need, "Changed");
    let edit = EditListing { listing, content, version: None };
    assert_eq!(world.refused(world.local(ada), edit).await, Refusal::NotFromHere);
    let withdraw = step(listing, Step::Withdraw);
    assert_eq!(world.refused(world.local(ada), withdraw).await, Refusal::NotFromHere);
    let delete = DeleteListing { listing };
    assert_eq!(world.refused(world.local(ada), delete.clone()).await, Refusal::NotFromHere);
    assert_eq!(world.refused(Origin::server(), delete).await, Refusal::NotFromHere);
}

async fn it_is_the_same_listing_whichever_way_it_came(world: World) {
    let (mill, fetched) = mill(&world).await;
    let by_inbox = world.inbox_of(mill, "https://b.example/activities/1").await;
    let one = world.done(fetched, said(mill, "20 chairs")).await;
    let before = world.listing(one).await;
    let address = "https://b.example/listings/2".to_owned();
    let other =
        RecordListing { ap_id: address.clone(), url: Some(address), ..said(mill, "20 chairs") };
    let other = world.done(by_inbox, other).await;
    let mut after = world.listing(other).await;
    assert_eq!(after.ap_id, "https://b.example/listings/2");
    (after.id, after.ap_id, after.url) = (before.id, before.ap_id.clone(), before.url.clone());
    assert_eq!(format!("{after:?}"), format!("{before:?}"));
}
