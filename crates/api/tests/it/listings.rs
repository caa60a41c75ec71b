//! Needs and offers from the first draft to the last state.

use domain::{
    listings::{Content, Purpose, Signature},
    memberships::Role,
};
use serde_json::{Value, json};
use testkit::{World, content};

use crate::client::{delete, get, patch, post};

testkit::both_engines!(
    how_it_will_look_elsewhere_is_seen_before,
    a_need_is_posted_and_read,
    a_need_goes_from_state_to_state,
    nobody_learns_who_wrote_for_the_voice,
    the_exact_place_stays_with_the_collective,
    an_edit_changes_what_it_names_and_no_more,
    nobody_overwrites_what_they_have_not_seen,
    two_editors_lose_nothing_of_each_other_api_19,
    lists_are_filtered,
    a_deleted_listing_is_gone,
);

fn chairs() -> Value {
    json!({
        "purpose": "need",
        "kind": "goods",
        "title": "20 chairs",
        "text": "For the harvest supper.\n\nSee https://a.example/c/garden.",
        "quantity": { "total": "20", "unit": "one" },
        "category": "food",
        "terms": "loan",
        "place": { "name": "The mill", "latitude": 41.402_917, "longitude": 2.156_331, "radius": 500 },
        "starts_at": "2026-03-14T09:00:00+01:00",
        "ends_at": "2026-03-15T08:00:00Z",
        "expires_at": "2026-03-14T00:00:00Z",
        "urgency": "days",
    })
}

async fn how_it_will_look_elsewhere_is_seen_before(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "write").await;
    let form = json!({ "purpose": "need", "kind": "goods", "title": "Chairs", "text": "Twenty" });
    let path = "/collectives/garden/listings/preview";
    let before = world.rows().await;
    let seen = post(path, &form).by(&token).send(&world).await.is(200).json;
    let microblog = "<p>Chairs <a href=\"https://a.example/listings/…\">garden</a></p>";
    assert_eq!(seen["microblog"], microblog);
    assert_eq!(
        (&seen["title"], &seen["threadiverse"]),
        (&json!("Chairs"), &json!("<p>Twenty</p>"))
    );
    let mut signed = form.clone();
    signed["signed_by"] = json!("member");
    let seen = post(path, &signed).by(&token).send(&world).await.is(200).json;
    assert!(seen["microblog"].as_str().unwrap().contains(">ada<"), "{seen}");
    signed["title"] = json!("");
    post(path, &signed).by(&token).send(&world).await.field("title");
    let eve = world.token(world.person("eve").await, "write").await;
    post(path, &form).by(&eve).send(&world).await.problem(403, "not_a_member");
    assert!(before.changed(&world.rows().await).iter().all(|it| !it.contains("listings")));
}

async fn a_need_is_posted_and_read(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let new = post("/collectives/garden/listings", &chairs()).by(&token).send(&world).await;
    let new = new.is(201);
    let id = new.id();
    assert_eq!(new.header("location"), format!("https://a.example/api/v1/listings/{id}"));
    assert_eq!(new.header("etag"), "\"1\"");
    let shown = get(&format!("/listings/{id}")).send(&world).await.is(200);
    assert!(shown.header("etag").starts_with("\"1-"));
    assert_eq!(shown.json, new.json);
    let mut want = json!({
        "id": id,
        "uri": format!("https://a.example/listings/{id}"),
        "url": format!("https://a.example/listings/{id}"),
        "html": "<p>For the harvest supper.</p><p>See <a href=\"https://a.example/c/garden\" \
                 rel=\"nofollow noopener noreferrer\">https://a.example/c/garden</a>.</p>",
        "quantity": { "total": "20", "remaining": "20", "found": "0", "unit": "one" },
        "place": { "name": "The mill", "latitude": 41.4, "longitude": 2.16, "radius": 500 },
        "tags": [],
        "media": [],
        "on_behalf_of": null,
        "starts_at": "2026-03-14T08:00:00Z",
        "language": "es",
        "licence": "CC-BY-SA-4.0",
        "state": "open",
        "signed_by": "voice",
        "author": null,
        "published_at": "2026-03-01T10:00:00Z",
        "updated_at": "2026-03-01T10:00:00Z",
        "locked": false,
        "reply_count": 0,
        "likes": 0,
        "dislikes": 0,
        "boosts": 0,
        "version": 1,
    });
    for (field, value) in chairs().as_object().unwrap() {
        want.as_object_mut().unwrap().entry(field.clone()).or_insert_with(|| value.clone());
    }
    want["collective"] = shown.json["collective"].clone();
    assert_eq!(shown.json, want);
    assert_eq!(shown.json["collective"]["id"], garden.to_string());
    assert_eq!(shown.json["collective"]["address"], "garden@a.example");
}

