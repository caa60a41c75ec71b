//! A new key announces itself with the old one.

use domain::{ActorId, Origin};
use ops::actors::RotateKey;
use testkit::World;

use crate::{
    arrival::Arrival,
    peer::{Mood, Peer},
    scene::Scene,
    words::follow,
};

testkit::both_engines!(
    a_new_key_is_told_with_the_old_one,
    what_waited_is_signed_with_the_key_it_was_written_under,
    the_threadiverse_hears_it_from_the_voice,
    only_admins_rotate_keys,
);

async fn rotate(scene: &Scene, actor: ActorId) {
    let keys = testkit::pair(5);
    scene.world.done(Origin::server(), RotateKey { actor, keys }).await;
}

async fn followed(world: World) -> Scene {
    let scene = Scene::new(world).await;
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    scene.b.arrived();
    scene
}

async fn a_new_key_is_told_with_the_old_one(world: World) {
    let scene = followed(world).await;
    let garden = scene.garden.actor();
    let old = scene.key_of(garden).await;
    rotate(&scene, garden).await;
    let new = scene.key_of(garden).await;
    assert_ne!(old, new);

    scene.settle().await;
    let told = scene.b.arrived();
    assert_eq!(told.len(), 1);
    let update = told[0].json();
    assert_eq!(told[0].said("keyId"), format!("{}#main-key", scene.group()));
    told[0].verify(&old);
    assert_eq!(update["type"], "Update");
    assert_eq!(update["object"]["publicKey"]["publicKeyPem"], new);
    let new_id = update["object"]["publicKey"]["id"].as_str().unwrap().to_owned();
    assert!(new_id.starts_with(&format!("{}#key-", scene.group())));
    assert_eq!(scene.get("/c/garden").await.json["publicKey"]["id"], new_id);

    scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.settle().await;
    let need = scene.b.arrived();
    assert_eq!(need[0].said("keyId"), new_id);
    need[0].verify(&new);
}

async fn what_waited_is_signed_with_the_key_it_was_written_under(world: World) {
    let scene = followed(world).await;
    let garden = scene.garden.actor();
    let old = scene.key_of(garden).await;
    scene.b.mood("/inbox", Mood::Status(503));
    scene.world.need(scene.garden, scene.ada, "before").await;
    scene.settle().await;
    scene.b.arrived();
    rotate(&scene, garden).await;
    scene.world.need(scene.garden, scene.ada, "after").await;
    scene.settle().await;
    let new = scene.key_of(garden).await;

    scene.b.mood("/inbox", Mood::Status(202));
    scene.world.clock.advance(3_600);
    scene.settle().await;
    let arrived = scene.b.arrived();
    let kinds: Vec<String> = arrived.iter().map(Arrival::kind).collect();
    assert_eq!(kinds, ["Create", "Update", "Create"], "in their order");
    arrived[0].verify(&old);
    arrived[1].verify(&old);
    arrived[2].verify(&new);
}

async fn the_threadiverse_hears_it_from_the_voice(world: World) {
    let scene = Scene::new(world).await;
    let lemmy = Peer::named(&scene.net, "lemmy.example").await;
    let ines = lemmy.person("ines", 4);
    scene.deliver(&ines, &follow(&ines, "1", &scene.group())).await;
    scene.speaks("lemmy.example", "lemmy").await;
    lemmy.arrived();
    let old = scene.key_of(scene.garden.actor()).await;
    rotate(&scene, scene.garden.actor()).await;
    scene.settle().await;
    let told = lemmy.arrived();
    assert_eq!(told.len(), 1);
    told[0].verify(&old);
    let announce = told[0].json();
    assert_eq!(announce["type"], "Announce");
    assert_eq!(announce["actor"], scene.group());
    let update = &announce["object"];
    assert_eq!(update["type"], "Update");
    assert_eq!(update["actor"], format!("{}/voice", scene.group()));
    assert_eq!(update["object"]["id"], scene.group());
    assert_eq!(update["audience"], scene.group());
    assert!(update.get("@context").is_none() && update["object"].get("@context").is_none());
    let new = scene.key_of(scene.garden.actor()).await;
    assert_eq!(update["object"]["publicKey"]["publicKeyPem"], new);
}

async fn only_admins_rotate_keys(world: World) {
    let scene = Scene::new(world).await;
    let garden = scene.garden.actor();
    let before = scene.key_of(garden).await;
    let operation = RotateKey { actor: garden, keys: testkit::pair(5) };
    let origin = scene.world.local(scene.ada);
    assert!(scene.world.door.perform(origin, operation).await.is_err());
    assert_eq!(scene.key_of(garden).await, before);
}
