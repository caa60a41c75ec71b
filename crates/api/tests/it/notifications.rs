//! What I am told, whom I keep away, and whom I do not want to hear.

use ops::agreements::OfferAgreement;
use serde_json::json;
use testkit::World;

use crate::client::{ask, delete, get, post};

testkit::both_engines!(
    notifications_are_listed_counted_read_and_thrown_away,
    nobody_reads_or_throws_away_what_others_are_told,
    people_block_and_mute,
    whoever_is_blocked_reaches_nobody_and_whoever_is_muted_notices_nothing,
);

async fn notifications_are_listed_counted_read_and_thrown_away(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let eve = world.person("eve").await;
    let mut replies = Vec::new();
    for text in ["One", "Two", "Three"] {
        replies.push(world.answer(need, eve, text).await.to_string());
    }
    let token = world.token(ada, "notifications:read notifications:write").await;
    let seen = get("/notifications?limit=2").by(&token).send(&world).await.is(200);
    assert_eq!(seen.all("reply"), [&replies[2], &replies[1]]);
    assert_eq!(seen.all("kind"), ["reply", "reply"]);
    let first = &seen.json["items"][0];
    assert_eq!(
        (&first["actor"]["handle"], &first["collective"]["handle"]),
        (&json!("eve"), &json!("garden"))
    );
    assert_eq!((&first["text"], &first["read_at"]), (&json!("Chairs"), &json!(null)));
    assert!(!seen.text.contains("Three"), "what others wrote is read where it stands");
    let next = format!("/notifications?limit=2&cursor={}", seen.json["next"].as_str().unwrap());
    let rest = get(&next).by(&token).send(&world).await.is(200);
    assert_eq!(rest.all("reply"), [&replies[0]]);
    let count = || get("/notifications/count").by(&token).send(&world);
    assert_eq!(count().await.is(200).json, json!({ "unread": 3 }));
    let until = json!({ "until": rest.json["items"][0]["id"] });
    post("/notifications/read", &until).by(&token).send(&world).await.is(204);
    assert_eq!(count().await.json["unread"], 2);
    let unread = get("/notifications?unread=true").by(&token).send(&world).await.is(200);
    assert_eq!(unread.all("reply"), [&replies[2], &replies[1]]);
    let ids = json!({ "ids": unread.all("id") });
    post("/notifications/read", &ids).by(&token).send(&world).await.is(204);
    assert_eq!(count().await.json["unread"], 0);
    for (wrong, field) in [
        (json!({}), "until"),
        (json!({ "until": "x" }), "until"),
        (json!({ "until": first["id"], "ids": [] }), "until"),
        (json!({ "ids": ["x"] }), "ids"),
        (json!({ "ids": vec![first["id"].clone(); 101] }), "ids"),
    ] {
        let answer = post("/notifications/read", &wrong).by(&token).send(&world).await;
        answer.problem(422, "invalid").field(field);
    }
    let role = json!({ "ids": [], "person": eve.to_string() });
    let answer = post("/notifications/read", &role).by(&token).send(&world).await;
    answer.problem(422, "unknown_field").field("person");
    get("/notifications?unread=maybe").by(&token).send(&world).await.problem(422, "invalid");
    let one = format!("/notifications/{}", first["id"].as_str().unwrap());
    delete(&one).by(&token).send(&world).await.is(204);
    delete(&one).by(&token).send(&world).await.problem(404, "not_found");
    let offer = OfferAgreement { listing: need, quantity: None, text: "Mine".to_owned() };
    let agreement = world.done(world.local(eve), offer).await;
    let told = get("/notifications?limit=2").by(&token).send(&world).await.is(200);
    assert_eq!(told.all("kind"), ["agreement_offered", "reply"]);
    assert_eq!(told.all("agreement"), [&json!(agreement.to_string()), &json!(null)]);
    let narrow = world.token(ada, "listings:read").await;
    get("/notifications").by(&narrow).send(&world).await.problem(403, "missing_scope");
}

