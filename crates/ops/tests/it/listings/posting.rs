//! Who may post what, and what becomes of it.

use db::listings::Filter;
use domain::{
    CollectiveId, Origin, Refusal,
    listings::{Category, Content, Kind, Purpose, State, Terms, Title, Window},
    memberships::Role,
    place::Place,
    quantity::{Amount, Unit},
};
use ops::{Event, OpError, listings::PostListing, memberships::InviteMember};
use testkit::{World, content, pieces};

use super::garden;

testkit::both_engines!(
    a_need_goes_out_into_the_world,
    a_draft_is_known_to_its_collective_alone,
    the_collective_decides_who_publishes,
    who_does_not_belong_posts_nothing,
    nobody_elsewhere_posts_here,
    nobody_here_posts_elsewhere,
    dates_are_possible,
    the_exact_place_never_leaves,
);

fn post(board: CollectiveId, content: Content, publish: bool) -> PostListing {
    PostListing { board, content, publish }
}

async fn a_need_goes_out_into_the_world(world: World) {
    let (garden, ada) = garden(&world).await;
    let chairs = Content {
        text: "For the assembly.".to_owned(),
        quantity: Some(pieces("20")),
        category: Some(Category::CommunitySpaces),
        terms: Terms::Loan,
        ..content(Purpose::Need, "20 chairs")
    };
    let need = world.publish(garden, ada, chairs).await;

    let row = world.listing(need).await;
    assert_eq!(row.ap_id, format!("https://a.example/listings/{need}"));
    assert_eq!((row.state, row.version), (State::Open, 1));
    assert_eq!((row.collective_id, row.author_id), (garden, Some(ada)));
    assert_eq!((row.published_at, row.updated_at), (Some(world.now()), world.now()));
    assert_eq!(row.how_much(), Some(pieces("20")));
    assert_eq!((row.category, row.terms), (Some(Category::CommunitySpaces), Terms::Loan));
    assert!(row.is_public());
    assert_eq!(row.changed_at(), None);
    assert_eq!(world.events().await, [Event::listing_published(need)]);
    let page = world.read(|conn| db::listings::page(conn, &Filter::default(), None, 10)).await;
    assert_eq!(page.iter().map(|row| row.id).collect::<Vec<_>>(), [need]);
}

async fn a_draft_is_known_to_its_collective_alone(world: World) {
    let (garden, ada) = garden(&world).await;
    let draft = world.draft(garden, ada, content(Purpose::Offer, "A ladder")).await;
    let row = world.listing(draft).await;
    assert_eq!((row.state, row.published_at), (State::Draft, None));
    assert!(!row.is_public());
    assert_eq!(world.events().await, []);
    for open in [None, Some(true), Some(false)] {
        let filter = Filter { collective: Some(garden), open, ..Filter::default() };
        assert!(
            world.read(move |conn| db::listings::page(conn, &filter, None, 10)).await.is_empty()
        );
    }
    let drafts = world.read(move |conn| db::listings::drafts(conn, garden, 10)).await;
    assert_eq!(drafts.iter().map(|row| row.id).collect::<Vec<_>>(), [draft]);
}

async fn the_collective_decides_who_publishes(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mill = world.careful_collective("mill", ada).await;
    for (role, handle, in_the_mill) in [
        (Role::Delegate, "bea", Ok(())),
        (Role::AccountManager, "cho", Err(Refusal::StewardsOnly)),
        (Role::Member, "dan", Err(Refusal::StewardsOnly)),
    ] {
        let person = world.member(garden, handle, role).await;
        world.join(mill, person, handle, role).await;
        world.need(garden, person, "Published by a member").await;
        world.draft(mill, person, content(Purpose::Need, "A draft of a member")).await;
        let publish = post(mill, content(Purpose::Need, "Published with care"), true);
        match in_the_mill {
            Ok(()) => drop(world.done(world.local(person), publish).await),
            Err(why) => assert_eq!(world.refused(world.local(person), publish).await, why),
        }
    }
}

