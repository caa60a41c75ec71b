//! The same thing a thousand times, and six things in every order.

use serde_json::Value;
use testkit::World;

use crate::{
    letter::Letter,
    scene::Scene,
    words::{act, create, delete, follow, note, undo, update, with},
};

testkit::both_engines!(
    a_thousand_copies_are_one,
    every_order_that_begins_with_the_create_ends_the_same,
    every_order_that_begins_with_the_update_ends_the_same,
    every_order_that_begins_with_the_delete_ends_the_same,
    every_order_that_begins_with_the_follow_ends_the_same,
    every_order_that_begins_with_its_undo_ends_the_same,
    every_order_that_begins_with_the_like_ends_the_same,
    what_was_seen_is_forgotten_after_a_week,
    a_like_toggled_without_end_ends_as_it_was_said_last,
);

async fn followers(scene: &Scene) -> i64 {
    let garden = scene.garden.actor();
    scene.world.read(move |conn| db::follows::count_followers(conn, garden)).await
}

async fn a_thousand_copies_are_one(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let body = follow(&scene.bob, "1", &scene.group()).to_string();
    let letters = ["/inbox", "/c/garden/inbox"]
        .map(|path| Letter::to(&scene.bob, path, body.as_bytes(), scene.world.now()));
    let letter = |number: usize| letters[number % 2].clone();
    let together = (0..64).map(|number| scene.send(letter(number)));
    for answer in futures::future::join_all(together).await {
        answer.is(202);
    }
    scene.settle().await;
    for number in 0..1_000 {
        scene.send(letter(number)).await.is(202);
        if number % 250 == 0 {
            scene.settle().await;
        }
    }
    scene.settle().await;
    assert_eq!(followers(&scene).await, 1, "IDM-01");
    assert_eq!(scene.b.arrived().len(), 1, "IDM-01: one Accept");
    assert_eq!(scene.outcomes().await.len(), 1, "IDM-01");
}

/// Bob says something, changes it, deletes it, follows, takes that back, and likes a need.
fn messages(scene: &Scene, name: &str, need: &str) -> [Value; 6] {
    let bob = &scene.bob;
    let said = note(bob, name, need, "I have 8");
    let later = with(said.clone(), "content", "<p>I have 9</p>");
    let asked = follow(bob, &format!("f{name}"), &scene.group());
    [
        create(bob, &said),
        update(bob, "2026-03-01T09:10:00Z", &later),
        delete(bob, &said),
        asked.clone(),
        undo(bob, &format!("u{name}"), &asked),
        act(bob, "Like", &format!("l{name}"), need),
    ]
}

/// All orders of six that begin with one of them.
fn orders(first: usize) -> Vec<Vec<usize>> {
    let mut orders = vec![vec![first]];
    for _ in 1..6 {
        let longer = |order: Vec<usize>| {
            let rest = (0..6).filter(|next| !order.contains(next)).collect::<Vec<_>>();
            rest.into_iter().map(move |next| [order.clone(), vec![next]].concat())
        };
        orders = orders.into_iter().flat_map(longer).collect();
    }
    orders
}

/// All 120 on SQLite; every fifth on PostgreSQL, where each message takes several times as long.
async fn every_order(world: World, first: usize) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let address = scene.world.listing(need).await.ap_id;
    scene.settle().await;
    scene.meet_all().await;
    let step = if scene.world.address().starts_with("postgres") { 5 } else { 1 };
    let orders = orders(first);
    assert_eq!(orders.len(), 120);
    for (number, order) in orders.into_iter().enumerate().step_by(step) {
        // Nobody may speak as fast as this.
        scene.world.clock.advance(1);
        let messages = messages(&scene, &number.to_string(), &address);
        for index in &order {
            scene.send(scene.letter(&scene.bob, &messages[*index])).await.is(202);
        }
        scene.receive().await;
        let said = messages[0]["object"]["id"].as_str().unwrap().to_owned();
        let row = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &said)).await;
        assert!(row.is_none_or(|row| row.deleted_at.is_some()), "IDM-05 {order:?}");
        assert_eq!(followers(&scene).await, 0, "IDM-05 {order:?}");
    }
    let counts = scene.world.read(move |conn| db::reactions::count(conn, &[need.uuid()])).await;
    assert_eq!(counts.first().map(|row| (row.likes, row.boosts)), Some((1, 0)), "IDM-05");
    let outcomes = scene.outcomes().await;
    assert!(outcomes.iter().all(|row| row.outcome.is_some()), "IDM-05");
    scene.settle().await;
}

