//! Who asks for ActivityPub is answered here; everybody else gets the page.

use serde_json::Value;
use testkit::World;

use crate::{
    peer::ACTIVITY,
    scene::{Answer, Scene},
};

/// How Lemmy asks.
pub(super) const LEMMY: &str = "Lemmy/0.19.20; +https://lemmy.example";

testkit::both_engines!(
    a_host_that_we_know_is_spoken_to_as_we_know_it,
    a_stranger_is_judged_by_what_it_calls_itself,
    a_preview_and_a_browser_get_the_page,
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

fn signed_by(host: &str) -> String {
    format!("keyId=\"https://{host}/users/ana/main-key\",headers=\"date\",signature=\"bm8=\"")
}

async fn a_host_that_we_know_is_spoken_to_as_we_know_it(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.speaks("micro.example", "mastodon").await;
    scene.speaks("thread.example", "lemmy").await;
    let path = format!("/listings/{need}");
    for (signer, agent, want) in [
        (None, "Lemmy/0.19.20; +https://micro.example", "Note"),
        (None, "curl/8 (+https://thread.example)", "Page"),
        (Some("micro.example"), LEMMY, "Note"),
        (Some("micro.example"), "Lemmy/0.19.20; +https://thread.example", "Note"),
        (Some("thread.example"), "", "Page"),
        (Some("thread.example"), "Mastodon/4.6 (+https://micro.example/)", "Page"),
        (Some("unknown.example"), "Mastodon/4.6 (+https://thread.example/)", "Page"),
        (Some("unknown.example"), "Lemmy/0.19.20; +https://micro.example", "Note"),
        (Some("unknown.example"), LEMMY, "Page"),
        (Some("unknown.example"), "", "Note"),
    ] {
        let signature = signer.map(signed_by).unwrap_or_default();
        let mut headers = vec![("accept", ACTIVITY), ("user-agent", agent)];
        headers.extend(signer.map(|_| ("signature", signature.as_str())));
        let answer = scene.ask_with(&path, &headers).await.is(200);
        assert_eq!(answer.json["type"], want, "{signer:?} {agent}");
        assert_eq!(answer.header("vary"), "Accept, User-Agent, Signature");
        assert!(answer.header("cache-control").starts_with("private"));
    }
}

async fn a_stranger_is_judged_by_what_it_calls_itself(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    // Bob's server was met, but nobody has asked it yet what it is.
    scene.meet(&scene.bob).await;
    let path = format!("/listings/{need}");
    for (agent, want) in [
        (LEMMY, "Page"),
        ("PieFed/1.0; +https://piefed.example", "Page"),
        ("Mbin/1.8 (+https://mbin.example/agent)", "Page"),
        ("Lemmy/0.19.20; +http://b.example", "Page"),
        ("gotosocial/0.20.0 (+https://gts.example)", "Note"),
        ("Tequio/0.3.0 (+https://b.example/)", "Note"),
        ("", "Note"),
        ("\u{fe}", "Note"),
    ] {
        assert_eq!(scene.ask_from(&path, agent).await.is(200).json["type"], want, "{agent}");
    }
    let kinds = |answer: Answer| -> Value { answer.json["orderedItems"][0]["type"].clone() };
    assert_eq!(kinds(scene.ask_from("/c/garden/outbox", LEMMY).await), "Announce");
    assert_eq!(kinds(scene.get("/c/garden/outbox").await), "Create");
    assert_eq!(kinds(scene.ask_from("/c/garden/featured", LEMMY).await), "Page");
}

async fn a_preview_and_a_browser_get_the_page(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let reply = scene.world.answer(need, scene.ada, "me").await;
    let browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    for path in [format!("/listings/{need}"), format!("/replies/{reply}"), "/c/garden".to_owned()] {
        for (agent, accept) in
            [(LEMMY, "*/*"), (browser, "text/html,application/xhtml+xml,*/*;q=0.8")]
        {
            let answer = scene.ask_with(&path, &[("user-agent", agent), ("accept", accept)]).await;
            assert_eq!(answer.status, 404, "{path}: left to the pages");
            assert!(!answer.header("content-type").contains("json"), "{path}");
        }
    }
}
