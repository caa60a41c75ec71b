//! From a consent to what an app does with it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::Refusal;
use ops::oauth::AllowApp;
use serde_json::json;
use testkit::World;

use super::client::{
    App, BACK, CHALLENGE, VERIFIER, allowed, app, consent, pair, public_app, refused,
};
use crate::client::{ask, get, post};

testkit::both_engines!(
    an_app_is_allowed_and_does_that_and_no_more,
    a_code_is_good_once_and_its_reuse_ends_what_came_of_it,
    a_code_is_for_its_app_its_address_and_its_verifier_alone,
    a_program_on_the_same_machine_chooses_its_port,
    nobody_consents_to_what_an_app_never_registered_for,
);

async fn an_app_is_allowed_and_does_that_and_no_more(world: World) {
    let ada = world.person("ada").await;
    let app = app(&world, "read listings:write").await;
    let code = allowed(&world, ada, &app, "accounts:read listings:write").await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
    ];
    let login = STANDARD.encode(format!("{}:{}", app.id, app.secret.clone().unwrap()));
    let request = ask("POST", "/oauth/token").form(&fields);
    let told = request.header("Authorization", &format!("Basic {login}"));
    let told = told.send(&world).await.is(200);
    assert_eq!(told.json["token_type"], "Bearer");
    assert_eq!(told.json["expires_in"], 3_600);
    assert_eq!(told.json["scope"], "accounts:read listings:write");
    assert!(told.header("cache-control").contains("no-store"));

    let pair = pair(&told);
    let me = get("/me").by(&pair.access).send(&world).await.is(200);
    assert_eq!(me.json["person"]["handle"], "ada");
    assert_eq!(me.json["account"]["scopes"], json!(["accounts:read", "listings:write"]));
    let garden = json!({ "handle": "garden", "name": "Garden" });
    let beyond = post("/collectives", &garden).by(&pair.access).send(&world).await;
    beyond.problem(403, "missing_scope");
    get("/me").by(&pair.refresh).send(&world).await.problem(401, "invalid_token");
    get("/me").by(&code).send(&world).await.problem(401, "invalid_token");
    let rows = format!("{:?}", world.rows().await);
    for secret in [&pair.access, &pair.refresh, &code, app.secret.as_ref().unwrap()] {
        assert!(!rows.contains(secret), "a secret is never stored");
    }
}

async fn a_code_is_good_once_and_its_reuse_ends_what_came_of_it(world: World) {
    let ada = world.person("ada").await;
    let app = app(&world, "read").await;
    let other = app.acts_for(&world, ada, "read").await;
    let code = allowed(&world, ada, &app, "read").await;
    let first = pair(&app.redeems(&code).send(&world).await.is(200));
    get("/me").by(&first.access).send(&world).await.is(200);
    refused(app.redeems(&code).send(&world).await, 400, "invalid_grant");
    get("/me").by(&first.access).send(&world).await.problem(401, "invalid_token");
    refused(app.refreshes(&first.refresh, "").send(&world).await, 400, "invalid_grant");
    get("/me").by(&other.access).send(&world).await.is(200);
}

async fn a_code_is_for_its_app_its_address_and_its_verifier_alone(world: World) {
    let ada = world.person("ada").await;
    let own = app(&world, "read").await;
    let other = app(&world, "read").await;
    let wrong = VERIFIER.replace('d', "e");
    let cases: [(&App, &str, &str, i64); 7] = [
        (&other, BACK, VERIFIER, 0),
        (&own, "https://app.example/back/", VERIFIER, 0),
        (&own, "https://app.example/back?x=1", VERIFIER, 0),
        (&own, BACK, &wrong, 0),
        (&own, BACK, CHALLENGE, 0),
        (&own, BACK, "short", 0),
        (&own, BACK, VERIFIER, 61),
    ];
    for (app, redirect, verifier, late) in cases {
        let code = allowed(&world, ada, &own, "read").await;
        world.clock.advance(late);
        let answer = app.redeems_with(&code, redirect, verifier).send(&world).await;
        refused(answer, 400, "invalid_grant");
        let again = own.redeems(&code).send(&world).await;
        refused(again, 400, "invalid_grant");
    }
    let unknown = own.redeems("0000").send(&world).await;
    refused(unknown, 400, "invalid_grant");
    assert_eq!(world.rows().await.count("tokens"), 0);
    assert_eq!(world.rows().await.count("refresh_tokens"), 0);
}

async fn a_program_on_the_same_machine_chooses_its_port(world: World) {
    let ada = world.person("ada").await;
    let app = public_app(&world, "read").await;
    assert!(app.secret.is_none());
    let back = "http://127.0.0.1:49152/back";
    world.done(world.local(ada), consent(&app, "read", back, "one")).await;
    let other = app.redeems_with("one", "http://127.0.0.1:49153/back", VERIFIER);
    refused(other.send(&world).await, 400, "invalid_grant");
    world.done(world.local(ada), consent(&app, "read", back, "two")).await;
    let told = app.redeems_with("two", back, VERIFIER).send(&world).await.is(200);
    get("/me").by(&pair(&told).access).send(&world).await.is(200);
    for elsewhere in
        ["http://localhost/back", "http://127.0.0.1/other", "http://127.0.0.2@evil.test/back"]
    {
        let wish = consent(&app, "read", elsewhere, "three");
        assert_eq!(world.invalid(world.local(ada), wish).await.field, "redirect_uri");
    }
}

async fn nobody_consents_to_what_an_app_never_registered_for(world: World) {
    let ada = world.person("ada").await;
    let app = app(&world, "read").await;
    for beyond in ["write", "read listings:write", "admin:read"] {
        let wish = consent(&app, beyond, BACK, "code");
        assert_eq!(world.invalid(world.local(ada), wish).await.field, "scope");
    }
    let nobody = App { id: "unknown".to_owned(), ..app.clone() };
    let wish = consent(&nobody, "read", BACK, "code");
    assert_eq!(world.invalid(world.local(ada), wish).await.field, "client_id");
    let challenge = "plain".to_owned();
    let plain = AllowApp { challenge, ..consent(&app, "read", BACK, "code") };
    assert_eq!(world.invalid(world.local(ada), plain).await.field, "code_challenge");
    let wish = consent(&app, "read", BACK, "code");
    let server = world.refused(domain::Origin::server(), wish).await;
    assert_eq!(server, Refusal::NotTheirsToSay);
    assert_eq!(world.rows().await.count("oauth_codes"), 0);
}
