//! The worlds that other tests are given are themselves held to what they promise.

use std::time::Duration;

use domain::{Handle, Origin, Refusal, listings::Purpose, memberships::Role};
use ops::{Event, OpError, follows::AskFollow};
use testkit::{Database, Engine, World, content};

testkit::both_engines!(
    a_world_has_people_collectives_and_things,
    what_happened_is_read_once,
    a_failed_operation_leaves_nothing,
    a_clock_stands_still_until_it_is_told,
);

async fn a_world_has_people_collectives_and_things(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.member(garden, "bea", Role::Delegate).await;
    let need = world.need(garden, bea, "20 chairs").await;
    let bob = world.remote_person("bob@b.example").await;
    let mill = world.remote_collective("mill@b.example").await;

    assert_eq!(world.listing(need).await.author_id, Some(bea));
    assert_eq!(world.actor(bob).await.ap_id, "https://b.example/users/bob");
    assert_eq!(world.actor(mill).await.address(), "@mill@b.example");
    let [bobs, mills] =
        ["users/bob", "groups/mill"].map(|path| format!("https://b.example/{path}"));
    assert_ne!(world.remote_keys(&bobs).public_pem, world.remote_keys(&mills).public_pem);
    assert_eq!(world.token(ada, "read").await.len(), 64);
}

async fn what_happened_is_read_once(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    world.draft(garden, ada, content(Purpose::Offer, "A ladder")).await;
    assert_eq!(world.events().await, [Event::listing_published(need)]);
    assert_eq!(world.events().await, []);
    assert_eq!(world.audit().await, ["create_collective https://a.example/c/garden"]);
    world.remote_person("bob@b.example").await;
    let jobs = world.jobs().await;
    assert_eq!(jobs.iter().map(|job| job.name.as_str()).collect::<Vec<_>>(), ["b.example"]);
    assert!(world.jobs().await.is_empty());
    assert!(world.deliveries().await.is_empty());
}

async fn a_failed_operation_leaves_nothing(world: World) {
    let ada = world.person("ada").await;
    let operation = AskFollow { followed: ada.actor() };
    assert_eq!(world.refused(world.local(ada), operation).await, Refusal::FollowsItself);

    let before = world.rows().await;
    world.person("bea").await;
    assert_eq!(before.changed(&world.rows().await), ["accounts", "actors", "keys", "searchable"]);
    let taken = world.failed(Origin::server(), world.new_account("ada")).await;
    assert!(matches!(taken, OpError::Invalid(_)), "{taken:?}");
    assert_eq!(world.rows().await.count("accounts"), 2);
}

async fn a_clock_stands_still_until_it_is_told(world: World) {
    let before = world.now();
    assert_eq!(before.wire(), "2026-03-01T10:00:00Z");
    tokio::time::sleep(Duration::from_millis(2)).await;
    assert_eq!(world.now(), before);
    world.clock.advance(90);
    assert_eq!(world.door.now().wire(), "2026-03-01T10:01:30Z");
}

#[test]
fn many_tests_may_begin_at_once() {
    if !testkit::postgres_is_here() {
        return;
    }
    let begin = || {
        let database = Database::migrated(Engine::Postgres);
        let (_, writer) = database.open();
        db::migrations::status(&writer).unwrap().pending.len()
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(begin)).collect();
        assert!(threads.into_iter().all(|it| it.join().unwrap() == 0));
    });
}

#[test]
fn a_world_cannot_be_told_apart_from_another() {
    let read = |engine| {
        let mut name = None;
        testkit::on(engine, async |world: World| {
            let ada = world.person("ada").await;
            assert_eq!(
                Handle::parse("ada").unwrap().as_str(),
                world.actor(ada.actor()).await.handle
            );
            name = Some(world.actor(ada.actor()).await.ap_id);
        });
        name
    };
    let sqlite = read(Engine::Sqlite);
    assert_eq!(sqlite.as_deref(), Some("https://a.example/u/ada"));
    if testkit::postgres_is_here() {
        assert_eq!(read(Engine::Postgres), sqlite);
    }
}
