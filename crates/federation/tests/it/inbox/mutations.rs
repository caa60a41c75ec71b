//! What other software really sends, with each part of it taken away or made something else.

use std::{fs, path::Path};

use domain::{Origin, people::ActorKind};
use serde_json::{Value, json};
use testkit::World;

use crate::{letter::Letter, peer::Somebody, scene::Scene};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures");
const LISTING: &str = "https://tequio.example/listings/0190a3c2-0000-7000-8000-000000000001";

testkit::both_engines!(
    every_captured_activity_ends_well,
    no_mutation_of_what_others_send_breaks_anything,
);

/// The captured activities, addressed to this server.
fn captured(listing: &str) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let mut folders: Vec<_> =
        fs::read_dir(Path::new(FIXTURES)).unwrap().map(|it| it.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let mut files: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let text = text.replace(LISTING, listing).replace("tequio.example", "a.example");
            let value: Value = serde_json::from_str(&text).unwrap();
            if value["actor"].is_string() {
                found.push((file.display().to_string(), value));
            }
        }
    }
    // Whoever deletes themselves says nothing afterwards.
    found.sort_by_key(|(file, _)| file.ends_with("delete_actor.json"));
    found
}

/// Whoever sent it, known here already.
async fn sender(scene: &Scene, id: &str) -> Somebody {
    let kind = if id.contains("/c/") { ActorKind::Group } else { ActorKind::Person };
    let url: url::Url = id.parse().unwrap();
    let handle = id.rsplit('/').next().unwrap();
    let host = url.host_str().unwrap();
    let mut new = scene.world.new_remote(kind, &format!("{handle}@{host}"));
    let pair = scene.world.remote_keys(id);
    let key_id = format!("{id}#main-key");
    new.ap_id = id.to_owned();
    new.inbox = format!("{id}/inbox");
    new.keys = vec![(key_id.clone(), pair.public_pem.clone())];
    let ap_id = id.to_owned();
    if scene.world.read(move |conn| db::actors::find_by_ap_id(conn, &ap_id)).await.is_none() {
        scene.world.done(Origin::server(), new).await;
    }
    Somebody { id: id.to_owned(), key_id, pair, peer: scene.b.clone() }
}

async fn listing(scene: &Scene) -> String {
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.world.listing(need).await.ap_id
}

async fn every_captured_activity_ends_well(world: World) {
    let scene = Scene::new(world).await;
    let need = listing(&scene).await;
    let mut ends = Vec::new();
    for (file, activity) in captured(&need) {
        let by = sender(&scene, activity["actor"].as_str().unwrap()).await;
        scene.send(scene.letter(&by, &activity)).await.is(202);
        scene.receive().await;
        let last = scene.outcomes().await.into_iter().next().unwrap();
        let name = file.rsplit("fixtures/").next().unwrap().to_owned();
        let reason = last.reason.unwrap_or_default();
        ends.push(format!("{name}: {} {reason}", last.outcome.unwrap_or_default()));
    }
    insta::assert_snapshot!("captured_activities", ends.join("\n"));
}

/// Each change of an object: a field gone, or a field that is something else.
fn mutations(value: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    let Some(map) = value.as_object() else { return found };
    let others =
        [json!(null), json!(7), json!([]), json!({}), json!("x"), json!([[null]]), json!(true)];
    for (number, (key, inner)) in map.iter().enumerate() {
        let mut less = map.clone();
        less.remove(key);
        found.push(Value::Object(less));
        for other in [number, number + 3].map(|it| &others[it % others.len()]) {
            let mut odd = map.clone();
            odd.insert(key.clone(), other.clone());
            found.push(Value::Object(odd));
        }
        for inner in mutations(inner) {
            let mut odd = map.clone();
            odd.insert(key.clone(), inner);
            found.push(Value::Object(odd));
        }
    }
    found
}

async fn no_mutation_of_what_others_send_breaks_anything(world: World) {
    let scene = Scene::new(world).await;
    let need = listing(&scene).await;
    let mut number = 0;
    // Nobody here follows that Group, so one announce stands for all that it passes on.
    let kinds = captured(&need).into_iter().filter(|(file, _)| !file.contains("announce_"));
    for (file, activity) in kinds {
        let by = sender(&scene, activity["actor"].as_str().unwrap()).await;
        for (step, mut odd) in mutations(&activity).into_iter().enumerate() {
            if (step + number) % 4 != 0 {
                continue;
            }
            number += 1;
            if odd["id"] == activity["id"] {
                odd["id"] = json!(format!("{}/mutations/{number}", by.id));
            }
            let body = odd.to_string();
            let letter = Letter::to(&by, "/inbox", body.as_bytes(), scene.world.now());
            let status = scene.send(letter).await.status.as_u16();
            assert!([202, 400, 401, 403].contains(&status), "PAR-20: {file}: {status}: {body}");
        }
    }
    assert!(400 <= number, "only {number} were tried");
    scene.receive().await;
    let outcomes = scene.outcomes().await;
    assert!(300 <= outcomes.len(), "only {} were taken", outcomes.len());
    for row in outcomes {
        let reason = row.reason.unwrap_or_default();
        let ours = ["db:", "op:", "broken:"].iter().any(|code| reason.starts_with(code));
        assert!(row.outcome.is_some() || reason.starts_with("fetch"), "{}: {reason}", row.ap_id);
        assert!(!ours, "PAR-20: {}: {reason}", row.ap_id);
    }
}
