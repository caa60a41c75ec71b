//! What admins see of the queues, and do about them.

use ops::follows::AskFollow;
use serde_json::json;
use testkit::World;

use crate::client::{get, post};

testkit::both_engines!(admins_see_queues_and_act_on_them);

async fn admins_see_queues_and_act_on_them(world: World) {
    let ada = world.person("ada").await;
    let bob = world.remote_person("bob@b.example").await;
    world.done(world.local(ada), AskFollow { followed: bob }).await;
    let rosa = world.admin("rosa").await;
    let admin = world.token(rosa, "admin:read admin:write").await;
    let narrow = world.token(rosa, "listings:write").await;
    let nothing = json!({});
    let on = |what: &str| format!("/admin/deliveries/b.example/{what}");
    post(&on("pause"), &nothing).by(&narrow).send(&world).await.problem(403, "missing_scope");
    get("/admin/deliveries").by(&narrow).send(&world).await.problem(403, "missing_scope");
    post(&on("pause"), &nothing).by(&admin).send(&world).await.is(204);
    let page = get("/admin/deliveries").by(&admin).send(&world).await.is(200);
    assert_eq!(page.all("host"), ["b.example"], "DLV-20");
    assert!(page.json["items"][0]["paused_at"].is_string(), "DLV-20");
    post(&on("resume"), &nothing).by(&admin).send(&world).await.is(204);
    let retried = post(&on("retry"), &nothing).by(&admin).send(&world).await.is(200);
    assert_eq!(retried.json, json!({ "letters": 0 }), "DLV-20");
    let dropped = post(&on("drop"), &nothing).by(&admin).send(&world).await.is(200);
    assert_eq!(dropped.json, json!({ "letters": 0 }), "DLV-20");
    let page = get("/admin/deliveries").by(&admin).send(&world).await.is(200);
    assert_eq!(page.json, json!({ "items": [], "next": null }));
    let beyond = get("/admin/deliveries?cursor=c.example").by(&admin).send(&world).await.is(200);
    assert_eq!(beyond.json["items"], json!([]));
    get("/admin/deliveries?cursor=%00").by(&admin).send(&world).await.problem(422, "invalid");
    for host in ["nobody.example", "%00", "b.example%20"] {
        let path = format!("/admin/deliveries/{host}/drop");
        post(&path, &nothing).by(&admin).send(&world).await.problem(404, "not_found");
    }
    assert_eq!(world.audit().await.iter().filter(|it| it.contains("_deliveries ")).count(), 4);
    world.events().await;
}
