//! The words of our taxonomy at their addresses.

use serde_json::Value;
use testkit::World;

use super::full;
use crate::scene::Scene;

testkit::both_engines!(
    every_word_that_a_listing_is_classified_by_is_somewhere,
    all_words_stand_in_one_document_with_their_names,
);

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

async fn all_words_stand_in_one_document_with_their_names(world: World) {
    let scene = Scene::new(world).await;
    for accept in [None, Some("application/ld+json"), Some("application/activity+json")] {
        let all = scene.ask("/taxonomy", accept).await.is(200).json;
        assert_eq!(all["id"], "https://a.example/taxonomy");
        assert_eq!(all["type"], "skos:ConceptScheme");
        let tops = all["hasTopConcept"].as_array().unwrap();
        let names: Vec<&str> = tops.iter().filter_map(|top| top["name"].as_str()).collect();
        assert_eq!(names, ["kind", "category", "terms", "urgency", "state"]);
        for word in tops.iter().flat_map(|top| top["narrower"].as_array().unwrap()) {
            let path = &word["id"].as_str().unwrap()["https://a.example".len()..];
            let alone = scene.get(path).await.is(200).json;
            for field in ["id", "type", "name", "prefLabel", "inScheme", "broader"] {
                assert_eq!(alone[field], word[field], "{path}");
            }
            for language in ["en", "es", "ca", "de", "fr"] {
                assert!(word["prefLabel"][language].is_string(), "{path} {language}");
            }
        }
    }
    let page = scene.ask("/taxonomy", Some("text/html")).await.is(303);
    assert_eq!(page.header("location"), "/listings");
}
