//! What microblogs get of a thread.

use serde_json::json;
use testkit::World;

use super::{
    Worlds,
    shapes::{around, gone, gotosocial, lemmy, mastodon, reworded, signed},
};
use crate::words::{PUBLIC, act};

testkit::both_engines!(
    a_comment_is_sent_on_byte_for_byte_and_nobody_boosts_it,
    changes_of_a_comment_are_for_the_threadiverse_alone,
    what_its_author_signed_inside_is_sent_on_as_it_is,
    nothing_goes_back_to_where_it_was_said,
    what_is_not_for_everybody_leaves_for_nowhere,
    what_a_group_announces_is_not_announced_again,
);

async fn a_comment_is_sent_on_byte_for_byte_and_nobody_boosts_it(world: World) {
    let worlds = Worlds::new(world).await;
    let liz = &worlds.liz;
    let note = lemmy(liz, 1, &worlds.need, &format!("{}/voice", worlds.scene.group()));
    let body = serde_json::to_string_pretty(&around(liz, "Create", "c1", &note)).unwrap();
    worlds.say_so(liz, &body).await;
    for peer in [&worlds.scene.b, &worlds.mastodon, &worlds.gts] {
        let arrival = worlds.only(peer).await;
        assert_eq!(arrival.text(), body);
        assert_eq!(arrival.kind(), "Create");
    }
    let deep = lemmy(liz, 2, note["id"].as_str().unwrap(), &liz.id);
    worlds.say(liz, &around(liz, "Create", "c2", &deep)).await;
    assert_eq!(worlds.only(&worlds.scene.b).await.json()["object"]["id"], deep["id"]);
}

async fn changes_of_a_comment_are_for_the_threadiverse_alone(world: World) {
    let worlds = Worlds::new(world).await;
    let liz = &worlds.liz;
    let note = lemmy(liz, 1, &worlds.need, &format!("{}/voice", worlds.scene.group()));
    worlds.say(liz, &around(liz, "Create", "c1", &note)).await;
    worlds.say(liz, &around(liz, "Update", "u1", &reworded(&note, "other"))).await;
    assert_eq!(worlds.announced().await["type"], "Update");
    assert!(worlds.scene.b.arrived().is_empty() && worlds.gts.arrived().is_empty());
    let mut end = gone(liz, "d1", &note);
    end["object"] = note["id"].clone();
    worlds.say(liz, &end).await;
    let inner = worlds.announced().await;
    assert_eq!((&inner["type"], &inner["object"]), (&json!("Delete"), &note["id"]));
    assert!(worlds.scene.b.arrived().is_empty() && worlds.gts.arrived().is_empty());
}

async fn what_its_author_signed_inside_is_sent_on_as_it_is(world: World) {
    let worlds = Worlds::new(world).await;
    let maria = &worlds.maria;
    let note = mastodon(maria, "1", &worlds.need);
    worlds.say(maria, &signed(around(maria, "Create", "c1", &note))).await;
    let changed = signed(around(maria, "Update", "u1", &reworded(&note, "more")));
    let body = serde_json::to_string_pretty(&changed).unwrap();
    worlds.say_so(maria, &body).await;
    assert_eq!(worlds.only(&worlds.scene.b).await.text(), body);
    assert_eq!(worlds.only(&worlds.gts).await.text(), body);
    let end = serde_json::to_string_pretty(&signed(gone(maria, "d1", &note))).unwrap();
    worlds.say_so(maria, &end).await;
    assert_eq!(worlds.only(&worlds.scene.b).await.text(), end);
}

async fn nothing_goes_back_to_where_it_was_said(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, maria) = (&worlds.ana, &worlds.maria);
    let note = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "c1", &note)).await;
    assert!(worlds.gts.arrived().is_empty());
    assert_eq!(worlds.only(&worlds.scene.b).await.json()["object"], note);
    let note = mastodon(maria, "1", &worlds.need);
    worlds.say(maria, &signed(around(maria, "Create", "c1", &note))).await;
    assert!(worlds.mastodon.arrived().is_empty());
    assert_eq!(worlds.only(&worlds.gts).await.json()["object"], note);
}

async fn what_is_not_for_everybody_leaves_for_nowhere(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, maria) = (&worlds.ana, &worlds.maria);
    let fans = |by: &str| json!([format!("{by}/followers")]);
    let nothing = || {
        let peers = [&worlds.lemmy, &worlds.mastodon, &worlds.gts, &worlds.scene.b];
        peers.iter().all(|peer| peer.arrived().is_empty())
    };
    for (number, by) in [(1, maria), (2, ana)] {
        for (to, cc) in [
            (fans(&by.id), json!([worlds.scene.group()])),
            (json!([worlds.scene.group()]), json!([])),
        ] {
            let name = format!("{number}-{}", to.to_string().len());
            let mut note = mastodon(by, &name, &worlds.need);
            (note["to"], note["cc"]) = (to, cc);
            worlds.say(by, &around(by, "Create", &format!("c{name}"), &note)).await;
            assert!(!worlds.known(&note).await.visibility.is_public());
            assert!(nothing(), "PRV-06 {name}");
            worlds.say(by, &around(by, "Update", &format!("u{name}"), &reworded(&note, "x"))).await;
            worlds.say(by, &signed(gone(by, &format!("d{name}"), &note))).await;
            assert!(nothing(), "PRV-06 {name}");
        }
    }
    // The letter says other than the envelope.
    let note = mastodon(maria, "e", &worlds.need);
    let mut create = around(maria, "Create", "e", &note);
    (create["to"], create["cc"]) = (json!([worlds.scene.group()]), json!([]));
    worlds.say(maria, &create).await;
    assert!(nothing());
    // It was public once, and is narrowed.
    let note = mastodon(maria, "n", &worlds.need);
    worlds.say(maria, &around(maria, "Create", "n", &note)).await;
    let mut narrow = reworded(&note, "for a few");
    (narrow["to"], narrow["cc"]) = (json!([worlds.scene.group()]), json!([]));
    worlds.say(maria, &signed(around(maria, "Update", "nu", &narrow))).await;
    assert!(nothing());
    // Readers of whom nobody may know.
    let mut note = mastodon(maria, "b", &worlds.need);
    note["bto"] = json!(["http://b.example/u/bob"]);
    worlds.say(maria, &around(maria, "Create", "b", &note)).await;
    assert!(worlds.announced().await["object"].get("bto").is_none());
    assert!(worlds.scene.b.arrived().is_empty());
}

async fn what_a_group_announces_is_not_announced_again(world: World) {
    let worlds = Worlds::new(world).await;
    let (scene, maria) = (&worlds.scene, &worlds.maria);
    let note = mastodon(maria, "1", &worlds.need);
    let create = around(maria, "Create", "c1", &note);
    worlds.say(maria, &create).await;
    let inner = worlds.announced().await;
    let ours = scene.get(path_of(&worlds.need)).await.json;
    for (number, object) in
        [create, inner, note.clone(), note["id"].clone(), json!(worlds.need), ours]
            .into_iter()
            .enumerate()
    {
        let mut announce = act(&scene.mill, "Announce", &format!("a{number}"), object);
        announce["to"] = json!([PUBLIC]);
        worlds.say(&scene.mill, &announce).await;
        for peer in [&worlds.lemmy, &worlds.mastodon, &worlds.gts, &scene.b] {
            assert!(peer.arrived().is_empty(), "GRP-13 {number} {}", peer.base);
        }
    }
}

fn path_of(address: &str) -> &str {
    address.strip_prefix("https://a.example").unwrap()
}
