//! The books around the door: received, to be told, on its way.

use db::{activities::ActivityRow, deliveries::DeliveryRow, inbox::InboundRow};
use domain::{
    ActorId, InboundId, Origin,
    domains::{Domain, Rule, Severity},
};
use ops::{
    Queues,
    domains::{RemoveDomainRule, SetDomainRule},
    follows::{RecordFollow, RecordFollowerLost},
    jobs::{CONFIRM_GONE, TOUCH_THREAD},
    queues::{Letter, Sent},
};
use testkit::World;

testkit::both_engines!(
    what_is_received_is_stored_once,
    one_worker_has_a_host_until_it_gives_it_back,
    a_host_whose_worker_died_is_taken_by_another,
    what_took_effect_is_not_stored_again,
    a_letter_goes_once_to_each_server,
    an_event_is_told_once,
    what_arrived_is_gone_and_what_was_refused_is_kept_to_see,
    a_host_that_does_not_answer_is_left_in_peace,
    who_has_lost_a_host_does_not_make_it_back_off,
    an_inbox_that_is_gone_loses_its_followers,
    a_shared_inbox_that_is_missing_is_left_by_all_of_its_server,
    a_job_may_wait_and_one_that_was_given_up_is_tried_again,
    nothing_is_sent_to_a_suspended_server,
    deliveries_are_made_in_order,
    what_waits_behind_another_does_not_make_its_host_due,
    a_job_is_done_once_and_comes_back_if_it_is_not_finished,
    old_books_are_thrown_away,
);

fn received(world: &World, number: u8, host: &str) -> InboundRow {
    InboundRow {
        id: world.queues.mint(),
        digest: vec![number; 32],
        ap_id: format!("https://{host}/activities/{number}"),
        actor: format!("https://{host}/users/bob"),
        host: host.to_owned(),
        kind: "Create".to_owned(),
        body: "{}".to_owned(),
        parked: None,
        attempts: 0,
        received_at: world.now(),
    }
}

/// A collective that Bob and Cho of one server and Dan of another follow.
async fn followed(world: &World) -> ActorId {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await.actor();
    for address in ["bob@b.example", "cho@b.example", "dan@c.example"] {
        let follower = world.remote_person(address).await;
        let ap_id = format!("https://b.example/follows/{address}");
        let follow = RecordFollow { ap_id, follower, followed: garden };
        world.done(world.fetched_from(follower).await, follow).await;
    }
    world.events().await;
    garden
}

fn letter(world: &World, sender: ActorId) -> Letter {
    let id: domain::ActivityId = world.queues.mint();
    let activity = ActivityRow {
        lane: id.bytes(),
        id,
        actor_id: sender,
        kind: "Create".to_owned(),
        public: true,
        body: "{}".to_owned(),
        created_at: world.now(),
        key_id: None,
    };
    Letter::to_followers_of(sender, activity)
}

/// Tells of a new listing of the collective by this letter.
async fn tell(world: &World, letter: &Letter) {
    let garden = letter.activity.actor_id.collective();
    let ada = world.steward(garden).await;
    world.need(garden, ada, "20 chairs").await;
    let now = world.now();
    let event = world.read(move |conn| db::events::due(conn, now, 1)).await[0].id;
    world.queues.tell(event, vec![letter.clone()]).await.unwrap();
}

async fn next(world: &World, host: &str) -> Vec<DeliveryRow> {
    world.queues.next_deliveries(host, 10).await.unwrap()
}

async fn inboxes(world: &World) -> Vec<String> {
    world.deliveries().await.into_iter().map(|row| row.inbox).collect()
}

