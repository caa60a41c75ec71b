//! Posting to an inbox.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use federation::signature::{RequestParts, SigningKey, VerifyingKey, generate, read, sign};
use tokio::io::AsyncWriteExt as _;
use url::Url;

use super::{answer, base, fetcher, header_lines, now, one, request, server, site, with_length};

#[tokio::test]
async fn a_delivery_arrives_as_it_was_signed() {
    let (public, private) = generate().unwrap();
    let key_id = "https://ours.test/c/tools#main-key".parse().unwrap();
    let key = SigningKey::from_pem(key_id, &private).unwrap();
    let (host, seen) = site(|_| answer("202 Accepted", &["Retry-After: 7"], b"thanks")).await;
    let url: Url = format!("http://{host}/inbox").parse().unwrap();
    let body = Bytes::from_static(b"{\"type\":\"Create\"}");
    let json = Some("application/activity+json");
    let headers = sign(&key, "POST", &url, now(), json, Some(&body)).unwrap();
    let reply = fetcher().post(&url, headers, body.clone()).await.unwrap();
    assert_eq!((reply.status, reply.body.as_str()), (202, "thanks"));
    assert_eq!(reply.retry_after, Some(Duration::from_secs(7)));

    let text = seen.all().concat();
    let (head, sent) = text.split_once("\r\n\r\n").unwrap();
    let headers = header_lines(head);
    let parts = RequestParts { method: "POST", path_and_query: "/inbox", headers: &headers };
    let signed = read(&parts, Some(sent.as_bytes()), &base(&host), now()).unwrap();
    assert_eq!(signed.verify(&VerifyingKey::from_pem(&public).unwrap()), Ok(()));
}

#[tokio::test]
async fn a_delivery_is_never_redirected() {
    let (other, there) = site(|_| answer("202 Accepted", &[], b"")).await;
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let host = one(answer(status, &[&format!("Location: http://{other}/")], b"")).await;
        let url = format!("http://{host}/inbox").parse().unwrap();
        let reply = fetcher().post(&url, vec![], Bytes::new()).await.unwrap();
        assert!((301..=308).contains(&reply.status), "{status}");
    }
    assert!(there.all().is_empty());
}

#[tokio::test]
async fn the_status_of_a_delivery_counts_whatever_its_body_does() {
    let long = one(answer("400 Bad Request", &[], &vec![b'a'; 200_000])).await;
    let url = format!("http://{long}/inbox").parse().unwrap();
    let reply = fetcher().post(&url, vec![], Bytes::new()).await.unwrap();
    assert_eq!((reply.status, reply.body.len()), (400, 64 * 1024));

    let cut = with_length(answer("202 Accepted", &[], b"thanks"), "500");
    let broken = server(move |mut stream, _| {
        let cut = cut.clone();
        async move {
            request(&mut stream).await;
            stream.write_all(&cut).await.unwrap();
        }
    })
    .await;
    let url = format!("http://{broken}/inbox").parse().unwrap();
    let reply = fetcher().post(&url, vec![], Bytes::new()).await.unwrap();
    assert_eq!((reply.status, reply.body.as_str()), (202, "thanks"));
}

#[tokio::test]
async fn a_delivery_on_a_dead_connection_is_sent_once_more_on_a_new_one() {
    // Each connection answers once, and closes when the next request has arrived.
    let seen = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&seen);
    let host = server(move |mut stream, _| {
        let counter = Arc::clone(&counter);
        async move {
            request(&mut stream).await;
            counter.fetch_add(1, Ordering::SeqCst);
            stream.write_all(&answer("202 Accepted", &[], b"")).await.unwrap();
            if request(&mut stream).await.is_some() {
                counter.fetch_add(1, Ordering::SeqCst);
            }
        }
    })
    .await;
    let fetcher = fetcher();
    let url = format!("http://{host}/inbox").parse().unwrap();
    for requests in [1, 3, 4, 6] {
        let reply = fetcher.post(&url, vec![], Bytes::from_static(b"{}")).await.unwrap();
        assert_eq!((reply.status, seen.load(Ordering::SeqCst)), (202, requests));
    }
}

#[tokio::test]
async fn a_peer_that_always_hangs_up_is_asked_twice_and_no_more() {
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&connections);
    let host = server(move |mut stream, _| {
        counter.fetch_add(1, Ordering::SeqCst);
        async move {
            request(&mut stream).await;
        }
    })
    .await;
    let url = format!("http://{host}/inbox").parse().unwrap();
    let error = fetcher().post(&url, vec![], Bytes::from_static(b"{}")).await.unwrap_err();
    assert!(error.is_transient(), "{error:?}");
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}
