//! Other servers, as far as ours can see: thousands of hosts on addresses of this machine, which take what they are
//! sent as fast as they are told to, and remember it.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash as _, Hasher as _},
    net::Ipv4Addr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinSet};

use crate::http::Connection;

/// How a host takes what it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Says 202 after a while.
    After(Duration),
    /// Says 503 at once.
    Refusing,
    /// Never says anything.
    Silent,
}

/// What came to one inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Which host.
    pub host: usize,
    /// The inbox: a number of its address.
    pub inbox: u64,
    /// The activity: a number of its id.
    pub activity: u64,
    /// When it was there.
    pub at: Instant,
}

/// The hosts. They end with this.
pub struct Sinks {
    /// Their names, with the port that all have.
    pub hosts: Vec<String>,
    shared: Arc<Shared>,
    tasks: JoinSet<()>,
}

#[derive(Default)]
struct Shared {
    arrived: Mutex<Vec<Arrival>>,
    /// Documents by address.
    documents: Mutex<HashMap<String, String>>,
    asked: AtomicUsize,
    closed: AtomicBool,
}

impl Sinks {
    /// As many hosts, each with its manner.
    pub async fn start(count: usize, manner: impl Fn(usize) -> Manner) -> Result<Self> {
        Self::start_from(0, count, manner).await
    }

    /// The same, on addresses that other hosts do not have.
    pub async fn start_from(
        first: usize,
        count: usize,
        manner: impl Fn(usize) -> Manner,
    ) -> Result<Self> {
        let shared = Arc::new(Shared::default());
        let mut sinks = Self { hosts: Vec::new(), shared, tasks: JoinSet::new() };
        let mut port = 0;
        for number in first..first + count {
            let listener = TcpListener::bind((address(number), port)).await;
            let listener = listener.context("too many open files? see `ulimit -n`")?;
            port = listener.local_addr()?.port();
            sinks.hosts.push(format!("{}:{port}", address(number)));
            sinks.tasks.spawn(host(listener, number, manner(number), sinks.shared.clone()));
        }
        Ok(sinks)
    }

    /// A document that is there under an address, for whoever asks.
    pub fn show(&self, address: &str, document: &Value) {
        lock(&self.shared.documents).insert(address.to_owned(), document.to_string());
    }

    /// All that came, in its order.
    #[must_use]
    pub fn arrived(&self) -> Vec<Arrival> {
        lock(&self.shared.arrived).clone()
    }

    /// How much came.
    #[must_use]
    pub fn count(&self) -> usize {
        lock(&self.shared.arrived).len()
    }

    /// Forgets what came.
    pub fn forget(&self) {
        lock(&self.shared.arrived).clear();
    }

    /// From now on nobody is answered, or all are again.
    pub fn close(&self, closed: bool) {
        self.shared.closed.store(closed, Ordering::SeqCst);
    }

    /// How many documents were asked for.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.shared.asked.load(Ordering::SeqCst)
    }
}

/// How often something came more than once to the same inbox.
#[must_use]
pub fn doubled(arrived: &[Arrival]) -> usize {
    let mut seen = std::collections::HashSet::new();
    arrived.iter().filter(|it| !seen.insert((it.inbox, it.activity))).count()
}

/// The number under which something is remembered.
#[must_use]
pub fn number(of: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// 127.1.0.1, 127.1.0.2, … 127.1.1.1: each is this machine.
fn address(number: usize) -> Ipv4Addr {
    let (third, last) = (number / 250, number % 250 + 1);
    let byte = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
    Ipv4Addr::new(127, byte(1 + third / 250), byte(third % 250), byte(last))
}

async fn host(listener: TcpListener, number: usize, manner: Manner, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { return };
                connections.spawn(talk(Connection::over(stream), number, manner, shared.clone()));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn talk(mut connection: Connection, host: usize, manner: Manner, shared: Arc<Shared>) {
    while let Ok(Some(message)) = connection.next().await {
        let (method, path) = message.target();
        if method == "GET" {
            shared.asked.fetch_add(1, Ordering::SeqCst);
            let address = format!("http://{}{path}", message.header("host").unwrap_or_default());
            let found = lock(&shared.documents).get(&address).cloned();
            let answer = found.map_or_else(|| answer(404, ""), |text| answer(200, &text));
            if connection.say(&answer).await.is_err() {
                return;
            }
            continue;
        }
        while shared.closed.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        match manner {
            Manner::Silent => return std::future::pending().await,
            Manner::Refusing => {
                if connection.say(&answer(503, "")).await.is_err() {
                    return;
                }
                continue;
            }
            Manner::After(pause) if pause.is_zero() => {}
            Manner::After(pause) => tokio::time::sleep(pause).await,
        }
        let body: Value = serde_json::from_slice(&message.body).unwrap_or_default();
        let id = body.get("id").and_then(Value::as_str).unwrap_or_default();
        let inbox = number(&format!("{host} {path}"));
        let arrival = Arrival { host, inbox, activity: number(id), at: Instant::now() };
        lock(&shared.arrived).push(arrival);
        if connection.say(&answer(202, "")).await.is_err() {
            return;
        }
    }
}

fn answer(status: u16, body: &str) -> Vec<u8> {
    let kind = "application/activity+json";
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::http::request;

    #[test]
    fn each_host_has_an_address_of_this_machine() {
        let addresses: HashSet<Ipv4Addr> = (0..10_000).map(address).collect();
        assert_eq!(addresses.len(), 10_000);
        assert!(addresses.iter().all(Ipv4Addr::is_loopback));
    }

    #[tokio::test]
    async fn what_came_is_remembered_and_what_came_twice_is_counted() {
        let manner = |host| match host {
            0 => Manner::After(Duration::ZERO),
            _ => Manner::Refusing,
        };
        let sinks = Sinks::start(2, manner).await.unwrap();
        let mut statuses = Vec::new();
        for (host, id) in [(0, "a"), (0, "b"), (0, "a"), (1, "a")] {
            let stream = tokio::net::TcpStream::connect(&sinks.hosts[host]).await.unwrap();
            let body = format!("{{\"id\":\"{id}\"}}");
            let asked = request("POST", "/inbox", &sinks.hosts[host], &[], body.as_bytes());
            statuses.push(Connection::over(stream).ask(&asked).await.unwrap().status());
        }
        assert_eq!(statuses, [202, 202, 202, 503]);
        let arrived = sinks.arrived();
        assert_eq!((arrived.len(), doubled(&arrived)), (3, 1));
    }
}
