//! How agreements end, over the wire: with a receipt, or with a no where the listing ends; and what is given in
//! return.

use domain::{
    ListingId,
    agreements::AgreementState,
    listings::{Content, Purpose, Terms},
};
use ops::{
    agreements::FulfilAgreement,
    listings::{DeleteListing, MoveListing, Step},
};
use serde_json::{Value, json};
use testkit::{World, content, pieces};

use super::{agreement, answer, chairs, intent, offer, offered, queue, sacks};
use crate::{
    arrival::Arrival,
    peer::{Page, Somebody},
    scene::Scene,
    shown::shown,
    words::act,
};

testkit::both_engines!(
    what_is_done_has_a_receipt,
    nobody_here_gets_a_receipt_by_letter,
    a_receipt_counts_from_the_collective_alone,
    a_receipt_for_an_agreement_of_ours_changes_nothing,
    receipts_of_odd_shapes_change_nothing,
    whoever_waits_hears_that_the_listing_has_ended,
    what_is_given_in_return_is_said_on_both_ways,
    something_is_given_in_return_where_a_listing_of_elsewhere_asks_for_it,
);

async fn done(scene: &Scene) {
    let agreement = queue(scene).await[0].id;
    scene.world.done(scene.world.local(scene.ada), FulfilAgreement { agreement }).await;
    scene.settle().await;
}

async fn what_is_done_has_a_receipt(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    scene.deliver(&scene.bob, &offer(&scene.bob, "o1", &intent(need), "8")).await;
    answer(&scene, &queue(&scene).await[0], true, "").await;
    let accept = scene.b.arrived()[0].json();
    for _ in 0..2 {
        done(&scene).await;
    }
    let arrived = scene.b.arrived();
    assert_eq!(
        (arrived.len(), arrived[0].target.as_str()),
        (1, "/u/bob/inbox"),
        "one, to them alone"
    );
    arrived[0].verify(&scene.key_of(scene.garden.actor()).await);
    let create = arrived[0].json();
    assert_eq!(create["object"]["context"], accept["result"]["id"]);
    insta::assert_snapshot!("receipt", shown(&create));
    for address in [&create["id"], &create["object"]["id"]] {
        let path = address.as_str().unwrap().strip_prefix("https://a.example").unwrap();
        scene.get(path).await.is(404);
        scene.ask_as(&scene.bob, path, path).await.is(404);
    }
}

async fn nobody_here_gets_a_receipt_by_letter(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    let eve = scene.world.person("eve").await;
    let text = String::new();
    let offer = ops::agreements::OfferAgreement { listing: need, quantity: None, text };
    scene.world.done(scene.world.local(eve), offer).await;
    answer(&scene, &queue(&scene).await[0], true, "").await;
    done(&scene).await;
    assert_eq!(queue(&scene).await[0].state, AgreementState::Fulfilled);
    assert!(scene.b.arrived().is_empty());
}

/// A receipt as FEP-0837 shows it.
fn receipt(by: &Somebody, name: &str, agreement: &str) -> Value {
    let document = json!({
        "type": "Document",
        "id": format!("{}/receipts/{name}", by.id),
        "name": "Receipt",
        "context": agreement,
        "published": "2026-03-01T10:00:00Z",
    });
    act(by, "Create", name, document)
}

/// Ada's offer to the mill, accepted there under this address.
async fn agreed(scene: &Scene) -> (domain::AgreementId, String) {
    let need = sacks(scene).await;
    let (id, offer) = offered(scene, need).await;
    let theirs = format!("{}/agreements/1", scene.mill.id);
    let mut said = act(&scene.mill, "Accept", "a1", offer["id"].clone());
    said["result"] = json!({ "type": "Agreement", "id": theirs });
    assert_eq!(scene.outcome(&scene.mill, &said).await.0, "done");
    (id, theirs)
}

