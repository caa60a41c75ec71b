//! GRP-08: however many speak at once, no more is given than there is.

use domain::{Refusal, listings::State};
use ops::OpError;
use testkit::World;
use tokio::task::JoinSet;

use super::{accepted, garden, theirs, waiting, yes};

testkit::both_engines!(
    of_a_hundred_answers_at_once_as_many_win_as_there_are_pieces,
    of_two_answers_for_the_last_item_one_wins,
    a_hundred_deliveries_of_one_offer_are_one_offer,
);

async fn of_a_hundred_answers_at_once_as_many_win_as_there_are_pieces(world: World) {
    let (garden, ada, need) = garden(&world).await;
    for number in 0..10 {
        let bob = world.remote_person(&format!("bob{number}@b{number}.example")).await;
        let by_bob = world.fetched_from(bob).await;
        for offer in 0..10 {
            let mut offer = theirs(bob, offer, need, "1");
            offer.offer_id = offer.offer_id.replace("b.example", &format!("b{number}.example"));
            world.done(by_bob.clone(), offer).await;
        }
    }
    let mut answers = JoinSet::new();
    for row in waiting(&world, garden).await {
        let (door, origin) = (world.door.clone(), world.local(ada));
        answers.spawn(async move { door.perform(origin, yes(row.id)).await });
    }
    assert_eq!(answers.len(), 100);
    let mut won = 0;
    for answer in answers.join_all().await {
        match answer {
            Ok(_) => won += 1,
            Err(OpError::Refused(Refusal::AlreadyAnswered)) => {}
            Err(err) => panic!("{err:?}"),
        }
    }
    assert_eq!((won, accepted(&world, garden).await), (20, 20_000));
    assert_eq!(world.listing(need).await.state, State::Fulfilled);
    assert!(waiting(&world, garden).await.is_empty(), "the others were turned down with a reason");
}

async fn of_two_answers_for_the_last_item_one_wins(world: World) {
    let (garden, ada, _) = garden(&world).await;
    let ladder = world.offer(garden, ada, "A ladder").await;
    for handle in ["bob@b.example", "cho@b.example"] {
        let somebody = world.remote_person(handle).await;
        world.done(world.fetched_from(somebody).await, theirs(somebody, 1, ladder, "1")).await;
    }
    let mut answers = JoinSet::new();
    for row in waiting(&world, garden).await {
        let (door, origin) = (world.door.clone(), world.local(ada));
        answers.spawn(async move { door.perform(origin, yes(row.id)).await });
    }
    let ends = answers.join_all().await;
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
    assert_eq!(ends.len(), 2);
}

async fn a_hundred_deliveries_of_one_offer_are_one_offer(world: World) {
    let (garden, _, need) = garden(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let offer = theirs(bob, 1, need, "8");
    let origin = world.inbox_of(bob, &offer.offer_id).await;
    let mut deliveries = JoinSet::new();
    for _ in 0..100 {
        let (door, origin, offer) = (world.door.clone(), origin.clone(), offer.clone());
        deliveries.spawn(async move { door.perform(origin, offer).await });
    }
    let ends = deliveries.join_all().await;
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
    assert!(ends.iter().all(|end| matches!(end, Ok(_) | Err(OpError::AlreadyDone))), "{ends:?}");
    assert_eq!(waiting(&world, garden).await.len(), 1);
}
