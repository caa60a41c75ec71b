//! Founding, finding, and editing collectives.

use serde_json::{Value, json};
use testkit::World;

use crate::client::{get, patch, post};

testkit::both_engines!(
    a_collective_is_founded_and_found,
    collectives_of_others_are_known_too,
    nobody_overwrites_what_they_have_not_seen,
    a_collective_says_more_of_itself_under_headings,
    of_where_a_collective_is_only_a_coarse_point_is_kept,
);

async fn a_collective_is_founded_and_found(world: World) {
    let token = world.token(world.person("ada").await, "read write").await;
    let form = json!({
        "handle": "Garden",
        "name": "Garden of the valley",
        "summary": "We grow\nwhat we eat <3",
        "follow_policy": "approval",
        "members_publish": false,
    });
    let new = post("/collectives", &form).by(&token).send(&world).await.is(201);
    let id = new.id();
    assert_eq!(new.header("location"), format!("https://a.example/api/v1/collectives/{id}"));
    assert_eq!(new.header("etag"), "\"1\"");
    assert_eq!(new.json["handle"], "garden");
    assert_eq!(new.json["uri"], "https://a.example/c/garden");
    assert_eq!(new.json["kind"], "Group");
    assert_eq!(new.json["language"], "en", "that of the founder's account");
    assert_eq!(new.json["summary_html"], "<p>We grow<br>what we eat &lt;3</p>");
    assert_eq!(
        new.json["membership"],
        json!({ "role": "steward", "state": "active", "shown": false })
    );
    for name in [id.as_str(), "garden", "GARDEN", "garden@a.example", "@garden@A.example"] {
        let found = get(&format!("/collectives/{name}")).send(&world).await.is(200);
        assert_eq!(found.id(), id, "{name}");
        assert_eq!(found.json["membership"], Value::Null);
    }
    for name in ["ada", "garden.voice", "nobody", "garden@b.example", "instance", "gar den"] {
        let found = get(&format!("/collectives/{}", name.replace(' ', "%20"))).send(&world).await;
        found.problem(404, "not_found");
    }
    let list = get("/collectives").send(&world).await.is(200);
    assert_eq!(list.all("address"), ["garden@a.example"]);
    get("/collectives?scope=all").send(&world).await.problem(422, "invalid").field("scope");
}

async fn collectives_of_others_are_known_too(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read write").await;
    let mill = world.remote_collective("mill@b.example").await;
    let list = get("/collectives?scope=known").send(&world).await.is(200);
    assert_eq!(list.all("address"), ["mill@b.example"]);
    assert_eq!(get("/collectives").send(&world).await.is(200).json["items"], json!([]));
    let found = get("/collectives/mill@b.example").send(&world).await.is(200);
    assert_eq!(found.id(), mill.to_string());
    assert_eq!(found.json["local"], false);
    assert_eq!(found.json["follow_policy"], Value::Null);
    let edit = patch("/collectives/mill@b.example", &json!({ "name": "Ours" })).by(&token);
    edit.send(&world).await.problem(403, "not_from_here");
    let listing = json!({ "purpose": "need", "kind": "goods", "title": "Flour" });
    let posted = post("/collectives/mill@b.example/listings", &listing).by(&token);
    posted.send(&world).await.problem(403, "not_from_here");
    get("/collectives/mill@b.example/members")
        .by(&token)
        .send(&world)
        .await
        .problem(403, "not_a_member");
}

async fn nobody_overwrites_what_they_have_not_seen(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let edit = |name: &str, tag: &str| {
        let form = json!({ "name": name });
        patch("/collectives/garden", &form).by(&token).header("If-Match", tag)
    };
    let first = edit("One", "\"1\"").send(&world).await.is(200);
    assert_eq!(first.header("etag"), "\"2\"");
    edit("Two", "\"1\"").send(&world).await.problem(412, "stale");
    edit("Two", "\"2\"").send(&world).await.is(200);
    let shown = get("/collectives/garden").send(&world).await.is(200);
    assert_eq!(shown.json["name"], "Two");
    assert_eq!(shown.json["language"], "es", "what was left out stays");
}

async fn a_collective_says_more_of_itself_under_headings(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read write").await;
    world.collective("garden", ada).await;
    let path = "/collectives/garden";
    assert_eq!(get(path).send(&world).await.is(200).json["sections"], json!({}));
    let edit = |sections: Value| patch(path, &json!({ "sections": sections })).by(&token);
    let both = json!({ "vision": "A street that feeds itself", "in_an_hour": " Water the beds. " });
    let said = edit(both).send(&world).await.is(200).json["sections"].clone();
    assert_eq!(
        said,
        json!({ "vision": "A street that feeds itself", "in_an_hour": "Water the beds." })
    );
    let more = edit(json!({ "vision": "", "monthly": "Two euros" })).send(&world).await.is(200);
    let now = json!({ "in_an_hour": "Water the beds.", "monthly": "Two euros" });
    assert_eq!(more.json["sections"], now);
    let renamed = patch(path, &json!({ "name": "The garden" })).by(&token).send(&world).await;
    assert_eq!(renamed.is(200).json["sections"], now, "what is left out stays");
    let long = edit(json!({ "next_steps": "x".repeat(2_001) })).send(&world).await;
    long.problem(422, "invalid").field("next_steps");
    let strange = edit(json!({ "mission": "x" })).send(&world).await;
    strange.problem(422, "unknown_field").field("sections.mission");
    let found = get("/search?type=collectives&q=euros").send(&world).await.is(200);
    assert!(found.text.contains("/c/garden"), "{}", found.text);
}

async fn of_where_a_collective_is_only_a_coarse_point_is_kept(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read write").await;
    world.collective("garden", ada).await;
    let path = "/collectives/garden";
    let place = json!({ "name": "Poble-sec", "latitude": 41.374_217, "longitude": 2.163_149 });
    let edit = |place: &Value| patch(path, &json!({ "place": place })).by(&token);
    let there = edit(&place).send(&world).await.is(200);
    let coarse = json!({ "name": "Poble-sec", "latitude": 41.37, "longitude": 2.16, "radius": 0 });
    assert_eq!(there.json["place"], coarse);
    let wrong = json!({ "name": "Poble-sec", "latitude": 91 });
    edit(&wrong).send(&world).await.problem(422, "invalid");
    let again = patch(path, &json!({ "summary": "We grow" })).by(&token).send(&world).await;
    assert_eq!(again.is(200).json["place"], coarse, "what is left out stays");
    assert_eq!(edit(&Value::Null).send(&world).await.is(200).json["place"], Value::Null);
}
