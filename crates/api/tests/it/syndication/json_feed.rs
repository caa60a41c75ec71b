//! JSON Feed, as feed-rs reads it, and what the format demands (jsonfeed.org/version/1.1).

use feed_rs::model::FeedType;
use serde_json::json;
use testkit::World;

use super::chairs;
use crate::client::outside;

testkit::both_engines!(a_reader_understands_the_json_feed, a_json_feed_leads_to_its_next_page);

async fn a_reader_understands_the_json_feed(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.publish(garden, ada, chairs()).await;
    let answer = outside("/feeds/listings.json").send(&world).await.is(200);
    let feed = feed_rs::parser::parse(answer.text.as_bytes()).unwrap();
    assert_eq!(feed.feed_type, FeedType::JSON);
    assert_eq!(feed.title.unwrap().content, "Needs and offers · Commons");
    let entry = &feed.entries[0];
    let id = format!("https://a.example/listings/{need}");
    assert_eq!(entry.id, id);
    assert_eq!(entry.title.as_ref().unwrap().content, "Need: 20 chairs");
    assert_eq!(entry.published.unwrap().to_rfc3339(), "2026-03-01T10:00:00+00:00");
    assert_eq!(entry.authors[0].name, "garden");
    let body = entry.content.as_ref().unwrap().body.as_deref().unwrap();
    assert!(body.starts_with("<p>For the harvest supper.</p>"), "{body}");
    let feed = &answer.json;
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://a.example/feeds/listings.json");
    assert_eq!(feed["home_page_url"], "https://a.example/listings");
    assert!(feed.get("next_url").is_none(), "absent, not null, on the last page");
    let item = &feed["items"][0];
    assert_eq!((&item["id"], &item["url"]), (&json!(id), &json!(id)));
    assert_eq!(item["tags"], json!(["need", "goods", "loan", "food"]));
    assert_eq!(item["language"], "es");
    let ours = &item["_tequio"];
    assert_eq!(ours["state"], "open");
    assert_eq!(ours["quantity"], json!({ "total": "20", "remaining": "20", "unit": "one" }));
    assert_eq!(ours["starts_at"], "2026-03-14T08:00:00Z");
}

async fn a_json_feed_leads_to_its_next_page(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    for title in ["One", "Two", "Three"] {
        world.need(garden, ada, title).await;
    }
    let first = outside("/feeds/c/garden.json?limit=2").send(&world).await.is(200).json;
    assert_eq!(first["authors"][0]["name"], "garden");
    let next = first["next_url"].as_str().unwrap().strip_prefix("https://a.example").unwrap();
    let last = outside(next).send(&world).await.is(200).json;
    assert_eq!(last["items"][0]["_tequio"]["title"], "One");
    assert!(last.get("next_url").is_none());
}
