//! Tokens: missing, unknown, expired, of a suspended account, and without the scope.

use serde_json::json;
use testkit::World;

use crate::client::{ask, get, post};

testkit::both_engines!(only_good_tokens_open, scopes_are_named);

async fn only_good_tokens_open(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read write").await;
    get("/me").by(&token).send(&world).await.is(200);
    let missing = get("/me").send(&world).await.problem(401, "no_token");
    assert_eq!(missing.header("www-authenticate"), "Bearer realm=\"tequio\"");
    let cases = [
        "Bearer 0000",
        "Bearer ",
        "Bearer",
        "Basic YWRhOmFkYQ==",
        &format!("Bearer {token}x"),
        &format!("Bearer {}", token.to_uppercase()),
    ]
    .map(str::to_owned);
    for header in cases {
        for path in ["/me", "/listings", "/collectives", "/feeds/public"] {
            let answer = get(path).header("Authorization", &header).send(&world).await;
            let answer = answer.problem(401, "invalid_token");
            assert!(answer.header("www-authenticate").contains("error=\"invalid_token\""));
        }
    }
    let small = get("/me").header("Authorization", &format!("bearer  {token}"));
    small.send(&world).await.is(200);
}

async fn scopes_are_named(world: World) {
    let ada = world.person("ada").await;
    let form = json!({ "handle": "garden", "name": "Garden" });
    let narrow = world.token(ada, "listings:write follows:read").await;
    get("/follows").by(&narrow).send(&world).await.is(200);
    for (request, scope) in [
        (post("/collectives", &form), "collectives:write"),
        (get("/me"), "accounts:read"),
        (get("/listings"), "listings:read"),
        (get("/feeds/home"), "feeds:read"),
        (get("/resolve?q=garden"), "lookup:read"),
        (ask("DELETE", "/follows/x"), "follows:write"),
    ] {
        let answer = request.by(&narrow).send(&world).await.problem(403, "missing_scope");
        assert_eq!(answer.json["detail"], format!("this token lacks the scope {scope}"));
        let challenge = answer.header("www-authenticate");
        assert!(challenge.contains("insufficient_scope") && challenge.contains(scope));
    }
    let before = world.rows().await;
    let writer = world.token(ada, "write").await;
    assert_eq!(before.changed(&world.rows().await), ["tokens"]);
    post("/collectives", &form).by(&writer).send(&world).await.is(201);
    get("/me").by(&writer).send(&world).await.problem(403, "missing_scope");
}
