//! Threads that are read in several worlds: what each of them gets of what the others say.

mod answers;
mod forwarded;
mod guests;
mod limited;
mod microblogs;
mod restored;
mod shapes;
mod threadiverse;
mod warnings;

use db::replies::ReplyRow;
use domain::Origin;
use ops::instances::RecordSoftware;
use serde_json::Value;
use testkit::World;

use crate::{
    arrival::Arrival,
    letter::Letter,
    peer::{Page, Peer, Somebody},
    scene::Scene,
    words::follow,
};

/// A garden with a need, and one who reads it in each world: Bob on a microblog, Liz and Dora on Lemmy, Maria on
/// Mastodon, Ana on GoToSocial, which shows her to nobody who does not sign.
pub(super) struct Worlds {
    pub(super) scene: Scene,
    pub(super) lemmy: Peer,
    pub(super) mastodon: Peer,
    pub(super) gts: Peer,
    pub(super) liz: Somebody,
    pub(super) dora: Somebody,
    pub(super) maria: Somebody,
    pub(super) ana: Somebody,
    /// The address of the need.
    pub(super) need: String,
}

impl Worlds {
    pub(super) async fn new(world: World) -> Self {
        let scene = Scene::new(world).await;
        let lemmy = Peer::named(&scene.net, "lemmy.example").await;
        let mastodon = Peer::named(&scene.net, "mastodon.example").await;
        let gts = Peer::named(&scene.net, "gts.example").await;
        let (liz, dora) = (lemmy.person("liz", 2), lemmy.person("dora", 3));
        let (maria, ana) = (mastodon.person("maria", 4), gts.person("ana", 5));
        gts.put("/u/ana", Page::Signed(ana.document("Person", "ana")));
        let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
        let need = scene.world.listing(need).await.ap_id;
        let worlds = Self { scene, lemmy, mastodon, gts, liz, dora, maria, ana, need };
        worlds.everybody_follows().await;
        worlds
    }

    async fn everybody_follows(&self) {
        let scene = &self.scene;
        let group = scene.group();
        for somebody in [&self.liz, &self.maria, &self.ana, &scene.bob] {
            scene.deliver(somebody, &follow(somebody, "f", &group)).await;
        }
        let software = Some("lemmy".to_owned());
        let host = self.lemmy.host().to_owned();
        let lemmy = RecordSoftware { host, software, version: None };
        scene.world.done(Origin::server(), lemmy).await;
        scene.settle().await;
        self.forget();
    }

    /// What arrived and was asked until now is of no interest.
    pub(super) fn forget(&self) {
        for peer in [&self.lemmy, &self.mastodon, &self.gts, &self.scene.b] {
            peer.arrived();
            peer.asked();
        }
    }

    /// Somebody says something, and everything happens that follows from it; nothing of before is left.
    pub(super) async fn say(&self, by: &Somebody, activity: &Value) {
        self.forget();
        self.scene.deliver(by, activity).await;
    }

    /// The same in these very bytes.
    pub(super) async fn say_so(&self, by: &Somebody, body: &str) {
        self.forget();
        let now = self.scene.world.now();
        self.scene.send(Letter::to(by, "/inbox", body.as_bytes(), now)).await.is(202);
        self.scene.settle().await;
    }

    /// The only thing that arrived somewhere, signed by the garden.
    pub(super) async fn only(&self, peer: &Peer) -> Arrival {
        let mut arrived = peer.arrived();
        assert_eq!(arrived.len(), 1, "{}: {arrived:?}", peer.base);
        let arrival = arrived.remove(0);
        arrival.verify(&self.scene.key_of(self.scene.garden.actor()).await);
        assert_eq!(arrival.said("keyId"), format!("{}#main-key", self.scene.group()));
        arrival
    }

    /// What the Group announced to Lemmy, which is all that Lemmy got.
    pub(super) async fn announced(&self) -> Value {
        let announce = self.only(&self.lemmy).await.json();
        assert_eq!(announce["type"], "Announce");
        assert_eq!(announce["actor"], self.scene.group());
        assert!(announce["to"].is_array() && announce["cc"].is_array());
        let inner = announce["object"].clone();
        assert!(inner.get("@context").is_none() && inner.get("signature").is_none());
        inner
    }

    /// What is known of a note.
    pub(super) async fn known(&self, note: &Value) -> ReplyRow {
        let id = note["id"].as_str().unwrap().to_owned();
        let row = self.scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await;
        row.expect("the note is not known")
    }

    /// So many rows of a table.
    pub(super) async fn count(&self, table: &str) -> usize {
        self.scene.world.rows().await.count(table)
    }
}

/// The path of an address of ours.
pub(super) fn path(address: &Value) -> &str {
    address.as_str().unwrap().strip_prefix("https://a.example").unwrap()
}
