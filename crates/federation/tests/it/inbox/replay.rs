//! What is sent twice, late, or in another order.

use domain::replies::Visibility;
use serde_json::Value;
use testkit::World;

use crate::{
    letter::Letter,
    scene::Scene,
    words::{act, create, delete, follow, note, undo, update, with},
};

testkit::both_engines!(
    an_activity_takes_effect_once_however_often_it_is_sent,
    one_activity_to_two_inboxes_is_one,
    a_second_create_changes_nothing,
    what_was_taken_back_before_it_came_does_not_come,
    every_order_of_four_messages_ends_the_same,
    an_older_update_is_ignored,
    an_update_that_has_the_id_of_the_last_one_counts,
    ids_that_differ_late_are_different_ids,
    a_recorded_request_is_worth_nothing_half_a_day_later,
    nobody_uses_up_the_id_of_what_another_will_say,
);

async fn followers(scene: &Scene) -> i64 {
    let garden = scene.garden.actor();
    scene.world.read(move |conn| db::follows::count_followers(conn, garden)).await
}

async fn words(scene: &Scene, note: &Value) -> Option<String> {
    let id = note["id"].as_str().unwrap().to_owned();
    let row = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await;
    row.filter(|row| row.deleted_at.is_none()).map(|row| row.html)
}

async fn an_activity_takes_effect_once_however_often_it_is_sent(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let asked = follow(&scene.bob, "1", &scene.group());
    let letters: Vec<Letter> = (0..100)
        .map(|number| {
            let path = if number % 2 == 0 { "/inbox" } else { "/c/garden/inbox" };
            let body = asked.to_string();
            Letter::to(&scene.bob, path, body.as_bytes(), scene.world.now())
        })
        .collect();
    let (early, late) = letters.split_at(60);
    let answers = early.iter().map(|letter| scene.send(letter.clone()));
    for answer in futures::future::join_all(answers).await {
        answer.is(202);
    }
    scene.settle().await;
    for letter in late {
        scene.send(letter.clone()).await.is(202);
    }
    scene.settle().await;
    assert_eq!(followers(&scene).await, 1, "IDM-01");
    assert_eq!(scene.b.arrived().len(), 1, "IDM-01: one Accept");
    assert_eq!(scene.outcomes().await.len(), 1);
}

async fn one_activity_to_two_inboxes_is_one(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let address = scene.world.listing(need).await.ap_id;
    let said = create(&scene.bob, &note(&scene.bob, "1", &address, "I have 8"));
    for path in ["/c/garden/inbox", "/u/ada/inbox", "/inbox"] {
        let body = said.to_string();
        let letter = Letter::to(&scene.bob, path, body.as_bytes(), scene.world.now());
        scene.send(letter).await.is(202);
        scene.settle().await;
    }
    assert_eq!(scene.world.rows().await.count("replies"), 1, "IDM-03");
}

async fn a_second_create_changes_nothing(world: World) {
    let scene = Scene::new(world).await;
    let bob = &scene.bob;
    let direct = with(note(bob, "1", &scene.group(), "between us"), "to", scene.group());
    let direct = with(direct, "cc", serde_json::json!([]));
    scene.deliver(bob, &create(bob, &direct)).await;
    let wider = note(bob, "1", &scene.group(), "for all");
    let wider = with(create(bob, &wider), "id", format!("{}/acts/again", bob.id));
    assert_eq!(scene.outcome(bob, &wider).await.0, "ignored", "IDM-02");
    assert_eq!(words(&scene, &direct).await.unwrap(), "<p>between us</p>");
    let id = direct["id"].as_str().unwrap().to_owned();
    let row = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await.unwrap();
    assert_eq!(row.visibility, Visibility::Direct, "PRV-04");
}

async fn what_was_taken_back_before_it_came_does_not_come(world: World) {
    let scene = Scene::new(world).await;
    let bob = &scene.bob;
    let said = note(bob, "1", &scene.group(), "never mind");
    scene.deliver(bob, &delete(bob, &said)).await;
    scene.deliver(bob, &create(bob, &said)).await;
    assert_eq!(words(&scene, &said).await, None, "IDM-05: Delete before Create");

    let asked = follow(bob, "1", &scene.group());
    scene.deliver(bob, &undo(bob, "2", &asked)).await;
    scene.deliver(bob, &asked).await;
    assert_eq!(followers(&scene).await, 0, "IDM-05: Undo before Follow");
    let asked = follow(bob, "3", &scene.group());
    scene.deliver(bob, &act(bob, "Undo", "4", asked["id"].clone())).await;
    scene.deliver(bob, &asked).await;
    assert_eq!(followers(&scene).await, 0, "IDM-05: by its id alone");
    scene.deliver(bob, &follow(bob, "5", &scene.group())).await;
    assert_eq!(followers(&scene).await, 1, "a new request is a new one");
}

/// All orders of four things.
fn orders() -> Vec<[usize; 4]> {
    let mut orders = Vec::new();
    for a in 0..4 {
        for b in (0..4).filter(|b| *b != a) {
            for c in (0..4).filter(|c| *c != a && *c != b) {
                orders.push([a, b, c, 6 - a - b - c]);
            }
        }
    }
    orders
}

