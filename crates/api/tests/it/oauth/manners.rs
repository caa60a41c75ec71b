//! What an app is told: by the metadata, about its own tokens, and when it asks in the wrong way.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use testkit::World;

use super::client::{VERIFIER, app, public_app, refused};
use crate::client::{ask, get};

testkit::both_engines!(
    everything_is_found_from_the_metadata,
    an_app_by_itself_reads_what_everybody_reads,
    only_the_app_itself_learns_about_its_tokens,
    wrong_requests_are_answered_in_the_words_of_the_standard,
);

async fn everything_is_found_from_the_metadata(world: World) {
    let path = "/.well-known/oauth-authorization-server";
    let told = get(path).send(&world).await.is(200).json;
    assert_eq!(told["issuer"], "https://a.example");
    for (name, at) in [
        ("authorization_endpoint", "authorize"),
        ("token_endpoint", "token"),
        ("revocation_endpoint", "revoke"),
        ("introspection_endpoint", "introspect"),
        ("registration_endpoint", "register"),
    ] {
        assert_eq!(told[name], format!("https://a.example/oauth/{at}"));
    }
    assert_eq!(told["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(told["response_types_supported"], json!(["code"]));
    let scopes = told["scopes_supported"].as_array().unwrap();
    for scope in ["read", "listings:write", "admin:write", "searches:write", "webhooks:read"] {
        assert!(scopes.contains(&json!(scope)), "{scope}");
    }
    for path in ["token", "revoke", "introspect", "register"] {
        let preflight = ask("OPTIONS", &format!("/oauth/{path}")).send(&world).await.is(204);
        assert_eq!(preflight.header("access-control-allow-origin"), "*");
        assert_eq!(preflight.header("access-control-allow-credentials"), "", "API-08");
    }
}

async fn an_app_by_itself_reads_what_everybody_reads(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.need(garden, ada, "Chairs").await;
    let own = app(&world, "read write").await;
    let itself = |scope: &'static str| [("grant_type", "client_credentials"), ("scope", scope)];
    let told = own.asks("/oauth/token", &itself("")).send(&world).await.is(200);
    assert_eq!(told.json["scope"], "read");
    assert!(told.json["refresh_token"].is_null());
    let token = told.json["access_token"].as_str().unwrap().to_owned();
    let seen = get("/listings").by(&token).send(&world).await.is(200);
    assert_eq!(seen.all("title"), ["Chairs"]);
    get("/me").by(&token).send(&world).await.problem(401, "no_token");
    for beyond in ["write", "read write", "admin:read", "all"] {
        let answer = own.asks("/oauth/token", &itself(beyond)).send(&world).await;
        refused(answer, 400, "invalid_scope");
    }
    let public = public_app(&world, "read").await;
    let answer = public.asks("/oauth/token", &itself("read")).send(&world).await;
    refused(answer, 400, "unauthorized_client");
    own.asks("/oauth/revoke", &[("token", &token)]).send(&world).await.is(200);
    get("/listings").by(&token).send(&world).await.problem(401, "invalid_token");
}

async fn only_the_app_itself_learns_about_its_tokens(world: World) {
    let ada = world.person("ada").await;
    let own = app(&world, "read").await;
    let other = app(&world, "read").await;
    let pair = own.acts_for(&world, ada, "accounts:read").await;
    let itself = own.asks("/oauth/token", &[("grant_type", "client_credentials")]);
    let itself = itself.send(&world).await.is(200).json["access_token"].clone();
    let itself = itself.as_str().unwrap();
    let account = world.account(ada).await.id.to_string();
    for (token, scope, sub) in [
        (pair.access.as_str(), "accounts:read", json!(account)),
        (pair.refresh.as_str(), "accounts:read", json!(account)),
        (itself, "read", json!(null)),
    ] {
        let told = own.asks("/oauth/introspect", &[("token", token)]).send(&world).await.is(200);
        assert_eq!((&told.json["active"], &told.json["scope"]), (&json!(true), &json!(scope)));
        assert_eq!((&told.json["client_id"], &told.json["sub"]), (&json!(own.id), &sub));
        assert!(told.json["iat"].as_i64() < told.json["exp"].as_i64());
        let told = other.asks("/oauth/introspect", &[("token", token)]).send(&world).await.is(200);
        assert_eq!(told.json, json!({ "active": false }));
        let nobody = ask("POST", "/oauth/introspect").form(&[("token", token)]);
        refused(nobody.send(&world).await, 401, "invalid_client");
    }
    let script = world.token(ada, "read").await;
    for token in [script.as_str(), "unknown"] {
        let told = own.asks("/oauth/introspect", &[("token", token)]).send(&world).await.is(200);
        assert_eq!(told.json, json!({ "active": false }));
    }
    world.clock.advance(3_600);
    let told = own.asks("/oauth/introspect", &[("token", &pair.access)]).send(&world).await;
    assert_eq!(told.json, json!({ "active": false }));
}

async fn wrong_requests_are_answered_in_the_words_of_the_standard(world: World) {
    let app = app(&world, "read").await;
    let secret = app.secret.clone().unwrap();
    let before = world.rows().await;
    for (fields, error) in [
        (vec![], "invalid_request"),
        (vec![("grant_type", "")], "invalid_request"),
        (vec![("grant_type", "password")], "unsupported_grant_type"),
        (vec![("grant_type", "authorization_code")], "invalid_request"),
        (vec![("grant_type", "authorization_code"), ("code", "x")], "invalid_request"),
        (
            vec![
                ("grant_type", "authorization_code"),
                ("code", "x"),
                ("redirect_uri", "https://app.example/back"),
            ],
            "invalid_request",
        ),
        (vec![("grant_type", "refresh_token")], "invalid_request"),
        (vec![("grant_type", "refresh_token"), ("refresh_token", "\u{0}")], "invalid_grant"),
        (
            vec![("grant_type", "refresh_token"), ("grant_type", "client_credentials")],
            "invalid_request",
        ),
    ] {
        refused(app.asks("/oauth/token", &fields).send(&world).await, 400, error);
    }
    for path in ["/oauth/revoke", "/oauth/introspect"] {
        refused(app.asks(path, &[]).send(&world).await, 400, "invalid_request");
    }
    for fields in [
        vec![("client_id", "unknown"), ("client_secret", secret.as_str())],
        vec![("client_id", app.id.as_str()), ("client_secret", "wrong")],
        vec![("client_id", app.id.as_str())],
        vec![("client_id", "\u{0}"), ("client_secret", secret.as_str())],
        vec![("code_verifier", VERIFIER)],
    ] {
        let answer = ask("POST", "/oauth/token").form(&fields).send(&world).await;
        let answer = refused(answer, 401, "invalid_client");
        assert!(answer.header("www-authenticate").starts_with("Basic"));
    }
    let login = STANDARD.encode(format!("{}:{secret}", app.id));
    let login = format!("Basic {login}");
    let twice = app.asks("/oauth/token", &[("grant_type", "client_credentials")]);
    let twice = twice.header("Authorization", &login).send(&world).await;
    refused(twice, 400, "invalid_request");
    for header in ["Basic ???", "Basic", "Bearer x", "Basic eDp5"] {
        let answer = ask("POST", "/oauth/token").form(&[("grant_type", "client_credentials")]);
        let answer = answer.header("Authorization", header).send(&world).await;
        refused(answer, 401, "invalid_client");
    }
    let json = ask("POST", "/oauth/token").json(&json!({ "grant_type": "client_credentials" }));
    refused(json.header("Authorization", &login).send(&world).await, 400, "invalid_request");
    let long = "x".repeat(70_000);
    let long = app.asks("/oauth/token", &[("grant_type", &long)]).send(&world).await;
    refused(long, 400, "invalid_request");
    get("/oauth/token").send(&world).await.problem(405, "method_not_allowed");
    assert!(before.changed(&world.rows().await).is_empty());
}
