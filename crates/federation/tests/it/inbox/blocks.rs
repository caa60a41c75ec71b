//! Servers that are suspended here: nothing is taken from them and nothing sent to them.

use ops::LookupError;
use testkit::World;

use crate::{
    peer::{Peer, Somebody},
    scene::Scene,
    words::{act, create, follow, note, with},
};

testkit::both_engines!(
    nothing_is_taken_from_a_suspended_server_however_it_is_written,
    a_suspended_server_is_not_asked_either,
    nothing_is_sent_to_a_suspended_server_and_it_has_to_follow_again,
    nothing_is_sent_below_a_suspended_domain,
);

async fn nothing_is_taken_from_a_suspended_server_however_it_is_written(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    scene.suspend("B.example.", true).await;
    for (host, status) in [
        ("b.example", 403),
        ("B.EXAMPLE", 403),
        ("b.example:8443", 403),
        ("a.b.b.example", 403),
        ("b.example.", 400),
        ("b。example", 403),
    ] {
        let id = format!("http://{host}/u/bob");
        let bob = Somebody { id, ..scene.bob.clone() };
        let asked = follow(&bob, "1", &scene.group());
        scene.refused(scene.letter(&bob, &asked), status, &format!("MOD-01 {host}")).await;
    }
    let near = Peer::named(&scene.net, "notb.example").await.person("bob", 2);
    let asked = follow(&near, "1", &scene.group());
    scene.send(scene.letter(&near, &asked)).await.is(202);
}

async fn a_suspended_server_is_not_asked_either(world: World) {
    let scene = Scene::new(world).await;
    let evil = Peer::named(&scene.net, "evil.example").await;
    let eve = evil.person("eve", 5);
    scene.suspend("evil.example", true).await;
    let found = ops::Lookup::find(&scene.fed, &eve.id).await;
    assert_eq!(found.unwrap_err(), LookupError::Blocked);
    let found = ops::Lookup::find(&scene.fed, "@eve@evil.example").await;
    assert_eq!(found.unwrap_err(), LookupError::Blocked);
    let bob = &scene.bob;
    let answers = note(bob, "1", &evil.at("/notes/1"), "see there");
    scene.deliver(bob, &create(bob, &answers)).await;
    scene.deliver(bob, &act(bob, "Announce", "2", evil.at("/notes/1"))).await;
    let by_eve = with(note(bob, "3", &scene.group(), "hi"), "attributedTo", eve.id.as_str());
    scene.deliver(bob, &create(bob, &by_eve)).await;
    assert!(evil.asked().is_empty(), "MOD-02");
}

async fn nothing_is_sent_to_a_suspended_server_and_it_has_to_follow_again(world: World) {
    let scene = Scene::new(world).await;
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    scene.b.arrived();
    scene.suspend("b.example", true).await;
    scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.settle().await;
    assert!(scene.b.arrived().is_empty());
    scene.suspend("b.example", false).await;
    scene.world.need(scene.garden, scene.ada, "30 chairs").await;
    scene.settle().await;
    assert!(scene.b.arrived().is_empty(), "the follow ended with the suspension");
    scene.deliver(&scene.bob, &follow(&scene.bob, "2", &scene.group())).await;
    scene.b.arrived();
    scene.world.need(scene.garden, scene.ada, "40 chairs").await;
    scene.settle().await;
    assert_eq!(scene.b.arrived().len(), 1);
}

async fn nothing_is_sent_below_a_suspended_domain(world: World) {
    let scene = Scene::new(world).await;
    let below = Peer::named(&scene.net, "social.evil.example").await;
    let eve = below.person("eve", 5);
    scene.deliver(&eve, &follow(&eve, "1", &scene.group())).await;
    below.arrived();
    scene.suspend("evil.example", true).await;
    scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.settle().await;
    assert!(below.arrived().is_empty(), "MOD-01");
}
