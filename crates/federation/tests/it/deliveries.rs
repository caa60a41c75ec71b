//! Sending: once for each server, in order, again after a failure, and not for ever.

use db::deliveries::DeadRow;
use domain::{Origin, PersonId};
use ops::{
    deliveries::{DropDeliveries, PauseDeliveries, ResumeDeliveries, RetryDeliveries},
    follows::AskFollow,
    listings::DeleteListing,
};
use testkit::World;

use crate::{
    arrival::Arrival,
    peer::{Mood, Peer},
    scene::Scene,
    words::{act, follow},
};

testkit::both_engines!(
    one_letter_goes_to_all_followers_of_a_server,
    what_fails_is_sent_again_and_nothing_about_the_same_thing_overtakes_it,
    what_fails_holds_up_nothing_else,
    an_inbox_that_always_fails_is_left_in_peace_and_holds_up_no_other,
    six_letters_of_a_slow_server_are_under_way_at_once,
    what_cannot_be_signed_is_given_up_and_seen,
    a_paused_server_gets_nothing_until_it_is_resumed,
    a_server_that_fails_holds_up_no_other,
    what_a_server_will_not_take_is_given_up_with_its_reason,
    a_server_that_answers_401_is_tried_once_more_with_the_newer_kind_of_signature,
    a_server_that_asks_for_patience_gets_it,
    what_never_arrives_is_given_up_after_days,
    nothing_is_lost_and_nothing_twice_when_the_process_ends_between,
    who_has_lost_a_host_does_not_give_it_back,
    a_letter_is_signed_when_it_is_sent,
    a_redirect_is_not_followed,
    only_followers_and_those_who_are_named_get_anything,
);

/// Bob follows, and nothing is on its way.
async fn followed(world: World) -> Scene {
    let scene = Scene::new(world).await;
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    scene.b.arrived();
    scene
}

async fn need(scene: &Scene, title: &str) -> domain::ListingId {
    scene.world.need(scene.garden, scene.ada, title).await
}

fn titles(peer: &Peer) -> Vec<String> {
    let arrived = peer.arrived();
    arrived
        .iter()
        .map(|it| it.json()["object"]["publishes"]["name"].as_str().unwrap_or("-").to_owned())
        .collect()
}

async fn dead(scene: &Scene) -> Vec<DeadRow> {
    scene.world.read(|conn| db::deliveries::dead(conn, 100)).await
}

async fn one_letter_goes_to_all_followers_of_a_server(world: World) {
    let scene = followed(world).await;
    let c = Peer::named(&scene.net, "c.example").await;
    let lone = c.person("carla", 5);
    lone.change(|it| drop(it.as_object_mut().unwrap().remove("endpoints")));
    scene.deliver(&scene.mallory, &follow(&scene.mallory, "1", &scene.group())).await;
    scene.deliver(&lone, &follow(&lone, "1", &scene.group())).await;
    scene.b.arrived();
    c.arrived();
    need(&scene, "20 chairs").await;
    scene.settle().await;
    let (at_b, at_c) = (scene.b.arrived(), c.arrived());
    assert_eq!((at_b.len(), at_c.len()), (1, 1), "DLV-14");
    assert_eq!((at_b[0].target.as_str(), at_c[0].target.as_str()), ("/inbox", "/u/carla/inbox"));
    let key = scene.key_of(scene.garden.actor()).await;
    for arrival in at_b.iter().chain(&at_c) {
        arrival.verify(&key);
        assert_eq!(arrival.said("algorithm"), "rsa-sha256");
        assert_eq!(arrival.said("headers"), "(request-target) host date digest content-type");
        assert!(arrival.header("user-agent").starts_with("Tequio"), "DLV-22");
    }
    assert!(scene.world.deliveries().await.is_empty());
}