async fn every_order_that_begins_with_the_create_ends_the_same(world: World) {
    every_order(world, 0).await;
}

async fn every_order_that_begins_with_the_update_ends_the_same(world: World) {
    every_order(world, 1).await;
}

async fn every_order_that_begins_with_the_delete_ends_the_same(world: World) {
    every_order(world, 2).await;
}

async fn every_order_that_begins_with_the_follow_ends_the_same(world: World) {
    every_order(world, 3).await;
}

async fn every_order_that_begins_with_its_undo_ends_the_same(world: World) {
    every_order(world, 4).await;
}

async fn every_order_that_begins_with_the_like_ends_the_same(world: World) {
    every_order(world, 5).await;
}

async fn what_was_seen_is_forgotten_after_a_week(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    for day in 0..20 {
        for number in 0..3 {
            let asked = follow(&scene.bob, &format!("{day}-{number}"), &scene.group());
            scene.deliver(&scene.bob, &asked).await;
        }
        scene.world.clock.advance(86_400);
        scene.fed.queues().sweep().await.unwrap();
        let rows = scene.world.rows().await;
        for table in ["seen_activities", "inbound_activities"] {
            assert!(rows.count(table) <= 8 * 3, "IDM-08 {table}: {}", rows.count(table));
        }
    }
    // For as long as a signature counts, nothing is forgotten.
    let last = follow(&scene.bob, "last", &scene.group());
    let letter = scene.letter(&scene.bob, &last);
    scene.send(letter.clone()).await.is(202);
    scene.settle().await;
    scene.world.clock.advance(12 * 3_600);
    scene.fed.queues().sweep().await.unwrap();
    scene.send(letter).await.is(202);
    scene.settle().await;
    let id = last["id"].as_str().unwrap();
    let known = scene.outcomes().await.into_iter().filter(|row| row.ap_id == id).count();
    assert_eq!(known, 1, "IDM-08: it is a duplicate still");
}

async fn a_like_toggled_without_end_ends_as_it_was_said_last(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let address = scene.world.listing(need).await.ap_id;
    scene.settle().await;
    scene.meet_all().await;
    let bob = &scene.bob;
    let (mut taken, mut told) = (0, 0);
    // Most of what one server may say at once was said already.
    for _ in 0..900 {
        assert!(scene.fed.pace.admits("b.example", scene.world.now()));
    }
    for number in 0..55 {
        let liked = act(bob, "Like", &format!("l{number}"), address.as_str());
        for activity in [liked.clone(), undo(bob, &format!("u{number}"), &liked)] {
            let answer = scene.send(scene.letter(bob, &activity)).await;
            match answer.status.as_u16() {
                202 => taken += 1,
                429 => told += 1,
                other => panic!("IDM-09: {other}"),
            }
        }
    }
    assert_eq!((taken, told), (100, 10), "IDM-09: more than that in a minute is too much");
    scene.settle().await;
    let count = async |want: i64| {
        let rows = scene.world.read(move |conn| db::reactions::count(conn, &[need.uuid()])).await;
        assert_eq!(rows.first().map_or(0, |row| row.likes), want, "IDM-09");
    };
    count(0).await;
    scene.world.clock.advance(60);
    scene.deliver(bob, &act(bob, "Like", "last", address.as_str())).await;
    count(1).await;
    assert!(scene.b.arrived().is_empty(), "IDM-09: nobody is told of it");
}