async fn who_does_not_belong_posts_nothing(world: World) {
    let (garden, ada) = garden(&world).await;
    let eve = world.person("eve").await;
    let fay = world.person("fay").await;
    let invite = InviteMember { collective: garden, handle: "fay".to_owned(), role: Role::Steward };
    world.done(world.local(ada), invite).await;
    for person in [eve, fay] {
        for publish in [true, false] {
            let need = post(garden, content(Purpose::Need, "Mine"), publish);
            assert_eq!(world.refused(world.local(person), need).await, Refusal::NotAMember);
        }
    }
}

async fn nobody_elsewhere_posts_here(world: World) {
    let (garden, _) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let by_inbox = world.inbox_of(bob, "https://b.example/activities/1").await;
    for origin in [by_inbox, world.fetched_from(bob).await, Origin::server(), Origin::clock()] {
        let need = post(garden, content(Purpose::Need, "Mine"), true);
        assert_eq!(world.refused(origin, need).await, Refusal::NotTheirsToSay);
    }
}

async fn nobody_here_posts_elsewhere(world: World) {
    let (_, ada) = garden(&world).await;
    let mill = world.remote_collective("mill@b.example").await.collective();
    let need = post(mill, content(Purpose::Need, "Mine"), true);
    assert_eq!(world.refused(world.local(ada), need).await, Refusal::NotFromHere);
    let need = post(ada.actor().collective(), content(Purpose::Need, "Mine"), true);
    let missing = world.failed(world.local(ada), need).await;
    assert!(matches!(missing, OpError::NotFound("collective")), "{missing:?}");
}

async fn dates_are_possible(world: World) {
    let (garden, ada) = garden(&world).await;
    let at = |days| Some(world.now().plus_days(days));
    for (starts_at, ends_at, expires_at, field) in [
        (at(2), at(1), None, "ends_at"),
        (None, None, at(0), "expires_at"),
        (None, None, at(-1), "expires_at"),
        (None, None, at(5 * 366 + 1), "expires_at"),
    ] {
        let window = Window { starts_at, ends_at, expires_at };
        for publish in [true, false] {
            let need = Content { window, ..content(Purpose::Need, "A hand") };
            let invalid = world.invalid(world.local(ada), post(garden, need, publish)).await;
            assert_eq!(invalid.field, field);
        }
    }
    let window = Window { starts_at: at(-1), ends_at: at(1), expires_at: at(2) };
    world.publish(garden, ada, Content { window, ..content(Purpose::Need, "A hand") }).await;
}

async fn the_exact_place_never_leaves(world: World) {
    let (garden, ada) = garden(&world).await;
    let place = Place::new("Gràcia", Some(41.402_917), Some(2.156_331), Some(500)).unwrap();
    let exact = place.point;
    let offer = Content { place: Some(place), ..content(Purpose::Offer, "A room") };
    let offer = world.publish(garden, ada, offer).await;
    let row = world.listing(offer).await;
    assert_eq!(row.place.as_deref(), Some("Gràcia"));
    assert_eq!((row.public_latitude, row.public_longitude), (Some(41.4), Some(2.16)));
    let kept = world.read(move |conn| db::listings::exact_point(conn, offer)).await;
    assert_eq!(kept, exact);
}

/// Such values end at the edge, with a sentence on what would be right: no operation can hold them.
#[test]
fn what_cannot_exist_never_reaches_the_door() {
    assert_eq!(
        Title::parse(&"x".repeat(300)).unwrap_err().to_string(),
        "title must be at most 120 characters; this one has 300"
    );
    assert!(Title::parse(" \n ").is_err());
    for absurd in ["0", "-1", "-0.5", "1e308", "NaN", "∞", "1000000001", "0.0001", "", "many"] {
        assert_eq!(Amount::parse("quantity", absurd).unwrap_err().field, "quantity", "{absurd}");
    }
    for (invalid, start) in [
        (Unit::parse("bananas").unwrap_err(), "unit must be one of: one hour day"),
        (Category::parse("crypto").unwrap_err(), "category must be one of: arts-culture"),
        (Kind::parse("money").unwrap_err(), "kind must be one of: financial"),
        (Purpose::parse("request").unwrap_err(), "purpose must be one of: need offer"),
    ] {
        assert!(invalid.to_string().starts_with(start), "{invalid}");
    }
    assert!(Place::new("Nowhere", Some(91.0), Some(0.0), None).is_err());
    assert!(Place::new("Nowhere", Some(1.0), None, None).is_err());
}