async fn what_fails_is_sent_again_and_nothing_about_the_same_thing_overtakes_it(world: World) {
    let scene = followed(world).await;
    for status in [500, 502, 503] {
        scene.b.mood("/inbox", Mood::Status(status));
        let one = need(&scene, "one").await;
        scene.settle().await;
        assert_eq!(titles(&scene.b), ["one"], "DLV-01 {status}");
        scene.world.done(scene.world.local(scene.ada), DeleteListing { listing: one }).await;
        scene.settle().await;
        assert!(scene.b.arrived().is_empty(), "DLV-12 {status}: its end waits behind it");
        scene.b.mood("/inbox", Mood::Status(202));
        scene.world.clock.advance(3_600);
        scene.settle().await;
        let kinds: Vec<String> = scene.b.arrived().iter().map(Arrival::kind).collect();
        assert_eq!(kinds, ["Create", "Delete"], "DLV-12 {status}");
        scene.world.clock.advance(3_600);
        scene.settle().await;
        assert!(scene.b.arrived().is_empty(), "{status}: and that was all");
    }
}

async fn what_fails_holds_up_nothing_else(world: World) {
    let scene = followed(world).await;
    scene.b.mood("/inbox", Mood::Status(500));
    need(&scene, "one").await;
    scene.settle().await;
    assert_eq!(titles(&scene.b), ["one"]);
    scene.b.mood("/inbox", Mood::Status(202));
    need(&scene, "two").await;
    scene.settle().await;
    assert_eq!(titles(&scene.b), ["two"], "DLV-12: what is about other things goes on");
    scene.world.clock.advance(60);
    scene.settle().await;
    assert_eq!(titles(&scene.b), ["one"], "DLV-01");
}

async fn an_inbox_that_always_fails_is_left_in_peace_and_holds_up_no_other(world: World) {
    let scene = followed(world).await;
    let lone = scene.b.person("lone", 5);
    lone.change(|it| drop(it.as_object_mut().unwrap().remove("endpoints")));
    scene.deliver(&lone, &follow(&lone, "1", &scene.group())).await;
    scene.b.arrived();
    scene.b.mood("/u/lone/inbox", Mood::Status(500));
    let to =
        |arrived: &[Arrival], inbox: &str| arrived.iter().filter(|it| it.target == inbox).count();
    let mut tried = 0;
    for number in 0..20 {
        need(&scene, &number.to_string()).await;
        scene.settle().await;
        let arrived = scene.b.arrived();
        assert_eq!(to(&arrived, "/inbox"), 1, "DLV-13 {number}: the others get theirs at once");
        tried += to(&arrived, "/u/lone/inbox");
        scene.world.clock.advance(1);
    }
    assert!((3..8).contains(&tried), "DLV-11: it is not asked with each of them: {tried}");
    scene.world.clock.advance(3_600);
    scene.settle().await;
    assert_eq!(scene.b.arrived().len(), 1, "DLV-11: it is asked with one letter");
    scene.b.mood("/u/lone/inbox", Mood::Status(202));
    scene.world.clock.advance(4 * 3_600);
    scene.settle().await;
    assert_eq!(scene.b.arrived().len(), 20, "DLV-01: it gets all when it is well");
    assert!(scene.world.deliveries().await.is_empty());
}

async fn six_letters_of_a_slow_server_are_under_way_at_once(world: World) {
    let scene = followed(world).await;
    scene.b.mood("/inbox", Mood::Slow(300));
    for number in 0..12 {
        need(&scene, &number.to_string()).await;
    }
    scene.tell().await;
    let started = std::time::Instant::now();
    scene.settle().await;
    let took = started.elapsed().as_millis();
    assert_eq!(scene.b.arrived().len(), 12);
    assert_eq!(scene.b.most_at_once(), 6, "DLV-13");
    assert!(took < 12 * 300, "DLV-13: {took} ms");
    // A server that asks for patience is asked with one letter after that, and with more when it takes them.
    scene.b.mood("/inbox", Mood::Wait(429, "60"));
    for number in 0..12 {
        need(&scene, &number.to_string()).await;
    }
    scene.settle().await;
    assert!(scene.b.arrived().len() <= 6, "DLV-13: no more is begun");
    scene.b.mood("/inbox", Mood::Status(429));
    scene.world.clock.advance(3_600);
    scene.settle().await;
    assert_eq!(scene.b.arrived().len(), 1, "DLV-13: down to one");
    scene.b.mood("/inbox", Mood::Slow(50));
    scene.world.clock.advance(3_600);
    scene.b.most_at_once();
    scene.settle().await;
    assert_eq!(scene.b.arrived().len(), 12);
    assert!((2..=6).contains(&scene.b.most_at_once()), "DLV-13: and up again");
}

