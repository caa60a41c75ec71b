//! From a handle or an address to an actor, and what software this is.

use serde_json::json;
use testkit::World;

use crate::{scene::Scene, shown::shown};

testkit::both_engines!(
    everybody_here_is_found_by_webfinger,
    who_is_not_here_is_not_found,
    a_question_that_is_none_is_answered_so,
    a_name_that_is_gone_stays_gone,
    host_meta_leads_to_webfinger,
    nodeinfo_tells_what_software_this_is,
);

async fn finger(scene: &Scene, resource: &str) -> crate::scene::Answer {
    let query: String = url::form_urlencoded::byte_serialize(resource.as_bytes()).collect();
    let answer = scene.ask(&format!("/.well-known/webfinger?resource={query}"), None).await;
    let kind = if answer.status == 200 { "application/jrd+json" } else { "application/json" };
    assert_eq!(answer.header("content-type"), kind, "{resource}");
    assert_eq!(answer.header("access-control-allow-origin"), "*", "{resource}");
    answer
}

async fn everybody_here_is_found_by_webfinger(world: World) {
    let scene = Scene::new(world).await;
    for (resource, handle, id) in [
        ("acct:garden@a.example", "garden", "c/garden"),
        ("acct:GARDEN@a.example", "garden", "c/garden"),
        ("acct:garden@A.EXAMPLE", "garden", "c/garden"),
        ("acct:@garden@a.example", "garden", "c/garden"),
        ("https://a.example/c/garden", "garden", "c/garden"),
        ("acct:ada@a.example", "ada", "u/ada"),
        ("https://a.example/u/ada", "ada", "u/ada"),
        ("acct:garden.voice@a.example", "garden.voice", "c/garden/voice"),
        ("https://a.example/c/garden/voice", "garden.voice", "c/garden/voice"),
        ("acct:a.example@a.example", "a.example", ""),
        ("https://a.example/", "a.example", ""),
        ("https://a.example", "a.example", ""),
    ] {
        let answer = finger(&scene, resource).await.is(200);
        assert_eq!(answer.json["subject"], format!("acct:{handle}@a.example"), "{resource}");
        let own = &answer.json["links"][0];
        assert_eq!(own["rel"], "self");
        assert_eq!(own["type"], "application/activity+json");
        assert_eq!(own["href"], format!("https://a.example/{id}"), "{resource}");
        let document = scene.get(&format!("/{id}")).await.json;
        assert_eq!(document["id"], own["href"], "there and back");
        assert_eq!(document["preferredUsername"], handle);
    }
    let answer = finger(&scene, "acct:garden@a.example").await;
    insta::assert_snapshot!("webfinger", shown(&answer.json));
}

async fn who_is_not_here_is_not_found(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    for resource in [
        "acct:nobody@a.example",
        "acct:bob@b.example",
        "acct:garden@b.example",
        "acct:bob@a.example",
        "https://a.example/c/nobody",
        "https://a.example/c/GARDEN",
        "https://a.example/../admin",
        "http://a.example/c/garden",
        "http://b.example/u/bob",
        "https://a.example:8443/c/garden",
        "mailto:garden@a.example",
        "urn:isbn:9780141036144",
    ] {
        finger(&scene, resource).await.is(404);
    }
}

async fn a_question_that_is_none_is_answered_so(world: World) {
    let scene = Scene::new(world).await;
    let long = format!("acct:{}@a.example", "x".repeat(32 * 1024));
    for resource in [
        "",
        "garden",
        "acct:garden",
        "acct:@a.example",
        "acct:garden@",
        "acct:a b@a.example",
        "acct:ga\r\nrden@a.example",
        "acct:ga\0rden@a.example",
        &long,
    ] {
        finger(&scene, resource).await.is(400);
    }
    for query in
        ["", "?x=1", "?resource", "?resource=acct:garden@a.example&resource=x", "?rel=self"]
    {
        let answer = scene.ask(&format!("/.well-known/webfinger{query}"), None).await.is(400);
        assert_eq!(answer.header("content-type"), "application/json", "PAR-11 {query}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
    let both = "/.well-known/webfinger?rel=self&resource=acct%3Agarden%40a.example";
    scene.ask(both, Some("application/json")).await.is(200);
}

async fn a_name_that_is_gone_stays_gone(world: World) {
    let scene = Scene::new(world).await;
    scene.bury(scene.garden.actor()).await;
    finger(&scene, "acct:garden@a.example").await.is(410);
    let answer = scene.get("/c/garden").await.is(410);
    assert_eq!(answer.json["type"], "Tombstone");
    assert_eq!(answer.json["formerType"], "Group");
    scene.get("/c/garden/outbox").await.is(404);
}

async fn host_meta_leads_to_webfinger(world: World) {
    let scene = Scene::new(world).await;
    let answer = scene.ask("/.well-known/host-meta", None).await.is(200);
    assert_eq!(answer.header("content-type"), "application/xrd+xml");
    let template = "template=\"https://a.example/.well-known/webfinger?resource={uri}\"";
    assert!(answer.text.contains(template), "{}", answer.text);
}

async fn nodeinfo_tells_what_software_this_is(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.world.answer(need, scene.ada, "me").await;
    let links = scene.ask("/.well-known/nodeinfo", None).await.is(200).json;
    for link in links["links"].as_array().unwrap() {
        let href = link["href"].as_str().unwrap();
        let path = href.strip_prefix("https://a.example").unwrap();
        let accept = path.starts_with("/nodeinfo").then_some("application/json");
        scene.ask(path, accept.or(Some("application/activity+json"))).await.is(200);
    }
    let old = scene.ask("/nodeinfo/2.0", None).await.is(200);
    assert!(old.header("content-type").contains("schema/2.0#"));
    assert_eq!(old.header("access-control-allow-origin"), "*");
    assert!(old.json["software"].get("repository").is_none(), "2.0 does not know it");
    let new = scene.ask("/nodeinfo/2.1", None).await.is(200);
    assert!(new.json["software"]["repository"].is_string());
    assert_eq!(new.json["software"]["name"], "tequio");
    assert_eq!(new.json["protocols"], json!(["activitypub"]));
    assert_eq!(new.json["usage"]["localPosts"], 1);
    assert!(!new.text.contains("mail.example"), "PRV-08");
    insta::assert_snapshot!("nodeinfo", shown(&new.json));
    for mode in domain::sign_ups::SignUpMode::ALL {
        scene.world.door_is(*mode).await;
        let open = scene.ask("/nodeinfo/2.1", None).await.is(200).json["openRegistrations"].clone();
        assert_eq!(open, *mode == domain::sign_ups::SignUpMode::Open, "{mode:?}");
    }
}
