//! The browsers that somebody is signed in with.

use domain::{AccountId, Origin};
use ops::{
    OpError, secrets,
    sessions::{EndOtherSessions, EndSession, NoteSessionUse},
};
use testkit::World;

testkit::both_engines!(
    they_have_names_and_are_ended_one_by_one,
    all_others_are_ended_at_once,
    nobody_ends_those_of_another,
    their_last_use_is_noted,
);

async fn of(world: &World, account: AccountId) -> Vec<db::sessions::SessionRow> {
    let now = world.now();
    world.read(move |conn| db::sessions::page(conn, account, now, None, 50)).await
}

async fn they_have_names_and_are_ended_one_by_one(world: World) {
    let ada = world.person("ada").await;
    let account = world.account(ada).await.id;
    let (first, _) = world.session(ada).await;
    world.clock.advance(60);
    let (second, _) = world.session(ada).await;
    let rows = of(&world, account).await;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].digest, secrets::digest(&second), "the newest first");
    assert_eq!(rows[0].name, "Firefox on Linux");
    assert_eq!((rows[0].created_at, rows[0].used_at), (world.now(), Some(world.now())));
    world.done(world.local(ada), EndSession { id: rows[0].id }).await;
    let left = of(&world, account).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].digest, secrets::digest(&first));
    world.clock.advance(31 * 86_400);
    assert!(of(&world, account).await.is_empty(), "they end by themselves");
}

async fn all_others_are_ended_at_once(world: World) {
    let ada = world.person("ada").await;
    let bea = world.person("bea").await;
    world.session(bea).await;
    for _ in 0..3 {
        world.session(ada).await;
    }
    let (kept, _) = world.session(ada).await;
    let keep = secrets::digest(&kept);
    world.done(world.local(ada), EndOtherSessions { keep: keep.clone() }).await;
    let account = world.account(ada).await.id;
    let rows = of(&world, account).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].digest, keep);
    world.done(world.local(ada), EndOtherSessions { keep: Vec::new() }).await;
    assert!(of(&world, account).await.is_empty());
    assert_eq!(world.rows().await.count("sessions"), 1, "that of another stays");
}

async fn nobody_ends_those_of_another(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    world.session(ada).await;
    let account = world.account(ada).await.id;
    let id = of(&world, account).await[0].id;
    let failure = world.failed(world.local(eve), EndSession { id }).await;
    assert!(matches!(failure, OpError::NotFound("session")), "API-02: {failure:?}");
}

async fn their_last_use_is_noted(world: World) {
    let ada = world.person("ada").await;
    let (secret, _) = world.session(ada).await;
    let digest = secrets::digest(&secret);
    world.clock.advance(7_200);
    world.done(Origin::server(), NoteSessionUse { digest: digest.clone() }).await;
    let used = world.read(move |conn| db::sessions::used_at(conn, &digest)).await;
    assert_eq!(used, Some(world.now()));
}
