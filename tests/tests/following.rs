//! Finding, following, being accepted or turned down, and leaving.

use domain::collectives::FollowPolicy;
use reqwest::Method;
use serde_json::json;
use testkit::Engine;

use crate::support::{Instance, at, both_engines, eventually};

both_engines! {
    a_collective_is_found_by_handle_and_by_address,
    a_follow_is_accepted_at_once,
    a_careful_collective_accepts_when_a_steward_says_so,
    who_is_turned_down_is_told,
    who_unfollows_gets_nothing_more,
}

async fn a_collective_is_found_by_handle_and_by_address(engine: Engine) {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let garden = a.garden(&a.person("nuria").await).await;
    let maren = b.person("maren").await;
    let handle = format!("@garden@{}", a.host());
    let address = garden["uri"].as_str().unwrap();
    for wanted in [&handle, address, garden["url"].as_str().unwrap()] {
        let found = maren.get(&format!("resolve?q={}", escaped(wanted))).await;
        assert_eq!(found["type"], "actor", "{wanted}");
        assert_eq!(found["uri"], garden["uri"], "{wanted}");
        assert_eq!(found["kind"], garden["kind"], "{wanted}");
        assert_eq!(found["local"], false, "{wanted}");
    }
    for nobody in [format!("@nobody@{}", a.host()), format!("{}/c/nobody", a.base)] {
        let path = format!("resolve?q={}", escaped(&nobody));
        assert_eq!(maren.status(&path).await, 404, "{nobody}");
    }
}

async fn a_follow_is_accepted_at_once(engine: Engine) {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let garden = a.garden(&a.person("nuria").await).await;
    let maren = b.person("maren").await;
    let follow = maren.follow(&format!("@garden@{}", a.host())).await;
    assert_eq!(follow["actor"]["uri"], garden["uri"]);
    assert_eq!(a.followers(garden["uri"].as_str().unwrap()).await, 1);
    // Asked again, by address, it is the same follow.
    let again = maren.follow(garden["uri"].as_str().unwrap()).await;
    assert_eq!(again["id"], follow["id"]);
}

async fn a_careful_collective_accepts_when_a_steward_says_so(engine: Engine) {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let nuria = a.person("nuria").await;
    let board = a.collective("board", &nuria, FollowPolicy::Approval).await;
    let maren = b.person("maren").await;
    let follow = maren.post("follows", json!({ "who": board["uri"] })).await;

    let request = request(&nuria, "board").await;
    assert_eq!(request["actor"]["uri"], maren.uri());
    assert_eq!(maren.follow_of(&follow["id"]).await.unwrap()["state"], "pending");
    let early = nuria.need("board", "Before anybody follows").await;
    a.told().await;

    nuria.post(&at("follow-requests", &request, ""), json!({ "accept": true })).await;
    eventually("the steward's yes reaching B", async || {
        let follow = maren.follow_of(&follow["id"]).await?;
        (follow["state"] == "accepted").then_some(())
    })
    .await;
    let later = nuria.need("board", "Now somebody follows").await;
    maren.sees(&later["uri"]).await;
    assert_eq!(maren.in_feed(early["uri"].as_str().unwrap()).await, None);
}

async fn who_is_turned_down_is_told(engine: Engine) {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let nuria = a.person("nuria").await;
    let board = a.collective("board", &nuria, FollowPolicy::Approval).await;
    let maren = b.person("maren").await;
    let follow = maren.post("follows", json!({ "who": board["uri"] })).await;
    let request = request(&nuria, "board").await;
    nuria.post(&at("follow-requests", &request, ""), json!({ "accept": false })).await;
    eventually("the steward's no reaching B", async || {
        maren.follow_of(&follow["id"]).await.is_none().then_some(())
    })
    .await;
    assert_eq!(a.followers(board["uri"].as_str().unwrap()).await, 0);
}

async fn who_unfollows_gets_nothing_more(engine: Engine) {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let nuria = a.person("nuria").await;
    let garden = a.garden(&nuria).await;
    let (maren, tom) = (b.person("maren").await, b.person("tom").await);
    let follow = maren.follow(garden["uri"].as_str().unwrap()).await;
    tom.follow(garden["uri"].as_str().unwrap()).await;
    let first = nuria.need("garden", "A ladder").await;
    maren.sees(&first["uri"]).await;

    maren.delete(&at("follows", &follow["actor"], "")).await;
    assert_eq!(maren.follow_of(&follow["id"]).await, None);
    eventually("A hearing of it", async || {
        (a.followers(garden["uri"].as_str().unwrap()).await == 1).then_some(())
    })
    .await;
    let second = nuria.need("garden", "A rope").await;
    tom.sees(&second["uri"]).await;
    assert_eq!(maren.in_feed(second["uri"].as_str().unwrap()).await, None);
    let (status, _) = maren.ask(Method::DELETE, &at("follows", &follow["actor"], ""), None).await;
    assert_eq!(status, 204, "not to follow is no error");
}

/// The first request to follow a collective.
async fn request(steward: &crate::support::Person, collective: &str) -> serde_json::Value {
    eventually("a request to follow arriving", async || {
        let requests = steward.get(&format!("collectives/{collective}/follow-requests")).await;
        requests["items"].as_array().unwrap().first().cloned()
    })
    .await
}

fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
