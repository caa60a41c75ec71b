//! Where keys come from, and how often they are asked for.

use serde_json::json;
use testkit::World;

use crate::{
    letter::Letter,
    peer::{Page, Peer, Somebody},
    scene::{Scene, changed},
    words::follow,
};

testkit::both_engines!(
    a_new_key_is_fetched_once_and_its_owner_remembered,
    a_rotated_key_is_fetched_at_most_once_in_five_minutes,
    a_key_that_its_owner_does_not_list_is_refused_and_not_asked_for_again,
    a_key_is_believed_from_its_owners_own_address_alone,
    a_key_that_leads_elsewhere_is_refused,
    a_key_of_its_own_leads_to_its_owner,
    a_weak_key_is_refused,
    a_key_document_that_is_none_is_refused,
    an_actor_nobody_knew_who_is_gone_may_say_so,
    one_actor_cannot_keep_the_key_of_another_away,
);

fn letter(scene: &Scene, by: &Somebody, name: &str) -> Letter {
    scene.letter(by, &follow(by, name, &scene.group()))
}

async fn a_new_key_is_fetched_once_and_its_owner_remembered(world: World) {
    let scene = Scene::new(world).await;
    scene.send(letter(&scene, &scene.bob, "1")).await.is(202);
    let questions = scene.b.questions();
    assert_eq!(questions.len(), 1);
    let instance = scene.world.read(|conn| db::actors::find_by_ap_id(conn, "https://a.example/"));
    questions[0].verify(&scene.key_of(instance.await.unwrap().id).await);
    assert!(questions[0].header("user-agent").starts_with("Tequio"), "DLV-22");
    scene.send(letter(&scene, &scene.bob, "2")).await.is(202);
    assert!(scene.b.asked().is_empty());
    let bob = scene.meet(&scene.bob).await;
    assert_eq!(scene.world.actor(bob).await.address(), "@bob@b.example");
}

async fn a_rotated_key_is_fetched_at_most_once_in_five_minutes(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let rotated = Somebody { pair: testkit::pair(5), ..scene.bob.clone() };
    scene.bob.change(|bob| *bob = rotated.document("Person", "bob"));

    scene.world.clock.advance(301);
    scene.send(letter(&scene, &rotated, "1")).await.is(202);
    assert_eq!(scene.b.asked(), ["/u/bob"], "SIG-24");
    for number in 0..20 {
        let bad = letter(&scene, &scene.bob, &format!("old{number}"));
        scene.refused(bad, 401, "SIG-24: the old key no longer counts").await;
    }
    scene.world.clock.advance(301);
    for _ in 0..20 {
        scene.send(letter(&scene, &scene.bob, "3")).await.is(401);
    }
    assert_eq!(scene.b.asked(), ["/u/bob"], "SIG-24: asked once more, and no more");
    scene.send(letter(&scene, &rotated, "4")).await.is(202);
}

async fn a_key_that_its_owner_does_not_list_is_refused_and_not_asked_for_again(world: World) {
    let scene = Scene::new(world).await;
    let other = Somebody { key_id: format!("{}#other", scene.bob.id), ..scene.bob.clone() };
    for _ in 0..5 {
        scene.send(letter(&scene, &other, "1")).await.is(401);
    }
    assert_eq!(scene.b.asked(), ["/u/bob"], "SIG-13, SIG-25");
    scene.bob.change(|bob| bob["publicKey"]["owner"] = json!(scene.mallory.id));
    let stranger = Peer::named(&scene.net, "c.example").await.person("eve", 4);
    stranger.change(|eve| eve["publicKey"]["owner"] = json!(scene.bob.id));
    scene.send(letter(&scene, &stranger, "1")).await.is(401);
    let key_id = stranger.key_id.clone();
    let kept = scene.world.read(move |conn| db::keys::find(conn, &key_id)).await;
    assert!(kept.is_none(), "SIG-13");
}

async fn a_key_is_believed_from_its_owners_own_address_alone(world: World) {
    let scene = Scene::new(world).await;
    let forged = Somebody {
        key_id: scene.b.at("/media/7.json"),
        pair: testkit::pair(5),
        ..scene.bob.clone()
    };
    scene.b.put("/media/7.json", Page::Document(forged.document("Person", "bob")));
    scene.send(letter(&scene, &forged, "1")).await.is(401);
    scene.send(letter(&scene, &scene.bob, "2")).await.is(202);
    scene.meet_all().await;
    scene.refused(letter(&scene, &forged, "3"), 401, "SIG-15").await;
    scene.send(letter(&scene, &scene.bob, "4")).await.is(202);
}

