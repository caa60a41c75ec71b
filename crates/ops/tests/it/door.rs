//! The door: everything or nothing, once, and from nobody who is blocked.

use domain::{Origin, Refusal, Way};
use ops::{
    Event, Op, OpError, Operation, Result,
    follows::{AskFollow, RecordFollow, RecordUnfollow},
};
use testkit::World;

testkit::both_engines!(
    an_activity_takes_effect_once,
    an_activity_that_comes_many_times_at_once_takes_effect_once,
    a_refusal_does_not_consume_the_activity,
    what_fails_half_way_leaves_nothing,
    what_panics_leaves_nothing_and_the_door_stays_open,
    an_operation_sees_one_moment,
    ids_are_ordered_by_time,
    every_event_is_kept_until_it_is_told,
);

/// Emits an event, leaves a job and a line in the audit log, and then ends as it is told.
#[derive(Clone, Debug)]
struct Try(End);

#[derive(Clone, Copy, Debug)]
enum End {
    Refused,
    Panicking,
}

impl Operation for Try {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let id = op.mint();
        op.emit(&Event::actor_changed(id))?;
        op.job("meet_instance", "b.example", &serde_json::json!({}))?;
        op.audit(None, "tried", "", "")?;
        match self.0 {
            End::Refused => Err(Refusal::NotAllowed.into()),
            End::Panicking => panic!("as expected by this test"),
        }
    }
}

async fn follow(world: &World) -> (Origin, RecordFollow) {
    let ada = world.person("ada").await;
    let followed = world.collective("garden", ada).await.actor();
    let follower = world.remote_person("bob@b.example").await;
    let ap_id = "https://b.example/follows/1".to_owned();
    let origin = world.inbox_of(follower, &ap_id).await;
    (origin, RecordFollow { ap_id, follower, followed })
}

async fn an_activity_takes_effect_once(world: World) {
    let (origin, follow) = follow(&world).await;
    world.done(origin.clone(), follow.clone()).await;
    world.events().await;
    let RecordFollow { follower, followed, .. } = follow;
    let again = world.failed(origin, follow.clone()).await;
    assert!(matches!(again, OpError::AlreadyDone), "{again:?}");
    let undo = world.inbox_of(follower, "https://b.example/undos/1").await;
    world.done(undo, RecordUnfollow { follower, followed }).await;
    // Replayed after it was undone, it does not come back.
    let origin = world.inbox_of(follower, &follow.ap_id).await;
    let again = world.failed(origin, follow).await;
    assert!(matches!(again, OpError::AlreadyDone), "{again:?}");
    assert_eq!(world.events().await, []);
}

async fn an_activity_that_comes_many_times_at_once_takes_effect_once(world: World) {
    let (origin, follow) = follow(&world).await;
    let copies: Vec<_> = (0..32)
        .map(|_| {
            let (door, origin, follow) = (world.door.clone(), origin.clone(), follow.clone());
            tokio::task::spawn_blocking(move || door.perform_blocking(&origin, &follow))
        })
        .collect();
    let mut done = 0;
    for copy in copies {
        match copy.await.unwrap() {
            Ok(_) => done += 1,
            Err(OpError::AlreadyDone) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(done, 1);
    assert_eq!(world.events().await.len(), 1);
    assert_eq!(world.rows().await.count("seen_activities"), 1);
}

async fn a_refusal_does_not_consume_the_activity(world: World) {
    let (origin, follow) = follow(&world).await;
    assert_eq!(world.refused(origin.clone(), Try(End::Refused)).await, Refusal::NotAllowed);
    assert_eq!(world.rows().await.count("seen_activities"), 0);
    world.done(origin.clone(), follow.clone()).await;
    let Way::Inbox { claim, .. } = origin.way else { panic!("it came by the inbox") };
    assert!(world.read(move |conn| db::inbox::is_seen(conn, &claim)).await);
}

async fn what_fails_half_way_leaves_nothing(world: World) {
    let ada = world.person("ada").await;
    assert_eq!(world.refused(world.local(ada), Try(End::Refused)).await, Refusal::NotAllowed);
    assert_eq!(world.events().await, []);
}

async fn what_panics_leaves_nothing_and_the_door_stays_open(world: World) {
    let ada = world.person("ada").await;
    let bea = world.person("bea").await;
    // More often than there are connections: each of them must be usable afterwards.
    for _ in 0..10 {
        let failure = world.failed(world.local(ada), Try(End::Panicking)).await;
        assert!(matches!(failure, OpError::Storage(_)), "{failure:?}");
    }
    world.done(world.local(ada), AskFollow { followed: bea.actor() }).await;
}

async fn an_operation_sees_one_moment(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let actor = world.actor(garden.actor()).await;
    let lines = world.read(move |conn| db::audit::of_collective(conn, garden, 10)).await;
    assert_eq!((actor.created_at, lines[0].happened_at), (world.now(), world.now()));
    assert_eq!(lines[0].actor_id, Some(ada.actor()));
}

async fn ids_are_ordered_by_time(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mut ids = Vec::new();
    for _ in 0..20 {
        ids.push(world.need(garden, ada, "A hand").await);
    }
    assert!(ids.is_sorted());
    let filter = db::listings::Filter::default();
    let page = world.read(move |conn| db::listings::page(conn, &filter, None, 100)).await;
    let newest: Vec<_> = ids.into_iter().rev().collect();
    assert_eq!(page.iter().map(|row| row.id).collect::<Vec<_>>(), newest);
}

async fn every_event_is_kept_until_it_is_told(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let now = world.now();
    let due = async || world.read(move |conn| db::events::due(conn, now, 10)).await;
    let event = due().await[0].clone();
    assert_eq!(event.kind, "listing_published");
    assert_eq!(event.payload, format!("{{\"kind\":\"listing_published\",\"listing\":\"{need}\"}}"));
    assert_eq!(due().await.len(), 1, "looking at it does not take it");
    let later = now.plus_seconds(60);
    world.queues.put_off_event(event.id, Some(later), "no answer".to_owned()).await.unwrap();
    assert!(due().await.is_empty());
    world.clock.advance(60);
    assert_eq!(world.events().await, [Event::listing_published(need)]);
}
