//! Likes and boosts from elsewhere.

use testkit::World;

use crate::{
    scene::Scene,
    words::{act, undo},
};

testkit::both_engines!(
    likes_and_boosts_are_counted_once_and_taken_back,
    one_who_is_blocked_likes_nothing,
);

async fn counts(scene: &Scene, id: uuid::Uuid) -> (i64, i64) {
    let rows = scene.world.read(move |conn| db::reactions::count(conn, &[id])).await;
    rows.first().map_or((0, 0), |row| (row.likes, row.boosts))
}

async fn likes_and_boosts_are_counted_once_and_taken_back(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let address = scene.world.listing(need).await.ap_id;
    let bob = &scene.bob;
    let like = act(bob, "Like", "l1", address.as_str());
    let boost = act(bob, "Announce", "b1", address.as_str());
    scene.deliver(bob, &like).await;
    scene.deliver(bob, &act(bob, "Like", "l2", address.as_str())).await;
    scene.deliver(bob, &boost).await;
    scene.deliver(&scene.mallory, &act(&scene.mallory, "Like", "l1", address.as_str())).await;
    assert_eq!(counts(&scene, need.uuid()).await, (2, 1));
    let path = format!("/listings/{need}");
    assert_eq!(scene.get(&path).await.json["likes"]["totalItems"], 2);
    assert_eq!(scene.get(&format!("{path}/likes")).await.json["totalItems"], 2);
    assert_eq!(scene.get(&format!("{path}/shares")).await.json["totalItems"], 1);
    scene.deliver(bob, &undo(bob, "ul", &like)).await;
    scene.deliver(bob, &act(bob, "Undo", "ub", boost["id"].clone())).await;
    assert_eq!(counts(&scene, need.uuid()).await, (1, 0));
}

async fn one_who_is_blocked_likes_nothing(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let address = scene.world.listing(need).await.ap_id;
    let nothing = act(&scene.bob, "Like", "1", format!("{address}0"));
    assert_eq!(scene.outcome(&scene.bob, &nothing).await.0, "ignored");
    let strange = act(&scene.bob, "Disagree", "2", address.as_str());
    assert_eq!(scene.outcome(&scene.bob, &strange).await.0, "ignored");
    assert_eq!(counts(&scene, need.uuid()).await, (0, 0));
}
