//! What others are told of what stewards do here.

use domain::ReplyId;
use ops::{
    blocks::{KeepAway, LetNear},
    follows::{AskFollow, RecordAnswer, RecordFollow},
    moderation::{BlockActor, HideReply, LockListing, UnblockActor},
};
use serde_json::Value;
use testkit::World;

use super::{answer, need, of_the_threadiverse};
use crate::{scene::Scene, shown::shown, words::follow};

testkit::both_engines!(
    the_threadiverse_hears_of_a_lock_and_of_its_end,
    the_threadiverse_hears_of_a_removal_and_of_its_end,
    the_threadiverse_hears_of_a_ban_and_of_its_end,
    a_microblog_hears_of_a_block_and_of_its_end_and_of_nothing_else,
    a_hidden_answer_is_told_to_nobody,
    whom_a_person_blocks_hears_of_it_on_a_microblog_alone,
    follows_end_before_the_block_and_all_of_it_is_one_lane,
);

async fn followed(scene: &Scene) {
    scene.deliver(&scene.bob, &follow(&scene.bob, "follow", &scene.group())).await;
    scene.b.arrived();
}

/// What arrived since, which the Group has signed.
async fn announced(scene: &Scene) -> Vec<Value> {
    scene.settle().await;
    let key = scene.key_of(scene.garden.actor()).await;
    let arrived = scene.b.arrived();
    for letter in &arrived {
        letter.verify(&key);
    }
    arrived.iter().map(crate::arrival::Arrival::json).collect()
}

fn hide(reply: ReplyId, hidden: bool) -> HideReply {
    HideReply { reply, hidden, reason: "advertisement".to_owned() }
}

async fn the_threadiverse_hears_of_a_lock_and_of_its_end(world: World) {
    let scene = Scene::new(world).await;
    let (listing, _) = need(&scene).await;
    of_the_threadiverse(&scene).await;
    followed(&scene).await;
    for locked in [true, false] {
        let lock = LockListing { listing, locked, reason: String::new() };
        scene.world.done(scene.world.local(scene.ada), lock).await;
        let told = announced(&scene).await;
        assert_eq!(told.len(), 1);
        assert!(!told[0].to_string().contains("u/ada"), "no steward is named");
        let name = if locked { "lock" } else { "unlock" };
        insta::assert_snapshot!(name, shown(&told[0]));
    }
}

async fn the_threadiverse_hears_of_a_removal_and_of_its_end(world: World) {
    let scene = Scene::new(world).await;
    let (_, listing) = need(&scene).await;
    of_the_threadiverse(&scene).await;
    followed(&scene).await;
    let reply = answer(&scene, &scene.mallory, "1", &listing).await;
    scene.settle().await;
    scene.b.arrived();
    for hidden in [true, false] {
        scene.world.done(scene.world.local(scene.ada), hide(reply, hidden)).await;
        let told = announced(&scene).await;
        let told: Vec<_> = told
            .iter()
            .filter(|it| {
                it["object"]["summary"] == "advertisement"
                    || it["object"]["object"]["summary"] == "advertisement"
            })
            .collect();
        assert_eq!(told.len(), 1);
        let name = if hidden { "removal" } else { "restoration" };
        insta::assert_snapshot!(name, shown(told[0]));
    }
}

async fn the_threadiverse_hears_of_a_ban_and_of_its_end(world: World) {
    let scene = Scene::new(world).await;
    let (_, listing) = need(&scene).await;
    of_the_threadiverse(&scene).await;
    followed(&scene).await;
    answer(&scene, &scene.mallory, "1", &listing).await;
    scene.settle().await;
    scene.b.arrived();
    let (collective, actor) = (scene.garden, scene.meet(&scene.mallory).await);
    let reason = "spam".to_owned();
    let block = BlockActor { collective, actor, reason: reason.clone() };
    scene.world.done(scene.world.local(scene.ada), block).await;
    let told = announced(&scene).await;
    assert_eq!(told.len(), 1, "{told:?}");
    insta::assert_snapshot!("ban", shown(&told[0]));
    let ban = told[0]["object"]["id"].clone();
    let unblock = UnblockActor { collective, actor, reason };
    scene.world.done(scene.world.local(scene.ada), unblock).await;
    let told = announced(&scene).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["object"]["object"]["id"], ban);
    insta::assert_snapshot!("end_of_a_ban", shown(&told[0]));
}

