//! Communities of other servers that are followed here (FEP-1b12): what they pass on, and what of it is believed.

use std::{fs, path::Path};

use db::replies::ReplyRow;
use domain::follows::FollowState;
use ops::follows::AskFollow;
use serde_json::{Value, json};
use testkit::World;

use crate::{
    peer::{Page, Peer, Somebody},
    scene::{Scene, changed},
    words::{PUBLIC, act, with},
};

testkit::both_engines!(
    a_community_is_followed_as_lemmy_wants_it,
    what_a_community_passes_on_is_fetched_from_its_author,
    what_lies_on_the_communitys_own_server_is_its_word,
    what_a_community_may_not_say_changes_nothing,
    a_comment_brings_everything_above_it,
    no_thread_makes_us_ask_without_end,
    what_its_author_deleted_is_gone_when_it_is_gone_there,
    a_community_takes_out_what_is_its_own,
    what_a_followed_person_passes_on_is_brought,
    what_lemmy_sends_is_understood,
    what_lemmys_own_tests_send_is_understood,
);

/// The mill, followed by Ada; and Carla on a server of her own.
pub(crate) struct Place {
    pub(crate) scene: Scene,
    pub(crate) c: Peer,
    pub(crate) carla: Somebody,
}

impl Place {
    pub(crate) async fn new(world: World) -> Self {
        let scene = Scene::new(world).await;
        let c = Peer::named(&scene.net, "c.example").await;
        let carla = c.person("carla", 5);
        followed(&scene, &scene.mill).await;
        Self { scene, c, carla }
    }

    pub(crate) async fn row(&self, object: &Value) -> Option<ReplyRow> {
        let id = object["id"].as_str().unwrap().to_owned();
        self.scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await
    }

    /// A post of Carla's in the mill, which her server shows.
    pub(crate) fn post(&self, number: u32) -> Value {
        let page = page(&self.carla, number, &self.scene.mill);
        self.c.put(&format!("/u/carla/post/{number}"), Page::Document(page.clone()));
        page
    }

    /// The mill passes something on.
    pub(crate) async fn announced(&self, name: &str, inner: Value) -> (String, String) {
        let mill = &self.scene.mill;
        self.scene.outcome(mill, &announce(mill, name, inner)).await
    }

    /// An announce without any effect.
    pub(crate) async fn idle(&self, by: &Somebody, activity: &Value, why: &str) {
        self.scene.settle().await;
        let before = self.scene.world.rows().await;
        let (outcome, reason) = self.scene.outcome(by, activity).await;
        assert!(["refused", "ignored"].contains(&outcome.as_str()), "{why}: {outcome} {reason}");
        let left = changed(&before, &self.scene.world.rows().await);
        let left: Vec<_> = left.into_iter().filter(|it| it != "actors" && it != "keys").collect();
        assert!(left.is_empty(), "{why}: something was left in {left:?}");
    }
}

/// Ada follows somebody, who says yes.
pub(crate) async fn followed(scene: &Scene, somebody: &Somebody) {
    let followed = scene.meet(somebody).await;
    let asked = scene.world.done(scene.world.local(scene.ada), AskFollow { followed }).await;
    scene.settle().await;
    let accept = json!({
        "id": scene.world.site.act(asked),
        "type": "Follow",
        "actor": "https://a.example/u/ada",
        "object": somebody.id,
    });
    scene.deliver(somebody, &act(somebody, "Accept", "accept", accept)).await;
    scene.b.arrived();
    scene.b.asked();
}

pub(crate) fn page(by: &Somebody, number: u32, group: &Somebody) -> Value {
    json!({
        "id": format!("{}/post/{number}", by.id),
        "type": "Page",
        "attributedTo": by.id,
        "to": [group.id, PUBLIC],
        "cc": [],
        "audience": group.id,
        "name": format!("Title {number}"),
        "content": format!("<p>Words {number}</p>"),
        "mediaType": "text/html",
        "published": "2026-03-01T08:00:00Z",
    })
}

