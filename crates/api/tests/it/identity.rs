//! One's own address, password, file, and end, by a program.

use domain::memberships::Role;
use serde_json::json;
use testkit::{PASSWORD, World};

use crate::client::{ask, delete, get, post};

testkit::both_engines!(
    api_11_an_address_is_changed_by_two_letters_and_nothing_is_revealed,
    api_12_both_addresses_say_yes_by_a_program,
    api_06_a_new_password_ends_all_but_the_token_that_chose_it,
    prv_10_everything_is_taken_along_in_one_file,
    api_04_an_app_takes_nothing_along_that_it_was_not_allowed_by_name,
    prv_09_an_account_is_deleted_for_good,
    an_account_is_not_deleted_while_a_collective_needs_it,
    a_token_alone_changes_nothing_that_matters,
);

async fn api_11_an_address_is_changed_by_two_letters_and_nothing_is_revealed(world: World) {
    let ada = world.person("ada").await;
    world.person("bea").await;
    let token = world.token(ada, "write").await;
    let mut told = Vec::new();
    for email in ["bea@mail.example", "free@mail.example"] {
        let form = json!({ "email": email, "password": PASSWORD });
        let answer = post("/me/email", &form).by(&token).send(&world).await.is(202);
        told.push((answer.text, answer.headers.len()));
        assert_eq!(world.letters().await.len(), 2);
    }
    assert_eq!(told[0], told[1]);
    let form = json!({ "email": "no address", "password": PASSWORD });
    post("/me/email", &form).by(&token).send(&world).await.problem(422, "invalid").field("email");
}

async fn api_12_both_addresses_say_yes_by_a_program(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "write").await;
    let form = json!({ "email": "ada@new.example", "password": PASSWORD });
    post("/me/email", &form).by(&token).send(&world).await.is(202);
    let letters = world.letters().await;
    let link = |to: &str| {
        let letter = letters.iter().find(|letter| letter.to == to).unwrap();
        let (_, rest) = letter.text.split_once("token=").unwrap();
        rest.split_whitespace().next().unwrap().to_owned()
    };
    let (old, new) = (link("ada@mail.example"), link("ada@new.example"));
    let confirm = |link: &str| post("/accounts/email/confirm", &json!({ "token": link }));
    confirm("a guess").send(&world).await.problem(404, "bad_link");
    let half = confirm(&new).send(&world).await.is(200);
    assert_eq!(half.json, json!({ "changed": false }));
    confirm(&new).send(&world).await.problem(404, "bad_link");
    let whole = confirm(&old).send(&world).await.is(200);
    assert_eq!(whole.json, json!({ "changed": true }));
    confirm(&old).send(&world).await.problem(404, "bad_link");
    let account = world.account(ada).await.id;
    let email = world.read(move |conn| db::accounts::email(conn, account)).await.unwrap();
    assert_eq!(email.as_str(), "ada@new.example");
}

async fn api_06_a_new_password_ends_all_but_the_token_that_chose_it(world: World) {
    let ada = world.person("ada").await;
    let (token, other) = (world.token(ada, "read write").await, world.token(ada, "read").await);
    world.session(ada).await;
    let change = |new: &str| {
        post("/me/password", &json!({ "password": PASSWORD, "new_password": new })).by(&token)
    };
    let short = change("short").send(&world).await.problem(422, "invalid");
    short.field("new_password");
    change("another long sentence").send(&world).await.is(204);
    get("/me").by(&token).send(&world).await.is(200);
    get("/me").by(&other).send(&world).await.problem(401, "invalid_token");
    assert_eq!(world.rows().await.count("sessions"), 0);
    let again = change("a third long sentence").send(&world).await.problem(422, "invalid");
    again.field("password");
}

async fn prv_10_everything_is_taken_along_in_one_file(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read").await;
    let answer = get("/me/export").by(&token).send(&world).await;
    assert_eq!(answer.status.as_u16(), 200);
    assert_eq!(answer.header("content-type"), "application/zip");
    let name = answer.header("content-disposition");
    assert!(name.starts_with("attachment; filename=\"ada-2"), "{name}");
    assert!(name.ends_with(".zip\""), "{name}");
    assert!(answer.header("cache-control").contains("no-store"));
    assert!(answer.text.starts_with("PK"));
    let writer = world.token(ada, "write").await;
    get("/me/export").by(&writer).send(&world).await.problem(403, "missing_scope");
}

