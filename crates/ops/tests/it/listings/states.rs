//! From open over partly to fulfilled, and back again.

use domain::{
    ListingId, PersonId, Refusal,
    listings::{Content, Purpose, State},
    memberships::Role,
    quantity::{Amount, Quantity},
};
use ops::{
    Event, OpError,
    listings::{DeleteListing, EditListing, ExpireListing, Step},
};
use testkit::{World, content, in_days, pieces};

use super::{garden, moved, step};

testkit::both_engines!(
    twenty_chairs_are_found_bit_by_bit,
    what_was_found_stays_found_when_it_opens_again,
    a_listing_goes_only_where_its_state_allows,
    no_more_is_found_than_was_asked_for,
    a_draft_is_published_once_and_by_those_who_may,
    a_step_from_an_older_version_is_stale,
    of_two_steps_from_one_version_at_once_one_is_stale,
);

fn found(number: &str) -> Step {
    Step::Progress { found: Amount::parse_or_nothing("found", number).unwrap() }
}

const REOPEN: Step = Step::Reopen { expires_at: None };

async fn chairs(world: &World) -> (ListingId, PersonId) {
    let (garden, ada) = garden(world).await;
    let chairs = Content { quantity: Some(pieces("20")), ..content(Purpose::Need, "20 chairs") };
    (world.publish(garden, ada, chairs).await, ada)
}

async fn twenty_chairs_are_found_bit_by_bit(world: World) {
    let (need, ada) = chairs(&world).await;
    world.events().await;
    world.clock.advance(3_600);

    assert_eq!(moved(&world, ada, need, found("8")).await, State::Partly);
    let row = world.listing(need).await;
    let quantity = row.how_much().unwrap();
    assert_eq!(
        (quantity.found().to_string(), quantity.total.to_string()),
        ("8".into(), "20".into())
    );
    assert_eq!((row.version, row.changed_at()), (2, Some(world.now())));
    assert_eq!(world.events().await, [Event::listing_changed(need)]);

    assert_eq!(moved(&world, ada, need, found("0")).await, State::Open);
    assert_eq!(moved(&world, ada, need, found("19.5")).await, State::Partly);
    assert_eq!(moved(&world, ada, need, found("20")).await, State::Fulfilled);
    assert_eq!(world.listing(need).await.remaining, Some(Amount::NOTHING));
    assert_eq!(moved(&world, ada, need, REOPEN).await, State::Open);
    assert_eq!(world.listing(need).await.how_much(), Some(pieces("20")));
    assert_eq!(moved(&world, ada, need, Step::Fulfil).await, State::Fulfilled);
    assert_eq!(world.listing(need).await.remaining, Some(Amount::NOTHING));
    let changed = Event::listing_changed(need);
    let featured = |featured| [changed.clone(), Event::listing_featured(need, featured)];
    let closed_opened_closed = [featured(false), featured(true), featured(false)].concat();
    let events = [vec![changed.clone(), changed.clone()], closed_opened_closed].concat();
    assert_eq!(world.events().await, events);
}

async fn what_was_found_stays_found_when_it_opens_again(world: World) {
    let (need, ada) = chairs(&world).await;
    moved(&world, ada, need, found("8")).await;
    assert_eq!(moved(&world, ada, need, Step::Withdraw).await, State::Withdrawn);
    assert_eq!(moved(&world, ada, need, REOPEN).await, State::Partly);
    let found = world.listing(need).await.how_much().map(Quantity::found);
    assert_eq!(found.unwrap().to_string(), "8");
}

