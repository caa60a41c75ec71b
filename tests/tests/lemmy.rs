//! What a server that speaks as Lemmy does sees of us, and a microblog beside it.

use serde_json::{Value, json};
use testkit::Engine;

use crate::support::{Instance, Lemmy, Person, at, both_engines};

both_engines! {
    lemmy_finds_a_collective_and_its_older_needs,
    a_need_its_thread_and_its_votes_are_native_on_lemmy,
    lemmy_and_a_microblog_read_each_other,
}

struct Scene {
    a: Instance,
    nuria: Person,
    lemmy: Lemmy,
}

async fn scene(engine: Engine) -> Scene {
    let a = Instance::start(engine).await;
    let nuria = a.person("nuria").await;
    a.garden(&nuria).await;
    Scene { a, nuria, lemmy: Lemmy::start() }
}

impl Scene {
    /// Carla subscribes, and is told yes with the whole of what she asked.
    async fn subscribe(&self) {
        let follow = self.lemmy.shape("follow", &self.a.base, "");
        assert_eq!(self.lemmy.send(&self.a.base, &follow).await, 202);
        let accept = self.lemmy.gets("the Accept", |it| it["type"] == "Accept").await;
        assert_eq!(accept["object"]["id"], follow["id"]);
        assert_eq!(accept["actor"], format!("{}/c/garden", self.a.base));
    }

    async fn says(&self, shape: &str, listing: &Value) -> Value {
        let uri = listing["uri"].as_str().unwrap();
        let activity = self.lemmy.shape(shape, &self.a.base, uri);
        assert_eq!(self.lemmy.send(&self.a.base, &activity).await, 202, "{shape}");
        activity
    }
}

async fn lemmy_finds_a_collective_and_its_older_needs(engine: Engine) {
    let scene = scene(engine).await;
    let need = scene.nuria.need("garden", "20 chairs").await;
    let base = &scene.a.base;
    let group = scene.lemmy.read(&format!("{base}/c/garden")).await;
    assert_eq!(group["type"], "Group");
    assert!(group["endpoints"]["sharedInbox"].is_string());
    let instance = scene.lemmy.read(&format!("{base}/")).await;
    assert_eq!(instance["type"], "Application");
    let voice = scene.lemmy.read(&format!("{base}/c/garden/voice")).await;
    assert_eq!(voice["type"], "Organization");

    let outbox = scene.lemmy.read(group["outbox"].as_str().unwrap()).await;
    assert_eq!(outbox["type"], "OrderedCollection");
    let announced = &outbox["orderedItems"][0];
    assert_eq!(
        (&announced["type"], &announced["object"]["type"]),
        (&json!("Announce"), &json!("Create"))
    );
    let page = &announced["object"]["object"];
    assert_eq!((&page["type"], &page["id"]), (&json!("Page"), &need["uri"]));
    assert_eq!(
        (&page["attributedTo"], &announced["object"]["actor"]),
        (&voice["id"], &voice["id"])
    );

    let page = scene.lemmy.read(need["uri"].as_str().unwrap()).await;
    assert_eq!(page["type"], "Page");
    assert!(page["name"].as_str().unwrap().contains("20 chairs"), "{page:#}");
    let featured = scene.lemmy.read(group["featured"].as_str().unwrap()).await;
    assert_eq!(featured["orderedItems"][0]["type"], "Page", "whole, not an address");
    let moderators = scene.lemmy.read(group["attributedTo"].as_str().unwrap()).await;
    assert_eq!(moderators["orderedItems"], json!([voice["id"]]));
}

async fn a_need_its_thread_and_its_votes_are_native_on_lemmy(engine: Engine) {
    let scene = scene(engine).await;
    scene.subscribe().await;
    let Scene { nuria, lemmy, .. } = &scene;
    let need = nuria.need("garden", "20 chairs").await;
    let create = lemmy.announced("Create", &need["uri"]).await;
    assert_eq!(create["object"]["type"], "Page");

    let comment = scene.says("create_note_reply", &need).await;
    let read = nuria.reads(&need, "the comment", |it| it["uri"] == comment["object"]["id"]).await;
    assert_eq!(read["author"]["uri"], lemmy.carla());
    let voice = json!({ "text": "Bring them on Friday.", "as": "voice", "parent": read["id"] });
    let voice = nuria.post(&at("listings", &need, "/replies"), voice).await;
    let answer = lemmy.announced("Create", &voice["uri"]).await;
    assert_eq!(answer["actor"], format!("{}/c/garden/voice", scene.a.base));
    assert_eq!(answer["object"]["inReplyTo"], comment["object"]["id"]);
    assert!(!answer.to_string().contains("nuria"), "who speaks as the voice is not told");

    scene.says("update_note", &need).await;
    nuria.reads(&need, "the edit", |it| it["text"].as_str().unwrap().contains("13")).await;
    scene.says("like", &need).await;
    counts(nuria, &need, "likes", 1).await;
    scene.says("delete_note", &need).await;
    nuria.reads(&need, "that it is gone", |it| it["state"] == "deleted").await;

    nuria.post(&at("listings", &need, "/fulfil"), json!({})).await;
    let update = lemmy.announced("Update", &need["uri"]).await;
    assert!(update["object"]["name"].as_str().unwrap().contains("Fulfilled"), "{update:#}");
    nuria.delete(&at("listings", &need, "")).await;
    let delete = lemmy.announced("Delete", &need["uri"]).await;
    assert_eq!(delete["object"], need["uri"], "an address, not a Tombstone");
}

async fn lemmy_and_a_microblog_read_each_other(engine: Engine) {
    let scene = scene(engine).await;
    scene.subscribe().await;
    let b = Instance::start(engine).await;
    let maren = b.person("maren").await;
    maren.follow(&format!("@garden@{}", scene.a.host())).await;
    let need = scene.nuria.need("garden", "20 chairs").await;
    let on_b = maren.sees(&need["uri"]).await;
    assert!(0 == scene.lemmy.count(|it| it["type"] == "Create"), "no Note of a Group on Lemmy");

    let answer = json!({ "text": "We have 8 of them." });
    let answer = maren.post(&at("listings", &on_b, "/replies"), answer).await;
    let said = scene.lemmy.announced("Create", &answer["uri"]).await;
    assert_eq!((&said["actor"], &said["object"]["type"]), (&json!(maren.uri()), &json!("Note")));
    assert_eq!(said["object"]["inReplyTo"], need["uri"]);

    let liked = scene.says("like", &need).await;
    counts(&scene.nuria, &need, "likes", 1).await;
    let passed_on = |it: &Value| it["object"]["id"] == liked["id"];
    assert_eq!(scene.lemmy.count(passed_on), 0, "what came from Lemmy is local there");
}

async fn counts(reader: &Person, listing: &Value, what: &str, wanted: u32) {
    crate::support::eventually(&format!("{what} being {wanted}"), async || {
        let now = reader.get(&at("listings", listing, "")).await;
        (now[what] == wanted).then_some(())
    })
    .await;
}