async fn a_need_goes_from_state_to_state(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let mut draft = chairs();
    draft["publish"] = false.into();
    let new = post("/collectives/garden/listings", &draft).by(&token).send(&world).await.is(201);
    let id = new.id();
    assert_eq!(new.json["state"], "draft");
    let step = |name: &str, body: Value| {
        post(&format!("/listings/{id}/{name}"), &body).by(&token).send(&world)
    };
    let none = || json!({});
    step("fulfil", none()).await.problem(409, "still_a_draft");
    step("reopen", none()).await.problem(409, "still_a_draft");
    assert_eq!(step("publish", none()).await.is(200).json["state"], "open");
    step("publish", none()).await.problem(409, "already_published");
    let partly = step("progress", json!({ "found": "8" })).await.is(200).json;
    assert_eq!(partly["state"], "partly");
    assert_eq!(
        partly["quantity"],
        json!({ "total": "20", "remaining": "12", "found": "8", "unit": "one" })
    );
    step("progress", json!({ "found": "21" })).await.problem(422, "invalid").field("found");
    step("progress", json!({ "found": "-1" })).await.problem(422, "invalid").field("found");
    assert_eq!(step("fulfil", none()).await.is(200).json["state"], "fulfilled");
    step("withdraw", none()).await.problem(409, "fulfilled");
    step("progress", json!({ "found": "8" })).await.problem(409, "fulfilled");
    let past = json!({ "expires_at": "2020-01-01T00:00:00Z" });
    step("reopen", past).await.problem(422, "invalid").field("expires_at");
    let later = json!({ "expires_at": "2026-04-01T00:00:00Z" });
    let open = step("reopen", later).await.is(200).json;
    assert_eq!(
        (&open["state"], &open["expires_at"]),
        (&json!("open"), &json!("2026-04-01T00:00:00Z"))
    );
    step("reopen", none()).await.problem(409, "already_open");
    assert_eq!(step("withdraw", none()).await.is(200).json["state"], "withdrawn");
    let edit = patch(&format!("/listings/{id}"), &json!({ "title": "More" })).by(&token);
    edit.send(&world).await.problem(409, "withdrawn");
    let bare = crate::client::ask("POST", &format!("/listings/{id}/reopen")).by(&token);
    assert_eq!(bare.send(&world).await.is(200).json["state"], "open");
}

async fn nobody_learns_who_wrote_for_the_voice(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let grace = world.member(garden, "grace", Role::Member).await;
    let voice = world.need(garden, grace, "Chairs").await;
    let signed = Content { signed_by: Signature::Member, ..content(Purpose::Need, "Tables") };
    let signed = world.publish(garden, grace, signed).await;
    let steward = world.token(ada, "read write").await;
    for path in [format!("/listings/{voice}"), "/listings?words=chairs".to_owned()] {
        for request in [get(&path), get(&path).by(&steward)] {
            let answer = request.send(&world).await.is(200);
            assert!(!answer.text.contains("grace"), "{}", answer.text);
            assert!(!answer.text.contains(&grace.to_string()), "{}", answer.text);
        }
    }
    let shown = get(&format!("/listings/{signed}")).send(&world).await.is(200);
    assert_eq!(shown.json["author"]["address"], "grace@a.example");
    let answer = json!({ "text": "Thank you", "as": "voice" });
    let reply = post(&format!("/listings/{voice}/replies"), &answer).by(&steward);
    reply.send(&world).await.is(201);
    let thread = get(&format!("/listings/{voice}/replies")).send(&world).await.is(200);
    assert_eq!(thread.json["items"][0]["author"]["handle"], "garden");
    assert!(!thread.text.contains(&ada.to_string()) && !thread.text.contains("\"ada\""));
}