async fn what_cannot_be_signed_is_given_up_and_seen(world: World) {
    let scene = followed(world).await;
    need(&scene, "one").await;
    scene.tell().await;
    let garden = scene.garden.actor();
    scene.world.execute("UPDATE keys SET private_pem = 'poison' WHERE private_pem IS NOT NULL");
    let scene = scene.restarted(|_| {});
    assert!(scene.key_of(garden).await.contains("PUBLIC KEY"));
    for _ in 0..10 {
        scene.settle().await;
        scene.world.clock.advance(4 * 3_600);
    }
    assert!(scene.b.arrived().is_empty());
    assert!(scene.world.deliveries().await.is_empty());
    let dead = dead(&scene).await;
    assert_eq!((dead.len(), dead[0].attempts), (1, 8), "DLV-19: after so many tries");
    assert!(dead[0].reason.as_deref().unwrap().starts_with("given up: "), "DLV-19: it is seen");
}

async fn a_paused_server_gets_nothing_until_it_is_resumed(world: World) {
    let scene = followed(world).await;
    let host = "b.example".to_owned();
    scene.world.done(Origin::server(), PauseDeliveries { host: host.clone() }).await;
    need(&scene, "one").await;
    scene.settle().await;
    assert!(scene.b.arrived().is_empty(), "DLV-20");
    scene.world.done(Origin::server(), ResumeDeliveries { host: host.clone() }).await;
    scene.settle().await;
    assert_eq!(titles(&scene.b), ["one"], "DLV-20");
    scene.b.mood("/inbox", Mood::Status(503));
    need(&scene, "two").await;
    scene.settle().await;
    scene.b.mood("/inbox", Mood::Status(202));
    scene.b.arrived();
    let waiting = scene.world.done(Origin::server(), RetryDeliveries { host: host.clone() }).await;
    assert_eq!(waiting, 1, "DLV-20");
    scene.settle().await;
    assert_eq!(titles(&scene.b), ["two"], "DLV-20: at once");
    scene.b.mood("/inbox", Mood::Status(503));
    need(&scene, "three").await;
    scene.settle().await;
    scene.b.arrived();
    scene.b.mood("/inbox", Mood::Status(202));
    let dropped = scene.world.done(Origin::server(), DropDeliveries { host }).await;
    assert_eq!(dropped, 1, "DLV-20");
    scene.world.clock.advance(86_400);
    scene.settle().await;
    assert!(scene.b.arrived().is_empty(), "DLV-20");
}

async fn a_server_that_fails_holds_up_no_other(world: World) {
    let scene = followed(world).await;
    let c = Peer::named(&scene.net, "c.example").await;
    let carla = c.person("carla", 5);
    scene.deliver(&carla, &follow(&carla, "1", &scene.group())).await;
    c.arrived();
    scene.b.mood("/inbox", Mood::Status(500));
    for title in ["one", "two", "three"] {
        need(&scene, title).await;
        scene.settle().await;
    }
    assert_eq!(titles(&c), ["one", "two", "three"], "DLV-10");
    assert_eq!(titles(&scene.b), ["one", "two", "three"], "and no letter another");
    let host = scene.world.read(|conn| db::instances::find(conn, "b.example")).await.unwrap();
    assert_eq!(host.failures, 0, "it does answer");
    assert!(host.last_failure.unwrap().starts_with("500"));
}

async fn what_a_server_will_not_take_is_given_up_with_its_reason(world: World) {
    let scene = followed(world).await;
    for (number, status) in [400, 403, 405, 413].into_iter().enumerate() {
        scene.b.mood("/inbox", Mood::Status(status));
        need(&scene, "one").await;
        scene.settle().await;
        assert_eq!(scene.b.arrived().len(), 1);
        let dead = dead(&scene).await;
        assert_eq!(dead.len(), number + 1);
        assert_eq!(dead[0].reason.as_deref(), Some(format!("{status} thanks").as_str()), "DLV-03");
    }
    scene.world.clock.advance(86_400);
    scene.settle().await;
    assert!(scene.b.arrived().is_empty(), "it is not tried again");
    scene.b.mood("/inbox", Mood::Status(202));
    need(&scene, "two").await;
    scene.settle().await;
    assert_eq!(titles(&scene.b), ["two"]);
}

