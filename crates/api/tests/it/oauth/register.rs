//! How apps introduce themselves.

use serde_json::json;
use testkit::World;

use super::client::{BACK, described, refused};
use crate::client::{ask, post};

testkit::both_engines!(
    an_app_introduces_itself_and_is_told_its_secret_once,
    wrong_registrations_are_refused_in_the_words_of_the_standard,
);

async fn an_app_introduces_itself_and_is_told_its_secret_once(world: World) {
    let mut form = described("read listings:write");
    form["client_uri"] = json!("https://app.example/about");
    form["software_id"] = json!("a member that we do not know is passed over");
    let told = post("/oauth/register", &form).send(&world).await.is(201);
    assert_eq!(told.header("cache-control"), "no-store");
    assert_eq!(told.json["client_name"], "Harvest");
    assert_eq!(told.json["redirect_uris"], json!([BACK]));
    assert_eq!(told.json["scope"], "read listings:write");
    assert_eq!(told.json["client_uri"], "https://app.example/about");
    assert_eq!(told.json["token_endpoint_auth_method"], "client_secret_basic");
    assert_eq!(told.json["client_secret_expires_at"], 0);
    let secret = told.json["client_secret"].as_str().unwrap();
    assert!(!format!("{:?}", world.rows().await).contains(secret), "a secret is never stored");

    form["token_endpoint_auth_method"] = json!("none");
    let told = post("/oauth/register", &form).send(&world).await.is(201);
    assert!(told.json["client_secret"].is_null());
    let least = json!({ "client_name": "Least", "redirect_uris": ["urn:ietf:wg:oauth:2.0:oob"] });
    let told = post("/oauth/register", &least).send(&world).await.is(201);
    assert_eq!(told.json["scope"], "read");
}

async fn wrong_registrations_are_refused_in_the_words_of_the_standard(world: World) {
    let redirect = "invalid_redirect_uri";
    let metadata = "invalid_client_metadata";
    for (field, value, error) in [
        ("redirect_uris", json!([]), redirect),
        ("redirect_uris", json!(["http://app.example/back"]), redirect),
        ("redirect_uris", json!([BACK, "https://app.example/*"]), redirect),
        ("redirect_uris", json!(["https://app.example/back#x"]), redirect),
        ("redirect_uris", json!(["https://localhost@evil.test/"]), redirect),
        ("redirect_uris", json!(["http://localhost/back"]), redirect),
        ("redirect_uris", json!(["javascript:alert(1)"]), redirect),
        ("redirect_uris", json!(vec![BACK; 11]), redirect),
        ("redirect_uris", json!([format!("https://app.example/{}", "x".repeat(3_000))]), redirect),
        ("redirect_uris", json!(BACK), metadata),
        ("client_name", json!(""), metadata),
        ("client_name", json!("x".repeat(81)), metadata),
        ("client_name", json!("Har\nvest"), metadata),
        ("client_uri", json!("http://app.example"), metadata),
        ("client_uri", json!("javascript:alert(1)"), metadata),
        ("scope", json!("read everything"), metadata),
        ("token_endpoint_auth_method", json!("private_key_jwt"), metadata),
    ] {
        let mut form = described("read");
        form[field] = value;
        refused(post("/oauth/register", &form).send(&world).await, 400, error);
    }
    for (media_type, body) in [
        ("application/json", "{"),
        ("application/json", "[]"),
        ("application/json", "{\"client_name\": \"\\u0000\"}"),
        ("text/plain", "{}"),
        ("application/x-www-form-urlencoded", "client_name=Harvest"),
    ] {
        let request = ask("POST", "/oauth/register").body(media_type, body.as_bytes());
        refused(request.send(&world).await, 400, metadata);
    }
    assert_eq!(world.rows().await.count("apps"), 0);
}
