//! What was deleted in a thread and put back by its author.

use serde_json::json;
use testkit::World;

use super::{
    Worlds, path,
    shapes::{around, gone, gotosocial, lemmy, mastodon, signed},
};
use crate::{
    peer::Page,
    words::{act, undo},
};

testkit::both_engines!(
    a_comment_that_is_put_back_is_announced_with_its_own_undo,
    what_a_guest_said_is_there_again_under_its_own_address,
    what_the_group_said_comes_back_under_another_address,
    whoever_is_shut_out_meanwhile_puts_nothing_back,
);

async fn a_comment_that_is_put_back_is_announced_with_its_own_undo(world: World) {
    let worlds = Worlds::new(world).await;
    let liz = &worlds.liz;
    let note = lemmy(liz, 1, &worlds.need, &worlds.scene.group());
    worlds.say(liz, &around(liz, "Create", "c1", &note)).await;
    let end = gone(liz, "d1", &note);
    worlds.say(liz, &end).await;
    assert_eq!(worlds.announced().await["type"], "Delete");
    worlds.lemmy.put("/comment/1", Page::Document(note.clone()));
    let back = undo(liz, "u1", &end);
    worlds.say(liz, &back).await;
    assert_eq!(worlds.known(&note).await.deleted_at, None);
    let inner = worlds.announced().await;
    assert_eq!((&inner["type"], &inner["id"]), (&json!("Undo"), &back["id"]));
    assert_eq!((&inner["object"]["type"], &inner["object"]["id"]), (&json!("Delete"), &end["id"]));
    assert_eq!(inner["object"]["object"]["id"], note["id"]);
    assert!(inner["to"].is_array() && inner["object"]["cc"].is_array(), "as Lemmy reads it");

    // Whose own signature took it away elsewhere, puts it back there.
    let maria = &worlds.maria;
    let note = mastodon(maria, "2", &worlds.need);
    worlds.say(maria, &signed(around(maria, "Create", "c2", &note))).await;
    let end = gone(maria, "d2", &note);
    worlds.say(maria, &signed(end.clone())).await;
    worlds.mastodon.put("/u/maria/statuses/2", Page::Document(note));
    let back = signed(undo(maria, "u2", &end));
    worlds.say(maria, &back).await;
    assert_eq!(worlds.announced().await["type"], "Undo");
    assert_eq!(worlds.only(&worlds.gts).await.json(), back, "as it came");
}

async fn what_a_guest_said_is_there_again_under_its_own_address(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, scene) = (&worlds.ana, &worlds.scene);
    let note = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "c1", &note)).await;
    let said = worlds.announced().await["object"].clone();
    let end = gone(ana, "d1", &note);
    worlds.say(ana, &end).await;
    scene.get(path(&said["id"])).await.is(410);
    worlds.gts.put("/u/ana/statuses/1", Page::Document(note.clone()));
    worlds.say(ana, &undo(ana, "u1", &end)).await;
    let told: Vec<_> =
        worlds.lemmy.arrived().iter().map(|it| it.json()["object"].clone()).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!((&told[0]["type"], &told[0]["object"]["type"]), (&json!("Undo"), &json!("Delete")));
    assert_eq!(told[0]["actor"], said["attributedTo"]);
    assert_eq!(
        (&told[0]["object"]["actor"], &told[0]["object"]["object"]),
        (&said["attributedTo"], &said["id"])
    );
    assert_eq!((&told[1]["type"], &told[1]["object"]["id"]), (&json!("Update"), &said["id"]));
    assert_eq!(told[1]["object"]["content"], said["content"]);
    scene.get(path(&said["id"])).await.is(200);
}

async fn what_the_group_said_comes_back_under_another_address(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, liz, scene) = (&worlds.ana, &worlds.liz, &worlds.scene);
    let first = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "c1", &first)).await;
    let said = worlds.announced().await["object"].clone();
    let guest = said["attributedTo"].as_str().unwrap();
    let answer = lemmy(liz, 1, said["id"].as_str().unwrap(), guest);
    worlds.say(liz, &around(liz, "Create", "c2", &answer)).await;
    let told = worlds.only(&worlds.gts).await.json()["object"].clone();
    let end = gone(liz, "d2", &answer);
    worlds.say(liz, &end).await;
    worlds.lemmy.put("/comment/1", Page::Document(answer.clone()));
    worlds.say(liz, &undo(liz, "u2", &end)).await;
    let again = worlds.only(&worlds.gts).await.json();
    assert_eq!((&again["type"], &again["actor"]), (&json!("Create"), &json!(scene.group())));
    let (note, old) = (&again["object"], &told["id"]);
    assert_ne!(&note["id"], old, "Mastodon takes no address twice");
    assert_eq!((&note["inReplyTo"], &note["content"]), (&first["id"], &told["content"]));
    assert_eq!(worlds.announced().await["type"], "Undo");
    scene.get(path(&note["id"])).await.is(200);
    scene.get(path(old)).await.is(410);
    // An answer to what was there before still finds its place.
    let late = gotosocial(ana, "3", old.as_str().unwrap());
    worlds.say(ana, &around(ana, "Create", "c3", &late)).await;
    assert_eq!(worlds.known(&late).await.parent_id, Some(worlds.known(&answer).await.id));
}

async fn whoever_is_shut_out_meanwhile_puts_nothing_back(world: World) {
    let worlds = Worlds::new(world).await;
    let (liz, scene) = (&worlds.liz, &worlds.scene);
    let note = lemmy(liz, 1, &worlds.need, &scene.group());
    worlds.say(liz, &around(liz, "Create", "c1", &note)).await;
    let end = act(liz, "Delete", "d1", note["id"].clone());
    worlds.say(liz, &end).await;
    worlds.lemmy.put("/comment/1", Page::Document(note.clone()));
    scene.shut_out(scene.meet(liz).await).await;
    worlds.forget();
    let (outcome, reason) = scene.outcome(liz, &undo(liz, "u1", &end)).await;
    assert_eq!(outcome, "refused", "{reason}");
    assert!(worlds.lemmy.arrived().is_empty());
    assert!(worlds.known(&note).await.deleted_at.is_some());
}
