//! Slow peers, and peers that cannot be reached.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use federation::fetch::FetchError::{Connect, Timeout, Tls};
use federation::fetch::{FetchRules, Fetcher};
use federation::signature::generate;
use openssl::asn1::Asn1Time;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::ssl::{SslAcceptor, SslMethod};
use openssl::x509::{X509, X509NameBuilder};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

use super::{ACTIVITY, answer, fetcher, get, now, one, request, rules, server};

// FET-14
#[tokio::test]
async fn a_slow_peer_takes_no_longer_than_it_is_given() {
    let silent = server(|stream, _| async move {
        tokio::time::sleep(Duration::from_mins(1)).await;
        drop(stream);
    })
    .await;
    let drip = |head: &'static str| {
        server(move |mut stream, _| async move {
            request(&mut stream).await;
            stream.write_all(head.as_bytes()).await.unwrap();
            while stream.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        })
    };
    let slow_head = drip("HTTP/1.1 200 OK\r\nX-Slow: ").await;
    let slow_body =
        drip("HTTP/1.1 200 OK\r\nContent-Type: application/activity+json\r\n\r\n").await;

    for (url, timeout, connect, deadline) in [
        (format!("http://{silent}/"), 400, 5000, None),
        (format!("http://{slow_head}/"), 400, 5000, None),
        (format!("http://{slow_body}/"), 400, 5000, None),
        (format!("http://{silent}/"), 30_000, 5000, Some(400)),
        (format!("https://{silent}/"), 30_000, 400, None),
    ] {
        let fetcher = Fetcher::new(FetchRules {
            timeout: Duration::from_millis(timeout),
            connect_timeout: Duration::from_millis(connect),
            ..rules()
        });
        let (begun, deadline) = (Instant::now(), deadline.map(Duration::from_millis));
        let url = url.parse().unwrap();
        let answer = fetcher.get_document(&url, None, now(), deadline).await;
        assert_eq!(answer, Err(Timeout), "{url}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{url}");
    }
    assert!(Timeout.is_transient());
}

// FET-15, SIG-25
#[tokio::test]
async fn a_slow_host_holds_up_nobody_else() {
    let open = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&open);
    let slow = server(move |mut stream, _| {
        counter.fetch_add(1, Ordering::SeqCst);
        async move {
            request(&mut stream).await;
            tokio::time::sleep(Duration::from_mins(1)).await;
        }
    })
    .await;
    let fetcher = Fetcher::new(FetchRules { timeout: Duration::from_secs(5), ..rules() });
    let waiting: Vec<_> = (0..200)
        .map(|number| {
            let (fetcher, url) = (fetcher.clone(), format!("http://{slow}/{number}"));
            tokio::spawn(async move {
                fetcher.get_document(&url.parse().unwrap(), None, now(), None).await
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(open.load(Ordering::SeqCst), 8);

    let quick = one(answer("200 OK", &[ACTIVITY], b"{}")).await;
    let url = format!("http://{quick}/").parse().unwrap();
    let begun = Instant::now();
    assert!(fetcher.get_document(&url, None, now(), None).await.is_ok());
    assert!(begun.elapsed() < Duration::from_secs(1));
    for task in waiting {
        assert_eq!(task.await.unwrap(), Err(Timeout));
    }
}

// FET-20
#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let fetcher = fetcher();
    let key = PKey::private_key_from_pem(generate().unwrap().1.as_bytes()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_text("CN", "localhost").unwrap();
    let name = name.build();
    let mut certificate = X509::builder().unwrap();
    certificate.set_subject_name(&name).unwrap();
    certificate.set_issuer_name(&name).unwrap();
    certificate.set_pubkey(&key).unwrap();
    certificate.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    certificate.set_not_after(&Asn1Time::days_from_now(9).unwrap()).unwrap();
    certificate.sign(&key, MessageDigest::sha256()).unwrap();
    let mut acceptor = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server()).unwrap();
    acceptor.set_private_key(&key).unwrap();
    acceptor.set_certificate(&certificate.build()).unwrap();
    let acceptor = acceptor.build();

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            assert!(acceptor.accept(stream.unwrap()).is_err());
        }
    });
    assert_eq!(get(&fetcher, &format!("https://localhost:{port}/")).await, Err(Tls));
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_told_from_a_slow_one() {
    let fetcher = fetcher();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    assert_eq!(get(&fetcher, &format!("http://{address}/")).await, Err(Connect));
}
