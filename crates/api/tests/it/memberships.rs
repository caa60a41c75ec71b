//! Inviting, joining, changing roles, leaving.

use domain::memberships::Role;
use serde_json::json;
use testkit::World;

use crate::client::{delete, get, patch, post};

testkit::both_engines!(
    people_are_invited_join_and_leave,
    the_last_steward_stays,
    nobody_is_named_who_has_not_said_so,
);

async fn people_are_invited_join_and_leave(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let steward = world.token(ada, "read write").await;
    let grace = world.person("grace").await;
    let token = world.token(grace, "read write").await;
    let invite = json!({ "handle": "@grace@a.example", "role": "delegate" });
    let invited = post("/collectives/garden/members", &invite).by(&steward).send(&world).await;
    let invited = invited.is(201).json;
    assert_eq!((&invited["role"], &invited["state"]), (&json!("delegate"), &json!("invited")));
    get("/collectives/garden/members").by(&token).send(&world).await.problem(403, "not_a_member");
    let answer =
        |yes: bool| post("/collectives/garden/invitation", &json!({ "accept": yes })).by(&token);
    answer(true).send(&world).await.is(204);
    answer(true).send(&world).await.problem(404, "no_invitation");
    let members = get("/collectives/garden/members").by(&token).send(&world).await.is(200);
    assert_eq!(members.all("role"), ["steward", "delegate"]);
    let again = post("/collectives/garden/members", &invite).by(&steward).send(&world).await;
    again.problem(422, "invalid").field("handle");
    let leave = delete(&format!("/collectives/garden/members/{grace}")).by(&token);
    leave.clone().send(&world).await.is(204);
    leave.send(&world).await.problem(404, "not_found");
}

async fn the_last_steward_stays(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let grace = world.member(garden, "grace", Role::Member).await;
    let before = world.rows().await;
    let own = format!("/collectives/garden/members/{ada}");
    delete(&own).by(&token).send(&world).await.problem(409, "last_steward");
    let lesser = patch(&own, &json!({ "role": "member" })).by(&token);
    lesser.clone().send(&world).await.problem(409, "last_steward");
    assert!(before.changed(&world.rows().await).is_empty());
    let other = format!("/collectives/garden/members/{grace}");
    let raised = patch(&other, &json!({ "role": "steward" })).by(&token).send(&world).await;
    assert_eq!(raised.is(200).json["role"], "steward");
    lesser.send(&world).await.is(200);
    let more = patch(&other, &json!({ "role": "member" })).by(&token).send(&world).await;
    more.problem(403, "stewards_only");
}

async fn nobody_is_named_who_has_not_said_so(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let steward = world.token(ada, "read write").await;
    let grace = world.member(garden, "grace", Role::Member).await;
    let token = world.token(grace, "read write").await;
    let people = async || {
        let seen = get("/collectives/garden").send(&world).await.is(200);
        seen.json["people"].as_array().unwrap().clone()
    };
    assert_eq!(people().await, [json!(null); 0]);

    let say = |shown: bool| patch("/collectives/garden/membership", &json!({ "shown": shown }));
    let said = say(true).by(&token).send(&world).await.is(200);
    assert_eq!(said.json, json!({ "role": "member", "state": "active", "shown": true }));
    let named = people().await;
    assert_eq!((named.len(), &named[0]["handle"]), (1, &json!("grace")));
    let members = get("/collectives/garden/members").by(&steward).send(&world).await.is(200);
    assert_eq!(members.all("shown").len(), 2);

    // Who leaves and comes back is asked anew.
    delete(&format!("/collectives/garden/members/{grace}")).by(&token).send(&world).await.is(204);
    assert_eq!(people().await, [json!(null); 0]);
    say(true).by(&token).send(&world).await.problem(403, "not_a_member");
    world.join(garden, grace, "grace", Role::Member).await;
    assert_eq!(people().await, [json!(null); 0]);

    say(true).by(&token).send(&world).await.is(200);
    say(false).by(&token).send(&world).await.is(200);
    assert_eq!(people().await, [json!(null); 0]);
    let nobody = say(true).send(&world).await;
    nobody.is(401);
}
