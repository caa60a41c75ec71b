//! Following, and answering those who ask.

use domain::memberships::Role;
use ops::{LookupError, lookup::Found};
use serde_json::json;
use testkit::World;

use crate::client::{delete, get, post};

testkit::both_engines!(people_follow_and_unfollow, what_cannot_be_found_is_said, stewards_answer);

async fn people_follow_and_unfollow(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mill = world.remote_collective("mill@b.example").await;
    let token = world.token(world.person("eve").await, "read write").await;
    let here = post("/follows", &json!({ "who": "@garden" })).by(&token).send(&world).await;
    assert_eq!(here.is(201).json["state"], "accepted");
    let there = post("/follows", &json!({ "who": "@mill@b.example" })).by(&token);
    let there = there.knowing("@mill@b.example", Ok(Found::Actor(mill)));
    let there = there.send(&world).await.is(201);
    assert_eq!(there.json["state"], "pending");
    assert_eq!(there.json["actor"]["address"], "mill@b.example");
    let list = get("/follows").by(&token).send(&world).await.is(200);
    assert_eq!(list.all("state"), ["pending", "accepted"]);
    delete(&format!("/follows/{garden}")).by(&token).send(&world).await.is(204);
    delete(&format!("/follows/{garden}")).by(&token).send(&world).await.is(204);
    assert_eq!(get("/follows").by(&token).send(&world).await.is(200).all("state"), ["pending"]);
    let own = post("/follows", &json!({ "who": "eve" })).by(&token).send(&world).await;
    own.problem(403, "follows_itself");
}

async fn what_cannot_be_found_is_said(world: World) {
    let ada = world.person("ada").await;
    let need = world.need(world.collective("garden", ada).await, ada, "Chairs").await;
    let token = world.token(ada, "read write").await;
    let before = world.rows().await;
    let who = "mill@b.example";
    for (found, status, code) in [
        (Err(LookupError::Malformed), 422, "invalid"),
        (Err(LookupError::Odd("not JSON".to_owned())), 422, "invalid"),
        (Err(LookupError::Unknown), 404, "not_found"),
        (Err(LookupError::Gone), 410, "gone"),
        (Err(LookupError::Blocked), 403, "blocked"),
        (Err(LookupError::Unreachable), 503, "unreachable"),
        (Err(LookupError::Ours), 500, "internal"),
        (Ok(Found::Listing(need)), 422, "invalid"),
    ] {
        let request = post("/follows", &json!({ "who": who })).by(&token);
        let answer = request.knowing(who, found).send(&world).await.problem(status, code);
        assert_eq!(answer.header("retry-after").is_empty(), status != 503);
    }
    let unknown = post("/follows", &json!({ "who": "nobody" })).by(&token).send(&world).await;
    unknown.problem(404, "not_found");
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn stewards_answer(world: World) {
    let ada = world.person("ada").await;
    let garden = world.careful_collective("garden", ada).await;
    let steward = world.token(ada, "read write").await;
    let grace = world.member(garden, "grace", Role::Delegate).await;
    let delegate = world.token(grace, "read write").await;
    let eve = world.token(world.person("eve").await, "read write").await;
    let follow = post("/follows", &json!({ "who": "garden" })).by(&eve).send(&world).await;
    assert_eq!(follow.is(201).json["state"], "pending");
    let requests = "/collectives/garden/follow-requests";
    let list = get(requests).by(&steward).send(&world).await.is(200);
    assert_eq!(list.all("actor")[0]["handle"], "eve");
    let path = format!("/follow-requests/{}", list.all("id")[0].as_str().unwrap());
    let yes = post(&path, &json!({ "accept": true }));
    yes.clone().by(&delegate).send(&world).await.problem(403, "stewards_only");
    yes.clone().by(&eve).send(&world).await.problem(404, "not_found");
    yes.by(&steward).send(&world).await.is(204);
    assert_eq!(get(requests).by(&steward).send(&world).await.json["items"], json!([]));
    assert_eq!(get("/follows").by(&eve).send(&world).await.is(200).all("state"), ["accepted"]);
    assert_eq!(get("/collectives/garden").send(&world).await.json["followers"], 1);
}
