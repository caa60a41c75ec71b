//! Offers to collectives of this server, and what their stewards answer.

use db::blocks;
use domain::{
    ActorId, Origin, Refusal,
    agreements::{AgreementState, MOST_OPEN},
    listings::{Content, Purpose, State},
    memberships::Role,
    quantity::Amount,
};
use ops::{
    Event, Op, OpError, Operation,
    actors::RecordActorGone,
    agreements::{RecordOfferWithdrawn, WithdrawAgreement},
    listings::{DeleteListing, MoveListing, Step},
};
use testkit::{World, content, in_days, pieces};

use super::{accepted, by_offer, garden, no, ours, state, theirs, waiting, yes};

testkit::both_engines!(
    an_offer_waits_for_the_stewards_and_is_there_once,
    a_yes_reduces_what_is_open_and_the_world_is_told,
    the_last_yes_fulfils_the_listing,
    a_no_has_a_reason_and_changes_nothing_else,
    only_who_speaks_for_the_collective_answers,
    what_cannot_be_is_turned_down_at_once_with_the_reason,
    drafts_and_listings_of_others_are_not_answered,
    who_is_blocked_offers_nothing,
    nobody_offers_without_measure,
    nobody_offers_for_another,
    an_offer_is_taken_back_until_it_is_answered,
    a_yes_to_more_than_is_left_is_refused_and_the_offer_waits_on,
    a_listing_without_a_number_is_one_thing,
    people_of_this_server_offer_too,
    who_is_gone_offers_nothing_any_more,
);

async fn an_offer_waits_for_the_stewards_and_is_there_once(world: World) {
    let (garden, _, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let offer = theirs(bob, 1, need, "8");
    for _ in 0..2 {
        let said = world.done(world.fetched_from(bob).await, offer.clone()).await;
        assert_eq!(said, AgreementState::Offered);
    }
    let rows = waiting(&world, garden).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].quantity, Some(Amount::parse("quantity", "8").unwrap()));
    assert_eq!((rows[0].responder_id, rows[0].text.as_str()), (bob, "From our hall"));
    assert_eq!(rows[0].ap_id, world.site.agreement(rows[0].id));
    let heard = Event::Heard { what: "agreement_offered".to_owned(), id: rows[0].id.uuid() };
    assert_eq!(world.events().await, [heard], "nobody elsewhere is told of an offer");
    assert_eq!(world.listing(need).await.state, State::Open, "an offer alone changes nothing");
}

