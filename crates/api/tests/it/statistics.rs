//! Sums, and that nobody is told apart by them.

use serde_json::{Value, json};
use testkit::World;

use crate::client::{get, post};

testkit::both_engines!(sums_count_what_is_public_and_nobody, sums_of_one_collective_are_its_own);

fn counted(json: &Value) -> Vec<String> {
    let rows = json["listings"].as_array().unwrap().iter();
    let word = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    rows.map(|row| {
        let words = ["purpose", "kind", "state"].map(|name| word(row, name)).join(" ");
        format!("{words} {}", row["count"])
    })
    .collect()
}

async fn sums_count_what_is_public_and_nobody(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    world.need(garden, ada, "Tables").await;
    let done = world.offer(garden, ada, "Apples").await;
    let draft = testkit::content(domain::listings::Purpose::Need, "Secret");
    world.draft(garden, ada, draft).await;
    world.remote_collective("mill@b.example").await;
    let token = world.token(ada, "read write").await;
    post(&format!("/listings/{done}/fulfil"), &json!({})).by(&token).send(&world).await.is(200);
    let bea = world.person("bea").await;
    world.answer(need, bea, "Yes").await;
    let offer = json!({ "text": "I have some" });
    let bea = world.token(bea, "read write").await;
    post(&format!("/listings/{need}/agreements"), &offer).by(&bea).send(&world).await.is(201);
    let sums = get("/instance/statistics").send(&world).await.is(200);
    assert_eq!(counted(&sums.json), ["need goods open 2", "offer goods fulfilled 1"]);
    assert_eq!((&sums.json["collectives"], &sums.json["replies"]), (&json!(1), &json!(1)));
    assert_eq!(sums.json["agreements"], json!([{ "state": "offered", "count": 1 }]));
    assert_eq!(sums.json["counted_at"], "2026-03-01T10:00:00Z");
    for name in ["ada", "bea"] {
        assert!(!sums.text.contains(name), "{}", sums.text);
    }
}

async fn sums_of_one_collective_are_its_own(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.collective("mill", ada).await;
    world.need(garden, ada, "Chairs").await;
    let sums = get("/collectives/garden/statistics").send(&world).await.is(200);
    assert_eq!(counted(&sums.json), ["need goods open 1"]);
    assert!(sums.json["collectives"].is_null());
    assert_eq!(sums.json["active_month"], json!(5), "one is told as five");
    let none = get("/collectives/mill/statistics").send(&world).await.is(200);
    assert_eq!((counted(&none.json), &none.json["replies"]), (Vec::new(), &json!(0)));
    assert_eq!(none.json["active_month"], json!(0));
    get("/collectives/nobody/statistics").send(&world).await.problem(404, "not_found");
}
