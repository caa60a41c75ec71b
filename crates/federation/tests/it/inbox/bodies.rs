//! Bodies that are too large, too deep, or not what they should be.

use serde_json::{Value, json};
use testkit::World;

use crate::{
    letter::Letter,
    scene::Scene,
    words::{create, follow, note, with},
};

testkit::both_engines!(
    a_body_of_more_than_a_mebibyte_is_refused,
    what_is_not_one_json_object_is_refused,
    keys_that_mean_something_else_to_others_are_refused,
    odd_characters_never_reach_the_database,
    numbers_beyond_reason_are_refused,
    long_lists_are_cut,
    a_kind_is_one_word,
    other_media_types_are_refused,
);

fn raw(scene: &Scene, body: &[u8]) -> Letter {
    Letter::to(&scene.bob, "/inbox", body, scene.world.now())
}

/// A reply of Bob with one property more, as bytes.
fn reply(scene: &Scene, name: &str, key: &str, value: impl Into<Value>) -> Vec<u8> {
    let note = with(note(&scene.bob, name, &scene.group(), "hi"), key, value);
    create(&scene.bob, &note).to_string().into_bytes()
}

async fn a_body_of_more_than_a_mebibyte_is_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let mut body = follow(&scene.bob, "1", &scene.group()).to_string().into_bytes();
    body.resize(1024 * 1024, b' ');
    scene.send(raw(&scene, &body).header("content-length", "1048576")).await.is(202);
    body.push(b' ');
    scene.refused(raw(&scene, &body), 413, "PAR-01: one byte more").await;
    scene.refused(raw(&scene, &body).header("content-length", "1048577"), 413, "PAR-01").await;
    let liar = raw(&scene, b"{}").header("content-length", "99999999999");
    scene.refused(liar, 413, "PAR-01: before anything is read").await;
}

async fn what_is_not_one_json_object_is_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let whole = follow(&scene.bob, "1", &scene.group()).to_string();
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        ("PAR-02", "{\"a\":".repeat(100_000).into_bytes()),
        ("PAR-02", "{\"a\":".repeat(20_000).into_bytes()),
        ("PAR-02", "[".repeat(100_000).into_bytes()),
        ("PAR-02", format!("{}1{}", "{\"a\":".repeat(70), "}".repeat(70)).into_bytes()),
        ("PAR-03", b"\"x\"".to_vec()),
        ("PAR-03", b"[]".to_vec()),
        ("PAR-03", format!("[{whole}]").into_bytes()),
        ("PAR-03", b"null".to_vec()),
        ("PAR-03", b"1".to_vec()),
        ("PAR-03", Vec::new()),
        ("PAR-03", format!("\u{feff}{whole}").into_bytes()),
        ("PAR-03", whole.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("PAR-03", format!("{whole}{{}}").into_bytes()),
        ("PAR-03", format!("{whole},").into_bytes()),
        ("PAR-04", [whole.as_bytes(), b"\xff"].concat()),
        ("PAR-04", whole.replace("Follow", "\\ud800").into_bytes()),
        ("PAR-04", [b"{\"a\":\"\xc0\xaf\"}".as_slice()].concat()),
    ];
    for (id, body) in bodies {
        let start = String::from_utf8_lossy(&body).chars().take(40).collect::<String>();
        scene.refused(raw(&scene, &body), 400, &format!("{id} {start}")).await;
    }
}

async fn keys_that_mean_something_else_to_others_are_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let whole = follow(&scene.bob, "1", &scene.group()).to_string();
    for more in [
        "\"@id\":\"http://b.example/x\"",
        "\"@type\":\"Follow\"",
        "\"@graph\":[]",
        "\"@included\":[]",
        "\"@reverse\":{}",
        "\"@nest\":{}",
    ] {
        let body = whole.replacen('{', &format!("{{{more},"), 1);
        scene.refused(raw(&scene, body.as_bytes()), 400, &format!("ORG-20: {more}")).await;
    }
    let twice = whole.replacen('{', &format!("{{\"actor\":\"{}\",", scene.mallory.id), 1);
    scene.refused(raw(&scene, twice.as_bytes()), 400, "ORG-21: actor twice").await;
    let cased = whole.replace("\"actor\"", "\"Actor\"");
    scene.refused(raw(&scene, cased.as_bytes()), 400, "ORG-21: another case").await;
    let iri = whole.replace("\"actor\"", "\"https://www.w3.org/ns/activitystreams#actor\"");
    scene.refused(raw(&scene, iri.as_bytes()), 400, "ORG-20: the whole name").await;
    let aliased = whole.replace("\"actor\"", "\"who\"").replacen(
        '{',
        "{\"@context\":{\"who\":\"as:actor\"},\"x\":1,",
        1,
    );
    let aliased = aliased.replacen("\"@context\":\"https", "\"y\":\"https", 1);
    scene.refused(raw(&scene, aliased.as_bytes()), 400, "ORG-20: renamed").await;
}

async fn odd_characters_never_reach_the_database(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    for key in ["content", "name", "url", "inReplyTo", "updated", "nothing"] {
        let body = reply(&scene, key, key, "a\u{0}b");
        let answer = scene.send(raw(&scene, &body)).await;
        assert!([202, 400].contains(&answer.status.as_u16()), "PAR-04 {key}");
    }
    let name = "x\u{0}".repeat(3);
    let asked = with(follow(&scene.bob, "1", &scene.group()), "id", format!("http://b/{name}"));
    scene.refused(scene.letter(&scene.bob, &asked), 400, "PAR-04: in an id").await;
    scene.settle().await;
    let outcomes = scene.outcomes().await;
    assert!(outcomes.iter().all(|row| row.outcome.is_some()), "{outcomes:?}");
}

