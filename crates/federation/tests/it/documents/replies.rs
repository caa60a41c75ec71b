//! Answers written here, at their addresses.

use ops::replies::{DeleteReply, PostReply};
use serde_json::json;
use testkit::World;

use crate::{
    scene::Scene,
    shown::shown,
    words::{create, note, with},
};

testkit::both_engines!(
    an_answer_has_its_document_and_its_tombstone,
    a_private_answer_is_as_if_it_were_not_there,
);

async fn an_answer_has_its_document_and_its_tombstone(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let grace = scene.world.person("grace").await;
    let reply = scene.world.answer(need, grace, "I have <8>").await;
    let path = format!("/replies/{reply}");
    insta::assert_snapshot!("answer", shown(&scene.get(&path).await.is(200).json));
    let thread = scene.get(&format!("/listings/{need}/replies")).await.json;
    assert_eq!(thread["first"]["items"], json!([format!("https://a.example{path}")]));
    scene.world.done(scene.world.local(grace), DeleteReply { reply }).await;
    let answer = scene.get(&path).await.is(410);
    assert_eq!(answer.json["type"], "Tombstone");
    assert!(!answer.text.contains('8') || !answer.text.contains("have"));
}

async fn a_private_answer_is_as_if_it_were_not_there(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let address = scene.world.listing(need).await.ap_id;
    let direct = with(note(&scene.bob, "1", &address, "call me at 555"), "to", scene.group());
    let direct = with(direct, "cc", json!([]));
    scene.deliver(&scene.bob, &create(&scene.bob, &direct)).await;
    let id = direct["id"].as_str().unwrap().to_owned();
    let row = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await.unwrap();
    let answer = PostReply {
        listing: need,
        parent: Some(row.id),
        speak: domain::replies::As::Voice,
        text: "we will".to_owned(),
        language: None,
    };
    let answer = scene.world.done(scene.world.local(scene.ada), answer).await;
    scene.settle().await;

    let arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 1);
    let sent = arrived[0].json();
    assert_eq!(sent["actor"], scene.group(), "the voice answers as the collective");
    assert_eq!(sent["to"], json!([scene.bob.id]), "and to nobody but Bob");
    assert!(!sent.to_string().contains("ada"), "no member is named");
    assert!(!sent.to_string().contains("Public"));
    for path in [
        format!("/replies/{answer}"),
        format!("/activities/{answer}"),
        format!("/replies/{}", row.id),
    ] {
        let answer = scene.get(&path).await.is(404);
        assert!(!answer.text.contains("we will"), "PRV-01 {path}");
    }
    let thread = scene.get(&format!("/listings/{need}")).await;
    assert!(!thread.text.contains(&answer.to_string()) && !thread.text.contains("notes/1"));
}
