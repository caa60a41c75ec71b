//! Signatures that do not hold, and those that do.

use openssl::base64;
use testkit::World;

use crate::{
    letter::Letter,
    scene::Scene,
    words::{create, follow, note},
};

const USUAL: &str = "(request-target) host date digest";

testkit::both_engines!(
    an_unsigned_activity_is_refused,
    a_body_other_than_the_signed_one_is_refused,
    a_signature_that_leaves_out_what_matters_is_refused,
    a_signature_counts_for_half_a_day_and_an_hour,
    a_signature_counts_for_one_path_and_one_server,
    a_key_counts_for_its_owner_alone,
    of_two_signatures_none_counts,
    digests_are_sha_256_and_one,
    a_public_key_is_no_shared_secret,
    signatures_that_cannot_be_read_are_refused,
    only_http_signatures_count,
    the_forms_of_other_software_are_taken,
);

/// A letter of Bob that would be taken.
fn good(scene: &Scene, name: &str) -> Letter {
    scene.letter(&scene.bob, &follow(&scene.bob, name, &scene.group()))
}

fn key(scene: &Scene) -> String {
    format!("keyId=\"{}\",algorithm=\"rsa-sha256\"", scene.bob.key_id)
}

async fn an_unsigned_activity_is_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    scene.refused(good(&scene, "1").without("signature"), 401, "SIG-01").await;
    scene.send(good(&scene, "1")).await.is(202);
}

async fn a_body_other_than_the_signed_one_is_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let other = create(&scene.bob, &note(&scene.bob, "1", &scene.group(), "hi")).to_string();
    let swapped = good(&scene, "1").body(other.as_bytes());
    scene.refused(swapped.clone(), 401, "SIG-02: the digest is of another body").await;
    scene.refused(swapped.digested(), 401, "SIG-02: the digest is not the signed one").await;
}

async fn a_signature_that_leaves_out_what_matters_is_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    for (id, names) in [
        ("SIG-03", "(request-target) host date"),
        ("SIG-04", "date"),
        ("SIG-05", "(request-target) host digest"),
        ("SIG-09", "host date digest"),
        ("SIG-10", "(request-target) date digest"),
    ] {
        let letter = good(&scene, "1").signed(&scene.bob.pair, &key(&scene), names);
        scene.refused(letter, 401, id).await;
    }
}

async fn a_signature_counts_for_half_a_day_and_an_hour(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let now = scene.world.now();
    let asked = follow(&scene.bob, "1", &scene.group());
    for (hours, id) in [(-13, "SIG-06"), (-26, "SIG-06"), (2, "SIG-07"), (26, "SIG-07")] {
        let letter = Letter::new(&scene.bob, &asked, now.plus_seconds(hours * 3_600));
        scene.refused(letter, 401, id).await;
    }
    let seconds = now.seconds();
    let hs = format!("keyId=\"{}\",algorithm=\"hs2019\"", scene.bob.key_id);
    for (id, created, expires) in [
        ("SIG-07", seconds + 7_200, seconds + 9_000),
        ("SIG-08", seconds - 60, seconds - 30),
        ("SIG-08", seconds - 14 * 3_600, seconds + 30 * 86_400),
    ] {
        let parameters = format!("{hs},created={created},expires={expires}");
        let names = "(request-target) host (created) (expires) digest";
        let letter = good(&scene, "1").signed(&scene.bob.pair, &parameters, names);
        scene.refused(letter, 401, id).await;
    }
    for hours in [-12, 0] {
        let sent = now.plus_seconds(hours * 3_600 + 1_800);
        let asked = follow(&scene.bob, &format!("at{hours}"), &scene.group());
        scene.send(Letter::new(&scene.bob, &asked, sent)).await.is(202);
    }
}

async fn a_signature_counts_for_one_path_and_one_server(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let elsewhere = Letter { path: "/u/ada/inbox".to_owned(), ..good(&scene, "1") };
    scene.refused(elsewhere, 401, "SIG-09").await;
    let host = good(&scene, "1").header("host", "other.example");
    let replayed = host.signed(&scene.bob.pair, &key(&scene), USUAL);
    scene.refused(replayed.clone(), 421, "SIG-10").await;
    scene.refused(replayed.header("host", "a.example"), 401, "SIG-10").await;
    scene.refused(good(&scene, "1").without("host"), 421, "SIG-10: no host at all").await;
    for twice in ["host", "date", "digest"] {
        let value = good(&scene, "1").value(twice).to_owned();
        let letter = good(&scene, "1").also(twice, &value);
        let answer = scene.unchanged(async || scene.send(letter).await).await;
        assert!([400, 401].contains(&answer.status.as_u16()), "SIG-18 {twice}: {}", answer.text);
    }
}

