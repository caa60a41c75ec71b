//! Saved searches as their owner has them.

use serde_json::json;
use testkit::World;

use crate::client::{delete, get, patch, post};

testkit::both_engines!(a_search_is_saved_changed_asked_and_forgotten, wrong_searches_are_refused,);

async fn a_search_is_saved_changed_asked_and_forgotten(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.need(garden, ada, "Veinte sillas").await;
    world.offer(garden, ada, "Sillas viejas").await;
    let token = world.token(ada, "searches:read searches:write").await;
    let form =
        json!({ "name": "Sillas", "query": "?purpose=offer&q=silla&limit=3", "notify": true });
    let saved = post("/searches", &form).by(&token).send(&world).await.is(201);
    let id = saved.id();
    assert_eq!(saved.header("location"), format!("https://a.example/api/v1/searches/{id}"));
    assert_eq!(
        saved.json,
        json!({
            "id": id,
            "name": "Sillas",
            "query": "q=silla&purpose=offer",
            "notify": true,
            "created_at": "2026-03-01T10:00:00Z",
        })
    );
    let path = format!("/searches/{id}");
    let results = format!("{path}/results");
    assert_eq!(get(&path).by(&token).send(&world).await.is(200).json, saved.json);
    let found = get(&results).by(&token).send(&world).await.is(200);
    assert_eq!(found.all("title"), ["Sillas viejas"]);
    let change = json!({ "query": "q=silla", "notify": false });
    let changed = patch(&path, &change).by(&token).send(&world).await.is(200).json;
    assert_eq!((&changed["name"], &changed["query"]), (&json!("Sillas"), &json!("q=silla")));
    assert_eq!(changed["notify"], json!(false));
    let found = get(&results).by(&token).send(&world).await.is(200);
    assert_eq!(found.all("title"), ["Sillas viejas", "Veinte sillas"]);
    let all = get("/searches").by(&token).send(&world).await.is(200);
    assert_eq!(all.all("id"), [&json!(id)]);
    delete(&path).by(&token).send(&world).await.is(204);
    get(&path).by(&token).send(&world).await.problem(404, "not_found");
    delete(&path).by(&token).send(&world).await.problem(404, "not_found");
}

async fn wrong_searches_are_refused(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read write").await;
    let before = world.rows().await;
    for (form, field) in [
        (json!({ "name": "", "query": "" }), "name"),
        (json!({ "name": "x".repeat(101), "query": "" }), "name"),
        (json!({ "name": "x", "query": "kind=everything" }), "kind"),
        (json!({ "name": "x", "query": "near=1,2&radius=40000000" }), "radius"),
        (json!({ "name": "x", "query": format!("q={}", "x".repeat(201)) }), "q"),
        (json!({ "name": "x", "query": "x".repeat(2_001) }), "query"),
        (json!({ "name": "x" }), "query"),
    ] {
        let answer = post("/searches", &form).by(&token).send(&world).await.is(422);
        assert_eq!(answer.json["field"], field, "{form}");
    }
    assert!(before.changed(&world.rows().await).is_empty());
}
