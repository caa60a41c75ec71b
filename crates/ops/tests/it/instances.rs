//! Servers: ours, and those we have met.

use domain::{
    Origin, Refusal,
    domains::{Domain, Rule, Severity, State},
    people::ActorKind,
};
use ops::{
    Site,
    domains::{RemoveDomainRule, SetDomainRule},
    follows::RecordFollow,
    instances::{FoundInstance, RecordOpenActors, RecordSoftware},
};
use testkit::{Engine, World, pair};
use url::Url;

testkit::both_engines!(
    the_instance_is_an_actor_at_the_root,
    a_database_belongs_to_one_address,
    nothing_is_taken_from_a_suspended_server,
    what_a_server_runs_is_remembered,
    whether_a_server_shows_its_actors_is_remembered,
);

async fn the_instance_is_an_actor_at_the_root(world: World) {
    let found = || FoundInstance { name: "Commons".to_owned(), keys: pair(0) };
    let before = world.rows().await;
    let id = world.done(Origin::server(), found()).await;
    assert!(before.changed(&world.rows().await).is_empty(), "it was founded once");
    let row = world.actor(id).await;
    assert_eq!((row.ap_id.as_str(), row.kind), ("https://a.example/", ActorKind::Application));
    assert_eq!(row.address(), "@a.example@a.example");
    assert_eq!((row.inbox.as_str(), row.followers), ("https://a.example/inbox", None));
    assert!(world.read(move |conn| db::keys::private(conn, id)).await.is_some());
}

async fn a_database_belongs_to_one_address(world: World) {
    let elsewhere = Site::new(&Url::parse("https://other.example").unwrap()).unwrap();
    let (_, writer) =
        db::pool::open(world.address(), db::pool::Sizes { readers: 1, writers: 1 }).unwrap();
    let door = ops::Door::new(writer, world.clock.clone(), elsewhere, ops::Bell::default());
    let found = FoundInstance { name: "Commons".to_owned(), keys: pair(0) };
    let before = world.rows().await;
    let error = door.perform(Origin::server(), found).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "instance.url is https://other.example/, but this database belongs to https://a.example/; \
         ids are for ever, so set it back"
    );
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn nothing_is_taken_from_a_suspended_server(world: World) {
    let rosa = world.admin("rosa").await;
    let garden = world.collective("garden", rosa).await.actor();
    let bob = world.remote_person("bob@b.example").await;
    let domain = Domain::parse(" B.Example. ").unwrap();
    let rule = Rule::of(Severity::Suspend);
    world.done(world.local(rosa), SetDomainRule { domain: domain.clone(), rule }).await;
    let follow = || RecordFollow {
        ap_id: "https://b.example/follows/1".to_owned(),
        follower: bob,
        followed: garden,
    };
    for activity in ["https://b.example/activities/1", "https://deep.under.b.example/1"] {
        let origin = world.inbox_of(bob, activity).await;
        assert_eq!(world.refused(origin, follow()).await, Refusal::Blocked, "{activity}");
    }
    world.done(world.local(rosa), RemoveDomainRule { domain }).await;
    // The refusal consumed nothing: the same activity is taken now.
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    world.done(origin, follow()).await;
    assert_eq!(
        world.audit().await[2..],
        ["set_domain_rule b.example suspend", "remove_domain_rule b.example"]
    );
}

async fn what_a_server_runs_is_remembered(world: World) {
    let said = RecordSoftware {
        host: "b.example".to_owned(),
        software: Some("lemmy".to_owned()),
        version: Some("0.19.20".to_owned()),
    };
    world.done(Origin::server(), said).await;
    let row = world.read(|conn| db::instances::find(conn, "b.example")).await.unwrap();
    assert_eq!((row.software.as_deref(), row.version.as_deref()), (Some("lemmy"), Some("0.19.20")));
    assert_eq!((row.checked_at, row.state), (Some(world.now()), State::Open));
}

#[test]
fn a_new_database_is_founded() {
    testkit::run(async || {
        let world = World::unfounded(Engine::Sqlite);
        assert_eq!(world.rows().await.count("actors"), 0);
        let found = FoundInstance { name: "Commons".to_owned(), keys: pair(0) };
        world.done(Origin::server(), found).await;
        let kept = world.read(|conn| db::settings::find(conn, "instance.url")).await;
        assert_eq!(kept.as_deref(), Some("https://a.example/"));
    });
}

async fn whether_a_server_shows_its_actors_is_remembered(world: World) {
    for open in [false, true] {
        let host = "b.example".to_owned();
        world.done(Origin::server(), RecordOpenActors { host, open }).await;
        let row = world.read(|conn| db::instances::find(conn, "b.example")).await.unwrap();
        assert_eq!((row.open_actors, row.probed_at), (Some(open), Some(world.now())));
    }
}
