//! Inboxes that are gone: a shared one is left for those behind it, and of a personal one the owner is asked.

use domain::replies::As;
use ops::{listings::DeleteListing, replies::PostReply};
use testkit::World;

use crate::{
    arrival::Arrival,
    peer::{Mood, Page, Somebody},
    scene::Scene,
    words::{create, follow, note, with},
};

testkit::both_engines!(
    a_shared_inbox_that_is_gone_is_left_for_those_behind_it,
    what_waits_behind_it_keeps_its_order,
    who_is_named_gets_it_too_and_nobody_else,
    an_owner_who_is_there_keeps_following,
    an_owner_who_is_gone_is_gone_here_too,
    an_owner_who_is_not_found_follows_no_more,
    an_owner_who_does_not_answer_is_asked_again,
);

/// Bob and Mallory follow; nobody else of their server does.
async fn followed(world: World) -> Scene {
    let scene = Scene::new(world).await;
    for somebody in [&scene.bob, &scene.mallory] {
        scene.deliver(somebody, &follow(somebody, "1", &scene.group())).await;
    }
    scene.b.arrived();
    scene
}

fn targets(arrived: &[Arrival]) -> Vec<&str> {
    arrived.iter().map(|it| it.target.as_str()).collect()
}

async fn a_shared_inbox_that_is_gone_is_left_for_those_behind_it(world: World) {
    let mut scene = followed(world).await;
    for status in [404, 410] {
        scene.b.mood("/inbox", Mood::Status(status));
        scene.world.need(scene.garden, scene.ada, "one").await;
        scene.settle().await;
        let arrived = scene.b.arrived();
        let mut alone = targets(&arrived)[1..].to_vec();
        alone.sort_unstable();
        assert_eq!(arrived[0].target, "/inbox");
        assert_eq!(alone, ["/u/bob/inbox", "/u/mallory/inbox"], "DLV-14 {status}");
        assert!(arrived.iter().all(|it| it.json() == arrived[0].json()), "it is one letter");
        scene.world.need(scene.garden, scene.ada, "two").await;
        scene.settle().await;
        assert_eq!(scene.b.arrived().len(), 2, "and the next one does not try it");
        // A day later they are asked again where they are, and share one again.
        scene.b.mood("/inbox", Mood::Status(202));
        scene.world.clock.advance(2 * 86_400);
        for (name, somebody) in [("2", &scene.bob), ("3", &scene.mallory)] {
            let name = format!("{name}-{status}");
            scene.deliver(somebody, &follow(somebody, &name, &scene.group())).await;
        }
        scene.b.arrived();
        scene.world.need(scene.garden, scene.ada, "three").await;
        scene.settle().await;
        assert_eq!(targets(&scene.b.arrived()), ["/inbox"]);
        scene = scene.restarted(|_| {});
    }
}

async fn what_waits_behind_it_keeps_its_order(world: World) {
    let scene = followed(world).await;
    scene.b.mood("/inbox", Mood::Status(404));
    let by = || scene.world.local(scene.ada);
    let mut needs = Vec::new();
    for title in ["one", "two", "three"] {
        needs.push(scene.world.need(scene.garden, scene.ada, title).await);
        scene.tell().await;
    }
    for listing in needs {
        scene.world.done(by(), DeleteListing { listing }).await;
        scene.tell().await;
    }
    scene.settle().await;
    let arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 2 * 3 * 3);
    for path in ["/u/bob/inbox", "/u/mallory/inbox"] {
        let theirs: Vec<&Arrival> = arrived.iter().filter(|it| it.target == path).collect();
        for create in theirs.iter().filter(|it| it.kind() == "Create") {
            let about = |it: &&&Arrival| it.json()["object"]["id"] == create.json()["object"]["id"];
            let kinds: Vec<String> = theirs.iter().filter(about).map(|it| it.kind()).collect();
            assert_eq!(kinds, ["Create", "Delete"], "DLV-12 {path}");
        }
        assert_eq!(theirs.len(), 6);
    }
    assert!(scene.world.deliveries().await.is_empty());
}