async fn a_microblog_hears_of_a_block_and_of_its_end_and_of_nothing_else(world: World) {
    let scene = Scene::new(world).await;
    let (listing, address) = need(&scene).await;
    followed(&scene).await;
    let reply = answer(&scene, &scene.mallory, "1", &address).await;
    scene.settle().await;
    scene.b.arrived();
    let ada = scene.world.local(scene.ada);
    let lock = LockListing { listing, locked: true, reason: String::new() };
    scene.world.done(ada.clone(), lock).await;
    scene.world.done(ada.clone(), hide(reply, true)).await;
    let told = announced(&scene).await;
    let told = told.iter().filter(|it| it["type"] != "Update");
    assert_eq!(told.count(), 0, "nobody can take another's words from a microblog");
    let (collective, actor) = (scene.garden, scene.meet(&scene.bob).await);
    let block = BlockActor { collective, actor, reason: "spam".to_owned() };
    scene.world.done(ada.clone(), block).await;
    let told = announced(&scene).await;
    let kinds: Vec<_> = told.iter().map(|it| it["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["Reject", "Block"]);
    assert_eq!(told[0]["object"]["type"], "Follow");
    insta::assert_snapshot!("block", shown(&told[1]));
    let block = told[1]["id"].clone();
    let unblock = UnblockActor { collective, actor, reason: String::new() };
    scene.world.done(ada, unblock).await;
    let told = announced(&scene).await;
    assert_eq!(told[0]["object"]["id"], block);
    insta::assert_snapshot!("end_of_a_block", shown(&told[0]));
}

async fn whom_a_person_blocks_hears_of_it_on_a_microblog_alone(world: World) {
    let scene = Scene::new(world).await;
    let actor = scene.meet(&scene.bob).await;
    let ada = scene.world.local(scene.ada);
    let key = scene.key_of(scene.ada.actor()).await;
    scene.world.done(ada.clone(), KeepAway { actor }).await;
    scene.settle().await;
    let told = scene.b.arrived();
    assert_eq!(told.len(), 1);
    told[0].verify(&key);
    let block = told[0].json();
    assert_eq!(
        (&block["type"], &block["actor"]),
        (&"Block".into(), &"https://a.example/u/ada".into())
    );
    scene.world.done(ada.clone(), LetNear { actor }).await;
    scene.settle().await;
    let end = scene.b.arrived()[0].json();
    assert_eq!((&end["type"], &end["object"]["id"]), (&"Undo".into(), &block["id"]));
    of_the_threadiverse(&scene).await;
    scene.world.done(ada, KeepAway { actor }).await;
    scene.settle().await;
    assert_eq!(scene.b.arrived().len(), 0);
}

async fn follows_end_before_the_block_and_all_of_it_is_one_lane(world: World) {
    let scene = Scene::new(world).await;
    let actor = scene.meet(&scene.bob).await;
    let me = scene.ada.actor();
    let ada = scene.world.local(scene.ada);
    scene.world.done(ada.clone(), AskFollow { followed: actor }).await;
    let accept = RecordAnswer { follower: me, followed: actor, accept: true };
    let inbox = scene.world.inbox_of(actor, &format!("{}/activities/1", scene.bob.id)).await;
    scene.world.done(inbox, accept).await;
    let ap_id = format!("{}/follows/1", scene.bob.id);
    let follow = RecordFollow { ap_id, follower: actor, followed: me };
    let inbox = scene.world.inbox_of(actor, &format!("{}/activities/2", scene.bob.id)).await;
    scene.world.done(inbox, follow).await;
    scene.settle().await;
    scene.b.arrived();
    scene.world.done(ada.clone(), KeepAway { actor }).await;
    scene.world.done(ada, LetNear { actor }).await;
    scene.tell().await;
    let now = scene.world.now();
    let read = scene.world.read(move |conn| {
        let next = db::deliveries::next(conn, "b.example", now, 10)?;
        Ok((db::deliveries::waiting(conn, "b.example", 10)?, next))
    });
    let (waiting, next) = read.await;
    assert_eq!(waiting.len(), 4);
    assert!(waiting.iter().all(|row| row.lane == waiting[0].lane), "one lane");
    assert!(waiting.iter().all(|row| row.inbox == waiting[0].inbox), "to one inbox");
    let next: Vec<_> = next.iter().map(|row| row.activity_id).collect();
    assert_eq!(next, [waiting[0].activity_id], "what is behind the first waits for it");
    scene.settle().await;
    let told = scene.b.arrived();
    let kinds: Vec<_> =
        told.iter().map(|it| it.json()["type"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["Undo", "Reject", "Block", "Undo"]);
    assert_eq!(told[0].json()["object"]["type"], "Follow");
    assert_eq!(told[3].json()["object"]["id"], told[2].json()["id"]);
}

async fn a_hidden_answer_is_told_to_nobody(world: World) {
    let scene = Scene::new(world).await;
    let (listing, address) = need(&scene).await;
    let reply = answer(&scene, &scene.bob, "1", &address).await;
    let said = scene.world.reply(reply).await.ap_id;
    let path = format!("/listings/{listing}");
    for path in [path.clone(), format!("{path}/replies")] {
        assert!(scene.get(&path).await.is(200).text.contains(&said), "{path}");
    }
    scene.world.done(scene.world.local(scene.ada), hide(reply, true)).await;
    for path in [path.clone(), format!("{path}/replies")] {
        assert!(!scene.get(&path).await.is(200).text.contains(&said), "MOD-14 {path}");
    }
    followed(&scene).await;
    let eve = scene.world.person("eve").await;
    let own = scene.world.answer(listing, eve, "Mine").await;
    scene.settle().await;
    let address = scene.world.reply(own).await.ap_id;
    let sent: Vec<Value> = scene.b.arrived().iter().map(crate::arrival::Arrival::json).collect();
    let create = sent.iter().find(|it| it["object"]["id"] == address).unwrap();
    let create = create["id"].as_str().unwrap().strip_prefix("https://a.example").unwrap();
    for (hidden, status) in [(false, 200), (true, 404), (false, 200)] {
        if scene.world.reply(own).await.hidden_at.is_some() != hidden {
            scene.world.done(scene.world.local(scene.ada), hide(own, hidden)).await;
        }
        for path in [&format!("/replies/{own}"), create] {
            scene.get(path).await.is(status);
        }
    }
}
