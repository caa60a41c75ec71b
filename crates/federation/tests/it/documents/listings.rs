//! Listings at their addresses.

use domain::listings::Purpose;
use ops::listings::{DeleteListing, MoveListing, Step};
use testkit::World;

use super::full;
use crate::{scene::Scene, shown::shown};

testkit::both_engines!(
    a_listing_is_a_note_and_a_proposal,
    a_draft_is_as_if_it_were_not_there,
    a_deleted_listing_is_a_tombstone,
    what_is_not_ours_is_not_here,
    a_member_is_named_only_where_they_signed,
);

async fn a_listing_is_a_note_and_a_proposal(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.publish(scene.garden, scene.ada, full(&scene.world)).await;
    let note = scene.get(&format!("/listings/{need}")).await.is(200).json;
    insta::assert_snapshot!("listing", shown(&note));
    let proposal = scene.get(&format!("/listings/{need}/proposal")).await.is(200).json;
    insta::assert_snapshot!("proposal", shown(&proposal));
    let replies = scene.get(&format!("/listings/{need}/replies")).await.is(200).json;
    insta::assert_snapshot!("replies", shown(&replies));
}

async fn a_draft_is_as_if_it_were_not_there(world: World) {
    let scene = Scene::new(world).await;
    let content = testkit::content(Purpose::Need, "secret plans");
    let draft = scene.world.draft(scene.garden, scene.ada, content).await;
    scene.settle().await;
    for end in ["", "/proposal", "/replies", "/likes", "/shares"] {
        let answer = scene.get(&format!("/listings/{draft}{end}")).await.is(404);
        assert!(!answer.text.contains("secret"));
    }
    scene.get(&format!("/activities/{draft}")).await.is(404);
    scene.world.done(scene.world.local(scene.ada), DeleteListing { listing: draft }).await;
    scene.settle().await;
    scene.get(&format!("/listings/{draft}")).await.is(404);
}

async fn a_deleted_listing_is_a_tombstone(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.publish(scene.garden, scene.ada, full(&scene.world)).await;
    scene.world.clock.advance(60);
    scene.world.done(scene.world.local(scene.ada), DeleteListing { listing: need }).await;
    for end in ["", "/proposal", "/replies", "/likes", "/shares"] {
        let answer = scene.get(&format!("/listings/{need}{end}")).await.is(410);
        assert_eq!(answer.json["type"], "Tombstone", "{end}");
        assert!(!answer.text.contains("chairs") && !answer.text.contains("Saturday"));
    }
    let tombstone = scene.get(&format!("/listings/{need}")).await.json;
    insta::assert_snapshot!("tombstone", shown(&tombstone));
}

async fn what_is_not_ours_is_not_here(world: World) {
    let scene = Scene::new(world).await;
    for id in [
        "0190a3c2-0000-7000-8000-000000000001",
        "garden",
        "%00",
        "..%2f..%2fetc%2fpasswd",
        "1%27%20or%201=1",
    ] {
        for path in ["listings", "replies", "activities"] {
            scene.get(&format!("/{path}/{id}")).await.is(404);
        }
    }
}

async fn a_member_is_named_only_where_they_signed(world: World) {
    let scene = Scene::new(world).await;
    let member = scene.world.member(scene.garden, "grace", domain::memberships::Role::Member).await;
    let by_voice = scene.world.publish(scene.garden, member, full(&scene.world)).await;
    let signed = domain::listings::Content {
        signed_by: domain::listings::Signature::Member,
        ..full(&scene.world)
    };
    let signed = scene.world.publish(scene.garden, member, signed).await;
    let done = MoveListing { listing: by_voice, step: Step::Fulfil, version: None };
    scene.world.done(scene.world.local(member), done).await;
    let (name, id) = ("grace", member.uuid().to_string());
    for path in [format!("/listings/{by_voice}"), format!("/listings/{by_voice}/proposal")] {
        let answer = scene.get(&path).await.is(200);
        assert!(!answer.text.contains(name) && !answer.text.contains(&id), "{}", answer.text);
        assert!(answer.headers.iter().all(|(_, value)| {
            !value.to_str().unwrap().contains(name) && !value.to_str().unwrap().contains(&id)
        }));
    }
    let answer = scene.get(&format!("/listings/{signed}")).await.is(200);
    assert!(answer.text.contains("https://a.example/u/grace"), "she chose to sign");
    assert_eq!(answer.json["attributedTo"], scene.group());
}
