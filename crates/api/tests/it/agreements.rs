//! What is offered in answer to a listing.

use domain::{
    listings::{Content, Purpose},
    memberships::Role,
};
use serde_json::{Value, json};
use testkit::{World, content, pieces};

use crate::client::{get, post};

testkit::both_engines!(
    an_offer_is_made_and_accepted,
    an_offer_is_turned_down_with_a_reason_or_taken_back,
    what_was_agreed_on_is_fulfilled,
    what_waits_is_turned_down_when_its_listing_ends,
    pressing_twice_is_one_offer,
    an_offer_is_read_by_both_sides_and_by_nobody_else,
    what_is_wrong_with_an_offer_is_said_of_its_field,
);

async fn need(world: &World) -> (domain::CollectiveId, domain::ListingId, String) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let chairs = Content { quantity: Some(pieces("20")), ..content(Purpose::Need, "20 chairs") };
    let need = world.publish(garden, ada, chairs).await;
    (garden, need, world.token(ada, "read write").await)
}

async fn an_offer_is_made_and_accepted(world: World) {
    let (_, need, ada) = need(&world).await;
    let eve = world.token(world.person("eve").await, "read write").await;
    let offer = json!({ "quantity": "8", "text": "We can bring <8>" });
    let offer = post(&format!("/listings/{need}/agreements"), &offer);
    let offer = offer.by(&eve).send(&world).await.is(201);
    assert!(offer.header("location").ends_with(&format!("/agreements/{}", offer.id())));
    assert_eq!(offer.json["quantity"], json!({ "amount": "8", "unit": "one" }));
    assert_eq!(offer.json["state"], "offered");
    assert_eq!(offer.json["listing"]["remaining"]["amount"], "20");
    let queue = get("/collectives/garden/agreements?state=offered").by(&ada).send(&world).await;
    let queue = queue.is(200);
    assert_eq!(queue.all("text"), ["We can bring <8>"]);
    assert_eq!(queue.all("responder")[0]["handle"], "eve");
    let accept = format!("/agreements/{}/accept", offer.id());
    let accepted = post(&accept, &Value::Null).by(&ada).send(&world).await.is(200);
    assert_eq!(accepted.json["state"], "accepted");
    assert_eq!(accepted.json["listing"]["state"], "partly");
    assert_eq!(accepted.json["listing"]["remaining"]["amount"], "12");
    assert_eq!(accepted.json.get("answered_by"), None, "which steward it was is not told");
    post(&accept, &Value::Null).by(&ada).send(&world).await.problem(409, "already_answered");
    let rest = post(&format!("/listings/{need}/agreements"), &json!({})).by(&eve);
    let rest = rest.send(&world).await.is(201);
    assert_eq!(rest.json["quantity"]["amount"], "12", "all that is left");
    let mine = get("/agreements?limit=1").by(&eve).send(&world).await.is(200);
    assert_eq!(mine.all("id"), [&rest.json["id"]]);
    let next = mine.json["next"].as_str().unwrap();
    let next = get(&format!("/agreements?cursor={next}")).by(&eve).send(&world).await.is(200);
    assert_eq!(next.all("id"), [&offer.json["id"]]);
}

async fn an_offer_is_turned_down_with_a_reason_or_taken_back(world: World) {
    let (_, need, ada) = need(&world).await;
    let eve = world.token(world.person("eve").await, "read write").await;
    let path = format!("/listings/{need}/agreements");
    let first = post(&path, &json!({})).by(&eve).send(&world).await.is(201);
    let reject = format!("/agreements/{}/reject", first.id());
    let long = json!({ "reason": "x".repeat(501) });
    post(&reject, &long).by(&ada).send(&world).await.problem(422, "invalid").field("reason");
    let no = json!({ "reason": "Too far away" });
    let said = post(&reject, &no).by(&ada).send(&world).await.is(200);
    assert_eq!(
        (&said.json["state"], &said.json["reason"]),
        (&json!("rejected"), &json!("Too far away"))
    );
    let second = post(&path, &json!({ "quantity": "2,5" })).by(&eve).send(&world).await.is(201);
    let withdraw = format!("/agreements/{}/withdraw", second.id());
    let said = post(&withdraw, &Value::Null).by(&eve).send(&world).await.is(200);
    assert_eq!(said.json["state"], "withdrawn");
    let late = format!("/agreements/{}/withdraw", first.id());
    post(&late, &Value::Null).by(&eve).send(&world).await.problem(409, "already_answered");
}

