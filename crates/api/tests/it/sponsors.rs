//! Looking after accounts by a program.

use domain::{memberships::Role, sign_ups::SignUpMode};
use ops::sign_ups::SignUp;
use serde_json::json;
use testkit::World;

use crate::client::{get, post};

testkit::both_engines!(
    a_manager_answers_those_who_ask,
    accounts_of_others_are_not_there,
    api_06_a_suspended_account_has_no_token_any_more,
    admins_see_all,
);

async fn a_manager_answers_those_who_ask(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mo = world.member(garden, "mo", Role::AccountManager).await;
    let token = world.token(mo, "read write").await;
    world.door_is(SignUpMode::Approval).await;
    for handle in ["bea", "cho"] {
        let asks = SignUp { collective: Some(garden), ..world.new_sign_up(handle) };
        world.done(domain::Origin::visitor(), asks).await;
        let link = world.link(&format!("{handle}@mail.example")).await;
        post("/accounts/confirm", &json!({ "token": link })).send(&world).await.is(200);
        world.letters().await;
    }
    let path = "/collectives/garden/accounts";
    let waiting = get(&format!("{path}?state=waiting")).by(&token).send(&world).await.is(200);
    assert_eq!(waiting.all("application"), ["I help on Tuesdays.", "I help on Tuesdays."]);
    assert!(!waiting.text.contains("mail.example"));
    let id = |number: usize| {
        let person = &waiting.json["items"][number]["person"]["id"];
        person.as_str().unwrap().to_owned()
    };
    let (cho, bea) = (id(0), id(1));
    let act = |person: &str, act: &str| {
        post(&format!("{path}/{person}/{act}"), &json!({ "reason": "we know you" })).by(&token)
    };
    let approved = act(&bea, "approve").send(&world).await.is(200);
    assert_eq!(approved.json["state"], "active");
    act(&bea, "approve").send(&world).await.problem(409, "not_waiting");
    let rejected = act(&cho, "reject").send(&world).await.is(200);
    assert_eq!(rejected.json["state"], "rejected");
    act(&bea, "promote").send(&world).await.problem(404, "not_found");
    act("x", "approve").send(&world).await.problem(404, "not_found");
    get(&format!("{path}?state=odd")).by(&token).send(&world).await.problem(422, "invalid");
    let made = post(path, &json!({ "handle": "dan", "email": "dan@mail.example" })).by(&token);
    assert_eq!(made.send(&world).await.is(201).json["state"], "unconfirmed");
}

async fn accounts_of_others_are_not_there(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let zoe = world.person("zoe").await;
    let mill = world.collective("mill", zoe).await;
    let bea = world.sponsored(mill, "bea").await;
    let never = "01890000-0000-7000-8000-000000000000".to_owned();
    for act in ["approve", "reject", "suspend", "unsuspend", "reset", "sponsor"] {
        let mut told = Vec::new();
        for person in [bea.to_string(), zoe.to_string(), never.clone()] {
            let path = format!("/collectives/garden/accounts/{person}/{act}");
            let answer = post(&path, &json!({})).by(&token).send(&world).await;
            told.push(answer.problem(404, "not_found").text);
        }
        told.dedup();
        assert_eq!(told.len(), 1, "{act}");
    }
    let listed = get("/collectives/garden/accounts").by(&token).send(&world).await.is(200);
    assert_eq!(listed.json["items"], json!([]));
    get("/collectives/mill/accounts").by(&token).send(&world).await.problem(403, "not_a_member");
}

async fn api_06_a_suspended_account_has_no_token_any_more(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let steward = world.token(ada, "read write").await;
    let bea = world.sponsored(garden, "bea").await;
    let token = world.token(bea, "read write").await;
    get("/me").by(&token).send(&world).await.is(200);
    let path = format!("/collectives/garden/accounts/{bea}");
    let out = post(&format!("{path}/suspend"), &json!({})).by(&steward).send(&world).await;
    assert_eq!(out.is(200).json["suspended"], true);
    get("/me").by(&token).send(&world).await.problem(401, "invalid_token");
    let back = post(&format!("{path}/unsuspend"), &json!({})).by(&steward).send(&world).await;
    assert_eq!(back.is(200).json["suspended"], false);
    get("/me").by(&token).send(&world).await.problem(401, "invalid_token");
}

async fn admins_see_all(world: World) {
    let rosa = world.admin("rosa").await;
    let token = world.token(rosa, "read write admin:read admin:write").await;
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.sponsored(garden, "bea").await;
    let listed = get("/admin/accounts?limit=2").by(&token).send(&world).await.is(200);
    assert_eq!(listed.json["items"][0]["sponsor"], garden.to_string());
    assert!(listed.json["next"].is_string() && !listed.text.contains("mail.example"));
    let path = format!("/admin/accounts/{bea}/suspend");
    let out = post(&path, &json!({})).by(&token).send(&world).await.is(200);
    assert_eq!(out.json["suspended"], true);
    let listed = get("/admin/accounts?state=suspended").by(&token).send(&world).await.is(200);
    assert_eq!(listed.json["items"].as_array().unwrap().len(), 1);
    let own = format!("/admin/accounts/{rosa}/suspend");
    post(&own, &json!({})).by(&token).send(&world).await.problem(422, "invalid").field("person");
}
