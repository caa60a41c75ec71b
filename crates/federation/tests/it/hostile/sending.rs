//! What can go wrong on the way out.

use ops::{
    follows::RecordFollow,
    replies::{DeleteReply, EditReply, PostReply},
};
use testkit::World;

use crate::{
    arrival::Arrival,
    net::POISON,
    peer::{Mood, Peer},
    scene::Scene,
    words::{act, create, follow, note},
};

testkit::both_engines!(
    a_name_that_leads_nowhere_is_asked_again_and_given_up_after_days,
    what_a_peer_took_without_saying_so_comes_again_under_its_id,
    twelve_dead_servers_hold_up_nobody_and_are_asked_now_and_then,
    what_is_changed_and_deleted_meanwhile_arrives_in_its_order,
    a_message_that_makes_us_panic_stops_nothing_else,
);

async fn followed(world: World) -> Scene {
    let scene = Scene::new(world).await;
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    scene.b.arrived();
    scene
}

async fn need(scene: &Scene, title: &str) -> domain::ListingId {
    scene.world.need(scene.garden, scene.ada, title).await
}

async fn a_name_that_leads_nowhere_is_asked_again_and_given_up_after_days(world: World) {
    // A new start knows no connection that is still open.
    let scene = followed(world).await.restarted(|_| {});
    let address = scene.net.forget("b.example").unwrap();
    need(&scene, "one").await;
    scene.settle().await;
    assert_eq!(scene.world.deliveries().await.len(), 1, "DLV-06: it waits");
    scene.net.name("b.example", address);
    scene.world.clock.advance(60);
    scene.settle().await;
    assert_eq!(scene.b.arrived().len(), 1, "DLV-06");
    scene.net.forget("b.example");
    let scene = scene.restarted(|_| {});
    need(&scene, "two").await;
    for _ in 0..24 {
        scene.settle().await;
        scene.world.clock.advance(4 * 3_600);
    }
    let dead = scene.world.read(|conn| db::deliveries::dead(conn, 10)).await;
    assert_eq!(dead.len(), 1, "DLV-06: after days it is given up");
    assert!(scene.world.deliveries().await.is_empty());
}

async fn what_a_peer_took_without_saying_so_comes_again_under_its_id(world: World) {
    let scene = followed(world).await;
    scene.b.mood("/inbox", Mood::HangUp);
    need(&scene, "one").await;
    scene.settle().await;
    let mut arrived = scene.b.arrived();
    assert!((1..=2).contains(&arrived.len()), "DLV-07: at once, and once more at most");
    assert_eq!(scene.world.deliveries().await.len(), 1, "DLV-09: no answer is no success");
    scene.b.mood("/inbox", Mood::Status(202));
    scene.world.clock.advance(60);
    scene.settle().await;
    let again = scene.b.arrived();
    assert_eq!(again.len(), 1, "DLV-07");
    arrived.extend(again);
    let ids: std::collections::BTreeSet<String> =
        arrived.iter().map(|it| it.json()["id"].to_string()).collect();
    assert_eq!(ids.len(), 1, "DLV-09: it is the same activity");
    scene.world.clock.advance(86_400);
    scene.settle().await;
    assert!(scene.b.arrived().is_empty());
}

async fn twelve_dead_servers_hold_up_nobody_and_are_asked_now_and_then(world: World) {
    let scene = followed(world).await;
    let names: Vec<String> = (0..12).map(|number| format!("dead{number}.example")).collect();
    for name in &names {
        let peer = Peer::named(&scene.net, name).await;
        let eve = peer.person("eve", 5);
        scene.deliver(&eve, &follow(&eve, "1", &scene.group())).await;
        scene.net.forget(name);
    }
    scene.b.arrived();
    let scene = scene.restarted(|_| {});
    need(&scene, "one").await;
    scene.settle().await;
    assert_eq!(scene.b.arrived().len(), 1, "DLV-11: who is there gets it at once");
    for _ in 0..12 {
        scene.world.clock.advance(2 * 3_600);
        scene.settle().await;
    }
    let hosts = scene.world.read(move |conn| {
        names.iter().map(|name| db::instances::find(conn, name)).collect::<db::Result<Vec<_>>>()
    });
    for host in hosts.await.into_iter().flatten() {
        assert!((2..=24).contains(&host.failures), "DLV-11: {} {}", host.host, host.failures);
    }
}

