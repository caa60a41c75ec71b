//! Requests that are signed as RFC 9421 says, alone or beside an older signature.

use testkit::World;

use crate::{
    letter::Letter,
    peer::Somebody,
    scene::Scene,
    words::{create, follow, note},
};

const COVERED: &str = "\"@method\" \"@target-uri\" \"content-digest\"";

testkit::both_engines!(
    who_signs_in_the_newer_way_alone_is_heard,
    a_newer_signature_that_leaves_out_what_matters_is_refused,
    a_newer_signature_counts_for_one_body_one_path_and_one_server,
    a_newer_signature_counts_for_half_a_day_and_an_hour,
    a_newer_signature_counts_for_the_owner_of_its_key_alone,
    of_two_kinds_of_signatures_both_must_hold,
    newer_signatures_that_cannot_be_read_are_refused,
);

/// A letter of Bob that would be taken.
fn good(scene: &Scene, name: &str) -> Letter {
    newer(scene, &scene.bob, name)
}

fn newer(scene: &Scene, by: &Somebody, name: &str) -> Letter {
    Letter::newer(by, &follow(by, name, &scene.group()), scene.world.now())
}

fn twice(scene: &Scene, name: &str) -> Letter {
    let asked = follow(&scene.bob, name, &scene.group());
    Letter::twice(&scene.bob, &asked, scene.world.now())
}

fn parameters(scene: &Scene) -> String {
    format!("created={};keyid=\"{}\"", scene.world.now().seconds(), scene.bob.key_id)
}

async fn who_signs_in_the_newer_way_alone_is_heard(world: World) {
    let scene = Scene::new(world).await;
    scene.send(good(&scene, "1")).await.is(202);
    assert_eq!(scene.b.asked(), ["/u/bob"], "the key is found as ever");
    scene.settle().await;
    assert_eq!(scene.outcomes().await[0].outcome.as_deref(), Some("done"));
    let letter = good(&scene, "2").covering(&scene.bob.pair, COVERED, &parameters(&scene));
    scene.send(letter).await.is(202);
    scene.send(twice(&scene, "3")).await.is(202);
    assert!(scene.b.questions().is_empty());
}

async fn a_newer_signature_that_leaves_out_what_matters_is_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    for (id, covered) in [
        ("SIG-22: only the method", "\"@method\""),
        ("SIG-22: no content-digest", "\"@method\" \"@target-uri\""),
        ("SIG-09: no method", "\"@target-uri\" \"content-digest\""),
        ("SIG-10: no target", "\"@method\" \"content-digest\""),
    ] {
        let letter = good(&scene, "1").covering(&scene.bob.pair, covered, &parameters(&scene));
        scene.refused(letter, 401, id).await;
    }
    let undated = format!("keyid=\"{}\"", scene.bob.key_id);
    let undated = good(&scene, "1").covering(&scene.bob.pair, COVERED, &undated);
    scene.refused(undated, 401, "SIG-05: no created").await;
    let bare = good(&scene, "1").without("content-digest");
    scene.refused(bare, 401, "SIG-22: POST without content-digest").await;
}

async fn a_newer_signature_counts_for_one_body_one_path_and_one_server(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let other = create(&scene.bob, &note(&scene.bob, "1", &scene.group(), "hi")).to_string();
    let swapped = good(&scene, "1").body(other.as_bytes());
    scene.refused(swapped.clone(), 401, "SIG-02: the digest is of another body").await;
    let real = openssl::sha::sha256(other.as_bytes());
    let real = format!("sha-256=:{}:", openssl::base64::encode_block(&real));
    let digested = swapped.header("content-digest", &real);
    scene.refused(digested, 401, "SIG-02: the digest is not the signed one").await;

    let elsewhere = Letter { path: "/u/ada/inbox".to_owned(), ..good(&scene, "1") };
    scene.refused(elsewhere, 401, "SIG-09").await;
    let host = good(&scene, "1").header("host", "other.example");
    scene.refused(host, 421, "SIG-10").await;
    let key = federation::signature::SigningKey::from_pem(
        scene.bob.key_id.parse().unwrap(),
        &scene.bob.pair.private_pem,
    );
    let mut replayed = good(&scene, "1");
    let headers = federation::signature::sign_rfc9421(
        &key.unwrap(),
        "POST",
        &"https://other.example/inbox".parse().unwrap(),
        crate::letter::system(scene.world.now()),
        None,
        Some(&replayed.body),
    );
    for (name, value) in headers.unwrap() {
        replayed = replayed.header(name, &value);
    }
    scene.refused(replayed, 401, "SIG-22: @target-uri of another host").await;
}

