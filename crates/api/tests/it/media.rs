//! Pictures: uploaded, shown, and thrown away.

use serde_json::{Value, json};
use testkit::World;

use crate::client::{Answer, Ask, ask, delete, get, patch, post};

testkit::both_engines!(
    a_picture_goes_up_and_is_shown_with_its_listing,
    files_are_harmless_and_never_change,
    what_is_no_picture_is_refused_and_nothing_is_kept,
    nobody_sees_or_changes_pictures_of_others,
    whoever_is_posted_for_has_agreed,
);

/// A GIF of one white pixel.
pub(crate) fn pixel() -> Vec<u8> {
    let mut gif = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0".to_vec();
    gif.extend_from_slice(b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;");
    gif
}

pub(crate) fn form(parts: &[(&str, &[u8])]) -> Ask {
    let mut body = Vec::new();
    for (name, content) in parts {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"../../a.png\"\r\n\
             Content-Type: image/png\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    ask("POST", "/media").body("multipart/form-data; boundary=x", &body)
}

pub(crate) async fn upload(world: &World, token: &str, file: &[u8]) -> Answer {
    form(&[("file", file), ("alt", b"A pixel".as_slice())]).by(token).send(world).await
}

async fn a_picture_goes_up_and_is_shown_with_its_listing(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.need(garden, ada, "Other").await;
    let token = world.token(ada, "read write").await;
    let made = upload(&world, &token, &pixel()).await.is(201);
    assert_eq!((&made.json["alt"], &made.json["width"]), (&json!("A pixel"), &json!(1)));
    assert_eq!(
        (&made.json["media_type"], &made.json["listing"]),
        (&json!("image/jpeg"), &Value::Null)
    );
    assert!(made.header("location").ends_with(&made.id()));
    let need =
        json!({ "purpose": "need", "kind": "goods", "title": "Chairs", "media": [made.id()] });
    let listing = post("/collectives/garden/listings", &need).by(&token).send(&world).await.is(201);
    let seen = get(&format!("/listings/{}", listing.id())).send(&world).await.is(200);
    assert_eq!(seen.json["media"][0]["alt"], "A pixel");
    let url = seen.json["media"][0]["url"].as_str().unwrap();
    assert!(url.starts_with("https://a.example/media/"), "{url}");
    let one = format!("/media/{}", made.id());
    let words = json!({ "alt": "A grey pixel" });
    assert_eq!(
        patch(&one, &words).by(&token).send(&world).await.is(200).json["listing"],
        listing.id()
    );
    let none = json!({ "alt": " " });
    patch(&one, &none).by(&token).send(&world).await.problem(422, "invalid").field("alt");
    let page = get("/listings").send(&world).await.is(200);
    assert_eq!(page.json["items"][0]["media"][0]["alt"], "A grey pixel");
    assert_eq!(page.json["items"][1]["media"], json!([]));
    let without = json!({ "media": [] });
    let path = format!("/listings/{}", listing.id());
    let edited = patch(&path, &without).by(&token).send(&world).await.is(200);
    assert_eq!(edited.json["media"], json!([]));
    for (wrong, says) in
        [(json!(["x"]), "ids of pictures"), (json!(vec![made.id(); 5]), "at most 4")]
    {
        let answer = patch(&path, &json!({ "media": wrong })).by(&token).send(&world).await;
        let answer = answer.problem(422, "invalid").field("media");
        assert!(answer.text.contains(says), "{}", answer.text);
    }
    delete(&one).by(&token).send(&world).await.is(204);
    get(&one).by(&token).send(&world).await.problem(404, "not_found");
}

async fn files_are_harmless_and_never_change(world: World) {
    let token = world.token(world.person("ada").await, "media:read media:write").await;
    let made = upload(&world, &token, &pixel()).await.is(201);
    for field in ["url", "preview_url"] {
        let path = made.json[field].as_str().unwrap().strip_prefix("https://a.example").unwrap();
        let file = get(path).outside().send(&world).await.is(200);
        assert_eq!(file.header("content-type"), "image/jpeg");
        assert_eq!(file.header("x-content-type-options"), "nosniff", "MED-05");
        assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox", "MED-05");
        assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(file.header("set-cookie"), "", "a file knows nobody");
        assert!(file.bytes.starts_with(&[0xff, 0xd8, 0xff]));
    }
    delete(&format!("/media/{}", made.id())).by(&token).send(&world).await.is(204);
    let path = made.json["url"].as_str().unwrap().strip_prefix("https://a.example").unwrap();
    get(path).outside().send(&world).await.is(404);
    for name in ["..%2f..%2fetc%2fpasswd", "x", "%00.jpg", &"0".repeat(64)] {
        get(&format!("/media/{name}")).outside().send(&world).await.is(404);
    }
}

async fn what_is_no_picture_is_refused_and_nothing_is_kept(world: World) {
    let token = world.token(world.person("ada").await, "read write").await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    for file in [svg.as_slice(), b"", &pixel()[..24], b"GIF89a/*<script>*/"] {
        upload(&world, &token, file).await.problem(422, "invalid").field("file");
    }
    let picture = pixel();
    for (parts, field) in [
        (vec![("file", picture.as_slice())], "alt"),
        (vec![("file", picture.as_slice()), ("alt", b" ".as_slice())], "alt"),
        (vec![("alt", b"A pixel".as_slice())], "file"),
    ] {
        form(&parts).by(&token).send(&world).await.problem(422, "invalid").field(field);
    }
    let owner =
        [("file", picture.as_slice()), ("alt", b"A".as_slice()), ("owner_id", b"1".as_slice())];
    let answer = form(&owner).by(&token).send(&world).await;
    answer.problem(422, "unknown_field").field("owner_id");
    let large = vec![0xff; 8 * 1024 * 1024 + 1];
    upload(&world, &token, &large).await.problem(413, "too_large");
    let json = post("/media", &json!({ "file": "x" })).by(&token).send(&world).await;
    json.problem(415, "unsupported_media_type");
    form(&[]).send(&world).await.problem(401, "no_token");
    let narrow = world.token(world.person("eve").await, "media:read").await;
    upload(&world, &narrow, &pixel()).await.problem(403, "missing_scope");
    assert_eq!(world.rows().await.count("media"), 0);
    assert!(!world.dir().join("media").exists(), "nothing is stored of what is refused");
}

async fn nobody_sees_or_changes_pictures_of_others(world: World) {
    let (ada, eve) = (world.person("ada").await, world.person("eve").await);
    let picture = world.picture(ada, "A pixel").await;
    let token = world.token(eve, "read write").await;
    let one = format!("/media/{picture}");
    get(&one).by(&token).send(&world).await.problem(404, "not_found");
    patch(&one, &json!({ "alt": "Mine" })).by(&token).send(&world).await.problem(404, "not_found");
    delete(&one).by(&token).send(&world).await.problem(404, "not_found");
    let role = json!({ "alt": "A", "owner_id": eve.to_string() });
    let mine = world.token(ada, "read write").await;
    patch(&one, &role).by(&mine).send(&world).await.problem(422, "unknown_field");
    assert_eq!(get(&one).by(&mine).send(&world).await.is(200).json["alt"], "A pixel", "API-14");
}

async fn whoever_is_posted_for_has_agreed(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let base = json!({ "purpose": "need", "kind": "goods", "title": "Chairs" });
    let with = |more: Value| {
        let mut form = base.clone();
        form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        post("/collectives/garden/listings", &form).by(&token)
    };
    for more in [
        json!({ "on_behalf_of": "a family of the valley" }),
        json!({ "on_behalf_of": "a family of the valley", "consent": false }),
    ] {
        let answer = with(more).send(&world).await.problem(422, "invalid").field("consent");
        assert!(answer.text.contains("must be true: ask them"), "PRV-08 {}", answer.text);
    }
    let empty = with(json!({ "on_behalf_of": " ", "consent": true })).send(&world).await;
    empty.problem(422, "invalid").field("on_behalf_of");
    let said = json!({ "on_behalf_of": "a family of the valley", "consent": true });
    let made = with(said).send(&world).await.is(201);
    let path = format!("/listings/{}", made.id());
    let seen = get(&path).send(&world).await.is(200);
    assert_eq!(seen.json["on_behalf_of"], "a family of the valley");
    assert!(!seen.text.contains("consent"), "PRV-08: the words alone are public");
    let title = json!({ "title": "Stools" });
    let kept = patch(&path, &title).by(&token).send(&world).await.is(200);
    assert_eq!(kept.json["on_behalf_of"], "a family of the valley");
    let others = json!({ "on_behalf_of": "somebody else" });
    patch(&path, &others).by(&token).send(&world).await.problem(422, "invalid").field("consent");
    let kept = get(&path).send(&world).await.is(200);
    assert_eq!(kept.json["on_behalf_of"], "a family of the valley", "PRV-08");
    let nobody = json!({ "on_behalf_of": null });
    let gone = patch(&path, &nobody).by(&token).send(&world).await.is(200);
    assert_eq!(gone.json["on_behalf_of"], Value::Null);
}
