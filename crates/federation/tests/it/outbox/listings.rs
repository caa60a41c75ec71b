//! Needs and offers, from their beginning to their end.

use domain::listings::{Content, Signature};
use ops::listings::{DeleteListing, EditListing, ExpireListing, MoveListing, Step};
use testkit::World;

use super::{Street, all_kinds};
use crate::shown::shown;

testkit::both_engines!(
    a_listing_is_told_to_each_in_its_dialect,
    what_is_open_is_featured_in_the_threadiverse,
    who_signs_a_listing_speaks_in_the_threadiverse,
    a_draft_is_told_to_nobody,
);

fn content(title: &str) -> Content {
    testkit::content(domain::listings::Purpose::Need, title)
}

async fn a_listing_is_told_to_each_in_its_dialect(world: World) {
    let street = Street::new(world).await;
    let (scene, by) = (&street.scene, street.scene.world.local(street.scene.ada));
    let key = scene.key_of(scene.garden.actor()).await;
    let chairs = Content { quantity: Some(testkit::pieces("20")), ..content("20 chairs") };
    let need = scene.world.publish(scene.garden, scene.ada, chairs.clone()).await;
    let (notes, pages) = street.arrived().await;
    assert_eq!(all_kinds(&notes), ["Create Note"]);
    assert_eq!(all_kinds(&pages), ["Announce Create Page", "Announce Add"]);
    for page in &pages {
        page.verify(&key);
        assert_eq!(page.target, "/inbox", "once for all of a server");
    }
    let (address, create) = (scene.world.listing(need).await.ap_id, pages[0].json());
    assert_eq!(create["id"], format!("{address}/announce"));
    assert_eq!(create["object"]["id"], format!("{address}/create"));
    insta::assert_snapshot!("announce_create", shown(&create));
    insta::assert_snapshot!("announce_add", shown(&pages[1].json()));

    let edit = EditListing { listing: need, content: chairs, version: None };
    scene.world.done(by.clone(), edit).await;
    let (notes, pages) = street.arrived().await;
    assert_eq!(all_kinds(&notes), ["Update Note"]);
    assert_eq!(all_kinds(&pages), ["Announce Update Page"]);
    insta::assert_snapshot!("announce_update", shown(&pages[0].json()));

    let fulfil = MoveListing { listing: need, step: Step::Fulfil, version: None };
    scene.world.done(by.clone(), fulfil).await;
    let (notes, pages) = street.arrived().await;
    assert_eq!(all_kinds(&notes), ["Update Note"]);
    assert_eq!(all_kinds(&pages), ["Announce Update Page", "Announce Remove"]);
    insta::assert_snapshot!("announce_remove", shown(&pages[1].json()));

    scene.world.done(by, DeleteListing { listing: need }).await;
    let (notes, pages) = street.arrived().await;
    assert_eq!(all_kinds(&notes), ["Delete Tombstone"]);
    assert_eq!(all_kinds(&pages), ["Announce Delete"]);
    insta::assert_snapshot!("announce_delete", shown(&pages[0].json()));
}

async fn what_is_open_is_featured_in_the_threadiverse(world: World) {
    let street = Street::new(world).await;
    let (scene, by) = (&street.scene, street.scene.world.local(street.scene.ada));
    let expires_at = Some(scene.world.now().plus_days(1));
    let mut chairs = Content { quantity: Some(testkit::pieces("20")), ..content("20 chairs") };
    chairs.window.expires_at = expires_at;
    let need = scene.world.publish(scene.garden, scene.ada, chairs).await;
    let featured = async || {
        let (notes, pages) = street.arrived().await;
        let told = ["Create Note", "Update Note"];
        assert!(all_kinds(&notes).iter().all(|it| told.contains(&it.as_str())), "no more of it");
        let all = pages.iter().map(|page| page.json()["object"].clone());
        let ours = |kind: &serde_json::Value| kind == "Add" || kind == "Remove";
        let steps: Vec<_> = all.filter(|inner| ours(&inner["type"])).collect();
        for step in &steps {
            assert_eq!(step["actor"], "https://a.example/c/garden/voice");
            assert_eq!(step["target"], "https://a.example/c/garden/featured");
            assert_eq!(step["object"], format!("https://a.example/listings/{need}"));
        }
        let kinds = steps.iter().map(|step| step["type"].as_str().unwrap().to_owned());
        kinds.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(featured().await, "Add");
    let found =
        |text| Step::Progress { found: domain::quantity::Amount::parse("found", text).unwrap() };
    for (step, want) in [
        (found("8"), ""),
        (found("20"), "Remove"),
        (Step::Reopen { expires_at }, "Add"),
        (Step::Withdraw, "Remove"),
        (Step::Reopen { expires_at }, "Add"),
    ] {
        let to = MoveListing { listing: need, step, version: None };
        scene.world.done(by.clone(), to).await;
        assert_eq!(featured().await, want, "{step:?}");
    }
    scene.world.clock.advance(86_400);
    scene.world.done(domain::Origin::clock(), ExpireListing { listing: need }).await;
    assert_eq!(featured().await, "Remove", "its time is over");

    // What opened and closed before anything could be told is as if it had stayed.
    for step in [Step::Reopen { expires_at: None }, Step::Withdraw] {
        let to = MoveListing { listing: need, step, version: None };
        scene.world.done(by.clone(), to).await;
    }
    assert_eq!(featured().await, "Remove");
}

async fn who_signs_a_listing_speaks_in_the_threadiverse(world: World) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    let signed = Content { signed_by: Signature::Member, ..content("20 chairs") };
    scene.world.publish(scene.garden, scene.ada, signed).await;
    let (notes, pages) = street.arrived().await;
    assert_eq!(notes[0].json()["actor"], "https://a.example/c/garden");
    let (announce, ada) = (pages[0].json(), "https://a.example/u/ada");
    assert_eq!(announce["actor"], "https://a.example/c/garden");
    assert_eq!(announce["object"]["actor"], ada);
    assert_eq!(announce["object"]["object"]["attributedTo"], ada);
    let add = pages[1].json();
    assert_eq!(add["object"]["actor"], "https://a.example/c/garden/voice", "she moderates nothing");
}

async fn a_draft_is_told_to_nobody(world: World) {
    let street = Street::new(world).await;
    let (scene, by) = (&street.scene, street.scene.world.local(street.scene.ada));
    let draft = scene.world.draft(scene.garden, scene.ada, content("20 chairs")).await;
    let edit = EditListing { listing: draft, content: content("30 chairs"), version: None };
    scene.world.done(by.clone(), edit).await;
    let (notes, pages) = street.arrived().await;
    assert!(notes.is_empty() && pages.is_empty());
    let publish = MoveListing { listing: draft, step: Step::Publish, version: None };
    scene.world.done(by.clone(), publish).await;
    let (notes, pages) = street.arrived().await;
    assert_eq!((notes.len(), pages.len()), (1, 2));
    let other = scene.world.draft(scene.garden, scene.ada, content("A ladder")).await;
    scene.world.done(by, DeleteListing { listing: other }).await;
    let (notes, pages) = street.arrived().await;
    assert!(notes.is_empty() && pages.is_empty());
}
