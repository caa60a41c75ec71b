//! Asking again with the newer kind of signature.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use federation::fetch::FetchError::{Status, Timeout};
use federation::signature::{RequestParts, SigningKey, VerifyingKey, generate, read};
use tokio::io::AsyncWriteExt as _;

use super::{ACTIVITY, answer, base, fetcher, get, header_lines, now, request, server, site};

fn keys() -> (VerifyingKey, SigningKey) {
    let (public, private) = generate().unwrap();
    let key_id = "https://ours.test/#main-key".parse().unwrap();
    let key = SigningKey::from_pem(key_id, &private).unwrap();
    (VerifyingKey::from_pem(&public).unwrap(), key)
}

fn refused() -> Vec<u8> {
    answer("401 Unauthorized", &[], b"no")
}

/// What a request is signed with, by the names of its headers.
fn kind(text: &str) -> &'static str {
    let headers = header_lines(text);
    let has = |name: &str| headers.iter().filter(|(known, _)| known == name).count();
    match (has("signature"), has("signature-input")) {
        (1, 0) => "draft",
        (1, 1) => "standard",
        (0, 0) => "none",
        other => panic!("{other:?}"),
    }
}

fn kinds(texts: &[String]) -> Vec<&'static str> {
    texts.iter().map(|text| kind(text)).collect()
}

#[tokio::test]
async fn a_server_that_wants_the_newer_kind_gets_it_once() {
    let (public, key) = keys();
    let asked = AtomicUsize::new(0);
    let (host, seen) = site(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => refused(),
        _ => answer("200 OK", &[ACTIVITY], b"{}"),
    })
    .await;
    let url = format!("http://{host}/u/ada?x=1").parse().unwrap();
    fetcher().get_document(&url, Some(&key), now(), None).await.unwrap();
    let texts = seen.all();
    assert_eq!(kinds(&texts), ["draft", "standard"]);
    for text in &texts {
        let headers = header_lines(text);
        let parts = RequestParts { method: "GET", path_and_query: "/u/ada?x=1", headers: &headers };
        let signed = read(&parts, None, &base(&host), now()).unwrap();
        assert_eq!(signed.verify(&public), Ok(()), "{text}");
    }
}

#[tokio::test]
async fn a_server_that_wants_neither_is_asked_twice_and_no_more() {
    let (_, key) = keys();
    let (host, seen) = site(|_| refused()).await;
    let url = format!("http://{host}/").parse().unwrap();
    let answered = fetcher().get_document(&url, Some(&key), now(), None).await;
    assert_eq!(answered, Err(Status(401)));
    assert_eq!(kinds(&seen.all()), ["draft", "standard"]);
    // Who does not sign has nothing else to show, and other refusals are not about signatures.
    assert_eq!(get(&fetcher(), url.as_str()).await, Err(Status(401)));
    assert_eq!(seen.all().len(), 3);
    let (host, seen) = site(|_| answer("403 Forbidden", &[], b"")).await;
    let url = format!("http://{host}/").parse().unwrap();
    let answered = fetcher().get_document(&url, Some(&key), now(), None).await;
    assert_eq!((answered, seen.all().len()), (Err(Status(403)), 1));
}

#[tokio::test]
async fn a_redirect_to_another_server_begins_with_the_older_kind_and_ends_there() {
    let (_, key) = keys();
    let (other, there) = site(|_| refused()).await;
    let location = format!("Location: http://{other}/b");
    let is_first = AtomicBool::new(true);
    let (host, here) = site(move |target| match target {
        "/a" if is_first.swap(false, Ordering::SeqCst) => refused(),
        _ => answer("307 Moved", &[&location], b""),
    })
    .await;
    // Asked again here and sent on, or sent on at once: the other is asked once.
    for (path, kinds_here) in [("a", vec!["draft", "standard"]), ("c", vec!["draft"])] {
        let before = (here.all().len(), there.all().len());
        let url = format!("http://{host}/{path}").parse().unwrap();
        let answered = fetcher().get_document(&url, Some(&key), now(), None).await;
        assert_eq!(answered, Err(Status(401)));
        assert_eq!(kinds(&here.all().split_off(before.0)), kinds_here, "{path}");
        assert_eq!(kinds(&there.all().split_off(before.1)), ["draft"], "{path}");
    }
}

#[tokio::test]
async fn the_second_try_has_only_the_time_that_is_left() {
    let (_, key) = keys();
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let host = server(move |mut stream, _| {
        let counter = Arc::clone(&counter);
        async move {
            while request(&mut stream).await.is_some() {
                if counter.fetch_add(1, Ordering::SeqCst) == 0 {
                    tokio::time::sleep(Duration::from_millis(500)).await;
                    stream.write_all(&refused()).await.unwrap();
                }
            }
        }
    })
    .await;
    let url = format!("http://{host}/").parse().unwrap();
    let (fetcher, started) = (fetcher(), Instant::now());
    let deadline = Some(Duration::from_secs(1));
    let answered = fetcher.get_document(&url, Some(&key), now(), deadline).await;
    assert_eq!((answered, asked.load(Ordering::SeqCst)), (Err(Timeout), 2));
    assert!(started.elapsed() < Duration::from_millis(1_450), "{:?}", started.elapsed());
}
