//! What a collective passes on to the threadiverse when its stewards boost it.

use domain::ReplyId;
use ops::mentions::{BoostMention, UnboostMention};
use serde_json::{Value, json};
use testkit::World;

use crate::{
    peer::{Page, Peer, Somebody},
    said::{arrived, call},
    scene::Scene,
    words::{PUBLIC, act, create, delete, follow, with},
};

testkit::both_engines!(
    a_page_is_announced_whole_and_comes_back_to_its_own_server,
    a_page_that_is_changed_is_announced_as_it_is,
    what_its_author_deletes_is_announced_as_theirs,
    a_note_is_announced_as_a_page,
    what_cannot_be_announced_as_its_authors_word_is_boosted_everywhere,
);

/// The garden, followed by Bob from a microblog and by Dora from Lemmy; Liz, on another Lemmy, posts into it.
struct Fair {
    scene: Scene,
    d: Peer,
    e: Peer,
    liz: Somebody,
}

impl Fair {
    async fn new(world: World) -> Self {
        let scene = Scene::new(world).await;
        let (d, e) = (scene.lemmy("d.example").await, scene.lemmy("e.example").await);
        let (dora, liz) = (d.person("dora", 2), e.person("liz", 3));
        for by in [&dora, &scene.bob] {
            scene.deliver(by, &follow(by, "1", &scene.group())).await;
        }
        let fair = Self { scene, d, e, liz };
        fair.forget();
        fair
    }

    fn forget(&self) {
        for peer in [&self.scene.b, &self.d, &self.e] {
            peer.arrived();
        }
    }

    /// A page of Liz's, as Lemmy writes it.
    fn page(&self) -> Value {
        let group = self.scene.group();
        json!({
            "type": "Page",
            "id": self.e.at("/post/1"),
            "attributedTo": self.liz.id,
            "to": [group, PUBLIC],
            "cc": [],
            "name": "Who has chairs?",
            "content": "<p>We need some.</p>",
            "mediaType": "text/html",
            "source": { "content": "We need some.", "mediaType": "text/markdown" },
            "attachment": [{ "type": "Link", "href": "https://chairs.example/" }],
            "sensitive": false,
            "language": { "identifier": "en", "name": "English" },
            "audience": group,
            "published": "2026-03-01T08:00:00.000000Z",
        })
    }

    /// Says something of a page as Liz, addressed as Lemmy does it.
    async fn says(&self, kind: &str, name: &str, object: impl Into<Value>) -> Value {
        let said = with(act(&self.liz, kind, name, object), "to", json!([PUBLIC]));
        let said = with(said, "cc", json!([self.scene.group()]));
        self.scene.deliver(&self.liz, &said).await;
        said
    }

    async fn id(&self, object: &Value) -> ReplyId {
        let id = object["id"].as_str().unwrap().to_owned();
        let row = self.scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await;
        row.unwrap().id
    }

    async fn boost(&self, reply: ReplyId) {
        self.forget();
        let (origin, collective) = (self.scene.world.local(self.scene.ada), self.scene.garden);
        self.scene.world.done(origin, BoostMention { collective, reply }).await;
        self.scene.settle().await;
    }

    async fn unboost(&self, reply: ReplyId) {
        self.forget();
        let (origin, collective) = (self.scene.world.local(self.scene.ada), self.scene.garden);
        self.scene.world.done(origin, UnboostMention { collective, reply }).await;
        self.scene.settle().await;
    }

    /// What the Group announced to a server, which is all that arrived there.
    fn announced(&self, peer: &Peer) -> Vec<Value> {
        let inner = |(path, announce): (String, Value)| {
            assert_eq!((path.as_str(), &announce["type"]), ("/inbox", &json!("Announce")));
            assert_eq!(announce["actor"], self.scene.group());
            assert!(announce["to"].is_array() && announce["cc"].is_array());
            let inner = announce["object"].clone();
            assert!(inner.get("@context").is_none(), "{inner}");
            inner
        };
        arrived(peer).into_iter().map(inner).collect()
    }
}

/// Types, outside and inside.
fn kinds(said: &[Value]) -> Vec<(&str, &str)> {
    said.iter()
        .map(|it| (it["type"].as_str().unwrap(), it["object"]["type"].as_str().unwrap_or_default()))
        .collect()
}

async fn a_page_is_announced_whole_and_comes_back_to_its_own_server(world: World) {
    let fair = Fair::new(world).await;
    let page = fair.page();
    let said = fair.says("Create", "1", page.clone()).await;
    for peer in [&fair.scene.b, &fair.d, &fair.e] {
        assert!(peer.arrived().is_empty(), "GRP-01: it waits for the stewards");
    }
    let reply = fair.id(&page).await;
    fair.boost(reply).await;
    for peer in [&fair.d, &fair.e] {
        let announced = fair.announced(peer);
        assert_eq!(kinds(&announced), [("Create", "Page")]);
        for name in ["id", "actor", "to", "cc"] {
            assert_eq!(announced[0][name], said[name], "{name}");
        }
        assert_eq!(announced[0]["object"], page, "byte for byte what Lemmy reads");
    }
    let at_b = arrived(&fair.scene.b);
    assert_eq!((at_b.len(), &at_b[0].1["object"]), (1, &page["id"]));

    fair.unboost(reply).await;
    let announced = fair.announced(&fair.d);
    assert_eq!(kinds(&announced), [("Delete", "")], "as a moderator takes it out");
    assert_eq!(announced[0]["object"], page["id"]);
    assert_eq!(announced[0]["actor"], format!("{}/voice", fair.scene.group()));
    assert_eq!(announced[0]["summary"], "");
    assert_eq!(arrived(&fair.scene.b)[0].1["type"], "Undo");

    fair.boost(reply).await;
    let announced = fair.announced(&fair.d);
    assert_eq!(kinds(&announced), [("Create", "Page"), ("Undo", "Delete")]);
    assert_eq!(announced[1]["object"]["object"], page["id"]);
}