async fn what_is_received_is_stored_once(world: World) {
    let row = received(&world, 1, "b.example");
    assert!(world.queues.store_inbound(row.clone()).await.unwrap());
    let again = InboundRow { id: world.queues.mint(), ..row.clone() };
    assert!(!world.queues.store_inbound(again).await.unwrap());
    assert_eq!(world.queues.take_inbound_hosts(10).await.unwrap(), ["b.example"]);
    let due = world.queues.next_inbound("b.example", 10).await.unwrap();
    assert_eq!(due.iter().map(|it| it.id).collect::<Vec<_>>(), [row.id]);

    let later = world.now().plus_seconds(30);
    world.queues.put_off_inbound(row.id, later, "busy".to_owned()).await.unwrap();
    assert!(world.queues.next_inbound("b.example", 10).await.unwrap().is_empty());
    world.clock.advance(30);
    let due = world.queues.next_inbound("b.example", 10).await.unwrap();
    assert_eq!(due[0].attempts, 1);
    let why = Some("not allowed".to_owned());
    world.queues.finish_inbound(row.id, "refused", why.clone()).await.unwrap();
    world.queues.release_inbound("b.example").await.unwrap();
    assert!(world.queues.take_inbound_hosts(10).await.unwrap().is_empty());
    let outcomes = world.read(|conn| db::inbox::outcomes(conn, 10)).await;
    assert_eq!((outcomes[0].outcome.as_deref(), &outcomes[0].reason), (Some("refused"), &why));
}

async fn one_worker_has_a_host_until_it_gives_it_back(world: World) {
    let other = Queues::new(world.door.clone());
    let mut ids: Vec<InboundId> = Vec::new();
    for (number, host) in [(1, "b.example"), (2, "c.example"), (3, "b.example")] {
        let row = received(&world, number, host);
        ids.push(row.id);
        world.queues.store_inbound(row).await.unwrap();
    }
    let mut hosts = world.queues.take_inbound_hosts(10).await.unwrap();
    hosts.sort();
    assert_eq!(hosts, ["b.example", "c.example"]);
    assert!(other.take_inbound_hosts(10).await.unwrap().is_empty());
    assert!(other.next_inbound("b.example", 10).await.unwrap().is_empty());
    let due = world.queues.next_inbound("b.example", 10).await.unwrap();
    assert_eq!(due.iter().map(|it| it.id).collect::<Vec<_>>(), [ids[0], ids[2]], "in their order");

    other.release_inbound("b.example").await.unwrap();
    assert!(other.take_inbound_hosts(10).await.unwrap().is_empty(), "it was not theirs to give");
    world.queues.release_inbound("b.example").await.unwrap();
    assert_eq!(other.take_inbound_hosts(10).await.unwrap(), ["b.example"]);
}

async fn a_host_whose_worker_died_is_taken_by_another(world: World) {
    let other = Queues::new(world.door.clone());
    world.queues.store_inbound(received(&world, 1, "b.example")).await.unwrap();
    tell(&world, &letter(&world, followed(&world).await)).await;
    for round in 0..2 {
        let (first, second) =
            if round == 0 { (&world.queues, &other) } else { (&other, &world.queues) };
        assert_eq!(first.take_inbound_hosts(1).await.unwrap(), ["b.example"]);
        assert_eq!(first.take_delivery_hosts(10).await.unwrap().len(), 2);
        assert!(second.take_inbound_hosts(1).await.unwrap().is_empty());
        assert!(second.take_delivery_hosts(10).await.unwrap().is_empty());
        world.clock.advance(181);
    }
    // The first was not dead, only slow: it has lost its lease and touches nothing.
    assert!(world.queues.next_inbound("b.example", 10).await.unwrap().is_empty());
    assert!(world.queues.next_deliveries("b.example", 10).await.unwrap().is_empty());
    assert_eq!(other.next_inbound("b.example", 10).await.unwrap().len(), 1);
    assert_eq!(other.next_deliveries("b.example", 10).await.unwrap().len(), 1);
}

async fn what_took_effect_is_not_stored_again(world: World) {
    let garden = followed(&world).await;
    let eve = world.remote_person("eve@b.example").await;
    let ap_id = "https://b.example/follows/9".to_owned();
    let origin = world.inbox_of(eve, &ap_id).await;
    let domain::Way::Inbox { claim, .. } = origin.way.clone() else { panic!("not by the inbox") };
    world.done(origin, RecordFollow { ap_id, follower: eve, followed: garden }).await;
    let again = InboundRow { digest: claim.to_vec(), ..received(&world, 1, "b.example") };
    assert!(!world.queues.store_inbound(again).await.unwrap());
}

