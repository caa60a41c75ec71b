//! A server that behaves as Lemmy does towards others: it says what Lemmy says, in Lemmy's shapes, asks what Lemmy
//! asks, and takes nothing that Lemmy would not take.
//!
//! It shows documents and keeps letters, and no more: no communities of its own, no pages.

use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
    time::SystemTime,
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use domain::people::KeyPair;
use federation::signature::{SigningKey, sign};
use serde_json::{Value, json};
use url::Url;

use super::{client, eventually};

const ACTIVITY: &str = "application/activity+json";
const LISTING: &str = "https://tequio.example/listings/0190a3c2-0000-7000-8000-000000000001";

/// The server, with one person: Carla.
pub(crate) struct Lemmy {
    pub(crate) base: String,
    keys: KeyPair,
    arrived: Arc<Mutex<Vec<Value>>>,
}

#[derive(Clone)]
struct Shown {
    base: String,
    pem: String,
    arrived: Arc<Mutex<Vec<Value>>>,
}

impl Lemmy {
    #[expect(clippy::disallowed_methods, reason = "ends with the test")]
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let keys = testkit::pair(3);
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let shown =
            Shown { base: base.clone(), pem: keys.public_pem.clone(), arrived: arrived.clone() };
        let data = web::Data::new(shown);
        let app = move || {
            App::new()
                .app_data(data.clone())
                .route("/inbox", web::post().to(inbox))
                .route("/u/carla/inbox", web::post().to(inbox))
                .default_service(web::get().to(show))
        };
        let server = HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap();
        tokio::spawn(server.run());
        Self { base, keys, arrived }
    }

    /// Carla, as others know her.
    pub(crate) fn carla(&self) -> String {
        format!("{}/u/carla", self.base)
    }

    /// A captured shape as this server would send it to a collective of `theirs` about a listing.
    pub(crate) fn shape(&self, name: &str, theirs: &str, listing: &str) -> Value {
        let path = format!("{}/fixtures/lemmy/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let text = text.replace(LISTING, listing);
        let text = text.replace("https://lemmy.example", &self.base);
        serde_json::from_str(&text.replace("https://tequio.example", theirs)).unwrap()
    }

    /// Sends as Carla, to the shared inbox; how it was answered.
    pub(crate) async fn send(&self, theirs: &str, activity: &Value) -> u16 {
        let key_id = format!("{}#main-key", self.carla()).parse().unwrap();
        let key = SigningKey::from_pem(key_id, &self.keys.private_pem).unwrap();
        let inbox = Url::parse(&format!("{theirs}/inbox")).unwrap();
        let body = activity.to_string().into_bytes();
        let signed = sign(&key, "POST", &inbox, SystemTime::now(), Some(ACTIVITY), Some(&body));
        let mut request = client().post(inbox.as_str()).body(body);
        for (name, value) in signed.unwrap() {
            request = request.header(name, value);
        }
        request.send().await.unwrap().status().as_u16()
    }

    /// Reads a document as Lemmy does: unsigned, one media type, and the very words of the answer's own.
    pub(crate) async fn read(&self, address: &str) -> Value {
        let agent = format!("Lemmy/0.19.20; +{}", self.base);
        let asked = client().get(address).header("accept", ACTIVITY).header("user-agent", agent);
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.status(), 200, "{address}");
        assert_eq!(answer.headers()["content-type"], ACTIVITY, "{address}");
        let document: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        assert_eq!(document["id"], address, "a document lies at its id");
        document
    }

    /// Waits for an activity that came here and was taken.
    pub(crate) async fn gets(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        eventually(&format!("{what} reaching Lemmy"), async || {
            let arrived = self.arrived.lock().unwrap();
            arrived.iter().find(|activity| wanted(activity)).cloned()
        })
        .await
    }

    /// Waits for what a Group announces of an object.
    pub(crate) async fn announced(&self, kind: &str, object: &Value) -> Value {
        let about = |it: &Value| it["object"] == *object || it["object"]["id"] == *object;
        let what = format!("Announce of {kind} {object}");
        let found = self.gets(&what, |it| {
            it["type"] == "Announce" && it["object"]["type"] == kind && about(&it["object"])
        });
        found.await["object"].clone()
    }

    /// How many activities came here.
    pub(crate) fn count(&self, wanted: impl Fn(&Value) -> bool) -> usize {
        self.arrived.lock().unwrap().iter().filter(|activity| wanted(activity)).count()
    }
}

