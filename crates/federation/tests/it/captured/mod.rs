//! What other projects captured of Lemmy, PieFed, Mbin, and Mastodon, sent to our inbox as it is: by its own actor,
//! and once more by a community that is followed here. How each of them ends is held in a table.
//!
//! The collection lies beside the repository, where it is there at all.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use testkit::World;
use url::Url;

use crate::{
    communities::{announce, followed},
    peer::{Page, Peer, Somebody},
    scene::{Scene, changed},
    words::{PUBLIC, act},
};

mod table;

testkit::both_engines!(
    whatever_lemmy_sends_ends_as_it_should,
    whatever_piefed_sends_ends_as_it_should,
    whatever_mbin_sends_ends_as_it_should,
    whatever_mastodon_sends_ends_as_it_should,
);

async fn whatever_lemmy_sends_ends_as_it_should(world: World) {
    replay(world, "lemmy", "http://enterprise.lemmy.ml/c/main", table::LEMMY).await;
}

async fn whatever_piefed_sends_ends_as_it_should(world: World) {
    replay(world, "piefed", "http://piefed.social/c/playground", table::PIEFED).await;
}

async fn whatever_mbin_sends_ends_as_it_should(world: World) {
    replay(world, "mbin", "http://community.example/m/main", table::MBIN).await;
}

async fn whatever_mastodon_sends_ends_as_it_should(world: World) {
    replay(world, "mastodon", "http://community.example/c/main", table::MASTODON).await;
}

/// What is ours, and nobody elsewhere may change by any of this.
const OURS: [&str; 6] =
    ["accounts", "collectives", "listings", "memberships", "locks", "domain_rules"];

/// Sends everything of one software, and holds each end against the table: the file, how it ended when its own
/// actor sent it, and how when the community announced it.
async fn replay(world: World, software: &str, community: &str, table: &str) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = ["../../../shared/fixtures", "../../../../shared/fixtures"];
    let folder = beside.iter().map(|it| here.join(it).join(software)).find(|it| it.is_dir());
    let Some(folder) = folder else {
        eprintln!("no collection of fixtures beside the repository, nothing to read");
        return;
    };
    let mut net = Elsewhere::new(world).await;
    net.scene.world.need(net.scene.garden, net.scene.ada, "20 chairs").await;
    let community = net.somebody(community).await;
    followed(&net.scene, &community).await;
    net.scene.settle().await;
    let before = net.scene.world.rows().await;
    let mut ends = Vec::new();
    for path in files(&folder) {
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
        let Ok(value) = apub::json::parse(&fs::read(&path).unwrap()) else {
            ends.push(format!("{name} | is no document"));
            continue;
        };
        let activity = net.activity(there(value)).await;
        let by = match activity["actor"].as_str() {
            Some(actor) => net.somebody(actor).await,
            None => net.scene.bob.clone(),
        };
        let own = net.end(&by, &activity).await;
        let passed = announce(&community, &format!("{}", ends.len()), activity);
        let passed = net.end(&community, &passed).await;
        ends.push(format!("{name} | {own} | {passed}"));
    }
    let ends = ends.join("\n");
    assert_eq!(ends.trim(), table.trim(), "\n{ends}\n");
    let touched = changed(&before, &net.scene.world.rows().await);
    let ours: Vec<_> = touched.iter().filter(|it| OURS.contains(&it.as_str())).collect();
    assert!(ours.is_empty(), "{ours:?} changed");
}

/// The documents below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The document with servers that this test can play, and with our collective where it means a group of its reader.
fn there(value: Value) -> Value {
    match value {
        Value::String(text) => json!(address(&text)),
        Value::Array(list) => list.into_iter().map(there).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, there(value))).collect(),
        other => other,
    }
}

fn address(text: &str) -> String {
    let mut text = text.replace("https://local.example/club/test", "https://a.example/c/garden");
    // No server is asked at a port or under a private name.
    for (private, public) in [
        (":8541", ""),
        ("//lemmy-alpha", "//alpha.example"),
        ("//mbin-test1", "//mbin.example"),
        ("//lemmy-test", "//lemmy.example"),
        ("mastodon.local", "mastodon-local.example"),
        ("masto.local", "masto-local.example"),
        ("mocked.local", "mocked-local.example"),
        ("testing.local", "testing-local.example"),
    ] {
        text = text.replace(private, public);
    }
    if ["https://www.w3.org", "https://w3id.org", "https://a.example"]
        .iter()
        .any(|it| text.starts_with(it))
    {
        return text;
    }
    match text.strip_prefix("https://") {
        Some(rest) => format!("http://{rest}"),
        None => text,
    }
}