fn comment(by: &Somebody, number: u32, parent: &Value, group: &Somebody) -> Value {
    json!({
        "id": format!("{}/comment/{number}", by.id),
        "type": "Note",
        "attributedTo": by.id,
        "to": [PUBLIC],
        "cc": [group.id],
        "audience": group.id,
        "inReplyTo": parent["id"],
        "content": format!("<p>Comment {number}</p>"),
        "published": "2026-03-01T08:30:00Z",
    })
}

/// An activity as Lemmy sends it, without a context.
pub(crate) fn inner(by: &Somebody, kind: &str, name: &str, object: impl Into<Value>) -> Value {
    let mut inner = act(by, kind, name, object);
    inner.as_object_mut().unwrap().remove("@context");
    inner
}

pub(crate) fn announce(by: &Somebody, name: &str, inner: Value) -> Value {
    let announce = with(act(by, "Announce", name, inner), "to", json!([PUBLIC]));
    with(announce, "cc", json!([format!("{}/followers", by.id)]))
}

async fn a_community_is_followed_as_lemmy_wants_it(world: World) {
    let scene = Scene::new(world).await;
    let followed = scene.meet(&scene.mill).await;
    let asked = scene.world.done(scene.world.local(scene.ada), AskFollow { followed }).await;
    scene.settle().await;
    let arrived = scene.b.arrived();
    assert_eq!(arrived.len(), 1);
    let follow = arrived[0].json();
    assert_eq!(follow["type"], "Follow");
    assert_eq!(follow["id"], scene.world.site.act(asked));
    assert_eq!(follow["actor"], "https://a.example/u/ada");
    assert_eq!(follow["object"], json!(scene.mill.id));
    assert_eq!(follow["to"], json!([scene.mill.id]));
    let mut whole = follow.clone();
    whole.as_object_mut().unwrap().remove("@context");
    let accept = with(act(&scene.mill, "Accept", "1", whole), "to", json!([follow["actor"]]));
    assert_eq!(scene.outcome(&scene.mill, &accept).await.0, "done");
    let row = scene.world.follow(scene.ada.actor(), followed).await.unwrap();
    assert_eq!(row.state, FollowState::Accepted);
}

async fn what_a_community_passes_on_is_fetched_from_its_author(world: World) {
    let it = Place::new(world).await;
    let post = it.post(1);
    let forged = with(post.clone(), "content", "<p>never said</p>");
    let create = inner(&it.carla, "Create", "1", forged);
    let first = announce(&it.scene.mill, "1", create.clone());
    assert_eq!(it.scene.outcome(&it.scene.mill, &first).await.0, "done");
    let row = it.row(&post).await.unwrap();
    assert_eq!(row.html, "<p>Words 1</p>", "ORG-11: as its author says it");
    assert_eq!(row.title.as_deref(), Some("Title 1"));
    let mill = it.scene.meet(&it.scene.mill).await;
    let carla = it.scene.meet(&it.carla).await;
    assert_eq!((row.group_id, row.author_id), (Some(mill), carla));

    it.c.asked();
    let (outcome, _) = it.announced("2", create).await;
    assert_eq!(outcome, "ignored", "the same Create again");
    let page = it.announced("3", post.clone()).await;
    assert_eq!(page.0, "ignored", "the Page that Lemmy sends for Mastodon is no boost");
    assert_eq!(it.announced("4", post["id"].clone()).await.0, "ignored");
    assert!(it.c.asked().is_empty(), "nobody was asked");

    let newer = with(post.clone(), "content", "<p>Other words</p>");
    let newer = with(with(newer, "name", "Other title"), "updated", "2026-03-01T09:00:00Z");
    it.c.put("/u/carla/post/1", Page::Document(newer));
    let update = inner(&it.carla, "Update", "5", with(post.clone(), "content", "<p>a lie</p>"));
    assert_eq!(it.announced("5", update).await.0, "done");
    let row = it.row(&post).await.unwrap();
    assert_eq!(
        (row.html.as_str(), row.title.as_deref()),
        ("<p>Other words</p>", Some("Other title"))
    );

    // The address of the activity alone is enough, where the activity can be read.
    let second = it.post(2);
    let create = inner(&it.carla, "Create", "create2", second.clone());
    it.c.put("/u/carla/acts/create2", Page::Document(create.clone()));
    assert_eq!(it.announced("6", create["id"].clone()).await.0, "done");
    assert_eq!(it.row(&second).await.unwrap().group_id, Some(mill));
}

