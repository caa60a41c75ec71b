//! What is asked for by many at once is answered from memory, and never with what is old or private. How many a
//! second a machine answers is for benchmarks to say (DLV-17): here no query is made, which is the other half.

use db::pool::{Loan, Sizes};
use domain::listings::Purpose;
use ops::{
    Bell, Door,
    collectives::EditCollective,
    listings::{MoveListing, Step},
    replies::{DeleteReply, EditReply},
};
use testkit::World;

use super::negotiation::LEMMY;
use crate::scene::Scene;

testkit::both_engines!(
    what_was_asked_for_once_is_answered_without_the_database,
    what_changes_is_new_at_once,
    what_is_deleted_is_gone_at_once,
    dialects_are_kept_apart,
    what_is_private_is_never_kept,
    where_everybody_must_sign_nothing_is_kept,
    what_another_process_changes_is_new_within_a_second,
);

/// So many connections read in the world of a test.
const READERS: usize = 4;

/// Holds every connection that reads: whoever needs one now waits in vain.
async fn without_database(scene: &Scene) -> Vec<Loan> {
    let reader = scene.world.reader.clone();
    let hold = move || (0..READERS).map(|_| reader.get().unwrap()).collect();
    tokio::task::spawn_blocking(hold).await.unwrap()
}

async fn what_was_asked_for_once_is_answered_without_the_database(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let reply = scene.world.answer(need, scene.ada, "me").await;
    let paths = [
        "/".to_owned(),
        "/c/garden".to_owned(),
        "/c/garden/voice".to_owned(),
        "/u/ada".to_owned(),
        format!("/listings/{need}"),
        format!("/listings/{need}/proposal"),
        format!("/listings/{need}/replies"),
        format!("/replies/{reply}"),
    ];
    let mut first = Vec::new();
    for path in &paths {
        scene.ask_from(path, LEMMY).await.is(200);
        first.push(scene.get(path).await.is(200));
    }
    let held = without_database(&scene).await;
    for (path, first) in paths.iter().zip(&first) {
        let again = scene.get(path).await.is(200);
        assert_eq!(again.text, first.text, "DLV-17 {path}");
        for name in ["content-type", "vary", "cache-control"] {
            assert_eq!(again.header(name), first.header(name), "DLV-17 {path}");
        }
        scene.ask_from(path, LEMMY).await.is(200);
        let stranger = "Mastodon/4.6 (http.rb/5; +https://another.example/)";
        scene.ask_from(path, stranger).await.is(200);
        scene.ask_as(&scene.bob, path, path).await.is(200);
    }
    drop(held);
}

async fn what_changes_is_new_at_once(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let reply = scene.world.answer(need, scene.ada, "me").await;
    let path = format!("/replies/{reply}");
    assert!(scene.get(&path).await.is(200).text.contains("me"));
    let edit = EditReply { reply, text: "you".to_owned() };
    scene.world.done(scene.world.local(scene.ada), edit).await;
    assert!(scene.get(&path).await.is(200).text.contains("you"), "DLV-17");
    scene.get("/c/garden").await.is(200);
    let profile = scene.world.profile("The garden");
    let edit = EditCollective { collective: scene.garden, profile, version: None };
    scene.world.done(scene.world.local(scene.ada), edit).await;
    assert_eq!(scene.get("/c/garden").await.is(200).json["name"], "The garden", "DLV-17");
}

async fn what_is_deleted_is_gone_at_once(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let reply = scene.world.answer(need, scene.ada, "me").await;
    let path = format!("/replies/{reply}");
    scene.get(&path).await.is(200);
    scene.world.done(scene.world.local(scene.ada), DeleteReply { reply }).await;
    let gone = scene.get(&path).await.is(410);
    let held = without_database(&scene).await;
    let again = scene.get(&path).await.is(410);
    assert_eq!((again.text, &again.json["type"]), (gone.text, &"Tombstone".into()), "DLV-17");
    drop(held);
}

async fn dialects_are_kept_apart(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let path = format!("/listings/{need}");
    for _ in 0..2 {
        assert_eq!(scene.get(&path).await.json["type"], "Note", "DLV-17");
        assert_eq!(scene.ask_from(&path, LEMMY).await.json["type"], "Page", "DLV-17");
    }
    assert_eq!(scene.ask_as(&scene.bob, &path, &path).await.json["type"], "Note");
    scene.speaks("b.example", "lemmy").await;
    let bob = scene.ask_as(&scene.bob, &path, &path).await;
    assert_eq!(bob.json["type"], "Page", "DLV-17: what a host speaks is known at once");
}

async fn what_is_private_is_never_kept(world: World) {
    let scene = Scene::new(world).await;
    let content = testkit::content(Purpose::Need, "Secret");
    let draft = scene.world.draft(scene.garden, scene.ada, content).await;
    let path = format!("/listings/{draft}");
    for _ in 0..2 {
        assert!(!scene.get(&path).await.is(404).text.contains("Secret"));
    }
    let publish = MoveListing { listing: draft, step: Step::Publish, version: None };
    scene.world.done(scene.world.local(scene.ada), publish).await;
    scene.get(&path).await.is(200);
}

async fn where_everybody_must_sign_nothing_is_kept(world: World) {
    let scene = Scene::new(world).await.shy();
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let path = format!("/listings/{need}");
    scene.meet(&scene.bob).await;
    scene.ask_as(&scene.bob, &path, &path).await.is(200);
    scene.get(&path).await.is(401);
    let key = scene.get("/c/garden").await.is(200);
    let whole = scene.ask_as(&scene.bob, "/c/garden", "/c/garden").await.is(200);
    assert!(key.json.get("name").is_none() && whole.json.get("name").is_some(), "DLV-17");
    assert!(scene.get("/c/garden").await.is(200).json.get("name").is_none(), "DLV-17");
}

async fn what_another_process_changes_is_new_within_a_second(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let reply = scene.world.answer(need, scene.ada, "me").await;
    let path = format!("/replies/{reply}");
    scene.get(&path).await.is(200);
    let (_, writer) =
        db::pool::open(scene.world.address(), Sizes { readers: 1, writers: 1 }).unwrap();
    let clock = std::sync::Arc::<testkit::FixedClock>::clone(&scene.world.clock);
    let other = Door::new(writer, clock, scene.world.site.clone(), Bell::default());
    let edit = EditReply { reply, text: "you".to_owned() };
    other.perform(scene.world.local(scene.ada), edit).await.unwrap();
    assert!(scene.get(&path).await.is(200).text.contains("me"), "as it was a moment ago");
    scene.world.clock.advance(1);
    assert!(scene.get(&path).await.is(200).text.contains("you"), "DLV-17");
}