async fn a_page_that_is_changed_is_announced_as_it_is(world: World) {
    let fair = Fair::new(world).await;
    let page = fair.page();
    fair.says("Create", "1", page.clone()).await;
    let newer = with(page.clone(), "name", "Who has 20 chairs?");
    let newer = with(newer, "updated", "2026-03-01T08:30:00Z");
    fair.says("Update", "2", newer.clone()).await;
    assert!(fair.d.arrived().is_empty(), "GRP-01: it waits for the stewards");
    let reply = fair.id(&page).await;
    fair.boost(reply).await;
    let announced = fair.announced(&fair.d);
    assert_eq!(kinds(&announced), [("Create", "Page"), ("Update", "Page")]);
    assert_eq!(announced[1]["object"], newer);

    fair.forget();
    let newest = with(newer, "content", "<p>By Monday.</p>");
    let newest = with(newest, "updated", "2026-03-01T09:00:00Z");
    fair.says("Update", "3", newest.clone()).await;
    let announced = fair.announced(&fair.d);
    assert_eq!(kinds(&announced), [("Update", "Page")]);
    assert_eq!(announced[0]["object"], newest);
    assert!(fair.scene.b.arrived().is_empty(), "its own server tells microblogs");
}

async fn what_its_author_deletes_is_announced_as_theirs(world: World) {
    let fair = Fair::new(world).await;
    let page = fair.page();
    fair.says("Create", "1", page.clone()).await;
    fair.boost(fair.id(&page).await).await;
    fair.forget();
    let said = fair.says("Delete", "2", page["id"].clone()).await;
    let announced = fair.announced(&fair.d);
    assert_eq!(kinds(&announced), [("Delete", "")]);
    assert_eq!((&announced[0]["id"], &announced[0]["actor"]), (&said["id"], &json!(fair.liz.id)));
    assert!(announced[0].get("summary").is_none(), "no moderator did it");
    assert_eq!(arrived(&fair.scene.b)[0].1["type"], "Undo");
}

async fn a_note_is_announced_as_a_page(world: World) {
    let fair = Fair::new(world).await;
    let c = Peer::named(&fair.scene.net, "c.example").await;
    let carla = c.person("carla", 5);
    let note = with(call(&carla, "1"), "summary", "long <talk>");
    fair.scene.deliver(&carla, &create(&carla, &note)).await;
    fair.boost(fair.id(&note).await).await;
    let announced = fair.announced(&fair.d);
    assert_eq!(kinds(&announced), [("Create", "Page")], "a Note would be no post for Lemmy");
    assert_eq!(announced[0]["object"]["id"], note["id"]);
    let content = announced[0]["object"]["content"].as_str().unwrap();
    assert_eq!(
        content, "<p><strong>long</strong></p><p>We have chairs</p>",
        "the warning comes first"
    );
    assert!(fair.e.arrived().is_empty(), "nobody follows from there");
    fair.forget();
    fair.scene.deliver(&carla, &delete(&carla, &note)).await;
    assert_eq!(kinds(&fair.announced(&fair.d)), [("Delete", "Tombstone")]);
}

async fn what_cannot_be_announced_as_its_authors_word_is_boosted_everywhere(world: World) {
    let fair = Fair::new(world).await;
    let c = Peer::named(&fair.scene.net, "c.example").await;
    let ana = c.person("ana", 5);
    c.put("/u/ana", Page::Signed(ana.document("Person", "ana")));
    let shy = call(&ana, "1");
    fair.scene.deliver(&ana, &create(&ana, &shy)).await;
    let answer = call(&fair.liz, "2");
    let answer = with(answer, "inReplyTo", "https://elsewhere.example/post/1");
    fair.scene.deliver(&fair.liz, &create(&fair.liz, &answer)).await;
    let page = fair.page();
    fair.says("Create", "3", page.clone()).await;
    for (said, why) in [(&shy, "nobody can read her"), (&answer, "it belongs elsewhere")] {
        let reply = fair.id(said).await;
        fair.boost(reply).await;
        assert_eq!(fair.announced(&fair.d), [said["id"].clone()], "{why}");
        fair.unboost(reply).await;
        let undo = arrived(&fair.d).remove(0).1;
        assert_eq!((&undo["type"], &undo["object"]["object"]), (&json!("Undo"), &said["id"]));
    }
    let reply = fair.id(&page).await;
    fair.scene.world.clock.advance(8 * 86_400);
    fair.scene.fed.queues().sweep().await.unwrap();
    fair.boost(reply).await;
    assert_eq!(fair.announced(&fair.d), [page["id"].clone()], "the message is forgotten");
}
