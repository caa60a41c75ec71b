//! How much one message makes us ask.

use serde_json::{Value, json};
use testkit::World;

use crate::{
    letter::Letter,
    peer::{Page, Peer},
    scene::Scene,
    words::{act, create, follow, note, with},
};

testkit::both_engines!(
    nobody_makes_us_ask_thousands,
    a_thread_without_an_end_is_not_climbed,
    one_who_is_not_known_costs_few_questions,
);

async fn nobody_makes_us_ask_thousands(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let c = Peer::named(&scene.net, "c.example").await;
    let mention = |number: usize| json!({ "type": "Mention", "href": c.at(&format!("/u/x{number}")), "name": "@x" });
    let tags: Vec<Value> = (0..5_000).map(mention).collect();
    let to: Vec<Value> = (0..900).map(|number| json!(c.at(&format!("/u/y{number}")))).collect();
    let said = with(note(&scene.bob, "1", &scene.group(), "hello all"), "tag", tags);
    let said = with(
        with(said, "to", to.clone()),
        "attachment",
        json!({
            "type": "Image",
            "url": c.at("/image.png"),
        }),
    );
    let mut said = create(&scene.bob, &said);
    said["to"] = json!(to);
    scene.deliver(&scene.bob, &said).await;
    assert!(c.asked().is_empty() && scene.b.asked().is_empty(), "FET-19, FET-21");
}

async fn a_thread_without_an_end_is_not_climbed(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let eve = scene.b.person("eve", 5);
    for number in 0..100 {
        let parent = format!("{}/notes/{}", eve.id, number + 1);
        let said = note(&eve, &number.to_string(), &parent, "and so on");
        let said = with(
            said,
            "replies",
            json!({
                "type": "Collection",
                "first": { "items": (0..50).map(|n| format!("{}/r/{n}", eve.id)).collect::<Vec<_>>() },
            }),
        );
        scene.b.put(&format!("/u/eve/notes/{number}"), Page::Document(said));
    }
    let answer = note(&scene.bob, "1", &format!("{}/notes/0", eve.id), "look, garden");
    scene.b.asked();
    scene.deliver(&scene.bob, &create(&scene.bob, &answer)).await;
    let asked = scene.b.asked();
    assert!(asked.len() <= 20, "FET-17: {} questions: {asked:?}", asked.len());
}

async fn one_who_is_not_known_costs_few_questions(world: World) {
    let scene = Scene::new(world).await;
    let c = Peer::named(&scene.net, "c.example").await;
    let eve = c.person("eve", 5);
    eve.change(|document| {
        document["icon"] = json!({ "type": "Image", "url": c.at("/i.png") });
        document["featured"] = json!(c.at("/featured"));
    });
    // Not signed by her: whoever writes this makes us ask her server, and no more than this.
    let forged = follow(&eve, "1", &scene.group());
    let letter = Letter::new(&scene.bob, &forged, scene.world.now());
    let key = format!("keyId=\"{}\",algorithm=\"rsa-sha256\"", eve.key_id);
    let letter = letter.signed(&scene.bob.pair, &key, "(request-target) host date digest");
    for _ in 0..20 {
        scene.send(letter.clone()).await.is(401);
        scene.settle().await;
    }
    let asked = c.asked();
    assert!(asked.len() <= 4, "FET-21: {asked:?}");
    scene.b.asked();
    for number in 0..10 {
        let thing = act(&scene.bob, "Like", &number.to_string(), c.at("/notes/1"));
        scene.deliver(&scene.bob, &thing).await;
    }
    assert!(c.asked().is_empty(), "FET-21: what is liked elsewhere is not looked at");
}
