//! FEP-0837: agreements offered to us and by us, over the wire.

mod ending;

use db::agreements::{AgreementRow, Answer};
use domain::{
    ListingId, Refusal,
    agreements::AgreementState,
    listings::{Content, Purpose, State},
};
use ops::{
    agreements::{AnswerAgreement, OfferAgreement, WithdrawAgreement},
    lookup::Found,
};
use serde_json::{Value, json};
use testkit::{World, content, pieces};

use crate::{
    arrival::Arrival,
    peer::{Page, Somebody},
    scene::Scene,
    shown::shown,
    words::{PUBLIC, act, follow, undo},
};

testkit::both_engines!(
    an_offer_becomes_an_agreement_that_the_group_signs,
    an_offer_is_turned_down_with_the_reason_of_the_steward,
    what_cannot_be_is_turned_down_at_once,
    what_was_agreed_is_missing_from_the_next_update,
    an_offer_that_comes_twice_is_one_offer,
    intents_are_found_by_the_note_and_by_the_proposal,
    offers_of_other_things_and_odd_shapes_change_nothing,
    an_offer_is_taken_back_and_may_not_come_later,
    nobody_offers_or_answers_for_another,
    somebody_here_offers_and_is_answered,
    somebody_here_takes_an_offer_back,
    an_answer_to_nothing_changes_nothing,
    an_agreement_is_nobody_elses_to_read,
);

async fn chairs(scene: &Scene) -> ListingId {
    let chairs = Content { quantity: Some(pieces("20")), ..content(Purpose::Need, "20 chairs") };
    let need = scene.world.publish(scene.garden, scene.ada, chairs).await;
    scene.settle().await;
    need
}

/// An Offer as FEP-0837 shows it.
fn offer(by: &Somebody, name: &str, intent: &str, amount: impl Into<Value>) -> Value {
    let agreement = json!({
        "type": "Agreement",
        "stipulates": {
            "type": "Commitment",
            "satisfies": intent,
            "resourceQuantity": { "hasUnit": "one", "hasNumericalValue": amount.into() },
        },
        "content": "<p>From our <b>hall</b></p>",
    });
    let mut offer = act(by, "Offer", name, agreement);
    offer["to"] = json!("https://a.example/c/garden");
    offer
}

fn intent(listing: ListingId) -> String {
    format!("https://a.example/listings/{listing}#primary")
}

async fn queue(scene: &Scene) -> Vec<AgreementRow> {
    let garden = scene.garden;
    let rows: Vec<Answer> =
        scene.world.read(move |conn| db::agreements::page(conn, garden, None, None, 100)).await;
    rows.into_iter().map(|row| row.0).collect()
}

async fn answer(scene: &Scene, row: &AgreementRow, accept: bool, reason: &str) {
    let reason = reason.to_owned();
    let answer = AnswerAgreement { agreement: row.id, accept, reason };
    scene.world.done(scene.world.local(scene.ada), answer).await;
    scene.settle().await;
}

async fn an_offer_becomes_an_agreement_that_the_group_signs(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    let offered = offer(&scene.bob, "o1", &intent(need), "8");
    assert_eq!(scene.outcome(&scene.bob, &offered).await.0, "done");
    assert!(scene.b.arrived().is_empty(), "nobody has answered yet");
    let rows = queue(&scene).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].text.as_str(), rows[0].state), ("From our hall", AgreementState::Offered));

    answer(&scene, &rows[0], true, "").await;
    let arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 1);
    let accept = &arrived[0];
    assert_eq!(accept.target, "/u/bob/inbox", "it concerns nobody else");
    accept.verify(&scene.key_of(scene.garden.actor()).await);
    assert_eq!(accept.said("keyId"), "https://a.example/c/garden#main-key");
    let accept = accept.json();
    assert_eq!(accept["object"], offered["id"]);
    assert_eq!(accept["result"]["attributedTo"], "https://a.example/c/garden");
    assert_eq!(accept["result"]["stipulates"]["satisfies"], intent(need));
    insta::assert_snapshot!("agreement_accept", shown(&accept));
}

async fn an_offer_is_turned_down_with_the_reason_of_the_steward(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    scene.deliver(&scene.bob, &offer(&scene.bob, "o1", &intent(need), "8")).await;
    answer(&scene, &queue(&scene).await[0], false, "Too <far> away").await;
    let arrived = scene.b.arrived();
    assert_eq!((arrived.len(), arrived[0].target.as_str()), (1, "/u/bob/inbox"));
    arrived[0].verify(&scene.key_of(scene.garden.actor()).await);
    insta::assert_snapshot!("agreement_reject", shown(&arrived[0].json()));
    assert_eq!(scene.world.listing(need).await.state, State::Open);
}

