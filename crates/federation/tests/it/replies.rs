//! Answers from elsewhere: told by depth, by who may see them, and by whether they concern us.

use db::replies::ReplyRow;
use domain::{ReplyId, replies::Visibility};
use serde_json::{Value, json};
use testkit::World;

use crate::{
    peer::{Page, Peer},
    scene::{Scene, changed},
    words::{PUBLIC, act, create, delete, note, update, with},
};

testkit::both_engines!(
    an_answer_is_created_changed_and_deleted,
    whoever_is_addressed_sees_an_answer,
    a_thread_keeps_its_depth,
    a_thread_has_an_end,
    what_concerns_nobody_here_is_ignored,
    an_answer_under_an_unknown_post_brings_that_post,
    an_object_of_which_only_the_id_is_sent_is_fetched,
    what_cannot_be_worked_through_is_tried_again,
    who_is_shut_out_answers_follows_and_likes_nothing,
    scripts_do_not_come_in,
    dates_from_nowhere_do_no_harm,
);

async fn find(scene: &Scene, note: &Value) -> Option<ReplyRow> {
    let id = note["id"].as_str().unwrap().to_owned();
    scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await
}

async fn need(scene: &Scene) -> String {
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    scene.world.listing(need).await.ap_id
}

async fn an_answer_is_created_changed_and_deleted(world: World) {
    let scene = Scene::new(world).await;
    let (need, bob) = (need(&scene).await, &scene.bob);
    let said = note(bob, "1", &need, "I have 8");
    scene.deliver(bob, &create(bob, &said)).await;
    let row = find(&scene, &said).await.unwrap();
    assert_eq!((row.html.as_str(), row.visibility), ("<p>I have 8</p>", Visibility::Public));
    assert_eq!((row.depth, row.in_reply_to.as_deref()), (0, Some(need.as_str())));
    let thread = scene.get(&need["https://a.example".len()..]).await.json;
    assert_eq!(thread["replies"]["first"]["items"], json!([said["id"]]));

    let changed = with(said.clone(), "content", "<p>I have 9</p>");
    scene.deliver(bob, &update(bob, "2026-03-01T09:30:00Z", &changed)).await;
    assert_eq!(find(&scene, &said).await.unwrap().html, "<p>I have 9</p>");

    scene.deliver(bob, &delete(bob, &said)).await;
    let row = find(&scene, &said).await.unwrap();
    assert!(row.deleted_at.is_some() && row.html.is_empty());
    let thread = scene.get(&need["https://a.example".len()..]).await.json;
    assert_eq!(thread["replies"]["first"]["items"], json!([]));
}

async fn whoever_is_addressed_sees_an_answer(world: World) {
    let scene = Scene::new(world).await;
    let (need, bob) = (need(&scene).await, &scene.bob);
    let fans = format!("{}/followers", bob.id);
    let group = scene.group();
    for (name, to, cc, visibility) in [
        ("public", json!([PUBLIC]), json!([fans, group]), Visibility::Public),
        ("bare", json!("as:Public"), json!(group), Visibility::Public),
        ("unlisted", json!([fans]), json!([PUBLIC, group]), Visibility::Unlisted),
        ("followers", json!(fans), json!(group), Visibility::Followers),
        ("direct", json!([group]), json!([]), Visibility::Direct),
        ("nobody", json!([]), json!(null), Visibility::Direct),
    ] {
        let said = with(with(note(bob, name, &need, "psst"), "to", to), "cc", cc);
        let mut said = create(bob, &said);
        said["to"] = json!([]);
        scene.deliver(bob, &said).await;
        let row = find(&scene, &said["object"]).await.unwrap();
        assert_eq!(row.visibility, visibility, "{name}");
    }
    let thread = scene.get(&format!("{}/replies", &need["https://a.example".len()..])).await;
    let thread = thread.is(200);
    for (name, shown) in
        [("public", true), ("unlisted", true), ("followers", false), ("direct", false)]
    {
        assert_eq!(thread.text.contains(&format!("/notes/{name}")), shown, "PRV-01 {name}");
    }
    assert!(!thread.text.contains("psst"));
}

