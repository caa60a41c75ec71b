//! What every answer has: CORS, caching, and problems for wrong addresses.

use domain::memberships::Role;
use serde_json::json;
use testkit::World;

use crate::client::{ask, get, patch, post};

testkit::both_engines!(
    any_page_may_call_but_no_cookie_counts,
    wrong_addresses_are_problems,
    problems_are_told_in_the_language_of_the_one_who_asks,
    what_is_known_already_is_not_sent_again,
);

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
        assert_eq!(answer.header("vary"), "Authorization, Origin, Accept-Language");
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

async fn problems_are_told_in_the_language_of_the_one_who_asks(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let eve = world.member(garden, "eve", Role::Member).await;
    let token = world.token(eve, "read write").await;
    let form = json!({ "name": "Mine" });
    let edit = |languages: &str| {
        let request = patch("/collectives/garden", &form).by(&token);
        request.header("Accept-Language", languages).send(&world)
    };
    let plain = patch("/collectives/garden", &form).by(&token).send(&world).await;
    let plain = plain.problem(403, "stewards_only");
    assert_eq!(plain.header("content-language"), "en");
    let mut details = std::collections::BTreeSet::new();
    for (languages, spoken) in [
        ("es", "es"),
        ("ca-ES, es;q=0.8", "ca"),
        ("nah, fr;q=0.4, de;q=0.9", "de"),
        ("fr-CA;q=0.5, en;q=0.4", "fr"),
        ("en, es;q=0.9", "en"),
        ("nah", "en"),
        ("*", "en"),
        ("es;q=0, de;q=x", "en"),
        (", ;;;q=, ,", "en"),
    ] {
        let answer = edit(languages).await.problem(403, "stewards_only");
        assert_eq!(answer.header("content-language"), spoken, "{languages}");
        assert_eq!(answer.json["detail"] == plain.json["detail"], spoken == "en", "{languages}");
        details.insert(answer.json["detail"].to_string());
    }
    assert_eq!(details.len(), 5);
    // What is wrong with a value is told in it too.
    let wrong = post("/collectives", &json!({ "handle": "x", "name": "New" })).by(&token);
    let wrong = wrong.header("Accept-Language", "es").send(&world).await.problem(422, "invalid");
    assert_eq!((wrong.header("content-language"), &wrong.json["field"]), ("es", &json!("handle")));
    assert!(
        wrong.json["detail"].as_str().unwrap().starts_with("handle: debe tener de 2 a 40 letras")
    );
    for language in ["ca", "de", "fr"] {
        let wrong = post("/collectives", &json!({ "handle": "x", "name": "New" })).by(&token);
        let wrong = wrong.header("Accept-Language", language).send(&world).await;
        let wrong = wrong.problem(422, "invalid");
        assert_eq!(wrong.header("content-language"), language);
        assert!(!wrong.json["detail"].as_str().unwrap().contains("must"), "{}", wrong.json);
    }
    let reads = world.token(eve, "read").await;
    let lacking = patch("/collectives/garden", &form).by(&reads).header("Accept-Language", "es");
    let lacking = lacking.send(&world).await.problem(403, "missing_scope");
    assert_eq!(lacking.json["detail"], "a este token le falta el permiso collectives:write");
    let listings = get("/listings").header("Accept-Language", "es").send(&world).await.is(200);
    assert_eq!(listings.header("content-language"), "");
}

async fn what_is_known_already_is_not_sent_again(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let token = world.token(ada, "read write").await;
    let path = format!("/listings/{need}");
    let first = get(&path).send(&world).await.is(200);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("\"1-") && tag.len() == 20, "{tag}");
    for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let again = get(&path).header("If-None-Match", &known).send(&world).await.is(304);
        assert_eq!((again.text.as_str(), again.header("etag")), ("", tag.as_str()));
        assert_eq!(again.header("access-control-allow-origin"), "*");
    }
    for other in ["\"1\"", "\"2\"", "", "nonsense"] {
        get(&path).header("If-None-Match", other).send(&world).await.is(200);
    }
    // It is what If-Match takes, too.
    let edit = patch(&path, &json!({ "title": "More" })).by(&token).header("If-Match", &tag);
    edit.send(&world).await.is(200);
    get(&path).header("If-None-Match", &tag).send(&world).await.is(200);
    // One version looks different to its members.
    let mill = "/collectives/garden";
    let public = get(mill).send(&world).await.is(200).header("etag").to_owned();
    let inside = get(mill).by(&token).header("If-None-Match", &public).send(&world).await;
    assert_ne!(inside.is(200).header("etag"), public);
}
