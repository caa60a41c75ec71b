//! Likes and votes.

use domain::listings::Purpose;
use serde_json::{Value, json};
use testkit::{World, content};

use crate::client::{ask, get};

testkit::both_engines!(a_vote_is_cast_changed_and_taken_back, a_draft_is_not_liked);

fn stands(json: &Value) -> (i64, i64, bool, bool) {
    let number = |key: &str| json[key].as_i64().unwrap();
    let truth = |key: &str| json[key].as_bool().unwrap();
    (number("likes"), number("dislikes"), truth("liked"), truth("disliked"))
}

async fn a_vote_is_cast_changed_and_taken_back(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let reply = world.answer(need, ada, "Who?").await;
    let token = world.token(ada, "reactions:write").await;
    for path in [format!("/listings/{need}"), format!("/replies/{reply}")] {
        for (method, word, want) in [
            ("PUT", "like", (1, 0, true, false)),
            ("PUT", "like", (1, 0, true, false)),
            ("PUT", "dislike", (0, 1, false, true)),
            ("DELETE", "like", (0, 1, false, true)),
            ("DELETE", "dislike", (0, 0, false, false)),
            ("PUT", "like", (1, 0, true, false)),
        ] {
            let request = ask(method, &format!("{path}/{word}")).by(&token);
            let answer = request.send(&world).await.is(200);
            assert_eq!(stands(&answer.json), want, "{method} {path}/{word}");
        }
        let shown = get(&path).send(&world).await.is(200);
        assert_eq!((&shown.json["likes"], &shown.json["dislikes"]), (&json!(1), &json!(0)));
    }
}

async fn a_draft_is_not_liked(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "Secret")).await;
    let token = world.token(ada, "write").await;
    let path = format!("/listings/{draft}/like");
    ask("PUT", &path).by(&token).send(&world).await.problem(404, "not_found");
}
