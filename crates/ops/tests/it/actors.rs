//! Actors of other servers: met, changed, gone.

use domain::{Origin, Refusal, Speaker, Way, people::ActorKind, replies::Visibility};
use ops::{
    Event,
    actors::{RecordActor, RecordActorGone},
    follows::{AskFollow, RecordFollow},
    reactions::RecordReaction,
    replies::RecordReply,
};
use testkit::World;

testkit::both_engines!(
    an_actor_is_met_once_and_its_server_looked_at,
    a_newer_description_replaces_the_older,
    nobody_describes_our_actors,
    an_actor_is_described_by_itself_or_by_its_server,
    a_name_is_text_and_a_summary_is_harmless,
    keys_are_replaced_and_never_taken_from_another,
    who_is_gone_takes_everything_along,
    nobody_says_that_another_is_gone,
    who_is_gone_does_not_come_back,
);

async fn an_actor_is_met_once_and_its_server_looked_at(world: World) {
    let bob = world.remote_person("bob@b.example").await;
    assert_eq!(world.remote_person("bob@b.example").await, bob);
    let row = world.actor(bob).await;
    assert_eq!((row.local, row.fetched_at), (false, Some(world.now())));
    assert_eq!(row.best_inbox(), "https://b.example/inbox");
    world.remote_person("cho@b.example").await;
    let jobs = world.jobs().await;
    let jobs: Vec<_> = jobs.iter().map(|job| (job.kind.as_str(), job.name.as_str())).collect();
    assert_eq!(jobs, [("meet_instance", "b.example")]);
    assert_eq!(world.events().await, []);
}

async fn a_newer_description_replaces_the_older(world: World) {
    let bob = world.remote_person("bob@b.example").await;
    world.clock.advance(60);
    let changed = RecordActor {
        name: "Bob".to_owned(),
        approves_followers: true,
        shared_inbox: None,
        ..world.new_remote(ActorKind::Person, "bob@b.example")
    };
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    assert_eq!(world.done(origin, changed).await, bob);
    let row = world.actor(bob).await;
    assert_eq!((row.name.as_str(), row.approves_followers), ("Bob", true));
    assert_eq!(row.best_inbox(), "https://b.example/users/bob/inbox");
    assert_eq!(row.fetched_at, Some(world.now()));
    assert_eq!(row.created_at, world.now().plus_seconds(-60));
}

async fn nobody_describes_our_actors(world: World) {
    let ada = world.person("ada").await;
    let eve = world.remote_person("eve@b.example").await;
    let address = world.actor(ada.actor()).await.ap_id;
    let forged = |ap_id: &str, host: &str| RecordActor {
        ap_id: ap_id.to_owned(),
        host: host.to_owned(),
        ..world.new_remote(ActorKind::Person, "ada@b.example")
    };
    let by_eve = world.inbox_of(eve, "https://b.example/activities/1").await;
    let fetched = Origin { speaker: Speaker::Stranger, way: Way::Fetched };
    for (ap_id, host) in [
        (address.as_str(), "b.example"),
        (address.as_str(), "a.example"),
        ("https://a.example/u/nobody", "b.example"),
        ("https://b.example/users/ada", "a.example"),
        ("https://c.example/users/ada", "b.example"),
        ("https://b.example:444/users/ada", "b.example"),
        ("ada", "b.example"),
    ] {
        for origin in [by_eve.clone(), fetched.clone()] {
            let refusal = world.refused(origin, forged(ap_id, host)).await;
            assert_eq!(refusal, Refusal::NotTheirsToSay, "{ap_id} {host}");
        }
    }
}

async fn an_actor_is_described_by_itself_or_by_its_server(world: World) {
    let bob = world.remote_person("bob@b.example").await;
    let eve = world.remote_person("eve@b.example").await;
    let by_eve = world.inbox_of(eve, "https://b.example/activities/1").await;
    for address in ["bob@b.example", "nobody@b.example"] {
        let forged = world.new_remote(ActorKind::Person, address);
        let refusal = world.refused(by_eve.clone(), forged).await;
        assert_eq!(refusal, Refusal::NotTheirsToSay, "the same host is not enough");
    }
    let name = "Fetched".to_owned();
    let fetched = Origin { speaker: Speaker::Stranger, way: Way::Fetched };
    let said = RecordActor { name, ..world.new_remote(ActorKind::Person, "bob@b.example") };
    world.done(fetched, said).await;
    assert_eq!(world.actor(bob).await.name, "Fetched");
}

async fn a_name_is_text_and_a_summary_is_harmless(world: World) {
    let said = RecordActor {
        name: format!("<b>Bob</b> &amp; Co.\n{}", "x".repeat(400)),
        summary: "<p>hi<script>steal()</script></p>".to_owned(),
        ..world.new_remote(ActorKind::Person, "bob@b.example")
    };
    let bob = world.done(Origin::server(), said).await;
    let row = world.actor(bob).await;
    assert!(row.name.starts_with("Bob & Co. xxx"), "{}", row.name);
    assert_eq!(row.name.chars().count(), 255);
    assert_eq!(row.summary, "<p>hi</p>");
}

