//! What waits for the stewards of a collective.

use domain::{CollectiveId, IncomingId, PersonId, incoming::Shelf, memberships::Role};
use serde_json::json;
use testkit::World;

use crate::client::{get, post};

testkit::both_engines!(any_steward_takes_it_and_all_see_it, an_answer_settles_what_it_answers);

/// What came in last.
pub(crate) async fn newest(world: &World, collective: CollectiveId) -> IncomingId {
    let nobody = PersonId::from(uuid::Uuid::nil());
    let rows = world
        .read(move |conn| db::incoming::page(conn, collective, (Shelf::Open, nobody), None, 1))
        .await;
    rows.first().expect("nothing came in").id
}

const INBOX: &str = "/collectives/garden/inbox";

async fn any_steward_takes_it_and_all_see_it(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let ben = world.member(garden, "ben", Role::Steward).await;
    let (ada, ben) = (world.token(ada, "read write").await, world.token(ben, "read write").await);
    crate::joining::open(&world, garden).await;
    let eve = world.person("eve").await;
    let hers = world.token(eve, "read write").await;
    post("/collectives/garden/join-requests", &json!({})).by(&hers).send(&world).await.is(204);

    let list = get(INBOX).by(&ada).send(&world).await.is(200);
    let item = &list.json["items"][0];
    assert_eq!(
        (&item["kind"], &item["subject"]),
        (&json!("join_request"), &json!(eve.to_string()))
    );
    assert_eq!((&item["actor"]["handle"], &item["taken_by"]), (&json!("eve"), &json!(null)));
    let one = format!("{INBOX}/{}", item["id"].as_str().unwrap());
    let none = json!({});
    post(&format!("{one}/take"), &none).by(&ada).send(&world).await.is(204);
    post(&format!("{one}/take"), &none).by(&ada).send(&world).await.is(204);
    let seen = get(INBOX).by(&ben).send(&world).await.is(200);
    assert_eq!(seen.json["items"][0]["taken_by"]["handle"], "ada");
    let take = post(&format!("{one}/take"), &none);
    take.by(&ben).send(&world).await.problem(409, "taken_already");
    let mine = format!("{INBOX}?shelf=mine");
    assert_eq!(get(&mine).by(&ben).send(&world).await.is(200).all("id").len(), 0);
    assert_eq!(get(&mine).by(&ada).send(&world).await.is(200).all("id").len(), 1);
    post(&format!("{one}/put-back"), &none).by(&ben).send(&world).await.is(204);
    post(&format!("{one}/take"), &none).by(&ben).send(&world).await.is(204);
    post(&format!("{one}/done"), &none).by(&ada).send(&world).await.is(204);
    assert_eq!(get(INBOX).by(&ada).send(&world).await.is(200).all("id").len(), 0);
    let done = get(&format!("{INBOX}?shelf=done")).by(&ben).send(&world).await.is(200);
    assert_eq!(done.json["items"][0]["done_by"]["handle"], "ada");
    get(&format!("{INBOX}?shelf=all")).by(&ben).send(&world).await.problem(422, "invalid");
    let other = post(&format!("{INBOX}/{}/take", garden.uuid()), &none);
    other.by(&ada).send(&world).await.problem(404, "not_found");
}

async fn an_answer_settles_what_it_answers(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let token = world.token(ada, "read write").await;
    let need = world.need(garden, ada, "Chairs").await;
    let eve = world.person("eve").await;
    let reply = world.answer(need, eve, "I have three").await;
    let list = get(INBOX).by(&token).send(&world).await.is(200);
    assert_eq!(list.json["items"][0]["text"], "I have three");
    let path = format!("/replies/{reply}/replies");
    post(&path, &json!({ "text": "Thank you" })).by(&token).send(&world).await.is(201);
    assert_eq!(get(INBOX).by(&token).send(&world).await.is(200).all("id").len(), 0);
    let done = get(&format!("{INBOX}?shelf=done")).by(&token).send(&world).await.is(200);
    assert_eq!(done.json["items"][0]["done_by"]["handle"], "ada");
}