async fn a_newer_signature_counts_for_half_a_day_and_an_hour(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let now = scene.world.now().seconds();
    let asked = |name: &str, created: i64, expires: &str| {
        let key_id = &scene.bob.key_id;
        let parameters = format!("created={created};keyid=\"{key_id}\"{expires}");
        good(&scene, name).covering(&scene.bob.pair, COVERED, &parameters)
    };
    let month = format!(";expires={}", now + 30 * 86_400);
    for (id, created, expires) in [
        ("SIG-06", now - 13 * 3_600, String::new()),
        ("SIG-07", now + 2 * 3_600, String::new()),
        ("SIG-08", now - 60, format!(";expires={}", now - 30)),
        ("SIG-08", now - 14 * 3_600, month.clone()),
    ] {
        scene.refused(asked("1", created, &expires), 401, id).await;
    }
    scene.send(asked("1", now - 12 * 3_600, &month)).await.is(202);
    scene.send(asked("2", now + 1_800, "")).await.is(202);
}

async fn a_newer_signature_counts_for_the_owner_of_its_key_alone(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let (bob, mallory) = (&scene.bob, &scene.mallory);
    let letter = newer(&scene, mallory, "1").covering(&mallory.pair, COVERED, &parameters(&scene));
    scene.refused(letter, 401, "SIG-11: Bob's key id, Mallory's key and name").await;
    let asked = follow(bob, "1", &scene.group());
    let letter = Letter::newer(mallory, &asked, scene.world.now());
    scene.refused(letter, 401, "SIG-12: Mallory's key, Bob's name").await;
    let letter = good(&scene, "1").covering(&mallory.pair, COVERED, &parameters(&scene));
    scene.refused(letter, 401, "SIG-12: Bob's key id and name, Mallory's key").await;
}

async fn of_two_kinds_of_signatures_both_must_hold(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let (now, asked) = (scene.world.now(), follow(&scene.bob, "1", &scene.group()));
    let good = twice(&scene, "1");
    let older = good.value("authorization").replace("signature=\"", "signature=\"AAAA");
    let older = good.clone().header("authorization", &older);
    scene.refused(older, 401, "SIG-23: the older one is bad").await;
    let newer = good.value("signature").replace("sig1=:", "sig1=:AAAA");
    let newer = good.clone().header("signature", &newer);
    scene.refused(newer, 401, "SIG-23: the newer one is bad").await;
    let little = good.clone().covering(&scene.bob.pair, "\"@method\"", &parameters(&scene));
    scene.refused(little, 401, "SIG-23: the newer one covers too little").await;
    scene.refused(good.clone().without("signature"), 401, "SIG-23: half of the newer one").await;

    // Each is good, and they are not of the same actor.
    let hers = Letter::twice(&scene.mallory, &asked, now);
    let older = good.clone().header("authorization", hers.value("authorization"));
    scene.refused(older, 401, "SIG-23: the older one is Mallory's").await;
    let newer = good.clone().header("signature-input", hers.value("signature-input"));
    let newer = newer.header("signature", hers.value("signature"));
    scene.refused(newer, 401, "SIG-23: the newer one is Mallory's").await;

    let (input, text) = (good.value("signature-input"), good.value("signature"));
    let both = format!("{input}, {}", input.replace("sig1", "sig2"));
    let labels = good.clone().header("signature-input", &both);
    let both = format!("{text}, {}", text.replace("sig1", "sig2"));
    scene.refused(labels.header("signature", &both), 401, "SIG-16: two labels").await;
    scene.send(good).await.is(202);
}

async fn newer_signatures_that_cannot_be_read_are_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    for odd in ["sha-256=AAAA", "sha-256=:AAAA", "sha-256", ",", "sha-256=:AAAA:"] {
        let letter = good(&scene, "1").header("content-digest", odd);
        let letter = letter.covering(&scene.bob.pair, COVERED, &parameters(&scene));
        scene.refused(letter, 400, "SIG-22: a malformed Content-Digest").await;
    }
    let input = good(&scene, "1").value("signature-input").to_owned();
    let many: Vec<String> = (0..10_000).map(|number| format!("\"x{number}\"")).collect();
    for odd in [
        input.replace("keyid=\"", "keyid="),
        input.replace("(\"", &format!("({} \"", many.join(" "))),
        input.replace("keyid=\"http", "keyid=\"ftp"),
        input.replace("\"@method\"", "\"@method\";req"),
        format!("{input};nonce=\"{}\"", "a".repeat(65_536)),
        format!("{input};tag=\"\u{e4}\""),
        format!("{input}, {input}"),
        "sig1".to_owned(),
        String::new(),
    ] {
        let letter = good(&scene, "1").header("signature-input", &odd);
        let answer = scene.unchanged(async || scene.send(letter).await).await;
        assert!([400, 401].contains(&answer.status.as_u16()), "SIG-21: {}", answer.text);
    }
}
