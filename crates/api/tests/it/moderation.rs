//! What stewards and admins do, and what is reported to them.

use domain::memberships::Role;
use serde_json::json;
use testkit::World;

use crate::client::{delete, get, patch, post};

testkit::both_engines!(
    stewards_hide_lock_and_shut_out_and_the_log_tells,
    reports_are_made_listed_and_ended,
    admins_suspend,
);

async fn stewards_hide_lock_and_shut_out_and_the_log_tells(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let eve = world.person("eve").await;
    let reply = world.answer(need, eve, "Buy chairs").await;
    let steward = world.token(ada, "read write").await;
    let ben = world.member(garden, "ben", Role::Member).await;
    let member = world.token(ben, "read").await;
    let reason = json!({ "reason": "spam" });
    let hide = format!("/replies/{reply}/hide");
    post(&hide, &reason).by(&steward).send(&world).await.is(204);
    let thread = get(&format!("/listings/{need}/replies")).send(&world).await.is(200);
    assert_eq!(thread.all("state"), ["hidden"]);
    assert_eq!(thread.all("text"), [""]);
    let lock = format!("/listings/{need}/lock");
    post(&lock, &reason).by(&steward).send(&world).await.is(204);
    let listing = get(&format!("/listings/{need}")).send(&world).await.is(200);
    assert_eq!(listing.json["locked"], true);
    let late = post(&format!("/listings/{need}/replies"), &json!({ "text": "Late" }));
    late.by(&steward).send(&world).await.problem(409, "locked");
    let block = json!({ "actor": eve.to_string(), "reason": "spam" });
    post("/collectives/garden/blocks", &block).by(&steward).send(&world).await.is(204);
    let blocks = get("/collectives/garden/blocks").by(&steward).send(&world).await.is(200);
    assert_eq!(blocks.json["items"][0]["actor"]["handle"], "eve");
    delete(&format!("/collectives/garden/blocks/{eve}")).by(&steward).send(&world).await.is(204);
    let log = get("/collectives/garden/log");
    log.clone().send(&world).await.problem(404, "not_found");
    let seen = log.clone().by(&member).send(&world).await.is(200);
    assert_eq!(
        seen.all("act"),
        ["unblock_actor", "block_actor", "lock_listing", "hide_reply"],
        "MOD-15"
    );
    assert!(!seen.text.contains("ada"), "MOD-15: no steward is named: {}", seen.text);
    let open = json!({ "public_log": true });
    let open = patch("/collectives/garden", &open).by(&steward).send(&world).await.is(200);
    assert_eq!(open.json["public_log"], true);
    assert_eq!(log.send(&world).await.is(200).all("reason")[1], "spam");
}

async fn reports_are_made_listed_and_ended(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let eve = world.token(world.person("eve").await, "read write").await;
    let rosa = world.token(world.admin("rosa").await, "read write").await;
    let steward = world.token(ada, "read write").await;
    let report = json!({ "listing": need.to_string(), "text": "Odd", "forward": true });
    let made = post("/reports", &report).by(&eve).send(&world).await.is(201);
    assert_eq!(made.json["forwarded"], false, "it is of this server");
    for wrong in [json!({}), json!({ "listing": need.to_string(), "actor": need.to_string() })] {
        post("/reports", &wrong).by(&eve).send(&world).await.problem(422, "invalid");
    }
    for (path, token) in [("/reports", &rosa), ("/collectives/garden/reports", &steward)] {
        let seen = get(path).by(token).send(&world).await.is(200);
        assert_eq!(seen.json["items"][0]["server"], "a.example");
        assert_eq!(seen.json["items"][0]["text"], "Odd");
        assert!(!seen.text.contains("eve"), "nobody learns who reports: {}", seen.text);
    }
    let resolve = format!("/reports/{}/resolve", made.id());
    post(&resolve, &json!({})).by(&eve).send(&world).await.problem(404, "not_found");
    post(&resolve, &json!({})).by(&steward).send(&world).await.is(204);
    let open = get("/reports").by(&rosa).send(&world).await.is(200);
    assert_eq!(open.json["items"], json!([]));
    let ended = get("/reports?resolved=true").by(&rosa).send(&world).await.is(200);
    assert_eq!(ended.all("open"), [false]);
}

async fn admins_suspend(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let eve = world.person("eve").await;
    let token = world.token(eve, "read write").await;
    world.answer(need, eve, "Buy chairs").await;
    let rosa = world.token(world.admin("rosa").await, "read write").await;
    let suspend = format!("/actors/{eve}/suspend");
    post(&suspend, &json!({ "reason": "spam" })).by(&rosa).send(&world).await.is(204);
    get("/me").by(&token).send(&world).await.problem(401, "invalid_token");
    let thread = get(&format!("/listings/{need}/replies")).send(&world).await.is(200);
    assert_eq!(thread.json["items"], json!([]), "MOD-04");
    let back = format!("/actors/{eve}/unsuspend");
    post(&back, &json!({})).by(&rosa).send(&world).await.is(204);
    let thread = get(&format!("/listings/{need}/replies")).send(&world).await.is(200);
    assert_eq!(thread.all("text"), ["Buy chairs"]);
}
