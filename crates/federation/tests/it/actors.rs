//! Actors of other servers that change or go.

use domain::{follows::FollowState, memberships::Role};
use ops::erasure::DeleteAccount;
use serde_json::json;
use testkit::World;

use crate::{
    peer::Page,
    scene::{Scene, changed},
    words::{act, create, follow, note, undo},
};

testkit::both_engines!(
    an_actor_says_something_new_of_itself,
    an_actor_that_deletes_itself_takes_everything_along,
    an_actor_is_deleted_though_its_server_has_forgotten_it,
    an_actor_that_is_gone_says_nothing_more,
    an_actor_may_not_have_its_inbox_elsewhere,
    prv_09_an_account_that_is_deleted_here_is_told_to_every_server,
    an_account_that_nobody_has_heard_of_is_deleted_in_silence,
);

async fn an_actor_says_something_new_of_itself(world: World) {
    let scene = Scene::new(world).await;
    let bob = scene.meet(&scene.bob).await;
    let mut person = scene.bob.document("Person", "bob");
    person["name"] = json!("Roberto <b>the</b> builder");
    person["summary"] = json!("<p>hi<script>x</script></p>");
    person["endpoints"] = json!({ "sharedInbox": "http://evil.example/inbox" });
    scene.deliver(&scene.bob, &act(&scene.bob, "Update", "1", person)).await;
    let row = scene.world.actor(bob).await;
    assert_eq!(row.name, "Roberto the builder");
    assert_eq!(row.summary, "<p>hi</p>");
    assert_eq!(row.shared_inbox, None, "DLV-15: it is on another server");
    assert_eq!(row.handle, "bob");
}

async fn an_actor_that_deletes_itself_takes_everything_along(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let need = scene.world.listing(need).await;
    let bob = &scene.bob;
    let said = note(bob, "1", &need.ap_id, "I have 8");
    scene.deliver(bob, &follow(bob, "1", &scene.group())).await;
    scene.deliver(bob, &create(bob, &said)).await;
    scene.deliver(bob, &act(bob, "Like", "1", need.ap_id.as_str())).await;
    scene.deliver(bob, &act(bob, "Delete", "gone", bob.id.as_str())).await;
    let id = said["id"].as_str().unwrap().to_owned();
    let row = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await.unwrap();
    assert!(row.deleted_at.is_some() && row.html.is_empty());
    let garden = scene.garden.actor();
    assert_eq!(scene.world.read(move |conn| db::follows::count_followers(conn, garden)).await, 0);
    let likes = scene.world.read(move |conn| db::reactions::count(conn, &[need.id.uuid()])).await;
    assert_eq!(likes.first().map_or(0, |row| row.likes), 0, "{likes:?}");
}

async fn an_actor_is_deleted_though_its_server_has_forgotten_it(world: World) {
    let scene = Scene::new(world).await;
    let bob = scene.meet(&scene.bob).await;
    scene.b.put("/u/bob", Page::Status(410));
    scene.world.clock.advance(3 * 86_400);
    let gone = act(&scene.bob, "Delete", "gone", scene.bob.id.as_str());
    assert_eq!(scene.outcome(&scene.bob, &gone).await.0, "done");
    assert!(scene.world.actor(bob).await.deleted_at.is_some());
    // The same of what one who is known does while their server is out of order.
    let mallory = scene.meet(&scene.mallory).await;
    let asked = follow(&scene.mallory, "1", &scene.group());
    scene.deliver(&scene.mallory, &asked).await;
    for (number, status) in [404, 403, 500].into_iter().enumerate() {
        scene.b.put("/u/mallory", Page::Status(status));
        scene.world.clock.advance(3 * 86_400);
        let again = undo(&scene.mallory, &format!("u{number}"), &asked);
        assert_eq!(scene.outcome(&scene.mallory, &again).await.0, "done", "{status}");
    }
    assert!(scene.world.follow(mallory, scene.garden.actor()).await.is_none());
}

