//! What waits for the stewards of a collective.

use domain::{
    CollectiveId, PersonId, Refusal,
    incoming::{DAYS_KEPT, Kind, Shelf},
    memberships::Role,
};
use ops::{
    agreements::{OfferAgreement, WithdrawAgreement},
    follows::{AnswerFollow, AskFollow, Unfollow},
    incoming::{FinishIncoming, TakeIncoming, items},
    memberships::{ChangeRole, RemoveMember},
    notifications::SweepNotifications,
    replies::DeleteReply,
    reports::{Report, ResolveReport, Subject},
};
use testkit::World;

use crate::replies::need;

testkit::both_engines!(
    what_others_say_offer_and_report_comes_in_and_is_settled,
    whoever_is_no_steward_any_more_lets_go,
    what_was_done_long_ago_is_forgotten,
    whoever_asks_to_follow_waits_for_the_stewards,
);

async fn waits(world: &World, collective: CollectiveId) -> Vec<Kind> {
    let rows = rows(world, collective, Shelf::Open).await;
    rows.iter().map(|row| row.kind).collect()
}

async fn rows(
    world: &World,
    collective: CollectiveId,
    shelf: Shelf,
) -> Vec<db::incoming::IncomingRow> {
    let nobody = PersonId::from(uuid::Uuid::nil());
    world.read(move |conn| db::incoming::page(conn, collective, (shelf, nobody), None, 50)).await
}

async fn what_others_say_offer_and_report_comes_in_and_is_settled(world: World) {
    let (need, garden, ada) = need(&world).await;
    let eve = world.person("eve").await;
    let reply = world.answer(need, eve, "I have one").await;
    world.answer(need, ada, "We have none").await;
    assert_eq!(waits(&world, garden).await, [Kind::Reply], "what stewards say waits for nobody");
    let offer = OfferAgreement { listing: need, quantity: None, text: "Two".to_owned() };
    let offer = world.done(world.local(eve), offer).await;
    let subject = Subject::Reply(reply);
    let report = Report { subject, text: "Spam".to_owned(), forward: false };
    let report = world.done(world.local(eve), report).await.report;
    assert_eq!(waits(&world, garden).await, [Kind::Report, Kind::Agreement, Kind::Reply]);
    let all = rows(&world, garden, Shelf::Open).await;
    let all = world.read(move |conn| items(conn, all)).await;
    assert_eq!(all[0].actor, None, "nobody learns who reports");
    assert_eq!((all[1].actor, all[1].text.as_str()), (Some(eve.actor()), "Two"));
    assert_eq!((all[2].text.as_str(), all[2].there), ("I have one", true));

    world.done(world.local(ada), ResolveReport { report }).await;
    world.done(world.local(eve), WithdrawAgreement { agreement: offer }).await;
    assert_eq!(waits(&world, garden).await, [Kind::Reply]);
    assert_eq!(rows(&world, garden, Shelf::Done).await[0].done_by, Some(ada));
    world.done(world.local(eve), DeleteReply { reply }).await;
    let all = rows(&world, garden, Shelf::Open).await;
    let all = world.read(move |conn| items(conn, all)).await;
    assert!(all.iter().all(|it| !it.there && it.text.is_empty()), "{all:?}");
}

async fn whoever_asks_to_follow_waits_for_the_stewards(world: World) {
    let ada = world.person("ada").await;
    let garden = world.careful_collective("garden", ada).await;
    let eve = world.person("eve").await;
    let ask = || AskFollow { followed: garden.actor() };
    let follow = world.done(world.local(eve), ask()).await;
    world.done(world.local(eve), ask()).await;
    assert_eq!(waits(&world, garden).await, [Kind::FollowRequest], "asked twice is asked once");
    let all = rows(&world, garden, Shelf::Open).await;
    let all = world.read(move |conn| items(conn, all)).await;
    assert_eq!((all[0].actor, all[0].there), (Some(eve.actor()), true));
    world.done(world.local(ada), AnswerFollow { follow, accept: true }).await;
    assert!(waits(&world, garden).await.is_empty());
    assert_eq!(rows(&world, garden, Shelf::Done).await[0].done_by, Some(ada));
    let ben = world.person("ben").await;
    world.done(world.local(ben), ask()).await;
    world.done(world.local(ben), Unfollow { followed: garden.actor() }).await;
    assert!(waits(&world, garden).await.is_empty(), "they think no more of it");
    world.events().await;
}

async fn whoever_is_no_steward_any_more_lets_go(world: World) {
    let (need, garden, ada) = need(&world).await;
    let ben = world.member(garden, "ben", Role::Steward).await;
    let eve = world.person("eve").await;
    world.answer(need, eve, "I have one").await;
    let item = rows(&world, garden, Shelf::Open).await[0].id;
    let take = TakeIncoming { collective: garden, item };
    assert_eq!(world.refused(world.local(eve), take.clone()).await, Refusal::NotAMember);
    for leave in [false, true] {
        world.done(world.local(ben), take.clone()).await;
        assert_eq!(world.refused(world.local(ada), take.clone()).await, Refusal::TakenAlready);
        if leave {
            let left = RemoveMember { collective: garden, member: ben };
            world.done(world.local(ben), left).await;
        } else {
            for role in [Role::Member, Role::Steward] {
                let change = ChangeRole { collective: garden, member: ben, role };
                world.done(world.local(ada), change).await;
            }
        }
        assert_eq!(rows(&world, garden, Shelf::Open).await[0].taken_by, None);
    }
    world.done(world.local(ada), take).await;
}

async fn what_was_done_long_ago_is_forgotten(world: World) {
    let (need, garden, ada) = need(&world).await;
    let eve = world.person("eve").await;
    for text in ["I have one", "Or two"] {
        world.answer(need, eve, text).await;
    }
    let item = rows(&world, garden, Shelf::Open).await[0].id;
    let done = FinishIncoming { collective: garden, item };
    world.done(world.local(ada), done.clone()).await;
    let take = TakeIncoming { collective: garden, item };
    assert_eq!(world.refused(world.local(ada), take).await, Refusal::AlreadyAnswered);
    world.clock.advance(DAYS_KEPT * 86_400 + 1);
    world.done(domain::Origin::clock(), SweepNotifications).await;
    assert_eq!(world.rows().await.count("incoming"), 1, "what is not done stays");
}