async fn a_letter_goes_once_to_each_server(world: World) {
    let garden = followed(&world).await;
    let to = vec![
        ("https://b.example/inbox".to_owned(), "b.example".to_owned()),
        ("https://d.example/users/eve/inbox".to_owned(), "d.example".to_owned()),
    ];
    tell(&world, &Letter { to, ..letter(&world, garden) }).await;
    assert_eq!(
        inboxes(&world).await,
        ["https://b.example/inbox", "https://c.example/inbox", "https://d.example/users/eve/inbox"]
    );
    let mut hosts = world.queues.take_delivery_hosts(10).await.unwrap();
    hosts.sort();
    assert_eq!(hosts, ["b.example", "c.example", "d.example"]);
    let row = next(&world, "b.example").await.remove(0);
    assert_eq!((row.sender, row.attempts, row.body.as_str()), (garden, 0, "{}"));
}

async fn an_event_is_told_once(world: World) {
    let garden = followed(&world).await;
    let ada = world.steward(garden.collective()).await;
    world.need(garden.collective(), ada, "20 chairs").await;
    let now = world.now();
    let event = world.read(move |conn| db::events::due(conn, now, 1)).await[0].id;
    let other = Queues::new(world.door.clone());
    let (one, two) = (letter(&world, garden), letter(&world, garden));
    let (first, second) =
        tokio::join!(world.queues.tell(event, vec![one]), other.tell(event, vec![two]));
    first.unwrap();
    second.unwrap();
    assert_eq!(world.rows().await.count("activities"), 1, "whoever is slower sends nothing");
    assert_eq!(inboxes(&world).await.len(), 2);
}

async fn what_arrived_is_gone_and_what_was_refused_is_kept_to_see(world: World) {
    let garden = followed(&world).await;
    tell(&world, &letter(&world, garden)).await;
    world.queues.take_delivery_hosts(10).await.unwrap();
    let arrived = next(&world, "b.example").await.remove(0);
    world.queues.settle(&arrived, Sent::Arrived).await.unwrap();
    let refused = next(&world, "c.example").await.remove(0);
    world.queues.settle(&refused, Sent::Refused("400 no".to_owned())).await.unwrap();
    for host in ["b.example", "c.example"] {
        world.queues.release_deliveries(host).await.unwrap();
    }
    assert!(inboxes(&world).await.is_empty());
    world.clock.advance(3_600);
    assert!(world.queues.take_delivery_hosts(10).await.unwrap().is_empty());
    let dead = world.read(|conn| db::deliveries::dead(conn, 10)).await;
    assert_eq!(dead.len(), 1);
    assert_eq!((dead[0].inbox.as_str(), dead[0].attempts), ("https://c.example/inbox", 1));
    assert_eq!(dead[0].reason.as_deref(), Some("400 no"));
    let host = world.read(|conn| db::instances::find(conn, "b.example")).await.unwrap();
    assert_eq!(host.last_success_at, Some(world.now().plus_seconds(-3_600)));
}

async fn a_host_that_does_not_answer_is_left_in_peace(world: World) {
    let garden = followed(&world).await;
    tell(&world, &letter(&world, garden)).await;
    world.queues.take_delivery_hosts(10).await.unwrap();
    let delivery = next(&world, "b.example").await.remove(0);
    let at = world.now().plus_seconds(120);
    let later = Sent::Later { at, why: "timed out".to_owned() };
    world.queues.settle(&delivery, later).await.unwrap();
    let host = world.read(|conn| db::instances::find(conn, "b.example")).await.unwrap();
    assert_eq!((host.failures, host.last_failure.as_deref()), (1, Some("timed out")));
    // Something new for this host does not wake it early.
    tell(&world, &letter(&world, garden)).await;
    world.clock.advance(119);
    assert_eq!(world.queues.take_delivery_hosts(10).await.unwrap(), ["c.example"]);
    world.clock.advance(1);
    assert!(world.queues.take_delivery_hosts(10).await.unwrap().contains(&"b.example".to_owned()));
    let waiting = next(&world, "b.example").await;
    assert_eq!(waiting.iter().map(|row| row.attempts).collect::<Vec<_>>(), [0, 1]);
    world.queues.settle(&waiting[0], Sent::Arrived).await.unwrap();
    let host = world.read(|conn| db::instances::find(conn, "b.example")).await.unwrap();
    assert_eq!(host.failures, 0);
}

