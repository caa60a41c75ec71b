//! The table of answers: 2xx and 4xx end the matter, 503 asks for another try, 500 is none of them.

use testkit::World;

use crate::{
    letter::Letter,
    scene::Scene,
    words::{create, follow, note, with},
};

testkit::both_engines!(every_inbox_answers_as_the_table_says, an_answer_never_tells_what_broke,);

async fn every_inbox_answers_as_the_table_says(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let bob = &scene.bob;
    let body = create(bob, &note(bob, "1", &scene.group(), "hi")).to_string();
    let now = scene.world.now();
    for path in ["/inbox", "/c/garden/inbox", "/c/garden/voice/inbox", "/u/ada/inbox"] {
        let letter = || Letter::to(bob, path, body.as_bytes(), now);
        scene.refused(letter().without("signature"), 401, "no signature").await;
        scene.refused(letter().body(b"{}"), 401, "another body").await;
        scene.refused(letter().header("host", "c.example"), 421, "another server").await;
        scene.refused(letter().header("content-type", "text/html"), 415, "another type").await;
        let large = vec![b' '; 1024 * 1024 + 1];
        scene.refused(Letter::to(bob, path, &large, now), 413, "too much").await;
        scene.refused(Letter::to(bob, path, b"[]", now), 400, "no object").await;
        let theirs = with(serde_json::from_str(&body).unwrap(), "id", "https://c.example/1");
        let theirs = Letter::to(bob, path, theirs.to_string().as_bytes(), now);
        scene.refused(theirs, 403, "not theirs").await;
        scene.send(letter()).await.is(202);
        scene.settle().await;
        scene.refused(letter(), 202, "the same again").await;
    }
}

async fn an_answer_never_tells_what_broke(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let asked = follow(&scene.bob, "1", &scene.group());
    for letter in [
        scene.letter(&scene.bob, &asked).without("signature"),
        scene.letter(&scene.mallory, &asked),
        scene.letter(&scene.bob, &with(asked.clone(), "id", "x")),
        scene.letter(&scene.bob, &asked).header("host", "c.example"),
    ] {
        let answer = scene.send(letter).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.json["error"].is_string() && answer.json["code"].is_string());
        for secret in ["SELECT", "panicked", "src/", "PRIVATE"] {
            assert!(!answer.text.contains(secret), "{}", answer.text);
        }
    }
}
