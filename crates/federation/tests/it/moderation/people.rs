//! Suspended people, limited servers, and the way round them.

use domain::{
    Origin,
    domains::{Domain, Mode, Rule, Severity},
};
use ops::{
    LookupError,
    domains::{SetDomainRule, SetFederationMode},
    moderation::SuspendActor,
};
use testkit::World;

use super::{answer, need};
use crate::{
    peer::Peer,
    scene::Scene,
    words::{act, create, delete, follow, note, update, with},
};

testkit::both_engines!(
    a_suspended_person_is_refused_at_once_but_may_delete,
    of_a_suspended_person_here_nothing_leaves,
    what_is_blocked_does_not_come_through_others,
    where_only_listed_servers_may_speak_nobody_else_is_asked,
    what_a_limited_server_says_is_not_passed_on,
);

async fn rule(scene: &Scene, domain: &str, severity: Severity) {
    let domain = Domain::parse(domain).unwrap();
    let rule = Rule::of(severity);
    scene.world.done(Origin::server(), SetDomainRule { domain, rule }).await;
}

async fn a_suspended_person_is_refused_at_once_but_may_delete(world: World) {
    let scene = Scene::new(world).await;
    let (_, listing) = need(&scene).await;
    let mallory = &scene.mallory;
    let reply = answer(&scene, mallory, "1", &listing).await;
    let id = scene.meet(mallory).await;
    let suspend = SuspendActor { actor: id, reason: "spam".to_owned() };
    scene.world.done(Origin::server(), suspend).await;
    let said = note(mallory, "1", &listing, "Buy more");
    let more = create(mallory, &note(mallory, "2", &listing, "More"));
    let changed = update(mallory, "2026-03-01T10:00:00Z", &said);
    let asked = follow(mallory, "3", &scene.group());
    for (activity, why) in [(&more, "Create"), (&changed, "Update"), (&asked, "Follow")] {
        let letter = scene.letter(mallory, activity);
        scene.refused(letter, 403, &format!("MOD-03: {why}")).await;
    }
    let path = listing.trim_start_matches("https://a.example");
    let documents = scene.get(&format!("{path}/replies")).await.is(200);
    assert!(!documents.text.contains("notes/1"), "MOD-02: {}", documents.text);
    scene.deliver(mallory, &delete(mallory, &said)).await;
    assert!(scene.world.reply(reply).await.deleted_at.is_some(), "MOD-03");
    scene.deliver(&scene.bob, &follow(&scene.bob, "4", &scene.group())).await;
}

async fn of_a_suspended_person_here_nothing_leaves(world: World) {
    let scene = Scene::new(world).await;
    scene.deliver(&scene.bob, &follow(&scene.bob, "1", &scene.group())).await;
    let (need, _) = need(&scene).await;
    let eve = scene.world.person("eve").await;
    let first = scene.world.answer(need, eve, "Buy chairs").await;
    scene.tell().await;
    scene.world.answer(need, eve, "Buy tables").await;
    scene.b.arrived();
    let suspend = SuspendActor { actor: eve.actor(), reason: "spam".to_owned() };
    scene.world.done(Origin::server(), suspend).await;
    scene.settle().await;
    assert!(scene.b.arrived().is_empty(), "MOD-04");
    let page = scene.get(&format!("/replies/{first}")).await.is(403);
    assert!(!page.text.contains("Buy chairs"), "MOD-04");
    scene.get("/u/eve").await.is(200);
}

async fn what_is_blocked_does_not_come_through_others(world: World) {
    let scene = Scene::new(world).await;
    let evil = Peer::named(&scene.net, "evil.example").await;
    let eve = evil.person("eve", 5);
    let (need, listing) = need(&scene).await;
    let blocked = answer(&scene, &eve, "1", &listing).await;
    let blocked = scene.world.reply(blocked).await.ap_id;
    let known = scene.meet(&eve).await;
    evil.asked();
    rule(&scene, "evil.example", Severity::Suspend).await;
    let bob = &scene.bob;
    scene.deliver(bob, &act(bob, "Announce", "1", blocked.as_str())).await;
    let below = note(bob, "2", &evil.at("/notes/9"), "see there");
    let mention =
        serde_json::json!([{ "type": "Mention", "href": eve.id, "name": "@eve@evil.example" }]);
    scene.deliver(bob, &create(bob, &with(below, "tag", mention))).await;
    let by_eve = with(note(bob, "3", &listing, "hi"), "attributedTo", eve.id.as_str());
    scene.deliver(bob, &create(bob, &by_eve)).await;
    let listed = with(
        note(bob, "4", &listing, "hello"),
        "replies",
        serde_json::json!({
            "type": "Collection",
            "first": { "type": "CollectionPage", "items": [evil.at("/notes/8")] },
        }),
    );
    scene.deliver(bob, &create(bob, &listed)).await;
    assert!(evil.asked().is_empty(), "MOD-02: nothing of theirs is fetched");
    let shown = scene.world.read(move |conn| db::replies::thread(conn, need, 10)).await;
    let by: Vec<_> = shown.iter().map(|(_, author)| author.host.as_str()).collect();
    assert_eq!(by, ["b.example"], "MOD-02: nothing of theirs is shown");
    for text in [eve.id.as_str(), blocked.as_str(), "@eve@evil.example"] {
        let found = ops::Lookup::find(&scene.fed, text).await;
        assert_eq!(found.unwrap_err(), LookupError::Blocked, "MOD-02: {text}");
    }
    let actor = scene.world.actor(known).await;
    assert!(actor.deleted_at.is_none(), "nothing is deleted");
}

async fn where_only_listed_servers_may_speak_nobody_else_is_asked(world: World) {
    let scene = Scene::new(world).await;
    let friends = Peer::named(&scene.net, "friends.example").await;
    let fay = friends.person("fay", 5);
    rule(&scene, "friends.example", Severity::Allow).await;
    let mode = SetFederationMode { mode: Mode::Allowlist };
    scene.world.done(Origin::server(), mode).await;
    let asked = follow(&scene.bob, "1", &scene.group());
    let answer = scene.send(scene.letter(&scene.bob, &asked)).await;
    assert_eq!(answer.status, 403, "MOD-16");
    let found = ops::Lookup::find(&scene.fed, &scene.bob.id).await;
    assert_eq!(found.unwrap_err(), LookupError::Blocked, "MOD-16");
    let found = ops::Lookup::find(&scene.fed, "@bob@b.example").await;
    assert_eq!(found.unwrap_err(), LookupError::Blocked, "MOD-16");
    assert!(scene.b.asked().is_empty(), "MOD-16");
    scene.deliver(&fay, &follow(&fay, "1", &scene.group())).await;
    assert!(friends.arrived().iter().any(|it| it.kind() == "Accept"), "MOD-16");
}

async fn what_a_limited_server_says_is_not_passed_on(world: World) {
    let scene = Scene::new(world).await;
    let (_, listing) = need(&scene).await;
    rule(&scene, "b.example", Severity::Limit).await;
    let reply = answer(&scene, &scene.bob, "1", &listing).await;
    let said = scene.world.reply(reply).await.ap_id;
    let path = listing.trim_start_matches("https://a.example").to_owned();
    let replies = scene.get(&format!("{path}/replies")).await.is(200);
    assert!(!replies.text.contains(&said), "MOD-07: {}", replies.text);
    assert!(!scene.get(&path).await.is(200).text.contains(&said), "MOD-07");
    scene.deliver(&scene.bob, &follow(&scene.bob, "2", &scene.group())).await;
    assert!(scene.b.arrived().iter().any(|it| it.kind() == "Accept"), "MOD-07: they may read");
}