async fn keys_are_replaced_and_never_taken_from_another(world: World) {
    let bob = world.remote_person("bob@b.example").await;
    let eve = world.remote_person("eve@b.example").await;
    let key = "https://b.example/users/bob#main-key";
    let new = testkit::pair(5).public_pem;
    let rotated = RecordActor {
        keys: vec![("https://b.example/users/bob#key-2".to_owned(), new.clone())],
        ..world.new_remote(ActorKind::Person, "bob@b.example")
    };
    let theft = RecordActor {
        keys: vec![(key.to_owned(), new.clone())],
        ..world.new_remote(ActorKind::Person, "eve@b.example")
    };
    let find = async |id: &str| {
        let id = id.to_owned();
        world
            .read(move |conn| db::keys::find(conn, &id))
            .await
            .map(|row| (row.actor_id, row.public_pem))
    };
    let bobs = world.remote_keys("https://b.example/users/bob").public_pem;
    world.done(Origin::server(), theft).await;
    assert_eq!(find(key).await, Some((bob, bobs.clone())), "a key stays with its owner");
    let without =
        RecordActor { keys: Vec::new(), ..world.new_remote(ActorKind::Person, "bob@b.example") };
    world.done(Origin::server(), without).await;
    assert_eq!(find(key).await, Some((bob, bobs)));
    world.done(Origin::server(), rotated).await;
    assert_eq!(find(key).await, None);
    assert_eq!(find("https://b.example/users/bob#key-2").await, Some((bob, new)));
    assert_eq!(find("https://b.example/users/eve#main-key").await, None);
    assert!(world.actor(eve).await.deleted_at.is_none());
}

/// Bob has answered, liked, follows, and is followed.
async fn bob(world: &World) -> domain::ActorId {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let bob = world.remote_person("bob@b.example").await;
    let origin = world.fetched_from(bob).await;
    let address = world.listing(need).await.ap_id;
    let note = RecordReply {
        ap_id: "https://b.example/notes/1".to_owned(),
        author: bob,
        in_reply_to: Some(address.clone()),
        visibility: Visibility::Public,
        html: "<p>12 chairs</p>".to_owned(),
        summary: None,
        sensitive: false,
        language: None,
        url: None,
        published_at: None,
        updated_at: None,
        mentions_us: false,
    };
    world.done(origin.clone(), note).await;
    let like = RecordReaction {
        ap_id: "https://b.example/likes/1".to_owned(),
        actor: bob,
        kind: domain::replies::ReactionKind::Like,
        object: address,
    };
    world.done(origin.clone(), like).await;
    let ap_id = "https://b.example/follows/1".to_owned();
    world.done(origin, RecordFollow { ap_id, follower: bob, followed: garden.actor() }).await;
    world.done(world.local(ada), AskFollow { followed: bob }).await;
    world.events().await;
    bob
}

async fn who_is_gone_takes_everything_along(world: World) {
    let bob = bob(&world).await;
    let origin = world.inbox_of(bob, "https://b.example/activities/9").await;
    world.done(origin, RecordActorGone { actor: bob }).await;
    assert_eq!(world.actor(bob).await.deleted_at, Some(world.now()));
    let rows = world.rows().await;
    assert_eq!((rows.count("follows"), rows.count("reactions")), (0, 0));
    let ap_id = "https://b.example/notes/1";
    let note = world.read(|conn| db::replies::find_by_ap_id(conn, ap_id)).await.unwrap();
    assert_eq!((note.html.as_str(), note.deleted_at), ("", Some(world.now())));
    assert_eq!(world.events().await, [Event::heard("actor_gone", bob)]);
    world.done(Origin::server(), RecordActorGone { actor: bob }).await;
    assert_eq!(world.events().await, [], "it is gone already");
}

async fn nobody_says_that_another_is_gone(world: World) {
    let bob = bob(&world).await;
    let ada = world.read(|conn| db::actors::find_local(conn, "ada")).await.unwrap().id;
    let eve = world.remote_person("eve@b.example").await;
    let by_eve = world.inbox_of(eve, "https://b.example/activities/1").await;
    for actor in [bob, ada] {
        let gone = RecordActorGone { actor };
        assert_eq!(world.refused(by_eve.clone(), gone.clone()).await, Refusal::NotTheirsToSay);
        let local = world.local(ada.person());
        assert_eq!(world.refused(local, gone).await, Refusal::NotTheirsToSay);
    }
    // That its own server answers 410 is heard, too.
    let fetched = Origin { speaker: Speaker::Stranger, way: Way::Fetched };
    let ours = RecordActorGone { actor: ada };
    assert_eq!(world.refused(fetched.clone(), ours).await, Refusal::NotTheirsToSay);
    world.done(fetched.clone(), RecordActorGone { actor: bob }).await;
    world.done(fetched, RecordActorGone { actor: domain::ActorId::from(bob.uuid()) }).await;
}

async fn who_is_gone_does_not_come_back(world: World) {
    let bob = world.remote_person("bob@b.example").await;
    world.done(Origin::server(), RecordActorGone { actor: bob }).await;
    let again = world.new_remote(ActorKind::Person, "bob@b.example");
    assert_eq!(world.refused(Origin::server(), again).await, Refusal::Deleted);

    // A collective that is gone takes its listings along.
    let mill = world.remote_collective("mill@b.example").await;
    world.done(world.fetched_from(mill).await, crate::listings::said(mill, "20 chairs")).await;
    world.done(Origin::server(), RecordActorGone { actor: mill }).await;
    let ap_id = crate::listings::ADDRESS;
    let row = world.read(|conn| db::listings::find_by_ap_id(conn, ap_id)).await.unwrap();
    assert!(!row.is_public());
    let open = world.read(move |conn| db::listings::count_open(conn, mill.collective())).await;
    assert_eq!(open, (0, 0));
}
