//! Following from elsewhere, being followed, and blocking.

use domain::{Handle, collectives::FollowPolicy, follows::FollowState};
use ops::{
    collectives::{CreateCollective, EditCollective},
    follows::{AnswerFollow, AskFollow, Unfollow},
};
use serde_json::json;
use testkit::World;

use crate::{
    scene::Scene,
    shown::shown,
    words::{act, follow, undo, with},
};

testkit::both_engines!(
    a_follow_is_accepted_by_the_group_with_the_whole_follow_inside,
    who_asks_again_is_told_again,
    an_approving_collective_answers_when_its_steward_does,
    a_follow_is_taken_back_whole_or_by_its_id,
    a_block_ends_the_follow_and_what_is_blocked_stays_out,
    somebody_here_follows_and_is_accepted,
    who_asks_again_is_heard_again,
    a_rejected_request_is_gone,
    voices_and_instances_turn_down_who_asks_to_follow_them,
    a_person_here_is_followed_too,
);

async fn followers(scene: &Scene) -> i64 {
    let garden = scene.garden.actor();
    scene.world.read(move |conn| db::follows::count_followers(conn, garden)).await
}

async fn a_follow_is_accepted_by_the_group_with_the_whole_follow_inside(world: World) {
    let scene = Scene::new(world).await;
    let asked = follow(&scene.bob, "1", &scene.group());
    scene.deliver(&scene.bob, &asked).await;

    let arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 1);
    let accept = &arrived[0];
    assert_eq!(accept.target, "/u/bob/inbox", "it concerns nobody else");
    assert_eq!(accept.header("content-type"), "application/activity+json");
    accept.verify(&scene.key_of(scene.garden.actor()).await);
    assert_eq!(accept.said("keyId"), "https://a.example/c/garden#main-key");
    for key in ["id", "type", "actor", "object"] {
        assert_eq!(accept.json()["object"][key], asked[key], "{key}");
    }
    insta::assert_snapshot!("accept", shown(&accept.json()));
    assert_eq!(followers(&scene).await, 1);
}

async fn who_asks_again_is_told_again(world: World) {
    let scene = Scene::new(world).await;
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    let again = follow(&scene.bob, "2", &scene.group());
    scene.deliver(&scene.bob, &again).await;
    let arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 2);
    assert_eq!(arrived[1].json()["object"]["id"], again["id"]);
    assert_eq!(followers(&scene).await, 1);
}

async fn an_approving_collective_answers_when_its_steward_does(world: World) {
    let scene = Scene::new(world).await;
    let mill = scene.world.careful_collective("kitchen", scene.ada).await;
    scene.meet_all().await;
    for (somebody, accept, kind) in
        [(&scene.bob, true, "Accept"), (&scene.mallory, false, "Reject")]
    {
        let asked = follow(somebody, "1", "https://a.example/c/kitchen");
        scene.deliver(somebody, &asked).await;
        assert!(scene.b.arrived().is_empty(), "nobody has answered yet");
        let id = scene.meet(somebody).await;
        let row = scene.world.follow(id, mill.actor()).await.unwrap();
        assert_eq!(row.state, FollowState::Pending);
        let answer = AnswerFollow { follow: row.id, accept };
        scene.world.done(scene.world.local(scene.ada), answer).await;
        scene.settle().await;
        let arrived = scene.b.arrived();
        assert_eq!(arrived.len(), 1);
        assert_eq!(arrived[0].kind(), kind);
        assert_eq!(arrived[0].json()["object"]["id"], asked["id"]);
        assert_eq!(arrived[0].target, format!("{}/inbox", somebody.path()));
        if kind == "Reject" {
            insta::assert_snapshot!("reject", shown(&arrived[0].json()));
        }
    }
    let follower = scene.meet(&scene.mallory).await;
    assert!(scene.world.follow(follower, mill.actor()).await.is_none());
}

async fn a_follow_is_taken_back_whole_or_by_its_id(world: World) {
    let scene = Scene::new(world).await;
    let bob = &scene.bob;
    for (number, by_id) in [true, false].into_iter().enumerate() {
        let asked = follow(bob, &format!("f{number}"), &scene.group());
        scene.deliver(bob, &asked).await;
        assert_eq!(followers(&scene).await, 1);
        let name = format!("u{number}");
        let object = if by_id { asked["id"].clone() } else { asked };
        scene.deliver(bob, &act(bob, "Undo", &name, object)).await;
        assert_eq!(followers(&scene).await, 0);
    }
    let asked = follow(bob, "last", &scene.group());
    scene.deliver(bob, &asked).await;
    let nameless = with(asked, "id", serde_json::Value::Null);
    scene.deliver(bob, &undo(bob, "nameless", &nameless)).await;
    assert_eq!(followers(&scene).await, 0, "who follows whom is enough");
}

async fn a_block_ends_the_follow_and_what_is_blocked_stays_out(world: World) {
    let scene = Scene::new(world).await;
    let bob = &scene.bob;
    scene.deliver(bob, &follow(bob, "1", &scene.group())).await;
    let block = act(bob, "Block", "b", scene.group());
    scene.deliver(bob, &block).await;
    assert_eq!(followers(&scene).await, 0);
    scene.b.arrived();
    scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.settle().await;
    assert!(scene.b.arrived().is_empty(), "who blocks us hears nothing");
    scene.deliver(bob, &undo(bob, "u", &block)).await;
    scene.deliver(bob, &follow(bob, "2", &scene.group())).await;
    assert_eq!(followers(&scene).await, 1);
}

