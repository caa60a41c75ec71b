//! Tokens as their owner sees them.

use serde_json::json;
use testkit::World;

use super::client::{app, refused};
use crate::client::{delete, get, post};

testkit::both_engines!(
    somebody_makes_lists_and_ends_tokens_for_scripts,
    a_token_makes_none_that_may_do_more,
    an_app_stands_in_the_list_and_ends_as_a_whole,
    wrong_tokens_are_not_made,
);

async fn somebody_makes_lists_and_ends_tokens_for_scripts(world: World) {
    let ada = world.person("ada").await;
    let first = world.token(ada, "read write").await;
    let until = world.now().plus_days(1).wire();
    let form = json!({
        "name": "backup", "scopes": ["listings:read", "accounts:read"], "expires_at": until,
    });
    let made = post("/tokens", &form).by(&first).send(&world).await.is(201);
    assert_eq!(made.json["scopes"], json!(["accounts:read", "listings:read"]));
    let secret = made.json["token"].as_str().unwrap().to_owned();
    let list = get("/tokens").by(&first).send(&world).await.is(200);
    assert_eq!(list.all("name"), ["backup", "a test"]);
    assert_eq!(list.all("expires_at"), [&json!(until), &json!(null)]);
    assert_eq!(list.all("app"), [&json!(null), &json!(null)]);
    assert_eq!(list.json["items"][0]["created_at"], world.now().wire());
    assert_eq!(list.json["items"][0]["used_at"], json!(null));
    assert!(!list.text.contains(&secret) && !list.text.contains("digest"), "{}", list.text);

    world.clock.advance(60);
    get("/me").by(&secret).send(&world).await.is(200);
    let used = world.now().wire();
    world.clock.advance(60);
    get("/me").by(&secret).send(&world).await.is(200);
    let list = get("/tokens?limit=1").by(&secret).send(&world).await.is(200);
    assert_eq!(list.json["items"][0]["used_at"], used, "noted once an hour");
    let next = list.json["next"].as_str().unwrap();
    let rest = get(&format!("/tokens?cursor={next}")).by(&first).send(&world).await.is(200);
    assert_eq!(rest.all("name"), ["a test"]);

    let path = format!("/tokens/{}", made.id());
    delete(&path).by(&secret).send(&world).await.problem(403, "missing_scope");
    let eve = world.token(world.person("eve").await, "read write").await;
    delete(&path).by(&eve).send(&world).await.problem(404, "not_found");
    get("/me").by(&secret).send(&world).await.is(200);
    delete(&path).by(&first).send(&world).await.is(204);
    get("/me").by(&secret).send(&world).await.problem(401, "invalid_token");
    delete(&path).by(&first).send(&world).await.problem(404, "not_found");

    let made = post("/tokens", &form).by(&first).send(&world).await.is(201);
    let secret = made.json["token"].as_str().unwrap();
    world.clock.advance(86_400);
    get("/me").by(secret).send(&world).await.problem(401, "invalid_token");
}

async fn a_token_makes_none_that_may_do_more(world: World) {
    let rosa = world.admin("rosa").await;
    let narrow = world.token(rosa, "listings:read accounts:write").await;
    let make = |scopes: serde_json::Value| {
        post("/tokens", &json!({ "name": "more", "scopes": scopes })).by(&narrow)
    };
    let before = world.rows().await;
    for (scopes, lacks) in [
        (json!(["read"]), "read"),
        (json!(["listings:read", "listings:write"]), "listings:write"),
        (json!(["admin:write"]), "admin:write"),
    ] {
        let answer = make(scopes).send(&world).await.problem(403, "missing_scope");
        assert_eq!(answer.json["detail"], format!("this token lacks the scope {lacks}"));
    }
    assert!(before.changed(&world.rows().await).is_empty());
    make(json!(["listings:read"])).send(&world).await.is(201);
}

async fn an_app_stands_in_the_list_and_ends_as_a_whole(world: World) {
    let ada = world.person("ada").await;
    let own = world.token(ada, "read write").await;
    let app = app(&world, "read write").await;
    let pair = app.acts_for(&world, ada, "read accounts:write").await;
    let list = get("/tokens").by(&own).send(&world).await.is(200);
    assert_eq!(list.all("name"), ["Harvest", "a test"]);
    assert_eq!(list.json["items"][0]["app"], json!({ "name": "Harvest", "website": null }));
    let form = json!({ "name": "hidden", "scopes": ["read"] });
    let hidden = post("/tokens", &form).by(&pair.access).send(&world).await;
    hidden.problem(403, "not_allowed");
    let path = format!("/tokens/{}", list.json["items"][0]["id"].as_str().unwrap());
    delete(&path).by(&own).send(&world).await.is(204);
    get("/me").by(&pair.access).send(&world).await.problem(401, "invalid_token");
    refused(app.refreshes(&pair.refresh, "").send(&world).await, 400, "invalid_grant");
    let list = get("/tokens").by(&own).send(&world).await.is(200);
    assert_eq!(list.all("name"), ["a test"]);
}

async fn wrong_tokens_are_not_made(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read write").await;
    let before = world.rows().await;
    for (field, value) in [
        ("name", json!("")),
        ("name", json!("x".repeat(101))),
        ("scopes", json!([])),
        ("scopes", json!([""])),
        ("scopes", json!(["read write"])),
        ("scopes", json!(["everything"])),
        ("scopes", json!(["read,write"])),
        ("expires_at", json!("tomorrow")),
        ("expires_at", json!("2020-01-01T00:00:00Z")),
    ] {
        let mut form = json!({ "name": "backup", "scopes": ["read"] });
        form[field] = value;
        let answer = post("/tokens", &form).by(&token).send(&world).await;
        answer.problem(422, "invalid").field(field);
    }
    let form = json!({ "name": "backup", "scopes": ["read"], "digest": "x" });
    post("/tokens", &form).by(&token).send(&world).await.problem(422, "unknown_field");
    assert!(before.changed(&world.rows().await).is_empty());
    delete("/tokens/1").by(&token).send(&world).await.problem(404, "not_found");
    let form = json!({ "name": "backup", "scopes": ["read"] });
    for _ in 1..100 {
        post("/tokens", &form).by(&token).send(&world).await.is(201);
    }
    post("/tokens", &form).by(&token).send(&world).await.problem(422, "invalid").field("name");
}