async fn every_order_of_four_messages_ends_the_same(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let address = scene.world.listing(need).await.ap_id;
    scene.settle().await;
    scene.meet_all().await;
    let bob = &scene.bob;
    let mut ends = Vec::new();
    for (number, order) in orders().into_iter().enumerate() {
        let said = note(bob, &format!("n{number}"), &address, "I have 8");
        let later = with(said.clone(), "content", "<p>I have 9</p>");
        let liked = act(bob, "Like", &format!("l{number}"), address.as_str());
        for messages in [
            [
                create(bob, &said),
                update(bob, "2026-03-01T09:10:00Z", &later),
                liked.clone(),
                undo(bob, &format!("u{number}"), &liked),
            ],
            [
                follow(bob, &format!("f{number}"), &scene.group()),
                undo(
                    bob,
                    &format!("uf{number}"),
                    &follow(bob, &format!("f{number}"), &scene.group()),
                ),
                act(bob, "Announce", &format!("b{number}"), address.as_str()),
                update(bob, "2026-03-01T09:20:00Z", &with(later.clone(), "content", "<p>10</p>")),
            ],
        ] {
            for index in order {
                scene.send(scene.letter(bob, &messages[index])).await.is(202);
            }
            scene.settle().await;
        }
        let counts = scene.world.read(move |conn| db::reactions::count(conn, &[need.uuid()])).await;
        let boosts = counts.first().map(|row| (row.likes, row.boosts));
        ends.push((words(&scene, &said).await, followers(&scene).await, boosts));
    }
    let want = (Some("<p>10</p>".to_owned()), 0, Some((0, 1)));
    for (order, end) in orders().iter().zip(ends) {
        assert_eq!(end, want, "IDM-05 {order:?}");
    }
}

async fn an_older_update_is_ignored(world: World) {
    let scene = Scene::new(world).await;
    let bob = &scene.bob;
    let said = note(bob, "1", &scene.group(), "one");
    scene.deliver(bob, &create(bob, &said)).await;
    let newest = with(said.clone(), "content", "<p>three</p>");
    scene.deliver(bob, &update(bob, "2026-03-01T09:30:00Z", &newest)).await;
    let older = with(said.clone(), "content", "<p>two</p>");
    scene.deliver(bob, &update(bob, "2026-03-01T09:20:00Z", &older)).await;
    assert_eq!(words(&scene, &said).await.unwrap(), "<p>three</p>", "IDM-07");
}

async fn an_update_that_has_the_id_of_the_last_one_counts(world: World) {
    let scene = Scene::new(world).await;
    let bob = &scene.bob;
    let said = note(bob, "1", &scene.group(), "one");
    scene.deliver(bob, &create(bob, &said)).await;
    for (text, time) in [("two", "2026-03-01T09:20:00Z"), ("three", "2026-03-01T09:30:00Z")] {
        let changed = with(said.clone(), "content", format!("<p>{text}</p>"));
        let same = with(update(bob, time, &changed), "id", format!("{}#Update", bob.id));
        assert_eq!(scene.outcome(bob, &same).await.0, "done");
        assert_eq!(words(&scene, &said).await.unwrap(), format!("<p>{text}</p>"));
        scene.send(scene.letter(bob, &same)).await.is(202);
        assert!(!scene.receive().await, "the very same is a duplicate");
    }
}

async fn ids_that_differ_late_are_different_ids(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let long = format!("{}/acts/{}", scene.bob.id, "x".repeat(1_900));
    for end in ["a", "b", "c"] {
        let asked = follow(&scene.bob, "1", &scene.group());
        scene.deliver(&scene.bob, &with(asked, "id", format!("{long}{end}"))).await;
    }
    assert_eq!(scene.outcomes().await.len(), 3, "IDM-10");
}

async fn a_recorded_request_is_worth_nothing_half_a_day_later(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let letter = scene.letter(&scene.bob, &follow(&scene.bob, "1", &scene.group()));
    scene.send(letter.clone()).await.is(202);
    scene.settle().await;
    scene.refused(letter.clone(), 202, "IDM-06: within the window it changes nothing").await;
    scene.world.clock.advance(13 * 3_600);
    scene.refused(letter, 401, "IDM-06").await;
}

async fn nobody_uses_up_the_id_of_what_another_will_say(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let asked = follow(&scene.bob, "1", &scene.group());
    let stolen = with(act(&scene.mallory, "Like", "x", scene.group()), "id", asked["id"].clone());
    scene.deliver(&scene.mallory, &stolen).await;
    let undone = act(&scene.mallory, "Undo", "y", asked["id"].clone());
    scene.deliver(&scene.mallory, &undone).await;
    let said = note(&scene.bob, "1", &scene.group(), "hello");
    scene.deliver(&scene.mallory, &act(&scene.mallory, "Delete", "z", said["id"].clone())).await;
    scene.deliver(&scene.bob, &create(&scene.bob, &said)).await;
    assert!(words(&scene, &said).await.is_some());
    scene.deliver(&scene.bob, &asked).await;
    assert_eq!(followers(&scene).await, 1);
}
