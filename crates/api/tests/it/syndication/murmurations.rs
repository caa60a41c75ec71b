//! Murmurations profiles, held against what their schemas demand.

use domain::{
    collectives::Profile,
    listings::{Content, Purpose, Terms},
};
use ops::collectives::EditCollective;
use serde_json::{Value, json};
use testkit::{World, content};

use super::{chairs, hear, told};
use crate::client::{outside, post};

testkit::both_engines!(
    a_listing_is_an_offer_or_a_want,
    a_collective_is_an_organization,
    what_is_closed_or_lives_elsewhere_has_no_profile,
    every_profile_is_listed,
);

/// `required` of `offers_wants_schema-v0.1.0`.
const REQUIRED: [&str; 8] = [
    "linked_schemas",
    "exchange_type",
    "transaction_type",
    "tags",
    "title",
    "description",
    "geographic_scope",
    "contact_details",
];

/// Holds a profile against `offers_wants_schema-v0.1.0`.
fn fits(profile: &Value) {
    for field in REQUIRED {
        assert!(!profile[field].is_null(), "{field}: {profile}");
    }
    assert_eq!(profile["linked_schemas"], json!(["offers_wants_schema-v0.1.0"]));
    let one_of = |value: &Value, words: &[&str]| {
        assert!(words.contains(&value.as_str().unwrap()), "{value}");
    };
    one_of(&profile["exchange_type"], &["offer", "want"]);
    one_of(&profile["geographic_scope"], &["local", "regional", "national", "international"]);
    let transactions = profile["transaction_type"].as_array().unwrap();
    assert!(!transactions.is_empty());
    for word in transactions {
        one_of(word, &["borrow-lend", "receive-donate"]);
    }
    if let Some(word) = profile.get("item_type") {
        one_of(word, &["good", "service"]);
    }
    let tags = profile["tags"].as_array().unwrap();
    assert!(!tags.is_empty() && tags.iter().all(Value::is_string));
    assert!(profile["contact_details"]["contact_form"].as_str().unwrap().starts_with("https://"));
    assert!(profile["contact_details"].get("email").is_none(), "nobody's mail address is told");
}

async fn a_listing_is_an_offer_or_a_want(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.publish(garden, ada, chairs()).await;
    let profile =
        outside(&format!("/murmurations/listings/{need}")).send(&world).await.is(200).json;
    fits(&profile);
    assert_eq!(profile["exchange_type"], "want");
    assert_eq!(profile["item_type"], "good");
    assert_eq!(profile["transaction_type"], json!(["borrow-lend"]));
    assert_eq!(profile["title"], "20 chairs");
    assert!(profile["description"].as_str().unwrap().starts_with("For the harvest supper."));
    assert_eq!(profile["tags"], json!(["goods", "loan", "food"]));
    assert_eq!(profile["geolocation"], json!({ "lat": 41.4, "lon": 2.16 }));
    assert_eq!(profile["geographic_scope"], "local");
    assert_eq!(profile["details_url"], format!("https://a.example/listings/{need}"));
    assert_eq!(profile["expires_at"], 1_773_446_400);
    for terms in Terms::ALL {
        let content = Content { terms: *terms, ..content(Purpose::Offer, "Apples") };
        let offer = world.publish(garden, ada, content).await;
        let path = format!("/murmurations/listings/{offer}");
        let profile = outside(&path).send(&world).await.is(200).json;
        fits(&profile);
        assert_eq!(
            (&profile["exchange_type"], &profile["description"]),
            (&json!("offer"), &json!("Apples"))
        );
        assert!(profile["tags"].as_array().unwrap().contains(&json!(terms.word())));
    }
}

async fn a_collective_is_an_organization(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.publish(garden, ada, chairs()).await;
    let profile =
        Profile { summary: "We grow what we eat.".to_owned(), ..world.profile("The long garden") };
    let edit = EditCollective { collective: garden, profile, version: None };
    world.done(world.local(ada), edit).await;
    let shown = outside("/murmurations/c/garden").send(&world).await.is(200).json;
    assert_eq!(shown["linked_schemas"], json!(["organizations_schema-v1.0.0"]));
    assert_eq!(shown["name"], "The long garden");
    assert_eq!(shown["nickname"], "garden");
    assert_eq!(shown["primary_url"], "https://a.example/c/garden");
    assert_eq!(shown["description"], "We grow what we eat.");
    assert_eq!(shown["status"], "active");
    assert_eq!(shown["tags"], json!(["food"]));
    let rss = shown["rss"].as_str().unwrap().strip_prefix("https://a.example").unwrap();
    outside(rss).send(&world).await.is(200);
}

async fn what_is_closed_or_lives_elsewhere_has_no_profile(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let token = world.token(ada, "read write").await;
    let bakery = world.remote_collective("bakery@b.example").await;
    let bread = hear(&world, told(1, "Bread", bakery)).await;
    post(&format!("/listings/{need}/fulfil"), &json!({})).by(&token).send(&world).await.is(200);
    for path in [
        format!("/murmurations/listings/{need}"),
        format!("/murmurations/listings/{bread}"),
        "/murmurations/c/bakery@b.example".to_owned(),
    ] {
        outside(&path).send(&world).await.problem(404, "not_found");
    }
}

async fn every_profile_is_listed(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    world.collective("mill", ada).await;
    world.draft(garden, ada, content(Purpose::Need, "Secret")).await;
    let bakery = world.remote_collective("bakery@b.example").await;
    hear(&world, told(1, "Bread", bakery)).await;
    let mut path = "/murmurations/profiles?limit=1".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = outside(&path).send(&world).await.is(200).json;
        for item in page["items"].as_array().unwrap() {
            let address = item["profile_url"].as_str().unwrap();
            let profile = address.strip_prefix("https://a.example").unwrap();
            let profile = outside(profile).send(&world).await.is(200).json;
            assert_eq!(profile["linked_schemas"], item["linked_schemas"]);
            assert_eq!(item["last_updated"], 1_772_359_200);
            seen.push(address.to_owned());
        }
        let Some(next) = page["next_url"].as_str() else { break };
        path = next.strip_prefix("https://a.example").unwrap().to_owned();
    }
    let at = |path: &str| format!("https://a.example/murmurations/{path}");
    assert_eq!(seen, [at("c/mill"), at(&format!("listings/{need}")), at("c/garden")]);
}