async fn show(request: HttpRequest, data: web::Data<Shown>) -> HttpResponse {
    let Shown { base, pem, .. } = data.get_ref();
    let key =
        |id: &str| json!({ "id": format!("{id}#main-key"), "owner": id, "publicKeyPem": pem });
    let carla = format!("{base}/u/carla");
    let document = match request.path() {
        "/.well-known/nodeinfo" => json!({ "links": [{
            "rel": "http://nodeinfo.diaspora.software/ns/schema/2.0",
            "href": format!("{base}/nodeinfo/2.0.json"),
        }] }),
        "/nodeinfo/2.0.json" => json!({
            "version": "2.0",
            "software": { "name": "lemmy", "version": "0.19.20" },
            "protocols": ["activitypub"],
        }),
        "/u/carla" => json!({
            "@context": ["https://join-lemmy.org/context.json", "https://www.w3.org/ns/activitystreams"],
            "type": "Person",
            "id": carla,
            "preferredUsername": "carla",
            "inbox": format!("{carla}/inbox"),
            "outbox": format!("{carla}/outbox"),
            "publicKey": key(&carla),
            "name": "Carla",
            "endpoints": { "sharedInbox": format!("{base}/inbox") },
            "published": "2024-06-01T00:00:00.000000Z",
        }),
        _ => return HttpResponse::NotFound().json(json!({ "error": "couldnt_find_object" })),
    };
    HttpResponse::Ok().insert_header(("content-type", ACTIVITY)).body(document.to_string())
}

async fn inbox(request: HttpRequest, body: web::Bytes, data: web::Data<Shown>) -> HttpResponse {
    assert!(request.headers().contains_key("signature"), "a letter without a signature");
    let activity: Value = serde_json::from_slice(&body).unwrap();
    if let Some(why) = refusal(&activity, &data.base) {
        return HttpResponse::BadRequest().json(json!({ "error": "unknown", "message": why }));
    }
    data.arrived.lock().unwrap().push(activity);
    HttpResponse::Ok().finish()
}

/// Why Lemmy 0.19 does not take an activity, if it does not.
fn refusal(activity: &Value, base: &str) -> Option<&'static str> {
    let inner = &activity["object"];
    match activity["type"].as_str().unwrap_or_default() {
        "Accept" if inner["type"] == "Follow" && inner["actor"].is_string() => None,
        "Accept" => Some("data did not match any variant of untagged enum"),
        "Announce" if activity["to"].is_null() || activity["cc"].is_null() => Some("missing field"),
        "Announce" if !inner.is_object() => Some("cannot_receive_page"),
        "Announce" if inner["id"].as_str().is_some_and(|id| id.starts_with(base)) => {
            Some("cant accept local object")
        }
        "Announce" => refused_inside(inner),
        "Reject" => Some("data did not match any variant of untagged enum"),
        _ => None,
    }
}

fn refused_inside(inner: &Value) -> Option<&'static str> {
    let object = &inner["object"];
    match inner["type"].as_str().unwrap_or_default() {
        "Create" | "Update" if inner["to"].is_null() || inner["cc"].is_null() => {
            Some("missing field cc")
        }
        "Create" | "Update" if object["type"] == "Group" => None,
        "Create" | "Update" if inner["actor"] != object["attributedTo"] => Some("invalid actor"),
        "Create" | "Update" => match object["type"].as_str() {
            Some("Page") if object["name"].is_string() && object["inReplyTo"].is_null() => {
                lists(object)
            }
            Some("Note") if object["inReplyTo"].is_string() => lists(object),
            _ => Some("data did not match any variant of untagged enum AnnouncableActivities"),
        },
        "Undo" if !object.is_object() => Some("data did not match any variant"),
        _ => None,
    }
}

fn lists(object: &Value) -> Option<&'static str> {
    let is_list = |name: &str| object[name].is_null() || object[name].is_array();
    let lists = ["tag", "attachment"].into_iter().all(is_list) && object["cc"].is_array();
    let strings = object["context"].is_null() || object["context"].is_string();
    let language = object["language"].is_null() || object["language"]["identifier"].is_string();
    (!(lists && strings && language)).then_some("data did not match any variant of untagged enum")
}