async fn who_asks_again_is_heard_again(world: World) {
    let scene = Scene::new(world).await;
    let mill = scene.meet(&scene.mill).await;
    let ask = AskFollow { followed: mill };
    scene.world.done(scene.world.local(scene.ada), ask.clone()).await;
    scene.settle().await;
    let first = scene.b.arrived()[0].json();
    for _ in 0..2 {
        scene.world.done(scene.world.local(scene.ada), ask.clone()).await;
    }
    scene.settle().await;
    let again = scene.b.arrived();
    assert_eq!(again.len(), 1, "asked twice in a moment is asked once");
    let again = again[0].json();
    assert_ne!(again["id"], first["id"]);
    let row = scene.world.follow(scene.ada.actor(), mill).await.unwrap();
    assert_eq!(again["id"], row.ap_id, "an answer that names the request alone is understood");
    let waiting = scene.world.read(db::events::count_pending).await;
    assert_eq!(waiting, 0, "nothing is stuck");
}

async fn somebody_here_follows_and_is_accepted(world: World) {
    let scene = Scene::new(world).await;
    let mill = scene.meet(&scene.mill).await;
    let ada = scene.ada.actor();
    let ask = AskFollow { followed: mill };
    scene.world.done(scene.world.local(scene.ada), ask).await;
    scene.settle().await;
    let arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 1);
    assert_eq!(arrived[0].target, "/g/mill/inbox");
    arrived[0].verify(&scene.key_of(ada).await);
    let asked = arrived[0].json();
    insta::assert_snapshot!("follow", shown(&asked));
    assert_eq!(scene.world.follow(ada, mill).await.unwrap().state, FollowState::Pending, "PRV-07");

    let mut inner = asked.clone();
    inner.as_object_mut().unwrap().remove("@context");
    scene.deliver(&scene.mill, &act(&scene.mill, "Accept", "1", inner)).await;
    assert_eq!(scene.world.follow(ada, mill).await.unwrap().state, FollowState::Accepted);

    scene.world.done(scene.world.local(scene.ada), Unfollow { followed: mill }).await;
    scene.settle().await;
    let arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 1);
    assert_eq!(arrived[0].json()["object"]["id"], asked["id"]);
    insta::assert_snapshot!("undo_follow", shown(&arrived[0].json()));
}

async fn a_rejected_request_is_gone(world: World) {
    let scene = Scene::new(world).await;
    let mill = scene.meet(&scene.mill).await;
    let asked = scene.world.local(scene.ada);
    let asked = scene.world.done(asked, AskFollow { followed: mill }).await;
    scene.settle().await;
    let id = scene.world.site.act(asked);
    scene.deliver(&scene.mill, &act(&scene.mill, "Reject", "1", id.as_str())).await;
    assert!(scene.world.follow(scene.ada.actor(), mill).await.is_none());
}

async fn voices_and_instances_turn_down_who_asks_to_follow_them(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let ours = ["https://a.example/c/garden/voice", "https://a.example/"];
    for (number, address) in ours.into_iter().enumerate() {
        let asked = follow(&scene.bob, &number.to_string(), address);
        assert_eq!(scene.outcome(&scene.bob, &asked).await.0, "done", "{address}");
        let arrived = scene.b.arrived();
        assert_eq!(arrived.len(), 1, "nobody waits for ever: {arrived:?}");
        let reject = arrived[0].json();
        assert_eq!((&reject["type"], &reject["actor"]), (&json!("Reject"), &json!(address)));
        assert_eq!(
            (&reject["object"]["id"], &reject["to"]),
            (&asked["id"], &json!([scene.bob.id]))
        );
    }
    let nobody = follow(&scene.bob, "9", "https://a.example/c/nobody");
    assert_eq!(scene.outcome(&scene.bob, &nobody).await.0, "ignored");
    assert!(scene.b.arrived().is_empty());
    assert_eq!(scene.world.rows().await.count("follows"), 0);
}

async fn a_person_here_is_followed_too(world: World) {
    let scene = Scene::new(world).await;
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", "https://a.example/u/ada")).await;
    let arrived = scene.b.arrived();
    arrived[0].verify(&scene.key_of(scene.ada.actor()).await);
    assert_eq!(arrived[0].json()["actor"], "https://a.example/u/ada");
    // Nobody can make a collective that approves accept by asking in another case.
    let kitchen = scene.world.new_collective("kitchen");
    let profile = domain::collectives::Profile {
        follow_policy: FollowPolicy::Approval,
        ..kitchen.profile.clone()
    };
    let new = CreateCollective { handle: Handle::choose("kitchen").unwrap(), profile, ..kitchen };
    let kitchen = scene.world.done(scene.world.local(scene.ada), new).await;
    let odd = act(&scene.bob, "Follow", "2", json!("https://a.example/c/KITCHEN"));
    assert_eq!(scene.outcome(&scene.bob, &odd).await.0, "ignored");
    let profile = scene.world.profile("Kitchen");
    let edit = EditCollective { collective: kitchen, profile, version: None };
    scene.world.done(scene.world.local(scene.ada), edit).await;
    scene.deliver(&scene.bob, &follow(&scene.bob, "3", "https://a.example/c/kitchen")).await;
    assert!(scene.b.arrived().iter().any(|it| it.kind() == "Accept"));
}
