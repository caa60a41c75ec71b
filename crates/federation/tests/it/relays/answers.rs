//! Answers to what a guest said: the Group brings them to the author behind the guest.

use serde_json::{Value, json};
use testkit::World;

use super::{
    Worlds, path,
    shapes::{around, gone, gotosocial, lemmy, reworded},
};
use crate::words::PUBLIC;

testkit::both_engines!(
    an_answer_to_a_guest_reaches_the_author_under_her_own_words,
    the_talk_goes_on_in_both_worlds,
    the_thread_names_what_each_world_reads,
);

/// Ana says something, and Liz answers her guest; what Ana said, what Liz said, and what the Group made of that.
async fn answered(worlds: &Worlds) -> (Value, Value, Value) {
    let (ana, liz) = (&worlds.ana, &worlds.liz);
    let first = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "c1", &first)).await;
    let said = worlds.announced().await["object"].clone();
    let guest = said["attributedTo"].as_str().unwrap();
    let answer = lemmy(liz, 1, said["id"].as_str().unwrap(), guest);
    worlds.say(liz, &around(liz, "Create", "c2", &answer)).await;
    let told = worlds.only(&worlds.gts).await.json();
    (first, answer, told)
}

async fn an_answer_to_a_guest_reaches_the_author_under_her_own_words(world: World) {
    let worlds = Worlds::new(world).await;
    let (first, answer, told) = answered(&worlds).await;
    let (scene, liz) = (&worlds.scene, &worlds.liz);
    let row = worlds.known(&answer).await;
    assert_eq!(row.parent_id, Some(worlds.known(&first).await.id), "a relay is what it stands for");
    assert_eq!(worlds.announced().await["object"], answer, "Lemmy reads its own");
    assert_eq!((&told["type"], &told["actor"]), (&json!("Create"), &json!(scene.group())));
    let note = &told["object"];
    assert_eq!(note["attributedTo"], scene.group());
    assert_eq!(note["inReplyTo"], first["id"], "her own words, not ours");
    assert_eq!(
        note["tag"],
        json!([{
            "type": "Mention", "href": worlds.ana.id, "name": "@ana@gts.example",
        }])
    );
    assert!(note["cc"].as_array().unwrap().contains(&json!(worlds.ana.id)));
    let content = note["content"].as_str().unwrap();
    assert!(content.contains("@liz@lemmy.example") && content.contains("comment 1"), "{content}");
    assert_eq!(worlds.only(&scene.b).await.json(), told, "other microblogs read the same");
    let mut served = scene.get(path(&note["id"])).await.is(200).json;
    served.as_object_mut().unwrap().remove("@context");
    assert_eq!(&served, note);

    worlds.say(liz, &around(liz, "Update", "u2", &reworded(&answer, "other"))).await;
    let update = worlds.only(&worlds.gts).await.json();
    assert_eq!((&update["type"], &update["object"]["id"]), (&json!("Update"), &note["id"]));
    assert!(update["object"]["content"].as_str().unwrap().contains("other"));
    assert_eq!(worlds.announced().await["type"], "Update");

    worlds.say(liz, &gone(liz, "d2", &answer)).await;
    let end = worlds.only(&worlds.gts).await.json();
    assert_eq!((&end["type"], &end["actor"]), (&json!("Delete"), &json!(scene.group())));
    assert_eq!(end["object"]["id"], note["id"]);
    scene.get(path(&note["id"])).await.is(410);
}

async fn the_talk_goes_on_in_both_worlds(world: World) {
    let worlds = Worlds::new(world).await;
    let (_, answer, told) = answered(&worlds).await;
    let (ana, dora) = (&worlds.ana, &worlds.dora);
    let again = told["object"]["id"].as_str().unwrap();
    let third = gotosocial(ana, "3", again);
    worlds.say(ana, &around(ana, "Create", "c3", &third)).await;
    assert_eq!(worlds.known(&third).await.parent_id, Some(worlds.known(&answer).await.id));
    assert_eq!(worlds.announced().await["object"]["inReplyTo"], answer["id"], "Lemmy's own");
    assert_eq!(worlds.only(&worlds.scene.b).await.json()["object"]["inReplyTo"], again);

    let fourth = lemmy(dora, 4, answer["id"].as_str().unwrap(), &worlds.liz.id);
    worlds.say(dora, &around(dora, "Create", "c4", &fourth)).await;
    let told = worlds.only(&worlds.scene.b).await.json();
    assert_eq!(told["object"]["attributedTo"], worlds.scene.group());
    assert_eq!(told["object"]["inReplyTo"], again, "as microblogs call it");
    assert_eq!(told["to"], json!([PUBLIC]));
    assert_eq!(worlds.count("relays").await, 4);
}

async fn the_thread_names_what_each_world_reads(world: World) {
    let worlds = Worlds::new(world).await;
    let (first, _, told) = answered(&worlds).await;
    let need = worlds.scene.get(worlds.need.strip_prefix("https://a.example").unwrap()).await;
    let items = need.json["replies"]["first"]["items"].clone();
    assert_eq!(items, json!([first["id"], told["object"]["id"]]));
}