async fn nobody_reads_or_throws_away_what_others_are_told(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let eve = world.person("eve").await;
    world.answer(need, eve, "One").await;
    let (mine, theirs) =
        (world.token(ada, "read write").await, world.token(eve, "read write").await);
    let seen = get("/notifications").by(&mine).send(&world).await.is(200);
    let id = seen.json["items"][0]["id"].as_str().unwrap();
    let empty = get("/notifications").by(&theirs).send(&world).await.is(200);
    assert_eq!(empty.json["items"], json!([]), "API-02");
    delete(&format!("/notifications/{id}"))
        .by(&theirs)
        .send(&world)
        .await
        .problem(404, "not_found");
    post("/notifications/read", &json!({ "ids": [id] })).by(&theirs).send(&world).await.is(204);
    let count = get("/notifications/count").by(&mine).send(&world).await.is(200);
    assert_eq!(count.json["unread"], 1, "API-02");
}

async fn people_block_and_mute(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let (eve, kim) = (world.person("eve").await, world.person("kim").await);
    world.answer(need, eve, "Buy chairs").await;
    let token = world.token(kim, "read write").await;
    for noun in ["blocks", "mutes"] {
        let path = format!("/{noun}/{eve}");
        for _ in 0..2 {
            ask("PUT", &path).by(&token).send(&world).await.is(204);
        }
        let list = get(&format!("/{noun}")).by(&token).send(&world).await.is(200);
        assert_eq!(list.json["items"][0]["actor"]["handle"], "eve");
        assert_eq!(list.json["items"].as_array().unwrap().len(), 1);
        let thread = format!("/listings/{need}/replies");
        let mine = get(&thread).by(&token).send(&world).await.is(200);
        assert_eq!(mine.json["items"], json!([]), "{noun}");
        assert_eq!(get(&thread).send(&world).await.is(200).all("text"), ["Buy chairs"]);
        let others = world.token(eve, "read").await;
        let list = get(&format!("/{noun}")).by(&others).send(&world).await.is(200);
        assert_eq!(list.json["items"], json!([]), "PRV-08: nobody learns who keeps them away");
        delete(&path).by(&token).send(&world).await.is(204);
        delete(&path).by(&token).send(&world).await.is(204);
        let myself = format!("/{noun}/{kim}");
        let refused = ask("PUT", &myself).by(&token).send(&world).await;
        refused.problem(422, "invalid").field("actor");
        let nobody = format!("/{noun}/01890000-0000-7000-8000-000000000000");
        ask("PUT", &nobody).by(&token).send(&world).await.problem(404, "not_found");
    }
}

async fn whoever_is_blocked_reaches_nobody_and_whoever_is_muted_notices_nothing(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let (eve, kim) = (world.person("eve").await, world.person("kim").await);
    let reply = world.answer(need, kim, "I have ten").await;
    let (theirs, mine) =
        (world.token(eve, "read write").await, world.token(kim, "read write").await);
    let replies = format!("/listings/{need}/replies");
    let answer = json!({ "text": "Buy chairs, @kim", "parent": reply.to_string() });
    let tries = || {
        [
            post(&replies, &answer).by(&theirs),
            ask("PUT", &format!("/replies/{reply}/like")).by(&theirs),
            post("/follows", &json!({ "who": "kim" })).by(&theirs),
        ]
    };
    let thread = || get(&replies).by(&theirs).send(&world);
    let before = thread().await.is(200).text;
    ask("PUT", &format!("/blocks/{eve}")).by(&mine).send(&world).await.is(204);
    for blocked in tries() {
        let answer = blocked.send(&world).await.problem(403, "blocked");
        assert!(!answer.text.contains("kim"), "PRV-08: {}", answer.text);
    }
    assert_eq!(thread().await.is(200).text, before, "what is public stays so");
    let called = json!({ "text": "@kim, hear me" });
    let call = || post(&replies, &called).by(&theirs).send(&world);
    call().await.is(201);
    for path in ["/notifications", "/feeds/home", "/follows"] {
        let seen = get(path).by(&mine).send(&world).await.is(200);
        assert!(!seen.text.contains("eve"), "{path}: {}", seen.text);
    }
    delete(&format!("/blocks/{eve}")).by(&mine).send(&world).await.is(204);
    ask("PUT", &format!("/mutes/{eve}")).by(&mine).send(&world).await.is(204);
    for muted in tries() {
        let answer = muted.send(&world).await;
        assert!(answer.status.is_success(), "{}", answer.text);
    }
    call().await.is(201);
    let seen = get("/notifications").by(&mine).send(&world).await.is(200);
    assert_eq!(seen.json["items"], json!([]), "a mute is silent on both sides");
    let told = get("/notifications").by(&theirs).send(&world).await.is(200);
    assert!(!told.text.contains("kim"), "PRV-08: {}", told.text);
}
