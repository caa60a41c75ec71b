//! Atom, as feed-rs reads it.

use domain::listings::{Content, Purpose, Signature};
use feed_rs::model::{Feed, FeedType};
use testkit::{World, content};

use super::{chairs, hear, told};
use crate::client::outside;

testkit::both_engines!(
    a_reader_understands_the_feed,
    a_feed_is_read_page_by_page,
    a_feed_is_of_what_was_asked_for,
    a_tag_has_a_feed_whose_entries_name_their_tags,
    the_words_of_others_break_no_feed,
);

async fn read(world: &World, path: &str) -> Feed {
    let answer = outside(path).send(world).await.is(200);
    let feed = feed_rs::parser::parse(answer.text.as_bytes());
    let feed = feed.unwrap_or_else(|err| panic!("{err}: {}", answer.text));
    assert_eq!(feed.feed_type, FeedType::Atom);
    feed
}

fn link<'f>(feed: &'f Feed, rel: &str) -> Option<&'f str> {
    let mut links = feed.links.iter().filter(|link| link.rel.as_deref() == Some(rel));
    links.next().map(|link| link.href.as_str())
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.title.as_ref().unwrap().content.as_str()).collect()
}

async fn a_reader_understands_the_feed(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.publish(garden, ada, chairs()).await;
    let signed = Content { signed_by: Signature::Member, ..content(Purpose::Offer, "Hands") };
    world.clock.advance(3_600);
    world.publish(garden, ada, signed).await;
    let feed = read(&world, "/feeds/c/garden.atom").await;
    assert_eq!(feed.id, "https://a.example/feeds/c/garden.atom");
    assert_eq!(feed.title.as_ref().unwrap().content, "garden");
    assert_eq!(feed.updated.unwrap().to_rfc3339(), "2026-03-01T11:00:00+00:00");
    assert_eq!(link(&feed, "self"), Some("https://a.example/feeds/c/garden.atom"));
    assert_eq!(link(&feed, "alternate"), Some("https://a.example/c/garden"));
    assert_eq!(link(&feed, "next"), None);
    assert_eq!(titles(&feed), ["Offer: Hands", "Need: 20 chairs"]);
    assert_eq!(feed.entries[0].authors[0].name, "ada");
    assert_eq!(feed.entries[0].content.as_ref().unwrap().body.as_deref(), Some("<p>Hands</p>"));
    let entry = &feed.entries[1];
    assert_eq!(entry.id, format!("https://a.example/listings/{need}"));
    assert_eq!(entry.published.unwrap().to_rfc3339(), "2026-03-01T10:00:00+00:00");
    assert_eq!(entry.updated.unwrap().to_rfc3339(), "2026-03-01T10:00:00+00:00");
    assert_eq!(entry.authors[0].name, "garden");
    assert_eq!(entry.authors[0].uri.as_deref(), Some("https://a.example/c/garden"));
    assert!(entry.links.iter().all(|link| link.href == entry.id));
    let words: Vec<&str> = entry.categories.iter().map(|it| it.term.as_str()).collect();
    assert_eq!(words, ["need", "goods", "loan", "food"]);
    let content = entry.content.as_ref().unwrap();
    assert_eq!(content.content_type.to_string(), "text/html");
    let html = content.body.as_deref().unwrap();
    assert!(html.starts_with("<p>For the harvest supper.</p>"), "{html}");
    assert!(html.ends_with("&amp; bring &lt;two&gt;.</p>"), "{html}");
    assert_eq!(entry.rights.as_ref().unwrap().content, "CC-BY-SA-4.0");
}

