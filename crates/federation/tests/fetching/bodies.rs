//! What is read of an answer.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use federation::fetch::FetchError::{ContentType, Status, TooLarge};
use federation::fetch::{is_activity, is_json};
use flate2::{Compression, write::GzEncoder};
use tokio::io::AsyncWriteExt as _;

use super::{ACTIVITY, answer, fetcher, get, now, one, request, server, site, with_length};

const MIB: usize = 1024 * 1024;
const GZIP: &str = "Content-Encoding: gzip";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_document_is_fetched_with_its_final_address() {
    let fetcher = fetcher();
    let (host, seen) = site(|target| match target {
        "/old" => answer("301 Moved", &["Location: /new#part"], b""),
        "/new" => answer("200 OK", &[ACTIVITY], b"{}"),
        _ => answer("404 Not Found", &[], b""),
    })
    .await;
    let document = get(&fetcher, &format!("http://{host}/old#main-key")).await.unwrap();
    assert_eq!(document.url.as_str(), format!("http://{host}/new"));
    assert_eq!(document.body.as_ref(), b"{}");
    let requests = seen.all();
    assert!(requests.iter().all(|text| text.contains("\r\nuser-agent: tequio-test\r\n")));
    assert!(requests.iter().all(|text| text.contains("accept: application/activity+json, app")));
    assert!(!requests.concat().contains("signature"));
    assert_eq!(get(&fetcher, &format!("http://{host}/none")).await, Err(Status(404)));
    assert!(Status(404).is_missing() && !Status(404).is_gone() && Status(410).is_gone());
    assert!(Status(503).is_transient() && !Status(404).is_transient());
}

// FET-12
#[tokio::test]
async fn no_more_than_a_mebibyte_is_read() {
    let fetcher = fetcher();
    let exact = answer("200 OK", &[ACTIVITY], &vec![b' '; MIB]);
    assert_eq!(
        get(&fetcher, &format!("http://{}/", one(exact).await)).await.unwrap().body.len(),
        MIB
    );
    let more = answer("200 OK", &[ACTIVITY], &vec![b' '; MIB + 1]);
    assert_eq!(get(&fetcher, &format!("http://{}/", one(more).await)).await, Err(TooLarge));

    for framing in ["Content-Length: 1073741824", "Transfer-Encoding: chunked", "Connection: close"]
    {
        let written = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&written);
        let host = server(move |mut stream, _| {
            let counter = Arc::clone(&counter);
            async move {
                request(&mut stream).await;
                let head = format!("HTTP/1.1 200 OK\r\n{ACTIVITY}\r\n{framing}\r\n\r\n");
                stream.write_all(head.as_bytes()).await.unwrap();
                let chunk = format!("10000\r\n{}\r\n", " ".repeat(65536));
                while stream.write_all(chunk.as_bytes()).await.is_ok() {
                    counter.fetch_add(65536, Ordering::SeqCst);
                }
            }
        })
        .await;
        assert_eq!(get(&fetcher, &format!("http://{host}/")).await, Err(TooLarge), "{framing}");
        assert!(written.load(Ordering::SeqCst) < 20 * MIB, "{framing}");
    }
}

// FET-12
#[tokio::test]
async fn what_follows_a_body_is_not_part_of_it() {
    let fetcher = fetcher();
    let more = with_length(answer("200 OK", &[ACTIVITY], b"{}   and more"), "2");
    let document = get(&fetcher, &format!("http://{}/", one(more).await)).await.unwrap();
    assert_eq!(document.body.as_ref(), b"{}");
}

// FET-13
#[tokio::test]
async fn a_compressed_body_is_bounded_by_what_it_unpacks_to() {
    let fetcher = fetcher();
    let text: Vec<u8> = (0..20_000_u32).flat_map(|n| n.to_string().into_bytes()).collect();
    let honest = answer("200 OK", &[ACTIVITY, GZIP], &gzip(&text));
    assert_eq!(get(&fetcher, &format!("http://{}/", one(honest).await)).await.unwrap().body, text);

    let small = gzip(&vec![b' '; 60_000]);
    let large = gzip(&vec![b' '; 500_000]);
    let bomb = gzip(&vec![b' '; 16 * MIB]);
    let trailing = [gzip(b"{}"), gzip(b"{}")].concat();
    let cut: Vec<u8> = gzip(&text).into_iter().take(1000).collect();
    for (headers, body, wanted) in [
        (vec![GZIP], small.clone(), Ok(())),
        (vec!["Content-Encoding: X-GZIP"], small.clone(), Ok(())),
        (vec!["Content-Encoding: identity"], b"{}".to_vec(), Ok(())),
        (vec![GZIP], large, Err("fetch_too_large")),
        (vec![GZIP], bomb, Err("fetch_too_large")),
        (vec!["Content-Encoding: gzip, gzip"], gzip(&small), Err("fetch_refused")),
        (vec![GZIP, GZIP], gzip(&small), Err("fetch_refused")),
        (vec!["Content-Encoding: br"], b"abc".to_vec(), Err("fetch_refused")),
        (vec![GZIP], trailing, Err("fetch_other")),
        (vec![GZIP], cut, Err("fetch_other")),
        (vec![GZIP], b"{}".to_vec(), Err("fetch_other")),
    ] {
        let headers = [vec![ACTIVITY], headers].concat();
        let host = one(answer("200 OK", &headers, &body)).await;
        let read = get(&fetcher, &format!("http://{host}/")).await;
        assert_eq!(read.map(|_| ()).map_err(|error| error.code()), wanted, "{headers:?}");
    }
}

