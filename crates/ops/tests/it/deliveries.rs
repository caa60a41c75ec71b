//! What admins do about letters that wait, and what is forgotten after it was sent.

use db::activities::ActivityRow;
use domain::{ActivityId, ListingId, Origin};
use ops::{
    console::work::RetryLost,
    deliveries::{DropDeliveries, PauseDeliveries, ResumeDeliveries, RetryDeliveries},
    queues::{Letter, Sent},
};
use testkit::World;

testkit::both_engines!(
    admins_see_the_queues_and_what_they_do_is_on_record,
    what_was_sent_is_forgotten_when_nobody_needs_it,
    what_was_said_of_a_deleted_thing_is_not_to_be_read,
    what_was_given_up_is_tried_again_unless_more_was_said_since,
);

fn letter(world: &World, id: ActivityId, sender: domain::ActorId, kind: &str) -> Letter {
    let activity = ActivityRow {
        id,
        actor_id: sender,
        kind: kind.to_owned(),
        public: true,
        body: "{}".to_owned(),
        created_at: world.now(),
        key_id: None,
        lane: vec![7; 16],
    };
    let to = vec![("https://b.example/inbox".to_owned(), "b.example".to_owned())];
    Letter::to(to, activity)
}

/// A collective, and a listing of it that is told by this letter and this id.
async fn told(world: &World, kind: &str, id: Option<ActivityId>) -> (ActivityId, ListingId) {
    let known = world.read(|conn| db::actors::find_local(conn, "garden")).await;
    let (garden, ada) = if let Some(garden) = known {
        (garden.id, world.steward(garden.id.collective()).await)
    } else {
        let ada = world.person("ada").await;
        (world.collective("garden", ada).await.actor(), ada)
    };
    world.events().await;
    let listing = world.need(garden.collective(), ada, "20 chairs").await;
    let now = world.now();
    let event = world.read(move |conn| db::events::due(conn, now, 1)).await[0].id;
    let id = id.unwrap_or_else(|| ActivityId::from(listing.uuid()));
    world.queues.tell(event, vec![letter(world, id, garden, kind)]).await.unwrap();
    (id, listing)
}

async fn arrive(world: &World) {
    world.queues.take_delivery_hosts(10).await.unwrap();
    loop {
        let next = world.queues.next_deliveries("b.example", 10).await.unwrap();
        let Some(row) = next.first() else { break };
        world.queues.settle(row, Sent::Arrived).await.unwrap();
    }
    world.queues.release_deliveries("b.example").await.unwrap();
}

async fn admins_see_the_queues_and_what_they_do_is_on_record(world: World) {
    let ops = || Origin::server();
    let host = || "b.example".to_owned();
    told(&world, "Create", None).await;
    told(&world, "Create", None).await;
    world.queues.take_delivery_hosts(10).await.unwrap();
    let row = world.queues.next_deliveries("b.example", 10).await.unwrap().remove(0);
    let (at, why) = (world.now().plus_seconds(600), "500 no".to_owned());
    world.queues.settle(&row, Sent::PutOff { at, why, theirs: true }).await.unwrap();
    world.queues.release_deliveries("b.example").await.unwrap();
    let queues = world.read(|conn| db::deliveries::admin::queues(conn, "", 10)).await;
    assert_eq!(queues.len(), 1, "DLV-20");
    assert_eq!((queues[0].host.as_str(), queues[0].waiting, queues[0].dead), ("b.example", 2, 0));
    assert_eq!((queues[0].oldest, queues[0].next_try), (Some(world.now()), Some(at)), "DLV-20");
    assert_eq!(queues[0].last_failure.as_deref(), Some("500 no"), "DLV-20");
    let after = world.read(|conn| db::deliveries::admin::queues(conn, "b.example", 10)).await;
    assert!(after.is_empty());

    let eve = world.person("eve").await;
    world.refused(world.local(eve), RetryDeliveries { host: host() }).await;
    world.refused(world.local(eve), DropDeliveries { host: host() }).await;
    world.refused(world.local(eve), PauseDeliveries { host: host() }).await;
    world.refused(world.local(eve), ResumeDeliveries { host: host() }).await;
    for odd in ["nobody.example", "", "b.example\0", &"x".repeat(400)] {
        let asked = RetryDeliveries { host: odd.to_owned() };
        assert!(world.door.perform(ops(), asked).await.is_err(), "{odd:?}");
    }
    assert_eq!(world.done(ops(), RetryDeliveries { host: host() }).await, 2);
    world.done(ops(), PauseDeliveries { host: host() }).await;
    world.done(ops(), PauseDeliveries { host: host() }).await;
    assert!(world.queues.take_delivery_hosts(10).await.unwrap().is_empty(), "DLV-20");
    world.done(ops(), ResumeDeliveries { host: host() }).await;
    assert_eq!(world.queues.take_delivery_hosts(10).await.unwrap(), ["b.example"], "DLV-20");
    assert_eq!(world.done(ops(), DropDeliveries { host: host() }).await, 2);
    assert!(world.deliveries().await.is_empty(), "DLV-20");
    let audit = world.audit().await;
    let audit: Vec<&str> =
        audit.iter().map(String::as_str).filter(|line| line.contains("_deliveries ")).collect();
    assert_eq!(
        audit,
        [
            "retry_deliveries b.example 2",
            "pause_deliveries b.example",
            "resume_deliveries b.example",
            "drop_deliveries b.example 2",
        ],
        "DLV-20"
    );
}