async fn what_cannot_be_is_turned_down_at_once(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    let closed = scene.world.need(scene.garden, scene.ada, "A ladder").await;
    let step = ops::listings::Step::Withdraw;
    let step = ops::listings::MoveListing { listing: closed, step, version: None };
    scene.world.done(scene.world.local(scene.ada), step).await;
    scene.settle().await;
    for (number, (listing, amount, why)) in [
        (need, json!("21"), "at most 20"),
        (need, json!(20.5), "at most 20"),
        (need, json!("0"), "more than 0"),
        (closed, json!("1"), "not open"),
    ]
    .into_iter()
    .enumerate()
    {
        let offered = offer(&scene.bob, &format!("o{number}"), &intent(listing), amount);
        assert_eq!(scene.outcome(&scene.bob, &offered).await.0, "done");
        let arrived = scene.b.arrived();
        assert_eq!(arrived.len(), 1);
        let reject = arrived[0].json();
        assert_eq!((&reject["type"], &reject["object"]), (&json!("Reject"), &offered["id"]));
        assert!(reject["content"].as_str().unwrap().contains(why), "{reject}");
    }
    scene.shut_out(scene.meet(&scene.mallory).await).await;
    scene.b.asked();
    let blocked = offer(&scene.mallory, "o1", &intent(need), "1");
    assert_eq!(scene.outcome(&scene.mallory, &blocked).await.0, "refused");
    assert!(scene.b.arrived().is_empty(), "who is shut out hears nothing");
    assert!(queue(&scene).await.iter().all(|row| row.state == AgreementState::Rejected));
}

async fn what_was_agreed_is_missing_from_the_next_update(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    scene.deliver(&scene.mallory, &follow(&scene.mallory, "f", &scene.group())).await;
    scene.b.arrived();
    for (name, amount, left, state) in
        [("o1", "8", "12", State::Partly), ("o2", "12", "0", State::Fulfilled)]
    {
        scene.deliver(&scene.bob, &offer(&scene.bob, name, &intent(need), amount)).await;
        answer(&scene, &queue(&scene).await[0], true, "").await;
        assert_eq!(scene.world.listing(need).await.state, state);
        let arrived = scene.b.arrived();
        let updates = arrived.iter().filter(|it| it.kind() == "Update").map(Arrival::json);
        let updates: Vec<Value> = updates.collect();
        assert_eq!(updates.len(), 1);
        let intent = &updates[0]["object"]["publishes"];
        assert_eq!(intent["availableQuantity"]["hasNumericalValue"], left);
        assert_eq!(intent["resourceQuantity"]["hasNumericalValue"], "20");
        assert_eq!(intent["finished"], json!(state == State::Fulfilled));
        let public = updates[0].to_string();
        assert!(!public.contains("bob") && !public.contains("hall"), "who offered is not told");
    }
}

async fn an_offer_that_comes_twice_is_one_offer(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    let offered = offer(&scene.bob, "o1", &intent(need), "8");
    for _ in 0..3 {
        scene.send(scene.letter(&scene.bob, &offered)).await.is(202);
    }
    scene.settle().await;
    assert_eq!(queue(&scene).await.len(), 1);
    scene.deliver(&scene.bob, &offered).await;
    let rows = queue(&scene).await;
    assert_eq!(rows.len(), 1);
    answer(&scene, &rows[0], true, "").await;
    scene.deliver(&scene.bob, &offered).await;
    assert_eq!(scene.b.arrived().len(), 1, "one answer for one offer");
    assert_eq!(scene.world.listing(need).await.remaining.unwrap().to_string(), "12");
}

async fn intents_are_found_by_the_note_and_by_the_proposal(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    let base = format!("https://a.example/listings/{need}");
    let proposal = scene.get(&format!("/listings/{need}/proposal")).await.json;
    let published = proposal["publishes"]["id"].as_str().unwrap().to_owned();
    for (number, intent) in [
        base.clone(),
        format!("{base}#primary"),
        format!("{base}/proposal"),
        format!("{base}/proposal#primary"),
        published,
    ]
    .into_iter()
    .enumerate()
    {
        let offered = offer(&scene.bob, &format!("o{number}"), &intent, 1);
        assert_eq!(scene.outcome(&scene.bob, &offered).await.0, "done", "{intent}");
        let rows = queue(&scene).await;
        assert_eq!((rows.len(), rows[0].listing_id), (number + 1, need));
    }
}

