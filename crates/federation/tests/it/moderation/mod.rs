//! Moderation over the wire: what we tell, what we take, and what we do not.

mod orders;
mod people;
mod reports;
mod told;

use domain::{ListingId, Origin, ReplyId};
use ops::instances::RecordSoftware;

use crate::{
    peer::Somebody,
    scene::Scene,
    words::{create, note},
};

/// A need of the garden, and its address.
async fn need(scene: &Scene) -> (ListingId, String) {
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.settle().await;
    (need, scene.world.listing(need).await.ap_id)
}

/// What somebody elsewhere answers.
async fn answer(scene: &Scene, by: &Somebody, name: &str, to: &str) -> ReplyId {
    let said = note(by, name, to, "Buy chairs");
    scene.deliver(by, &create(by, &said)).await;
    let address = said["id"].as_str().unwrap().to_owned();
    let found = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &address)).await;
    found.expect("the answer was taken").id
}

/// The other server runs Lemmy.
async fn of_the_threadiverse(scene: &Scene) {
    let software = RecordSoftware {
        host: "b.example".to_owned(),
        software: Some("lemmy".to_owned()),
        version: None,
    };
    scene.world.done(Origin::server(), software).await;
}
