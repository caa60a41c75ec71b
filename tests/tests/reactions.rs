//! Likes and boosts. Nobody here can send them yet, so B's key signs them by hand.

use std::time::SystemTime;

use federation::signature;
use serde_json::{Value, json};
use testkit::Engine;
use url::Url;

use crate::support::{Instance, Person, at, both_engines, eventually};

both_engines!(likes_and_boosts_are_counted_and_taken_back);

async fn likes_and_boosts_are_counted_and_taken_back(engine: Engine) {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let nuria = a.person("nuria").await;
    a.garden(&nuria).await;
    let need = nuria.need("garden", "20 chairs").await;
    let maren = b.person("maren").await;
    for (number, kind, counted) in [(1, "Like", "likes"), (2, "Announce", "boosts")] {
        let done = activity(&maren, number, kind, &need["uri"]);
        // Said twice, it counts once.
        send(&b, &a, &maren, &done).await;
        send(&b, &a, &maren, &done).await;
        counts(&nuria, &need, counted, 1).await;
        let undo = activity(&maren, number + 10, "Undo", &done);
        send(&b, &a, &maren, &undo).await;
        counts(&nuria, &need, counted, 0).await;
    }
}

fn activity(actor: &Person, number: u32, kind: &str, object: &Value) -> Value {
    json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{}/activities/by-hand-{number}", actor.base),
        "type": kind,
        "actor": actor.uri(),
        "object": object,
        "to": "https://www.w3.org/ns/activitystreams#Public",
    })
}

/// Delivers to the shared inbox, signed with the person's key.
async fn send(from: &Instance, to: &Instance, actor: &Person, activity: &Value) {
    let federation = &from.running.federation;
    let uri = actor.uri();
    let row = federation.read(move |conn| db::actors::find_by_ap_id(conn, &uri)).await;
    let key = federation.signing_key(row.unwrap().unwrap().id).await.unwrap();
    let inbox = Url::parse(&format!("{}/inbox", to.base)).unwrap();
    let body = activity.to_string().into_bytes();
    let kind = Some("application/activity+json");
    let headers =
        signature::sign(&key, "POST", &inbox, SystemTime::now(), kind, Some(&body)).unwrap();
    let reply = federation.parts.fetcher.post(&inbox, headers, body.into()).await.unwrap();
    assert_eq!(reply.status, 202, "{}", reply.body);
}

async fn counts(reader: &Person, listing: &Value, what: &str, wanted: u32) {
    eventually(&format!("{what} being {wanted}"), async || {
        let now = reader.get(&at("listings", listing, "")).await;
        (now[what] == wanted).then_some(())
    })
    .await;
}