async fn what_lies_on_the_communitys_own_server_is_its_word(world: World) {
    let it = Place::new(world).await;
    it.scene.meet_all().await;
    let post = page(&it.scene.bob, 1, &it.scene.mill);
    let create = inner(&it.scene.bob, "Create", "1", post.clone());
    assert_eq!(it.announced("1", create).await.0, "done");
    assert!(it.scene.b.asked().is_empty(), "signed by the server on which all of it lies");
    assert_eq!(it.row(&post).await.unwrap().html, "<p>Words 1</p>");
    // By somebody else than its author it is not that author's word, wherever it lies.
    let post = page(&it.scene.bob, 2, &it.scene.mill);
    let forged = inner(&it.scene.mallory, "Create", "2", post.clone());
    assert_ne!(it.announced("2", forged).await.0, "done");
    assert!(it.row(&post).await.is_none());
    assert_eq!(it.scene.b.asked(), ["/u/bob/post/2"], "its author was asked");
}

async fn what_a_community_may_not_say_changes_nothing(world: World) {
    let it = Place::new(world).await;
    let scene = &it.scene;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let need = scene.world.listing(need).await;
    scene.meet_all().await;
    let stray = scene.b.group("stray", 2);
    let (mill, carla) = (&scene.mill, &it.carla);
    let post = it.post(1);
    let create = inner(carla, "Create", "1", post.clone());
    it.idle(&stray, &announce(&stray, "0", create.clone()), "nobody follows it").await;
    it.idle(&scene.bob, &announce(&scene.bob, "0", create.clone()), "Bob is no Group").await;
    let twice = announce(&stray, "inside", create.clone());
    it.idle(mill, &announce(mill, "1", twice), "GRP-13: an announce of an announce").await;

    let elsewhere = page(carla, 2, &stray);
    it.c.put("/u/carla/post/2", Page::Document(elsewhere.clone()));
    let claimed = with(elsewhere, "audience", json!(mill.id));
    let claimed = inner(carla, "Create", "2", claimed);
    it.idle(mill, &announce(mill, "2", claimed), "GRP-02: it never named that Group").await;

    let private = with(with(page(carla, 3, mill), "to", json!([mill.id])), "cc", json!([]));
    it.c.put("/u/carla/post/3", Page::Document(private.clone()));
    let private = inner(carla, "Create", "3", private);
    it.idle(mill, &announce(mill, "3", private), "it is not public").await;

    let theirs = with(page(&scene.bob, 4, mill), "id", json!(format!("{}/post/4", carla.id)));
    it.c.put("/u/carla/post/4", Page::Document(theirs.clone()));
    let theirs = inner(carla, "Create", "4", theirs);
    it.idle(mill, &announce(mill, "4", theirs), "Bob does not live there").await;

    let ours = json!({
        "id": need.ap_id, "type": "Page", "attributedTo": mill.id, "to": [mill.id, PUBLIC],
        "audience": mill.id, "name": "nothing needed", "content": "<p>x</p>",
    });
    for kind in ["Create", "Update", "Delete"] {
        let about_us = inner(mill, kind, &format!("ours{kind}"), ours.clone());
        let announce = announce(mill, &format!("ours{kind}"), about_us);
        it.idle(mill, &announce, "ORG-12: what is ours").await;
    }
    for kind in ["Lock", "Add", "Remove", "Block", "Follow", "Flag", "Accept"] {
        let other = inner(carla, kind, kind, post["id"].clone());
        it.idle(mill, &announce(mill, kind, other), kind).await;
    }
    assert_eq!(scene.world.listing(need.id).await.title, need.title);
    it.c.put("/u/carla/post/5", Page::Status(404));
    let nothing = inner(carla, "Create", "5", page(carla, 5, mill));
    it.idle(mill, &announce(mill, "5", nothing), "ORG-11: nobody has written it").await;
}

