//! Getting an account by a program: what is answered, and what nobody learns.

use std::sync::atomic::{AtomicU16, Ordering};

use domain::sign_ups::SignUpMode;
use serde_json::{Value, json};
use testkit::World;

use crate::client::{get, patch, post};

testkit::both_engines!(
    somebody_comes_in_with_an_invitation,
    api_11_known_and_unknown_addresses_are_answered_alike,
    api_22_whoever_is_not_let_in_is_told_why,
    api_22_each_mode_takes_whom_it_says,
    wrong_sign_ups_are_refused,
    api_10_one_place_asks_for_ten_accounts_in_an_hour,
    a_password_is_forgotten_and_chosen_anew,
    admins_say_who_may_ask,
);

fn form(handle: &str) -> Value {
    json!({
        "handle": handle,
        "email": format!("{handle}@mail.example"),
        "password": "a long sentence",
        "application": "I help on Tuesdays.",
        "agreement": true,
    })
}

fn with(mut form: Value, field: &str, value: Value) -> Value {
    form[field] = value;
    form
}

async fn somebody_comes_in_with_an_invitation(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let path = "/collectives/garden/account-invitations";
    let invite = post(path, &json!({ "note": "Bea", "days": 3 })).by(&token);
    let made = invite.send(&world).await.is(201);
    let word = made.json["word"].as_str().unwrap();
    assert_eq!(made.json["url"], format!("https://a.example/join?invitation={word}"));
    let listed = get(path).by(&token).send(&world).await.is(200);
    assert_eq!(listed.all("note"), ["Bea"]);
    assert_eq!(listed.all("uses_left"), [1]);
    assert!(!listed.text.contains(word), "it is told once");

    let bea = with(form("bea"), "invitation", json!(word));
    let asked = post("/accounts", &bea).send(&world).await.is(202);
    assert_eq!(asked.text, "");
    let link = world.link("bea@mail.example").await;
    let done = post("/accounts/confirm", &json!({ "token": link })).send(&world).await.is(200);
    assert_eq!(done.json, json!({ "state": "active" }));
    let again = post("/accounts/confirm", &json!({ "token": link }));
    again.send(&world).await.problem(404, "bad_link");
    let other = with(form("cho"), "invitation", json!(word));
    post("/accounts", &other).send(&world).await.problem(422, "invalid").field("invitation");
    let members = get("/collectives/garden/members").by(&token).send(&world).await.is(200);
    assert_eq!(members.all("role"), ["steward", "member"]);
    let accounts = get("/collectives/garden/accounts").by(&token).send(&world).await.is(200);
    assert_eq!(accounts.json["items"][0]["person"]["handle"], "bea");
    assert!(!accounts.text.contains("mail.example"), "PRV-08: nobody is shown an address");
}

async fn api_11_known_and_unknown_addresses_are_answered_alike(world: World) {
    world.person("ada").await;
    world.door_is(SignUpMode::Open).await;
    for path in ["/accounts/reset", "/accounts/confirm/resend"] {
        let mut told = Vec::new();
        for email in ["ada@mail.example", "ADA@mail.example", "nobody@mail.example"] {
            let answer = post(path, &json!({ "email": email })).send(&world).await.is(202);
            told.push((answer.text, answer.headers.len()));
        }
        told.dedup();
        assert_eq!(told.len(), 1, "{path}");
    }
    let mut told = Vec::new();
    for (handle, email) in [("eve", "ada@mail.example"), ("fay", "fay@mail.example")] {
        let asked = post("/accounts", &with(form(handle), "email", json!(email)));
        let answer = asked.send(&world).await.is(202);
        told.push((answer.text, answer.headers.len()));
    }
    told.dedup();
    assert_eq!(told.len(), 1);
}

async fn api_22_whoever_is_not_let_in_is_told_why(world: World) {
    for (mode, code) in
        [(SignUpMode::Invitation, "invitation_needed"), (SignUpMode::Closed, "sign_up_closed")]
    {
        world.door_is(mode).await;
        post("/accounts", &form("bea")).send(&world).await.problem(403, code);
        let instance = get("/instance").send(&world).await.is(200);
        assert_eq!(instance.json["sign_up"], mode.word());
    }
}