async fn api_04_an_app_takes_nothing_along_that_it_was_not_allowed_by_name(world: World) {
    let ada = world.person("ada").await;
    for (scopes, status) in [("read", 403), ("accounts:read", 200), ("read accounts:read", 200)] {
        let token = world.token(ada, scopes).await;
        let app = "01890000-0000-7000-8000-000000000001".replace('-', "");
        let digest = hex(&ops::secrets::digest(&token));
        given_to_an_app(&world, &app, &digest);
        let answer = get("/me/export").by(&token).send(&world).await;
        assert_eq!(answer.status.as_u16(), status, "{scopes}");
        let form = json!({ "password": PASSWORD });
        let gone = ask("DELETE", "/me").json(&form).by(&token).send(&world).await;
        assert_eq!(gone.status.as_u16(), 403, "an app deletes nobody");
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// As if an app had been given a token: which one does not matter here.
fn given_to_an_app(world: &World, app: &str, digest: &str) {
    let postgres = world.address().starts_with("postgres");
    let blob = |hex: &str| if postgres { format!("'\\x{hex}'") } else { format!("X'{hex}'") };
    let (app, digest) = (blob(app), blob(digest));
    world.execute(&format!("UPDATE tokens SET app_id = {app} WHERE digest = {digest}"));
}

async fn prv_09_an_account_is_deleted_for_good(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let zoe = world.member(garden, "zoe", Role::Member).await;
    let need = world.need(garden, ada, "Chairs").await;
    let reply = world.answer(need, zoe, "I have four").await;
    let token = world.token(zoe, "read write").await;
    let guess = ask("DELETE", "/me").json(&json!({ "password": "a long guess" })).by(&token);
    guess.send(&world).await.problem(422, "invalid").field("password");
    let sure = ask("DELETE", "/me").json(&json!({ "password": PASSWORD })).by(&token);
    sure.send(&world).await.is(204);
    get("/me").by(&token).send(&world).await.problem(401, "invalid_token");
    let seen = get(&format!("/listings/{need}/replies")).send(&world).await.is(200);
    assert!(!seen.text.contains("I have four"), "{}", seen.text);
    let gone = get(&format!("/replies/{reply}")).send(&world).await;
    assert!(!gone.text.contains("I have four"), "{}", gone.text);
    get(&format!("/listings/{need}")).send(&world).await.is(200);
    let token = world.token(ada, "read").await;
    let members = get("/collectives/garden/members").by(&token).send(&world).await.is(200);
    assert_eq!(members.all("role"), ["steward"]);
}

async fn an_account_is_not_deleted_while_a_collective_needs_it(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "write").await;
    let sure = ask("DELETE", "/me").json(&json!({ "password": PASSWORD })).by(&token);
    let answer = sure.send(&world).await.problem(422, "invalid").field("collective");
    let told = "collective garden has no other steward than you; name another one there first";
    assert_eq!(answer.json["detail"], told);
}

async fn a_token_alone_changes_nothing_that_matters(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read write").await;
    let before = world.rows().await;
    for (request, form) in [
        (ask("POST", "/me/email"), json!({ "email": "eve@mail.example", "password": "guess" })),
        (
            ask("POST", "/me/password"),
            json!({ "password": "guess", "new_password": "another long sentence" }),
        ),
        (ask("POST", "/me/totp"), json!({ "password": "guess" })),
        (ask("POST", "/me/recovery-codes"), json!({ "password": "guess" })),
        (delete("/me/totp"), json!({ "password": "guess" })),
        (delete("/me"), json!({ "password": "guess" })),
    ] {
        let answer = request.json(&form).by(&token).send(&world).await;
        answer.problem(422, "invalid").field("password");
    }
    assert!(before.changed(&world.rows().await).is_empty());
}
