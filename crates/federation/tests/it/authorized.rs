//! Authorized fetch: what is shown to those who say who they are.

use domain::{Origin, listings::Purpose};
use ops::instances::SetInstanceState;
use serde_json::Value;
use testkit::World;

use crate::{peer::Peer, scene::Scene};

testkit::both_engines!(
    strangers_see_keys_and_the_instance_and_nothing_else,
    whoever_signs_sees_what_is_public,
    a_signature_counts_for_the_whole_address,
    who_is_blocked_sees_nothing,
    private_things_are_not_there_even_for_those_who_sign,
    without_it_nobody_need_sign,
);

async fn shy(world: World) -> (Scene, String) {
    let scene = Scene::new(world).await.shy();
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    (scene, format!("/listings/{need}"))
}

async fn strangers_see_keys_and_the_instance_and_nothing_else(world: World) {
    let (scene, need) = shy(world).await;
    scene.get(&need).await.is(401);
    for end in ["replies", "proposal", "create", "announce"] {
        scene.get(&format!("{need}/{end}")).await.is(401);
    }
    for path in ["/c/garden/outbox", "/c/garden/featured", "/c/garden/followers", "/u/ada/outbox"] {
        scene.get(path).await.is(401);
        scene.ask(path, None).await.is(401);
    }
    for path in ["/c/garden", "/c/garden/voice", "/u/ada"] {
        let actor = scene.get(path).await.is(200).json;
        assert!(actor["publicKey"]["publicKeyPem"].is_string(), "{path}");
        assert!(actor["inbox"].is_string(), "{path}");
        for private in ["name", "summary", "featured", "attributedTo", "published", "attachment"] {
            assert_eq!(actor[private], Value::Null, "{path} {private}");
        }
    }
    let instance = scene.get("/").await.is(200).json;
    assert!(instance["name"].is_string(), "the instance actor is whole: Lemmy and we need it");
    scene.get("/.well-known/webfinger?resource=acct:garden@a.example").await.is(200);
    scene.get("/.well-known/nodeinfo").await.is(200);
}

async fn whoever_signs_sees_what_is_public(world: World) {
    let (scene, need) = shy(world).await;
    for path in [need.as_str(), "/c/garden", "/c/garden/outbox", "/c/garden/featured"] {
        let shown = scene.ask_as(&scene.bob, path, path).await.is(200);
        assert!(shown.header("vary").contains("Signature"), "{path}");
        assert!(shown.header("cache-control").contains("private"), "PRV-02 {path}");
    }
    let garden = scene.ask_as(&scene.bob, "/c/garden", "/c/garden").await.json;
    assert!(garden["featured"].is_string());
}

async fn a_signature_counts_for_the_whole_address(world: World) {
    let (scene, need) = shy(world).await;
    for (signed, asked) in [
        (need.clone(), format!("{need}?page=1")),
        (format!("{need}?page=1"), need.clone()),
        ("/c/garden/outbox".to_owned(), need.clone()),
    ] {
        let answer = scene.ask_as(&scene.bob, &signed, &asked).await;
        assert_eq!(answer.status, 401, "SIG-28: {signed} for {asked}");
    }
    let whole = format!("{need}?page=1");
    scene.ask_as(&scene.bob, &whole, &whole).await.is(200);
}

async fn who_is_blocked_sees_nothing(world: World) {
    let (scene, need) = shy(world).await;
    let eve = Peer::named(&scene.net, "evil.example").await.person("eve", 4);
    scene.ask_as(&eve, &need, &need).await.is(200);
    let evil = SetInstanceState { host: "evil.example".to_owned(), suspended: true };
    scene.world.done(Origin::server(), evil).await;
    scene.ask_as(&eve, &need, &need).await.is(403);
    scene.ask_as(&eve, "/c/garden", "/c/garden").await.is(403);
}

async fn private_things_are_not_there_even_for_those_who_sign(world: World) {
    let (scene, _) = shy(world).await;
    let draft =
        scene.world.draft(scene.garden, scene.ada, testkit::content(Purpose::Need, "later")).await;
    let path = format!("/listings/{draft}");
    scene.ask_as(&scene.bob, &path, &path).await.is(404);
    scene.get(&path).await.is(401);
}

async fn without_it_nobody_need_sign(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.get(&format!("/listings/{need}")).await.is(200);
    scene.get("/c/garden/outbox").await.is(200);
}
