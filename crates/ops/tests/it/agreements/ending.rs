//! How agreements end: fulfilled, with a receipt, or turned down where their listing ends.

use domain::{
    Origin, Refusal,
    agreements::AgreementState,
    listings::{Content, Purpose, State, Terms},
    memberships::Role,
    quantity::Amount,
};
use ops::{
    Event, OpError,
    agreements::{Asked, FulfilAgreement, RecordOffer, RecordReceipt},
    listings::{DeleteListing, EditListing, ExpireListing, MoveListing, Step},
};
use testkit::{World, content, in_days, pieces};
use tokio::task::JoinSet;

use super::{by_offer, elsewhere, garden, ours, state, theirs, waiting, yes};

testkit::both_engines!(
    what_was_agreed_on_is_fulfilled_once,
    only_who_speaks_for_the_collective_fulfils,
    a_receipt_is_believed_from_the_collective_alone,
    nobody_elsewhere_fulfils_what_was_agreed_here,
    what_waits_is_turned_down_when_its_listing_ends,
    the_last_yes_turns_down_the_others,
    what_waits_goes_on_waiting_while_its_listing_may_come_back,
    nothing_waits_at_a_listing_that_was_withdrawn_meanwhile,
    one_person_has_one_offer_at_a_listing_at_a_time,
    what_is_given_in_return_is_kept_where_the_terms_ask_for_it,
);

