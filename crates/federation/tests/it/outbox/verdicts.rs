//! What Lemmy answers, and what becomes of it.

use db::deliveries::DeadRow;
use serde_json::json;
use testkit::World;

use super::{Street, all_kinds, ids};
use crate::peer::Mood;

testkit::both_engines!(
    what_lemmy_has_already_has_arrived,
    what_took_lemmy_too_long_is_said_again_under_other_ids,
    who_cannot_be_read_is_remembered,
    nobody_is_believed_about_the_people_of_others,
    a_microblog_that_says_the_same_is_taken_by_its_status,
);

async fn dead(street: &Street) -> Vec<DeadRow> {
    street.scene.world.read(|conn| db::deliveries::dead(conn, 100)).await
}

async fn what_lemmy_has_already_has_arrived(world: World) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    for words in [
        r#"{"error":"unknown","message":""}"#,
        r#"{"error":"unknown","message":"cant accept local object"}"#,
    ] {
        street.lemmy.mood("/inbox", Mood::Says(400, words));
        scene.world.need(scene.garden, scene.ada, "20 chairs").await;
        assert_eq!(street.arrived().await.1.len(), 2, "what is behind it is sent");
        assert!(dead(&street).await.is_empty(), "{words}");
        assert!(scene.world.deliveries().await.is_empty());
    }
    let refusal = r#"{"error":"community_has_no_followers"}"#;
    street.lemmy.mood("/inbox", Mood::Says(400, refusal));
    scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    street.arrived().await;
    let dead = dead(&street).await;
    assert_eq!(dead.len(), 2);
    assert_eq!(dead[0].reason.as_deref(), Some(format!("400 {refusal}").as_str()));
}

async fn what_took_lemmy_too_long_is_said_again_under_other_ids(world: World) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    let timeout = Mood::Says(400, r#"{"error":"inbox_timeout"}"#);
    street.lemmy.mood("/inbox", timeout);
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let address = scene.world.listing(need).await.ap_id;
    let tried = street.arrived().await.1;
    assert_eq!(all_kinds(&tried), ["Announce Create Page"], "the next one waits behind it");
    let under = |end: &str| {
        [format!("{address}/announce{end}"), format!("{address}/create{end}"), address.clone()]
    };
    assert_eq!(ids(&tried[0].json()), under(""));
    // Whatever goes wrong after that, the ids of the first try are used up.
    for (mood, end) in [(timeout, "/1"), (Mood::Status(503), "/2"), (Mood::Status(500), "/3")] {
        street.lemmy.mood("/inbox", mood);
        scene.world.clock.advance(3_600);
        let tried = street.arrived().await.1;
        assert_eq!(tried.len(), 1);
        assert_eq!(ids(&tried[0].json()), under(end));
        tried[0].verify(&scene.key_of(scene.garden.actor()).await);
    }
    street.lemmy.mood("/inbox", Mood::Status(200));
    scene.world.clock.advance(4 * 3_600);
    let tried = street.arrived().await.1;
    assert_eq!(all_kinds(&tried), ["Announce Create Page", "Announce Add"]);
    assert_eq!(ids(&tried[0].json()), under("/4"));
    assert!(!tried[1].json()["id"].as_str().unwrap().ends_with("/0"), "it had no trouble");
    assert!(dead(&street).await.is_empty());
}

/// Whether this host lets its actors be read, as far as is known.
async fn open_actors(street: &Street, host: &'static str) -> Option<bool> {
    let row = street.scene.world.read(move |conn| db::instances::find(conn, host)).await;
    row.and_then(|row| row.open_actors)
}

/// The garden passes on what somebody else said, and Lemmy complains in these words.
async fn complained(street: &Street, actor: &str, words: String) -> Vec<DeadRow> {
    let scene = &street.scene;
    let words: &'static str = Box::leak(words.into_boxed_str());
    street.lemmy.mood("/inbox", Mood::Says(400, words));
    let inner = json!({ "id": format!("{actor}/1"), "type": "Create", "actor": actor });
    let body = json!({ "id": "https://a.example/1", "type": "Announce", "object": inner });
    let activity = db::activities::ActivityRow {
        id: scene.world.queues.mint(),
        actor_id: scene.garden.actor(),
        kind: "Announce".to_owned(),
        public: true,
        body: body.to_string(),
        key_id: None,
        lane: Vec::new(),
        created_at: scene.world.now(),
    };
    let letter = ops::queues::Letter::to_followers_of(scene.garden.actor(), activity);
    let letter = ops::queues::Letter { dialect: Some(domain::Dialect::Threadiverse), ..letter };
    scene.world.need(scene.garden, scene.ada, "x").await;
    let now = scene.world.now();
    let event = scene.world.read(move |conn| db::events::due(conn, now, 1)).await[0].id;
    scene.world.queues.tell(event, vec![letter]).await.unwrap();
    assert_eq!(street.arrived().await.1.len(), 1);
    dead(street).await
}

fn unreadable(actor: &str) -> String {
    let message = format!("Failed to parse object {actor} with content {{\"error\":\"no\"}}");
    json!({ "error": "unknown", "message": message }).to_string()
}

async fn who_cannot_be_read_is_remembered(world: World) {
    let street = Street::new(world).await;
    let bob = street.scene.bob.id.clone();
    let dead = complained(&street, &bob, unreadable(&bob)).await;
    assert_eq!(dead.len(), 1, "a guest says it from now on, but this one is lost");
    assert_eq!(open_actors(&street, "b.example").await, Some(false));
}

async fn nobody_is_believed_about_the_people_of_others(world: World) {
    let street = Street::new(world).await;
    let bob = street.scene.bob.id.clone();
    for other in ["http://b.example/u/mallory", "http://c.example/u/dora", "x", ""] {
        complained(&street, &bob, unreadable(other)).await;
        assert_eq!(open_actors(&street, "b.example").await, None, "{other}");
    }
    let ours = "https://a.example/c/garden/voice";
    complained(&street, ours, unreadable(ours)).await;
    let known = street.scene.world.read(|conn| db::instances::find(conn, "a.example")).await;
    assert!(known.is_none_or(|row| row.open_actors.is_none()), "we know of ourselves");
}

async fn a_microblog_that_says_the_same_is_taken_by_its_status(world: World) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    for words in [r#"{"error":"unknown","message":""}"#, r#"{"error":"inbox_timeout"}"#] {
        scene.b.mood("/inbox", Mood::Says(400, words));
        scene.world.need(scene.garden, scene.ada, "20 chairs").await;
        street.arrived().await;
        assert_eq!(dead(&street).await[0].reason.as_deref(), Some(format!("400 {words}").as_str()));
    }
}