async fn an_actor_that_is_gone_says_nothing_more(world: World) {
    let scene = Scene::new(world).await;
    let bob = &scene.bob;
    let id = scene.meet(bob).await;
    scene.deliver(bob, &act(bob, "Delete", "gone", bob.id.as_str())).await;
    let before = scene.world.rows().await;
    for activity in [
        follow(bob, "1", &scene.group()),
        create(bob, &note(bob, "1", &scene.group(), "I am back")),
        act(bob, "Update", "2", bob.document("Person", "bob")),
    ] {
        assert_eq!(scene.outcome(bob, &activity).await.0, "refused", "MOD-11");
    }
    assert!(changed(&before, &scene.world.rows().await).is_empty());
    let found = ops::Lookup::find(&scene.fed, &bob.id).await;
    assert_eq!(found.unwrap_err(), ops::LookupError::Gone);
    assert!(scene.world.actor(id).await.deleted_at.is_some());
    let garden = scene.garden.actor();
    let follow = scene.world.follow(id, garden).await;
    assert!(follow.is_none_or(|row| row.state != FollowState::Accepted));
}

async fn an_actor_may_not_have_its_inbox_elsewhere(world: World) {
    let scene = Scene::new(world).await;
    scene.mallory.change(|it| it["inbox"] = json!("http://victim.example/inbox"));
    let asked = follow(&scene.mallory, "1", &scene.group());
    scene.send(scene.letter(&scene.mallory, &asked)).await.is(401);
    let found = ops::Lookup::find(&scene.fed, &scene.mallory.id).await;
    assert!(matches!(found, Err(ops::LookupError::Odd(_))), "{found:?}");
}

async fn prv_09_an_account_that_is_deleted_here_is_told_to_every_server(world: World) {
    let scene = Scene::new(world).await;
    let zoe = scene.world.member(scene.garden, "zoe", Role::Member).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    let lemmy = scene.lemmy("c.example").await;
    let carla = lemmy.person("carla", 5);
    scene.meet(&carla).await;
    scene.world.answer(need, zoe, "I have four").await;
    scene.settle().await;
    scene.b.arrived();
    lemmy.arrived();
    let key = scene.key_of(zoe.actor()).await;
    let address = scene.world.actor(zoe.actor()).await.ap_id;
    scene.world.done(scene.world.local(zoe), DeleteAccount { code: String::new() }).await;
    scene.settle().await;
    for peer in [&scene.b, &lemmy] {
        let arrived = peer.arrived();
        let deletions: Vec<_> = arrived.iter().filter(|it| it.kind() == "Delete").collect();
        assert_eq!(deletions.len(), 1, "{}", peer.host());
        let told = deletions[0].json();
        assert_eq!(told["actor"], address);
        assert_eq!(told["object"], address, "as Mastodon says it");
        assert_eq!(told["to"], json!(["https://www.w3.org/ns/activitystreams#Public"]));
        assert_eq!(told["removeData"], true, "Lemmy forgets what they wrote");
        deletions[0].verify(&key);
    }
    let gone = scene.get("/u/zoe").await.is(410);
    assert_eq!(gone.json["type"], "Tombstone");
    assert_eq!(gone.json["publicKey"]["publicKeyPem"], key, "who never saw it can check");
    let known = scene.get("/.well-known/webfinger?resource=acct:zoe@a.example").await;
    assert!(matches!(known.status.as_u16(), 404 | 410), "{}", known.status);

    scene.world.clock.advance(8 * 86_400);
    scene.world.queues.sweep().await.unwrap();
    let gone = scene.get("/u/zoe").await.is(410);
    assert!(gone.json["publicKey"].is_null(), "it is forgotten when all have heard");
}

async fn an_account_that_nobody_has_heard_of_is_deleted_in_silence(world: World) {
    let scene = Scene::new(world).await;
    let zoe = scene.world.person("zoe").await;
    scene.meet_all().await;
    scene.world.done(scene.world.local(zoe), DeleteAccount { code: String::new() }).await;
    scene.settle().await;
    assert!(scene.b.arrived().is_empty());
    scene.get("/u/zoe").await.is(410);
}