async fn what_was_agreed_on_is_fulfilled_once(world: World) {
    let (_, ada, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let offer = theirs(bob, 1, need, "8");
    world.done(world.fetched_from(bob).await, offer.clone()).await;
    let agreement = by_offer(&world, &offer).await.id;
    let fulfil = FulfilAgreement { agreement };
    assert_eq!(world.refused(world.local(ada), fulfil.clone()).await, Refusal::NotAgreed);
    world.done(world.local(ada), yes(agreement)).await;
    world.events().await;
    for _ in 0..2 {
        let said = world.done(world.local(ada), fulfil.clone()).await;
        assert_eq!(said, AgreementState::Fulfilled);
    }
    let told = Event::AgreementFulfilled { agreement: agreement.uuid() };
    assert_eq!(world.events().await, [told], "one receipt, and of the listing nothing has changed");
    assert_eq!(by_offer(&world, &offer).await.fulfilled_at, Some(world.now()));
    assert!(world.audit().await.iter().any(|line| line.starts_with("fulfil_agreement")));
    assert_eq!(world.refused(world.local(ada), yes(agreement)).await, Refusal::AlreadyAnswered);
}

async fn only_who_speaks_for_the_collective_fulfils(world: World) {
    let (garden, ada, need) = garden(&world).await;
    let eve = world.person("eve").await;
    let agreement = world.done(world.local(eve), ours(need, "8")).await;
    world.done(world.local(ada), yes(agreement)).await;
    let fulfil = FulfilAgreement { agreement };
    let mallory = world.person("mallory").await;
    for outsider in [eve, mallory] {
        let failed = world.failed(world.local(outsider), fulfil.clone()).await;
        assert!(matches!(failed, OpError::NotFound(_)), "{failed}");
    }
    let grace = world.member(garden, "grace", Role::Member).await;
    let refused = world.refused(world.local(grace), fulfil.clone()).await;
    assert_eq!(refused, Refusal::StewardsOnly);
    let dan = world.member(garden, "dan", Role::Delegate).await;
    assert_eq!(world.done(world.local(dan), fulfil).await, AgreementState::Fulfilled);
}

async fn a_receipt_is_believed_from_the_collective_alone(world: World) {
    let (mill, eve, need) = elsewhere::mill(&world, "tequio").await;
    let agreement = world.done(world.local(eve), ours(need, "8")).await;
    let offer = world.site.act(agreement);
    let receipt = RecordReceipt { agreement };
    let by_mill = world.fetched_from(mill).await;
    let early = world.refused(by_mill.clone(), receipt.clone()).await;
    assert_eq!(early, Refusal::NotAgreed, "there was no yes");
    let said = elsewhere::accepted(&offer, "https://b.example/agreements/1");
    world.done(by_mill.clone(), said.clone()).await;
    let other = world.remote_collective("forge@b.example").await;
    let mallory = world.remote_person("mallory@b.example").await;
    for origin in [
        world.fetched_from(other).await,
        world.fetched_from(mallory).await,
        world.local(eve),
        Origin::server(),
    ] {
        assert_eq!(world.refused(origin, receipt.clone()).await, Refusal::NotTheirsToSay);
    }
    assert_eq!(state(&world, agreement).await, AgreementState::Accepted);
    world.events().await;
    for _ in 0..2 {
        let end = world.done(by_mill.clone(), receipt.clone()).await;
        assert_eq!(end, AgreementState::Fulfilled);
    }
    let heard = Event::Heard { what: "agreement_fulfilled".to_owned(), id: agreement.uuid() };
    assert_eq!(world.events().await, [heard]);
    assert_eq!(world.done(by_mill.clone(), said).await, AgreementState::Fulfilled, "it came late");
    let no = world.refused(by_mill, elsewhere::rejected(&offer)).await;
    assert_eq!(no, Refusal::AlreadyAnswered);
}

async fn nobody_elsewhere_fulfils_what_was_agreed_here(world: World) {
    let (garden, ada, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let offer = theirs(bob, 1, need, "8");
    world.done(world.fetched_from(bob).await, offer.clone()).await;
    let agreement = by_offer(&world, &offer).await.id;
    world.done(world.local(ada), yes(agreement)).await;
    let as_garden =
        Origin { speaker: domain::Speaker::Collective(garden), way: domain::Way::Fetched };
    for origin in [world.fetched_from(bob).await, as_garden] {
        let refused = world.refused(origin, RecordReceipt { agreement }).await;
        assert_eq!(refused, Refusal::NotTheirsToSay);
    }
    assert_eq!(state(&world, agreement).await, AgreementState::Accepted);
}

async fn what_waits_is_turned_down_when_its_listing_ends(world: World) {
    let (garden, ada, _) = garden(&world).await;
    let (bob, eve) = (world.remote_person("bob@b.example").await, world.person("eve").await);
    for end in ["fulfil", "found", "edit", "withdraw", "delete"] {
        let chairs = Content { quantity: Some(pieces("20")), ..content(Purpose::Need, "Chairs") };
        let need = world.publish(garden, ada, chairs.clone()).await;
        let offer = RecordOffer {
            offer_id: format!("https://b.example/offers/{end}"),
            ..theirs(bob, 1, need, "8")
        };
        world.done(world.fetched_from(bob).await, offer.clone()).await;
        let here = world.done(world.local(eve), ours(need, "8")).await;
        let there = by_offer(&world, &offer).await.id;
        world.events().await;
        let step = |step| MoveListing { listing: need, step, version: None };
        let steward = world.local(ada);
        match end {
            "fulfil" => drop(world.done(steward, step(Step::Fulfil)).await),
            "found" => {
                let found = Amount::parse("found", "20").unwrap();
                world.done(steward, step(Step::Progress { found })).await;
            }
            "edit" => {
                let found = Amount::parse("found", "10").unwrap();
                world.done(steward.clone(), step(Step::Progress { found })).await;
                assert_eq!(state(&world, there).await, AgreementState::Offered, "some is left");
                let fewer = Content { quantity: Some(pieces("10")), ..chairs };
                let edit = EditListing { listing: need, content: fewer, version: None };
                world.done(steward, edit).await;
            }
            "withdraw" => drop(world.done(steward, step(Step::Withdraw)).await),
            _ => world.done(steward, DeleteListing { listing: need }).await,
        }
        let told = world.events().await;
        for id in [here, there] {
            let row = world.read(move |conn| db::agreements::find(conn, id)).await.unwrap();
            assert_eq!(row.state, AgreementState::Rejected, "{end}");
            assert!(!row.reason.is_empty(), "{end}: whoever offered reads why");
            assert_eq!((row.answered_at, row.answered_by), (Some(world.now()), None), "{end}");
            let no = Event::AgreementAnswered { agreement: id.uuid() };
            assert_eq!(told.iter().filter(|event| **event == no).count(), 1, "{end}");
        }
    }
    assert!(waiting(&world, garden).await.is_empty());
}

async fn the_last_yes_turns_down_the_others(world: World) {
    let (garden, ada, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let offers = [theirs(bob, 1, need, "8"), theirs(bob, 2, need, "20"), theirs(bob, 3, need, "")];
    for offer in &offers {
        world.done(world.fetched_from(bob).await, offer.clone()).await;
    }
    let rows = waiting(&world, garden).await;
    let of = |offer: &RecordOffer| rows.iter().find(|row| row.offer_id == offer.offer_id);
    let [first, all, rest] = [0, 1, 2].map(|at: usize| of(&offers[at]).unwrap().id);
    world.done(world.local(ada), yes(first)).await;
    assert_eq!(waiting(&world, garden).await.len(), 2, "12 are left");
    world.events().await;
    let refused = world.refused(world.local(ada), yes(rest)).await;
    assert_eq!(refused, Refusal::NotEnoughLeft, "it meant all twenty");
    let twelve = theirs(bob, 4, need, "");
    world.done(world.fetched_from(bob).await, twelve.clone()).await;
    world.events().await;
    world.done(world.local(ada), yes(by_offer(&world, &twelve).await.id)).await;
    assert!(waiting(&world, garden).await.is_empty());
    for (id, want) in [(first, AgreementState::Accepted), (all, AgreementState::Rejected)] {
        assert_eq!(state(&world, id).await, want, "what was agreed on before holds");
    }
    assert_eq!(world.events().await.len(), 4, "the listing, one yes, and two noes");
}

async fn what_waits_goes_on_waiting_while_its_listing_may_come_back(world: World) {
    let (garden, ada, _) = garden(&world).await;
    let eve = world.person("eve").await;
    let mut soon = content(Purpose::Need, "Chairs");
    soon.window = in_days(world.now(), 1);
    let need = world.publish(garden, ada, soon).await;
    let id = world.done(world.local(eve), ours(need, "")).await;
    world.clock.advance(25 * 3600);
    world.done(Origin::server(), ExpireListing { listing: need }).await;
    assert_eq!(world.listing(need).await.state, State::Expired);
    assert_eq!(state(&world, id).await, AgreementState::Offered);
    let step = Step::Reopen { expires_at: Some(world.now().plus_days(1)) };
    world.done(world.local(ada), MoveListing { listing: need, step, version: None }).await;
    assert_eq!(world.done(world.local(ada), yes(id)).await, AgreementState::Accepted);
}

async fn nothing_waits_at_a_listing_that_was_withdrawn_meanwhile(world: World) {
    let (garden, ada, need) = garden(&world).await;
    let mut all = JoinSet::new();
    for number in 0..20 {
        let bob = world.remote_person(&format!("bob{number}@b.example")).await;
        let (door, origin) = (world.door.clone(), world.fetched_from(bob).await);
        all.spawn(async move { door.perform(origin, theirs(bob, 1, need, "1")).await.map(drop) });
        if number == 10 {
            let step = MoveListing { listing: need, step: Step::Withdraw, version: None };
            let (door, origin) = (world.door.clone(), world.local(ada));
            all.spawn(async move { door.perform(origin, step).await.map(drop) });
        }
    }
    for end in all.join_all().await {
        assert!(end.is_ok(), "{end:?}");
    }
    assert!(waiting(&world, garden).await.is_empty());
    assert_eq!(world.rows().await.count("agreements"), 20, "each has its answer");
}

async fn one_person_has_one_offer_at_a_listing_at_a_time(world: World) {
    let (garden, ada, need) = garden(&world).await;
    let eve = world.person("eve").await;
    let mut both = JoinSet::new();
    for _ in 0..10 {
        let (door, origin) = (world.door.clone(), world.local(eve));
        both.spawn(async move { door.perform(origin, ours(need, "2")).await });
    }
    let mut made = Vec::new();
    for end in both.join_all().await {
        match end {
            Ok(id) => made.push(id),
            Err(OpError::Refused(Refusal::AlreadyOffered)) => {}
            Err(err) => panic!("{err:?}"),
        }
    }
    assert_eq!((made.len(), waiting(&world, garden).await.len()), (1, 1), "IDM-12");
    let other = world.need(garden, ada, "A ladder").await;
    world.done(world.local(eve), ours(other, "")).await;
    world.done(world.local(ada), yes(made[0])).await;
    world.done(world.local(eve), ours(need, "2")).await;
}

async fn what_is_given_in_return_is_kept_where_the_terms_ask_for_it(world: World) {
    let (garden, ada, _) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let asked = |amount: &str, unit: &str| {
        Some(Asked { amount: Some(amount.to_owned()), unit: Some(unit.to_owned()) })
    };
    for (number, (terms, said, want)) in [
        (Terms::Barter, asked("2", "hour"), Some("2 hour")),
        (Terms::Barter, asked("30", "EUR"), Some("1 one")),
        (Terms::Barter, asked("-1", "one"), Some("1 one")),
        (Terms::TimeBank, None, Some("1 one")),
        (Terms::Gift, asked("2", "hour"), None),
    ]
    .into_iter()
    .enumerate()
    {
        let chairs = Content { terms, ..content(Purpose::Need, "Chairs") };
        let need = world.publish(garden, ada, chairs).await;
        let number = u32::try_from(number).unwrap();
        let offer = RecordOffer { in_return: said, ..theirs(bob, number, need, "") };
        world.done(world.fetched_from(bob).await, offer.clone()).await;
        let kept = by_offer(&world, &offer).await.in_return();
        let kept = kept.map(|it| format!("{} {}", it.amount, it.unit.word()));
        assert_eq!(kept.as_deref(), want, "{terms:?}");
    }
}