async fn a_key_counts_for_its_owner_alone(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let (bob, mallory) = (&scene.bob, &scene.mallory);
    let asked = follow(mallory, "1", &scene.group());
    let letter = scene.letter(mallory, &asked).signed(&mallory.pair, &key(&scene), USUAL);
    scene.refused(letter, 401, "SIG-11: Bob's key id, Mallory's key and name").await;
    let asked = follow(bob, "1", &scene.group());
    scene.refused(scene.letter(mallory, &asked), 401, "SIG-12: Mallory's key, Bob's name").await;
    let letter = scene.letter(bob, &asked).signed(&mallory.pair, &key(&scene), USUAL);
    scene.refused(letter, 401, "SIG-12: Bob's key id and name, Mallory's key").await;
}

async fn of_two_signatures_none_counts(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let signature = good(&scene, "1").value("signature").to_owned();
    let bad = signature.replace("signature=\"", "signature=\"AAAA");
    scene.refused(good(&scene, "1").also("signature", &bad), 401, "SIG-16").await;
    let beside = good(&scene, "1").also("authorization", &format!("Signature {bad}"));
    scene.refused(beside, 401, "SIG-23").await;
    let input = "sig1=(\"@method\" \"@target-uri\");created=1;keyid=\"x\"";
    let both = good(&scene, "1").also("signature-input", input);
    scene.refused(both, 401, "SIG-23: two kinds").await;
}

async fn digests_are_sha_256_and_one(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let digest = good(&scene, "1").value("digest").to_owned();
    let wrong = format!("SHA-256={}", base64::encode_block(&[0; 32]));
    for (id, value) in [
        ("SIG-16", format!("{digest},{wrong}")),
        ("SIG-16", format!("{wrong},{digest}")),
        ("SIG-17", "SHA=2jmj7l5rSw0yVb/vlWAYkK/YBwk=".to_owned()),
        ("SIG-17", "MD5=1B2M2Y8AsgTpgAmY7PhCfg==".to_owned()),
    ] {
        let letter = good(&scene, "1").header("digest", &value);
        scene.refused(letter.signed(&scene.bob.pair, &key(&scene), USUAL), 401, id).await;
    }
    let lower = good(&scene, "1").header("digest", &digest.replace("SHA-256", "sha-256"));
    let lower = lower.signed(&scene.bob.pair, &key(&scene), USUAL);
    scene.send(lower).await.is(202);
}

async fn a_public_key_is_no_shared_secret(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    for algorithm in ["hmac-sha256", "none", "ed25519", "rsa-sha1"] {
        let parameters = format!("keyId=\"{}\",algorithm=\"{algorithm}\"", scene.bob.key_id);
        let letter = good(&scene, "1").signed(&scene.bob.pair, &parameters, USUAL);
        scene.refused(letter, 401, "SIG-20").await;
    }
}

async fn signatures_that_cannot_be_read_are_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let signature = good(&scene, "1").value("signature").to_owned();
    let many: Vec<String> = (0..10_000).map(|number| format!("x{number}")).collect();
    for odd in [
        signature.replace("\",algorithm", ",algorithm"),
        format!("{signature},pad=\"{}\"", "a".repeat(65_536)),
        signature.replace("headers=\"", &format!("headers=\"{} ", many.join(" "))),
        signature.replace("keyId=\"http", "keyId=\"ftp"),
        format!("{signature},{signature}"),
        "keyId".to_owned(),
        String::new(),
    ] {
        let letter = good(&scene, "1").header("signature", &odd);
        let answer = scene.unchanged(async || scene.send(letter).await).await;
        assert!([400, 401].contains(&answer.status.as_u16()), "SIG-21: {}", answer.text);
    }
}

async fn only_http_signatures_count(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let mut asked = follow(&scene.bob, "1", &scene.group());
    asked["signature"] = serde_json::json!({
        "type": "RsaSignature2017",
        "creator": scene.bob.key_id,
        "created": "2026-03-01T10:00:00Z",
        "signatureValue": "AAAA",
    });
    scene.refused(scene.letter(&scene.mallory, &asked), 401, "SIG-26").await;
    asked["proof"] = serde_json::json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "verificationMethod": scene.mallory.key_id,
        "proofValue": "z1",
    });
    let unsigned = scene.letter(&scene.bob, &asked).without("signature");
    scene.refused(unsigned, 401, "SIG-27").await;
}

async fn the_forms_of_other_software_are_taken(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let id = &scene.bob.key_id;
    let created = scene.world.now().seconds();
    for (number, (parameters, names)) in [
        (format!("keyId=\"{id}\",algorithm=\"hs2019\""), USUAL),
        (format!("keyId=\"{id}\""), USUAL),
        (key(&scene), "host date digest content-type (request-target)"),
        (
            format!("keyId=\"{id}\",algorithm=\"hs2019\",created={created}"),
            "(request-target) (created) host digest",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let letter = good(&scene, &number.to_string());
        scene.send(letter.signed(&scene.bob.pair, &parameters, names)).await.is(202);
    }
    let letter = good(&scene, "authorization");
    let signature = format!("Signature {}", letter.value("signature"));
    scene.send(letter.without("signature").header("authorization", &signature)).await.is(202);
}
