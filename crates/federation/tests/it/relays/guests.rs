//! Guests: when they are made, what they may do, and when they leave.

use domain::replies::As;
use ops::{moderation::BlockActor, replies::PostReply};
use serde_json::json;
use testkit::World;

use super::{
    Worlds, path,
    shapes::{around, gotosocial},
};
use crate::{
    letter::Letter,
    peer::Page,
    words::{act, follow},
};

testkit::both_engines!(
    a_host_is_asked_once,
    a_host_that_does_not_answer_is_asked_again,
    a_guest_is_an_actor_that_says_nothing_of_its_own,
    an_author_who_is_gone_takes_the_guest_along,
    a_suspended_server_takes_its_guests_along,
    our_own_answer_to_a_guest_is_threaded_in_both_worlds,
    who_is_shut_out_of_a_collective_has_no_guest_there,
);

const GUEST: &str = "/u/ana.gts.example.guest";

async fn our_own_answer_to_a_guest_is_threaded_in_both_worlds(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, scene) = (&worlds.ana, &worlds.scene);
    let note = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "1", &note)).await;
    let relay = worlds.announced().await["object"]["id"].clone();
    worlds.forget();

    let parent = worlds.known(&note).await;
    let answer = PostReply {
        listing: parent.listing_id.unwrap(),
        parent: Some(parent.id),
        speak: As::Voice,
        text: "Bring them on Friday.".to_owned(),
        language: None,
    };
    scene.world.done(scene.world.local(scene.ada), answer).await;
    scene.settle().await;
    assert_eq!(worlds.announced().await["object"]["inReplyTo"], relay);
    let at_anas = worlds.gts.arrived();
    assert_eq!(at_anas[0].json()["object"]["inReplyTo"], note["id"]);
}

async fn who_is_shut_out_of_a_collective_has_no_guest_there(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, scene) = (&worlds.ana, &worlds.scene);
    let note = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "1", &note)).await;
    let relay = worlds.announced().await["object"]["id"].clone();
    let ana = worlds.known(&note).await.author_id;
    let collective = scene.garden;
    let block = BlockActor { collective, actor: ana, reason: "spam".to_owned() };
    scene.world.done(scene.world.local(scene.ada), block).await;
    scene.settle().await;
    scene.get(path(&relay)).await.is(410);
    let told = worlds.lemmy.arrived();
    let deleted = told.iter().map(|it| it.json()["object"].clone());
    assert!(deleted.into_iter().any(|it| it["type"] == "Delete" && it["object"] == relay));
}

async fn a_host_is_asked_once(world: World) {
    let worlds = Worlds::new(world).await;
    let ana = &worlds.ana;
    let mut asked = Vec::new();
    for name in ["1", "2", "3"] {
        let note = gotosocial(ana, name, &worlds.need);
        worlds.say(ana, &around(ana, "Create", name, &note)).await;
        asked.extend(worlds.gts.asked());
        assert_eq!(worlds.announced().await["object"]["url"], note["url"]);
    }
    assert_eq!(asked, ["/u/ana"]);
}

async fn a_host_that_does_not_answer_is_asked_again(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, scene) = (&worlds.ana, &worlds.scene);
    worlds.gts.put("/u/ana", Page::Status(503));
    let note = gotosocial(ana, "1", &worlds.need);
    let create = around(ana, "Create", "1", &note);
    scene.send(scene.letter(ana, &create)).await.is(202);
    scene.receive().await;
    let tell = async || {
        let now = scene.world.now();
        let events = scene.world.read(move |conn| db::events::due(conn, now, 100)).await;
        for event in events {
            if let Err(err) = federation::outbox::tell(&scene.fed, &event).await {
                assert!(err.is_transient(), "{err}");
                return false;
            }
        }
        true
    };
    assert!(!tell().await, "it is put off");
    worlds.gts.put("/u/ana", Page::Signed(ana.document("Person", "ana")));
    worlds.gts.asked();
    assert!(!tell().await && worlds.gts.asked().is_empty(), "it is left alone for a minute");
    scene.world.clock.advance(61);
    assert!(tell().await);
    scene.transmit().await;
    assert_eq!(worlds.announced().await["object"]["url"], note["url"]);
}

async fn a_guest_is_an_actor_that_says_nothing_of_its_own(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, liz, scene) = (&worlds.ana, &worlds.liz, &worlds.scene);
    let people = scene.get("/nodeinfo/2.1").await.json["usage"]["users"]["total"].clone();
    let note = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "1", &note)).await;
    let guest = scene.get(GUEST).await.is(200).json;
    assert_eq!((&guest["type"], &guest["name"]), (&json!("Person"), &json!("ana (gts.example)")));
    assert_eq!(guest["url"], ana.id, "whoever looks for her is sent to her");
    assert_eq!(guest["inbox"], format!("https://a.example{GUEST}/inbox"));
    assert!(guest.get("followers").is_none());
    assert!(guest["publicKey"]["publicKeyPem"].as_str().unwrap().contains("PUBLIC KEY"));
    let account = "/.well-known/webfinger?resource=acct:ana.gts.example.guest@a.example";
    assert_eq!(scene.get(account).await.is(200).json["links"][0]["href"], guest["id"]);
    assert_eq!(scene.get("/nodeinfo/2.1").await.json["usage"]["users"]["total"], people);

    let id = guest["id"].as_str().unwrap();
    let (outcome, reason) = scene.outcome(liz, &follow(liz, "fg", id)).await;
    assert_eq!((outcome.as_str(), reason.as_str()), ("ignored", "guests are not followed"));
    assert!(worlds.announced().await["object"]["id"].is_string());
    let like = act(liz, "Like", "lg", worlds.need.as_str()).to_string();
    let letter = Letter::to(liz, &format!("{GUEST}/inbox"), like.as_bytes(), scene.world.now());
    scene.send(letter).await.is(202);
    scene.settle().await;
    assert_eq!(scene.outcomes().await[0].outcome.as_deref(), Some("done"));
}

async fn an_author_who_is_gone_takes_the_guest_along(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, scene) = (&worlds.ana, &worlds.scene);
    let note = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "1", &note)).await;
    let relay = worlds.announced().await["object"]["id"].clone();
    worlds.say(ana, &act(ana, "Delete", "bye", ana.id.as_str())).await;
    let inner = worlds.announced().await;
    assert_eq!((&inner["type"], &inner["object"]), (&json!("Delete"), &relay));
    scene.get(GUEST).await.is(410);
    scene.get(path(&relay)).await.is(410);
}

async fn a_suspended_server_takes_its_guests_along(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, scene) = (&worlds.ana, &worlds.scene);
    let note = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "1", &note)).await;
    let relay = worlds.announced().await["object"]["id"].clone();
    scene.suspend("gts.example", true).await;
    scene.settle().await;
    assert_eq!(worlds.announced().await["object"], relay);
    scene.get(GUEST).await.is(410);
    scene.get(path(&relay)).await.is(410);

    // Whoever is heard again is another guest: no address comes back.
    scene.suspend("gts.example", false).await;
    let note = gotosocial(ana, "2", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "2", &note)).await;
    let again = worlds.announced().await;
    assert_eq!(again["actor"], "https://a.example/u/ana.gts.example.2.guest");
    scene.get(path(&relay)).await.is(410);
}
