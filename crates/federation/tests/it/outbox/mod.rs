//! What is said of our own things, to each server in its dialect.

mod fits;
mod gone;
mod listings;
mod replies;
mod threads;
mod verdicts;

use serde_json::Value;
use testkit::World;

use crate::{
    arrival::Arrival,
    peer::{Peer, Somebody},
    scene::Scene,
    words::follow,
};

/// The garden is followed by Bob, who reads a microblog, and by Carla of a Lemmy.
struct Street {
    scene: Scene,
    lemmy: Peer,
    carla: Somebody,
}

impl Street {
    async fn new(world: World) -> Self {
        let scene = Scene::new(world).await;
        let lemmy = scene.lemmy("lemmy.example").await;
        let carla = lemmy.person("carla", 5);
        for somebody in [&scene.bob, &carla] {
            scene.deliver(somebody, &follow(somebody, "1", &scene.group())).await;
        }
        scene.b.arrived();
        lemmy.arrived();
        Self { scene, lemmy, carla }
    }

    /// What arrived at the microblog and at the Lemmy since it was last asked, a minute later.
    async fn arrived(&self) -> (Vec<Arrival>, Vec<Arrival>) {
        self.scene.world.clock.advance(60);
        self.scene.settle().await;
        (self.scene.b.arrived(), self.lemmy.arrived())
    }
}

/// The kinds of an activity and of all that is in it: `Announce Create Page`.
fn kinds(arrival: &Arrival) -> String {
    let mut kinds = Vec::new();
    let mut value = &arrival.json();
    while let Some(kind) = value["type"].as_str() {
        kinds.push(kind.to_owned());
        value = &value["object"];
    }
    kinds.join(" ")
}

fn all_kinds(arrivals: &[Arrival]) -> Vec<String> {
    arrivals.iter().map(kinds).collect()
}

/// Its own id, that of what it announces, and that of the object.
fn ids(activity: &Value) -> [String; 3] {
    let id = |path: &str| activity.pointer(path).and_then(Value::as_str).unwrap_or("-").to_owned();
    [id("/id"), id("/object/id"), id("/object/object/id")]
}
