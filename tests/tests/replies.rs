//! Answers that cross from one server to the other, and back.

use serde_json::{Value, json};
use testkit::Engine;

use crate::support::{Instance, Person, at, both_engines, eventually};

both_engines! {
    an_answer_is_read_edited_and_deleted_across_servers,
    the_voice_and_a_member_answer_and_the_other_server_reads_it,
}

/// A collective of A, a person of B who follows it, and a need both know.
struct Scene {
    _a: Instance,
    _b: Instance,
    nuria: Person,
    maren: Person,
    on_a: Value,
    on_b: Value,
}

async fn scene(engine: Engine) -> Scene {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let nuria = a.person("nuria").await;
    a.garden(&nuria).await;
    let maren = b.person("maren").await;
    maren.follow(&format!("@garden@{}", a.host())).await;
    let on_a = nuria.need("garden", "20 chairs").await;
    let on_b = maren.sees(&on_a["uri"]).await;
    Scene { _a: a, _b: b, nuria, maren, on_a, on_b }
}

async fn an_answer_is_read_edited_and_deleted_across_servers(engine: Engine) {
    let Scene { nuria, maren, on_a, on_b, .. } = &scene(engine).await;
    let answer = json!({ "text": "We have 8 of them.", "language": "en" });
    let answer = maren.post(&at("listings", on_b, "/replies"), answer).await;
    let read = nuria.reads(on_a, "the answer", |it| it["uri"] == answer["uri"]).await;
    assert!(read["text"].as_str().unwrap().contains("We have 8 of them."), "{read:#}");
    assert_eq!(read["author"]["uri"], maren.uri());
    assert_eq!((&read["parent"], &read["depth"]), (&Value::Null, &json!(0)));

    maren.patch(&at("replies", &answer, ""), json!({ "text": "We have 9 of them." })).await;
    let edited = nuria
        .reads(on_a, "the edit", |it| it["text"].as_str().unwrap().contains("We have 9 of them."));
    assert_eq!(edited.await["id"], read["id"]);

    maren.delete(&at("replies", &answer, "")).await;
    let gone = nuria.reads(on_a, "that it is gone", |it| it["state"] == "deleted").await;
    assert_eq!(
        (&gone["id"], &gone["author"], &gone["text"]),
        (&read["id"], &Value::Null, &json!(""))
    );
}

async fn the_voice_and_a_member_answer_and_the_other_server_reads_it(engine: Engine) {
    let Scene { nuria, maren, on_a, on_b, .. } = &scene(engine).await;
    let question = json!({ "text": "Until when?" });
    let question = maren.post(&at("listings", on_b, "/replies"), question).await;
    let asked = nuria.reads(on_a, "the question", |it| it["uri"] == question["uri"]).await;

    let below = at("listings", on_a, "/replies");
    let voice = json!({ "text": "Until Sunday.", "as": "voice", "parent": asked["id"] });
    let voice = nuria.post(&below, voice).await;
    let read = maren.reads(on_b, "the voice's answer", |it| it["uri"] == voice["uri"]).await;
    assert_eq!(read["author"]["handle"], "garden", "who answered is not told");
    assert_eq!((&read["parent"], &read["depth"]), (&question["id"], &json!(1)));
    assert!(!read.to_string().contains("nuria"), "{read:#}");

    let member = json!({ "text": "Or Monday, says a member.", "as": "themselves" });
    let member = nuria.post(&below, member).await;
    let read = maren.reads(on_b, "the member's answer", |it| it["uri"] == member["uri"]).await;
    assert_eq!(read["author"]["uri"], nuria.uri());

    nuria.patch(&at("replies", &voice, ""), json!({ "text": "Until Saturday." })).await;
    maren
        .reads(on_b, "the voice's correction", |it| {
            it["uri"] == voice["uri"] && it["text"].as_str().unwrap().contains("Until Saturday.")
        })
        .await;
    nuria.delete(&at("replies", &member, "")).await;
    eventually("the member's answer going away on B", async || {
        let thread = maren.thread(on_b).await;
        let there = thread.iter().find(|it| it["uri"] == member["uri"]);
        there.is_none_or(|it| it["state"] == "deleted").then_some(())
    })
    .await;
}
