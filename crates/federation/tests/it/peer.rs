//! Another server: real HTTP on loopback, with actors of its own, and moods.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use domain::people::KeyPair;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::{arrival::Arrival, net::Net};

pub(crate) const ACTIVITY: &str = "application/activity+json";

/// How a handshake begins; nobody here has a certificate.
const TLS: u8 = 22;

/// What is at an address.
#[derive(Clone, Debug)]
pub(crate) enum Page {
    Document(Value),
    Typed(&'static str, String),
    /// A document for those who sign their question.
    Signed(Value),
    Status(u16),
    Moved(String),
    /// No answer, ever.
    Silence,
}

/// How an inbox answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Status(u16),
    /// A status and a `Retry-After`.
    Wait(u16, &'static str),
    /// A status and what it says.
    Says(u16, &'static str),
    /// 401 to what is not signed as RFC 9421 says, and this status to what is.
    Newer(u16),
    /// Takes what is sent, after so many milliseconds.
    Slow(u64),
    /// Takes what is sent, and hangs up before it says so.
    HangUp,
}

#[derive(Debug, Default)]
struct State {
    pages: HashMap<String, Page>,
    moods: HashMap<String, Mood>,
    arrived: Vec<Arrival>,
    asked: Vec<Arrival>,
    /// How many letters wait for an answer.
    at_once: usize,
    most_at_once: usize,
}

/// A server.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    /// `http://b.example`, without a slash at the end.
    pub(crate) base: String,
    state: Arc<Mutex<State>>,
}

/// An actor of another server.
#[derive(Clone, Debug)]
pub(crate) struct Somebody {
    pub(crate) id: String,
    pub(crate) key_id: String,
    pub(crate) pair: KeyPair,
    pub(crate) peer: Peer,
}

impl Peer {
    /// A server that is found under a name.
    pub(crate) async fn named(net: &Net, name: &str) -> Self {
        let (peer, listener) = Self::bind(|_| format!("http://{name}")).await;
        net.name(name, listener.local_addr().unwrap());
        peer.open(listener);
        peer
    }

    /// A server that is known by its number alone: `127.0.0.1:PORT`.
    pub(crate) async fn unnamed() -> Self {
        let (peer, listener) = Self::bind(|address| format!("http://{address}")).await;
        peer.open(listener);
        peer
    }

    async fn bind(base: impl FnOnce(&str) -> String) -> (Self, TcpListener) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = base(&listener.local_addr().unwrap().to_string());
        (Self { base, state: Arc::default() }, listener)
    }

    fn open(&self, listener: TcpListener) {
        let state = Arc::clone(&self.state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, Arc::clone(&state)));
            }
        });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// The name that others know it by.
    pub(crate) fn host(&self) -> &str {
        self.base.strip_prefix("http://").unwrap()
    }

    /// An address on it.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Puts something at a path.
    pub(crate) fn put(&self, path: &str, page: Page) {
        self.state().pages.insert(path.to_owned(), page);
    }

    /// Changes how the inbox at a path answers.
    pub(crate) fn mood(&self, path: &str, mood: Mood) {
        self.state().moods.insert(path.to_owned(), mood);
    }

    /// What was delivered since it was last asked.
    pub(crate) fn arrived(&self) -> Vec<Arrival> {
        std::mem::take(&mut self.state().arrived)
    }

    /// How many letters waited for an answer at once, at most, since it was last asked.
    pub(crate) fn most_at_once(&self) -> usize {
        std::mem::take(&mut self.state().most_at_once)
    }

    /// What was asked for since it was last asked, as paths.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.questions().into_iter().map(|asked| asked.target).collect()
    }

    /// The same, whole.
    pub(crate) fn questions(&self) -> Vec<Arrival> {
        std::mem::take(&mut self.state().asked)
    }

    /// A person, whose document and WebFinger answer are there.
    pub(crate) fn person(&self, handle: &str, keys: usize) -> Somebody {
        self.actor("Person", &format!("/u/{handle}"), handle, keys)
    }

    /// A collective.
    pub(crate) fn group(&self, handle: &str, keys: usize) -> Somebody {
        self.actor("Group", &format!("/g/{handle}"), handle, keys)
    }

    fn actor(&self, kind: &str, path: &str, handle: &str, keys: usize) -> Somebody {
        let id = self.at(path);
        let key_id = format!("{id}#main-key");
        let somebody = Somebody { id, key_id, pair: testkit::pair(keys), peer: self.clone() };
        self.put(path, Page::Document(somebody.document(kind, handle)));
        let account = format!("acct:{handle}@{}", self.host());
        let query = account.replace(':', "%3A").replace('@', "%40");
        let link = json!({ "rel": "self", "type": ACTIVITY, "href": somebody.id });
        let jrd = json!({ "subject": account, "links": [link] });
        let page = Page::Typed("application/jrd+json", jrd.to_string());
        self.put(&format!("/.well-known/webfinger?resource={query}"), page);
        somebody
    }
}