async fn offers_of_other_things_and_odd_shapes_change_nothing(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    let draft = scene.world.draft(scene.garden, scene.ada, content(Purpose::Need, "Secret")).await;
    scene.meet_all().await;
    let agreement = |stipulates: Value| json!({ "type": "Agreement", "stipulates": stipulates });
    let odd: Vec<(Value, &str)> = vec![
        (json!("https://a.example/listings/1"), "ignored"),
        (json!({ "type": "Note", "id": format!("{}/n", scene.bob.id) }), "ignored"),
        (agreement(json!({ "satisfies": "https://c.example/listings/1#primary" })), "ignored"),
        (agreement(json!({ "satisfies": "https://a.example/listings/x#primary" })), "ignored"),
        (agreement(json!({ "satisfies": scene.group() })), "ignored"),
        (agreement(json!({ "satisfies": intent(draft) })), "refused"),
        (agreement(json!({ "satisfies": 5 })), "refused"),
        (agreement(json!([])), "refused"),
        (agreement(json!(null)), "refused"),
        (json!({ "type": "Agreement", "id": [], "stipulates": {} }), "refused"),
    ];
    for (number, (object, want)) in odd.into_iter().enumerate() {
        let offered = act(&scene.bob, "Offer", &format!("o{number}"), object.clone());
        let letter = scene.letter(&scene.bob, &offered);
        let end = scene.unchanged(async || {
            let answer = scene.send(letter).await;
            scene.settle().await;
            answer.status.as_u16()
        });
        if end.await == 202 {
            let last = scene.outcomes().await.into_iter().next().unwrap();
            assert_eq!(last.outcome.as_deref(), Some(want), "{object}: {:?}", last.reason);
        }
    }
    assert!(queue(&scene).await.is_empty());
    assert_eq!(scene.world.listing(need).await.state, State::Open);
}

async fn an_offer_is_taken_back_and_may_not_come_later(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    let bob = &scene.bob;
    let [first, second, third] =
        ["o1", "o2", "o3"].map(|name| offer(bob, name, &intent(need), "1"));
    for offered in [&first, &second] {
        scene.deliver(bob, offered).await;
    }
    scene.deliver(bob, &undo(bob, "u1", &first)).await;
    scene.deliver(bob, &act(bob, "Undo", "u2", second["id"].clone())).await;
    scene.deliver(bob, &undo(bob, "u3", &third)).await;
    scene.deliver(bob, &third).await;
    let states: Vec<_> = queue(&scene).await.iter().map(|row| row.state).collect();
    assert_eq!(states, [AgreementState::Withdrawn; 2], "what was undone first never comes");
    assert!(scene.b.arrived().is_empty());
}

async fn nobody_offers_or_answers_for_another(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    let offered = offer(&scene.bob, "o1", &intent(need), "1");
    scene.deliver(&scene.bob, &offered).await;
    let taken = undo(&scene.mallory, "u1", &offered);
    assert_eq!(scene.outcome(&scene.mallory, &taken).await.0, "refused");
    let by_id = act(&scene.mallory, "Undo", "u2", offered["id"].clone());
    assert_eq!(scene.outcome(&scene.mallory, &by_id).await.0, "refused");
    for (name, kind, by) in [
        ("a1", "Accept", &scene.mallory),
        ("a2", "Accept", &scene.bob),
        ("a3", "Reject", &scene.mill),
    ] {
        let forged = act(by, kind, name, offered["id"].clone());
        assert_eq!(scene.outcome(by, &forged).await.0, "refused", "{kind}");
    }
    assert_eq!(queue(&scene).await[0].state, AgreementState::Offered);
}

/// A need of the mill, which was looked up here; its server is of our kind.
async fn sacks(scene: &Scene) -> ListingId {
    scene.meet(&scene.mill).await;
    scene.speaks("b.example", "tequio").await;
    let id = format!("{}/listings/1", scene.mill.id);
    let twenty = json!({ "hasUnit": "one", "hasNumericalValue": "20" });
    let note = json!({
        "id": id,
        "type": "Note",
        "attributedTo": scene.mill.id,
        "to": [PUBLIC],
        "content": "<p>Sacks</p>",
        "published": "2026-03-01T09:00:00Z",
        "purpose": "request",
        "publishes": {
            "type": "Intent",
            "id": format!("{id}#primary"),
            "action": "transfer",
            "resourceQuantity": twenty,
        },
    });
    scene.b.put(&format!("{}/listings/1", scene.mill.path()), Page::Document(note));
    let found = match ops::Lookup::find(&scene.fed, &id).await {
        Ok(Found::Listing(found)) => found,
        other => panic!("{other:?}"),
    };
    scene.settle().await;
    scene.b.asked();
    found
}

async fn offered(scene: &Scene, listing: ListingId) -> (domain::AgreementId, Value) {
    let quantity = Some(domain::quantity::Amount::parse("quantity", "5").unwrap());
    let text = "We have <5>".to_owned();
    let offer = OfferAgreement { listing, quantity, text };
    let id = scene.world.done(scene.world.local(scene.ada), offer).await;
    scene.settle().await;
    let arrived = scene.b.arrived();
    assert_eq!((arrived.len(), arrived[0].target.as_str()), (1, "/g/mill/inbox"));
    arrived[0].verify(&scene.key_of(scene.ada.actor()).await);
    (id, arrived[0].json())
}