async fn a_tag_has_a_feed_whose_entries_name_their_tags(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let text = "Para la #Cosecha, con #goods".to_owned();
    world.publish(garden, ada, Content { text, ..content(Purpose::Need, "Chairs") }).await;
    world.need(garden, ada, "Tables").await;
    let feed = read(&world, "/feeds/listings.atom?tag=cosecha").await;
    assert_eq!(titles(&feed), ["Need: Chairs"]);
    let words: Vec<&str> = feed.entries[0].categories.iter().map(|it| it.term.as_str()).collect();
    assert_eq!(words, ["need", "goods", "lets-talk", "Cosecha"], "each word once");
    let html = feed.entries[0].content.as_ref().unwrap().body.as_deref().unwrap();
    assert!(html.contains("href=\"https://a.example/tags/cosecha\""), "{html}");
    outside("/feeds/listings.atom?tag=two+words").send(&world).await.problem(422, "invalid");
}

async fn a_feed_is_read_page_by_page(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    for number in 1..=5 {
        world.need(garden, ada, &format!("{number}")).await;
    }
    let mut path = "/feeds/listings.atom?purpose=need&limit=2".to_owned();
    let whole = "https://a.example/feeds/listings.atom?purpose=need";
    let mut seen = Vec::new();
    loop {
        let feed = read(&world, &path).await;
        assert_eq!(feed.id, whole, "every page is of the same feed");
        assert_eq!(link(&feed, "self"), Some(format!("https://a.example{path}").as_str()));
        assert_eq!(link(&feed, "alternate"), Some("https://a.example/listings"));
        seen.extend(titles(&feed).into_iter().map(str::to_owned));
        let Some(next) = link(&feed, "next") else { break };
        next.strip_prefix("https://a.example").unwrap().clone_into(&mut path);
    }
    assert_eq!(seen, ["Need: 5", "Need: 4", "Need: 3", "Need: 2", "Need: 1"]);
}

async fn a_feed_is_of_what_was_asked_for(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mill = world.collective("mill", ada).await;
    world.need(garden, ada, "Chairs").await;
    world.offer(garden, ada, "Apples").await;
    let flour = world.offer(mill, ada, "Flour").await;
    let token = world.token(ada, "read write").await;
    let done = crate::client::post(&format!("/listings/{flour}/fulfil"), &serde_json::json!({}));
    done.by(&token).send(&world).await.is(200);
    for (path, want) in [
        ("/feeds/listings.atom", vec!["Offer: Apples", "Need: Chairs"]),
        ("/feeds/listings.atom?open=false", vec!["Offer: Flour"]),
        ("/feeds/listings.atom?purpose=offer", vec!["Offer: Apples"]),
        ("/feeds/listings.atom?words=chair", vec!["Need: Chairs"]),
        ("/feeds/listings.atom?kind=time", vec![]),
        ("/feeds/c/mill.atom", vec![]),
        ("/feeds/c/mill@a.example.atom?open=false", vec!["Offer: Flour"]),
    ] {
        assert_eq!(titles(&read(&world, path).await), want, "{path}");
    }
}

async fn the_words_of_others_break_no_feed(world: World) {
    let bakery = world.remote_collective("bakery@b.example").await;
    let title = "]]>\u{1}<b>&\u{b}\u{fffe}\"'";
    let odd = ops::listings::RecordListing {
        html: "<p>\u{2}a</p><script>alert(1)</script>]]>".to_owned(),
        url: Some("javascript:alert(1)".to_owned()),
        published_at: Some(super::at("0001-01-01T00:00:00Z")),
        updated_at: Some(super::at("0001-01-01T00:00:00Z")),
        ..told(1, title, bakery)
    };
    hear(&world, odd).await;
    let feed = read(&world, "/feeds/listings.atom").await;
    assert_eq!(titles(&feed), ["Offer: ]]><b>&\"'"]);
    let entry = &feed.entries[0];
    assert!(entry.links.iter().all(|link| link.href == "https://b.example/listings/1"));
    let html = entry.content.as_ref().unwrap().body.as_deref().unwrap();
    assert!(!html.contains("script") && html.starts_with("<p>a</p>"), "{html}");
}