/// Everything that is on its way is refused there, and given up.
async fn give_up(world: &World) {
    world.queues.take_delivery_hosts(10).await.unwrap();
    loop {
        let next = world.queues.next_deliveries("b.example", 10).await.unwrap();
        let Some(row) = next.first() else { break };
        world.queues.settle(row, Sent::Refused("400 no".to_owned())).await.unwrap();
    }
    world.queues.release_deliveries("b.example").await.unwrap();
}

async fn what_was_given_up_is_tried_again_unless_more_was_said_since(world: World) {
    let again = |letter| RetryLost { host: "b.example".to_owned(), letter };
    let waiting = async || {
        let rows = world.deliveries().await;
        rows.iter().map(|row| row.activity_id).collect::<Vec<_>>()
    };
    let (create, _) = told(&world, "Create", None).await;
    give_up(&world).await;
    assert!(waiting().await.is_empty());
    let eve = world.person("eve").await;
    world.refused(world.local(eve), again(None)).await;
    let other = Some(world.queues.mint());
    assert_eq!(world.done(Origin::server(), again(other)).await, 0, "no such letter");
    assert_eq!(world.done(Origin::server(), again(Some(create))).await, 1);
    assert_eq!(waiting().await, [create]);
    give_up(&world).await;
    let (update, _) = told(&world, "Update", Some(world.queues.mint())).await;
    give_up(&world).await;
    assert_eq!(world.done(Origin::server(), again(None)).await, 1);
    assert_eq!(waiting().await, [update], "what was said later counts");
    give_up(&world).await;
    world.execute("UPDATE activities SET public = false");
    assert_eq!(world.done(Origin::server(), again(None)).await, 0, "what is deleted stays so");
    let audit = world.audit().await;
    assert!(audit.contains(&"retry_lost b.example 1".to_owned()), "{audit:?}");
}

async fn is_here(world: &World, id: ActivityId) -> bool {
    world.read(move |conn| db::activities::find(conn, id)).await.is_some()
}

async fn what_was_sent_is_forgotten_when_nobody_needs_it(world: World) {
    let (named, _) = told(&world, "Create", None).await;
    let (update, _) = told(&world, "Update", Some(world.queues.mint())).await;
    arrive(&world).await;
    let (waiting, _) = told(&world, "Update", Some(world.queues.mint())).await;
    let sweep = || world.queues.sweep_activities(world.now().plus_days(-7));
    world.clock.advance(7 * 86_400);
    assert_eq!(sweep().await.unwrap(), 0, "not yet");
    world.clock.advance(1);
    assert_eq!(sweep().await.unwrap(), 2);
    let here = [is_here(&world, named).await, is_here(&world, update).await];
    assert_eq!(here, [true, false], "the outbox names the Create");
    assert!(is_here(&world, waiting).await, "it is still to be sent");
    assert_eq!(sweep().await.unwrap(), 0, "what is kept is not looked at again");
}

async fn what_was_said_of_a_deleted_thing_is_not_to_be_read(world: World) {
    let (create, _) = told(&world, "Create", None).await;
    let (delete, _) = told(&world, "Delete", Some(world.queues.mint())).await;
    let public = async |id| {
        let row = world.read(move |conn| db::activities::find(conn, id)).await.unwrap();
        row.public
    };
    assert!(!public(create).await && public(delete).await);
    assert_eq!(world.deliveries().await.len(), 2, "it is sent nevertheless, in its order");
}
