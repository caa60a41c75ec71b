//! The same request sent twice is done once (API-18, IDM-12).

use std::collections::BTreeSet;

use actix_web::rt::spawn;
use domain::Origin;
use ops::idempotency::{Claim, ClaimKey};
use serde_json::{Value, json};
use testkit::World;

use crate::client::{Answer, Ask, ask, get, patch, post};

testkit::both_engines!(
    a_request_sent_twice_is_done_once_api_18,
    a_key_is_of_one_request_and_one_account_api_18,
    a_hundred_at_once_make_exactly_one_api_18,
    wrong_keys_are_refused_api_18,
    keys_are_free_again_in_time_api_18,
    what_went_wrong_on_our_side_is_not_kept_api_18,
    kept_answers_cannot_be_read_from_the_database_api_18,
);

fn chairs(title: &str) -> Value {
    json!({ "purpose": "need", "kind": "goods", "title": title })
}

fn new(title: &str, key: &str, token: &str) -> Ask {
    let request = post("/collectives/garden/listings", &chairs(title));
    request.by(token).header("Idempotency-Key", key)
}

async fn count(world: &World) -> usize {
    world.rows().await.count("listings")
}

async fn scene(world: &World) -> String {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    world.token(ada, "read write").await
}

async fn a_request_sent_twice_is_done_once_api_18(world: World) {
    let token = scene(&world).await;
    let first = new("Chairs", "k1", &token).send(&world).await.is(201);
    assert_eq!(first.header("idempotency-replayed"), "");
    let again = new("Chairs", "k1", &token).send(&world).await.is(201);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!((again.text.clone(), count(&world).await), (first.text.clone(), 1));
    for name in ["location", "etag", "content-type"] {
        assert_eq!(again.header(name), first.header(name));
        assert!(!first.header(name).is_empty(), "{name}");
    }
    // A quoted key, as the draft writes it, is the same key.
    new("Chairs", "\"k1\"", &token).send(&world).await.is(201);
    assert_eq!(count(&world).await, 1);
    let path = format!("/listings/{}", first.id());
    let named = |request: Ask| request.by(&token).header("Idempotency-Key", "k2");
    named(patch(&path, &json!({ "title": "More" }))).send(&world).await.is(200);
    let edited = named(patch(&path, &json!({ "title": "More" }))).send(&world).await.is(200);
    assert_eq!(edited.json["version"], 2);
    for _ in 0..2 {
        let gone = ask("DELETE", &path).by(&token).header("Idempotency-Key", "k3");
        assert_eq!(gone.send(&world).await.is(204).text, "");
    }
    let gone = ask("DELETE", &path).by(&token).header("Idempotency-Key", "k4");
    gone.send(&world).await.problem(410, "gone");
    // Refusals are answers too.
    new("", "k5", &token).send(&world).await.problem(422, "invalid");
    let refused = new("", "k5", &token).send(&world).await.problem(422, "invalid");
    assert_eq!(refused.header("idempotency-replayed"), "true");
    // Reading has no key.
    let read = get("/listings").by(&token).header("Idempotency-Key", "k1").send(&world).await;
    assert_eq!(read.is(200).header("idempotency-replayed"), "");
}

async fn a_key_is_of_one_request_and_one_account_api_18(world: World) {
    let token = scene(&world).await;
    new("Chairs", "same", &token).send(&world).await.is(201);
    let before = world.rows().await;
    new("Tables", "same", &token).send(&world).await.problem(422, "idempotency_key_reused");
    let other =
        post("/collectives", &chairs("Chairs")).by(&token).header("Idempotency-Key", "same");
    other.send(&world).await.problem(422, "idempotency_key_reused");
    assert!(before.changed(&world.rows().await).is_empty());
    let eve = world.person("eve").await;
    world.collective("mill", eve).await;
    let hers = world.token(eve, "read write").await;
    let request = post("/collectives/mill/listings", &chairs("Chairs")).by(&hers);
    let request = request.header("Idempotency-Key", "same").send(&world).await.is(201);
    assert_eq!((request.header("idempotency-replayed"), count(&world).await), ("", 2));
    // A token of its own that may not write gets nothing of what was answered to another one.
    let ada = db_person(&world, "ada").await;
    let reads = world.token(ada, "read").await;
    new("Chairs", "same", &reads).send(&world).await.problem(422, "idempotency_key_reused");
    new("Chairs", "same", "unknown").send(&world).await.problem(401, "invalid_token");
    let anonymous = post("/collectives/garden/listings", &chairs("Chairs"));
    let anonymous = anonymous.header("Idempotency-Key", "same").send(&world).await;
    anonymous.problem(401, "no_token");
}

