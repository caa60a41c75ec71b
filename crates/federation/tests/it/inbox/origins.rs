//! Whose word counts: nobody speaks for another, whatever is written inside of what they sign.

use ops::follows::AskFollow;
use serde_json::{Value, json};
use testkit::World;

use crate::{
    peer::{Peer, Somebody},
    scene::{Scene, changed},
    words::{PUBLIC, act, create, follow, note, undo, update, with},
};

testkit::both_engines!(
    an_activity_lies_on_the_server_of_its_actor,
    nobody_speaks_with_the_name_of_somebody_here,
    nobody_publishes_in_the_name_of_another,
    nobody_changes_or_deletes_what_is_anothers,
    nobody_takes_back_what_another_did,
    nobody_accepts_what_was_not_asked_of_them,
    what_is_inside_of_an_announce_is_not_believed,
    one_server_is_one_server_however_it_is_written,
    addresses_that_are_none_are_refused,
    a_handle_of_another_server_is_shown_with_its_own,
);

/// An activity that is taken and then has no effect at all.
async fn idle(scene: &Scene, activity: &Value, why: &str) {
    let before = scene.world.rows().await;
    scene.b.asked();
    let (outcome, reason) = scene.outcome(&scene.mallory, activity).await;
    assert!(["refused", "ignored"].contains(&outcome.as_str()), "{why}: {outcome} {reason}");
    let left = changed(&before, &scene.world.rows().await);
    assert!(left.is_empty(), "{why}: something was left in {left:?}");
}

async fn an_activity_lies_on_the_server_of_its_actor(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let mallory = &scene.mallory;
    let stolen = "https://victim.example/notes/1";
    let theirs = with(note(mallory, "1", &scene.group(), "hi"), "id", stolen);
    idle(&scene, &own(mallory, create(mallory, &theirs)), "ORG-01").await;
    scene.refused(scene.letter(mallory, &create(mallory, &theirs)), 403, "ORG-02").await;
}

/// The same activity with an id on the actor's own server.
fn own(by: &Somebody, activity: Value) -> Value {
    let id = format!("{}/acts/own{}", by.id, activity.to_string().len());
    with(activity, "id", id)
}

async fn nobody_speaks_with_the_name_of_somebody_here(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let asked = follow(&scene.mallory, "1", &scene.group());
    let as_ada = with(asked.clone(), "actor", "https://a.example/u/ada");
    scene.refused(scene.letter(&scene.mallory, &as_ada), 403, "ORG-26").await;
    let ours = with(as_ada, "id", "https://a.example/activities/1");
    scene.refused(scene.letter(&scene.mallory, &ours), 403, "ORG-26").await;
    let id = with(asked, "id", "https://a.example/activities/1");
    scene.refused(scene.letter(&scene.mallory, &id), 403, "ORG-26").await;
}

async fn nobody_publishes_in_the_name_of_another(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let (bob, mallory) = (json!(scene.bob.id), &scene.mallory);
    let plain = note(mallory, "1", &scene.group(), "hi");
    for (number, (id, author)) in [
        ("ORG-03", bob.clone()),
        ("ORG-04", json!("https://a.example/u/ada")),
        ("ORG-04", json!(1)),
        ("ORG-04", json!("alice")),
        ("ORG-05", json!([mallory.id, bob])),
        (
            "ORG-05",
            json!([{ "type": "Person", "id": bob }, { "type": "Group", "id": scene.group() }]),
        ),
        ("ORG-05", json!([])),
        ("ORG-05", Value::Null),
    ]
    .into_iter()
    .enumerate()
    {
        let note = with(plain.clone(), "attributedTo", author);
        let activity = with(create(mallory, &note), "id", format!("{}/a/{number}", mallory.id));
        idle(&scene, &activity, id).await;
    }
}