async fn numbers_beyond_reason_are_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let whole = follow(&scene.bob, "1", &scene.group()).to_string();
    for number in ["1e400", "-1e400"] {
        let body = whole.replacen('{', &format!("{{\"n\":{number},"), 1);
        scene.refused(raw(&scene, body.as_bytes()), 400, &format!("PAR-05 {number}")).await;
    }
    let digits = "9".repeat(10_000);
    for number in ["-0", "1e-400", &digits] {
        let body = whole.replacen('{', &format!("{{\"n\":{number},"), 1);
        let status = scene.send(raw(&scene, body.as_bytes())).await.status;
        assert!([202, 400].contains(&status.as_u16()), "PAR-05");
    }
    let keys: Vec<String> = (0..2_000).map(|number| format!("\"k{number}\":1,")).collect();
    let body = whole.replacen('{', &format!("{{{}", keys.concat()), 1);
    scene.refused(raw(&scene, body.as_bytes()), 400, "PAR-06").await;
}

async fn long_lists_are_cut(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let many = |size: usize, value: Value| vec![value; size];
    for (key, value) in [
        ("to", json!(many(10_000, json!("http://c.example/u/x")))),
        ("cc", json!(many(10_000, json!("http://c.example/u/x")))),
        ("tag", json!(many(10_000, json!({ "type": "Hashtag", "name": "#x" })))),
        ("attachment", json!(many(2_000, json!({ "type": "Document", "url": "http://c/x" })))),
        ("content", json!("x".repeat(900_000))),
        ("url", json!(format!("http://b.example/{}", "x".repeat(65_536)))),
        ("summary", json!("x".repeat(900_000))),
    ] {
        let answer = scene.send(raw(&scene, &reply(&scene, key, key, value))).await;
        assert_eq!(answer.status, 202, "PAR-07, PAR-08 {key}");
    }
    let mut person = scene.bob.document("Person", "bob");
    let key = person["publicKey"].clone();
    person["publicKey"] = json!(many(500, key));
    person["name"] = json!("x".repeat(100_000));
    person["attachment"] = json!(many(2_000, json!({ "type": "PropertyValue", "name": "x" })));
    scene.deliver(&scene.bob, &crate::words::act(&scene.bob, "Update", "me", person)).await;
    let bob = scene.meet(&scene.bob).await;
    assert!(scene.world.actor(bob).await.name.chars().count() <= 255, "PAR-08");
    let url = format!("{}/notes/content", scene.bob.id);
    let long = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &url)).await;
    assert!(long.unwrap().html.len() <= 2 * 65_536, "PAR-08");
}

async fn a_kind_is_one_word(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let asked = follow(&scene.bob, "1", &scene.group());
    for odd in [json!(["Follow", "Block"]), json!({}), json!([]), json!(null), json!(7)] {
        let letter = scene.letter(&scene.bob, &with(asked.clone(), "type", odd.clone()));
        scene.refused(letter, 400, &format!("PAR-19 {odd}")).await;
    }
    for (number, kind) in
        [json!(["Note", "Create"]), json!(["Person", "Group"]), json!({}), json!("Frob")]
            .into_iter()
            .enumerate()
    {
        let body = reply(&scene, &format!("k{number}"), "type", kind);
        let answer = scene.send(raw(&scene, &body)).await;
        assert!([202, 400].contains(&answer.status.as_u16()), "PAR-19");
    }
    scene.settle().await;
    let kept = scene.world.read(|conn| {
        let found = |name| db::replies::find_by_ap_id(conn, name);
        ["http://b.example/u/bob/notes/k0", "http://b.example/u/bob/notes/k1"]
            .map(found)
            .into_iter()
            .collect::<db::Result<Vec<_>>>()
    });
    let kept = kept.await;
    assert!(kept[0].is_some() && kept[1].is_none(), "PAR-19: a Note among other words is a Note");
    let strange = crate::words::act(&scene.bob, "Frobnicate", "f", scene.group());
    assert_eq!(scene.outcome(&scene.bob, &strange).await.0, "ignored");
}

async fn other_media_types_are_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let body = follow(&scene.bob, "1", &scene.group()).to_string();
    for odd in ["text/html", "application/json", "application/ld+json", "text/plain", ""] {
        let letter = raw(&scene, body.as_bytes()).header("content-type", odd);
        scene.refused(letter, 415, odd).await;
    }
    scene.refused(raw(&scene, body.as_bytes()).without("content-type"), 415, "none").await;
    for (number, good) in [
        "application/activity+json; charset=utf-8",
        "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
        "APPLICATION/LD+JSON;charset=utf-8;profile=\"https://www.w3.org/ns/activitystreams\"",
    ]
    .into_iter()
    .enumerate()
    {
        let asked = follow(&scene.bob, &number.to_string(), &scene.group());
        let letter = raw(&scene, asked.to_string().as_bytes()).header("content-type", good);
        let parameters = format!("keyId=\"{}\",algorithm=\"rsa-sha256\"", scene.bob.key_id);
        let names = "(request-target) host date digest content-type";
        scene.send(letter.signed(&scene.bob.pair, &parameters, names)).await.is(202);
    }
}