async fn who_is_named_gets_it_too_and_nobody_else(world: World) {
    let scene = Scene::new(world).await;
    scene.deliver(&scene.mallory, &follow(&scene.mallory, "1", &scene.group())).await;
    scene.meet_all().await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let address = scene.world.listing(need).await.ap_id;
    for (name, to, want) in [
        ("public", None, vec!["/u/bob/inbox", "/u/mallory/inbox"]),
        ("direct", Some([scene.group()]), vec!["/u/bob/inbox"]),
    ] {
        scene.b.mood("/inbox", Mood::Status(202));
        let mut said = note(&scene.bob, name, &address, "Which colour?");
        if let Some(to) = to {
            said = with(with(said, "to", to.to_vec()), "cc", Vec::<String>::new());
        }
        scene.deliver(&scene.bob, &create(&scene.bob, &said)).await;
        let id = said["id"].as_str().unwrap().to_owned();
        let parent = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await;
        scene.b.arrived();
        scene.b.mood("/inbox", Mood::Status(410));
        let answer = PostReply {
            listing: need,
            parent: parent.map(|row| row.id),
            speak: As::Voice,
            text: "Any".to_owned(),
            language: None,
        };
        scene.world.done(scene.world.local(scene.ada), answer).await;
        scene.settle().await;
        let arrived = scene.b.arrived();
        let mut alone: Vec<&str> = targets(&arrived);
        alone.retain(|target| *target != "/inbox");
        alone.sort_unstable();
        assert_eq!(alone, want, "{name}");
    }
}

/// Bob, whose inbox is his alone, and gone.
async fn bob_is_gone(world: World) -> Scene {
    let scene = Scene::new(world).await;
    scene.bob.change(|it| drop(it.as_object_mut().unwrap().remove("endpoints")));
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    scene.work().await;
    scene.b.arrived();
    scene.b.mood("/u/bob/inbox", Mood::Status(410));
    scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.settle().await;
    assert_eq!(scene.b.arrived().len(), 1);
    scene
}

async fn follows(scene: &Scene, somebody: &Somebody) -> bool {
    let id = somebody.id.clone();
    let row = scene.world.read(move |conn| db::actors::find_by_ap_id(conn, &id)).await.unwrap();
    scene.world.follow(row.id, scene.garden.actor()).await.is_some()
}

async fn an_owner_who_is_there_keeps_following(world: World) {
    let scene = bob_is_gone(world).await;
    scene.work().await;
    assert!(follows(&scene, &scene.bob).await, "DLV-04");
    scene.b.mood("/u/bob/inbox", Mood::Status(202));
    scene.world.need(scene.garden, scene.ada, "A ladder").await;
    scene.settle().await;
    assert_eq!(scene.b.arrived().len(), 1);
}

async fn an_owner_who_is_gone_is_gone_here_too(world: World) {
    let scene = bob_is_gone(world).await;
    scene.b.put("/u/bob", Page::Status(410));
    scene.work().await;
    assert!(!follows(&scene, &scene.bob).await, "DLV-04");
    let id = scene.bob.id.clone();
    let row = scene.world.read(move |conn| db::actors::find_by_ap_id(conn, &id)).await.unwrap();
    assert!(row.deleted_at.is_some());
}

async fn an_owner_who_is_not_found_follows_no_more(world: World) {
    let scene = bob_is_gone(world).await;
    scene.b.put("/u/bob", Page::Status(404));
    scene.work().await;
    assert!(!follows(&scene, &scene.bob).await, "DLV-04");
    let id = scene.bob.id.clone();
    let row = scene.world.read(move |conn| db::actors::find_by_ap_id(conn, &id)).await.unwrap();
    assert_eq!(row.deleted_at, None, "404 may be a mistake");
}

async fn an_owner_who_does_not_answer_is_asked_again(world: World) {
    let scene = bob_is_gone(world).await;
    scene.b.put("/u/bob", Page::Status(503));
    scene.work().await;
    assert!(follows(&scene, &scene.bob).await);
    scene.b.put("/u/bob", Page::Status(410));
    scene.world.clock.advance(3_600);
    scene.work().await;
    assert!(!follows(&scene, &scene.bob).await);
}
