//! The server is killed in the middle of sending.

use std::{collections::HashSet, time::Duration};

use domain::{
    ActorId, Handle, Origin, Speaker, Way,
    collectives::{FollowPolicy, Profile},
    people::ActorKind,
    text::Language,
};
use ops::{
    Door, Queues, actors::RecordActor, collectives::CreateCollective, follows::RecordFollow,
};
use server::{
    config::{Config, Sources},
    instance::Base,
};
use testkit::{Database, Engine};
use url::Url;

use crate::support::{Program, Sinks, both_engines, environment, eventually};

both_engines!(what_was_on_its_way_when_the_server_was_killed_arrives_after_the_next_start);

const LISTINGS: usize = 20;
const INBOXES: usize = 10;
/// All of these hosts are sent to at once, with six letters each: so much can be in flight.
const IN_FLIGHT: usize = INBOXES * 6;

async fn what_was_on_its_way_when_the_server_was_killed_arrives_after_the_next_start(
    engine: Engine,
) {
    let database = Database::empty(engine);
    let program = Program::new(database.address());
    let nuria = program.person("nuria");
    let sinks = Sinks::start(INBOXES, Duration::from_millis(50));
    found(&program, &database, &sinks).await;

    let server = program.serve().await;
    let mut wanted = Vec::new();
    for number in 0..LISTINGS {
        let need = nuria.need("garden", &format!("Need {number}")).await;
        wanted.push(need["uri"].as_str().unwrap().to_owned());
    }
    wanted.sort_unstable();
    sinks.open();
    eventually("thirty deliveries", async || (30 <= sinks.count()).then_some(())).await;
    server.kill();
    let before = sinks.count();
    assert!(before < LISTINGS * INBOXES, "all had arrived before the kill");

    // With PostgreSQL the next one may be another process beside this one: what the dead one held is free when it has
    // been silent for five seconds.
    let _server = program.serve().await;
    let (reader, _) = database.open();
    eventually("all deliveries", async || {
        let waiting = reader.read(db::deliveries::count_waiting).await.unwrap();
        (waiting == 0).then_some(())
    })
    .await;

    let mut twice = 0;
    for host in &sinks.hosts {
        let came = sinks.created(host);
        let mut seen = HashSet::new();
        let mut first: Vec<String> = came.iter().filter(|id| seen.insert(*id)).cloned().collect();
        // Needs are about different things: they may come in any order.
        first.sort_unstable();
        assert_eq!(first, wanted, "{host} got everything");
        twice += came.len() - first.len();
    }
    println!("{before} had arrived before the kill; {twice} came twice");
    assert!(twice <= IN_FLIGHT, "{twice} came twice");
}

#[test]
fn of_three_processes_on_one_postgresql_the_others_take_over_what_a_killed_one_held() {
    crate::support::on(Engine::Postgres, three_processes);
}

async fn three_processes(engine: Engine) {
    let database = Database::empty(engine);
    let first = Program::new(database.address());
    let nuria = first.person("nuria");
    let sinks = Sinks::start(INBOXES, Duration::from_millis(50));
    found(&first, &database, &sinks).await;
    let killed = first.serve().await;
    let mut wanted = Vec::new();
    for number in 0..LISTINGS {
        let need = nuria.need("garden", &format!("Need {number}")).await;
        wanted.push(need["uri"].as_str().unwrap().to_owned());
    }
    wanted.sort_unstable();
    let (reader, _) = database.open();
    eventually("the first process taking hosts", async || {
        let told = reader.read(db::events::count_pending).await.unwrap() == 0;
        let waiting = reader.read(db::deliveries::count_waiting).await.unwrap();
        // The answers to those who follow wait too.
        (told && i64::try_from(LISTINGS * INBOXES).unwrap() <= waiting).then_some(())
    })
    .await;
    let (second, third) = (first.beside(), first.beside());
    let (_second, _third) = (second.serve().await, third.serve().await);
    // Nobody has been answered yet: the first process holds what it has begun.
    killed.kill();
    let start = std::time::Instant::now();
    sinks.open();
    eventually("all deliveries", async || {
        let waiting = reader.read(db::deliveries::count_waiting).await.unwrap();
        (waiting == 0).then_some(())
    })
    .await;
    let took = start.elapsed();
    println!("all had arrived {took:?} after the kill");
    assert!(took < Duration::from_secs(20), "long before a lease of a minute ends: {took:?}");
    for host in &sinks.hosts {
        let mut came = sinks.created(host);
        came.sort_unstable();
        let all = came.len();
        came.dedup();
        assert_eq!(came, wanted, "{host} got everything");
        assert!(all - came.len() <= 6, "{} came twice to {host}", all - came.len());
    }
}

/// A collective, and a follower behind each inbox.
async fn found(program: &Program, database: &Database, sinks: &Sinks) {
    let environment = environment(program.port, database.address());
    let config = Config::load(&Sources { environment, ..Sources::default() }).unwrap();
    let base = Base::open(&config).await.unwrap();
    let nuria = base.reader.read(|conn| db::actors::find_local(conn, "nuria")).await.unwrap();
    let english = Language::parse("en").unwrap();
    let garden = CreateCollective {
        handle: Handle::choose("garden").unwrap(),
        profile: Profile::new("Garden", "", english, FollowPolicy::Open, true).unwrap(),
        group_keys: testkit::pair(0),
        voice_keys: testkit::pair(1),
    };
    let steward = Origin::local(nuria.unwrap().id.person());
    let garden = base.door.perform(steward, garden).await.unwrap();
    for host in &sinks.hosts {
        follow(&base.door, host, garden.actor()).await;
    }
    base.workers.stop().await;
}

async fn follow(door: &Door, host: &str, followed: ActorId) {
    let ap_id = format!("http://{host}/bob");
    let inbox = format!("http://{host}/inbox");
    let bob = RecordActor {
        kind: ActorKind::Person,
        handle: "bob".to_owned(),
        host: host.to_owned(),
        name: String::new(),
        summary: String::new(),
        url: None,
        inbox,
        shared_inbox: None,
        outbox: None,
        followers: None,
        following: None,
        featured: None,
        moderators: None,
        icon: None,
        approves_followers: false,
        keys: Vec::new(),
        ap_id: ap_id.clone(),
    };
    let bob = door.perform(Origin::server(), bob).await.unwrap();
    let asked = format!("{ap_id}#follow");
    let way = Way::Inbox {
        activity: Url::parse(&asked).unwrap(),
        claim: openssl::sha::sha256(asked.as_bytes()),
        inbound: Queues::new(door.clone()).mint(),
    };
    let origin = Origin { speaker: Speaker::Person(bob.person()), way };
    door.perform(origin, RecordFollow { ap_id: asked, follower: bob, followed }).await.unwrap();
}
