//! Asking to join a collective, and being answered.

use db::joining::Joining;
use domain::{CollectiveId, joining::JoinPolicy, memberships::Role};
use ops::joining::SetJoining;
use serde_json::{Value, json};
use testkit::World;

use crate::client::{ask, delete, get, post};

testkit::both_engines!(
    who_asks_is_taken_in_or_turned_down,
    requests_are_between_two_sides,
    not_everybody_may_ask_everywhere,
);

/// Lets everybody ask to join.
pub(crate) async fn open(world: &World, collective: CollectiveId) {
    let joining = Joining { policy: JoinPolicy::Request, questions: Vec::new() };
    let steward = world.steward(collective).await;
    world.done(world.local(steward), SetJoining { collective, joining }).await;
}

const REQUESTS: &str = "/collectives/garden/join-requests";

async fn who_asks_is_taken_in_or_turned_down(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let steward = world.token(ada, "read write").await;
    let eve = world.person("eve").await;
    let token = world.token(eve, "read write").await;
    let none = json!({ "answers": [] });
    post(REQUESTS, &none).by(&token).send(&world).await.problem(409, "invitation_only");
    let joining = json!({ "policy": "request", "questions": ["Why?", "What can you do?"] });
    ask("PUT", "/collectives/garden/joining")
        .json(&joining)
        .by(&steward)
        .send(&world)
        .await
        .is(204);
    let seen = get("/collectives/garden/joining").send(&world).await.is(200);
    assert_eq!(seen.json["questions"], json!(["Why?", "What can you do?"]));
    for wrong in [none, json!({ "answers": ["a"] }), json!({ "answers": ["a", " "] })] {
        let answer = post(REQUESTS, &wrong).by(&token).send(&world).await;
        answer.problem(422, "invalid").field("answers");
    }
    let role = json!({ "answers": ["a", "b"], "role": "steward" });
    post(REQUESTS, &role).by(&token).send(&world).await.problem(422, "unknown_field").field("role");
    let answers = json!({ "answers": ["I like it", "Bread"] });
    for _ in 0..2 {
        post(REQUESTS, &answers).by(&token).send(&world).await.is(204);
    }
    let mine = get("/collectives/garden/joining").by(&token).send(&world).await.is(200);
    assert_eq!(mine.json["requested"], true);
    let told = get("/notifications").by(&steward).send(&world).await.is(200);
    assert_eq!(told.all("kind"), ["join_request"], "asked twice, told once");
    let list = get(REQUESTS).by(&steward).send(&world).await.is(200);
    assert_eq!(list.json["items"][0]["person"]["handle"], "eve");
    assert_eq!(list.json["items"][0]["answers"], json!(["I like it", "Bread"]));
    let one = format!("{REQUESTS}/{eve}");
    post(&one, &json!({ "accept": false })).by(&steward).send(&world).await.is(204);
    post(&one, &json!({ "accept": true }))
        .by(&steward)
        .send(&world)
        .await
        .problem(404, "no_request");
    post(REQUESTS, &answers).by(&token).send(&world).await.is(204);
    delete(REQUESTS).by(&token).send(&world).await.is(204);
    delete(REQUESTS).by(&token).send(&world).await.is(204);
    assert_eq!(get(REQUESTS).by(&steward).send(&world).await.is(200).json["items"], json!([]));
    post(REQUESTS, &answers).by(&token).send(&world).await.is(204);
    post(&one, &json!({ "accept": true })).by(&steward).send(&world).await.is(204);
    let me = get("/collectives/garden").by(&token).send(&world).await.is(200);
    assert_eq!(
        me.json["membership"],
        json!({ "role": "member", "state": "active", "shown": false }),
        "API-14"
    );
    let told = get("/notifications").by(&token).send(&world).await.is(200);
    assert_eq!(told.all("text"), ["accepted", "rejected"]);
    post(REQUESTS, &answers).by(&token).send(&world).await.problem(422, "invalid");
}