async fn a_comment_brings_everything_above_it(world: World) {
    let it = Place::new(world).await;
    let mill = &it.scene.mill;
    let root = it.post(1);
    let mut above = root.clone();
    for number in 1..=3 {
        let said = comment(&it.carla, number, &above, mill);
        it.c.put(&format!("/u/carla/comment/{number}"), Page::Document(said.clone()));
        above = said;
    }
    let create = inner(&it.carla, "Create", "1", above.clone());
    assert_eq!(it.announced("1", create).await.0, "done");
    let root = it.row(&root).await.unwrap();
    let row = it.row(&above).await.unwrap();
    assert_eq!((row.root_id, row.depth), (Some(root.id), 3));
    assert_eq!((row.group_id, root.group_id), (root.group_id, row.group_id));
    assert!(row.group_id.is_some() && root.title.is_some());

    // Below a listing of ours, too: a reply to a reply whose parents never came here.
    let need = it.scene.world.need(it.scene.garden, it.scene.ada, "20 chairs").await;
    let ours = json!({ "id": it.scene.world.listing(need).await.ap_id });
    let garden = it.scene.group();
    let to_us = |note: Value| with(with(note, "cc", json!([garden])), "audience", json!(garden));
    let first = to_us(comment(&it.carla, 11, &ours, mill));
    let second = to_us(comment(&it.carla, 12, &first, mill));
    for (number, note) in [(11, &first), (12, &second)] {
        it.c.put(&format!("/u/carla/comment/{number}"), Page::Document(note.clone()));
    }
    let third = to_us(comment(&it.scene.bob, 13, &second, mill));
    it.scene.deliver(&it.scene.bob, &act(&it.scene.bob, "Create", "13", third.clone())).await;
    let row = it.row(&third).await.unwrap();
    assert_eq!((row.listing_id, row.depth, row.group_id), (Some(need), 2, None));
}

async fn no_thread_makes_us_ask_without_end(world: World) {
    let it = Place::new(world).await;
    let mill = &it.scene.mill;
    for number in 1..=60 {
        let above = json!({ "id": format!("{}/comment/{}", it.carla.id, number + 1) });
        let said = comment(&it.carla, number, &above, mill);
        it.c.put(&format!("/u/carla/comment/{number}"), Page::Document(said));
    }
    let above = json!({ "id": format!("{}/comment/1", it.carla.id) });
    let said = comment(&it.scene.bob, 1, &above, mill);
    it.c.asked();
    it.announced("1", inner(&it.scene.bob, "Create", "1", said)).await;
    let asked = it.c.asked().len() + it.scene.b.asked().len();
    assert!(asked <= 20, "FET-17: {asked} questions");

    // Two that answer one another.
    for (number, other) in [(71, 72), (72, 71)] {
        let above = json!({ "id": format!("{}/comment/{other}", it.carla.id) });
        let said = comment(&it.carla, number, &above, mill);
        it.c.put(&format!("/u/carla/comment/{number}"), Page::Document(said));
    }
    let above = json!({ "id": format!("{}/comment/71", it.carla.id) });
    let said = comment(&it.scene.bob, 2, &above, mill);
    it.announced("2", inner(&it.scene.bob, "Create", "2", said.clone())).await;
    assert!(it.c.asked().len() <= 4);
}

