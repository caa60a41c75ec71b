//! Who I am, and what this server is.

use domain::memberships::Role;
use ops::memberships::InviteMember;
use serde_json::json;
use testkit::World;

use crate::client::{get, post};

testkit::both_engines!(i_am_told_who_i_am_and_where_i_belong, the_instance_says_what_it_knows);

async fn i_am_told_who_i_am_and_where_i_belong(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let grace = world.person("grace").await;
    let token = world.token(grace, "read write").await;
    let invite =
        InviteMember { collective: garden, handle: "grace".to_owned(), role: Role::Delegate };
    world.done(world.local(ada), invite).await;
    let me = get("/me").by(&token).send(&world).await.is(200).json;
    assert_eq!(me["person"]["address"], "grace@a.example");
    assert_eq!(me["account"]["role"], "member");
    assert_eq!(me["account"]["scopes"], json!(["read", "write"]));
    assert_eq!(me["memberships"], json!([]));
    assert_eq!(me["invitations"][0]["collective"]["handle"], "garden");
    assert_eq!(me["invitations"][0]["role"], "delegate");
    assert!(!me.to_string().contains("mail.example") && !me.to_string().contains("argon2"));
    let yes = post("/collectives/garden/invitation", &json!({ "accept": true }));
    yes.by(&token).send(&world).await.is(204);
    let me = get("/me").by(&token).send(&world).await.is(200).json;
    assert_eq!(me["memberships"][0]["state"], "active");
    assert_eq!(me["invitations"], json!([]));
}

async fn the_instance_says_what_it_knows(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.need(garden, ada, "Chairs").await;
    let instance = get("/instance").send(&world).await.is(200).json;
    assert_eq!(instance["name"], "Commons");
    assert_eq!(instance["host"], "a.example");
    assert_eq!(instance["url"], "https://a.example/");
    let counts = json!({ "people": 1, "collectives": 1, "listings": 1, "replies": 0 });
    assert_eq!(instance["counts"], counts);
    assert_eq!(instance["kinds"], json!(["financial", "time", "goods", "knowledge", "space"]));
}
