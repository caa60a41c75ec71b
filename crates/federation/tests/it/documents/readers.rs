//! What the readers of our notes cannot stand, held against everything that we say to them.

use domain::{
    Time,
    listings::{Content, Purpose},
    memberships::Role,
    quantity::Amount,
    replies::As,
};
use ops::{
    listings::{EditListing, MoveListing, Step},
    replies::{EditReply, PostReply},
};
use serde_json::Value;
use testkit::World;

use super::full;
use crate::{scene::Scene, words::follow};

testkit::both_engines!(
    every_note_that_leaves_suits_its_readers,
    an_update_keeps_the_day_of_publication,
);

/// Mastodon folds a `summary`, GoToSocial a `name`, Lemmy drops odd attachments, all compare one string.
fn check_note(note: &Value) {
    assert_eq!(note["type"], "Note");
    for absent in ["name", "summary", "unitBased", "bto", "bcc"] {
        assert!(note.get(absent).is_none(), "{absent}");
    }
    for list in ["to", "cc", "tag", "attachment"] {
        assert!(note[list].is_array(), "{list} is a list");
    }
    assert!(note["attributedTo"].is_string() && note["content"].is_string());
    assert!(!note["content"].as_str().unwrap().is_empty());
    assert!(note["language"].is_null() || note["language"].is_object());
    assert!(note["sensitive"].is_boolean());
    let attachments = note["attachment"].as_array().unwrap();
    assert!(attachments.iter().all(|it| it["type"] != "PropertyValue"));
    let published = Time::parse("published", note["published"].as_str().unwrap()).unwrap();
    if let Some(updated) = note["updated"].as_str() {
        assert!(published <= Time::parse("updated", updated).unwrap());
    }
    assert!(!note["id"].as_str().unwrap().contains('#'));
    check_quantities(note);
}

fn check_quantities(note: &Value) {
    let intent = &note["publishes"];
    assert!(intent.get("unitBased").is_none());
    for name in ["resourceQuantity", "effortQuantity", "availableQuantity", "minimumQuantity"] {
        if let Some(measure) = intent.get(name) {
            assert!(measure["hasNumericalValue"].is_string(), "{name} is a text");
        }
    }
}

/// A listing and an answer, changed, by the voice; everything that was sent because of them.
async fn everything_sent(scene: &Scene) -> Vec<Value> {
    let grace = scene.world.member(scene.garden, "grace", Role::Member).await;
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    scene.b.arrived();
    let content = full(&scene.world);
    let need = scene.world.publish(scene.garden, grace, content.clone()).await;
    scene.settle().await;
    let mut bodies = Vec::new();
    for number in 0..4 {
        scene.world.clock.advance(60);
        let by = scene.world.local(grace);
        let found = Amount::parse("found", "8").unwrap();
        let step = |step| MoveListing { listing: need, step, version: None };
        match number {
            0 => {
                let content = Content { text: "changed".to_owned(), ..content.clone() };
                let edit = EditListing { listing: need, content, version: None };
                scene.world.done(by, edit).await;
            }
            1 => drop(scene.world.done(by, step(Step::Progress { found })).await),
            2 => drop(scene.world.done(by, step(Step::Withdraw)).await),
            _ => drop(scene.world.done(by, step(Step::Reopen { expires_at: None })).await),
        }
        scene.settle().await;
    }
    let reply = PostReply {
        listing: need,
        parent: None,
        speak: As::Voice,
        text: "thank you".to_owned(),
        language: Some("es".to_owned()),
    };
    let reply = scene.world.done(scene.world.local(scene.ada), reply).await;
    scene.settle().await;
    scene.world.clock.advance(60);
    let edit = EditReply { reply, text: "thank you all".to_owned() };
    scene.world.done(scene.world.local(scene.ada), edit).await;
    let more = testkit::content(Purpose::Offer, "hands");
    scene.world.publish(scene.garden, grace, more).await;
    scene.settle().await;
    bodies.extend(scene.b.arrived().iter().map(crate::arrival::Arrival::json));
    bodies
}

async fn every_note_that_leaves_suits_its_readers(world: World) {
    let scene = Scene::new(world).await;
    let bodies = everything_sent(&scene).await;
    assert_eq!(bodies.len(), 8);
    let grace = scene.world.read(|conn| db::actors::find_local(conn, "grace")).await.unwrap();
    let secrets = [
        "grace".to_owned(),
        grace.id.uuid().to_string(),
        "/u/ada".to_owned(),
        scene.ada.uuid().to_string(),
        "41.402".to_owned(),
        "2.1563".to_owned(),
        "mail.example".to_owned(),
    ];
    for activity in &bodies {
        check_note(&activity["object"]);
        let context = activity["@context"].as_array().unwrap();
        assert!(context.contains(&Value::from("https://www.w3.org/ns/activitystreams")));
        assert!(activity["object"].get("@context").is_none(), "it stands outside");
        assert_eq!(activity["actor"], activity["object"]["attributedTo"]);
        assert_eq!(activity["to"], activity["object"]["to"]);
        assert_eq!(activity["cc"], activity["object"]["cc"]);
        assert!(activity["type"].is_string() && activity.get("signature").is_none());
        let text = activity.to_string();
        for secret in &secrets {
            assert!(!text.contains(secret), "PRV-08: {secret} in {text}");
        }
    }
    let ids: std::collections::BTreeSet<_> = bodies.iter().map(|it| it["id"].to_string()).collect();
    assert_eq!(ids.len(), bodies.len(), "IDM-11: each has an id of its own");
}

async fn an_update_keeps_the_day_of_publication(world: World) {
    let scene = Scene::new(world).await;
    let bodies = everything_sent(&scene).await;
    let of = |kind: &str| bodies.iter().filter(move |it| it["type"] == kind).collect::<Vec<_>>();
    for create in of("Create") {
        for update in of("Update") {
            if update["object"]["id"] == create["object"]["id"] {
                assert_eq!(update["object"]["published"], create["object"]["published"]);
                let (before, after) = (&create["object"]["updated"], &update["object"]["updated"]);
                assert!(after.as_str() > before.as_str(), "without it nobody shows the edit");
            }
        }
    }
    assert_eq!((of("Create").len(), of("Update").len()), (3, 5));
}