async fn who_has_lost_a_host_does_not_make_it_back_off(world: World) {
    let (slow, other) = (&world.queues, Queues::new(world.door.clone()));
    tell(&world, &letter(&world, followed(&world).await)).await;
    assert_eq!(slow.take_delivery_hosts(10).await.unwrap().len(), 2);
    let delivery = slow.next_deliveries("b.example", 10).await.unwrap().remove(0);
    world.clock.advance(61);
    assert_eq!(other.take_delivery_hosts(10).await.unwrap().len(), 2);
    let later = Sent::Later { at: world.now().plus_seconds(600), why: "timed out".to_owned() };
    slow.settle(&delivery, later.clone()).await.unwrap();
    let third = Queues::new(world.door.clone());
    assert!(third.take_delivery_hosts(10).await.unwrap().is_empty(), "the other still holds it");
    let host = world.read(|conn| db::instances::find(conn, "b.example")).await.unwrap();
    assert_eq!((host.failures, host.last_failure), (0, None), "the other tells how it does");
    assert!(other.next_deliveries("b.example", 10).await.unwrap().is_empty());
    let held = world.deliveries().await.into_iter().find(|row| row.host == "b.example").unwrap();
    assert_eq!(held.attempts, 1, "that it was tried is so, whoever tried");

    other.settle(&held, later).await.unwrap();
    world.clock.advance(599);
    assert_eq!(third.take_delivery_hosts(10).await.unwrap(), ["c.example"]);
    world.clock.advance(1);
    assert_eq!(third.take_delivery_hosts(10).await.unwrap(), ["b.example"]);
}

async fn an_inbox_that_is_gone_loses_its_followers(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await.actor();
    let alone = ops::actors::RecordActor {
        shared_inbox: None,
        ..world.new_remote(domain::people::ActorKind::Person, "bob@b.example")
    };
    let bob = world.done(Origin::server(), alone).await;
    let ap_id = "https://b.example/follows/1".to_owned();
    let follow = RecordFollow { ap_id, follower: bob, followed: garden };
    world.done(world.fetched_from(bob).await, follow).await;
    world.events().await;
    tell(&world, &letter(&world, garden)).await;
    world.queues.take_delivery_hosts(10).await.unwrap();
    let delivery = next(&world, "b.example").await.remove(0);
    assert_eq!(delivery.inbox, "https://b.example/users/bob/inbox");
    world.jobs().await;
    world.queues.settle(&delivery, Sent::Gone).await.unwrap();
    assert!(inboxes(&world).await.is_empty());
    let jobs = world.jobs().await;
    assert_eq!(jobs.len(), 1);
    assert_eq!((jobs[0].kind.as_str(), jobs[0].name.as_str()), (CONFIRM_GONE, &*delivery.inbox));
    assert!(world.follow(bob, garden).await.is_some(), "until he is looked for");
    let lost = || RecordFollowerLost { follower: bob };
    world.refused(world.local(ada), lost()).await;
    world.done(Origin::server(), lost()).await;
    assert!(world.follow(bob, garden).await.is_none());
}

