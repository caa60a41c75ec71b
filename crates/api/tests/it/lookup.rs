//! Finding what somebody typed.

use domain::listings::Purpose;
use ops::lookup::Found;
use serde_json::json;
use testkit::{World, content};

use crate::client::get;

testkit::both_engines!(
    what_was_typed_is_found_as_far_as_it_may_be_seen,
    the_way_to_ones_own_server_is_found_without_a_token,
);

async fn the_way_to_ones_own_server_is_found_without_a_token(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "Secret")).await;
    let ask = |handle: &str, about: &str| {
        get(&format!("/interactions?handle={handle}&about={about}")).send(&world)
    };
    let follow = ask("mia@c.example", "/c/garden").await.is(200).json;
    assert_eq!((&follow["host"], &follow["errand"]), (&json!("c.example"), &json!("follow")));
    let url = follow["url"].as_str().unwrap();
    assert!(url.starts_with("https://c.example/authorize_interaction?uri="), "{url}");
    assert_eq!(follow["sure"], true);
    let answer = ask("@mia@c.example", &format!("/listings/{need}")).await.is(200).json;
    assert_eq!(answer["errand"], "answer");
    let here = ask("ada@a.example", "https://a.example/c/garden").await.is(200).json;
    assert_eq!(here["url"], "https://a.example/c/garden");
    ask("nobody@c.example", "/c/garden").await.problem(404, "not_found");
    ask("nobody", "/c/garden").await.field("handle");
    for about in ["/c/mill", "/c/garden/voice", "/home", "//evil.test/", "https://evil.test/x"] {
        ask("mia@c.example", about).await.problem(404, "not_found");
    }
    ask("mia@c.example", &format!("/listings/{draft}")).await.problem(404, "not_found");
    get("/interactions").send(&world).await.problem(422, "invalid");
}

async fn what_was_typed_is_found_as_far_as_it_may_be_seen(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let reply = world.answer(need, ada, "Yes").await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "Secret")).await;
    let token = world.token(world.person("eve").await, "read").await;
    let resolve = |q: &str, found: Found| {
        get(&format!("/resolve?q={q}")).by(&token).knowing(q, Ok(found)).send(&world)
    };
    let here = get("/resolve?q=@garden").by(&token).send(&world).await.is(200).json;
    assert_eq!((&here["type"], &here["handle"]), (&json!("actor"), &json!("garden")));
    let url = "https://a.example/x";
    let found = resolve(url, Found::Listing(need)).await.is(200).json;
    assert_eq!((&found["type"], &found["title"]), (&json!("listing"), &json!("Chairs")));
    let found = resolve(url, Found::Reply(reply)).await.is(200).json;
    assert_eq!((&found["type"], &found["text"]), (&json!("reply"), &json!("Yes")));
    resolve(url, Found::Listing(draft)).await.problem(404, "not_found");
    for q in ["", "q=", "q=%20", "q=%00", "q=http://169.254.169.254/", "q=a&q=b"] {
        let answer = get(&format!("/resolve?{q}")).by(&token).send(&world).await;
        assert_eq!(answer.problem(422, "invalid").json["status"], 422, "{q}");
    }
    get(&format!("/resolve?q={url}")).send(&world).await.problem(401, "no_token");
}
