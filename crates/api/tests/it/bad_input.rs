//! What nobody should send: each gets a clear answer, nothing is stored, nothing breaks.

use domain::memberships::Role;
use serde_json::{Value, json};
use testkit::World;

use crate::client::{Ask, ask, patch, post};

testkit::both_engines!(
    wrong_listings_are_refused,
    wrong_collectives_are_refused,
    wrong_people_are_refused,
    wrong_bodies_are_refused,
    nobody_assigns_what_is_not_theirs,
    expired_listings_are_not_edited,
);

fn chairs() -> Value {
    json!({ "purpose": "need", "kind": "goods", "title": "Chairs" })
}

/// Sends each; checks the field, and that nothing at all was stored.
async fn refused(world: &World, asks: Vec<(Ask, &str)>, token: &str) {
    let before = world.rows().await;
    for (request, field) in asks {
        let answer = request.by(token).send(world).await.is(422);
        assert_eq!(answer.json["field"], field, "{}", answer.text);
        let detail = answer.json["detail"].as_str().unwrap();
        assert!(detail.starts_with(field) || detail.contains(' '), "{detail}");
    }
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn wrong_listings_are_refused(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let token = world.token(ada, "read write").await;
    let long = "x".repeat(300);
    let wrong = [
        ("title", json!(""), "title"),
        ("title", json!(" \u{0} "), "title"),
        ("title", json!(long), "title"),
        ("title", json!(5), "title"),
        ("quantity", json!("8"), "quantity"),
        ("quantity", json!({ "total": 8 }), "quantity.total"),
        ("place", json!({ "name": "x", "latitude": "1", "longitude": 1 }), "place.latitude"),
        ("text", json!("x".repeat(5_001)), "text"),
        ("purpose", json!("sale"), "purpose"),
        ("kind", json!("money"), "kind"),
        ("category", json!("weapons"), "category"),
        ("terms", json!("price"), "terms"),
        ("urgency", json!("yesterday"), "urgency"),
        ("licence", json!("WTFPL"), "licence"),
        ("signed_by", json!("eve"), "signed_by"),
        ("language", json!("español"), "language"),
        ("quantity", json!({ "total": "-1" }), "quantity.total"),
        ("quantity", json!({ "total": "0" }), "quantity.total"),
        ("quantity", json!({ "total": "1e99" }), "quantity.total"),
        ("quantity", json!({ "total": "99999999999999999999" }), "quantity.total"),
        ("quantity", json!({ "total": "NaN" }), "quantity.total"),
        ("quantity", json!({ "total": "1.2345" }), "quantity.total"),
        ("quantity", json!({ "total": "1", "unit": "stone" }), "quantity.unit"),
        ("quantity", json!({ "unit": "one" }), "quantity.total"),
        ("quantity", json!({ "total": "1", "price": "5" }), "quantity.price"),
        ("place", json!({ "name": "" }), "place.name"),
        ("place", json!({ "name": "x", "latitude": 91, "longitude": 0 }), "place.latitude"),
        ("place", json!({ "name": "x", "latitude": 1 }), "place.latitude"),
        ("place", json!({ "name": "x", "latitude": 0, "longitude": 181 }), "place.longitude"),
        ("place", json!({ "name": "x", "radius": -1 }), "place.radius"),
        ("starts_at", json!("2026-02-30T00:00:00Z"), "starts_at"),
        ("ends_at", json!("tomorrow"), "ends_at"),
        ("expires_at", json!("2026-03-14"), "expires_at"),
        ("expires_at", json!("2020-01-01T00:00:00Z"), "expires_at"),
        ("expires_at", json!("9999-01-01T00:00:00Z"), "expires_at"),
    ];
    let mut asks = Vec::new();
    for (name, value, field) in wrong {
        let mut form = chairs();
        form[name] = value.clone();
        asks.push((post("/collectives/garden/listings", &form), field));
        asks.push((patch(&format!("/listings/{need}"), &json!({ name: value })), field));
    }
    for missing in ["title", "kind", "purpose"] {
        let mut form = chairs();
        form.as_object_mut().unwrap().remove(missing);
        asks.push((post("/collectives/garden/listings", &form), missing));
    }
    let backwards =
        json!({ "starts_at": "2026-05-02T00:00:00Z", "ends_at": "2026-05-01T00:00:00Z" });
    asks.push((patch(&format!("/listings/{need}"), &backwards), "ends_at"));
    refused(&world, asks, &token).await;
}

async fn wrong_collectives_are_refused(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let new = |handle: &str| post("/collectives", &json!({ "handle": handle, "name": "New" }));
    let mut asks: Vec<(Ask, &str)> = [
        "garden",
        "GARDEN",
        "ada",
        "Ada",
        "garden.voice",
        "new.voice",
        "admin",
        "api",
        "",
        "x",
        "-x",
        "jardín",
        "a b",
        "../etc",
        "a@b.example",
    ]
    .into_iter()
    .map(|handle| (new(handle), "handle"))
    .collect();
    let long = "x".repeat(41);
    asks.push((new(&long), "handle"));
    for (name, value) in [
        ("name", json!("")),
        ("name", json!("x".repeat(101))),
        ("summary", json!("x".repeat(2_001))),
        ("language", json!("x")),
        ("follow_policy", json!("never")),
    ] {
        let mut form = json!({ "handle": "other", "name": "Other" });
        form[name] = value.clone();
        asks.push((post("/collectives", &form), name));
        asks.push((patch("/collectives/garden", &json!({ name: value })), name));
    }
    asks.push((patch("/collectives/garden", &json!({ "handle": "other" })), "handle"));
    refused(&world, asks, &token).await;
}

async fn wrong_people_are_refused(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let grace = world.member(garden, "grace", Role::Member).await;
    let token = world.token(ada, "read write").await;
    let members = "/collectives/garden/members";
    let invite = |handle: &str| (post(members, &json!({ "handle": handle })), "handle");
    let mut asks: Vec<(Ask, &str)> =
        ["nobody", "bob@b.example", "grace", "garden", "", "\u{0}", "@", "a.example"]
            .into_iter()
            .map(invite)
            .collect();
    asks.push((post(members, &json!({ "handle": "grace", "role": "king" })), "role"));
    let role = json!({ "role": "king" });
    asks.push((patch(&format!("{members}/{grace}"), &role), "role"));
    refused(&world, asks, &token).await;
    let nobody = format!("{members}/01890000-0000-7000-8000-000000000000");
    for path in [nobody.as_str(), &format!("{members}/grace"), &format!("{members}/1")] {
        let change = patch(path, &json!({ "role": "member" })).by(&token).send(&world).await;
        change.problem(404, "not_found");
        ask("DELETE", path).by(&token).send(&world).await.problem(404, "not_found");
    }
}

async fn wrong_bodies_are_refused(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let before = world.rows().await;
    let good = chairs().to_string();
    let bomb = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let nested = format!("{{\"title\": {bomb}}}");
    let deep = "{\"a\":".repeat(40_000);
    let huge = json!({ "title": "x".repeat(300 * 1024) }).to_string();
    let json = "application/json";
    for (media_type, body, status, code) in [
        ("text/plain", good.as_str(), 415, "unsupported_media_type"),
        ("application/x-www-form-urlencoded", &good, 415, "unsupported_media_type"),
        ("multipart/form-data; boundary=x", &good, 415, "unsupported_media_type"),
        ("", &good, 415, "unsupported_media_type"),
        (json, "", 400, "malformed"),
        (json, "{", 400, "malformed"),
        (json, "{\"title\": 1,}", 422, "invalid"),
        (json, "[1, 2", 422, "invalid"),
        (json, "null", 422, "invalid"),
        (json, &deep, 422, "unknown_field"),
        (json, &nested, 422, "invalid"),
        (json, &bomb, 422, "invalid"),
        (json, &huge, 413, "too_large"),
        (json, "{\"title\": \"\u{1}\"}", 400, "malformed"),
        (json, "{\"title\": \"\\ud800\"}", 400, "malformed"),
    ] {
        let request = ask("POST", "/collectives/garden/listings").by(&token);
        let answer = request.body(media_type, body.as_bytes()).send(&world).await;
        answer.problem(status, code);
        let request = ask("POST", "/collectives/garden/listings");
        let answer = request.body(media_type, body.as_bytes()).send(&world).await;
        answer.problem(401, "no_token");
    }
    let raw = ask("POST", "/collectives").by(&token).body(json, b"{\"name\": \"\xff\"}");
    raw.send(&world).await.problem(400, "malformed");
    let place = ask("POST", "/collectives").by(&token).body(json, b"{\n  \"name\": oops}");
    let detail = place.send(&world).await.problem(400, "malformed").json["detail"].clone();
    assert!(detail.as_str().unwrap().contains("line 2 column 11"), "{detail}");
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn nobody_assigns_what_is_not_theirs(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let reply = world.answer(need, ada, "Yes").await;
    let token = world.token(ada, "read write").await;
    let mut asks = Vec::new();
    for field in ["id", "role", "local", "author", "state", "collective", "version", "admin"] {
        let more = |form: Value| {
            let mut form = form;
            form[field] = json!(1);
            form
        };
        asks.extend([
            (post("/collectives/garden/listings", &more(chairs())), field),
            (patch(&format!("/listings/{need}"), &more(json!({ "title": "x" }))), field),
            (post(&format!("/listings/{need}/progress"), &more(json!({ "found": "1" }))), field),
            (post(&format!("/listings/{need}/reopen"), &more(json!({}))), field),
            (post("/collectives", &more(json!({ "handle": "new", "name": "x" }))), field),
            (patch("/collectives/garden", &more(json!({ "name": "x" }))), field),
            (post("/collectives/garden/invitation", &more(json!({ "accept": true }))), field),
            (post(&format!("/listings/{need}/replies"), &more(json!({ "text": "x" }))), field),
            (patch(&format!("/replies/{reply}"), &more(json!({ "text": "x" }))), field),
            (post("/follows", &more(json!({ "who": "garden" }))), field),
        ]);
    }
    let before = world.rows().await;
    for (request, field) in asks {
        request.by(&token).send(&world).await.problem(422, "unknown_field").field(field);
    }
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn expired_listings_are_not_edited(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let mut form = chairs();
    form["expires_at"] = json!("2026-03-02T00:00:00Z");
    let new = post("/collectives/garden/listings", &form).by(&token).send(&world).await.is(201);
    world.clock.advance(2 * 86_400);
    let listing = new.id().parse().unwrap();
    let expire = ops::listings::ExpireListing { listing };
    world.done(domain::Origin::server(), expire).await;
    let path = format!("/listings/{listing}");
    let token = world.token(ada, "read write").await;
    let before = world.rows().await;
    let edit = patch(&path, &json!({ "title": "More" })).by(&token).send(&world).await;
    edit.problem(409, "expired");
    assert!(before.changed(&world.rows().await).is_empty());
    let again = post(&format!("{path}/reopen"), &json!({ "expires_at": "2026-04-01T00:00:00Z" }));
    assert_eq!(again.by(&token).send(&world).await.is(200).json["state"], "open");
}
