//! What every answer has: CORS, caching, and problems for wrong addresses.

use testkit::World;

use crate::client::{ask, get};

testkit::both_engines!(any_page_may_call_but_no_cookie_counts, wrong_addresses_are_problems);

async fn any_page_may_call_but_no_cookie_counts(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read").await;
    let (session, _) = world.session(ada).await;
    for origin in ["https://client.example", "null", "https://a.example.evil.example"] {
        let preflight = ask("OPTIONS", "/me").header("Origin", origin);
        let preflight = preflight.header("Access-Control-Request-Method", "GET");
        let answer = preflight.send(&world).await.is(204);
        assert!(answer.header("access-control-allow-methods").contains("PATCH"));
        assert!(answer.header("access-control-allow-headers").contains("Authorization"));
        let answer = get("/me").by(&token).header("Origin", origin).send(&world).await.is(200);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert!(answer.header("access-control-expose-headers").contains("ETag"));
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert_eq!(answer.header("vary"), "Authorization, Origin");
    }
    let cookie = format!("session={session}; __Host-session={session}");
    get("/me").header("Cookie", &cookie).send(&world).await.problem(401, "no_token");
    let public = get("/listings").send(&world).await.is(200);
    assert_eq!(public.header("cache-control"), "");
    let refused = get("/me").header("Origin", "https://client.example").send(&world).await.is(401);
    assert_eq!(refused.header("access-control-allow-origin"), "*");
}

async fn wrong_addresses_are_problems(world: World) {
    for path in ["", "/", "/nothing", "/listings/", "/../listings", "/collectives/a/b/c"] {
        get(path).send(&world).await.problem(404, "not_found");
    }
    for path in ["/listings/1", "/listings/%00", "/collectives/%00", "/collectives/%FF%FE"] {
        get(path).send(&world).await.problem(404, "not_found");
    }
    let answer = ask("PUT", "/listings").send(&world).await.problem(405, "method_not_allowed");
    assert_eq!(answer.header("allow"), "GET");
    ask("HEAD", "/listings").send(&world).await.is(200);
    ask("HEAD", "/me").send(&world).await.is(401);
}