async fn db_person(world: &World, handle: &'static str) -> domain::PersonId {
    let login = world.read(move |conn| db::accounts::find_login(conn, handle)).await;
    login.unwrap().person_id
}

async fn a_hundred_at_once_make_exactly_one_api_18(world: World) {
    let token = scene(&world).await;
    let world = std::rc::Rc::new(world);
    let tries: Vec<_> = (0..100)
        .map(|_| {
            let (world, token) = (world.clone(), token.clone());
            spawn(async move { new("Chairs", "hundred", &token).send(&world).await })
        })
        .collect();
    let mut answers: Vec<Answer> = Vec::new();
    for answer in tries {
        answers.push(answer.await.unwrap());
    }
    let mut ids = BTreeSet::new();
    for answer in answers {
        if answer.status.as_u16() == 201 {
            ids.insert(answer.id());
        } else {
            assert_eq!(answer.problem(409, "in_progress").header("retry-after"), "1");
        }
    }
    assert_eq!((ids.len(), count(&world).await), (1, 1));
    let later = new("Chairs", "hundred", &token).send(&world).await.is(201);
    assert_eq!(later.header("idempotency-replayed"), "true");
    assert!(ids.contains(&later.id()));
}

async fn wrong_keys_are_refused_api_18(world: World) {
    let token = scene(&world).await;
    let before = world.rows().await;
    let long = "x".repeat(256);
    for key in ["", "\"\"", "  ", "a\tb", long.as_str()] {
        let answer = new("Chairs", key, &token).send(&world).await;
        answer.problem(400, "idempotency_key_invalid");
    }
    let twice = new("Chairs", "a", &token).header("Idempotency-Key", "b").send(&world).await;
    twice.problem(400, "idempotency_key_invalid");
    let huge = json!({ "title": "x".repeat(300 * 1024) });
    let huge = post("/collectives/garden/listings", &huge).by(&token);
    huge.header("Idempotency-Key", "a").send(&world).await.problem(413, "too_large");
    assert!(before.changed(&world.rows().await).is_empty());
    new("Chairs", &"x".repeat(255), &token).send(&world).await.is(201);
}

async fn keys_are_free_again_in_time_api_18(world: World) {
    let token = scene(&world).await;
    let ada = db_person(&world, "ada").await;
    // A process that claimed a key and died.
    let account = world.account(ada).await.id;
    let claim = ClaimKey { account, name: "lost".to_owned(), digest: vec![1] };
    let claimed = world.done(Origin::server(), claim.clone()).await;
    assert_eq!(claimed, Claim::Yours(world.now()));
    world.clock.advance(59);
    assert_eq!(world.done(Origin::server(), claim).await, Claim::UnderWay);
    world.clock.advance(1);
    new("Chairs", "lost", &token).send(&world).await.is(201);
    // The answer is there a day.
    world.clock.advance(86_399);
    world.queues.sweep().await.unwrap();
    let again = new("Chairs", "lost", &token).send(&world).await.is(201);
    assert_eq!((again.header("idempotency-replayed"), count(&world).await), ("true", 1));
    world.clock.advance(2);
    world.queues.sweep().await.unwrap();
    assert_eq!(world.rows().await.count("idempotency_keys"), 0);
    new("Chairs", "lost", &token).send(&world).await.is(201);
    assert_eq!(count(&world).await, 2);
}

async fn what_went_wrong_on_our_side_is_not_kept_api_18(world: World) {
    let token = scene(&world).await;
    let follow = || {
        let request = post("/follows", &json!({ "who": "bob@b.example" })).by(&token);
        request.header("Idempotency-Key", "follow")
    };
    let away = Err(ops::LookupError::Unreachable);
    let answer = follow().knowing("bob@b.example", away).send(&world).await;
    answer.problem(503, "unreachable");
    let unknown = Err(ops::LookupError::Unknown);
    let answer = follow().knowing("bob@b.example", unknown.clone()).send(&world).await;
    assert_eq!(answer.header("idempotency-replayed"), "", "{}", answer.text);
    let answer = follow().knowing("bob@b.example", unknown).send(&world).await;
    assert_eq!(answer.header("idempotency-replayed"), "true");
}

async fn kept_answers_cannot_be_read_from_the_database_api_18(world: World) {
    let token = scene(&world).await;
    new("Unheard of", "secret", &token).send(&world).await.is(201);
    let ada = db_person(&world, "ada").await;
    let account = world.account(ada).await.id;
    let row = world.read(move |conn| db::idempotency::find(conn, account, "secret")).await.unwrap();
    assert_eq!(row.status, Some(201));
    assert!(!row.body.contains("Unheard") && !row.body.contains("title"));
    let open = ops::secrets::unseal(&token, &row.body).unwrap();
    assert!(String::from_utf8(open).unwrap().contains("Unheard of"));
}
