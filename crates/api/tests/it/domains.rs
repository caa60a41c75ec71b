//! Rules about other servers, and suspensions, by admins.

use serde_json::json;
use testkit::World;

use crate::client::{ask, delete, get, post};

testkit::both_engines!(
    admins_rule_about_servers,
    a_list_is_looked_at_and_then_taken_over,
    a_narrow_scope_is_enough_and_others_are_not,
    the_collectives_of_a_suspended_server_stand_in_no_list,
);

async fn admins_rule_about_servers(world: World) {
    let rosa = world.admin("rosa").await;
    let admin = world.token(rosa, "admin:read admin:write").await;
    world.remote_person("bob@b.example").await;
    let form = json!({ "severity": "limit", "reject_media": true, "private_comment": "noisy" });
    let path = "/admin/domains/B.Example.";
    let set = ask("PUT", path).json(&form).by(&admin).send(&world).await.is(200);
    assert_eq!(set.json["rule"]["domain"], "b.example");
    assert_eq!(set.json["rule"]["private_comment"], "noisy");
    let row = world.read(|conn| db::instances::find(conn, "b.example")).await.unwrap();
    assert_eq!(row.state.word(), "limited");
    let again = json!({ "severity": "suspend" });
    ask("PUT", path).json(&again).by(&admin).send(&world).await.is(200);
    let rules = get("/admin/domains").by(&admin).send(&world).await.is(200);
    assert_eq!(rules.all("severity"), ["suspend"], "in place of the one it had");
    assert_eq!(rules.all("reject_media"), [false]);
    for (domain, field) in [("com", "domain"), ("a.example", "domain"), ("b.example", "severity")] {
        let word = if field == "severity" { "eternal" } else { "suspend" };
        let wrong = ask("PUT", &format!("/admin/domains/{domain}"));
        wrong.json(&json!({ "severity": word })).by(&admin).send(&world).await.field(field);
    }
    delete(path).by(&admin).send(&world).await.is(204);
    delete(path).by(&admin).send(&world).await.problem(404, "not_found");
    delete("/admin/domains/*").by(&admin).send(&world).await.problem(404, "not_found");
    assert_eq!(get("/admin/domains").by(&admin).send(&world).await.json["items"], json!([]));
}

async fn a_list_is_looked_at_and_then_taken_over(world: World) {
    let admin = world.token(world.admin("rosa").await, "admin:read admin:write").await;
    let header = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n";
    let list = format!("{header}evil.example,suspend,false,false,=spam,true\ncom,suspend\n");
    let form = json!({ "list": list });
    let dry = post("/admin/domains/import?dry_run=true", &form).by(&admin);
    let dry = dry.send(&world).await.is(200);
    assert_eq!((&dry.json["applied"], &dry.json["new"]), (&json!(false), &json!(1)));
    assert_eq!(dry.json["refused"][0]["line"], 3);
    let rules = || get("/admin/domains").by(&admin);
    assert_eq!(rules().send(&world).await.json["items"], json!([]), "nothing was done");
    let done = post("/admin/domains/import", &form).by(&admin).send(&world).await.is(200);
    assert_eq!((&done.json["applied"], &done.json["new"]), (&json!(true), &json!(1)));
    assert_eq!(rules().send(&world).await.all("obfuscate"), [true]);
    let list = get("/admin/domains/export").by(&admin).send(&world).await.is(200);
    assert!(list.header("content-type").starts_with("text/csv"));
    assert_eq!(list.text, format!("{header}evil.example,suspend,false,false,'=spam,true\n"));
    let wrong = post("/admin/domains/import?dry_run=perhaps", &form).by(&admin);
    wrong.send(&world).await.field("dry_run");
    let lines = "evil.example\n".repeat(30_000);
    let long = post("/admin/domains/import?dry_run=true", &json!({ "list": lines })).by(&admin);
    assert_eq!(long.send(&world).await.is(200).json["refused_lines"], 29_999);
}

async fn a_narrow_scope_is_enough_and_others_are_not(world: World) {
    let rosa = world.admin("rosa").await;
    let eve = world.person("eve").await;
    let narrow = world.token(rosa, "admin:read admin:write").await;
    let other = world.token(rosa, "moderation:read moderation:write").await;
    let broad = world.token(rosa, "read write").await;
    get("/admin/domains").by(&narrow).send(&world).await.is(200);
    for token in [&other, &broad] {
        get("/admin/domains").by(token).send(&world).await.problem(403, "missing_scope");
    }
    let path = format!("/admin/actors/{eve}/suspend");
    post(&path, &json!({})).by(&other).send(&world).await.problem(403, "missing_scope");
    post(&path, &json!({ "reason": "spam" })).by(&narrow).send(&world).await.is(204);
    assert!(world.actor(eve.actor()).await.suspended_at.is_some());
    delete(&path).by(&narrow).send(&world).await.is(204);
    assert!(world.actor(eve.actor()).await.suspended_at.is_none());
}

async fn the_collectives_of_a_suspended_server_stand_in_no_list(world: World) {
    let rosa = world.admin("rosa").await;
    let admin = world.token(rosa, "admin:read admin:write").await;
    world.collective("garden", rosa).await;
    world.remote_collective("mill@b.example").await;
    world.remote_collective("bakery@c.example").await;
    for (suspended, elsewhere) in [(false, ["bakery", "mill"].as_slice()), (true, &["bakery"])] {
        if suspended {
            let form = json!({ "severity": "suspend" });
            ask("PUT", "/admin/domains/b.example")
                .json(&form)
                .by(&admin)
                .send(&world)
                .await
                .is(200);
        }
        let known = get("/collectives?scope=known").send(&world).await.is(200);
        assert_eq!(known.all("handle"), elsewhere, "MOD-02");
        let here = get("/collectives").send(&world).await.is(200);
        assert_eq!(here.all("handle"), ["garden"]);
        let all = move |conn: &mut db::Conn| {
            db::directory::page(conn, &db::directory::Wanted::default(), None, 10)
        };
        assert_eq!(world.read(all).await.len(), elsewhere.len() + 1);
    }
}