async fn what_is_changed_and_deleted_meanwhile_arrives_in_its_order(world: World) {
    let scene = followed(world).await;
    let need = need(&scene, "one").await;
    scene.settle().await;
    scene.b.arrived();
    for status in [500, 429] {
        scene.b.mood("/inbox", Mood::Status(status));
        let post = PostReply {
            listing: need,
            parent: None,
            speak: domain::replies::As::Voice,
            text: "still 12".to_owned(),
            language: None,
        };
        let by = || scene.world.local(scene.ada);
        let reply = scene.world.done(by(), post).await;
        scene.settle().await;
        scene.world.clock.advance(20);
        scene.world.done(by(), EditReply { reply, text: "still 11".to_owned() }).await;
        scene.settle().await;
        scene.world.done(by(), DeleteReply { reply }).await;
        scene.settle().await;
        scene.b.arrived();
        scene.b.mood("/inbox", Mood::Status(202));
        scene.world.clock.advance(3_600);
        scene.settle().await;
        let kinds: Vec<String> = scene.b.arrived().iter().map(Arrival::kind).collect();
        assert_eq!(kinds, ["Create", "Update", "Delete"], "DLV-12 {status}");
    }
}

async fn a_message_that_makes_us_panic_stops_nothing_else(world: World) {
    let scene = followed(world).await;
    let answer = note(&scene.bob, "1", &format!("http://{POISON}/notes/1"), "look, garden");
    let poison = create(&scene.bob, &answer);
    scene.send(scene.letter(&scene.bob, &poison)).await.is(202);
    let said = act(&scene.bob, "Undo", "2", follow(&scene.bob, "1", &scene.group()));
    scene.send(scene.letter(&scene.bob, &said)).await.is(202);
    scene.settle().await;
    let outcomes = scene.outcomes().await;
    let of = |id: &serde_json::Value| {
        outcomes.iter().find(|row| row.ap_id == id.as_str().unwrap()).unwrap()
    };
    assert_eq!(of(&poison["id"]).outcome.as_deref(), Some("refused"), "DLV-19");
    assert!(
        of(&poison["id"]).reason.as_deref().unwrap().starts_with("broken"),
        "DLV-19: it is seen"
    );
    assert_eq!(
        of(&said["id"]).outcome.as_deref(),
        Some("done"),
        "DLV-19: what is behind it is done"
    );

    // The same on the way out: a host that cannot be asked does not hold up the others.
    let peer = Peer::named(&scene.net, "c.example").await;
    let eve = peer.person("eve", 5);
    eve.change(|document| drop(document.as_object_mut().unwrap().remove("endpoints")));
    scene.deliver(&eve, &follow(&eve, "1", &scene.group())).await;
    let poisoned = scene.world.remote_person(&format!("eve@{POISON}")).await;
    let ap_id = format!("https://{POISON}/acts/1");
    let origin = scene.world.inbox_of(poisoned, &ap_id).await;
    let asked = RecordFollow { ap_id, follower: poisoned, followed: scene.garden.actor() };
    scene.world.done(origin, asked).await;
    peer.arrived();
    need(&scene, "two").await;
    scene.settle().await;
    assert_eq!(peer.arrived().len(), 1, "DLV-19: others get theirs");
    let waiting = scene.world.deliveries().await;
    assert!(waiting.iter().all(|row| row.host == POISON) && !waiting.is_empty(), "DLV-19");
}
