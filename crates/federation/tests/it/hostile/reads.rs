//! Who asks for what is not for everybody.

use ops::replies::PostReply;
use serde_json::json;
use testkit::World;

use crate::{
    scene::Scene,
    words::{create, note, with},
};

testkit::both_engines!(no_signature_opens_what_is_private_whatever_its_query);

async fn no_signature_opens_what_is_private_whatever_its_query(world: World) {
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
    let path = format!("/replies/{answer}");
    for by in [&scene.bob, &scene.mallory] {
        for (signed, asked) in [
            (path.clone(), path.clone()),
            (path.clone(), format!("{path}?page=1")),
            (format!("{path}?page=1"), path.clone()),
            (format!("{path}?page=1"), format!("{path}?page=1")),
            ("/".to_owned(), path.clone()),
        ] {
            let answer = scene.ask_signed(by, &signed, &asked).await.is(404);
            assert!(!answer.text.contains("we will"), "SIG-28: {signed} {asked}");
        }
    }
}