async fn a_thread_keeps_its_depth(world: World) {
    let scene = Scene::new(world).await;
    let (need, bob, mallory) = (need(&scene).await, &scene.bob, &scene.mallory);
    let first = note(bob, "1", &need, "one");
    let second = note(mallory, "2", first["id"].as_str().unwrap(), "two");
    let third = note(bob, "3", second["id"].as_str().unwrap(), "three");
    scene.deliver(bob, &create(bob, &first)).await;
    scene.deliver(mallory, &create(mallory, &second)).await;
    scene.deliver(bob, &create(bob, &third)).await;
    let rows = [&first, &second, &third];
    let mut parents: Vec<(i32, Option<ReplyId>)> = Vec::new();
    for said in rows {
        let row = find(&scene, said).await.unwrap();
        assert!(row.listing_id.is_some());
        parents.push((row.depth, row.parent_id));
    }
    let id = |row: Option<ReplyRow>| row.map(|row| row.id);
    let (one, two) = (id(find(&scene, &first).await), id(find(&scene, &second).await));
    assert_eq!(parents, [(0, None), (1, one), (2, two)]);
}

async fn a_thread_has_an_end(world: World) {
    let scene = Scene::new(world).await;
    let bob = &scene.bob;
    let mut parent = need(&scene).await;
    let mut kept = 0;
    for number in 0..60 {
        let said = note(bob, &number.to_string(), &parent, "and on");
        scene.send(scene.letter(bob, &create(bob, &said))).await.is(202);
        scene.receive().await;
        said["id"].as_str().unwrap().clone_into(&mut parent);
        kept += i32::from(find(&scene, &said).await.is_some());
    }
    assert!((20..=60).contains(&kept), "{kept}");
    let outcomes = scene.outcomes().await;
    assert!(outcomes.iter().all(|row| row.outcome.is_some()));
}

async fn what_concerns_nobody_here_is_ignored(world: World) {
    let scene = Scene::new(world).await;
    let bob = &scene.bob;
    let mut said = note(bob, "1", "http://c.example/notes/1", "to somebody else");
    said["tag"] = json!([]);
    said["cc"] = json!([]);
    assert_eq!(scene.outcome(bob, &create(bob, &said)).await.0, "ignored");
    assert!(find(&scene, &said).await.is_none());
    let mut called = note(bob, "2", "http://c.example/notes/1", "hello garden");
    called["inReplyTo"] = json!(null);
    assert_eq!(scene.outcome(bob, &create(bob, &called)).await.0, "done", "it calls us");
    assert_eq!(find(&scene, &called).await.unwrap().listing_id, None);
}

async fn an_answer_under_an_unknown_post_brings_that_post(world: World) {
    let scene = Scene::new(world).await;
    let c = Peer::named(&scene.net, "c.example").await;
    let carla = c.person("carla", 5);
    let parent = note(&carla, "1", "http://c.example/never", "a question");
    c.put("/u/carla/notes/1", Page::Document(parent.clone()));
    let said = note(&scene.bob, "1", parent["id"].as_str().unwrap(), "an answer");
    scene.deliver(&scene.bob, &create(&scene.bob, &said)).await;
    let parent = find(&scene, &parent).await.unwrap();
    assert_eq!(find(&scene, &said).await.unwrap().parent_id, Some(parent.id));
    assert!(c.asked().len() <= 4, "FET-17: no farther up");
    // What cannot be had is no reason to refuse.
    let said = note(&scene.bob, "2", "http://c.example/nothing", "an answer");
    scene.deliver(&scene.bob, &create(&scene.bob, &said)).await;
    assert!(find(&scene, &said).await.is_some());
}

async fn an_object_of_which_only_the_id_is_sent_is_fetched(world: World) {
    let scene = Scene::new(world).await;
    let (need, bob) = (need(&scene).await, &scene.bob);
    let said = note(bob, "1", &need, "I have 8");
    scene.b.put("/u/bob/notes/1", Page::Document(said.clone()));
    scene.deliver(bob, &act(bob, "Create", "1", said["id"].clone())).await;
    assert_eq!(find(&scene, &said).await.unwrap().html, "<p>I have 8</p>");

    let elsewhere = note(&scene.mallory, "2", &need, "not Bob's");
    scene.b.put("/u/mallory/notes/2", Page::Document(elsewhere.clone()));
    let odd = act(bob, "Create", "2", elsewhere["id"].clone());
    assert_eq!(scene.outcome(bob, &odd).await.0, "refused");
    scene.b.put("/u/bob/notes/3", Page::Document(with(said.clone(), "x", 1)));
    let odd = act(bob, "Create", "3", format!("{}/notes/3", bob.id));
    assert_eq!(scene.outcome(bob, &odd).await.0, "refused", "the document is another one");
    let odd = act(bob, "Create", "4", "http://c.example/notes/4");
    assert_eq!(scene.outcome(bob, &odd).await.0, "refused");
}

