//! What people here say in communities elsewhere, how they vote, and what their collectives pass on.

use domain::{ReplyId, mentions::MentionState, replies::ReactionKind};
use ops::{
    instances::RecordSoftware,
    mentions::{BoostMention, UnboostMention},
    posts::AnswerPost,
    reactions::{React, ReactionObject, Unreact},
    replies::{DeleteReply, EditReply},
};
use serde_json::{Value, json};
use testkit::World;

use crate::{
    communities::Place,
    peer::Page,
    scene::Scene,
    words::{PUBLIC, act, create, delete, follow, note, with},
};

testkit::both_engines!(
    an_answer_in_a_community_goes_to_it_and_to_whom_it_answers,
    a_vote_goes_to_the_author_and_to_the_community,
    a_vote_under_our_listing_is_passed_on_to_the_threadiverse,
    a_page_posted_into_a_collective_waits_for_its_stewards,
    a_boost_reaches_followers_and_the_author_and_ends,
    a_flood_is_told_to_nobody,
);

/// What arrived at a server, by the path of the inbox.
pub(crate) fn arrived(peer: &crate::peer::Peer) -> Vec<(String, Value)> {
    peer.arrived().into_iter().map(|it| (it.target.clone(), it.json())).collect()
}

async fn rooted(it: &Place) -> ReplyId {
    let post = it.post(1);
    let create = act(&it.carla, "Create", "1", post.clone());
    let announce = act(&it.scene.mill, "Announce", "1", create);
    it.scene.deliver(&it.scene.mill, &announce).await;
    it.row(&post).await.unwrap().id
}

async fn threadiverse(scene: &Scene, host: &str) {
    let (host, software) = (host.to_owned(), Some("lemmy".to_owned()));
    let known = RecordSoftware { host, software, version: None };
    scene.world.done(domain::Origin::server(), known).await;
}

async fn an_answer_in_a_community_goes_to_it_and_to_whom_it_answers(world: World) {
    let it = Place::new(world).await;
    threadiverse(&it.scene, "b.example").await;
    let parent = rooted(&it).await;
    let text = "I have <8>".to_owned();
    let by_ada = it.scene.world.local(it.scene.ada);
    let answer = AnswerPost { parent, text, language: Some("en".to_owned()) };
    let answer = it.scene.world.done(by_ada.clone(), answer).await;
    it.scene.settle().await;
    let (at_b, at_c) = (arrived(&it.scene.b), arrived(&it.c));
    assert_eq!((at_b.len(), at_c.len()), (1, 1), "{at_b:?} {at_c:?}");
    let said = |(path, create): &(String, Value)| (path.clone(), create["object"]["id"].clone());
    assert_eq!(said(&at_b[0]), said(&at_c[0]), "the same, each in its own dialect");
    let (path, create) = &at_b[0];
    assert_eq!(path, "/inbox");
    let (mill, carla) = (json!(it.scene.mill.id), json!(it.carla.id));
    let strings = |value: &Value| value.as_array().unwrap().clone();
    for document in [create, &create["object"]] {
        assert_eq!(document["to"], json!([PUBLIC]));
        let cc = strings(&document["cc"]);
        assert!(cc.contains(&mill) && cc.contains(&carla), "{cc:?}");
        assert_eq!(document["audience"], mill);
    }
    let object = &create["object"];
    assert_eq!((&create["type"], &object["type"]), (&json!("Create"), &json!("Note")));
    assert_eq!(object["id"], it.scene.world.site.reply(answer));
    assert_eq!(object["attributedTo"], "https://a.example/u/ada");
    assert_eq!(object["inReplyTo"], format!("{}/post/1", it.carla.id));
    assert!(object["content"].as_str().unwrap().contains("I have &lt;8&gt;"));
    let tags = strings(&object["tag"]);
    for called in [&mill, &carla] {
        let mention = tags.iter().find(|tag| tag["href"] == *called);
        assert_eq!(mention.unwrap()["type"], "Mention");
    }
    let served = it.scene.get(&format!("/replies/{answer}")).await;
    assert_eq!(served.json["inReplyTo"], object["inReplyTo"]);

    let edit = EditReply { reply: answer, text: "I have 9".to_owned() };
    it.scene.world.done(by_ada.clone(), edit).await;
    it.scene.world.done(by_ada, DeleteReply { reply: answer }).await;
    it.scene.settle().await;
    let at_b: Vec<Value> = arrived(&it.scene.b).into_iter().map(|(_, json)| json).collect();
    let kinds: Vec<&Value> = at_b.iter().map(|json| &json["type"]).collect();
    assert_eq!(kinds, ["Update", "Delete"]);
    assert!(strings(&at_b[1]["cc"]).contains(&mill), "a Delete is addressed, too");
}