async fn a_server_that_answers_401_is_tried_once_more_with_the_newer_kind_of_signature(
    world: World,
) {
    let scene = followed(world).await;
    let key = scene.key_of(scene.garden.actor()).await;
    // How it answers to the newer kind, and what is in the books then: waiting, given up.
    for (status, waiting, given_up) in [(202, 0, 0), (403, 0, 1), (401, 1, 1), (503, 1, 1)] {
        scene.b.mood("/inbox", Mood::Newer(status));
        need(&scene, "one").await;
        scene.settle().await;
        let arrived = scene.b.arrived();
        assert_eq!(arrived.len(), 2, "DLV-03 {status}: once more, at once, and no more");
        assert!(!arrived[0].is_newer(), "DLV-03 {status}");
        arrived[0].verify(&key);
        arrived[1].verify_newer(&key, &scene.b.base);
        assert_eq!(arrived[0].json(), arrived[1].json(), "DLV-03 {status}");
        let books = (scene.world.deliveries().await.len(), dead(&scene).await.len());
        assert_eq!(books, (waiting, given_up), "DLV-03 {status}: the second answer counts");
        // It is not remembered: next time the older kind is tried first again.
        scene.b.mood("/inbox", Mood::Status(202));
        scene.world.clock.advance(3_600);
        scene.settle().await;
        let later = scene.b.arrived();
        assert_eq!(later.len(), waiting, "DLV-03 {status}");
        assert!(later.iter().all(|it| !it.is_newer()), "DLV-03 {status}");
    }
}

async fn a_server_that_asks_for_patience_gets_it(world: World) {
    let scene = followed(world).await;
    for (status, wait, seconds) in [
        (429, "600", 600),
        (503, "1200", 1_200),
        (401, "60", 60),
        (429, "1000000000", 3_600),
        (429, "-5", 15),
        (429, "soon", 15),
    ] {
        scene.b.mood("/inbox", Mood::Wait(status, wait));
        need(&scene, "one").await;
        scene.settle().await;
        assert_eq!(scene.b.arrived().len(), if status == 401 { 2 } else { 1 });
        scene.b.mood("/inbox", Mood::Status(202));
        scene.world.clock.advance(seconds - 1);
        scene.settle().await;
        assert!(scene.b.arrived().is_empty(), "DLV-02 {status} {wait}: not yet");
        scene.world.clock.advance(seconds / 4 + 5);
        scene.settle().await;
        assert_eq!(scene.b.arrived().len(), 1, "DLV-02 {status} {wait}");
    }
}

async fn what_never_arrives_is_given_up_after_days(world: World) {
    let scene = followed(world).await;
    scene.b.mood("/inbox", Mood::Status(500));
    need(&scene, "one").await;
    let mut tries = 0;
    for _ in 0..24 {
        scene.settle().await;
        tries += scene.b.arrived().len();
        scene.world.clock.advance(4 * 3_600);
    }
    assert!((12..24).contains(&tries), "DLV-01: pauses grow: {tries}");
    let dead = dead(&scene).await;
    assert_eq!(dead.len(), 1);
    assert!(dead[0].reason.as_deref().unwrap().starts_with("given up: 500"));
    scene.b.mood("/inbox", Mood::Status(202));
    need(&scene, "two").await;
    scene.world.clock.advance(86_400);
    scene.settle().await;
    assert_eq!(titles(&scene.b), ["two"]);
}