async fn a_receipt_counts_from_the_collective_alone(world: World) {
    let scene = Scene::new(world).await;
    let (id, theirs) = agreed(&scene).await;
    for by in [&scene.mallory, &scene.bob] {
        let forged = receipt(by, "f", &theirs);
        let (outcome, reason) = scene.outcome(by, &forged).await;
        assert_eq!(outcome, "refused", "{reason:?}");
    }
    let mut elsewhere = receipt(&scene.mill, "f1", &theirs);
    elsewhere["object"]["id"] = json!("http://c.example/receipts/1");
    let mut of_bob = receipt(&scene.mill, "f2", &theirs);
    of_bob["object"]["attributedTo"] = json!(scene.bob.id);
    for forged in [elsewhere, of_bob] {
        assert_eq!(scene.outcome(&scene.mill, &forged).await.0, "refused", "{forged}");
    }
    assert_eq!(agreement(&scene, id).await.state, AgreementState::Accepted);
    for name in ["r1", "r1", "r2"] {
        scene.deliver(&scene.mill, &receipt(&scene.mill, name, &theirs)).await;
        let row = agreement(&scene, id).await;
        assert_eq!(row.state, AgreementState::Fulfilled);
        assert_eq!(row.fulfilled_at, Some(scene.world.now()));
    }
    assert!(scene.b.arrived().is_empty(), "nothing is said back");
}

async fn a_receipt_for_an_agreement_of_ours_changes_nothing(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    scene.deliver(&scene.bob, &offer(&scene.bob, "o1", &intent(need), "8")).await;
    let ours = queue(&scene).await[0].clone();
    for (name, answered) in [("r1", false), ("r2", true)] {
        if answered {
            answer(&scene, &ours, true, "").await;
        }
        let forged = receipt(&scene.bob, name, &ours.ap_id);
        assert_eq!(scene.outcome(&scene.bob, &forged).await.0, "refused");
        assert_ne!(queue(&scene).await[0].state, AgreementState::Fulfilled);
    }
}

async fn receipts_of_odd_shapes_change_nothing(world: World) {
    let scene = Scene::new(world).await;
    let (id, theirs) = agreed(&scene).await;
    scene.meet_all().await;
    let unknown = format!("{theirs}0");
    let odd: Vec<Value> = vec![
        json!({ "type": "Document", "context": unknown }),
        json!({ "type": "Document", "context": [] }),
        json!({ "type": "Document", "context": theirs, "id": 5 }),
        json!({ "type": "Document", "context": theirs, "attributedTo": {} }),
        json!({ "type": "Receipt", "context": theirs }),
        json!({ "type": "Document", "context": { "type": "Agreement" } }),
    ];
    for (number, object) in odd.into_iter().enumerate() {
        let said = act(&scene.mill, "Create", &format!("x{number}"), object.clone());
        let letter = scene.letter(&scene.mill, &said);
        let end = scene.unchanged(async || {
            let answer = scene.send(letter).await;
            scene.settle().await;
            answer.status.as_u16()
        });
        assert!([202, 400].contains(&end.await), "{object}");
        assert_eq!(agreement(&scene, id).await.state, AgreementState::Accepted, "{object}");
    }
}

async fn whoever_waits_hears_that_the_listing_has_ended(world: World) {
    let scene = Scene::new(world).await;
    for (end, why) in [
        ("fulfil", "nothing more is needed"),
        ("withdraw", "was withdrawn"),
        ("delete", "was deleted"),
        ("accept", "nothing more is needed"),
    ] {
        let need = chairs(&scene).await;
        let mut offers = Vec::new();
        for by in [&scene.bob, &scene.mallory] {
            let offered = offer(by, end, &intent(need), "20");
            scene.deliver(by, &offered).await;
            offers.push(offered);
        }
        assert!(scene.b.arrived().is_empty());
        let step = |step| MoveListing { listing: need, step, version: None };
        let steward = scene.world.local(scene.ada);
        match end {
            "fulfil" => drop(scene.world.done(steward, step(Step::Fulfil)).await),
            "withdraw" => drop(scene.world.done(steward, step(Step::Withdraw)).await),
            "delete" => scene.world.done(steward, DeleteListing { listing: need }).await,
            _ => {
                let rows = queue(&scene).await;
                let by_bob = rows.iter().find(|row| json!(row.offer_id) == offers[0]["id"]);
                answer(&scene, by_bob.unwrap(), true, "").await;
                offers.remove(0);
            }
        }
        scene.settle().await;
        let arrived = scene.b.arrived();
        let noes = arrived.iter().filter(|it| it.kind() == "Reject").map(Arrival::json);
        let noes: Vec<Value> = noes.collect();
        assert_eq!(noes.len(), offers.len(), "{end}");
        for offered in offers {
            let no = noes.iter().find(|no| no["object"] == offered["id"]).unwrap();
            assert_eq!(no["to"], json!([offered["actor"]]), "{end}");
            assert!(no["content"].as_str().unwrap().contains(why), "{no}");
        }
    }
}

