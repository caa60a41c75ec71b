//! How much somebody may ask, and how they are told (API-21).

use std::sync::Arc;

use api::{Limits, Rates};
use serde_json::json;
use testkit::World;

use crate::client::{ask, get, post};

testkit::both_engines!(
    each_token_has_its_own_measure,
    looking_up_other_servers_is_rarer_api_21,
    whoever_has_no_token_is_counted_by_address,
);

fn limits(rates: Rates) -> Arc<Limits> {
    Arc::new(Limits::new(rates))
}

async fn each_token_has_its_own_measure(world: World) {
    let limits = limits(Rates { reads: 2, writes: 1, ..Rates::default() });
    let ada = world.person("ada").await;
    let (one, two) = (world.token(ada, "read write").await, world.token(ada, "read").await);
    let me = |token: &str| get("/me").by(token).under(&limits);
    let first = me(&one).send(&world).await.is(200);
    assert_eq!(first.header("ratelimit-policy"), "\"reads\";q=2;w=60");
    assert_eq!(first.header("ratelimit"), "\"reads\";r=1;t=30");
    assert_eq!(me(&one).send(&world).await.is(200).header("ratelimit"), "\"reads\";r=0;t=60");
    let refused = me(&one).send(&world).await.problem(429, "too_many_requests");
    assert_eq!(refused.header("ratelimit"), "\"reads\";r=0;t=60");
    assert!((1..=31).contains(&refused.header("retry-after").parse::<u64>().unwrap()));
    assert!(refused.header("access-control-expose-headers").contains("RateLimit"));
    // Writing is counted apart, and so is another token.
    me(&two).send(&world).await.is(200);
    let form = json!({ "handle": "garden", "name": "Garden" });
    let found = || post("/collectives", &form).by(&one).under(&limits);
    found().send(&world).await.is(201);
    let before = world.rows().await;
    let refused = found().header("Idempotency-Key", "again").send(&world).await;
    refused.problem(429, "too_many_requests");
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn looking_up_other_servers_is_rarer_api_21(world: World) {
    let limits = limits(Rates::default());
    let ada = world.person("ada").await;
    let token = world.token(ada, "read").await;
    let look = || get("/resolve?q=http%3A%2F%2F169.254.169.254").under(&limits);
    for _ in 0..10 {
        let answer = look().by(&token).send(&world).await.problem(422, "invalid");
        assert!(answer.header("ratelimit").starts_with("\"lookups\""));
    }
    look().by(&token).send(&world).await.problem(429, "too_many_requests");
    get("/me").by(&token).under(&limits).send(&world).await.is(200);
    look().send(&world).await.problem(401, "no_token");
}

async fn whoever_has_no_token_is_counted_by_address(world: World) {
    let limits = limits(Rates { anonymous_reads: 2, anonymous_writes: 1, ..Rates::default() });
    let read = || get("/listings").under(&limits);
    read().send(&world).await.is(200);
    read().send(&world).await.is(200);
    read().send(&world).await.problem(429, "too_many_requests");
    let write = || ask("POST", "/reports").under(&limits);
    write().send(&world).await.problem(401, "no_token");
    write().send(&world).await.problem(429, "too_many_requests");
    // A preflight is not counted.
    ask("OPTIONS", "/me").under(&limits).send(&world).await.is(204);
}