async fn nobody_changes_or_deletes_what_is_anothers(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let need = scene.world.listing(need).await.ap_id;
    scene.settle().await;
    scene.meet_all().await;
    let (bob, mallory) = (&scene.bob, &scene.mallory);
    let theirs = note(bob, "1", &need, "I have 8");
    scene.deliver(bob, &create(bob, &theirs)).await;

    let forged = with(theirs.clone(), "content", "<p>I have none</p>");
    let changed = own(mallory, update(mallory, "2026-03-01T09:30:00Z", &forged));
    idle(&scene, &changed, "ORG-06: the author is Bob").await;
    let forged = with(forged, "attributedTo", json!(mallory.id));
    let changed = own(mallory, update(mallory, "2026-03-01T09:31:00Z", &forged));
    idle(&scene, &changed, "ORG-06: the id is Bob's").await;

    let mut person = bob.document("Person", "bob");
    person["publicKey"]["publicKeyPem"] = json!(mallory.pair.public_pem);
    idle(&scene, &act(mallory, "Update", "person", person), "ORG-07").await;
    scene.send(scene.letter(bob, &follow(bob, "still", &scene.group()))).await.is(202);

    for (number, object) in
        [bob.id.as_str(), &need, &scene.group(), "https://a.example/u/ada"].into_iter().enumerate()
    {
        let (outcome, _) =
            scene.outcome(mallory, &act(mallory, "Delete", &format!("d{number}"), object)).await;
        assert!(outcome != "done" || object == bob.id, "ORG-08: {object}");
    }
    let gone = act(mallory, "Delete", "note", theirs["id"].clone());
    idle(&scene, &gone, "ORG-08: Bob's note").await;
    let bob = scene.meet(bob).await;
    assert!(scene.world.actor(bob).await.deleted_at.is_none(), "ORG-08: Bob himself");
}

async fn nobody_takes_back_what_another_did(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let (bob, mallory) = (&scene.bob, &scene.mallory);
    let asked = follow(bob, "1", &scene.group());
    scene.deliver(bob, &asked).await;
    scene.b.arrived();
    idle(&scene, &undo(mallory, "1", &asked), "ORG-09: whole").await;
    idle(&scene, &act(mallory, "Undo", "2", asked["id"].clone()), "ORG-09: by its id").await;
    let lying = with(asked.clone(), "actor", mallory.id.as_str());
    scene.deliver(mallory, &undo(mallory, "3", &lying)).await;
    let garden = scene.garden.actor();
    assert_eq!(scene.world.read(move |conn| db::follows::count_followers(conn, garden)).await, 1);
    // Nor does that keep Bob from anything that he does later.
    scene.deliver(bob, &undo(bob, "4", &asked)).await;
    scene.deliver(bob, &follow(bob, "5", &scene.group())).await;
    assert_eq!(scene.world.read(move |conn| db::follows::count_followers(conn, garden)).await, 1);
}

async fn nobody_accepts_what_was_not_asked_of_them(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let mill = scene.meet(&scene.mill).await;
    let asked = scene.world.local(scene.ada);
    let asked = scene.world.done(asked, AskFollow { followed: mill }).await;
    scene.settle().await;
    scene.b.arrived();
    let id = scene.world.site.act(asked);
    let mallory = &scene.mallory;
    idle(&scene, &act(mallory, "Accept", "1", id.as_str()), "ORG-10: by its id").await;
    let inner = json!({
        "id": id,
        "type": "Follow",
        "actor": "https://a.example/u/ada",
        "object": scene.mill.id,
    });
    idle(&scene, &act(mallory, "Accept", "2", inner), "ORG-10: whole").await;
    let never = json!({
        "id": "https://a.example/activities/0190a3c2-0000-7000-8000-000000000009",
        "type": "Follow",
        "actor": "https://a.example/u/ada",
        "object": mallory.id,
    });
    idle(&scene, &act(mallory, "Accept", "3", never), "ORG-10: never asked").await;
    let ada = scene.ada.actor();
    let following = scene.world.read(move |conn| db::follows::count_following(conn, ada)).await;
    assert_eq!(following, 0, "PRV-07");
}

