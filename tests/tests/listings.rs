//! A need of a collective, and all that becomes of it, as seen from another server.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::Engine;

use crate::support::{Instance, Person, at, both_engines, eventually, fetch};

both_engines! {
    a_need_and_all_that_becomes_of_it_reaches_those_who_follow,
    a_draft_stays_at_home_until_it_is_published,
    a_need_that_nobody_followed_is_found_by_its_address,
}

async fn a_need_and_all_that_becomes_of_it_reaches_those_who_follow(engine: Engine) {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let nuria = a.person("nuria").await;
    a.garden(&nuria).await;
    let maren = b.person("maren").await;
    maren.follow(&format!("@garden@{}", a.host())).await;

    let need = nuria.need("garden", "20 chairs").await;
    let seen = maren.sees(&need["uri"]).await;
    assert_eq!(seen["type"], "listing");
    for same in ["purpose", "kind", "title", "quantity", "terms", "language", "state", "url"] {
        assert_eq!(seen[same], need[same], "{same}");
    }
    assert_eq!(seen["collective"]["address"], format!("garden@{}", a.host()));
    assert!(seen["html"].as_str().unwrap().contains("We bring them back on Sunday."), "{seen:#}");

    let moved = |below: &str| at("listings", &need, below);
    nuria.patch(&moved(""), json!({ "title": "24 chairs", "quantity": { "total": "24" } })).await;
    let now = becomes(&maren, &seen, "open", "24 chairs").await;
    assert_eq!(now["quantity"]["total"], "24");

    nuria.post(&moved("/progress"), json!({ "found": "8" })).await;
    let now = becomes(&maren, &seen, "partly", "24 chairs").await;
    assert_eq!(
        (&now["quantity"]["found"], &now["quantity"]["remaining"]),
        (&json!("8"), &json!("16"))
    );

    nuria.post(&moved("/fulfil"), json!({})).await;
    becomes(&maren, &seen, "fulfilled", "24 chairs").await;
    nuria.post(&moved("/reopen"), json!({})).await;
    becomes(&maren, &seen, reopened(&nuria, &need).await.as_str(), "24 chairs").await;
    nuria.post(&moved("/withdraw"), json!({})).await;
    becomes(&maren, &seen, "withdrawn", "24 chairs").await;

    nuria.delete(&moved("")).await;
    assert_eq!(nuria.status(&moved("")).await, 410);
    let (status, tombstone) = fetch(need["uri"].as_str().unwrap()).await;
    assert_eq!((status, &tombstone["type"]), (410, &json!("Tombstone")));
    eventually("the deletion reaching B", async || {
        (maren.status(&at("listings", &seen, "")).await == 410).then_some(())
    })
    .await;
    assert_eq!(maren.in_feed(need["uri"].as_str().unwrap()).await, None);
}

async fn a_draft_stays_at_home_until_it_is_published(engine: Engine) {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let nuria = a.person("nuria").await;
    a.garden(&nuria).await;
    let maren = b.person("maren").await;
    maren.follow(&format!("@garden@{}", a.host())).await;
    let draft = json!({ "purpose": "offer", "kind": "space", "title": "A barn", "publish": false });
    let draft = nuria.post("collectives/garden/listings", draft).await;
    let after = nuria.need("garden", "After the draft").await;
    maren.sees(&after["uri"]).await;
    assert_eq!(maren.in_feed(draft["uri"].as_str().unwrap()).await, None);
    assert_eq!(fetch(draft["uri"].as_str().unwrap()).await.0, 404);
    nuria.post(&at("listings", &draft, "/publish"), json!({})).await;
    let seen = maren.sees(&draft["uri"]).await;
    assert_eq!((&seen["purpose"], &seen["title"]), (&json!("offer"), &json!("A barn")));
}

async fn a_need_that_nobody_followed_is_found_by_its_address(engine: Engine) {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let nuria = a.person("nuria").await;
    a.garden(&nuria).await;
    let need = nuria.need("garden", "A ladder").await;
    let maren = b.person("maren").await;
    let found = maren.get(&format!("resolve?q={}", need["uri"].as_str().unwrap())).await;
    assert_eq!((&found["type"], &found["title"]), (&json!("listing"), &json!("A ladder")));
    let (status, refused) =
        maren.ask(Method::POST, &at("listings", &found, "/fulfil"), Some(json!({}))).await;
    assert_eq!(status, 403, "only its home moves it on: {refused:#}");
}

/// Waits until a listing is in a state and has a title on another server.
async fn becomes(reader: &Person, listing: &Value, state: &str, title: &str) -> Value {
    eventually(&format!("{title} becoming {state}"), async || {
        let now = reader.get(&at("listings", listing, "")).await;
        (now["state"] == state && now["title"] == title).then_some(now)
    })
    .await
}

/// What a listing is after it was opened again: open, or partly where something was found.
async fn reopened(steward: &Person, listing: &Value) -> String {
    let now = steward.get(&at("listings", listing, "")).await;
    now["state"].as_str().unwrap().to_owned()
}
