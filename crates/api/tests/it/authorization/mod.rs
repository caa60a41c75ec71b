//! Who may do what: one table of every route, and a test that no route is missing from it.

mod console;
mod scene;
mod scopes;
mod table;

use std::collections::BTreeSet;

use domain::listings::Purpose;
use testkit::{World, content};

use self::{
    console::CONSOLE,
    scene::Scene,
    table::{Row, TABLE},
};
use crate::{
    client::{ask, get},
    document::{OPEN, operations},
};

testkit::both_engines!(everybody_may_do_what_the_table_says, drafts_and_gone_things_tell_nothing);

/// Those who ask, by turns, of the things of one row.
const WHO: [&str; 9] = [
    "anonymous",
    "somebody who belongs to no collective",
    "a steward elsewhere",
    "an account manager elsewhere",
    "an admin of the instance",
    "a steward here whose token only reads",
    "a member",
    "an account manager here",
    "a steward here",
];
/// Where some of them stand among all.
const STRANGER: usize = 1;
const READER: usize = 5;
const MEMBER: usize = 6;
const STEWARD: usize = 8;

/// Every row.
fn all() -> impl Iterator<Item = &'static Row> {
    TABLE.iter().chain(CONSOLE)
}

#[test]
fn no_route_is_missing_from_the_table() {
    let rows: Vec<&Row> = all().collect();
    let named = rows.iter().map(|row| (row.0.to_owned(), row.1.to_owned()));
    let named: BTreeSet<(String, String)> = named.collect();
    assert_eq!(named.len(), rows.len(), "a route is in the table twice");
    let rows = named;
    assert_eq!(rows, operations());
}

async fn everybody_may_do_what_the_table_says(world: World) {
    let scene = Scene::new(&world).await;
    let mut wrong = Vec::new();
    for (number, row) in all().enumerate() {
        let mut things = scene.things(&world, &number.to_string(), row).await;
        // What a manager has done, a steward finds done.
        let is_done_once = row.1.ends_with("/sponsor") || row.1.ends_with("/{id}");
        for (column, token) in scene.tokens.iter().enumerate() {
            if is_done_once && column == STEWARD {
                things = scene.things(&world, &format!("{number}again"), row).await;
            }
            let body = things.fill(row.2).replace("$n", &format!("{number}x{column}"));
            let path = things.fill(row.1).replace("/resolve", "/resolve?q=mill@b.example");
            let about = "/interactions?handle=me@a.example&about=/c/garden";
            let path = path.replace("/interactions", about);
            let mut request = ask(row.0, &path).knowing("mill@b.example", Ok(things.found));
            if !body.is_empty() {
                request = request.body("application/json", body.as_bytes());
            }
            if let Some(token) = token {
                request = request.by(token);
            }
            let answer = request.send(&world).await;
            let status = answer.status.as_u16();
            if status != row.3[column] || 500 <= status {
                let want = row.3[column];
                wrong.push(format!(
                    "{} {}: {} got {status}, not {want}: {}",
                    row.0, row.1, WHO[column], answer.text
                ));
            }
            if column == READER && row.0 != "GET" && !OPEN.contains(&row.1) {
                answer.problem(403, "missing_scope");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

async fn drafts_and_gone_things_tell_nothing(world: World) {
    let scene = Scene::new(&world).await;
    let draft = world.draft(scene.garden, scene.steward, content(Purpose::Need, "Secret")).await;
    let never = "01890000-0000-7000-8000-000000000000";
    for (method, path, body) in [
        ("GET", "", ""),
        ("PATCH", "", r#"{"title": "x"}"#),
        ("DELETE", "", ""),
        ("GET", "/exact-place", ""),
        ("POST", "/publish", ""),
        ("POST", "/fulfil", ""),
        ("POST", "/progress", r#"{"found": "1"}"#),
        ("GET", "/replies", ""),
        ("POST", "/replies", r#"{"text": "x"}"#),
    ] {
        let mut texts = Vec::new();
        for id in [draft.to_string(), never.to_owned()] {
            let request = ask(method, &format!("/listings/{id}{path}"));
            let request = request.body("application/json", body.as_bytes());
            let request = request.by(scene.tokens[STRANGER].as_ref().unwrap());
            texts.push(request.send(&world).await.problem(404, "not_found").text);
        }
        assert_eq!(texts[0], texts[1], "{method} {path}");
    }
    get(&format!("/listings/{draft}")).send(&world).await.problem(404, "not_found");
    let member = scene.tokens[MEMBER].as_ref().unwrap();
    get(&format!("/listings/{draft}")).by(member).send(&world).await.is(200);
    let steward = scene.tokens[STEWARD].as_ref().unwrap();
    ask("DELETE", &format!("/listings/{draft}")).by(steward).send(&world).await.is(204);
    get(&format!("/listings/{draft}")).by(member).send(&world).await.problem(410, "gone");
    get(&format!("/listings/{draft}")).send(&world).await.problem(404, "not_found");
}
