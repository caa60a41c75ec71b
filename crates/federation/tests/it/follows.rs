//! Following a collective from elsewhere.

use serde_json::json;
use testkit::World;

use crate::{
    scene::Scene,
    words::{follow, undo},
};

testkit::both_engines!(a_follow_is_accepted_by_the_group_with_the_whole_follow_inside,);

async fn a_follow_is_accepted_by_the_group_with_the_whole_follow_inside(world: World) {
    let scene = Scene::new(world).await;
    let asked = follow(&scene.bob, "1", &scene.group());
    scene.deliver(&scene.bob, &asked).await;

    let arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 1);
    let accept = &arrived[0];
    assert_eq!(accept.target, "/u/bob/inbox", "it concerns nobody else");
    accept.verify(&scene.key_of(scene.garden.actor()).await);
    assert_eq!(accept.said("keyId"), "https://a.example/c/garden#main-key");
    let accept = accept.json();
    assert_eq!(accept["type"], "Accept");
    assert_eq!(accept["actor"], scene.group());
    assert_eq!(accept["to"], json!([scene.bob.id]));
    let inner = &accept["object"];
    for key in ["id", "type", "actor", "object"] {
        assert_eq!(inner[key], asked[key], "{key}");
    }

    scene.deliver(&scene.bob, &undo(&scene.bob, "2", &asked)).await;
    let garden = scene.garden.actor();
    assert_eq!(scene.world.read(move |conn| db::follows::count_followers(conn, garden)).await, 0);
}