async fn nothing_is_lost_and_nothing_twice_when_the_process_ends_between(world: World) {
    let mut scene = followed(world).await;
    need(&scene, "one").await;
    // It ends after each step in turn: the change, the event, and with hosts in its hands.
    for step in 0..3 {
        match step {
            0 => {}
            1 => drop(scene.tell().await),
            _ => assert_eq!(scene.fed.queues().take_delivery_hosts(10).await.unwrap().len(), 1),
        }
        scene = scene.restarted(|_| {});
        if step == 2 {
            scene.world.clock.advance(61);
        }
    }
    scene.settle().await;
    assert_eq!(titles(&scene.b), ["one"], "CRS-02, CRS-03");
    // What was received and not worked through is there too.
    let asked = follow(&scene.mallory, "1", &scene.group());
    scene.send(scene.letter(&scene.mallory, &asked)).await.is(202);
    assert_eq!(scene.fed.queues().take_inbound_hosts(10).await.unwrap(), ["b.example"]);
    scene = scene.restarted(|_| {});
    scene.world.clock.advance(181);
    scene.settle().await;
    let arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 1, "CRS-01 {:?}", scene.outcomes().await);
    assert_eq!(arrived[0].kind(), "Accept");
}

async fn who_has_lost_a_host_does_not_give_it_back(world: World) {
    let scene = followed(world).await;
    need(&scene, "one").await;
    scene.tell().await;
    let slow = scene.fed.clone();
    assert_eq!(slow.queues().take_delivery_hosts(10).await.unwrap(), ["b.example"]);
    let scene = scene.restarted(|_| {});
    scene.world.clock.advance(61);
    assert_eq!(scene.fed.queues().take_delivery_hosts(10).await.unwrap(), ["b.example"]);
    federation::deliveries::send_to(&slow, "b.example").await.unwrap();
    assert!(scene.b.arrived().is_empty(), "it is another's now");
    let scene = scene.restarted(|_| {});
    assert!(scene.fed.queues().take_delivery_hosts(10).await.unwrap().is_empty());
}

async fn a_letter_is_signed_when_it_is_sent(world: World) {
    let scene = followed(world).await;
    scene.b.mood("/inbox", Mood::Status(500));
    need(&scene, "one").await;
    scene.settle().await;
    assert_eq!(scene.b.arrived()[0].header("date"), "Sun, 01 Mar 2026 10:00:00 GMT");
    scene.world.clock.advance(13 * 3_600);
    scene.b.mood("/inbox", Mood::Status(202));
    scene.settle().await;
    let arrived = scene.b.arrived();
    assert_eq!(arrived[0].header("date"), "Sun, 01 Mar 2026 23:00:00 GMT", "DLV-21");
    arrived[0].verify(&scene.key_of(scene.garden.actor()).await);
}

async fn a_redirect_is_not_followed(world: World) {
    let scene = followed(world).await;
    scene.b.asked();
    for status in [301, 302, 307, 308] {
        scene.b.mood("/inbox", Mood::Status(status));
        need(&scene, "one").await;
        scene.settle().await;
        assert_eq!(scene.b.arrived().len(), 1);
        assert!(scene.b.asked().is_empty(), "DLV-05: nor does it become a GET");
    }
}

async fn only_followers_and_those_who_are_named_get_anything(world: World) {
    let scene = followed(world).await;
    let c = Peer::named(&scene.net, "c.example").await;
    let carla = c.person("carla", 5);
    let carla_id = scene.meet(&carla).await;
    let grace: PersonId = scene.world.person("grace").await;
    let one = need(&scene, "one").await;
    scene.world.answer(one, grace, "I have 8").await;
    scene.settle().await;
    assert!(c.arrived().is_empty(), "PRV-06: Carla follows nobody");
    let ask = AskFollow { followed: carla_id };
    scene.world.done(scene.world.local(grace), ask).await;
    scene.settle().await;
    assert_eq!(c.arrived().len(), 1, "what concerns her alone");
    scene.b.arrived();

    let asked = follow(&scene.bob, "1", &scene.group());
    scene.deliver(&scene.bob, &act(&scene.bob, "Undo", "2", asked)).await;
    scene.world.done(scene.world.local(scene.ada), DeleteListing { listing: one }).await;
    need(&scene, "two").await;
    scene.settle().await;
    assert!(scene.b.arrived().is_empty() && c.arrived().is_empty(), "PRV-06: Bob has left");
}
