//! Being sent on.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use federation::fetch::FetchError::{Refused, TooManyRedirects};
use federation::signature::{RequestParts, SigningKey, VerifyingKey, generate, read};
use tokio::io::AsyncWriteExt as _;

use super::{ACTIVITY, answer, base, fetcher, get, header_lines, now, one, request, server, site};

// FET-06
#[tokio::test]
async fn every_redirect_is_checked_like_the_first_address() {
    let fetcher = fetcher();
    for (location, reason) in [
        ("http://10.0.0.1/", "private address"),
        ("//192.168.0.1/", "private address"),
        ("http://[fd00::1]/", "private address"),
        ("http://169.254.169.254/latest/meta-data", "private address"),
        ("http://printer.local/", "private name"),
        ("file:///etc/passwd", "scheme"),
        ("data:application/activity+json,{}", "scheme"),
        ("http://me:secret@127.0.0.1/", "credentials in the address"),
        ("http://", "location"),
        ("", "location"),
    ] {
        let header = format!("Location: {location}");
        let headers: &[&str] = if location.is_empty() { &[] } else { &[&header] };
        let host = one(answer("302 Found", headers, b"")).await;
        assert_eq!(
            get(&fetcher, &format!("http://{host}/")).await,
            Err(Refused(reason)),
            "{location}"
        );
    }
}

// FET-07
#[tokio::test]
async fn nobody_is_followed_round_and_round() {
    let fetcher = fetcher();
    let (host, seen) = site(|target| {
        let next = match target {
            "/self" => "/self".to_owned(),
            "/a" => "/b".to_owned(),
            "/b" => "/a".to_owned(),
            "/3" => return answer("200 OK", &[ACTIVITY], b"{}"),
            other => format!("/{}", other.trim_start_matches('/').parse::<i32>().unwrap() + 1),
        };
        answer("302 Found", &[&format!("Location: {next}")], b"")
    })
    .await;
    for (path, hops, fetched) in [("self", 1, false), ("a", 2, false), ("0", 4, true)] {
        let before = seen.all().len();
        let document = get(&fetcher, &format!("http://{host}/{path}")).await;
        assert_eq!(document.is_ok(), fetched, "{path}: {document:?}");
        assert_eq!(seen.all().len() - before, hops, "{path}");
    }
    assert_eq!(get(&fetcher, &format!("http://{host}/4")).await, Err(TooManyRedirects));
    assert_eq!(get(&fetcher, &format!("http://{host}/-1")).await, Err(TooManyRedirects));
}

// FET-07
#[tokio::test]
async fn the_body_of_a_redirect_is_not_read() {
    let fetcher = fetcher();
    let target = one(answer("200 OK", &[ACTIVITY], b"{}")).await;
    let written = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&written);
    let host = server(move |mut stream, _| {
        let (counter, target) = (Arc::clone(&counter), target.clone());
        async move {
            request(&mut stream).await;
            let head = format!(
                "HTTP/1.1 302 Found\r\nLocation: http://{target}/\r\nContent-Length: 200000000\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            while stream.write_all(&vec![b' '; 65536]).await.is_ok() {
                counter.fetch_add(65536, Ordering::SeqCst);
            }
        }
    })
    .await;
    assert!(get(&fetcher, &format!("http://{host}/")).await.is_ok());
    assert!(written.load(Ordering::SeqCst) < 20_000_000, "the sockets' own buffers at most");
}

// FET-08
#[tokio::test]
async fn a_signature_never_travels_to_another_host() {
    let (public, private) = generate().unwrap();
    let key = SigningKey::from_pem("https://ours.test/#main-key".parse().unwrap(), &private);
    let (other, there) = site(|_| answer("200 OK", &[ACTIVITY], b"{}")).await;
    let location = format!("Location: http://{other}/actor?x=1");
    let (host, here) = site(move |_| answer("307 Moved", &[&location], b"")).await;
    let url = format!("http://{host}/key").parse().unwrap();
    fetcher().get_document(&url, Some(&key.unwrap()), now(), None).await.unwrap();

    let public = VerifyingKey::from_pem(&public).unwrap();
    let (here, there) = (here.all().concat(), there.all().concat());
    for (text, host, target) in [(here, host, "/key"), (there, other, "/actor?x=1")] {
        let headers = header_lines(&text);
        let parts = RequestParts { method: "GET", path_and_query: target, headers: &headers };
        let signed = read(&parts, None, &base(&host), now()).unwrap();
        assert_eq!(signed.verify(&public), Ok(()), "{target}");
        assert_eq!(headers.iter().filter(|(name, _)| name == "signature").count(), 1);
    }
}