async fn the_exact_place_stays_with_the_collective(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let stranger = world.token(world.person("eve").await, "read").await;
    let new = post("/collectives/garden/listings", &chairs()).by(&token).send(&world).await;
    let exact = format!("/listings/{}/exact-place", new.is(201).id());
    let point = get(&exact).by(&token).send(&world).await.is(200).json;
    assert_eq!(point, json!({ "latitude": 41.402_917, "longitude": 2.156_331 }));
    get(&exact).by(&stranger).send(&world).await.problem(404, "not_found");
    get(&exact).send(&world).await.problem(401, "no_token");
}

async fn an_edit_changes_what_it_names_and_no_more(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let new = post("/collectives/garden/listings", &chairs()).by(&token).send(&world).await.is(201);
    let path = format!("/listings/{}", new.id());
    let progress = post(&format!("{path}/progress"), &json!({ "found": "8" })).by(&token);
    progress.send(&world).await.is(200);
    let form = json!({ "title": "24 chairs", "quantity": { "total": "24" }, "urgency": null });
    let edited = patch(&path, &form).by(&token).send(&world).await.is(200);
    let mut want = new.json.clone();
    want["title"] = "24 chairs".into();
    want["quantity"] = json!({ "total": "24", "remaining": "16", "found": "8", "unit": "one" });
    want["urgency"] = Value::Null;
    want["state"] = "partly".into();
    want["version"] = 3.into();
    assert_eq!(edited.json, want);
    let exact = get(&format!("{path}/exact-place")).by(&token).send(&world).await.is(200);
    assert_eq!(exact.json["latitude"], 41.402_917);
    let away = patch(&path, &json!({ "place": null, "quantity": null })).by(&token);
    let away = away.send(&world).await.is(200).json;
    assert_eq!((&away["place"], &away["quantity"]), (&Value::Null, &Value::Null));
    get(&format!("{path}/exact-place")).by(&token).send(&world).await.problem(404, "not_found");
    let other = patch(&path, &json!({ "purpose": "offer" })).by(&token).send(&world).await;
    other.problem(422, "invalid").field("purpose");
}

async fn nobody_overwrites_what_they_have_not_seen(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let token = world.token(ada, "read write").await;
    let path = format!("/listings/{need}");
    let edit = |title: &str, tag: &str| {
        patch(&path, &json!({ "title": title })).by(&token).header("If-Match", tag)
    };
    assert_eq!(edit("One", "\"1\"").send(&world).await.is(200).header("etag"), "\"2\"");
    for tag in ["\"1\"", "W/\"2\"", "\"x\""] {
        edit("Two", tag).send(&world).await.problem(412, "stale");
    }
    for tag in ["2", "", "\"2", "\"2\", 3"] {
        edit("Two", tag).send(&world).await.problem(400, "if_match_invalid");
    }
    edit("Two", "\"9\", \"2\"").send(&world).await.is(200);
    for step in ["fulfil", "withdraw", "publish", "reopen"] {
        let late = post(&format!("{path}/{step}"), &json!({})).by(&token);
        late.header("If-Match", "\"1\"").send(&world).await.problem(412, "stale");
    }
    let done = post(&format!("{path}/fulfil"), &json!({})).by(&token).header("If-Match", "*");
    assert_eq!(done.send(&world).await.is(200).header("etag"), "\"4\"");
}

