//! Somebody sets the clock of the machine while the server runs.
//!
//! libfaketime stands before the clock: it shows what a file says, and leaves alone what only counts seconds.

use std::{fs, path::Path};

use serde_json::{Value, json};
use testkit::{Database, Engine};

use crate::support::{Lemmy, Person, Program, both_engines};

both_engines! {
    a_clock_that_is_set_back_makes_no_id_twice_and_keeps_their_order,
    after_a_sleep_of_half_a_day_everything_goes_on,
}

const LIBRARY: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

/// A program whose clock can be set.
struct Clocked(Program);

impl Clocked {
    fn new(database: &Database) -> Self {
        assert!(Path::new(LIBRARY).exists(), "{LIBRARY} is missing: install the package faketime");
        let mut program = Program::new(database.address());
        let file = program.folder.path().join("clock");
        fs::write(&file, "+0").unwrap();
        program.set("LD_PRELOAD", LIBRARY);
        program.set("FAKETIME_TIMESTAMP_FILE", file);
        program.set("FAKETIME_NO_CACHE", "1");
        program.set("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        Self(program)
    }

    /// Sets it so far from what it is.
    fn set(&self, offset: &str) {
        fs::write(self.0.folder.path().join("clock"), offset).unwrap();
    }
}

/// Carla of Lemmy follows the garden.
async fn follow(lemmy: &Lemmy, base: &str) {
    let follow = json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{}/activities/follow/1", lemmy.base),
        "type": "Follow",
        "actor": lemmy.carla(),
        "object": format!("{base}/c/garden"),
    });
    assert_eq!(lemmy.send(base, &follow).await, 202);
    lemmy.gets("the Accept", |it| it["type"] == "Accept").await;
}

/// Posts a need, and waits until Carla's server has it.
async fn reaches(nuria: &Person, lemmy: &Lemmy, title: &str) -> Value {
    let need = nuria.need("garden", title).await;
    let uri = need["uri"].as_str().unwrap().to_owned();
    lemmy.gets(title, |it| it.to_string().contains(&uri)).await;
    need
}

async fn a_clock_that_is_set_back_makes_no_id_twice_and_keeps_their_order(engine: Engine) {
    let database = Database::empty(engine);
    let program = Clocked::new(&database);
    let nuria = program.0.person("nuria");
    let server = program.0.serve().await;
    nuria.found("garden").await;
    let lemmy = Lemmy::start();
    follow(&lemmy, &server.base).await;
    let mut needs = Vec::new();
    for (number, offset) in ["+0", "-10m", "-10m", "+10m", "+0"].into_iter().enumerate() {
        program.set(offset);
        needs.push(reaches(&nuria, &lemmy, &format!("Need {number}")).await);
    }
    let published = |it: &Value| it["published_at"].as_str().unwrap().to_owned();
    assert!(published(&needs[1]) < published(&needs[0]), "CLK-02: the clock was set back");
    let ids: Vec<&str> = needs.iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted_by(|one, next| one < next), "CLK-02: {ids:?}");
    let listed = nuria.get("collectives/garden/listings").await;
    let mut listed: Vec<&str> =
        listed["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    listed.sort_unstable();
    assert_eq!(listed, ids, "CLK-02: each is there once");
}

async fn after_a_sleep_of_half_a_day_everything_goes_on(engine: Engine) {
    let database = Database::empty(engine);
    let program = Clocked::new(&database);
    let nuria = program.0.person("nuria");
    let server = program.0.serve().await;
    nuria.found("garden").await;
    let lemmy = Lemmy::start();
    follow(&lemmy, &server.base).await;
    reaches(&nuria, &lemmy, "Before").await;
    program.set("+12h");
    reaches(&nuria, &lemmy, "After").await;
    let (_, health) = crate::support::fetch(&format!("{}/health", server.base)).await;
    assert_eq!(health["status"], "ok", "CLK-06");
    assert!(!server.log().contains(" ERROR "), "CLK-06: {}", server.log());
}
