//! Forms kept for later, and what I wrote.

use domain::{CollectiveId, PersonId, TemplateId, listings::Purpose, memberships::Role};
use ops::{
    memberships::RemoveMember,
    templates::{CreateTemplate, Template},
};
use serde_json::{Value, json};
use testkit::{World, content};

use crate::client::{delete, get, patch, post};

testkit::both_engines!(
    a_template_is_kept_changed_used_and_thrown_away,
    a_form_that_is_none_is_not_kept,
    people_find_their_own_listings_and_nobody_elses,
);

/// A template of a collective.
pub(crate) async fn kept(world: &World, collective: CollectiveId, who: PersonId) -> TemplateId {
    let form = json!({ "purpose": "need", "kind": "goods", "title": "Chairs" }).to_string();
    let template = Template { name: "Chairs".to_owned(), form, recurs: None, next_at: None };
    world.done(world.local(who), CreateTemplate { collective, template }).await
}

const TEMPLATES: &str = "/collectives/garden/templates";

fn boxes() -> Value {
    json!({
        "name": "Vegetable boxes",
        "form": { "purpose": "offer", "kind": "goods", "title": "Boxes", "terms": "barter" },
        "recurs": "weekly",
        "next_at": "2026-03-14T08:00:00Z",
    })
}

async fn a_template_is_kept_changed_used_and_thrown_away(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let made = post(TEMPLATES, &boxes()).by(&token).send(&world).await.is(201);
    assert_eq!(made.json["form"]["terms"], "barter");
    assert_eq!(made.json["next_at"], "2026-03-14T08:00:00Z");
    assert_eq!(made.header("etag"), "\"1\"");
    let path = format!("/templates/{}", made.id());
    let never = json!({ "recurs": null, "next_at": null, "name": "Boxes" });
    let edited = patch(&path, &never).header("If-Match", "\"1\"").by(&token).send(&world).await;
    let edited = edited.is(200);
    assert_eq!((&edited.json["recurs"], &edited.json["name"]), (&Value::Null, &json!("Boxes")));
    let late = patch(&path, &never).header("If-Match", "\"1\"").by(&token).send(&world).await;
    late.problem(412, "stale");
    let list = get(TEMPLATES).by(&token).send(&world).await.is(200);
    assert_eq!(list.all("name"), ["Boxes"]);
    let used = format!("{path}/use");
    let draft = post(&used, &json!({})).by(&token).send(&world).await.is(201);
    assert_eq!((&draft.json["state"], &draft.json["title"]), (&json!("draft"), &json!("Boxes")));
    let publish = json!({ "publish": true, "expires_at": "2026-04-01T00:00:00Z" });
    let open = post(&used, &publish).by(&token).send(&world).await.is(201);
    assert_eq!(open.json["state"], "open");
    assert_eq!(open.json["expires_at"], "2026-04-01T00:00:00Z");
    let past = json!({ "expires_at": "2020-04-01T00:00:00Z" });
    post(&used, &past).by(&token).send(&world).await.problem(422, "invalid").field("expires_at");
    let eve = world.token(world.person("eve").await, "read write").await;
    for text in [
        get(&path).by(&eve).send(&world).await.problem(404, "not_found").text,
        post(&used, &json!({})).by(&eve).send(&world).await.problem(404, "not_found").text,
    ] {
        assert!(!text.contains("Boxes"), "API-02");
    }
    delete(&path).by(&token).send(&world).await.is(204);
    get(&path).by(&token).send(&world).await.problem(404, "not_found");
    let board = get("/collectives/garden/listings").send(&world).await.is(200);
    assert_eq!(board.all("title"), ["Boxes"]);
    assert!(garden.actor() != ada.actor());
}

async fn a_form_that_is_none_is_not_kept(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    for (path, value, code, field) in [
        ("/name", json!(" "), "invalid", "name"),
        ("/form", json!({}), "invalid", "form.purpose"),
        ("/form/kind", json!("x"), "invalid", "form.kind"),
        ("/form/title", json!("x".repeat(121)), "invalid", "form.title"),
        ("/form/terms", json!("sale"), "invalid", "form.terms"),
        ("/recurs", json!("daily"), "invalid", "recurs"),
        ("/recurs", Value::Null, "invalid", "recurs"),
        ("/next_at", Value::Null, "invalid", "next_at"),
        ("/next_at", json!("2020-01-01T00:00:00Z"), "invalid", "next_at"),
    ] {
        let mut form = boxes();
        *form.pointer_mut(path).unwrap() = value;
        let answer = post(TEMPLATES, &form).by(&token).send(&world).await;
        answer.problem(422, code).field(field);
    }
    for (name, value) in [
        ("expires_at", json!("2027-01-01T00:00:00Z")),
        ("media", json!([])),
        ("on_behalf_of", json!("a family")),
        ("publish", json!(true)),
    ] {
        let mut form = boxes();
        form["form"][name] = value;
        let answer = post(TEMPLATES, &form).by(&token).send(&world).await;
        answer.problem(422, "invalid").field(&format!("form.{name}"));
    }
    let mut form = boxes();
    form["form"]["role"] = json!("admin");
    let answer = post(TEMPLATES, &form).by(&token).send(&world).await;
    answer.problem(422, "unknown_field").field("form.role");
    assert_eq!(world.rows().await.count("templates"), 0, "API-14");
}

async fn people_find_their_own_listings_and_nobody_elses(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let ben = world.member(garden, "ben", Role::Member).await;
    world.need(garden, ada, "Of Ada").await;
    world.need(garden, ben, "Open").await;
    world.draft(garden, ben, content(Purpose::Need, "Draft")).await;
    let token = world.token(ben, "listings:read").await;
    let mine = |query: &str| get(&format!("/me/listings{query}")).by(&token).send(&world);
    assert_eq!(mine("").await.is(200).all("title"), ["Draft", "Open"]);
    assert_eq!(mine("?state=draft").await.is(200).all("title"), ["Draft"]);
    assert_eq!(mine("?state=open").await.is(200).all("title"), ["Open"]);
    mine("?state=x").await.problem(422, "invalid").field("state");
    let first = mine("?limit=1").await.is(200);
    let next = format!("?limit=1&cursor={}", first.json["next"].as_str().unwrap());
    assert_eq!(mine(&next).await.is(200).all("title"), ["Open"]);
    world.done(world.local(ada), RemoveMember { collective: garden, member: ben }).await;
    assert_eq!(
        mine("").await.is(200).all("title"),
        ["Open"],
        "PRV-01: drafts are the collective's"
    );
}
