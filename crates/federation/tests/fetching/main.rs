//! What may be fetched, how much of it is read, and how long that may take, row by row.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "servers made for a test")]

mod addresses;
mod bodies;
mod deliveries;
mod redirects;
mod signatures;
mod time;

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use federation::fetch::{Document, FetchError, FetchRules, Fetcher};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

const ACTIVITY: &str = "Content-Type: application/activity+json";

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_323_605)
}

fn rules() -> FetchRules {
    FetchRules { development: true, ..FetchRules::new("tequio-test") }
}

fn fetcher() -> Fetcher {
    Fetcher::new(rules())
}

async fn get(fetcher: &Fetcher, url: &str) -> Result<Document, FetchError> {
    fetcher.get_document(&url.parse().unwrap(), None, now(), None).await
}

/// The address of a server by its authority.
fn base(authority: &str) -> Url {
    format!("http://{authority}/").parse().unwrap()
}

/// An HTTP answer, with the length that its body has.
fn answer(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let headers: Vec<_> = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let headers = headers.concat();
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// The next request on a connection, head and body, or nothing when it was closed.
async fn request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok()
            });
            if body.len() >= length.unwrap_or(0) {
                return Some(text);
            }
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}

/// A server that does `talk` with each connection, numbered from zero; its `http` authority.
async fn server<F>(talk: impl Fn(TcpStream, usize) -> F + Send + 'static) -> String
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        for number in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(talk(stream, number));
        }
    });
    address.to_string()
}

/// The requests that a server has seen.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

/// A server that answers every request with what `answers` says for its target.
async fn site(answers: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> (String, Seen) {
    let seen = Seen::default();
    let (kept, answers) = (seen.clone(), Arc::new(answers));
    let authority = server(move |mut stream, _| {
        let (kept, answers) = (kept.clone(), Arc::clone(&answers));
        async move {
            while let Some(text) = request(&mut stream).await {
                let bytes = answers(text.split(' ').nth(1).unwrap());
                kept.0.lock().unwrap().push(text);
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
        }
    })
    .await;
    (authority, seen)
}

/// A server with one answer.
async fn one(bytes: Vec<u8>) -> String {
    site(move |_| bytes.clone()).await.0
}

/// The same answer with another `Content-Length`.
fn with_length(answer: Vec<u8>, length: &str) -> Vec<u8> {
    let text = String::from_utf8(answer).unwrap();
    let (before, rest) = text.split_once("Content-Length: ").unwrap();
    let (_, after) = rest.split_once("\r\n").unwrap();
    format!("{before}Content-Length: {length}\r\n{after}").into_bytes()
}

/// The header lines of a request as it was received, names in lower case.
fn header_lines(request: &str) -> Vec<(String, String)> {
    let head = request.split("\r\n\r\n").next().unwrap_or_default();
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect()
}