async fn agreement(scene: &Scene, id: domain::AgreementId) -> AgreementRow {
    scene.world.read(move |conn| db::agreements::find(conn, id)).await.unwrap()
}

async fn somebody_here_offers_and_is_answered(world: World) {
    let scene = Scene::new(world).await;
    let need = sacks(&scene).await;
    let (id, offer) = offered(&scene, need).await;
    insta::assert_snapshot!("agreement_offer", shown(&offer));

    let accept = json!({
        "type": "Agreement",
        "id": format!("{}/agreements/1", scene.mill.id),
        "attributedTo": scene.mill.id,
        "stipulates": offer["object"]["stipulates"],
    });
    let mut said = act(&scene.mill, "Accept", "a1", offer["id"].clone());
    said["result"] = accept;
    for (by, forged) in [(&scene.mallory, "f1"), (&scene.bob, "f2")] {
        let forged = act(by, "Accept", forged, offer["id"].clone());
        assert_eq!(scene.outcome(by, &forged).await.0, "refused");
        assert_eq!(agreement(&scene, id).await.state, AgreementState::Offered);
    }
    assert_eq!(scene.outcome(&scene.mill, &said).await.0, "done");
    let row = agreement(&scene, id).await;
    assert_eq!(row.state, AgreementState::Accepted);
    assert_eq!(row.ap_id, format!("{}/agreements/1", scene.mill.id));

    let (id, offer) = offered(&scene, need).await;
    let mut inner = offer.clone();
    inner.as_object_mut().unwrap().remove("@context");
    let mut no = act(&scene.mill, "Reject", "r1", inner);
    no["content"] = json!("<p>Not <script>x</script>available</p>");
    assert_eq!(scene.outcome(&scene.mill, &no).await.0, "done");
    let row = agreement(&scene, id).await;
    assert_eq!(row.state, AgreementState::Rejected);
    assert!(row.reason.contains("available") && !row.reason.contains('<'), "{}", row.reason);
    assert!(scene.b.arrived().is_empty(), "nothing is said back");
}

async fn somebody_here_takes_an_offer_back(world: World) {
    let scene = Scene::new(world).await;
    let need = sacks(&scene).await;
    let (id, offer) = offered(&scene, need).await;
    let back = WithdrawAgreement { agreement: id };
    scene.world.done(scene.world.local(scene.ada), back).await;
    scene.settle().await;
    let arrived = scene.b.arrived();
    assert_eq!((arrived.len(), arrived[0].target.as_str()), (1, "/g/mill/inbox"));
    let undo = arrived[0].json();
    assert_eq!(undo["object"]["id"], offer["id"]);
    assert_eq!((&undo["type"], &undo["object"]["type"]), (&json!("Undo"), &json!("Offer")));
}

async fn an_answer_to_nothing_changes_nothing(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let nothing = "https://a.example/activities/01890000-0000-7000-8000-000000000000";
    let inner = json!({ "type": "Offer", "id": nothing, "actor": "https://a.example/u/ada" });
    for (number, (kind, object)) in [
        ("Accept", json!(nothing)),
        ("Reject", json!(nothing)),
        ("Accept", inner),
        ("Accept", json!({ "type": "Offer", "actor": "https://a.example/u/ada" })),
    ]
    .into_iter()
    .enumerate()
    {
        let said = act(&scene.mill, kind, &format!("n{number}"), object);
        let end = scene.unchanged(async || scene.outcome(&scene.mill, &said).await);
        assert_eq!(end.await.0, "ignored", "ORG-10: {said}");
    }
}

async fn an_agreement_is_nobody_elses_to_read(world: World) {
    let scene = Scene::new(world).await;
    let need = chairs(&scene).await;
    scene.deliver(&scene.bob, &offer(&scene.bob, "o1", &intent(need), "8")).await;
    answer(&scene, &queue(&scene).await[0], true, "").await;
    let accept = scene.b.arrived()[0].json();
    for address in [&accept["result"]["id"], &accept["id"]] {
        let path = address.as_str().unwrap().strip_prefix("https://a.example").unwrap();
        scene.get(path).await.is(404);
        scene.ask_as(&scene.bob, path, path).await.is(404);
    }
    let late = AnswerAgreement {
        agreement: queue(&scene).await[0].id,
        accept: false,
        reason: String::new(),
    };
    let refused = scene.world.refused(scene.world.local(scene.ada), late).await;
    assert_eq!(refused, Refusal::AlreadyAnswered);
    for path in [format!("/listings/{need}"), format!("/listings/{need}/replies")] {
        let seen = scene.get(&path).await.text;
        assert!(!seen.contains("hall") && !seen.contains("bob"), "{seen}");
    }
}
