//! What those I follow say.

use serde_json::json;
use testkit::World;

use crate::client::{get, post};

testkit::both_engines!(the_home_feed_is_of_those_i_follow);

async fn the_home_feed_is_of_those_i_follow(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mill = world.collective("mill", ada).await;
    let token = world.token(world.person("eve").await, "read write").await;
    for who in ["garden", "ada"] {
        post("/follows", &json!({ "who": who })).by(&token).send(&world).await.is(201);
    }
    let chairs = world.need(garden, ada, "Chairs").await;
    world.answer(chairs, ada, "One").await;
    let flour = world.need(mill, ada, "Flour").await;
    world.answer(flour, ada, "Two").await;
    world.need(garden, ada, "Tables").await;
    let feed = get("/feeds/home").by(&token).send(&world).await.is(200);
    assert_eq!(feed.all("type"), ["listing", "reply", "reply", "listing"]);
    assert_eq!(feed.json["items"][0]["title"], "Tables");
    assert_eq!(feed.json["items"][1]["text"], "Two");
    let mut types = Vec::new();
    let mut path = "/feeds/home?limit=1".to_owned();
    loop {
        let page = get(&path).by(&token).send(&world).await.is(200);
        types.extend(page.all("type").into_iter().cloned());
        let Some(next) = page.json["next"].as_str() else { break };
        path = format!("/feeds/home?limit=1&cursor={next}");
    }
    assert_eq!(types, ["listing", "reply", "reply", "listing"]);
}
