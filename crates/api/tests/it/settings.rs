//! What somebody chooses for their account.

use serde_json::json;
use testkit::World;

use crate::client::{get, patch};

testkit::both_engines!(what_is_chosen_stays_and_the_rest_too);

async fn what_is_chosen_stays_and_the_rest_too(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read write").await;
    let first = get("/me/settings").by(&token).send(&world).await.is(200);
    assert_eq!(first.json, json!({ "locale": "en", "digest": "weekly", "letters": true }));
    let change = json!({ "digest": "never", "locale": "ca" });
    let now = patch("/me/settings", &change).by(&token).send(&world).await.is(200);
    assert_eq!(now.json, json!({ "locale": "ca", "digest": "never", "letters": true }));
    let now = patch("/me/settings", &json!({ "letters": false })).by(&token).send(&world).await;
    assert_eq!(now.is(200).json, json!({ "locale": "ca", "digest": "never", "letters": false }));
    for (wrong, field) in
        [(json!({ "digest": "hourly" }), "digest"), (json!({ "locale": "not a tag" }), "locale")]
    {
        let answer = patch("/me/settings", &wrong).by(&token).send(&world).await;
        answer.problem(422, "invalid").field(field);
    }
}