async fn two_editors_lose_nothing_of_each_other_api_19(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.member(garden, "bea", Role::Steward).await;
    let need = world.need(garden, ada, "Chairs").await;
    let (ada, bea) = (world.token(ada, "read write").await, world.token(bea, "read write").await);
    let path = format!("/listings/{need}");
    let seen = get(&path).send(&world).await.is(200).header("etag").to_owned();
    let edit = |token: &str, title: &str, tag: &str| {
        patch(&path, &json!({ "title": title })).by(token).header("If-Match", tag)
    };
    let first = edit(&ada, "Ada's chairs", &seen).send(&world).await.is(200);
    let before = world.rows().await;
    edit(&bea, "Bea's chairs", &seen).send(&world).await.problem(412, "stale");
    let late = delete(&path).by(&bea).header("If-Match", &seen);
    late.send(&world).await.problem(412, "stale");
    assert!(before.changed(&world.rows().await).is_empty());
    let shown = get(&path).send(&world).await.is(200);
    assert_eq!(shown.json["title"], "Ada's chairs");
    edit(&bea, "Chairs of both", first.header("etag")).send(&world).await.is(200);
    let seen = get(&path).send(&world).await.header("etag").to_owned();
    delete(&path).by(&bea).header("If-Match", &seen).send(&world).await.is(204);
}

async fn lists_are_filtered(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mill = world.collective("mill", ada).await;
    world.need(garden, ada, "Chairs 100%").await;
    world.offer(garden, ada, "Apples").await;
    let flour = world.offer(mill, ada, "Flour").await;
    world.draft(garden, ada, content(Purpose::Need, "Secret")).await;
    let token = world.token(ada, "read write").await;
    post(&format!("/listings/{flour}/fulfil"), &json!({})).by(&token).send(&world).await.is(200);
    for (path, titles) in [
        ("/listings", vec!["Flour", "Apples", "Chairs 100%"]),
        ("/listings?purpose=offer", vec!["Flour", "Apples"]),
        ("/listings?purpose=offer&open=true", vec!["Apples"]),
        ("/listings?open=false", vec!["Flour"]),
        ("/listings?kind=time", vec![]),
        ("/listings?q=%25", vec![]),
        ("/listings?q=100%25", vec!["Chairs 100%"]),
        ("/listings?words=appl", vec!["Apples"]),
        ("/listings?words=pple", vec![]),
        ("/listings?words=%00", vec!["Flour", "Apples", "Chairs 100%"]),
        ("/collectives/garden/listings", vec!["Apples", "Chairs 100%"]),
        ("/collectives/mill/listings?open=false", vec!["Flour"]),
        ("/feeds/public", vec!["Apples", "Chairs 100%"]),
    ] {
        let list = get(path).send(&world).await.is(200);
        assert_eq!(list.all("title"), titles, "{path}");
    }
    let drafts = "/collectives/garden/listings?drafts=true";
    assert_eq!(get(drafts).by(&token).send(&world).await.is(200).all("title"), ["Secret"]);
    get(drafts).send(&world).await.problem(401, "no_token");
    let stranger = world.token(world.person("eve").await, "read").await;
    get(drafts).by(&stranger).send(&world).await.problem(403, "not_a_member");
}

async fn a_deleted_listing_is_gone(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let token = world.token(ada, "read write").await;
    let path = format!("/listings/{need}");
    delete(&path).by(&token).send(&world).await.is(204);
    get(&path).send(&world).await.problem(410, "gone");
    delete(&path).by(&token).send(&world).await.problem(410, "gone");
    patch(&path, &json!({})).by(&token).send(&world).await.problem(410, "gone");
    let answer = post(&format!("{path}/replies"), &json!({ "text": "Yes" })).by(&token);
    answer.send(&world).await.problem(410, "gone");
    assert_eq!(get("/listings").send(&world).await.is(200).json["items"], json!([]));
}