async fn what_its_author_deleted_is_gone_when_it_is_gone_there(world: World) {
    let it = Place::new(world).await;
    let post = it.post(1);
    it.announced("1", inner(&it.carla, "Create", "1", post.clone())).await;
    let delete = |name: &str| inner(&it.carla, "Delete", name, post["id"].clone());
    let (outcome, reason) = it.announced("2", delete("2")).await;
    assert_eq!((outcome.as_str(), reason.as_str()), ("ignored", "it is still where it was"));
    assert_eq!(it.row(&post).await.unwrap().deleted_at, None, "ORG-08");
    let tombstone = json!({ "id": post["id"], "type": "Tombstone" });
    for (name, gone) in [("3", Page::Status(410)), ("5", Page::Document(tombstone))] {
        it.c.put("/u/carla/post/1", gone);
        assert_eq!(it.announced(name, delete(name)).await.0, "done");
        let row = it.row(&post).await.unwrap();
        assert!(row.deleted_at.is_some() && row.html.is_empty() && row.title.is_none());

        it.c.put("/u/carla/post/1", Page::Document(post.clone()));
        let undo = inner(&it.carla, "Undo", &format!("u{name}"), delete(name));
        assert_eq!(it.announced(&format!("u{name}"), undo).await.0, "done");
        let row = it.row(&post).await.unwrap();
        assert_eq!((row.deleted_at, row.html.as_str()), (None, "<p>Words 1</p>"));
        assert_eq!(row.title.as_deref(), Some("Title 1"));
    }
    // By its author, and not by way of the community.
    it.scene.deliver(&it.carla, &act(&it.carla, "Delete", "9", post["id"].clone())).await;
    assert!(it.row(&post).await.unwrap().deleted_at.is_some());
    let undo = act(&it.carla, "Undo", "10", delete("9"));
    assert_eq!(it.scene.outcome(&it.carla, &undo).await.0, "done");
    assert_eq!(it.row(&post).await.unwrap().deleted_at, None);
    let stray = act(&it.carla, "Undo", "11", delete("9"));
    assert_eq!(it.scene.outcome(&it.carla, &stray).await.0, "ignored", "it is there");
}

async fn a_community_takes_out_what_is_its_own(world: World) {
    let it = Place::new(world).await;
    let mallory = &it.scene.mallory;
    let stray = it.scene.b.group("stray", 2);
    followed(&it.scene, &stray).await;
    let post = it.post(1);
    it.announced("1", inner(&it.carla, "Create", "1", post.clone())).await;
    let remove = |name: &str| {
        with(inner(mallory, "Delete", name, post["id"].clone()), "summary", "off topic")
    };
    it.idle(&stray, &announce(&stray, "1", remove("1")), "another community").await;
    assert_eq!(it.announced("2", remove("2")).await.0, "done");
    assert!(it.row(&post).await.unwrap().hidden_at.is_some());
    let undo = inner(mallory, "Undo", "3", remove("3"));
    it.idle(&stray, &announce(&stray, "3", undo.clone()), "another community").await;
    assert_eq!(it.announced("3", undo).await.0, "done");
    let row = it.row(&post).await.unwrap();
    assert_eq!((row.hidden_at, row.html.as_str()), (None, "<p>Words 1</p>"));
}

async fn what_a_followed_person_passes_on_is_brought(world: World) {
    let it = Place::new(world).await;
    followed(&it.scene, &it.scene.bob).await;
    let note = with(page(&it.carla, 1, &it.scene.bob), "type", "Note");
    let note = with(with(note, "audience", Value::Null), "to", json!([PUBLIC]));
    it.c.put("/u/carla/post/1", Page::Document(note.clone()));
    let boost = act(&it.scene.bob, "Announce", "1", note["id"].clone());
    assert_eq!(it.scene.outcome(&it.scene.bob, &boost).await.0, "done");
    let row = it.row(&note).await.unwrap();
    let ada = it.scene.ada.actor();
    let feed = it.scene.world.read(move |conn| db::replies::feed(conn, ada, None, 10)).await;
    assert_eq!(feed.iter().map(|(row, _)| row.id).collect::<Vec<_>>(), [row.id]);
    let other = act(&it.scene.mallory, "Announce", "1", format!("{}/post/2", it.carla.id));
    it.idle(&it.scene.mallory, &other, "nobody follows Mallory").await;
}

/// Lemmy's documents, in which its server is ours to play.
fn fixture(folder: &Path, name: &str, host: &str, peer: &Peer) -> Value {
    let text = fs::read_to_string(folder.join(name)).unwrap();
    serde_json::from_str(&text.replace(host, &peer.base)).unwrap()
}

