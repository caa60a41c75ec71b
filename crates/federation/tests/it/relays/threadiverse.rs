//! What the threadiverse gets of a thread.

use serde_json::{Value, json};
use testkit::World;

use super::{
    Worlds, path,
    shapes::{around, gone, gotosocial, lemmy, mastodon, reworded, signed},
};
use crate::words::{PUBLIC, act, undo};

testkit::both_engines!(
    an_author_everybody_may_read_is_announced_with_the_original_ids,
    odd_shapes_become_those_that_lemmy_reads,
    an_author_nobody_may_read_is_said_again_by_a_guest,
    a_thread_across_worlds_keeps_its_shape,
    a_comment_goes_back_to_its_own_server,
    votes_count_wherever_the_thread_is_read,
    without_readers_nobody_is_made_up,
);

async fn an_author_everybody_may_read_is_announced_with_the_original_ids(world: World) {
    let worlds = Worlds::new(world).await;
    let maria = &worlds.maria;
    let note = mastodon(maria, "1", &worlds.need);
    let create = signed(around(maria, "Create", "c1", &note));
    worlds.say(maria, &create).await;
    let questions = worlds.mastodon.questions();
    assert_eq!(questions.len(), 1, "the actor is looked at once");
    assert!(questions[0].header("signature").is_empty(), "as Lemmy looks at it");
    let inner = worlds.announced().await;
    for (name, want) in [("id", &create["id"]), ("type", &json!("Create")), ("to", &create["to"])] {
        assert_eq!(&inner[name], want, "{name}");
    }
    assert_eq!(inner["actor"], maria.id);
    for name in ["id", "attributedTo", "inReplyTo", "content", "published", "tag", "cc"] {
        assert_eq!(inner["object"][name], note[name], "{name}");
    }

    let changed = reworded(&note, "more");
    worlds.say(maria, &around(maria, "Update", "u1", &changed)).await;
    let inner = worlds.announced().await;
    assert_eq!((&inner["type"], &inner["object"]["id"]), (&json!("Update"), &note["id"]));
    assert_eq!(inner["object"]["content"], "<p>more</p>");

    worlds.say(maria, &gone(maria, "d1", &note)).await;
    let inner = worlds.announced().await;
    assert_eq!(inner["object"], json!({ "id": note["id"], "type": "Tombstone" }));
    assert_eq!((&inner["type"], &inner["cc"]), (&json!("Delete"), &json!([])));
    assert_eq!((worlds.count("relays").await, worlds.count("guests").await), (0, 0));
}

async fn odd_shapes_become_those_that_lemmy_reads(world: World) {
    let worlds = Worlds::new(world).await;
    let maria = &worlds.maria;
    let mut note = gotosocial(maria, "1", &worlds.need);
    note["audience"] = json!("https://elsewhere.example/c/other");
    note["language"] = json!("es");
    note["to"] = json!("as:Public");
    note["attachment"] = json!({ "type": "PropertyValue", "name": "x", "value": "y" });
    let mut create = around(maria, "Create", "c1", &note);
    create["audience"] = json!([worlds.scene.group()]);
    create.as_object_mut().unwrap().remove("cc");
    create["to"] = json!(PUBLIC);
    worlds.say(maria, &create).await;
    let inner = worlds.announced().await;
    assert_eq!((&inner["to"], &inner["cc"]), (&json!([PUBLIC]), &json!([])));
    assert_eq!(inner["audience"], worlds.scene.group());
    let said = &inner["object"];
    assert_eq!(said["tag"], json!([note["tag"]]));
    assert_eq!((&said["to"], &said["attachment"]), (&json!([PUBLIC]), &json!([])));
    assert!(said.get("audience").is_none() && said.get("language").is_none());
}

async fn an_author_nobody_may_read_is_said_again_by_a_guest(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, scene) = (&worlds.ana, &worlds.scene);
    let note = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "c1", &note)).await;
    let inner = worlds.announced().await;
    let said = &inner["object"];
    let guest = "https://a.example/u/ana.gts.example.guest";
    assert_eq!((&inner["actor"], &said["attributedTo"]), (&json!(guest), &json!(guest)));
    assert!(path(&said["id"]).starts_with("/relays/"));
    assert_eq!((&said["inReplyTo"], &said["url"]), (&json!(worlds.need), &note["url"]));
    assert_eq!(said["tag"][0]["href"], scene.group());
    let content = said["content"].as_str().unwrap();
    assert!(content.starts_with("<p>presto 1</p>"), "{content}");
    let link = format!("href=\"{}\"", note["url"].as_str().unwrap());
    assert!(content.contains(&link) && content.contains(">@ana@gts.example</a>"), "{content}");
    for list in ["to", "cc", "tag", "attachment"] {
        assert!(said[list].is_array(), "{list}");
    }

    let mut served = scene.get(path(&said["id"])).await.is(200).json;
    served.as_object_mut().unwrap().remove("@context");
    assert_eq!(&served, said, "it is read as it was sent");
    let seen = scene.ask(path(&said["id"]), None).await.is(302);
    let original = worlds.known(&note).await;
    assert_eq!(seen.header("location"), format!("https://a.example/replies/{}", original.id));

    worlds.say(ana, &around(ana, "Update", "u1", &reworded(&note, "presto 2"))).await;
    let update = worlds.announced().await;
    assert_eq!((&update["type"], &update["object"]["id"]), (&json!("Update"), &said["id"]));
    assert!(update["object"]["content"].as_str().unwrap().contains("presto 2"));

    let again = gotosocial(ana, "2", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "c2", &again)).await;
    assert_eq!(worlds.announced().await["actor"], guest);
    assert_eq!((worlds.count("relays").await, worlds.count("guests").await), (2, 1));

    worlds.say(ana, &gone(ana, "d1", &note)).await;
    let inner = worlds.announced().await;
    assert_eq!((&inner["type"], &inner["object"]), (&json!("Delete"), &said["id"]));
    assert_eq!(inner["actor"], guest);
    let left = scene.get(path(&said["id"])).await.is(410);
    assert_eq!(left.json["type"], "Tombstone");
}

