//! What a Group of elsewhere sends on to us: fetched from its author's server, never believed from the Group.

use std::time::Duration;

use federation::workers;
use ops::follows::AskFollow;
use testkit::World;
use tokio::sync::watch;

use crate::{
    letter::Letter,
    peer::{Page, Peer, Somebody},
    scene::Scene,
    words::{act, create, note},
};

testkit::both_engines!(
    what_a_followed_group_sends_on_is_fetched_from_its_author,
    nobody_else_makes_us_fetch_anything,
);

/// The mill of b.example, which Ada follows, and a post of it that is known here.
async fn followed_mill(scene: &Scene) -> String {
    let mill = scene.meet(&scene.mill).await;
    scene.world.done(scene.world.local(scene.ada), AskFollow { followed: mill }).await;
    scene.settle().await;
    let asked = scene.b.arrived().remove(0).json();
    scene.deliver(&scene.mill, &act(&scene.mill, "Accept", "yes", asked)).await;
    let mut post = note(&scene.mill, "1", "", "a need of the mill");
    post["inReplyTo"] = serde_json::json!(null);
    scene.deliver(&scene.mill, &create(&scene.mill, &post)).await;
    post["id"].as_str().unwrap().to_owned()
}

fn sent_on(scene: &Scene, by: &Somebody, body: &serde_json::Value) -> Letter {
    Letter::to(by, "/inbox", body.to_string().as_bytes(), scene.world.now())
}

/// Does the jobs that wait.
async fn work(scene: &Scene) {
    let (stop, shutdown) = watch::channel(false);
    let running = tokio::spawn(workers::work(scene.fed.clone(), shutdown));
    tokio::time::sleep(Duration::from_millis(500)).await;
    stop.send_replace(true);
    running.await.unwrap();
}

async fn what_a_followed_group_sends_on_is_fetched_from_its_author(world: World) {
    let scene = Scene::new(world).await;
    let post = followed_mill(&scene).await;
    let c = Peer::named(&scene.net, "c.example").await;
    let carla = c.person("carla", 5);
    let said = note(&carla, "1", &post, "as Carla said it");
    c.put("/u/carla/notes/1", Page::Document(said.clone()));
    let forged = note(&carla, "1", &post, "as the mill would like it");
    scene.send(sent_on(&scene, &scene.mill, &create(&carla, &forged))).await.is(202);
    work(&scene).await;
    let id = said["id"].as_str().unwrap().to_owned();
    let row = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await.unwrap();
    assert_eq!(row.html, "<p>as Carla said it</p>", "the Group's word is not believed");
    assert!(row.parent_id.is_some());
}

async fn nobody_else_makes_us_fetch_anything(world: World) {
    let scene = Scene::new(world).await;
    let post = followed_mill(&scene).await;
    let c = Peer::named(&scene.net, "c.example").await;
    let carla = c.person("carla", 5);
    let said = create(&carla, &note(&carla, "1", &post, "hello"));
    scene.meet(&scene.bob).await;
    scene.send(sent_on(&scene, &scene.bob, &said)).await.is(401);
    let nowhere = create(&carla, &note(&carla, "1", "http://c.example/x", "hello"));
    scene.send(sent_on(&scene, &scene.mill, &nowhere)).await.is(401);
    let mut forged = sent_on(&scene, &scene.mill, &said);
    forged.body.push(b' ');
    scene.send(forged).await.is(401);
    work(&scene).await;
    let asked = c.asked();
    assert!(asked.iter().all(|path| !path.contains("notes")), "{asked:?}");
}