async fn barter(scene: &Scene) -> ListingId {
    let chairs = Content {
        quantity: Some(pieces("20")),
        terms: Terms::Barter,
        ..content(Purpose::Offer, "20 chairs for a hand in the garden")
    };
    let offer = scene.world.publish(scene.garden, scene.ada, chairs).await;
    scene.settle().await;
    offer
}

async fn what_is_given_in_return_is_said_on_both_ways(world: World) {
    let scene = Scene::new(world).await;
    let listing = barter(&scene).await;
    let proposal = scene.get(&format!("/listings/{listing}/proposal")).await.is(200).json;
    insta::assert_snapshot!("barter", shown(&proposal));
    let hours = json!({
        "type": "Commitment",
        "satisfies": proposal["reciprocal"]["id"],
        "resourceQuantity": { "hasUnit": "hour", "hasNumericalValue": "2" },
    });
    for (name, back, want) in [("o1", Some(hours), ("hour", "2")), ("o2", None, ("one", "1"))] {
        let mut offered = offer(&scene.bob, name, &intent(listing), "4");
        if let Some(back) = back {
            offered["object"]["stipulatesReciprocal"] = back;
        }
        scene.deliver(&scene.bob, &offered).await;
        answer(&scene, &queue(&scene).await[0], true, "").await;
        let accept = scene.b.arrived()[0].json();
        let back = &accept["result"]["stipulatesReciprocal"];
        assert_eq!(back["satisfies"], proposal["reciprocal"]["id"]);
        assert_eq!(back["resourceQuantity"]["hasUnit"], want.0);
        assert_eq!(back["resourceQuantity"]["hasNumericalValue"], want.1);
        if name == "o1" {
            insta::assert_snapshot!("agreement_barter", shown(&accept));
        }
    }
    let gift = chairs(&scene).await;
    let proposal = scene.get(&format!("/listings/{gift}/proposal")).await.is(200).json;
    assert_eq!(proposal.get("reciprocal"), None, "of a gift there is nothing to say");
}

async fn something_is_given_in_return_where_a_listing_of_elsewhere_asks_for_it(world: World) {
    let scene = Scene::new(world).await;
    let need = sacks(&scene).await;
    let (_, offer) = offered(&scene, need).await;
    assert_eq!(offer["object"].get("stipulatesReciprocal"), None);
    let id = format!("{}/listings/2", scene.mill.id);
    let intent = |end: &str| {
        let one = json!({ "hasUnit": "one", "hasNumericalValue": "20" });
        json!({ "type": "Intent", "id": format!("{id}#{end}"), "action": "transfer", "resourceQuantity": one })
    };
    let proposal = json!({
        "id": id,
        "type": "Proposal",
        "attributedTo": scene.mill.id,
        "to": [crate::words::PUBLIC],
        "name": "Sacks",
        "purpose": "offer",
        "publishes": intent("primary"),
        "reciprocal": intent("reciprocal"),
        "published": "2026-03-01T09:00:00Z",
    });
    scene.b.put(&format!("{}/listings/2", scene.mill.path()), Page::Document(proposal));
    let found = match ops::Lookup::find(&scene.fed, &id).await {
        Ok(ops::lookup::Found::Listing(found)) => found,
        other => panic!("{other:?}"),
    };
    let (_, offer) = offered(&scene, found).await;
    let back = &offer["object"]["stipulatesReciprocal"];
    assert_eq!(back["satisfies"], format!("{id}#reciprocal"));
    assert_eq!(back["resourceQuantity"], json!({ "hasUnit": "one", "hasNumericalValue": "1" }));
}