async fn a_vote_goes_to_the_author_and_to_the_community(world: World) {
    let it = Place::new(world).await;
    let object = ReactionObject::Reply(rooted(&it).await);
    let by_ada = it.scene.world.local(it.scene.ada);
    let react = |kind| React { object, kind };
    it.scene.world.done(by_ada.clone(), react(ReactionKind::Like)).await;
    it.scene.settle().await;
    let (at_b, at_c) = (arrived(&it.scene.b), arrived(&it.c));
    assert_eq!((at_b.len(), at_c.len()), (1, 1));
    let like = &at_b[0].1;
    assert_eq!(like["type"], "Like");
    assert_eq!(like["actor"], "https://a.example/u/ada");
    assert_eq!(like["object"], format!("{}/post/1", it.carla.id));
    assert_eq!(like["audience"], json!(it.scene.mill.id));
    assert_eq!(like["to"], Value::Null, "as Lemmy sends it");
    let id = like["id"].as_str().unwrap();
    let path = id.strip_prefix("https://a.example").unwrap();
    it.scene.get(path).await.is(404);

    it.scene.world.done(by_ada.clone(), react(ReactionKind::Dislike)).await;
    it.scene.settle().await;
    let kinds = |at: Vec<(String, Value)>| -> Vec<(Value, Value)> {
        at.into_iter().map(|(_, it)| (it["type"].clone(), it["object"]["type"].clone())).collect()
    };
    let undo = (json!("Undo"), json!("Like"));
    assert_eq!(kinds(arrived(&it.scene.b)), [undo.clone(), (json!("Dislike"), Value::Null)]);
    assert_eq!(kinds(arrived(&it.c)), [undo], "a microblog knows no vote against");
    it.scene.world.done(by_ada, Unreact { object, kind: ReactionKind::Dislike }).await;
    it.scene.settle().await;
    let at_b = arrived(&it.scene.b);
    assert_eq!(at_b[0].1["object"]["type"], "Dislike");
    assert!(arrived(&it.c).is_empty());
}

async fn a_vote_under_our_listing_is_passed_on_to_the_threadiverse(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    threadiverse(&scene, "b.example").await;
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    scene.b.arrived();
    let object = ReactionObject::Listing(need);
    let by_ada = scene.world.local(scene.ada);
    scene.world.done(by_ada.clone(), React { object, kind: ReactionKind::Like }).await;
    scene.world.done(by_ada, Unreact { object, kind: ReactionKind::Like }).await;
    scene.settle().await;
    let at_b: Vec<Value> = arrived(&scene.b).into_iter().map(|(_, json)| json).collect();
    assert_eq!(at_b.len(), 2, "{at_b:?}");
    for (announce, kind) in at_b.iter().zip(["Like", "Undo"]) {
        assert_eq!(
            (&announce["type"], &announce["actor"]),
            (&json!("Announce"), &json!(scene.group()))
        );
        let inner = &announce["object"];
        assert_eq!(inner["type"], kind);
        assert_eq!(inner["actor"], "https://a.example/u/ada");
        assert_eq!(inner["audience"], json!(scene.group()));
        assert_eq!(inner["@context"], Value::Null);
    }
}

/// A post that answers nothing and calls the garden.
pub(crate) fn call(by: &crate::peer::Somebody, name: &str) -> Value {
    with(note(by, name, "", "We have chairs"), "inReplyTo", Value::Null)
}

async fn waiting(scene: &Scene, state: MentionState) -> Vec<db::replies::ReplyRow> {
    let garden = scene.garden;
    let read = move |conn: &mut db::Conn| {
        db::mentions::page(conn, garden, (state, db::mentions::Part::Whole), None, 100)
    };
    scene.world.read(read).await.into_iter().map(|(row, _)| row).collect()
}