/// Every server that the documents name.
struct Elsewhere {
    scene: Scene,
    peers: HashMap<String, Peer>,
}

impl Elsewhere {
    async fn new(world: World) -> Self {
        Self { scene: Scene::new(world).await, peers: HashMap::new() }
    }

    async fn peer(&mut self, url: &Url) -> Peer {
        let host = url.host_str().unwrap_or("nowhere.example").to_owned();
        if !self.peers.contains_key(&host) {
            let peer = Peer::named(&self.scene.net, &host).await;
            self.peers.insert(host.clone(), peer);
        }
        self.peers[&host].clone()
    }

    /// An actor whose document its server shows.
    async fn somebody(&mut self, id: &str) -> Somebody {
        let Ok(url) = Url::parse(id) else { return self.scene.bob.clone() };
        let peer = self.peer(&url).await;
        let pair = testkit::pair(2);
        let by = Somebody { id: id.to_owned(), key_id: format!("{id}#main-key"), pair, peer };
        if !by.id.starts_with(&by.peer.base) {
            return by;
        }
        let group = ["/c/", "/m/", "/f/"].iter().any(|it| url.path().starts_with(it));
        let kind = if group { "Group" } else { "Person" };
        let name = url.path().rsplit('/').next().unwrap_or_default().replace(['~', '@'], "");
        by.peer.put(url.path(), Page::Document(by.document(kind, &name)));
        by
    }

    /// What a server would send with this document: an activity as it is, a post in a `Create`, an actor in an
    /// `Update`; and what it embeds can be read where it lies.
    async fn activity(&mut self, value: Value) -> Value {
        if value["actor"].is_string() {
            let mut inside = &value["object"];
            while inside["object"].is_object() {
                inside = &inside["object"];
            }
            self.show(inside).await;
            return value;
        }
        let author = &value["attributedTo"];
        let author = author.as_str().or_else(|| author[0]["id"].as_str()).map(str::to_owned);
        let by_itself = value["id"].as_str().filter(|_| value["inbox"].is_string());
        let (kind, actor) = match (author, by_itself) {
            (_, Some(id)) => ("Update", id.to_owned()),
            (Some(author), None) => ("Create", author),
            (None, None) => return value,
        };
        self.show(&value).await;
        let by = self.somebody(&actor).await;
        let (to, cc) = (value["to"].clone(), value["cc"].clone());
        let mut value = value;
        if kind == "Update" {
            // Nobody here has the key that belongs to it.
            let (id, pem) = (&by.key_id, &by.pair.public_pem);
            value["publicKey"] = json!({ "id": id, "owner": by.id, "publicKeyPem": pem });
        }
        let mut activity = act(&by, kind, &format!("of{}", value["id"]), value);
        activity["id"] =
            json!(format!("{}#acts/{kind}", activity["object"]["id"].as_str().unwrap_or_default()));
        activity["to"] = if to.is_null() { json!([PUBLIC]) } else { to };
        activity["cc"] = cc;
        activity
    }

    async fn show(&mut self, value: &Value) {
        let Some(url) = value["id"].as_str().and_then(|id| Url::parse(id).ok()) else { return };
        if value["attributedTo"].is_string() && value["inbox"].is_null() {
            let peer = self.peer(&url).await;
            peer.put(url.path(), Page::Document(value.clone()));
            self.somebody(value["attributedTo"].as_str().unwrap()).await;
        }
    }

    /// Sends something, and tells what became of it.
    async fn end(&self, by: &Somebody, activity: &Value) -> String {
        let before = self.scene.outcomes().await.len();
        let answer = self.scene.send(self.scene.letter(by, activity)).await;
        assert!(answer.status.as_u16() < 500, "{activity}: {}", answer.text);
        if answer.status.as_u16() != 202 {
            return answer.status.as_u16().to_string();
        }
        self.scene.settle().await;
        let outcomes = self.scene.outcomes().await;
        if outcomes.len() == before {
            return "received already".to_owned();
        }
        let last = outcomes.into_iter().next().unwrap();
        match (last.outcome, last.reason) {
            (Some(end), None) => end,
            (Some(end), Some(why)) => format!("{end}: {why}"),
            (None, _) => "tried again later".to_owned(),
        }
    }
}
