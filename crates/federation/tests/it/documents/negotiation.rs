//! Who asks for ActivityPub is answered here; everybody else gets the page.

use testkit::World;

use crate::scene::Scene;

testkit::both_engines!(
    a_document_is_for_those_who_name_its_type,
    no_cache_mixes_pages_and_documents,
);

async fn a_document_is_for_those_who_name_its_type(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let ada = scene.world.answer(need, scene.ada, "me").await;
    let paths = [
        "/".to_owned(),
        "/c/garden".to_owned(),
        "/c/garden/voice".to_owned(),
        "/u/ada".to_owned(),
        format!("/listings/{need}"),
        format!("/replies/{ada}"),
    ];
    for path in &paths {
        for accept in [
            "application/activity+json",
            "APPLICATION/ACTIVITY+JSON",
            "application/activity+json; charset=utf-8",
            "application/ld+json",
            "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
            "application/ld+json;profile=\"https://www.w3.org/ns/activitystreams\";q=0.9",
            "application/activity+json, application/ld+json",
            "text/html;q=0.1, application/activity+json",
            "application/json, application/activity+json;q=0.8, */*;q=0.1",
        ] {
            let answer = scene.ask(path, Some(accept)).await;
            assert_eq!(answer.status, 200, "{path} {accept}");
            assert_eq!(answer.header("content-type"), "application/activity+json");
        }
        for accept in [
            Some("*/*"),
            Some("text/html"),
            Some("text/html,application/xhtml+xml,*/*;q=0.8"),
            Some("application/json"),
            Some("application/*"),
            Some("text/html, application/activity+json;q=0"),
            Some("application/activity+jsonx"),
            Some(""),
            None,
        ] {
            let answer = scene.ask(path, accept).await;
            assert_eq!(answer.status, 404, "{path} {accept:?}: left to the pages");
            assert!(!answer.header("content-type").contains("activity"));
        }
    }
}

async fn no_cache_mixes_pages_and_documents(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.settle().await;
    for path in [
        "/",
        "/c/garden",
        "/u/ada",
        "/c/garden/outbox",
        "/c/garden/followers",
        &format!("/listings/{need}"),
        &format!("/listings/{need}/proposal"),
        &format!("/listings/{need}/replies"),
        &format!("/activities/{need}"),
    ] {
        let answer = scene.get(path).await.is(200);
        let vary = answer.header("vary").to_lowercase();
        for name in ["accept", "user-agent", "signature"] {
            assert!(vary.split(", ").any(|known| known == name), "PRV-03 {path}: {vary}");
        }
        assert!(answer.header("cache-control").contains("private"), "PRV-02 {path}");
    }
}
