//! Nobody elsewhere moderates here: what moderators elsewhere order of our Groups is refused.

use serde_json::{Value, json};
use testkit::World;

use super::{answer, need};
use crate::{
    peer::{Peer, Somebody},
    scene::{Scene, changed},
    words::{act, undo, with},
};

testkit::both_engines!(
    nobody_elsewhere_names_moderators,
    a_target_is_compared_and_never_fetched,
    nobody_elsewhere_shuts_somebody_out_of_our_collectives,
    nobody_elsewhere_removes_locks_or_renames_what_is_ours,
);

/// An order that is refused, tells why, and changes nothing; the attempt is kept in the books.
async fn refused(scene: &Scene, by: &Somebody, order: &Value, why: &str) {
    scene.settle().await;
    let before = scene.world.rows().await;
    let (outcome, reason) = scene.outcome(by, order).await;
    assert_eq!(outcome, "refused", "{why}: {reason}");
    assert!(
        reason.starts_with("not_theirs_to_say") || reason.starts_with("origin"),
        "{why}: {reason}"
    );
    let left = changed(&before, &scene.world.rows().await);
    assert!(left.is_empty(), "{why}: something was left in {left:?}");
}

async fn nobody_elsewhere_names_moderators(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let target = format!("{}/moderators", scene.group());
    for (number, (by, kind)) in
        [(&scene.mallory, "Add"), (&scene.mill, "Add"), (&scene.mallory, "Remove")]
            .into_iter()
            .enumerate()
    {
        let order = act(by, kind, &format!("{number}"), scene.mallory.id.as_str());
        let order = with(order, "target", target.as_str());
        refused(&scene, by, &order, "GRP-03").await;
        let undone = undo(by, &format!("u{number}"), &order);
        refused(&scene, by, &undone, "GRP-03").await;
    }
}

async fn a_target_is_compared_and_never_fetched(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let evil = Peer::named(&scene.net, "evil.example").await;
    let target = format!("{}/moderators", scene.group());
    evil.put("/moderators", crate::peer::Page::Moved(target));
    let order = act(&scene.mallory, "Add", "1", scene.mallory.id.as_str());
    let order = with(order, "target", evil.at("/moderators").as_str());
    let before = scene.world.rows().await;
    let (outcome, _) = scene.outcome(&scene.mallory, &order).await;
    assert_eq!(outcome, "ignored", "GRP-04");
    assert!(changed(&before, &scene.world.rows().await).is_empty(), "GRP-04");
    assert!(evil.asked().is_empty(), "GRP-04");
    // What it says of our own collection is refused whatever stands beside it.
    let order = with(order, "id", format!("{}/acts/2", scene.mallory.id).as_str());
    let order = with(order, "audience", scene.group().as_str());
    refused(&scene, &scene.mallory, &order, "GRP-04").await;
}

async fn nobody_elsewhere_shuts_somebody_out_of_our_collectives(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let ada = scene.world.site.at("u/ada");
    let base = scene.world.site.base().to_string();
    for (number, (by, whom, target)) in [
        (&scene.mallory, &ada, scene.group()),
        (&scene.mill, &ada, scene.group()),
        (&scene.mallory, &scene.bob.id, scene.group()),
        (&scene.mallory, &ada, base),
    ]
    .into_iter()
    .enumerate()
    {
        let order = act(by, "Block", &format!("{number}"), whom.as_str());
        let order = with(order, "target", target.as_str());
        refused(&scene, by, &order, "GRP-05").await;
        refused(&scene, by, &undo(by, &format!("u{number}"), &order), "GRP-05").await;
    }
    let (garden, ada) = (scene.garden.actor(), scene.ada.actor());
    assert!(!scene.world.read(move |conn| db::blocks::exists(conn, garden, ada)).await, "GRP-05");
}

async fn nobody_elsewhere_removes_locks_or_renames_what_is_ours(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let (id, listing) = need(&scene).await;
    let reply = answer(&scene, &scene.bob, "1", &listing).await;
    let said = scene.world.reply(reply).await.ap_id;
    let mallory = &scene.mallory;
    let lock = act(mallory, "Lock", "1", listing.as_str());
    refused(&scene, mallory, &lock, "GRP-06: Lock").await;
    refused(&scene, mallory, &undo(mallory, "2", &lock), "GRP-06: Undo Lock").await;
    let featured = format!("{}/featured", scene.group());
    let pin = with(act(mallory, "Remove", "3", listing.as_str()), "target", featured.as_str());
    refused(&scene, mallory, &pin, "GRP-06: Remove").await;
    for (number, object) in [("4", &listing), ("5", &said)] {
        let removal = act(mallory, "Delete", number, object.as_str());
        let removal = with(removal, "summary", "spam");
        let removal = with(removal, "audience", scene.group().as_str());
        refused(&scene, mallory, &removal, "GRP-06: Delete").await;
    }
    let group = json!({
        "id": scene.group(),
        "type": "Group",
        "preferredUsername": "garden",
        "name": "Mallory's",
        "attributedTo": mallory.id,
    });
    refused(&scene, mallory, &act(mallory, "Update", "6", group), "GRP-06: Update Group").await;
    assert!(!scene.world.read(move |conn| db::locks::exists(conn, id)).await, "GRP-06");
    assert!(scene.world.reply(reply).await.deleted_at.is_none(), "GRP-06");
    let refusals = scene.outcomes().await;
    let refusals = refusals.iter().filter(|row| row.outcome.as_deref() == Some("refused"));
    assert_eq!(refusals.count(), 6, "GRP-06: every attempt is on record");
}
