//! What waits for the stewards of a collective.

use domain::{CollectiveId, ReplyId, replies::Visibility};
use ops::{posts::RecordPost, replies::RecordReply};
use serde_json::json;
use testkit::World;

use crate::client::{ask, get, post};

testkit::both_engines!(
    a_steward_passes_a_post_on_and_takes_it_back,
    posts_of_a_community_are_read_and_answered,
    what_strangers_send_too_much_of_is_one_thing_to_decide,
);

/// A post of somebody elsewhere that calls a collective.
pub(crate) async fn call(world: &World, called: CollectiveId, number: usize) -> ReplyId {
    let post = RecordPost { called: vec![called], ..said(world, number, None).await };
    let author = post.reply.author;
    world.done(world.fetched_from(author).await, post).await
}

async fn said(world: &World, number: usize, parent: Option<&str>) -> RecordPost {
    let author = world.remote_person(&format!("bob{number}@b.example")).await;
    RecordPost {
        reply: RecordReply {
            ap_id: format!("https://b.example/notes/{number}"),
            author,
            in_reply_to: parent.map(str::to_owned),
            visibility: Visibility::Public,
            html: "<p>We have chairs</p>".to_owned(),
            summary: Some("Furniture".to_owned()),
            sensitive: true,
            language: None,
            url: None,
            published_at: None,
            updated_at: None,
            mentions_us: true,
        },
        title: parent.is_none().then(|| "Chairs".to_owned()),
        group: None,
        called: Vec::new(),
        people: Vec::new(),
        again: false,
    }
}

async fn a_steward_passes_a_post_on_and_takes_it_back(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let steward = world.token(ada, "read write").await;
    let id = call(&world, garden, 1).await;
    let queue = || get("/collectives/garden/queue").by(&steward);
    let seen = queue().send(&world).await.is(200);
    assert_eq!(seen.json["mentions"][0]["id"], id.to_string());
    assert_eq!(seen.json["mentions"][0]["title"], "Chairs");
    assert_eq!(seen.json["mentions"][0]["summary"], "Furniture");
    assert_eq!(seen.json["mentions"][0]["sensitive"], true);
    let path = format!("/collectives/garden/queue/mentions/{id}/boost");
    post(&path, &json!({})).by(&steward).send(&world).await.is(204);
    assert_eq!(queue().send(&world).await.json["mentions"], json!([]));
    let posts = get("/collectives/garden/posts").send(&world).await.is(200);
    assert_eq!(posts.all("id"), [&json!(id.to_string())]);
    assert_eq!(posts.all("boosts"), [&json!(1)]);
    ask("DELETE", &path).by(&steward).send(&world).await.is(204);
    assert_eq!(get("/collectives/garden/posts").send(&world).await.json["items"], json!([]));
    let never = "/collectives/garden/queue/mentions/01890000-0000-7000-8000-000000000000/boost";
    post(never, &json!({})).by(&steward).send(&world).await.problem(404, "not_found");
}

async fn posts_of_a_community_are_read_and_answered(world: World) {
    let eve = world.token(world.person("eve").await, "read write").await;
    let mill = world.remote_collective("mill@b.example").await;
    let root = RecordPost { group: Some(mill), ..said(&world, 1, None).await };
    let origin = world.fetched_from(root.reply.author).await;
    let root = world.done(origin, root).await;
    let posts = get("/collectives/mill@b.example/posts").send(&world).await.is(200);
    assert_eq!(posts.all("title"), [&json!("Chairs")]);
    assert_eq!(posts.json["items"][0]["community"]["address"], "mill@b.example");
    let below = format!("/replies/{root}/replies");
    let answer = json!({ "text": "We need 8" });
    let answer = post(&below, &answer).by(&eve).send(&world).await.is(201);
    assert_eq!(answer.json["parent"], root.to_string());
    assert_eq!(answer.json["listing"], json!(null));
    let thread = get(&below).send(&world).await.is(200);
    assert_eq!(thread.all("text"), ["We need 8"]);
    let shown = get(&format!("/replies/{}", answer.id())).send(&world).await.is(200);
    assert_eq!(shown.json["community"]["handle"], "mill");
}

async fn what_strangers_send_too_much_of_is_one_thing_to_decide(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let steward = world.token(ada, "read write admin:write").await;
    for number in 0..8 {
        call(&world, garden, number).await;
    }
    let queue = || get("/collectives/garden/queue").by(&steward);
    let seen = queue().send(&world).await.is(200);
    assert_eq!(seen.json["mentions"].as_array().unwrap().len(), 5, "MOD-08");
    assert_eq!(seen.json["held"]["mentions"], 3);
    assert_eq!(seen.json["held"]["loudest"], json!([{ "host": "b.example", "mentions": 3 }]));
    let until = json!({ "until": seen.json["held"]["until"] });
    let path = "/collectives/garden/queue/held";
    let wrong = json!({ "until": "now" });
    post(&format!("{path}/accept"), &wrong).by(&steward).send(&world).await.field("until");
    let suspend = post(&format!("{path}/suspend"), &until).by(&steward);
    suspend.send(&world).await.problem(403, "not_allowed");
    let done = post(&format!("{path}/accept"), &until).by(&steward).send(&world).await.is(200);
    assert_eq!(done.json["settled"], 3);
    let inbox = get("/collectives/garden/inbox").by(&steward).send(&world).await.is(200);
    assert_eq!(inbox.json["items"].as_array().unwrap().len(), 8, "what was let in waits for them");
    let seen = queue().send(&world).await;
    assert_eq!(seen.json["mentions"].as_array().unwrap().len(), 8);
    assert_eq!(seen.json["held"]["mentions"], 0);
    let admin = world.token(world.admin("rosa").await, "admin:write").await;
    let done = post(&format!("{path}/suspend"), &until).by(&admin).send(&world).await.is(200);
    assert_eq!(done.json["settled"], 0, "nothing is kept apart any more");
}