async fn a_listing_goes_only_where_its_state_allows(world: World) {
    use Refusal::{AlreadyOpen, AlreadyPublished, Expired, Fulfilled, StillADraft, Withdrawn};
    let (garden, ada) = garden(&world).await;
    let new = Content { quantity: Some(pieces("20")), ..content(Purpose::Need, "20 chairs") };
    let expiring = Content { window: in_days(world.now(), 1), ..new.clone() };
    let draft = world.draft(garden, ada, new.clone()).await;
    let [open, partly, fulfilled, withdrawn] = [
        world.publish(garden, ada, new.clone()).await,
        world.publish(garden, ada, new.clone()).await,
        world.publish(garden, ada, new.clone()).await,
        world.publish(garden, ada, new.clone()).await,
    ];
    let expired = world.publish(garden, ada, expiring).await;
    moved(&world, ada, partly, found("8")).await;
    moved(&world, ada, fulfilled, Step::Fulfil).await;
    moved(&world, ada, withdrawn, Step::Withdraw).await;
    world.clock.advance(86_400);
    world.done(domain::Origin::clock(), ExpireListing { listing: expired }).await;

    let steps = [Step::Publish, found("8"), Step::Fulfil, Step::Withdraw, REOPEN];
    for (listing, edit, refusals) in [
        (
            draft,
            None,
            [None, Some(StillADraft), Some(StillADraft), Some(StillADraft), Some(StillADraft)],
        ),
        (open, None, [Some(AlreadyPublished), None, None, None, Some(AlreadyOpen)]),
        (partly, None, [Some(AlreadyPublished), None, None, None, Some(AlreadyOpen)]),
        (
            fulfilled,
            Some(Fulfilled),
            [Some(AlreadyPublished), Some(Fulfilled), Some(Fulfilled), Some(Fulfilled), None],
        ),
        (
            withdrawn,
            Some(Withdrawn),
            [Some(AlreadyPublished), Some(Withdrawn), Some(Withdrawn), Some(Withdrawn), None],
        ),
        (
            expired,
            Some(Expired),
            [Some(AlreadyPublished), Some(Expired), Some(Expired), Some(Expired), None],
        ),
    ] {
        for (to, refusal) in steps.into_iter().zip(refusals) {
            if let Some(want) = refusal {
                let got = world.refused(world.local(ada), step(listing, to)).await;
                assert_eq!(got, want, "{:?} {to:?}", world.listing(listing).await.state);
            }
        }
        if let Some(want) = edit {
            let edit = EditListing { listing, content: new.clone(), version: None };
            assert_eq!(world.refused(world.local(ada), edit).await, want);
        }
    }
}

async fn no_more_is_found_than_was_asked_for(world: World) {
    let (need, ada) = chairs(&world).await;
    let invalid = world.invalid(world.local(ada), step(need, found("20.001"))).await;
    assert_eq!(invalid.to_string(), "found must be at most 20, which is all that was asked for");

    let garden = world.listing(need).await.collective_id;
    let hands = world.need(garden, ada, "Many hands").await;
    let invalid = world.invalid(world.local(ada), step(hands, found("1"))).await;
    assert_eq!(invalid.field, "quantity");
    assert_eq!(moved(&world, ada, hands, Step::Fulfil).await, State::Fulfilled);
    assert_eq!(world.listing(hands).await.remaining, None);
    assert_eq!(moved(&world, ada, hands, REOPEN).await, State::Open);
}

async fn a_draft_is_published_once_and_by_those_who_may(world: World) {
    let ada = world.person("ada").await;
    let mill = world.careful_collective("mill", ada).await;
    let bea = world.member(mill, "bea", Role::Member).await;
    let expiring =
        Content { window: in_days(world.now(), 1), ..content(Purpose::Need, "Tomorrow") };
    let late = world.draft(mill, bea, expiring).await;
    let draft = world.draft(mill, bea, content(Purpose::Need, "A ladder")).await;
    assert_eq!(
        world.refused(world.local(bea), step(draft, Step::Publish)).await,
        Refusal::StewardsOnly
    );
    world.clock.advance(86_400);
    assert_eq!(moved(&world, ada, draft, Step::Publish).await, State::Open);
    let row = world.listing(draft).await;
    assert_eq!((row.published_at, row.author_id), (Some(world.now()), Some(bea)));
    assert_eq!(world.events().await, [Event::listing_published(draft)]);
    let invalid = world.invalid(world.local(ada), step(late, Step::Publish)).await;
    assert_eq!(invalid.to_string(), "expires_at must be in the future");
    world.done(world.local(bea), DeleteListing { listing: late }).await;
    assert_eq!(world.events().await, [], "nobody knew of the draft");
}

async fn a_step_from_an_older_version_is_stale(world: World) {
    let (need, ada) = chairs(&world).await;
    let at = |version, to| ops::listings::MoveListing { version: Some(version), ..step(need, to) };
    world.done(world.local(ada), at(1, found("8"))).await;
    assert_eq!(world.refused(world.local(ada), at(1, found("9"))).await, Refusal::Stale);
    world.done(world.local(ada), at(2, found("9"))).await;
}

async fn of_two_steps_from_one_version_at_once_one_is_stale(world: World) {
    let (need, ada) = chairs(&world).await;
    for version in 1..=10 {
        let forward = |number| {
            let to =
                ops::listings::MoveListing { version: Some(version), ..step(need, found(number)) };
            world.door.perform(world.local(ada), to)
        };
        let (one, other) = tokio::join!(forward("8"), forward("9"));
        let failures: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
        assert!(matches!(failures.as_slice(), [OpError::Refused(Refusal::Stale)]), "{failures:?}");
    }
    assert_eq!(world.listing(need).await.version, 11);
}