async fn a_page_posted_into_a_collective_waits_for_its_stewards(world: World) {
    let scene = Scene::new(world).await;
    let page = json!({
        "id": format!("{}/post/1", scene.bob.id),
        "type": "Page",
        "attributedTo": scene.bob.id,
        "to": [scene.group(), PUBLIC],
        "cc": [],
        "audience": scene.group(),
        "name": "Who has chairs?",
        "content": "<p>We need some.</p>",
        "attachment": [{ "type": "Link", "href": "https://chairs.example/" }],
        "published": "2026-03-01T08:00:00Z",
    });
    let activity = act(&scene.bob, "Create", "1", page);
    assert_eq!(scene.outcome(&scene.bob, &activity).await.0, "done", "GRP-01: it waits");
    let rows = waiting(&scene, MentionState::New).await;
    assert_eq!(rows[0].title.as_deref(), Some("Who has chairs?"));
    assert!(rows[0].html.contains("https://chairs.example/"), "{}", rows[0].html);
    assert!(scene.b.arrived().is_empty(), "GRP-01: nothing is passed on");

    scene.deliver(&scene.bob, &create(&scene.bob, &call(&scene.bob, "2"))).await;
    let voice = call(&scene.bob, "3");
    let tag = json!([{ "type": "Mention", "href": "https://a.example/c/garden/voice" }]);
    let voice = with(with(voice, "cc", json!([])), "tag", tag);
    scene.deliver(&scene.bob, &create(&scene.bob, &voice)).await;
    assert_eq!(waiting(&scene, MentionState::New).await.len(), 3, "the voice is the collective");
    let private = with(call(&scene.bob, "4"), "to", json!([scene.group()]));
    scene.deliver(&scene.bob, &create(&scene.bob, &private)).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let need = scene.world.listing(need).await.ap_id;
    let answer = note(&scene.bob, "5", &need, "I have 8");
    scene.deliver(&scene.bob, &create(&scene.bob, &answer)).await;
    assert_eq!(waiting(&scene, MentionState::New).await.len(), 3);
}

async fn a_boost_reaches_followers_and_the_author_and_ends(world: World) {
    let it = Place::new(world).await;
    let scene = &it.scene;
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    let d = crate::peer::Peer::named(&scene.net, "d.example").await;
    let dora = d.person("dora", 2);
    scene.deliver(&dora, &follow(&dora, "1", &scene.group())).await;
    threadiverse(scene, "d.example").await;
    let said = call(&it.carla, "1");
    it.c.put("/u/carla/notes/1", Page::Document(said.clone()));
    scene.deliver(&it.carla, &create(&it.carla, &said)).await;
    let reply = it.row(&said).await.unwrap().id;
    for peer in [&scene.b, &it.c, &d] {
        peer.arrived();
    }
    let by_ada = scene.world.local(scene.ada);
    let collective = scene.garden;
    scene.world.done(by_ada.clone(), BoostMention { collective, reply }).await;
    scene.settle().await;
    let (at_b, at_c) = (arrived(&scene.b), arrived(&it.c));
    assert_eq!((at_b.len(), at_c.len()), (1, 1), "{at_b:?} {at_c:?}");
    let at_d = arrived(&d);
    assert_eq!(
        at_d[0].1["object"]["type"], "Create",
        "Lemmy refuses what is no activity: {at_d:?}"
    );
    let announce = &at_b[0].1;
    assert_eq!((&announce["type"], &announce["object"]), (&json!("Announce"), &said["id"]));
    assert_eq!(announce["actor"], json!(scene.group()));
    assert_eq!(announce["to"], json!([PUBLIC]));
    let followers = format!("{}/followers", scene.group());
    assert_eq!(announce["cc"], json!([followers, it.carla.id]));
    let path = announce["id"].as_str().unwrap().strip_prefix("https://a.example").unwrap();
    assert_eq!(scene.get(path).await.is(200).json["id"], announce["id"]);

    scene.world.done(by_ada.clone(), UnboostMention { collective, reply }).await;
    scene.settle().await;
    let undo = arrived(&scene.b).remove(0).1;
    assert_eq!((&undo["type"], &undo["object"]["id"]), (&json!("Undo"), &announce["id"]));
    scene.world.done(by_ada, BoostMention { collective, reply }).await;
    scene.settle().await;
    let again = arrived(&scene.b).remove(0).1;
    assert_ne!(again["id"], announce["id"], "Mastodon takes no id twice");
    scene.deliver(&it.carla, &delete(&it.carla, &said)).await;
    let undo = arrived(&scene.b).remove(0).1;
    assert_eq!((&undo["type"], &undo["object"]["id"]), (&json!("Undo"), &again["id"]));
}

async fn a_flood_is_told_to_nobody(world: World) {
    let scene = Scene::new(world).await;
    for number in 0..22 {
        let said = call(&scene.bob, &number.to_string());
        let (outcome, reason) = scene.outcome(&scene.bob, &create(&scene.bob, &said)).await;
        let want = if number < 20 { "done" } else { "ignored" };
        assert_eq!(outcome, want, "{number}: {reason}");
    }
    // Nobody knows his server yet.
    assert_eq!(waiting(&scene, MentionState::New).await.len(), 5, "MOD-08");
    assert_eq!(waiting(&scene, MentionState::Held).await.len(), 15, "MOD-08");
    assert_eq!(scene.world.rows().await.count("replies"), 20, "nothing is left of the rest");
}