async fn a_key_that_leads_elsewhere_is_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let evil = Peer::named(&scene.net, "evil.example").await;
    let fake =
        Somebody { key_id: scene.b.at("/redirect"), pair: testkit::pair(5), ..scene.bob.clone() };
    evil.put("/bob", Page::Document(fake.document("Person", "bob")));
    scene.b.put("/redirect", Page::Moved(evil.at("/bob")));
    let before = scene.world.rows().await;
    scene.send(letter(&scene, &fake, "1")).await.is(401);
    let elsewhere = Somebody { key_id: evil.at("/bob"), ..fake };
    scene.send(letter(&scene, &elsewhere, "2")).await.is(401);
    assert!(changed(&before, &scene.world.rows().await).is_empty(), "SIG-14, SIG-15");
}

async fn a_key_of_its_own_leads_to_its_owner(world: World) {
    let scene = Scene::new(world).await;
    let key_id = format!("{}/main-key", scene.bob.id);
    let bob = Somebody { key_id: key_id.clone(), ..scene.bob.clone() };
    let document = bob.document("Person", "bob");
    let stub = json!({
        "@context": document["@context"],
        "id": bob.id,
        "type": "Person",
        "preferredUsername": "bob",
        "publicKey": document["publicKey"],
    });
    scene.b.put("/u/bob/main-key", Page::Document(stub));
    scene.bob.change(|bob| *bob = document);
    scene.send(letter(&scene, &bob, "1")).await.is(202);
    assert_eq!(scene.b.asked(), ["/u/bob/main-key", "/u/bob"]);
}

async fn a_weak_key_is_refused(world: World) {
    let scene = Scene::new(world).await;
    let rsa = openssl::rsa::Rsa::generate(1024).unwrap();
    let public = String::from_utf8(rsa.public_key_to_pem().unwrap()).unwrap();
    let key = openssl::pkey::PKey::from_rsa(rsa).unwrap();
    let private = String::from_utf8(key.private_key_to_pem_pkcs8().unwrap()).unwrap();
    let pair = domain::people::KeyPair { public_pem: public, private_pem: private };
    let weak = Somebody { pair, ..scene.mallory.clone() };
    scene.mallory.change(|mallory| *mallory = weak.document("Person", "mallory"));
    let parameters = format!("keyId=\"{}\",algorithm=\"rsa-sha256\"", weak.key_id);
    let letter = letter(&scene, &scene.mallory, "1");
    let letter = letter.signed(&weak.pair, &parameters, "(request-target) host date digest");
    let answer = scene.send(letter).await;
    assert_eq!(answer.status, 401, "SIG-19: {}", answer.text);
}

async fn a_key_document_that_is_none_is_refused(world: World) {
    let scene = Scene::new(world).await;
    for (number, page) in [
        Page::Document(json!([])),
        Page::Document(json!({ "type": "Person" })),
        Page::Typed("application/json", scene.bob.document("Person", "bob").to_string()),
        Page::Typed("text/html", "<p>Bob</p>".to_owned()),
        Page::Typed(crate::peer::ACTIVITY, "{".repeat(100_000)),
        Page::Status(403),
        Page::Status(404),
        Page::Moved(scene.bob.id.clone()),
    ]
    .into_iter()
    .enumerate()
    {
        let handle = format!("bob{number}");
        let bob = scene.b.person(&handle, 2);
        scene.b.put(bob.path(), page);
        scene.send(letter(&scene, &bob, "1")).await.is(401);
        scene.b.asked();
        scene.send(letter(&scene, &bob, "1")).await.is(401);
        assert!(scene.b.asked().is_empty(), "{number}: asked again at once");
    }
}

async fn an_actor_nobody_knew_who_is_gone_may_say_so(world: World) {
    let scene = Scene::new(world).await;
    scene.b.put("/u/bob", Page::Status(410));
    let bob = scene.bob.id.as_str();
    let gone = crate::words::act(&scene.bob, "Delete", "1", bob);
    let before = scene.world.rows().await;
    scene.send(scene.letter(&scene.bob, &gone)).await.is(202);
    assert!(changed(&before, &scene.world.rows().await).is_empty(), "and nothing is done");
    scene.send(letter(&scene, &scene.bob, "2")).await.is(401);
}

async fn one_actor_cannot_keep_the_key_of_another_away(world: World) {
    let scene = Scene::new(world).await;
    let asked = follow(&scene.mallory, "1", &scene.group());
    scene.send(scene.letter(&scene.bob, &asked)).await.is(401);
    scene.send(letter(&scene, &scene.bob, "2")).await.is(202);
}
