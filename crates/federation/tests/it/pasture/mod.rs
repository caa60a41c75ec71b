//! The 262 inputs of fediverse-pasture-inputs 0.3.0, delivered as that package delivers them: each a `Create`
//! of a note that differs from the plainest one in what the input says.

use std::collections::{HashMap, HashSet};

use ops::follows::AskFollow;
use serde_json::{Map, Value, json};
use testkit::World;

use crate::{
    peer::Somebody,
    scene::Scene,
    words::{PUBLIC, with},
};

testkit::both_engines!(every_input_of_the_pasture_ends_as_it_did);

const INPUTS: &str = include_str!("inputs.json");

/// The inputs by name, spoken by somebody of `b.example`.
fn inputs(by: &Somebody) -> Vec<(String, Map<String, Value>)> {
    let text = INPUTS.replace("http://pasture-one-actor/actor", &by.id);
    let text = text.replace("http://pasture-one-actor", &by.peer.base);
    let tables: Map<String, Value> = serde_json::from_str(&text).unwrap();
    let mut found = Vec::new();
    for (table, examples) in tables {
        for (number, example) in examples.as_array().unwrap().iter().enumerate() {
            found.push((format!("{table}/{number}"), example.as_object().unwrap().clone()));
        }
    }
    found
}

/// The activity that the package would send to `reader`.
fn activity(by: &Somebody, reader: &str, name: &str, example: &Map<String, Value>) -> Value {
    let mut note = json!({
        "type": "Note",
        "attributedTo": by.id,
        "to": [PUBLIC],
        "id": format!("{}/object/{name}", by.id),
        "published": "2026-03-01T09:00:00Z",
    });
    note.as_object_mut().unwrap().extend(example.clone());
    note["to"].as_array_mut().unwrap().push(json!(reader));
    let usual = json!([
        "https://www.w3.org/ns/activitystreams",
        { "Hashtag": "as:Hashtag", "sensitive": "as:sensitive" },
    ]);
    let create = json!({
        "@context": note.get("@context").cloned().unwrap_or(usual),
        "type": "Create",
        "actor": by.id,
        "to": note["to"],
        "id": format!("{}/activity/{name}", by.id),
        "published": "2026-03-01T09:00:00Z",
    });
    with(create, "object", note)
}

async fn every_input_of_the_pasture_ends_as_it_did(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let bob = &scene.bob;
    // Somebody here follows Bob: all that he says is for her.
    let followed = scene.meet(bob).await;
    scene.world.done(scene.world.local(scene.ada), AskFollow { followed }).await;
    scene.settle().await;
    let inputs = inputs(bob);
    assert_eq!(inputs.len(), 262, "PAR-20");
    // All of them on SQLite, every fourth on PostgreSQL, where each takes several times as long.
    let is_postgres = scene.world.address().starts_with("postgres");
    let step = if is_postgres { 4 } else { 1 };
    let inputs: Vec<_> = inputs.into_iter().step_by(step).collect();
    let mut refused = HashMap::new();
    for (name, example) in &inputs {
        let activity = activity(bob, &scene.group(), name, example);
        let answer = scene.send(scene.letter(bob, &activity)).await;
        if answer.status != 202 {
            assert_eq!(answer.status, 400, "PAR-20: {name}: {}", answer.text);
            refused.insert(name, format!("{name}: 400 {}", answer.text));
        }
    }
    scene.settle().await;
    let ends: HashMap<String, _> =
        scene.outcomes().await.into_iter().map(|row| (row.ap_id.clone(), row)).collect();
    let mut golden = Vec::new();
    for (name, _) in &inputs {
        if let Some(refused) = refused.remove(name) {
            golden.push(refused);
            continue;
        }
        let end = &ends[&format!("{}/activity/{name}", bob.id)];
        let reason = end.reason.as_deref().unwrap_or_default();
        for ours in ["db:", "op:", "broken:"] {
            assert!(!reason.starts_with(ours), "PAR-20: {name}: {reason}");
        }
        let outcome = end.outcome.as_deref().unwrap();
        let kept = kept(&scene, &format!("{}/object/{name}", bob.id)).await;
        golden.push(format!("{name}: {outcome} {reason}{kept}"));
    }
    if is_postgres {
        // Both engines are held against one golden text.
        let snapshot = include_str!("snapshots/it__pasture__inputs.snap");
        let said: HashSet<_> = snapshot.lines().map(str::trim_end).collect();
        for line in &golden {
            assert!(said.contains(line.trim_end()), "PAR-20: {line}");
        }
        return;
    }
    insta::assert_snapshot!("inputs", golden.join("\n"));
}

/// Who may see what was stored, and how its text begins.
async fn kept(scene: &Scene, id: &str) -> String {
    let id = id.to_owned();
    let row = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await;
    row.map_or_else(String::new, |row| {
        let start: String = row.html.chars().take(80).collect();
        format!("{:?} {}", row.visibility, start.replace('\n', "\\n"))
    })
}
