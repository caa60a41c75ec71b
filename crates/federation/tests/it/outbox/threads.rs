//! The silent touch: those who read a thread elsewhere are told that it has other answers.

use domain::memberships::Role;
use ops::{
    listings::DeleteListing,
    replies::{DeleteReply, EditReply},
};
use serde_json::json;
use testkit::World;

use super::{Street, all_kinds};
use crate::arrival::Arrival;

testkit::both_engines!(
    many_answers_make_one_touch,
    an_answer_that_is_taken_back_makes_one_too,
    what_nobody_may_see_is_not_touched,
);

/// What is touched half a minute after an answer.
async fn touches(street: &Street) -> Vec<Arrival> {
    street.arrived().await;
    street.scene.work().await;
    let (notes, pages) = street.arrived().await;
    assert!(pages.is_empty(), "the threadiverse has its announcements");
    notes
}

async fn many_answers_make_one_touch(world: World) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.work().await;
    assert!(touches(&street).await.is_empty());
    let mut replies = Vec::new();
    for name in ["grace", "hana", "ida"] {
        let person = scene.world.member(scene.garden, name, Role::Member).await;
        let reply = scene.world.answer(need, person, "I have 8").await;
        replies.push(json!(scene.world.reply(reply).await.ap_id));
        scene.world.clock.advance(9);
        scene.work().await;
    }
    scene.settle().await;
    assert_eq!(all_kinds(&scene.b.arrived()), ["Create Note"; 3], "not yet");
    let touched = touches(&street).await;
    assert_eq!(all_kinds(&touched), ["Update Note"]);
    let update = touched[0].json();
    assert_eq!(update["actor"], scene.group());
    let note = &update["object"];
    assert_eq!(note["replies"]["first"]["items"], json!(replies));
    assert!(note.get("updated").is_none() && update.get("published").is_none(), "it is no edit");
    assert_eq!(note["attributedTo"], scene.group());
    assert!(touches(&street).await.is_empty(), "that was all");

    let last = scene.world.member(scene.garden, "jo", Role::Member).await;
    scene.world.answer(need, last, "And 2").await;
    assert_eq!(touches(&street).await.len(), 1, "later answers make another");
}

async fn an_answer_that_is_taken_back_makes_one_too(world: World) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let reply = scene.world.answer(need, scene.ada, "I have 8").await;
    touches(&street).await;
    let by = || scene.world.local(scene.ada);
    scene.world.done(by(), EditReply { reply, text: "I have 9".to_owned() }).await;
    assert!(touches(&street).await.is_empty(), "its place is what it was");
    scene.world.done(by(), DeleteReply { reply }).await;
    let touched = touches(&street).await;
    assert_eq!(touched.len(), 1);
    assert_eq!(touched[0].json()["object"]["replies"]["first"]["items"], json!([]));
}

async fn what_nobody_may_see_is_not_touched(world: World) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.world.answer(need, scene.ada, "I have 8").await;
    street.arrived().await;
    scene.world.done(scene.world.local(scene.ada), DeleteListing { listing: need }).await;
    assert!(touches(&street).await.is_empty());
    scene.world.clock.advance(86_400);
    let left = scene.world.jobs().await;
    assert!(left.iter().all(|job| job.kind != ops::jobs::TOUCH_THREAD), "nothing is left of it");
}
