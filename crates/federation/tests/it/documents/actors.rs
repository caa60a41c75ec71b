//! Our actors as others fetch them.

use testkit::World;

use crate::{scene::Scene, shown::shown};

testkit::both_engines!(
    every_kind_of_actor_has_its_document,
    an_actor_is_where_its_handle_says_and_nowhere_else,
);

async fn every_kind_of_actor_has_its_document(world: World) {
    let scene = Scene::new(world).await;
    for (name, path) in [
        ("instance", "/"),
        ("group", "/c/garden"),
        ("voice", "/c/garden/voice"),
        ("person", "/u/ada"),
    ] {
        let answer = scene.get(path).await.is(200);
        assert_eq!(answer.header("content-type"), "application/activity+json");
        let document = answer.json;
        assert_eq!(document["id"], format!("https://a.example{path}"));
        assert_eq!(document["endpoints"]["sharedInbox"], "https://a.example/inbox", "{name}");
        assert!(
            document["@context"].to_string().contains("\"https://www.w3.org/ns/activitystreams\"")
        );
        assert!(document["publicKey"].is_object(), "one key, not a list");
        assert_eq!(document["publicKey"]["owner"], document["id"]);
        assert!(document["type"].is_string());
        for secret in ["mail.example", "PRIVATE", "password"] {
            assert!(!answer.text.contains(secret), "PRV-08 {name}");
        }
        insta::assert_snapshot!(name, shown(&document));
    }
    let voice = scene.get("/c/garden/voice").await.json;
    assert_eq!(voice["inbox"], "https://a.example/c/garden/inbox", "answers go to the collective");
    let careful = scene.world.careful_collective("kitchen", scene.ada).await;
    assert_eq!(scene.world.actor(careful.actor()).await.handle, "kitchen");
    assert_eq!(scene.get("/c/kitchen").await.json["manuallyApprovesFollowers"], true);
}

async fn an_actor_is_where_its_handle_says_and_nowhere_else(world: World) {
    let scene = Scene::new(world).await;
    for path in [
        "/c/nobody",
        "/c/GARDEN",
        "/c/Garden/voice",
        "/c/ada",
        "/u/garden",
        "/u/ADA",
        "/u/a.example",
        "/u/garden.voice",
        "/c/nobody/voice",
        "/c/garden%00",
        "/u/nobody/outbox",
        "/c/ada/followers",
    ] {
        let answer = scene.get(path).await.is(404);
        assert!(answer.json["error"].is_string(), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}
