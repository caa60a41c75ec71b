//! Reports: as Mastodon, GoToSocial, and Lemmy send them, and as they are told of ours.

use db::reports::ReportRow;
use ops::reports::{Report, Subject};
use serde_json::{Value, json};
use testkit::World;

use super::{answer, need, of_the_threadiverse};
use crate::{
    peer::{Peer, Somebody},
    scene::Scene,
    shown::shown,
    words::{act, with},
};

testkit::both_engines!(
    reports_come_in_every_form,
    a_flood_of_reports_is_one_and_a_forged_one_none,
    a_microblog_is_told_by_the_instance,
    the_threadiverse_is_told_by_the_voice,
);

async fn reports(scene: &Scene) -> Vec<ReportRow> {
    scene.world.read(|conn| db::reports::page(conn, None, true, None, 100)).await
}

async fn instance(scene: &Scene, name: &str, key: usize) -> Somebody {
    let peer = Peer::named(&scene.net, name).await;
    let instance = peer.person("instance", key);
    instance.change(|document| document["type"] = "Application".into());
    instance
}

async fn reports_come_in_every_form(world: World) {
    let scene = Scene::new(world).await;
    let (id, listing) = need(&scene).await;
    let eve = scene.world.person("eve").await;
    let reply = scene.world.answer(id, eve, "Buy chairs").await;
    let said = scene.world.reply(reply).await.ap_id;
    scene.settle().await;
    let mastodon = instance(&scene, "mastodon.example", 2).await;
    let person = scene.world.site.at("u/eve");
    let flag = act(&mastodon, "Flag", "1", json!([person, said]));
    scene.deliver(&mastodon, &with(flag, "content", "it is spam")).await;
    let gotosocial = instance(&scene, "gts.example", 3).await;
    scene.deliver(&gotosocial, &act(&gotosocial, "Flag", "1", person.as_str())).await;
    let lemmy = &scene.bob;
    let flag = act(lemmy, "Flag", "1", listing.as_str());
    let flag = with(with(flag, "summary", "off topic"), "to", json!([scene.group()]));
    scene.deliver(lemmy, &with(flag, "audience", scene.group().as_str())).await;
    let rows = reports(&scene).await;
    let told: Vec<_> = rows
        .iter()
        .rev()
        .map(|row| (row.host.as_str(), row.text.as_str(), row.collective_id, row.reply_id))
        .collect();
    assert_eq!(
        told,
        [
            ("mastodon.example", "it is spam", Some(scene.garden), Some(reply)),
            ("gts.example", "", None, None),
            ("b.example", "off topic", Some(scene.garden), None),
        ]
    );
}

async fn a_flood_of_reports_is_one_and_a_forged_one_none(world: World) {
    let scene = Scene::new(world).await;
    let (_, listing) = need(&scene).await;
    let mallory = &scene.mallory;
    for number in 0..50 {
        let flag = act(mallory, "Flag", &format!("{number}"), listing.as_str());
        scene.send(scene.letter(mallory, &flag)).await.is(202);
    }
    scene.settle().await;
    let rows = reports(&scene).await;
    assert_eq!((rows.len(), rows[0].times), (1, 50), "MOD-10");
    let forged = with(act(mallory, "Flag", "f", listing.as_str()), "actor", scene.bob.id.as_str());
    scene.refused(scene.letter(mallory, &forged), 401, "ORG-24").await;
    let many: Vec<Value> = (0..10_000).map(|n| json!(format!("{listing}?{n}"))).collect();
    let flag = act(mallory, "Flag", "many", Value::Array(many));
    let (outcome, _) = scene.outcome(mallory, &flag).await;
    assert_eq!(outcome, "ignored", "ORG-24");
    let odd = act(mallory, "Flag", "odd", json!([{ "type": "Note" }, 7, null, listing]));
    let answer = scene.send(scene.letter(mallory, &odd)).await;
    assert!(answer.status.as_u16() < 500, "{}", answer.text);
    scene.settle().await;
    assert_eq!(reports(&scene).await.len(), 1, "ORG-24");
}

async fn a_microblog_is_told_by_the_instance(world: World) {
    let scene = Scene::new(world).await;
    let (_, listing) = need(&scene).await;
    let reply = answer(&scene, &scene.bob, "1", &listing).await;
    let eve = scene.world.person("eve").await;
    let report = Report { subject: Subject::Reply(reply), text: "spam".to_owned(), forward: true };
    scene.b.arrived();
    scene.world.done(scene.world.local(eve), report).await;
    scene.settle().await;
    let arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 1);
    assert_eq!(arrived[0].target, "/u/bob/inbox");
    let base = scene.world.site.base().to_string();
    let ours = scene.world.read(move |conn| db::actors::find_by_ap_id(conn, &base)).await.unwrap();
    arrived[0].verify(&scene.key_of(ours.id).await);
    let text = shown(&arrived[0].json());
    assert!(!text.contains("eve"), "nobody learns who reports: {text}");
    insta::assert_snapshot!("flag_to_a_microblog", text);
}

async fn the_threadiverse_is_told_by_the_voice(world: World) {
    let scene = Scene::new(world).await;
    let (_, listing) = need(&scene).await;
    let reply = answer(&scene, &scene.bob, "1", &listing).await;
    of_the_threadiverse(&scene).await;
    let eve = scene.world.person("eve").await;
    let report = Report { subject: Subject::Reply(reply), text: "spam".to_owned(), forward: true };
    scene.b.arrived();
    let done = scene.world.done(scene.world.local(eve), report.clone()).await;
    scene.settle().await;
    assert!(!done.forwarded && scene.b.arrived().is_empty(), "it hears no instance");
    let done = scene.world.done(scene.world.local(scene.ada), report).await;
    scene.settle().await;
    assert!(done.forwarded);
    let arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 1);
    insta::assert_snapshot!("flag_to_the_threadiverse", shown(&arrived[0].json()));
}
