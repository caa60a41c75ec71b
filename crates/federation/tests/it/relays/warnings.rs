//! Content warnings and polls, in every world.

use serde_json::{Value, json};
use testkit::World;

use super::{
    Worlds,
    shapes::{around, gotosocial, lemmy, mastodon, reworded},
};
use crate::words::with;

testkit::both_engines!(
    a_warning_is_kept_and_stands_first_in_the_threadiverse,
    a_warning_goes_with_what_the_group_says_again,
    a_poll_is_told_with_what_it_lets_choose,
);

async fn a_warning_is_kept_and_stands_first_in_the_threadiverse(world: World) {
    let worlds = Worlds::new(world).await;
    let maria = &worlds.maria;
    let warned = |note: Value| with(with(note, "summary", "Spoiler & more"), "sensitive", true);
    let note = warned(mastodon(maria, "1", &worlds.need));
    worlds.say(maria, &around(maria, "Create", "c1", &note)).await;
    let row = worlds.known(&note).await;
    assert_eq!((row.summary.as_deref(), row.sensitive), (Some("Spoiler & more"), true));
    let first = "<p><strong>Spoiler &amp; more</strong></p>";
    let said = worlds.announced().await["object"].clone();
    assert_eq!(said["content"], format!("{first}<p>I bring 1</p>"));
    let changed = with(reworded(&note, "more"), "summary", Value::Null);
    worlds.say(maria, &around(maria, "Update", "u1", &changed)).await;
    assert_eq!(worlds.known(&note).await.summary, None);
    assert_eq!(worlds.announced().await["object"]["content"], "<p>more</p>");

    let ana = &worlds.ana;
    let note = warned(gotosocial(ana, "2", &worlds.need));
    worlds.say(ana, &around(ana, "Create", "c2", &note)).await;
    let said = worlds.announced().await["object"].clone();
    assert!(said["content"].as_str().unwrap().starts_with(first), "{said}");
    assert_eq!((&said["sensitive"], &said["summary"]), (&json!(true), &Value::Null));
}

async fn a_warning_goes_with_what_the_group_says_again(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, liz) = (&worlds.ana, &worlds.liz);
    let first = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "c1", &first)).await;
    let said = worlds.announced().await["object"].clone();
    let guest = said["attributedTo"].as_str().unwrap();
    let answer = lemmy(liz, 1, said["id"].as_str().unwrap(), guest);
    let answer = with(with(answer, "summary", "<b>Spiders</b>"), "sensitive", true);
    worlds.say(liz, &around(liz, "Create", "c2", &answer)).await;
    let told = worlds.only(&worlds.gts).await.json()["object"].clone();
    assert_eq!((&told["summary"], &told["sensitive"]), (&json!("Spiders"), &json!(true)));
}

async fn a_poll_is_told_with_what_it_lets_choose(world: World) {
    let worlds = Worlds::new(world).await;
    let maria = &worlds.maria;
    let poll = with(mastodon(maria, "1", &worlds.need), "type", "Question");
    let option =
        |name: &str| json!({ "type": "Note", "name": name, "replies": { "type": "Collection" } });
    let poll = with(poll, "oneOf", json!([option("<i>Monday</i>"), option("Friday")]));
    worlds.say(maria, &around(maria, "Create", "c1", &poll)).await;
    let html = "<p>I bring 1</p><ul><li>&lt;i&gt;Monday&lt;/i&gt;</li><li>Friday</li></ul>";
    assert_eq!(worlds.known(&poll).await.html, html);
    let said = worlds.announced().await["object"].clone();
    assert_eq!((&said["type"], &said["content"]), (&json!("Note"), &json!(html)));
}
