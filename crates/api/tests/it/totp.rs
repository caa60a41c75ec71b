//! The second step of signing in, by a program.

use ops::totp::code_at;
use serde_json::json;
use testkit::{PASSWORD, World};

use crate::client::{delete, get, post};

testkit::both_engines!(
    it_is_begun_confirmed_and_turned_off,
    tokens_are_not_asked_for_a_code,
    whoever_asks_in_the_wrong_order_is_told,
);

async fn it_is_begun_confirmed_and_turned_off(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read write").await;
    let sure = json!({ "password": PASSWORD });
    let off = get("/me/totp").by(&token).send(&world).await.is(200);
    assert_eq!(off.json, json!({ "enabled": false, "since": null, "recovery_codes": 0 }));
    let begun = post("/me/totp", &sure).by(&token).send(&world).await.is(200);
    assert!(begun.json["uri"].as_str().unwrap().starts_with("otpauth://totp/a.example:ada?"));
    assert!(begun.header("cache-control").contains("no-store"));
    let still = get("/me/totp").by(&token).send(&world).await.is(200);
    assert_eq!(still.json["enabled"], false);
    let account = world.account(ada).await.id;
    let secret = world.read(move |conn| db::totp::find(conn, account)).await.secret.unwrap();
    let wrong = json!({ "code": "wrong" });
    let wrong = post("/me/totp/confirm", &wrong).by(&token).send(&world).await;
    wrong.problem(422, "invalid").field("code");
    let code = json!({ "code": code_at(&secret, world.now()) });
    let on = post("/me/totp/confirm", &code).by(&token).send(&world).await.is(200);
    assert_eq!(on.json["recovery_codes"].as_array().unwrap().len(), 10);
    let on = get("/me/totp").by(&token).send(&world).await.is(200);
    assert_eq!((&on.json["enabled"], &on.json["recovery_codes"]), (&json!(true), &json!(10)));
    assert!(!on.text.contains("secret"));
    let new = post("/me/recovery-codes", &sure).by(&token).send(&world).await.is(200);
    assert_eq!(new.json["recovery_codes"].as_array().unwrap().len(), 10);
    delete("/me/totp").json(&sure).by(&token).send(&world).await.is(204);
    let off = get("/me/totp").by(&token).send(&world).await.is(200);
    assert_eq!(off.json["enabled"], false);
}

async fn tokens_are_not_asked_for_a_code(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read").await;
    world.two_steps(ada).await;
    get("/me").by(&token).send(&world).await.is(200);
}

async fn whoever_asks_in_the_wrong_order_is_told(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read write").await;
    let sure = json!({ "password": PASSWORD });
    let code = json!({ "code": "287082" });
    for request in [
        post("/me/totp/confirm", &code),
        post("/me/recovery-codes", &sure),
        delete("/me/totp").json(&sure),
    ] {
        request.by(&token).send(&world).await.problem(409, "totp_is_off");
    }
    world.two_steps(ada).await;
    post("/me/totp", &sure).by(&token).send(&world).await.problem(409, "totp_is_on");
    post("/me/totp/confirm", &code).by(&token).send(&world).await.problem(409, "totp_is_on");
}