/// Somebody whose document is known, with a key of ours.
fn somebody(peer: &Peer, mut document: Value, keys: usize) -> Somebody {
    let id = document["id"].as_str().unwrap().to_owned();
    let (key_id, pair) = (format!("{id}#main-key"), testkit::pair(keys));
    document["publicKey"] = json!({ "id": key_id, "owner": id, "publicKeyPem": pair.public_pem });
    let somebody = Somebody { id, key_id, pair, peer: peer.clone() };
    peer.put(somebody.path(), Page::Document(document));
    somebody
}

async fn what_lemmy_sends_is_understood(world: World) {
    let scene = Scene::new(world).await;
    let lemmy = Peer::named(&scene.net, "lemmy.example").await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/lemmy");
    let read = |name: &str| fixture(&folder, name, "https://lemmy.example", &lemmy);
    let (group, carla) =
        (somebody(&lemmy, read("group.json"), 2), somebody(&lemmy, read("person.json"), 3));
    let announce = read("announce.json");
    assert_eq!(
        (&announce["actor"], &announce["object"]["actor"]),
        (&json!(group.id), &json!(carla.id))
    );
    followed(&scene, &group).await;
    let post = announce["object"]["object"].clone();
    let id = post["id"].as_str().unwrap().to_owned();
    let row = async |id: &str| {
        let id = id.to_owned();
        scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await
    };
    let note = format!("{}/comment/1", lemmy.base);
    for (file, outcome) in [
        ("announce.json", "done"),
        ("announce_create_note.json", "done"),
        ("announce_update_page.json", "done"),
        ("announce_like.json", "done"),
        ("announce_dislike.json", "done"),
        ("announce_undo_like.json", "done"),
        ("announce_lock.json", "ignored"),
        ("announce_remove.json", "done"),
        ("announce_undo_remove.json", "done"),
        ("announce_delete.json", "done"),
    ] {
        let (got, reason) = scene.outcome(&group, &read(file)).await;
        assert_eq!(got, outcome, "{file}: {reason}");
        if file == "announce_remove.json" {
            assert!(row(&note).await.unwrap().hidden_at.is_some(), "{file}");
        }
    }
    let page = row(&id).await.unwrap();
    assert_eq!(page.title.as_deref(), Some("¿Quién riega en agosto y en septiembre?"));
    assert!(page.html.contains("calendario.example"), "its link is shown: {}", page.html);
    let gone = row(&note).await.unwrap();
    assert!(gone.deleted_at.is_some() && gone.hidden_at.is_none());
    assert_eq!(gone.root_id, Some(page.id));
    let served = read("announce_create_note.json")["object"]["object"].clone();
    lemmy.put("/comment/1", Page::Document(served));
    let (got, reason) = scene.outcome(&group, &read("announce_undo_delete.json")).await;
    assert_eq!(got, "done", "{reason}");
    assert!(row(&note).await.unwrap().html.contains("Yo riego la primera."));
}

/// Where the collection of documents lies beside the repository.
async fn what_lemmys_own_tests_send_is_understood(world: World) {
    let scene = &Scene::new(world).await;
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = ["../../../shared/fixtures/lemmy", "../../../../shared/fixtures/lemmy"];
    let Some(folder) = beside.iter().map(|it| here.join(it)).find(|it| it.is_dir()) else {
        eprintln!("no collection of fixtures beside the repository, nothing to read");
        return;
    };
    let e = Peer::named(&scene.net, "enterprise.lemmy.ml").await;
    let group = Somebody { id: e.at("/c/main"), ..e.group("main", 2) };
    let group = Somebody { key_id: format!("{}#main-key", group.id), ..group };
    e.put("/c/main", Page::Document(group.document("Group", "main")));
    let beta = e.person("lemmy_beta", 3);
    followed(scene, &group).await;
    let announce = "activities/community/announce_create_page.json";
    let announce = fixture(&folder, announce, "http://enterprise.lemmy.ml", &e);
    let (outcome, reason) = scene.outcome(&group, &announce).await;
    assert_eq!(outcome, "done", "{reason}");
    let id = announce["object"]["object"]["id"].as_str().unwrap().to_owned();
    let row = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await.unwrap();
    assert_eq!(row.title.as_deref(), Some("post 4"));
    let beta = scene.meet(&beta).await;
    assert_eq!(row.author_id, beta);
}