async fn what_cannot_be_worked_through_is_tried_again(world: World) {
    let scene = Scene::new(world).await;
    let (need, bob) = (need(&scene).await, &scene.bob);
    let said = note(bob, "1", &need, "I have 8");
    let activity = act(bob, "Create", "1", said["id"].clone());
    scene.b.put("/u/bob/notes/1", Page::Status(503));
    scene.deliver(bob, &activity).await;
    let waiting = scene.outcomes().await.remove(0);
    assert_eq!(waiting.outcome, None);
    assert!(waiting.reason.unwrap().starts_with("fetch_status"), "IDM-04: the console tells why");
    scene.b.put("/u/bob/notes/1", Page::Document(said.clone()));
    scene.deliver(bob, &activity).await;
    assert!(find(&scene, &said).await.is_none(), "it has its time");
    scene.world.clock.advance(60);
    scene.settle().await;
    assert!(find(&scene, &said).await.is_some(), "IDM-04");
    assert_eq!(scene.outcomes().await[0].outcome.as_deref(), Some("done"));

    let never = act(bob, "Create", "2", format!("{}/notes/2", bob.id));
    scene.b.put("/u/bob/notes/2", Page::Status(503));
    scene.deliver(bob, &never).await;
    for _ in 0..15 {
        scene.world.clock.advance(86_400);
        scene.settle().await;
    }
    let last = scene.outcomes().await.remove(0);
    assert_eq!(last.outcome.as_deref(), Some("refused"), "but not for ever");
}

async fn who_is_shut_out_answers_follows_and_likes_nothing(world: World) {
    let scene = Scene::new(world).await;
    let (need, bob) = (need(&scene).await, &scene.bob);
    scene.settle().await;
    let id = scene.meet(bob).await;
    scene.shut_out(id).await;
    let before = scene.world.rows().await;
    for activity in [
        create(bob, &note(bob, "1", &need, "let me in")),
        act(bob, "Like", "2", need.as_str()),
        act(bob, "Follow", "3", scene.group()),
    ] {
        let (outcome, reason) = scene.outcome(bob, &activity).await;
        assert_eq!(outcome, "refused", "GRP-07");
        assert!(reason.starts_with("blocked"), "{reason}");
    }
    assert!(changed(&before, &scene.world.rows().await).is_empty());
}

async fn scripts_do_not_come_in(world: World) {
    let scene = Scene::new(world).await;
    let (need, bob) = (need(&scene).await, &scene.bob);
    let evil = "<p onclick=x()>hi<script>alert(1)</script><img src=x onerror=alert(1)>\
                <a href=\"javascript:alert(1)\">x</a></p>";
    let said = with(note(bob, "1", &need, ""), "content", evil);
    scene.deliver(bob, &create(bob, &said)).await;
    let row = find(&scene, &said).await.unwrap();
    for bad in ["script", "onclick", "onerror", "img"] {
        assert!(!row.html.contains(bad), "MED-01 {}", row.html);
    }
    let url = with(note(bob, "2", &need, "x"), "url", "javascript:alert(1)");
    scene.deliver(bob, &create(bob, &url)).await;
    assert_eq!(find(&scene, &url).await.unwrap().url, None);
}

async fn dates_from_nowhere_do_no_harm(world: World) {
    let scene = Scene::new(world).await;
    let (need, bob) = (need(&scene).await, &scene.bob);
    for (number, date) in [
        json!("9999-12-31T23:59:59Z"),
        json!("0001-01-01T00:00:00Z"),
        json!("2026-03-01T09:00:00+25:00"),
        json!("yesterday"),
        json!(1_700_000_000),
        json!(null),
    ]
    .into_iter()
    .enumerate()
    {
        let said = with(note(bob, &number.to_string(), &need, "x"), "published", date.clone());
        scene.deliver(bob, &create(bob, &said)).await;
        let row = find(&scene, &said).await.unwrap();
        assert!(row.published_at <= scene.world.now(), "CLK-03 {date}");
    }
}
