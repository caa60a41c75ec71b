//! Whatever happens: what arrives at a server is in its dialect.

use domain::{
    listings::{Content, Purpose, Signature},
    quantity::Amount,
    replies::As,
};
use ops::{
    listings::{DeleteListing, EditListing, ExpireListing, MoveListing, Step},
    replies::{DeleteReply, EditReply, PostReply},
};
use serde_json::Value;
use testkit::World;

use super::{Street, kinds};
use crate::{
    arrival::Arrival,
    words::{PUBLIC, create, note},
};

testkit::both_engines!(
    every_letter_of_the_voice_is_in_the_dialect_of_its_reader,
    every_letter_of_a_member_is_in_the_dialect_of_its_reader,
);

/// A microblog is told by the authors themselves; no Page, and nothing passed on, ever goes there.
fn fits_microblogs(group: &str, arrival: &Arrival) {
    let (letter, kinds) = (arrival.json(), kinds(arrival));
    let known = ["Create Note", "Update Note", "Delete Tombstone"];
    assert!(known.contains(&kinds.as_str()), "{letter}");
    assert!(!letter.to_string().contains("/voice\""), "the voice is for others: {letter}");
    let object = &letter["object"];
    if object["publishes"].is_object() {
        assert_eq!((&letter["actor"], &object["attributedTo"]), (&group.into(), &group.into()));
    }
}

/// The threadiverse is told by the Group what others said: it is the author of nothing there.
fn fits_threadiverse(group: &str, arrival: &Arrival) {
    let (letter, kinds) = (arrival.json(), kinds(arrival));
    let known = [
        "Announce Create Page",
        "Announce Update Page",
        "Announce Create Note",
        "Announce Update Note",
        "Announce Delete",
        "Announce Add",
        "Announce Remove",
    ];
    assert!(known.contains(&kinds.as_str()), "{letter}");
    assert_eq!(letter["actor"], group);
    assert!(letter["@context"].is_array() || letter["@context"].is_string());
    let (inner, object) = (&letter["object"], &letter["object"]["object"]);
    assert!(inner.get("@context").is_none() && object.get("@context").is_none(), "{letter}");
    assert_eq!(inner["audience"], group);
    assert_ne!(inner["actor"], group, "{letter}");
    assert_ne!(object["attributedTo"], group, "{letter}");
    for said in [&letter, inner, object].into_iter().filter(|said| said.is_object()) {
        let addressed: Vec<&Value> =
            [&said["to"], &said["cc"]].iter().flat_map(|it| it.as_array().unwrap()).collect();
        assert!(addressed.contains(&&PUBLIC.into()), "{letter}");
    }
    if object.is_object() {
        assert!(object["tag"].is_array() && object["attachment"].is_array());
    } else {
        assert!(object.is_string());
    }
}

/// Looks at all that arrived meanwhile; both servers heard something.
async fn look(street: &Street, what: &str) {
    let (notes, pages) = street.arrived().await;
    assert!(!notes.is_empty() && !pages.is_empty(), "{what}");
    let group = street.scene.group();
    for letter in &notes {
        fits_microblogs(&group, letter);
    }
    for letter in &pages {
        fits_threadiverse(&group, letter);
    }
}

/// A touch is for microblogs alone.
async fn look_at_touch(street: &Street) {
    street.scene.work().await;
    let (notes, pages) = street.arrived().await;
    assert_eq!((notes.len(), pages.len()), (1, 0));
    fits_microblogs(&street.scene.group(), &notes[0]);
}

async fn every_letter_of_the_voice_is_in_the_dialect_of_its_reader(world: World) {
    everything(world, Purpose::Need, Signature::Voice, As::Voice).await;
}

async fn every_letter_of_a_member_is_in_the_dialect_of_its_reader(world: World) {
    everything(world, Purpose::Offer, Signature::Member, As::Themselves).await;
}

/// All that may happen to a listing and to the answers under it.
async fn everything(world: World, purpose: Purpose, signed_by: Signature, speak: As) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    let (world, by) = (&scene.world, || scene.world.local(scene.ada));
    let expires_at = Some(world.now().plus_days(1));
    let mut content = Content { signed_by, ..testkit::content(purpose, "20 chairs") };
    content.quantity = Some(testkit::pieces("20"));
    content.window.expires_at = expires_at;
    let listing = world.publish(scene.garden, scene.ada, content.clone()).await;
    look(&street, "published").await;
    "Or benches".clone_into(&mut content.text);
    world.done(by(), EditListing { listing, content, version: None }).await;
    look(&street, "edited").await;

    let address = world.listing(listing).await.ap_id;
    let heard = note(&scene.bob, "1", &address, "Which colour?");
    scene.deliver(&scene.bob, &create(&scene.bob, &heard)).await;
    // What others said is passed on as it is; that is looked at among the relays.
    street.arrived().await;
    let id = heard["id"].as_str().unwrap().to_owned();
    let heard = world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await.unwrap();
    for parent in [None, Some(heard.id)] {
        let text = "Any".to_owned();
        let post = PostReply { listing, parent, speak, text, language: None };
        let reply = world.done(by(), post).await;
        look(&street, "answered").await;
        look_at_touch(&street).await;
        let edit = EditReply { reply, text: "Red".to_owned() };
        world.done(by(), edit).await;
        look(&street, "edited an answer").await;
        world.done(by(), DeleteReply { reply }).await;
        look(&street, "deleted an answer").await;
        look_at_touch(&street).await;
    }

    let found = Amount::parse("found", "8").unwrap();
    for step in [
        Step::Progress { found },
        Step::Fulfil,
        Step::Reopen { expires_at },
        Step::Withdraw,
        Step::Reopen { expires_at },
    ] {
        world.done(by(), MoveListing { listing, step, version: None }).await;
        look(&street, &format!("{step:?}")).await;
    }
    world.clock.advance(86_400);
    world.done(domain::Origin::clock(), ExpireListing { listing }).await;
    look(&street, "expired").await;
    world.done(by(), DeleteListing { listing }).await;
    look(&street, "deleted").await;
}
