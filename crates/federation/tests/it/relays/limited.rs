//! What people of a limited server say in a thread of ours: kept here, and told to nobody else.

use domain::{
    Origin,
    domains::{Domain, Rule, Severity},
};
use ops::domains::SetDomainRule;
use serde_json::json;
use testkit::World;

use super::{
    Worlds, path,
    shapes::{around, gone, gotosocial, mastodon, reworded, signed},
};
use crate::words::act;

testkit::both_engines!(
    what_a_limited_server_says_reaches_no_other,
    what_was_told_before_is_taken_back_and_not_changed,
    a_guest_does_not_speak_for_a_limited_author,
    refused_pictures_are_not_passed_on,
);

async fn limit(worlds: &Worlds, domain: &str, severity: Severity) {
    let domain = Domain::parse(domain).unwrap();
    let rule = SetDomainRule { domain, rule: Rule::of(severity) };
    worlds.scene.world.done(Origin::server(), rule).await;
}

fn nothing_left(worlds: &Worlds, why: &str) {
    for peer in [&worlds.lemmy, &worlds.gts, &worlds.scene.b] {
        assert!(peer.arrived().is_empty(), "MOD-07: {why}: {}", peer.base);
    }
}

async fn what_a_limited_server_says_reaches_no_other(world: World) {
    let worlds = Worlds::new(world).await;
    let maria = &worlds.maria;
    limit(&worlds, "mastodon.example", Severity::Limit).await;
    let note = mastodon(maria, "1", &worlds.need);
    worlds.say(maria, &signed(around(maria, "Create", "c1", &note))).await;
    nothing_left(&worlds, "an answer");
    worlds.say(maria, &act(maria, "Like", "l1", worlds.need.as_str())).await;
    nothing_left(&worlds, "a vote");
    let row = worlds.known(&note).await;
    assert!(row.deleted_at.is_none() && row.hidden_at.is_none(), "MOD-07: it is kept");
    let listing = row.listing_id.unwrap().uuid();
    let count = || worlds.scene.world.read(move |conn| db::reactions::count(conn, &[listing]));
    assert_eq!(count().await[0].likes, 0, "MOD-07: it does not count");
    limit(&worlds, "mastodon.example", Severity::Noop).await;
    assert_eq!(count().await[0].likes, 1);
    worlds.say(maria, &around(maria, "Update", "u1", &reworded(&note, "more"))).await;
    assert_eq!(worlds.announced().await["object"]["content"], "<p>more</p>", "as before");
}

async fn what_was_told_before_is_taken_back_and_not_changed(world: World) {
    let worlds = Worlds::new(world).await;
    let maria = &worlds.maria;
    let note = mastodon(maria, "1", &worlds.need);
    worlds.say(maria, &signed(around(maria, "Create", "c1", &note))).await;
    worlds.announced().await;
    limit(&worlds, "mastodon.example", Severity::Limit).await;
    worlds.say(maria, &signed(around(maria, "Update", "u1", &reworded(&note, "more")))).await;
    nothing_left(&worlds, "other words");
    worlds.say(maria, &gone(maria, "d1", &note)).await;
    let inner = worlds.announced().await;
    assert_eq!((&inner["type"], &inner["object"]["id"]), (&json!("Delete"), &note["id"]));
}

async fn a_guest_does_not_speak_for_a_limited_author(world: World) {
    let worlds = Worlds::new(world).await;
    let ana = &worlds.ana;
    let note = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "c1", &note)).await;
    let relay = worlds.announced().await["object"]["id"].clone();
    worlds.scene.get(path(&relay)).await.is(200);
    limit(&worlds, "gts.example", Severity::Limit).await;
    worlds.scene.get(path(&relay)).await.is(403);
    let more = gotosocial(ana, "2", note["id"].as_str().unwrap());
    worlds.say(ana, &around(ana, "Create", "c2", &more)).await;
    nothing_left_of_ana(&worlds);
    let maria = &worlds.maria;
    let below = mastodon(maria, "3", more["id"].as_str().unwrap());
    worlds.say(maria, &signed(around(maria, "Create", "c3", &below))).await;
    assert_eq!(worlds.count("relays").await, 1, "MOD-07: not for the sake of an answer either");
}

fn nothing_left_of_ana(worlds: &Worlds) {
    for peer in [&worlds.lemmy, &worlds.mastodon, &worlds.scene.b] {
        assert!(peer.arrived().is_empty(), "MOD-07: {}", peer.base);
    }
}

async fn refused_pictures_are_not_passed_on(world: World) {
    let worlds = Worlds::new(world).await;
    let maria = &worlds.maria;
    let picture = json!([{ "type": "Document", "url": "https://mastodon.example/1.png" }]);
    let mut note = mastodon(maria, "1", &worlds.need);
    note["attachment"] = picture.clone();
    worlds.say(maria, &signed(around(maria, "Create", "c1", &note))).await;
    assert_eq!(worlds.announced().await["object"]["attachment"], picture);
    assert_eq!(worlds.scene.b.arrived().len(), 1);
    let domain = Domain::parse("mastodon.example").unwrap();
    let rule = Rule { reject_media: true, ..Rule::of(Severity::Noop) };
    worlds.scene.world.done(Origin::server(), SetDomainRule { domain, rule }).await;
    let mut note = mastodon(maria, "2", &worlds.need);
    note["attachment"] = picture;
    worlds.say(maria, &signed(around(maria, "Create", "c2", &note))).await;
    let inner = worlds.announced().await;
    assert_eq!(inner["object"]["id"], note["id"], "the words go on");
    assert!(inner["object"].get("attachment").is_none(), "{inner}");
    assert!(worlds.scene.b.arrived().is_empty(), "what is signed cannot be changed");
    let plain = mastodon(maria, "3", &worlds.need);
    worlds.say(maria, &signed(around(maria, "Create", "c3", &plain))).await;
    assert_eq!(worlds.scene.b.arrived().len(), 1, "what has no pictures goes on");
}
