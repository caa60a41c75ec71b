//! Snapshots of everything that is sent.

use domain::memberships::Role;
use ops::{
    collectives::EditCollective,
    listings::{DeleteListing, EditListing, MoveListing, Step},
    replies::{DeleteReply, EditReply},
};
use testkit::World;

use super::full;
use crate::{arrival::Arrival, scene::Scene, shown::shown, words::follow};

testkit::both_engines!(
    a_listing_is_told_from_its_beginning_to_its_end,
    an_answer_is_told_from_its_beginning_to_its_end,
    a_collective_that_changes_tells_its_followers,
);

/// What Bob gets after he followed.
async fn scene_with_bob(world: World) -> Scene {
    let scene = Scene::new(world).await;
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    scene.b.arrived();
    scene
}

/// The one letter that arrived.
async fn letter(scene: &Scene) -> Arrival {
    scene.world.clock.advance(60);
    scene.settle().await;
    let mut arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 1);
    assert_eq!(arrived[0].target, "/inbox", "DLV-14: once for all of a server");
    arrived.remove(0)
}

async fn a_listing_is_told_from_its_beginning_to_its_end(world: World) {
    let scene = scene_with_bob(world).await;
    let key = scene.key_of(scene.garden.actor()).await;
    let by = || scene.world.local(scene.ada);
    let content = full(&scene.world);
    let need = scene.world.publish(scene.garden, scene.ada, content.clone()).await;
    let create = letter(&scene).await;
    create.verify(&key);
    insta::assert_snapshot!("create_listing", shown(&create.json()));
    let served = scene.get(&format!("/listings/{need}")).await.json;
    let mut sent = create.json()["object"].clone();
    sent["@context"] = served["@context"].clone();
    assert_eq!(sent, served, "what is sent is what is served");

    let edit = EditListing { listing: need, content, version: None };
    scene.world.done(by(), edit).await;
    insta::assert_snapshot!("update_listing", shown(&letter(&scene).await.json()));
    let fulfil = MoveListing { listing: need, step: Step::Fulfil, version: None };
    scene.world.done(by(), fulfil).await;
    let fulfilled = letter(&scene).await.json();
    assert_eq!(fulfilled["object"]["publishes"]["finished"], true);
    insta::assert_snapshot!("update_listing_fulfilled", shown(&fulfilled));
    scene.world.done(by(), DeleteListing { listing: need }).await;
    let delete = letter(&scene).await;
    delete.verify(&key);
    insta::assert_snapshot!("delete_listing", shown(&delete.json()));
}

async fn an_answer_is_told_from_its_beginning_to_its_end(world: World) {
    let scene = scene_with_bob(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    letter(&scene).await;
    let grace = scene.world.member(scene.garden, "grace", Role::Member).await;
    let key = scene.key_of(grace.actor()).await;
    let reply = scene.world.answer(need, grace, "I have 8").await;
    let create = letter(&scene).await;
    create.verify(&key);
    insta::assert_snapshot!("create_reply", shown(&create.json()));
    let edit = EditReply { reply, text: "I have 9".to_owned() };
    scene.world.done(scene.world.local(grace), edit).await;
    insta::assert_snapshot!("update_reply", shown(&letter(&scene).await.json()));
    scene.world.done(scene.world.local(grace), DeleteReply { reply }).await;
    insta::assert_snapshot!("delete_reply", shown(&letter(&scene).await.json()));
}

async fn a_collective_that_changes_tells_its_followers(world: World) {
    let scene = scene_with_bob(world).await;
    let profile = domain::collectives::Profile {
        summary: "We share <tools>.".to_owned(),
        ..scene.world.profile("The garden")
    };
    let edit = EditCollective { collective: scene.garden, profile, version: None };
    scene.world.done(scene.world.local(scene.ada), edit).await;
    let update = letter(&scene).await;
    update.verify(&scene.key_of(scene.garden.actor()).await);
    insta::assert_snapshot!("update_group", shown(&update.json()));
}