async fn what_was_agreed_on_is_fulfilled(world: World) {
    let (garden, need, ada) = need(&world).await;
    let eve = world.token(world.person("eve").await, "read write").await;
    let grace = world.member(garden, "grace", Role::Member).await;
    let grace = world.token(grace, "read write").await;
    let offer = post(&format!("/listings/{need}/agreements"), &json!({ "quantity": "8" }));
    let offer = offer.by(&eve).send(&world).await.is(201);
    assert_eq!(
        (&offer.json["fulfilled_at"], &offer.json["in_return"]),
        (&Value::Null, &Value::Null)
    );
    let path = |step: &str| format!("/agreements/{}/{step}", offer.id());
    let fulfil = path("fulfil");
    post(&fulfil, &Value::Null).by(&ada).send(&world).await.problem(409, "not_agreed");
    post(&path("accept"), &Value::Null).by(&ada).send(&world).await.is(200);
    post(&fulfil, &Value::Null).by(&eve).send(&world).await.problem(404, "not_found");
    post(&fulfil, &Value::Null).by(&grace).send(&world).await.problem(403, "stewards_only");
    for _ in 0..2 {
        let said = post(&fulfil, &Value::Null).by(&ada).send(&world).await.is(200);
        assert_eq!(said.json["state"], "fulfilled");
        assert_eq!(said.json["fulfilled_at"], world.now().wire());
    }
    let seen = get(&format!("/agreements/{}", offer.id())).by(&eve).send(&world).await.is(200);
    assert_eq!(
        (&seen.json["state"], &seen.json["listing"]["state"]),
        (&json!("fulfilled"), &json!("partly"))
    );
    let late = post(&path("withdraw"), &Value::Null).by(&eve).send(&world).await;
    late.problem(409, "already_answered");
}

async fn what_waits_is_turned_down_when_its_listing_ends(world: World) {
    let (_, need, ada) = need(&world).await;
    let eve = world.token(world.person("eve").await, "read write").await;
    let offer = post(&format!("/listings/{need}/agreements"), &json!({ "quantity": "8" }));
    let offer = offer.by(&eve).send(&world).await.is(201);
    let withdraw = format!("/listings/{need}/withdraw");
    post(&withdraw, &Value::Null).by(&ada).send(&world).await.is(200);
    let seen = get(&format!("/agreements/{}", offer.id())).by(&eve).send(&world).await.is(200);
    assert_eq!(
        (&seen.json["state"], &seen.json["reason"]),
        (&json!("rejected"), &json!("this listing was withdrawn"))
    );
}

async fn pressing_twice_is_one_offer(world: World) {
    let (_, need, ada) = need(&world).await;
    let path = format!("/listings/{need}/agreements");
    let offer = json!({ "quantity": "8" });
    for (name, at_once) in [("eve", false), ("cho", true)] {
        let token = world.token(world.person(name).await, "read write").await;
        let send = || post(&path, &offer).by(&token).send(&world);
        let both = if at_once {
            let (one, other) = tokio::join!(send(), send());
            [one, other]
        } else {
            [send().await, send().await]
        };
        let made = both.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(made, 1, "IDM-12 {name}");
        let said = both.into_iter().find(|answer| answer.status != 201);
        said.expect("IDM-12: there are two answers").problem(409, "already_offered");
        let mine = get("/agreements").by(&token).send(&world).await.is(200);
        assert_eq!(mine.all("id").len(), 1, "IDM-12 {name}");
    }
    let queue = get("/collectives/garden/agreements").by(&ada).send(&world).await.is(200);
    assert_eq!(queue.all("id").len(), 2, "IDM-12: one of each of them");
}

async fn an_offer_is_read_by_both_sides_and_by_nobody_else(world: World) {
    let (garden, need, ada) = need(&world).await;
    let [eve, mallory] = [world.person("eve").await, world.person("mallory").await];
    let grace = world.member(garden, "grace", Role::Member).await;
    let dan = world.member(garden, "dan", Role::Delegate).await;
    let eve = world.token(eve, "read write").await;
    let secret = json!({ "text": "Ring me at 555-1234" });
    let offer = post(&format!("/listings/{need}/agreements"), &secret);
    let offer = offer.by(&eve).send(&world).await.is(201);
    let path = format!("/agreements/{}", offer.id());
    for (person, sees) in [(mallory, false), (grace, false), (dan, true)] {
        let token = world.token(person, "read").await;
        let answer = get(&path).by(&token).send(&world).await;
        assert_eq!(answer.status == 200, sees, "{}", answer.text);
        let queue = get("/collectives/garden/agreements").by(&token).send(&world).await;
        assert_eq!(queue.text.contains("555-1234"), sees, "{}", queue.text);
        let mine = get("/agreements").by(&token).send(&world).await.is(200);
        assert!(!mine.text.contains("555-1234"));
    }
    for token in [&ada, &eve] {
        get(&path).by(token).send(&world).await.is(200);
    }
    for public in [format!("/listings/{need}"), format!("/listings/{need}/replies")] {
        let seen = get(&public).send(&world).await.is(200);
        assert!(!seen.text.contains("555-1234") && !seen.text.contains("eve"), "{}", seen.text);
    }
}

async fn what_is_wrong_with_an_offer_is_said_of_its_field(world: World) {
    let (_, need, ada) = need(&world).await;
    let path = format!("/listings/{need}/agreements");
    for (form, field) in [
        (json!({ "quantity": "21" }), "quantity"),
        (json!({ "quantity": "0" }), "quantity"),
        (json!({ "quantity": "-1" }), "quantity"),
        (json!({ "quantity": "1e308" }), "quantity"),
        (json!({ "text": "x".repeat(2_001) }), "text"),
    ] {
        post(&path, &form).by(&ada).send(&world).await.problem(422, "invalid").field(field);
    }
    let odd = get("/collectives/garden/agreements?state=maybe").by(&ada).send(&world).await;
    odd.problem(422, "invalid").field("state");
    let fulfil = format!("/listings/{need}/fulfil");
    post(&fulfil, &Value::Null).by(&ada).send(&world).await.is(200);
    post(&path, &json!({})).by(&ada).send(&world).await.problem(409, "no_longer_open");
}
