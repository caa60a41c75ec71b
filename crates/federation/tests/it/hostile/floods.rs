//! More than anybody can hear.

use testkit::World;

use crate::{
    peer::Peer,
    scene::Scene,
    words::{act, follow},
};

testkit::both_engines!(
    who_says_too_much_is_asked_to_slow_down_and_nobody_else,
    nobody_uses_up_what_another_may_say,
);

/// As if so many activities of `b.example` had come already.
fn drain(scene: &Scene, many: usize) -> usize {
    (0..many).filter(|_| scene.fed.pace.admits("b.example", scene.world.now())).count()
}

async fn who_says_too_much_is_asked_to_slow_down_and_nobody_else(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let eve = Peer::named(&scene.net, "c.example").await.person("eve", 5);
    let mut taken = drain(&scene, 980);
    for number in 0..30 {
        let asked = act(&scene.bob, "Like", &number.to_string(), "https://a.example/nothing");
        let answer = scene.send(scene.letter(&scene.bob, &asked)).await;
        match answer.status.as_u16() {
            202 => taken += 1,
            429 => assert_eq!(answer.header("retry-after"), "60", "PAR-14"),
            other => panic!("PAR-14: {other}: {}", answer.text),
        }
    }
    assert_eq!(taken, 1_000, "PAR-14");
    let asked = follow(&scene.mallory, "1", &scene.group());
    let letter = scene.letter(&scene.mallory, &asked);
    scene.send(letter.clone()).await.is(429);
    scene.deliver(&eve, &follow(&eve, "1", &scene.group())).await;
    let garden = scene.garden.actor();
    let followers = scene.world.read(move |conn| db::follows::count_followers(conn, garden)).await;
    assert_eq!(followers, 1, "PAR-14: an honest server is heard at once");
    // What was told to come later is taken later: it was not written down as seen.
    scene.world.clock.advance(60);
    scene.send(letter).await.is(202);
    scene.settle().await;
    let followers = scene.world.read(move |conn| db::follows::count_followers(conn, garden)).await;
    assert_eq!(followers, 2, "PAR-14");
}

async fn nobody_uses_up_what_another_may_say(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let eve = Peer::named(&scene.net, "c.example").await.person("eve", 5);
    scene.deliver(&eve, &follow(&eve, "1", &scene.group())).await;
    drain(&scene, 999);
    for number in 0..30 {
        let forged = act(&scene.bob, "Like", &number.to_string(), "https://a.example/nothing");
        scene.send(scene.letter(&eve, &forged)).await.is(401);
    }
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    let garden = scene.garden.actor();
    let followers = scene.world.read(move |conn| db::follows::count_followers(conn, garden)).await;
    assert_eq!(followers, 2, "PAR-14, PAR-15: only what is signed by them counts against them");
}
