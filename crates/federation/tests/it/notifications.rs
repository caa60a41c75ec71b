//! Who of us is told what is said elsewhere, and who is not heard.

use domain::{PersonId, notifications::Kind};
use ops::blocks::KeepAway;
use serde_json::json;
use testkit::World;

use crate::{
    scene::Scene,
    words::{act, create, follow, note, with},
};

testkit::both_engines!(
    who_is_called_from_elsewhere_is_told_where_it_is_public,
    whoever_is_blocked_by_a_person_is_not_heard,
);

const EVE: &str = "https://a.example/u/eve";

async fn kinds(scene: &Scene, person: PersonId) -> Vec<Kind> {
    let read = move |conn: &mut db::Conn| db::notifications::page(conn, person, false, None, 50);
    scene.world.read(read).await.iter().map(|row| row.kind).collect()
}

async fn who_is_called_from_elsewhere_is_told_where_it_is_public(world: World) {
    let scene = Scene::new(world).await;
    let eve = scene.world.person("eve").await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let need = scene.world.listing(need).await.ap_id;
    let tag = json!([{ "type": "Mention", "href": EVE, "name": "@eve@a.example" }]);
    let said = with(note(&scene.bob, "1", &need, "I have 8"), "tag", tag.clone());
    scene.deliver(&scene.bob, &create(&scene.bob, &said)).await;
    assert_eq!(kinds(&scene, eve).await, [Kind::Mention]);
    assert_eq!(kinds(&scene, scene.ada).await, [Kind::Reply]);
    let private = with(note(&scene.bob, "2", &need, "For you alone"), "tag", tag);
    let private = with(with(private, "to", json!([EVE, scene.group()])), "cc", json!([]));
    scene.deliver(&scene.bob, &create(&scene.bob, &private)).await;
    assert_eq!(kinds(&scene, eve).await, [Kind::Mention], "PRV-01: she cannot read it here");
    assert_eq!(kinds(&scene, scene.ada).await, [Kind::Reply, Kind::Reply]);
}

async fn whoever_is_blocked_by_a_person_is_not_heard(world: World) {
    let scene = Scene::new(world).await;
    let eve = scene.world.person("eve").await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let reply = scene.world.answer(need, eve, "I have ten").await;
    let address = scene.world.reply(reply).await.ap_id;
    let actor = scene.meet(&scene.bob).await;
    scene.world.done(scene.world.local(eve), KeepAway { actor }).await;
    scene.settle().await;
    let said = note(&scene.bob, "1", &address, "Buy chairs");
    for activity in [
        create(&scene.bob, &said),
        act(&scene.bob, "Like", "1", json!(address)),
        follow(&scene.bob, "1", EVE),
    ] {
        let (outcome, why) = scene.outcome(&scene.bob, &activity).await;
        assert!(outcome == "refused" && why.contains("blocked"), "{activity}: {outcome} {why}");
    }
    assert_eq!(kinds(&scene, eve).await, []);
    let listing = scene.world.listing(need).await.ap_id;
    let below = note(&scene.bob, "2", &listing, "I have 8");
    let (outcome, _) = scene.outcome(&scene.bob, &create(&scene.bob, &below)).await;
    assert_eq!(outcome, "done", "the garden hears them as ever");
}
