//! Outboxes, followers, pins, and moderators.

use domain::memberships::Role;
use ops::listings::{DeleteListing, MoveListing, Step};
use serde_json::{Value, json};
use testkit::World;

use crate::{scene::Scene, words::follow};

testkit::both_engines!(
    followers_are_a_number_and_no_list,
    an_outbox_holds_the_newest_fifty_in_one_piece,
    an_outbox_that_would_be_too_long_forgets_the_oldest,
    what_is_open_is_pinned,
    the_moderators_are_the_voice_alone,
);

fn items(collection: &Value) -> &Vec<Value> {
    collection["orderedItems"].as_array().unwrap()
}

async fn followers_are_a_number_and_no_list(world: World) {
    let scene = Scene::new(world).await;
    for somebody in [&scene.bob, &scene.mallory] {
        scene.deliver(somebody, &follow(somebody, "1", &scene.group())).await;
    }
    let answer = scene.get("/c/garden/followers").await.is(200);
    assert_eq!(answer.json["totalItems"], 2);
    assert_eq!(answer.json["type"], "Collection");
    assert_eq!(answer.json["items"], json!([]), "Lemmy reads no other form");
    assert!(!answer.text.contains("bob") && !answer.text.contains("b.example"), "PRV-11");
    for path in ["/u/ada/followers", "/u/ada/following", "/c/garden/following"] {
        assert_eq!(scene.get(path).await.is(200).json["totalItems"], 0, "{path}");
    }
}

async fn an_outbox_holds_the_newest_fifty_in_one_piece(world: World) {
    let scene = Scene::new(world).await;
    let mut last = None;
    for number in 0..55 {
        last = Some(scene.world.need(scene.garden, scene.ada, &format!("{number} chairs")).await);
    }
    let last = last.unwrap();
    let draft = testkit::content(domain::listings::Purpose::Need, "secret plans");
    scene.world.draft(scene.garden, scene.ada, draft).await;
    scene.settle().await;
    let answer = scene.get("/c/garden/outbox").await.is(200);
    let items = items(&answer.json);
    assert_eq!(items.len(), 50);
    assert_eq!(answer.json["type"], "OrderedCollection");
    assert!(answer.json["first"].is_null(), "Lemmy follows no pages");
    assert_eq!(items[0]["object"]["id"], format!("https://a.example/listings/{last}"));
    assert_eq!(items[0]["type"], "Create");
    assert!(!answer.text.contains("secret"));

    let id = items[0]["id"].as_str().unwrap();
    let sent = scene.get(&id["https://a.example".len()..]).await.is(200).json;
    assert_eq!(sent["id"], items[0]["id"], "the very activity that was sent");
    assert_eq!(sent["object"]["id"], items[0]["object"]["id"]);
    scene.world.done(scene.world.local(scene.ada), DeleteListing { listing: last }).await;
    assert!(!scene.get("/c/garden/outbox").await.text.contains(&last.to_string()));
    for path in ["/u/ada/outbox", "/c/garden/voice/outbox", "/outbox"] {
        let answer = scene.get(path).await.is(200);
        assert_eq!(answer.json["totalItems"], 0, "{path}: what members wrote is not told here");
    }
}

async fn an_outbox_that_would_be_too_long_forgets_the_oldest(world: World) {
    let scene = Scene::new(world).await;
    let mut last = None;
    for number in 0..40 {
        let content = domain::listings::Content {
            text: "word ".repeat(900),
            ..testkit::content(domain::listings::Purpose::Need, &format!("{number} chairs"))
        };
        last = Some(scene.world.publish(scene.garden, scene.ada, content).await);
    }
    for path in ["/c/garden/outbox", "/c/garden/featured"] {
        let answer = scene.ask_from(path, super::negotiation::LEMMY).await.is(200);
        assert!(answer.text.len() < super::lemmy::MOST_BYTES, "{path}: {}", answer.text.len());
        let items = super::lemmy::items(&answer.json).unwrap();
        assert!(10 < items.len() && items.len() < 40, "{path}: {}", items.len());
        assert!(items[0].to_string().contains(&last.unwrap().to_string()), "the newest is there");
    }
}

async fn what_is_open_is_pinned(world: World) {
    let scene = Scene::new(world).await;
    let (open, over) = (
        scene.world.need(scene.garden, scene.ada, "chairs").await,
        scene.world.offer(scene.garden, scene.ada, "tables").await,
    );
    let fulfil = MoveListing { listing: over, step: Step::Fulfil, version: None };
    scene.world.done(scene.world.local(scene.ada), fulfil).await;
    let featured = scene.get("/c/garden/featured").await.is(200).json;
    assert_eq!(featured["orderedItems"], json!([format!("https://a.example/listings/{open}")]));
}

async fn the_moderators_are_the_voice_alone(world: World) {
    let scene = Scene::new(world).await;
    scene.world.member(scene.garden, "grace", Role::Steward).await;
    let answer = scene.get("/c/garden/moderators").await.is(200);
    assert_eq!(answer.json["orderedItems"], json!(["https://a.example/c/garden/voice"]));
    assert!(!answer.text.contains("grace") && !answer.text.contains("ada"));
}