async fn what_is_inside_of_an_announce_is_not_believed(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let need = scene.world.listing(need).await;
    scene.settle().await;
    scene.meet_all().await;
    let forged = create(&scene.bob, &note(&scene.bob, "1", &need.ap_id, "never said"));
    idle(&scene, &act(&scene.mallory, "Announce", "1", forged), "ORG-11").await;
    let altered = json!({
        "id": need.ap_id,
        "type": "Note",
        "attributedTo": scene.group(),
        "to": [PUBLIC],
        "content": "<p>nothing needed</p>",
    });
    scene.deliver(&scene.mallory, &act(&scene.mallory, "Announce", "2", altered)).await;
    assert_eq!(scene.world.listing(need.id).await.title, need.title, "ORG-12");
    let thing = act(&scene.mallory, "Announce", "3", "https://victim.example/notes/1");
    idle(&scene, &thing, "an unknown thing elsewhere is nobody's concern").await;
}

async fn one_server_is_one_server_however_it_is_written(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let asked = follow(&scene.bob, "1", &scene.group());
    for (actor, taken) in [
        ("http://B.EXAMPLE/u/bob", true),
        ("http://b.example:80/u/bob", true),
        ("http://b.example./u/bob", false),
        ("http://b。example/u/bob", true),
        ("http://xn--b-kmc.example/u/bob", false),
        ("http://b%2eexample/u/bob", true),
        ("http://b.example/u/bob#x", false),
        ("http://b.example/u/%62ob", false),
        ("http://b.example/u/bob/", false),
    ] {
        let odd = with(asked.clone(), "actor", actor);
        let odd = with(odd, "id", format!("http://b.example/x/{}", actor.len()));
        let before = scene.world.rows().await;
        let answer = scene.send(scene.letter(&scene.bob, &odd)).await;
        assert_eq!(answer.status == 202, taken, "ORG-18, ORG-19: {actor} {}", answer.text);
        assert!(answer.status.as_u16() < 500);
        let left = changed(&before, &scene.world.rows().await);
        assert!(left.is_empty(), "ORG-18: {actor} left something in {left:?}");
    }
    scene.settle().await;
    let garden = scene.garden.actor();
    assert_eq!(scene.world.read(move |conn| db::follows::count_followers(conn, garden)).await, 1);
}

async fn addresses_that_are_none_are_refused(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let asked = follow(&scene.bob, "1", &scene.group());
    for odd in [
        json!(null),
        json!("data:text/plain,x"),
        json!("javascript:alert(1)"),
        json!("file:///etc/passwd"),
        json!("http://bob:secret@b.example/acts/1"),
        json!("//b.example/acts/1"),
        json!("acts/1"),
        json!("http://b.example/a b"),
        json!("http://b.example\\@evil.example/1"),
        json!(format!("http://b.example/{}", "x".repeat(3_000))),
        json!(7),
        json!({ "id": "http://b.example/acts/1" }),
    ] {
        let letter = scene.letter(&scene.bob, &with(asked.clone(), "id", odd.clone()));
        scene.refused(letter, 400, &format!("ORG-22: {odd}")).await;
    }
}

async fn a_handle_of_another_server_is_shown_with_its_own(world: World) {
    let scene = Scene::new(world).await;
    let (victim, evil) = (Peer::unnamed().await, Peer::unnamed().await);
    let eve = evil.person("eve", 5);
    let link = json!({ "rel": "self", "type": crate::peer::ACTIVITY, "href": eve.id });
    let jrd = json!({ "subject": format!("acct:alice@{}", victim.host()), "links": [link] });
    let host = victim.host().replace(':', "%3A");
    let path = format!("/.well-known/webfinger?resource=acct%3Aalice%40{host}");
    victim.put(&path, crate::peer::Page::Typed("application/jrd+json", jrd.to_string()));
    let found = ops::Lookup::find(&scene.fed, &format!("@alice@{}", victim.host())).await;
    let Ok(ops::lookup::Found::Actor(found)) = found else { panic!("{found:?}") };
    let address = scene.world.actor(found).await.address();
    assert_eq!(address, format!("@eve@{}", evil.host()), "ORG-17");
}