async fn api_22_each_mode_takes_whom_it_says(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let invite = post("/collectives/garden/account-invitations", &json!({ "uses": 9 }));
    let word = invite.by(&token).send(&world).await.is(201).json["word"].clone();
    let invited = |handle: &str| with(form(handle), "invitation", word.clone());
    let named = |handle: &str| with(form(handle), "collective", json!("garden"));
    // Alone, with the name of a collective, and with an invitation: what somebody becomes, if they come in.
    let table: [(SignUpMode, [Option<&str>; 3]); 4] = [
        (SignUpMode::Closed, [None, None, None]),
        (SignUpMode::Invitation, [None, None, Some("active")]),
        (SignUpMode::Approval, [Some("waiting"), Some("waiting"), Some("active")]),
        (SignUpMode::Open, [Some("active"), Some("waiting"), Some("active")]),
    ];
    for (mode, wants) in table {
        world.door_is(mode).await;
        let handle = |how: &str| format!("{}{how}", mode.word());
        let handles = ["alone", "named", "invited"].map(handle);
        let forms = [form(&handles[0]), named(&handles[1]), invited(&handles[2])];
        for ((handle, form), want) in handles.iter().zip(forms).zip(wants) {
            let answer = post("/accounts", &form).send(&world).await;
            let Some(state) = want else {
                answer.is(403);
                continue;
            };
            answer.is(202);
            let link = world.link(&format!("{handle}@mail.example")).await;
            let confirm = post("/accounts/confirm", &json!({ "token": link }));
            let done = confirm.send(&world).await.is(200);
            assert_eq!(done.json["state"], state, "{handle}");
            world.letters().await;
        }
    }
}

async fn wrong_sign_ups_are_refused(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    world.remote_collective("mill@b.example").await;
    world.door_is(SignUpMode::Approval).await;
    let before = world.rows().await;
    for (field, value) in [
        ("handle", json!("ada")),
        ("handle", json!("garden.voice")),
        ("handle", json!("admin")),
        ("handle", json!("B E A")),
        ("name", json!("x".repeat(101))),
        ("email", json!("bea")),
        ("email", json!("bea@mail.example\r\nBcc: eve@mail.example")),
        ("email", json!("be\u{0}a@mail.example")),
        ("password", json!("short")),
        ("password", json!("x".repeat(10_000))),
        ("password", json!("a long\u{0} sentence")),
        ("collective", json!("nobody")),
        ("collective", json!("mill@b.example")),
        ("invitation", json!("a guess")),
        ("application", json!(" ")),
        ("application", json!("x".repeat(2_001))),
        ("locale", json!("español")),
        ("agreement", json!(false)),
    ] {
        let asked = post("/accounts", &with(form("bea"), field, value.clone()));
        let answer = asked.send(&world).await.is(422);
        assert_eq!(answer.json["field"], field, "{value}: {}", answer.text);
    }
    post("/accounts", &with(form("bea"), "role", json!("admin")))
        .send(&world)
        .await
        .problem(422, "unknown_field");
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn api_10_one_place_asks_for_ten_accounts_in_an_hour(world: World) {
    // The count is one of the whole process: places that no other test has.
    static NEXT: AtomicU16 = AtomicU16::new(1);
    world.door_is(SignUpMode::Closed).await;
    let place = || format!("2001:db8:0:{}::1", NEXT.fetch_add(1, Ordering::Relaxed));
    let (one, other) = (place(), place());
    let ask = |from: &str| post("/accounts", &form("bea")).from(from);
    for _ in 0..10 {
        ask(&one).send(&world).await.problem(403, "sign_up_closed");
    }
    let answer = ask(&one).send(&world).await.problem(429, "too_many_requests");
    assert_eq!(answer.header("retry-after"), "3600");
    ask(&other).send(&world).await.problem(403, "sign_up_closed");
    world.clock.advance(3_600);
    ask(&one).send(&world).await.problem(403, "sign_up_closed");
}

async fn a_password_is_forgotten_and_chosen_anew(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read").await;
    let ask = post("/accounts/reset", &json!({ "email": "ada@mail.example" }));
    // API-24: the host that a request names is not the one that links begin with.
    ask.header("Host", "evil.test").send(&world).await.is(202);
    let link = world.link("ada@mail.example").await;
    let finish = |password: &str| {
        post("/accounts/reset/finish", &json!({ "token": link, "password": password }))
    };
    finish("short").send(&world).await.problem(422, "invalid").field("password");
    finish("another sentence").send(&world).await.is(200);
    finish("another sentence").send(&world).await.problem(404, "bad_link");
    get("/me").by(&token).send(&world).await.problem(401, "invalid_token");

    world.letters().await;
    post("/accounts/reset", &json!({ "email": "ada@mail.example" })).send(&world).await.is(202);
    let late = world.link("ada@mail.example").await;
    world.clock.advance(3_600);
    let finish = json!({ "token": late, "password": "a third sentence" });
    post("/accounts/reset/finish", &finish).send(&world).await.problem(404, "bad_link");
}

async fn admins_say_who_may_ask(world: World) {
    let rosa = world.admin("rosa").await;
    let token = world.token(rosa, "read write admin:read admin:write").await;
    let change = |mode: &str| patch("/admin/sign-up", &json!({ "mode": mode })).by(&token);
    let changed = change("open").send(&world).await.is(200);
    assert_eq!(changed.json, json!({ "mode": "open", "grace_days": 30 }));
    change("ajar").send(&world).await.problem(422, "invalid").field("mode");
    let shown = get("/admin/sign-up").by(&token).send(&world).await.is(200);
    assert_eq!(shown.json["mode"], "open");
}
