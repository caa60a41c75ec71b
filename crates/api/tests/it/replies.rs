//! Threads under listings.

use domain::{ListingId, ReplyId, memberships::Role, replies::Visibility};
use ops::replies::RecordReply;
use serde_json::{Value, json};
use testkit::World;

use crate::client::{delete, get, patch, post};

testkit::both_engines!(a_thread_is_answered_and_read, what_is_not_public_is_for_those_who_speak);

async fn a_thread_is_answered_and_read(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let steward = world.token(ada, "read write").await;
    let eve = world.token(world.person("eve").await, "read write").await;
    let path = format!("/listings/{need}/replies");
    let first = json!({ "text": "I have <8>", "language": "en" });
    let first = post(&path, &first).by(&eve).send(&world).await.is(201);
    assert_eq!(first.json["html"], "<p>I have &lt;8&gt;</p>");
    assert_eq!(first.json["author"]["handle"], "eve");
    let second = json!({ "text": "Thank you", "parent": first.id(), "as": "voice" });
    post(&path, &second).by(&eve).send(&world).await.problem(403, "not_a_member");
    let second = post(&path, &second).by(&steward).send(&world).await.is(201);
    assert_eq!(second.json["parent"], first.json["id"]);
    assert_eq!(second.json["depth"], 1);
    let thread = get(&path).send(&world).await.is(200);
    assert_eq!(thread.all("text"), ["I have <8>", "Thank you"]);
    assert_eq!(get(&format!("/listings/{need}")).send(&world).await.json["reply_count"], 2);
    let own = format!("/replies/{}", first.id());
    let edit = patch(&own, &json!({ "text": "I have 9" }));
    edit.clone().by(&steward).send(&world).await.problem(403, "not_theirs_to_say");
    let edited = edit.by(&eve).send(&world).await.is(200);
    assert_eq!(edited.json["updated_at"], "2026-03-01T10:00:00Z");
    delete(&own).by(&eve).send(&world).await.is(204);
    delete(&own).by(&eve).send(&world).await.problem(410, "gone");
    let thread = get(&path).send(&world).await.is(200);
    assert_eq!(thread.all("state"), ["deleted", "shown"]);
    assert_eq!(thread.all("author")[0], &Value::Null);
    assert_eq!(thread.all("text")[0], "");
    let late = json!({ "text": "Hello", "parent": first.id() });
    post(&path, &late).by(&eve).send(&world).await.problem(410, "gone");
    let stray = json!({ "text": "Hello", "parent": need.to_string() });
    post(&path, &stray).by(&eve).send(&world).await.problem(404, "not_found");
}

async fn what_is_not_public_is_for_those_who_speak(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let grace = world.member(garden, "grace", Role::Member).await;
    let need = world.need(garden, ada, "Chairs").await;
    let whisper = whisper(&world, need).await;
    let path = format!("/listings/{need}/replies");
    let member = world.token(grace, "read write").await;
    for request in [get(&path), get(&path).by(&member)] {
        assert_eq!(request.send(&world).await.is(200).json["items"], json!([]));
    }
    let steward = world.token(ada, "read write").await;
    let heard = get(&path).by(&steward).send(&world).await.is(200);
    assert_eq!(heard.all("text"), ["I have 8, but tell nobody"]);
    assert_eq!(heard.all("visibility"), ["direct"]);
    let own = format!("/replies/{whisper}");
    let edit = patch(&own, &json!({ "text": "x" }));
    edit.clone().by(&member).send(&world).await.problem(404, "not_found");
    edit.by(&steward).send(&world).await.problem(403, "not_theirs_to_say");
    delete(&own).by(&member).send(&world).await.problem(404, "not_found");
    let answer = json!({ "text": "Hm", "parent": whisper.to_string() });
    post(&path, &answer).by(&member).send(&world).await.problem(404, "not_found");
    let answered = post(&path, &answer).by(&steward).send(&world).await.is(201);
    assert_eq!(answered.json["visibility"], "direct");
    assert_eq!(get(&format!("/listings/{need}")).send(&world).await.json["reply_count"], 0);
}

async fn whisper(world: &World, need: ListingId) -> ReplyId {
    let bob = world.remote_person("bob@b.example").await;
    let said = RecordReply {
        ap_id: "https://b.example/notes/1".to_owned(),
        author: bob,
        in_reply_to: Some(world.listing(need).await.ap_id),
        visibility: Visibility::Direct,
        html: "<p>I have 8, but tell nobody<script>x()</script></p>".to_owned(),
        summary: None,
        sensitive: false,
        language: None,
        url: None,
        published_at: None,
        updated_at: None,
        mentions_us: true,
    };
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    world.done(origin, said).await
}
