//! The words of our taxonomy at their addresses.

use serde_json::Value;
use testkit::World;

use super::full;
use crate::scene::Scene;

testkit::both_engines!(every_word_that_a_listing_is_classified_by_is_somewhere);

async fn every_word_that_a_listing_is_classified_by_is_somewhere(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.publish(scene.garden, scene.ada, full(&scene.world)).await;
    let note = scene.get(&format!("/listings/{need}")).await.json;
    let words = note["publishes"]["resourceClassifiedAs"].as_array().unwrap();
    assert_eq!(words.len(), 5);
    for word in words.iter().filter_map(Value::as_str) {
        let path = &word["https://a.example".len()..];
        let concept = scene.get(path).await.is(200).json;
        assert_eq!((&concept["id"], &concept["type"]), (&word.into(), &"skos:Concept".into()));
        assert!(word.ends_with(concept["name"].as_str().unwrap()));
        let page = scene.ask(path, Some("text/html")).await.is(303);
        assert!(page.header("location").starts_with("/listings"), "{path}");
    }
    let kind = scene.ask("/taxonomy/kind/goods", Some("text/html")).await;
    assert_eq!(kind.header("location"), "/listings?kind=goods");
    for path in [
        "/taxonomy/kind/nothing",
        "/taxonomy/nothing/goods",
        "/taxonomy/state/draft",
        "/taxonomy/kind/goods%0d%0aa",
        "/taxonomy/kind/%00",
        "/taxonomy/kind/goods/more",
    ] {
        for accept in ["application/activity+json", "text/html"] {
            scene.ask(path, Some(accept)).await.is(404);
        }
    }
}