impl Somebody {
    /// What its server says of it.
    pub(crate) fn document(&self, kind: &str, handle: &str) -> Value {
        let id = &self.id;
        json!({
            "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
            "id": id,
            "type": kind,
            "preferredUsername": handle,
            "name": handle,
            "inbox": format!("{id}/inbox"),
            "outbox": format!("{id}/outbox"),
            "followers": format!("{id}/followers"),
            "endpoints": { "sharedInbox": self.peer.at("/inbox") },
            "publicKey": {
                "id": self.key_id,
                "owner": id,
                "publicKeyPem": self.pair.public_pem,
            },
        })
    }

    /// The path of its document.
    pub(crate) fn path(&self) -> &str {
        self.id.strip_prefix(&self.peer.base).unwrap()
    }

    /// What its server says of it now, changed.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Value)) {
        let mut state = self.peer.state();
        let Some(Page::Document(document)) = state.pages.get_mut(self.path()) else {
            panic!("{} has no document", self.id)
        };
        change(document);
    }
}

async fn talk(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    let mut bytes = Vec::new();
    while let Some((head, body)) = request(&mut stream, &mut bytes).await {
        let arrival = Arrival::new(&head, &body);
        take_time(&arrival, &state).await;
        let Some(answer) = answer(&arrival, &state) else {
            tokio::time::sleep(Duration::from_mins(10)).await;
            return;
        };
        if answer.is_empty() || stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// Lets whoever delivers wait, and counts how many do.
async fn take_time(arrival: &Arrival, state: &Mutex<State>) {
    let pause = {
        let mut state = state.lock().unwrap();
        let Some(Mood::Slow(pause)) = state.moods.get(&arrival.target).copied() else { return };
        state.at_once += 1;
        state.most_at_once = state.most_at_once.max(state.at_once);
        pause
    };
    tokio::time::sleep(Duration::from_millis(pause)).await;
    state.lock().unwrap().at_once -= 1;
}

/// The head and the body of the next request on a connection.
async fn request(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<(String, Vec<u8>)> {
    loop {
        if bytes.first() == Some(&TLS) {
            return None;
        }
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = head.lines().find_map(|line| {
                line.to_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok()
            });
            let whole = end + 4 + length.unwrap_or(0);
            if whole <= bytes.len() {
                let body = bytes[end + 4..whole].to_vec();
                bytes.drain(..whole);
                return Some((head, body));
            }
        }
        if stream.read_buf(bytes).await.ok()? == 0 {
            return None;
        }
    }
}

fn answer(arrival: &Arrival, state: &Mutex<State>) -> Option<String> {
    let mut state = state.lock().unwrap();
    if arrival.method == "POST" {
        let mood = state.moods.get(&arrival.target).copied().unwrap_or(Mood::Status(202));
        state.arrived.push(arrival.clone());
        return Some(match mood {
            Mood::Newer(_) if !arrival.is_newer() => written(401, &[], "not like this"),
            Mood::Says(status, words) => written(status, &[], words),
            Mood::Status(status) | Mood::Newer(status) => written(status, &[], "thanks"),
            Mood::Slow(_) => written(202, &[], "thanks"),
            Mood::HangUp => String::new(),
            Mood::Wait(status, wait) => written(status, &[("Retry-After", wait)], "later"),
        });
    }
    state.asked.push(arrival.clone());
    Some(match state.pages.get(&arrival.target) {
        Some(Page::Document(document)) => {
            written(200, &[("Content-Type", ACTIVITY)], &document.to_string())
        }
        Some(Page::Typed(kind, text)) => written(200, &[("Content-Type", kind)], text),
        Some(Page::Signed(_)) if arrival.header("signature").is_empty() => written(401, &[], ""),
        Some(Page::Signed(document)) => {
            written(200, &[("Content-Type", ACTIVITY)], &document.to_string())
        }
        Some(Page::Status(status)) => written(*status, &[], ""),
        Some(Page::Moved(to)) => written(302, &[("Location", to)], ""),
        Some(Page::Silence) => return None,
        None => written(404, &[], ""),
    })
}

fn written(status: u16, headers: &[(&str, &str)], body: &str) -> String {
    let headers: Vec<String> =
        headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let (headers, length) = (headers.concat(), body.len());
    format!("HTTP/1.1 {status} So\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
}
