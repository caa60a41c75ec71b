//! Servers whose keys cannot be had in time: their activities wait, and none of them has any effect.

use std::time::{Duration, Instant};

use testkit::World;

use crate::{
    letter::Letter,
    peer::{Page, Peer, Somebody},
    scene::Scene,
    words::follow,
};

testkit::both_engines!(
    an_activity_whose_key_hangs_is_answered_in_time_and_taken_later,
    a_forged_activity_that_waited_has_no_effect_and_keeps_no_real_one_out,
    of_two_signatures_that_waited_both_must_hold,
    two_hundred_of_a_host_may_wait_and_then_it_is_told_to_come_back,
);

/// A scene whose requests to others end soon, for what never answers is really waited for.
async fn hasty(world: World) -> Scene {
    let scene = Scene::new(world).await;
    scene.restarted(|rules| rules.timeout = Duration::from_millis(150))
}

async fn follows(scene: &Scene) -> i64 {
    let garden = scene.garden.actor();
    scene.world.read(move |conn| db::follows::count_followers(conn, garden)).await
}

/// The same server after its start, an hour later: what could not be had is asked for again.
fn later(scene: Scene) -> Scene {
    scene.world.clock.advance(3_600);
    scene.restarted(|_| {})
}

async fn an_activity_whose_key_hangs_is_answered_in_time_and_taken_later(world: World) {
    let scene = hasty(world).await;
    let document = scene.bob.document("Person", "bob");
    scene.b.put("/u/bob", Page::Silence);
    let started = Instant::now();
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    assert!(started.elapsed() < Duration::from_secs(3));
    assert_eq!(follows(&scene).await, 0, "nobody knows yet who asks");

    scene.b.put("/u/bob", Page::Document(document));
    let scene = later(scene);
    scene.settle().await;
    assert_eq!(follows(&scene).await, 1);
    assert_eq!(scene.outcomes().await[0].outcome.as_deref(), Some("done"));
}

async fn a_forged_activity_that_waited_has_no_effect_and_keeps_no_real_one_out(world: World) {
    let scene = hasty(world).await;
    let document = scene.bob.document("Person", "bob");
    scene.b.put("/u/bob", Page::Silence);
    let asked = follow(&scene.bob, "1", &scene.group());
    let forger = Somebody { pair: testkit::pair(5), ..scene.bob.clone() };
    scene.deliver(&forger, &asked).await;

    scene.b.put("/u/bob", Page::Document(document));
    let scene = later(scene);
    scene.settle().await;
    assert_eq!(follows(&scene).await, 0);
    assert_eq!(scene.outcomes().await[0].outcome.as_deref(), Some("refused"));

    scene.deliver(&scene.bob, &asked).await;
    assert_eq!(follows(&scene).await, 1, "the real one, with the same id, is another one");
}

async fn of_two_signatures_that_waited_both_must_hold(world: World) {
    let mut scene = hasty(world).await;
    let document = scene.bob.document("Person", "bob");
    let forger = Somebody { pair: testkit::pair(5), ..scene.bob.clone() };
    let now = scene.world.now();
    let asked = |name: &str| follow(&scene.bob, name, &scene.group());
    let swap = |forged: Letter, real: Letter, names: &[&str]| {
        names.iter().fold(forged, |letter, name| letter.header(name, real.value(name)))
    };
    let newer = ["signature-input", "signature"];
    let [one, two, three] = ["1", "2", "3"].map(asked);
    let letters = [
        swap(Letter::twice(&forger, &one, now), Letter::twice(&scene.bob, &one, now), &newer),
        swap(
            Letter::twice(&forger, &two, now),
            Letter::twice(&scene.bob, &two, now),
            &["authorization"],
        ),
        Letter::twice(&scene.bob, &three, now),
    ];
    scene.b.put("/u/bob", Page::Silence);
    for letter in letters {
        scene.send(letter).await.is(202);
    }
    assert_eq!(scene.world.rows().await.count("inbound_activities"), 3);

    scene.b.put("/u/bob", Page::Document(document));
    scene = later(scene);
    scene.settle().await;
    let outcomes = scene.outcomes().await;
    let ended: Vec<_> = outcomes.iter().rev().map(|it| it.outcome.as_deref().unwrap()).collect();
    assert_eq!(ended, ["refused", "refused", "done"], "SIG-23: {outcomes:?}");
    assert_eq!(follows(&scene).await, 1);
}

async fn two_hundred_of_a_host_may_wait_and_then_it_is_told_to_come_back(world: World) {
    let scene = hasty(world).await;
    scene.b.put("/u/bob", Page::Silence);
    for number in 0..200 {
        let asked = follow(&scene.bob, &number.to_string(), &scene.group());
        scene.send(scene.letter(&scene.bob, &asked)).await.is(202);
    }
    let asked = follow(&scene.bob, "one too many", &scene.group());
    let asked = crate::words::with(asked, "id", format!("{}/acts/200", scene.bob.id));
    scene.send(scene.letter(&scene.bob, &asked)).await.is(503);
    let eve = Peer::named(&scene.net, "c.example").await.person("eve", 4);
    scene.deliver(&eve, &follow(&eve, "1", &scene.group())).await;
    assert_eq!(follows(&scene).await, 1, "SIG-25: other servers are not held up");
}