async fn a_shared_inbox_that_is_missing_is_left_by_all_of_its_server(world: World) {
    let garden = followed(&world).await;
    let eve = world.remote_person("eve@b.example").await;
    world.remote_person("mallory@b.example").await;
    let to = vec![("https://b.example/inbox".to_owned(), "b.example".to_owned())];
    let named = Letter { to, ..letter(&world, garden) };
    let private = ActivityRow { public: false, ..letter(&world, garden).activity };
    tell(&world, &named).await;
    tell(&world, &Letter::to(named.to.clone(), private)).await;
    world.queues.take_delivery_hosts(10).await.unwrap();
    for (at, addressed, want) in [
        // Who follows, and who is named; nobody else of that server.
        (0, vec!["https://b.example/users/eve".to_owned()], &["bob", "cho", "eve"][..]),
        // What is not for all goes to nobody but those whom it calls.
        (0, vec![], &[]),
    ] {
        let delivery = next(&world, "b.example").await.remove(at);
        assert_eq!(delivery.inbox, "https://b.example/inbox");
        world.queues.settle(&delivery, Sent::Unshared { addressed }).await.unwrap();
        let rows = world.deliveries().await;
        let is_part =
            |row: &&DeliveryRow| row.activity_id == delivery.activity_id && row.host == "b.example";
        let rows = rows.iter().filter(is_part);
        let mut inboxes: Vec<&str> = rows.map(|row| row.inbox.as_str()).collect();
        inboxes.sort_unstable();
        let inbox = |name: &&str| format!("https://b.example/users/{name}/inbox");
        assert_eq!(inboxes, want.iter().map(inbox).collect::<Vec<_>>());
        for row in world.deliveries().await {
            if is_part(&&row) {
                world.queues.settle(&row, Sent::Arrived).await.unwrap();
            }
        }
    }
    assert_eq!(world.actor(eve).await.shared_inbox, None);
    world.queues.release_deliveries("b.example").await.unwrap();
    tell(&world, &letter(&world, garden)).await;
    let rows = next(&world, "b.example").await;
    assert_eq!(rows.len(), 2, "and so does the next one");
    assert!(rows.iter().all(|row| row.inbox != "https://b.example/inbox"));
}

async fn a_job_may_wait_and_one_that_was_given_up_is_tried_again(world: World) {
    let push = || world.queues.push_job(TOUCH_THREAD, "1".to_owned(), "{}".to_owned());
    push().await.unwrap();
    world.clock.advance(29);
    push().await.unwrap();
    assert!(world.queues.take_jobs(10).await.unwrap().is_empty());
    world.clock.advance(1);
    let job = world.queues.take_jobs(10).await.unwrap().remove(0);
    assert!(world.queues.take_jobs(10).await.unwrap().is_empty(), "two were one");
    world.queues.put_off_job(job.id, None, "given up".to_owned()).await.unwrap();
    world.clock.advance(3_600);
    assert!(world.queues.take_jobs(10).await.unwrap().is_empty());
    push().await.unwrap();
    assert_eq!(world.queues.take_jobs(10).await.unwrap()[0].id, job.id);
}

async fn nothing_is_sent_to_a_suspended_server(world: World) {
    let garden = followed(&world).await;
    tell(&world, &letter(&world, garden)).await;
    let domain = Domain::parse("b.example").unwrap();
    let rule = Rule::of(Severity::Suspend);
    world.done(Origin::server(), SetDomainRule { domain: domain.clone(), rule }).await;
    let to = vec![("https://b.example/users/eve/inbox".to_owned(), "b.example".to_owned())];
    tell(&world, &Letter { to, ..letter(&world, garden) }).await;
    assert_eq!(world.queues.take_delivery_hosts(10).await.unwrap(), ["c.example"]);
    assert_eq!(
        inboxes(&world).await,
        ["https://c.example/inbox", "https://c.example/inbox"],
        "what waited is dropped, nothing new is added"
    );
    world.done(Origin::server(), RemoveDomainRule { domain }).await;
    world.queues.take_delivery_hosts(10).await.unwrap();
    assert!(next(&world, "b.example").await.is_empty(), "what was dropped does not come back");
}