async fn requests_are_between_two_sides(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let joining =
        Joining { policy: JoinPolicy::Request, questions: vec!["Why do you ask?".to_owned()] };
    world.done(world.local(ada), SetJoining { collective: garden, joining }).await;
    let ben = world.member(garden, "ben", Role::Member).await;
    let del = world.member(garden, "del", Role::Delegate).await;
    let other = world.person("oto").await;
    world.collective("mill", other).await;
    let (delegate, elsewhere) =
        (world.token(del, "read write").await, world.token(other, "read write").await);
    let (eve, kim) = (world.person("eve").await, world.person("kim").await);
    let (member, stranger) =
        (world.token(ben, "read write").await, world.token(kim, "read write").await);
    let token = world.token(eve, "read write").await;
    let answers = json!({ "answers": ["I was ill and am alone"] });
    post(REQUESTS, &answers).by(&token).send(&world).await.is(204);
    let one = format!("{REQUESTS}/{eve}");
    get(REQUESTS).send(&world).await.problem(401, "no_token");
    for (who, code) in [
        (&member, "stewards_only"),
        (&delegate, "stewards_only"),
        (&stranger, "not_a_member"),
        (&elsewhere, "not_a_member"),
        (&token, "not_a_member"),
    ] {
        let list = get(REQUESTS).by(who).send(&world).await.problem(403, code);
        assert!(!list.text.contains("ill"), "PRV-01: {}", list.text);
        let told = get("/notifications").by(who).send(&world).await.is(200);
        assert!(!told.text.contains("eve"), "PRV-01: {}", told.text);
        let yes = post(&one, &json!({ "accept": true })).by(who).send(&world).await;
        yes.problem(403, code);
    }
    let members = get("/collectives/garden/members").by(&member).send(&world).await.is(200);
    assert!(!members.text.contains("eve"), "PRV-01: who asks is in no other list");
    let me = get("/me").by(&token).send(&world).await.is(200);
    assert!(!me.text.contains("garden"), "PRV-01: {}", me.text);
    let seen = get("/collectives/garden").by(&token).send(&world).await.is(200);
    assert_eq!(seen.json["membership"], Value::Null);
    let log = get("/collectives/garden/log").by(&member).send(&world).await.is(200);
    assert!(!log.text.contains(&eve.to_string()), "PRV-01: {}", log.text);
    let steward = world.token(ada, "read write").await;
    let told = get("/notifications").by(&steward).send(&world).await.is(200);
    assert!(told.text.contains("eve") && !told.text.contains("ill"), "PRV-01: {}", told.text);
    let list = get(REQUESTS).by(&steward).send(&world).await.is(200);
    assert_eq!(list.json["items"][0]["answers"], json!(["I was ill and am alone"]));
    let invite = json!({ "handle": "eve", "role": "delegate" });
    post("/collectives/garden/members", &invite).by(&steward).send(&world).await.is(201);
    assert_eq!(get(REQUESTS).by(&steward).send(&world).await.json["items"], json!([]));
    let seen = get("/collectives/garden").by(&token).send(&world).await.is(200);
    assert_eq!(
        seen.json["membership"],
        json!({ "role": "delegate", "state": "invited", "shown": false })
    );
}

async fn not_everybody_may_ask_everywhere(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    open(&world, garden).await;
    let eve = world.person("eve").await;
    let reason = String::new();
    let block = ops::moderation::BlockActor { collective: garden, actor: eve.actor(), reason };
    world.done(world.local(ada), block).await;
    let token = world.token(eve, "read write").await;
    post(REQUESTS, &json!({})).by(&token).send(&world).await.problem(403, "blocked");
    world.remote_collective("mill@b.example").await;
    let elsewhere = "/collectives/mill@b.example";
    post(&format!("{elsewhere}/join-requests"), &json!({})).by(&token).send(&world).await.is(403);
    get(&format!("{elsewhere}/joining")).send(&world).await.problem(404, "not_found");
    let steward = world.token(ada, "read write").await;
    for (wrong, field) in [
        (json!({ "policy": "everybody" }), "policy"),
        (json!({ "policy": "request", "questions": ["?", "?", "?", "?", "?", "?"] }), "questions"),
        (json!({ "policy": "request", "questions": ["x".repeat(201)] }), "questions"),
    ] {
        let answer =
            ask("PUT", "/collectives/garden/joining").json(&wrong).by(&steward).send(&world).await;
        answer.problem(422, "invalid").field(field);
    }
}
