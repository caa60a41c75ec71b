//! Our actors as others fetch them.

use testkit::World;

use crate::{scene::Scene, shown::shown};

testkit::both_engines!(
    every_kind_of_actor_has_its_document,
    an_actor_is_where_its_handle_says_and_nowhere_else,
    a_group_names_what_it_needs_and_offers_now,
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

async fn a_group_names_what_it_needs_and_offers_now(world: World) {
    let scene = Scene::new(world).await;
    let mut ids = Vec::new();
    for number in 0..12 {
        ids.push(scene.world.need(scene.garden, scene.ada, &format!("{number} chairs")).await);
    }
    let draft = testkit::content(domain::listings::Purpose::Need, "secret plans");
    scene.world.draft(scene.garden, scene.ada, draft).await;
    let over = ids.pop().unwrap();
    let step = ops::listings::Step::Fulfil;
    let fulfil = ops::listings::MoveListing { listing: over, step, version: None };
    scene.world.done(scene.world.local(scene.ada), fulfil).await;

    let group = scene.get("/c/garden").await;
    assert!(!group.text.contains("secret"));
    let links = group.json["attachment"].as_array().unwrap();
    assert_eq!(links.len(), 10, "FEP-0ea0");
    let newest = ids.last().unwrap();
    assert_eq!(
        links[0],
        serde_json::json!({
            "type": "Link",
            "name": "10 chairs",
            "mediaType": "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
            "href": format!("https://a.example/listings/{newest}/proposal"),
            "rel": ["payment", "https://w3id.org/valueflows/ont/vf#Proposal"],
        })
    );
    for link in links {
        let href = link["href"].as_str().unwrap();
        let proposal = scene.get(&href["https://a.example".len()..]).await.is(200).json;
        assert_eq!((&proposal["type"], &proposal["id"]), (&"Proposal".into(), &link["href"]));
        super::rules::hold("a market", super::rules::MARKETS, &proposal);
        assert!(proposal["publishes"]["resourceQuantity"]["hasUnit"].is_string(), "FEP-0837");
        for needed in ["id", "purpose", "attributedTo", "publishes", "to"] {
            assert!(!proposal[needed].is_null(), "FEP-0837 requires {needed}");
        }
    }
    let to_lemmy = scene.ask_from("/c/garden", super::negotiation::LEMMY).await.json;
    assert_eq!(to_lemmy, group.json, "actors are the same to everybody");
    assert!(scene.get("/c/garden/voice").await.json.get("attachment").is_none());
}