async fn deliveries_are_made_in_order(world: World) {
    let garden = followed(&world).await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        let letter = letter(&world, garden);
        ids.push(letter.activity.id);
        tell(&world, &letter).await;
    }
    world.queues.take_delivery_hosts(10).await.unwrap();
    let waiting = next(&world, "b.example").await;
    assert_eq!(waiting.iter().map(|row| row.activity_id).collect::<Vec<_>>(), ids);
    // Given back with something left, the host is due at once.
    world.queues.settle(&waiting[0], Sent::Arrived).await.unwrap();
    world.queues.release_deliveries("b.example").await.unwrap();
    assert_eq!(world.queues.take_delivery_hosts(10).await.unwrap(), ["b.example"]);
    assert_eq!(next(&world, "b.example").await.len(), 4);
}

async fn what_waits_behind_another_does_not_make_its_host_due(world: World) {
    let garden = followed(&world).await;
    let first = letter(&world, garden);
    tell(&world, &first).await;
    world.queues.take_delivery_hosts(10).await.unwrap();
    let row = next(&world, "b.example").await.remove(0);
    let at = world.now().plus_seconds(60);
    let put_off = Sent::PutOff { at, why: "500".to_owned(), theirs: true };
    world.queues.settle(&row, put_off).await.unwrap();
    world.queues.release_deliveries("b.example").await.unwrap();
    let mut behind = letter(&world, garden);
    behind.activity.lane.clone_from(&first.activity.lane);
    tell(&world, &behind).await;
    assert_eq!(world.queues.take_delivery_hosts(10).await.unwrap(), ["b.example"], "to look");
    assert!(next(&world, "b.example").await.is_empty());
    world.queues.release_deliveries("b.example").await.unwrap();
    world.queues.release_deliveries("c.example").await.unwrap();
    world.clock.advance(59);
    assert!(!world.queues.take_delivery_hosts(10).await.unwrap().contains(&row.host));
    world.clock.advance(1);
    assert!(world.queues.take_delivery_hosts(10).await.unwrap().contains(&row.host));
}

async fn a_job_is_done_once_and_comes_back_if_it_is_not_finished(world: World) {
    for _ in 0..2 {
        world
            .queues
            .push_job("meet_instance", "b.example".to_owned(), "{}".to_owned())
            .await
            .unwrap();
    }
    let job = world.queues.take_jobs(10).await.unwrap();
    assert_eq!(job.iter().map(|job| job.name.as_str()).collect::<Vec<_>>(), ["b.example"]);
    assert!(world.queues.take_jobs(10).await.unwrap().is_empty());
    world.clock.advance(61);
    let back = world.queues.take_jobs(10).await.unwrap().remove(0);
    assert_eq!((back.id, back.attempts), (job[0].id, 1));
    let later = world.now().plus_seconds(600);
    world.queues.put_off_job(back.id, Some(later), "no answer".to_owned()).await.unwrap();
    world.clock.advance(599);
    assert!(world.queues.take_jobs(10).await.unwrap().is_empty());
    world.clock.advance(1);
    assert_eq!(world.queues.take_jobs(10).await.unwrap().len(), 1);
    world.queues.put_off_job(back.id, None, "given up".to_owned()).await.unwrap();
    world.clock.advance(3_600);
    assert!(world.jobs().await.is_empty());
    world.queues.finish_job(back.id).await.unwrap();
    assert_eq!(world.rows().await.count("jobs"), 0);
}

async fn old_books_are_thrown_away(world: World) {
    let garden = followed(&world).await;
    tell(&world, &letter(&world, garden)).await;
    let (done, open) = (received(&world, 1, "b.example"), received(&world, 2, "b.example"));
    for row in [&done, &open] {
        world.queues.store_inbound(row.clone()).await.unwrap();
    }
    world.queues.finish_inbound(done.id, "done", None).await.unwrap();
    world.clock.advance(7 * 86_400);
    assert_eq!(world.queues.sweep().await.unwrap(), 0);
    world.clock.advance(1);
    assert!(1 < world.queues.sweep().await.unwrap());
    let rows = world.rows().await;
    assert_eq!((rows.count("inbound_activities"), rows.count("events")), (1, 0));
    assert_eq!(rows.count("deliveries"), 2, "what is on its way is never swept");
}
