//! The home feed: collectives and people of elsewhere, in one list.

use serde_json::{Value, json};
use testkit::Engine;

use crate::support::{Instance, at, both_engines};

both_engines! {
    the_home_feed_shows_listings_of_collectives_and_words_of_people,
    three_servers_read_one_thread,
}

async fn the_home_feed_shows_listings_of_collectives_and_words_of_people(engine: Engine) {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let (nuria, pau) = (a.person("nuria").await, a.person("pau").await);
    a.garden(&nuria).await;
    let maren = b.person("maren").await;
    maren.follow(&format!("@garden@{}", a.host())).await;
    maren.follow(&format!("@pau@{}", a.host())).await;
    let need = nuria.need("garden", "20 chairs").await;
    maren.sees(&need["uri"]).await;
    let words = json!({ "text": "I can bring two chairs." });
    let words = pau.post(&at("listings", &need, "/replies"), words).await;
    let seen = maren.sees(&words["uri"]).await;
    assert_eq!((&seen["type"], &seen["author"]["uri"]), (&json!("reply"), &json!(pau.uri())));
    // Newest first.
    let feed = maren.get("feeds/home").await;
    let uris: Vec<&Value> = feed["items"].as_array().unwrap().iter().map(|it| &it["uri"]).collect();
    assert_eq!(uris, [&words["uri"], &need["uri"]]);
}

/// A follower on C reads what somebody of B answered on A.
async fn three_servers_read_one_thread(engine: Engine) {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let c = Instance::start(engine).await;
    let nuria = a.person("nuria").await;
    a.garden(&nuria).await;
    let (maren, lena) = (b.person("maren").await, c.person("lena").await);
    for reader in [&maren, &lena] {
        reader.follow(&format!("@garden@{}", a.host())).await;
    }
    lena.follow(&format!("@maren@{}", b.host())).await;
    let on_a = nuria.need("garden", "20 chairs").await;
    let (on_b, on_c) = (maren.sees(&on_a["uri"]).await, lena.sees(&on_a["uri"]).await);
    let answer = json!({ "text": "We have 8 of them." });
    let answer = maren.post(&at("listings", &on_b, "/replies"), answer).await;
    nuria.reads(&on_a, "B's answer", |it| it["uri"] == answer["uri"]).await;
    lena.reads(&on_c, "B's answer on C", |it| it["uri"] == answer["uri"]).await;
}