async fn a_thread_across_worlds_keeps_its_shape(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, maria, liz) = (&worlds.ana, &worlds.maria, &worlds.liz);
    let id = |note: &Value| note["id"].as_str().unwrap().to_owned();
    let first = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "c1", &first)).await;
    let relay = worlds.announced().await["object"]["id"].clone();
    let second = mastodon(maria, "2", &id(&first));
    worlds.say(maria, &around(maria, "Create", "c2", &second)).await;
    assert_eq!(worlds.announced().await["object"]["inReplyTo"], relay, "under the guest's");
    let third = gotosocial(ana, "3", &id(&second));
    worlds.say(ana, &around(ana, "Create", "c3", &third)).await;
    assert_eq!(worlds.announced().await["object"]["inReplyTo"], second["id"]);
    let fourth = lemmy(liz, 4, &id(&second), &maria.id);
    worlds.say(liz, &around(liz, "Create", "c4", &fourth)).await;
    assert_eq!(worlds.announced().await["object"]["inReplyTo"], second["id"]);
    assert_eq!(worlds.known(&fourth).await.parent_id, Some(worlds.known(&second).await.id));
}

async fn a_comment_goes_back_to_its_own_server(world: World) {
    let worlds = Worlds::new(world).await;
    let liz = &worlds.liz;
    let note = lemmy(liz, 1, &worlds.need, &format!("{}/voice", worlds.scene.group()));
    let mut create = around(liz, "Create", "c1", &note);
    create["audience"] = json!(worlds.scene.group());
    worlds.say(liz, &create).await;
    let inner = worlds.announced().await;
    create.as_object_mut().unwrap().remove("@context");
    assert_eq!(inner, create, "Lemmy 1.0 shows it to nobody before");
    assert!(worlds.lemmy.asked().is_empty(), "such servers are open by what they are");
}

async fn votes_count_wherever_the_thread_is_read(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, maria, liz) = (&worlds.ana, &worlds.maria, &worlds.liz);
    let like = act(maria, "Like", "l1", worlds.need.as_str());
    worlds.say(maria, &like).await;
    let inner = worlds.announced().await;
    assert_eq!((&inner["id"], &inner["object"]), (&like["id"], &json!(worlds.need)));
    worlds.say(maria, &undo(maria, "u1", &like)).await;
    let inner = worlds.announced().await;
    assert_eq!((&inner["type"], &inner["object"]["object"]), (&json!("Undo"), &json!(worlds.need)));
    assert_eq!(inner["object"]["id"], like["id"]);
    assert!(worlds.scene.b.arrived().is_empty(), "no vote goes to microblogs");

    worlds.say(ana, &act(ana, "Like", "l2", worlds.need.as_str())).await;
    assert!(worlds.lemmy.arrived().is_empty(), "it counts here alone");
    let note = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "c1", &note)).await;
    let relay = worlds.announced().await["object"]["id"].clone();
    worlds.say(liz, &act(liz, "Like", "l3", relay.clone())).await;
    assert_eq!(worlds.announced().await["object"], relay);
    worlds.say(maria, &act(maria, "Like", "l4", note["id"].clone())).await;
    assert_eq!(worlds.announced().await["object"], relay, "as Lemmy calls it");
    let liked = worlds.known(&note).await.id.uuid();
    let counts = worlds.scene.world.read(move |conn| db::reactions::count(conn, &[liked])).await;
    assert_eq!(counts[0].likes, 2);
}

async fn without_readers_nobody_is_made_up(world: World) {
    let worlds = Worlds::new(world).await;
    let (ana, liz, maria) = (&worlds.ana, &worlds.liz, &worlds.maria);
    let follow = crate::words::follow(liz, "f", &worlds.scene.group());
    worlds.say(liz, &undo(liz, "uf", &follow)).await;
    let note = gotosocial(ana, "1", &worlds.need);
    worlds.say(ana, &around(ana, "Create", "c1", &note)).await;
    assert_eq!((worlds.count("relays").await, worlds.count("guests").await), (0, 0));
    assert!(worlds.gts.asked().is_empty() && worlds.lemmy.arrived().is_empty());

    // Whoever follows later can climb up to what was said before.
    worlds.say(liz, &crate::words::follow(liz, "f2", &worlds.scene.group())).await;
    let second = mastodon(maria, "2", note["id"].as_str().unwrap());
    worlds.say(maria, &around(maria, "Create", "c2", &second)).await;
    let parent = worlds.announced().await["object"]["inReplyTo"].clone();
    let served = worlds.scene.get(path(&parent)).await.is(200).json;
    assert_eq!(served["url"], note["url"]);
}