async fn a_yes_reduces_what_is_open_and_the_world_is_told(world: World) {
    let (_, ada, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let offer = theirs(bob, 1, need, "8");
    world.done(world.fetched_from(bob).await, offer.clone()).await;
    world.events().await;
    let id = by_offer(&world, &offer).await.id;
    assert_eq!(world.done(world.local(ada), yes(id)).await, AgreementState::Accepted);
    let row = world.listing(need).await;
    assert_eq!((row.state, row.remaining.unwrap().to_string()), (State::Partly, "12".to_owned()));
    let told = [Event::listing_changed(need), Event::AgreementAnswered { agreement: id.uuid() }];
    assert_eq!(world.events().await, told);
    let answered = by_offer(&world, &offer).await;
    assert_eq!((answered.answered_by, answered.answered_at), (Some(ada), Some(world.now())));
    let again = world.refused(world.local(ada), yes(id)).await;
    assert_eq!(again, Refusal::AlreadyAnswered);
    let changed = world.refused(world.local(ada), no(id, "no")).await;
    assert_eq!(changed, Refusal::AlreadyAnswered);
    assert!(world.audit().await.iter().any(|line| line.starts_with("accept_agreement")));
}

async fn the_last_yes_fulfils_the_listing(world: World) {
    let (garden, ada, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    for (number, (said, then)) in
        [("8", State::Partly), ("", State::Fulfilled)].into_iter().enumerate()
    {
        let offer = theirs(bob, number.try_into().unwrap(), need, said);
        world.done(world.fetched_from(bob).await, offer.clone()).await;
        let row = by_offer(&world, &offer).await;
        world.done(world.local(ada), yes(row.id)).await;
        assert_eq!(world.listing(need).await.state, then);
    }
    assert_eq!(world.listing(need).await.remaining, Some(Amount::NOTHING));
    assert_eq!(accepted(&world, garden).await, 20_000, "who says no number gives what is left");
}

async fn a_no_has_a_reason_and_changes_nothing_else(world: World) {
    let (_, ada, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let offer = theirs(bob, 1, need, "8");
    world.done(world.fetched_from(bob).await, offer.clone()).await;
    let before = world.listing(need).await.version;
    world.events().await;
    let id = by_offer(&world, &offer).await.id;
    world.done(world.local(ada), no(id, "Too far away")).await;
    let row = by_offer(&world, &offer).await;
    assert_eq!((row.state, row.reason.as_str()), (AgreementState::Rejected, "Too far away"));
    assert_eq!(world.listing(need).await.version, before);
    assert_eq!(world.events().await, [Event::AgreementAnswered { agreement: id.uuid() }]);
}

async fn only_who_speaks_for_the_collective_answers(world: World) {
    let (garden, _, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let bea = world.member(garden, "bea", Role::Member).await;
    let dan = world.member(garden, "dan", Role::Delegate).await;
    let eve = world.person("eve").await;
    world.collective("other", eve).await;
    let offer = theirs(bob, 1, need, "8");
    world.done(world.fetched_from(bob).await, offer.clone()).await;
    let id = by_offer(&world, &offer).await.id;
    assert_eq!(world.refused(world.local(bea), yes(id)).await, Refusal::StewardsOnly);
    let unseen = world.failed(world.local(eve), yes(id)).await;
    assert!(matches!(unseen, OpError::NotFound(_)), "{unseen}: a stranger learns nothing");
    let forged = world.refused(world.fetched_from(bob).await, yes(id)).await;
    assert_eq!(forged, Refusal::NotTheirsToSay);
    assert_eq!(world.done(world.local(dan), yes(id)).await, AgreementState::Accepted);
}

async fn what_cannot_be_is_turned_down_at_once_with_the_reason(world: World) {
    let (garden, ada, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let mut number = 0;
    let mut try_it = async |listing, amount: &str, unit: &str| {
        number += 1;
        let mut offer = theirs(bob, number, listing, amount);
        offer.asked.unit = Some(unit.to_owned()).filter(|unit| !unit.is_empty());
        let said = world.done(world.fetched_from(bob).await, offer.clone()).await;
        let row = by_offer(&world, &offer).await;
        assert_eq!((said, row.state), (AgreementState::Rejected, AgreementState::Rejected));
        let told = Event::AgreementAnswered { agreement: row.id.uuid() };
        assert!(world.events().await.contains(&told), "{amount} {unit}");
        row.reason
    };
    let most = "quantity must be at most 20, which is all that is left";
    assert_eq!(try_it(need, "21", "one").await, most);
    for amount in ["0", "-1", "1e308", "NaN", "∞", "0.0001", "9999999999999999999999999999999999"]
    {
        assert!(try_it(need, amount, "one").await.starts_with("quantity must be"), "GRP-10");
    }
    for unit in ["kilogram", "XXXX"] {
        assert!(try_it(need, "1", unit).await.contains("unit of the listing"));
    }
    let closed = Refusal::NoLongerOpen.to_string();
    for step in [Step::Fulfil, Step::Withdraw] {
        let other = world.need(garden, ada, "A ladder").await;
        let step = MoveListing { listing: other, step, version: None };
        world.done(world.local(ada), step).await;
        assert_eq!(try_it(other, "", "").await, closed);
    }
    let soon = Content { window: in_days(world.now(), 1), ..content(Purpose::Need, "Soon over") };
    let soon = world.publish(garden, ada, soon).await;
    world.clock.advance(2 * 24 * 3600);
    assert_eq!(try_it(soon, "", "").await, closed, "its time is over, whoever has noticed");
    world.done(world.local(ada), DeleteListing { listing: need }).await;
    assert_eq!(try_it(need, "1", "one").await, closed);
    assert!(waiting(&world, garden).await.is_empty());
}

async fn drafts_and_listings_of_others_are_not_answered(world: World) {
    let (garden, ada, _) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "A draft")).await;
    let failed = world.failed(world.fetched_from(bob).await, theirs(bob, 1, draft, "")).await;
    assert!(matches!(failed, OpError::NotFound(_)), "{failed}");
    let failed = world.failed(world.local(ada), ours(draft, "")).await;
    assert!(matches!(failed, OpError::NotFound(_)), "{failed}");
    let mill = world.remote_collective("mill@b.example").await;
    let said = crate::listings::said(mill, "A mill stone");
    let far = world.done(world.fetched_from(mill).await, said).await;
    let refused = world.refused(world.fetched_from(bob).await, theirs(bob, 2, far, "")).await;
    assert_eq!(refused, Refusal::NotFromHere);
    assert_eq!(world.rows().await.count("agreements"), 0);
}

/// Lets a collective have nothing to do with somebody.
#[derive(Clone, Debug)]
struct ShutOut(ActorId, ActorId);

impl Operation for ShutOut {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> ops::Result<()> {
        Ok(blocks::insert(op.tx, self.0, self.1, "https://a.example/activities/b", op.now)?)
    }
}

async fn who_is_blocked_offers_nothing(world: World) {
    let (garden, _, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let eve = world.person("eve").await;
    for actor in [bob, eve.actor()] {
        world.done(Origin::server(), ShutOut(garden.actor(), actor)).await;
    }
    let theirs = world.refused(world.fetched_from(bob).await, theirs(bob, 1, need, "8")).await;
    let ours = world.refused(world.local(eve), ours(need, "8")).await;
    assert_eq!([theirs, ours], [Refusal::Blocked; 2]);
    assert_eq!(world.rows().await.count("agreements"), 0, "not even a no is sent");
    assert_eq!(world.events().await, []);
}

async fn nobody_offers_without_measure(world: World) {
    let (garden, ada, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let by_bob = world.fetched_from(bob).await;
    let most = u32::try_from(MOST_OPEN).unwrap();
    for number in 0..most {
        world.done(by_bob.clone(), theirs(bob, number, need, "1")).await;
    }
    let more = theirs(bob, most, need, "1");
    assert_eq!(world.refused(by_bob.clone(), more.clone()).await, Refusal::TooManyOffers);
    let first = waiting(&world, garden).await[0].id;
    world.done(world.local(ada), no(first, "")).await;
    world.done(by_bob.clone(), more).await;
    // What is turned down at once is bounded too: nobody makes us write letters all day.
    for row in waiting(&world, garden).await {
        world.done(world.local(ada), no(row.id, "")).await;
    }
    let mut refused = None;
    for number in 100..200 {
        let odd = theirs(bob, number, need, "21");
        if let Err(err) = world.door.perform(by_bob.clone(), odd).await {
            refused = Some(err.to_string());
            break;
        }
    }
    assert_eq!(refused, Some(Refusal::TooManyOffers.to_string()));
    assert!(world.rows().await.count("agreements") <= 60);
    world.clock.advance(25 * 3600);
    world.done(by_bob, theirs(bob, 300, need, "1")).await;
}

async fn nobody_offers_for_another(world: World) {
    let (_, ada, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let eve = world.remote_person("eve@b.example").await;
    let by_eve = world.inbox_of(eve, "https://b.example/activities/1").await;
    let forged = theirs(bob, 1, need, "8");
    let refused = world.refused(by_eve.clone(), forged.clone()).await;
    assert_eq!(refused, Refusal::NotTheirsToSay);
    let elsewhere = RecordOfferAt("https://c.example/offers/1").of(eve, need);
    assert_eq!(world.refused(by_eve.clone(), elsewhere).await, Refusal::NotTheirsToSay);
    let at_home = RecordOfferAt("https://a.example/activities/1").of(eve, need);
    assert_eq!(world.refused(by_eve.clone(), at_home).await, Refusal::NotTheirsToSay);
    world.done(world.fetched_from(bob).await, forged.clone()).await;
    let id = by_offer(&world, &forged).await.id;
    let again = ops::agreements::RecordOffer { responder: eve, ..forged.clone() };
    assert_eq!(world.refused(by_eve.clone(), again).await, Refusal::NotTheirsToSay);
    let undo = RecordOfferWithdrawn { offer_id: forged.offer_id, responder: eve };
    assert_eq!(world.refused(by_eve, undo).await, Refusal::NotTheirsToSay);
    let failed = world.failed(world.local(ada), WithdrawAgreement { agreement: id }).await;
    assert!(matches!(failed, OpError::NotFound(_)), "{failed}");
    assert_eq!(state(&world, id).await, AgreementState::Offered);
}

struct RecordOfferAt(&'static str);

impl RecordOfferAt {
    fn of(self, by: ActorId, listing: domain::ListingId) -> ops::agreements::RecordOffer {
        ops::agreements::RecordOffer { offer_id: self.0.to_owned(), ..theirs(by, 9, listing, "1") }
    }
}

async fn an_offer_is_taken_back_until_it_is_answered(world: World) {
    let (garden, ada, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let by_bob = world.fetched_from(bob).await;
    let (first, second) = (theirs(bob, 1, need, "8"), theirs(bob, 2, need, "2"));
    for offer in [&first, &second] {
        world.done(by_bob.clone(), offer.clone()).await;
    }
    let undo = |offer: &ops::agreements::RecordOffer| RecordOfferWithdrawn {
        offer_id: offer.offer_id.clone(),
        responder: bob,
    };
    for _ in 0..2 {
        world.done(by_bob.clone(), undo(&first)).await;
    }
    assert_eq!(waiting(&world, garden).await.len(), 1);
    let id = by_offer(&world, &first).await.id;
    assert_eq!(world.refused(world.local(ada), yes(id)).await, Refusal::AlreadyAnswered);
    world.done(world.local(ada), yes(by_offer(&world, &second).await.id)).await;
    assert_eq!(world.refused(by_bob, undo(&second)).await, Refusal::AlreadyAnswered);
    assert_eq!(world.listing(need).await.remaining.unwrap().to_string(), "18");
}

async fn a_yes_to_more_than_is_left_is_refused_and_the_offer_waits_on(world: World) {
    let (_, ada, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let by_bob = world.fetched_from(bob).await;
    let (first, second) = (theirs(bob, 1, need, "12"), theirs(bob, 2, need, "12"));
    for offer in [&first, &second] {
        world.done(by_bob.clone(), offer.clone()).await;
    }
    let [first, second] = [by_offer(&world, &first).await.id, by_offer(&world, &second).await.id];
    world.done(world.local(ada), yes(first)).await;
    assert_eq!(world.refused(world.local(ada), yes(second)).await, Refusal::NotEnoughLeft);
    assert_eq!(state(&world, second).await, AgreementState::Offered);
    assert_eq!(world.listing(need).await.remaining.unwrap().to_string(), "8");
    let step = MoveListing { listing: need, step: Step::Withdraw, version: None };
    world.done(world.local(ada), step).await;
    assert_eq!(world.refused(world.local(ada), yes(second)).await, Refusal::AlreadyAnswered);
    assert_eq!(reason(&world, second).await, "this listing was withdrawn");
}

async fn reason(world: &World, id: domain::AgreementId) -> String {
    world.read(move |conn| db::agreements::find(conn, id)).await.unwrap().reason
}

async fn a_listing_without_a_number_is_one_thing(world: World) {
    let (garden, ada, _) = garden(&world).await;
    let ladder = world.offer(garden, ada, "A ladder").await;
    let bob = world.remote_person("bob@b.example").await;
    let by_bob = world.fetched_from(bob).await;
    let (first, second) = (theirs(bob, 1, ladder, ""), theirs(bob, 2, ladder, "1"));
    for offer in [&first, &second] {
        world.done(by_bob.clone(), offer.clone()).await;
    }
    world.done(world.local(ada), yes(by_offer(&world, &first).await.id)).await;
    assert_eq!(world.listing(ladder).await.state, State::Fulfilled);
    let late = yes(by_offer(&world, &second).await.id);
    assert_eq!(world.refused(world.local(ada), late).await, Refusal::AlreadyAnswered);
}

async fn people_of_this_server_offer_too(world: World) {
    let (garden, ada, need) = garden(&world).await;
    let eve = world.person("eve").await;
    let id = world.done(world.local(eve), ours(need, "8")).await;
    let told = [Event::heard("agreement_offered", id)];
    assert_eq!(world.events().await, told, "nobody elsewhere has anything to do with it");
    let invalid = world.invalid(world.local(eve), ours(need, "21")).await;
    assert_eq!(invalid.field, "quantity");
    let mine = world
        .read(move |conn| db::agreements::by_responder(conn, eve.actor(), Some(need), None, 10));
    assert_eq!(mine.await.len(), 1);
    assert_eq!(waiting(&world, garden).await.len(), 1);
    world.done(world.local(ada), yes(id)).await;
    assert_eq!(world.listing(need).await.remaining.unwrap().to_string(), "12");
    let late = WithdrawAgreement { agreement: id };
    assert_eq!(world.refused(world.local(eve), late).await, Refusal::AlreadyAnswered);
    let other = world.done(world.local(eve), ours(need, "2")).await;
    world.done(world.local(eve), WithdrawAgreement { agreement: other }).await;
    assert_eq!(state(&world, other).await, AgreementState::Withdrawn);
    let full = Content { quantity: Some(pieces("2")), ..content(Purpose::Offer, "Tables") };
    let full = world.publish(garden, ada, full).await;
    let step = MoveListing { listing: full, step: Step::Fulfil, version: None };
    world.done(world.local(ada), step).await;
    assert_eq!(world.refused(world.local(eve), ours(full, "1")).await, Refusal::NoLongerOpen);
}

async fn who_is_gone_offers_nothing_any_more(world: World) {
    let (garden, _, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let offer = theirs(bob, 1, need, "8");
    world.done(world.fetched_from(bob).await, offer.clone()).await;
    world.done(world.fetched_from(bob).await, RecordActorGone { actor: bob }).await;
    assert!(waiting(&world, garden).await.is_empty());
    let row = by_offer(&world, &offer).await;
    assert_eq!((row.state, row.text.as_str()), (AgreementState::Withdrawn, ""));
}
