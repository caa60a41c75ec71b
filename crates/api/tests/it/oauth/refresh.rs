//! Pairs of tokens: how they go on, and how they end.

use serde_json::json;
use testkit::World;

use super::client::{allowed, app, pair, refused};
use crate::client::{get, post};

testkit::both_engines!(
    a_refresh_token_is_good_once_and_a_thief_ends_them_all,
    scopes_become_narrower_and_never_wider,
    tokens_end_when_they_are_given_back,
    tokens_end_with_their_time,
    whoever_is_suspended_is_acted_for_no_longer,
    what_nobody_can_use_any_more_is_forgotten,
);

async fn a_refresh_token_is_good_once_and_a_thief_ends_them_all(world: World) {
    let ada = world.person("ada").await;
    let own = app(&world, "read").await;
    let first = own.acts_for(&world, ada, "read").await;
    let other = app(&world, "read").await;
    refused(other.refreshes(&first.refresh, "").send(&world).await, 400, "invalid_grant");
    let second = pair(&own.refreshes(&first.refresh, "").send(&world).await.is(200));
    get("/me").by(&first.access).send(&world).await.problem(401, "invalid_token");
    get("/me").by(&second.access).send(&world).await.is(200);
    let third = pair(&own.refreshes(&second.refresh, "").send(&world).await.is(200));
    get("/me").by(&third.access).send(&world).await.is(200);
    refused(own.refreshes(&first.refresh, "").send(&world).await, 400, "invalid_grant");
    get("/me").by(&third.access).send(&world).await.problem(401, "invalid_token");
    refused(own.refreshes(&third.refresh, "").send(&world).await, 400, "invalid_grant");
}

async fn scopes_become_narrower_and_never_wider(world: World) {
    let ada = world.person("ada").await;
    let app = app(&world, "read write").await;
    let first = app.acts_for(&world, ada, "read listings:write").await;
    for beyond in ["write", "read replies:write", "admin:read"] {
        let answer = app.refreshes(&first.refresh, beyond).send(&world).await;
        refused(answer, 400, "invalid_scope");
    }
    refused(app.refreshes(&first.refresh, "all").send(&world).await, 400, "invalid_scope");
    let told = app.refreshes(&first.refresh, "listings:read").send(&world).await.is(200);
    assert_eq!(told.json["scope"], "listings:read");
    let second = pair(&told);
    get("/listings").by(&second.access).send(&world).await.is(200);
    get("/me").by(&second.access).send(&world).await.problem(403, "missing_scope");
    let told = app.refreshes(&second.refresh, "").send(&world).await.is(200);
    assert_eq!(told.json["scope"], "read listings:write", "what was consented to is not lost");
}

async fn tokens_end_when_they_are_given_back(world: World) {
    let ada = world.person("ada").await;
    let own = app(&world, "read").await;
    let other = app(&world, "read").await;
    let kept = own.acts_for(&world, ada, "read").await;
    for by_refresh in [true, false] {
        let given = own.acts_for(&world, ada, "read").await;
        let token = if by_refresh { &given.refresh } else { &given.access };
        other.asks("/oauth/revoke", &[("token", token)]).send(&world).await.is(200);
        get("/me").by(&given.access).send(&world).await.is(200);
        own.asks("/oauth/revoke", &[("token", token)]).send(&world).await.is(200);
        get("/me").by(&given.access).send(&world).await.problem(401, "invalid_token");
        let answer = own.refreshes(&given.refresh, "").send(&world).await;
        refused(answer, 400, "invalid_grant");
    }
    own.asks("/oauth/revoke", &[("token", "unknown")]).send(&world).await.is(200);
    get("/me").by(&kept.access).send(&world).await.is(200);
    let script = world.token(ada, "read").await;
    own.asks("/oauth/revoke", &[("token", &script)]).send(&world).await.is(200);
    get("/me").by(&script).send(&world).await.is(200);
}

async fn tokens_end_with_their_time(world: World) {
    let ada = world.person("ada").await;
    let app = app(&world, "read").await;
    let first = app.acts_for(&world, ada, "read").await;
    world.clock.advance(3_599);
    get("/me").by(&first.access).send(&world).await.is(200);
    world.clock.advance(1);
    get("/me").by(&first.access).send(&world).await.problem(401, "invalid_token");
    world.clock.advance(30 * 86_400 - 3_601);
    let second = pair(&app.refreshes(&first.refresh, "").send(&world).await.is(200));
    world.clock.advance(30 * 86_400);
    let late = app.refreshes(&second.refresh, "").send(&world).await;
    refused(late, 400, "invalid_grant");
}

async fn whoever_is_suspended_is_acted_for_no_longer(world: World) {
    let eve = world.person("eve").await;
    let app = app(&world, "read").await;
    let pair = app.acts_for(&world, eve, "read").await;
    let code = allowed(&world, eve, &app, "read").await;
    let rosa = world.token(world.admin("rosa").await, "write").await;
    let path = format!("/actors/{eve}/suspend");
    post(&path, &json!({ "reason": "spam" })).by(&rosa).send(&world).await.is(204);
    get("/me").by(&pair.access).send(&world).await.problem(401, "invalid_token");
    refused(app.refreshes(&pair.refresh, "").send(&world).await, 400, "invalid_grant");
    refused(app.redeems(&code).send(&world).await, 400, "invalid_grant");
    for token in [&pair.access, &pair.refresh] {
        let told = app.asks("/oauth/introspect", &[("token", token)]).send(&world).await.is(200);
        assert_eq!(told.json, json!({ "active": false }));
    }
}

async fn what_nobody_can_use_any_more_is_forgotten(world: World) {
    let ada = world.person("ada").await;
    let used = app(&world, "read").await;
    app(&world, "read").await;
    let pair = used.acts_for(&world, ada, "read").await;
    let itself = [("grant_type", "client_credentials")];
    used.asks("/oauth/token", &itself).send(&world).await.is(200);
    let script = world.token(ada, "read").await;
    world.queues.sweep().await.unwrap();
    let rows = world.rows().await;
    let counts = |rows: &testkit::Rows| {
        let tables = ["apps", "oauth_codes", "tokens", "refresh_tokens", "app_tokens"];
        tables.map(|table| rows.count(table))
    };
    assert_eq!(counts(&rows), [2, 1, 2, 1, 1]);
    world.clock.advance(8 * 86_400);
    world.queues.sweep().await.unwrap();
    assert_eq!(counts(&world.rows().await), [1, 0, 2, 1, 0], "an app that nobody allowed anything");
    used.refreshes(&pair.refresh, "").send(&world).await.is(200);
    world.clock.advance(31 * 86_400);
    world.queues.sweep().await.unwrap();
    assert_eq!(counts(&world.rows().await), [1, 0, 1, 0, 0]);
    get("/me").by(&script).send(&world).await.is(200);
}