// FET-16
#[tokio::test]
async fn an_answer_with_huge_headers_is_refused() {
    let fetcher = fetcher();
    let many = "X-A: b\r\n".repeat(100_000);
    for headers in [
        format!("Set-Cookie: {}\r\n", "a".repeat(MIB)),
        format!("X-Pad: {}\r\n", "a".repeat(10 * MIB)),
        format!("X-Pad: {}\r\n", "a".repeat(65 * 1024)),
        format!("X-Pad: {}\r\n", "a".repeat(1024)).repeat(65),
        many,
    ] {
        let headers = format!("{ACTIVITY}\r\n{}", headers.trim_end());
        let host = one(answer("200 OK", &[&headers], b"{}")).await;
        assert_eq!(get(&fetcher, &format!("http://{host}/")).await, Err(TooLarge));
        let url = format!("http://{host}/").parse().unwrap();
        assert_eq!(fetcher.post(&url, vec![], Bytes::new()).await, Err(TooLarge));
    }
}

#[test]
fn a_document_must_say_that_it_is_one() {
    const PROFILE: &str = "profile=\"https://www.w3.org/ns/activitystreams\"";
    for (content_type, activity, json) in [
        ("application/activity+json", true, true),
        ("Application/Activity+JSON; charset=utf-8", true, true),
        (&format!("application/ld+json; {PROFILE}"), true, true),
        (&format!("application/ld+json;charset=utf-8;{PROFILE}"), true, true),
        (&format!("APPLICATION/LD+JSON ; {PROFILE} ; charset=UTF-8"), true, true),
        (&format!("application/ld+json; Pro{}", PROFILE.trim_start_matches("pro")), true, true),
        ("application/ld+json; profile=https://www.w3.org/ns/activitystreams", true, true),
        (
            "application/ld+json; profile=\"http://a.test/ https://www.w3.org/ns/activitystreams\"",
            true,
            true,
        ),
        ("application/ld+json", false, true),
        (
            "application/ld+json; profile=\"https://evil.test/;https://www.w3.org/ns/activitystreams\"",
            false,
            true,
        ),
        ("application/ld+json; x=\"; profile=https://www.w3.org/ns/activitystreams\"", false, true),
        ("application/json", false, true),
        ("application/jrd+json; charset=utf-8", false, true),
        (
            "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/2.0#\"",
            false,
            true,
        ),
        ("text/html; charset=utf-8", false, false),
        ("text/plain; application/activity+json", false, false),
        ("application/activity+json-seq", false, false),
        ("image/png", false, false),
        ("", false, false),
    ] {
        assert_eq!(is_activity(content_type), activity, "{content_type}");
        assert_eq!(is_json(content_type), json, "{content_type}");
    }
}

#[tokio::test]
async fn a_document_of_another_type_is_refused() {
    let fetcher = fetcher();
    let host = one(answer("200 OK", &["Content-Type: text/html"], b"{}")).await;
    let refused = Err(ContentType("text/html".to_owned()));
    assert_eq!(get(&fetcher, &format!("http://{host}/")).await, refused);
    let host = one(answer("200 OK", &[], b"{}")).await;
    assert_eq!(get(&fetcher, &format!("http://{host}/")).await, Err(ContentType(String::new())));
    let host = one(answer("206 Partial Content", &[ACTIVITY], b"{}")).await;
    assert_eq!(get(&fetcher, &format!("http://{host}/")).await, Err(Status(206)));
}

#[tokio::test]
async fn other_json_is_fetched_with_its_own_bound() {
    let jrd = "Content-Type: application/jrd+json; charset=utf-8";
    let (host, seen) = site(move |_| answer("200 OK", &[jrd], br#"{"subject":"acct:a@b"}"#)).await;
    let url = format!("http://{host}/.well-known/webfinger?resource=acct:a@b").parse().unwrap();
    let fetcher = fetcher();
    let document = fetcher.get_json(&url, "application/jrd+json", 100, None).await.unwrap();
    assert_eq!(document.url, url);
    assert!(seen.all().concat().contains("\r\naccept: application/jrd+json\r\n"));
    assert_eq!(fetcher.get_json(&url, "application/json", 9, None).await, Err(TooLarge));
    assert!(matches!(fetcher.get_document(&url, None, now(), None).await, Err(ContentType(_))));
}
