//! Where no request goes.

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use federation::fetch::FetchError::{Dns, Refused};
use federation::fetch::{
    FetchRules, Fetcher, GuardedResolver, ResolveError, forbidden_ip, forbidden_name,
};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Url;

use super::{now, rules};

/// A resolver that gives these answers, one after the other, and counts the questions.
struct Scripted(Mutex<VecDeque<Vec<&'static str>>>, AtomicUsize);

impl Scripted {
    fn new(answers: &[&[&'static str]]) -> Arc<Self> {
        let answers = answers.iter().map(|answer| answer.to_vec()).collect();
        Arc::new(Self(Mutex::new(answers), AtomicUsize::new(0)))
    }
}

impl Resolve for Scripted {
    fn resolve(&self, _: Name) -> Resolving {
        self.1.fetch_add(1, Ordering::SeqCst);
        let answer = self.0.lock().unwrap().pop_front();
        Box::pin(async move {
            let answer = answer.ok_or("no such name")?;
            let found: Vec<_> =
                answer.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 0)).collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

async fn resolved(inner: Arc<Scripted>, name: &str) -> Result<Vec<IpAddr>, ResolveError> {
    let answer = GuardedResolver::around(inner, false).resolve(name.parse().unwrap()).await;
    answer
        .map(|found| found.map(|address| address.ip()).collect())
        .map_err(|error| *error.downcast::<ResolveError>().unwrap())
}

const PRIVATE: ResolveError = ResolveError::Forbidden("private address");

/// FET-01 and FET-02, and the ends of the ranges that they stand for.
const NOT_PUBLIC: &str = "
    127.0.0.1 127.255.255.255 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1
    192.168.255.255 169.254.169.254 169.254.0.1 100.64.0.1 100.127.255.255 0.0.0.0 0.0.0.1
    0.255.255.255 192.0.0.8 192.0.0.1 192.0.0.255 192.0.2.1 192.88.99.1 198.18.0.1
    198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.254
    255.255.255.255 ::1 :: ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 ::8.8.8.8 64:ff9b::7f00:1
    64:ff9b::808:808 64:ff9b:1::1 2002:7f00:1:: 2002:808:808::1 2001::1 2001:1::1 2001:2::1
    2001:3::1 2001:4:112::1 2001:10:: 2001:10::1 2001:20:: 2001:20::1 2001:1ff:ffff::1
    2001:db8::1 2001:db8:ffff::1 3fff::1 3fff:fff::1 100::1 100:0:0:1::1 200::1 1fff:ffff::1
    4000::1 5f00::1 8000::1 fc00::1 fd12:3456::1 fe80::1 febf::1 fec0::1 feff::1 ff02::1 ff0e::1
    ffff:ffff::1 0:0:0:1::1
";

const PUBLIC: &str = "
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 128.0.0.1 169.253.255.255
    172.15.255.255 172.32.0.0 192.0.1.1 192.0.3.1 192.167.255.255 198.17.255.255 198.20.0.0
    223.255.255.255 2000::1 2001:200::1 2001:4860:4860::8888 2606:4700::1111 2a01:4f8::1
    3fff:1000::1
";

// FET-01, FET-02
#[tokio::test]
async fn a_name_of_a_private_address_has_no_address_for_us() {
    for ip in NOT_PUBLIC.split_whitespace() {
        assert!(forbidden_ip(ip.parse().unwrap(), false).is_some(), "{ip}");
        let answer = resolved(Scripted::new(&[&[ip]]), "evil.example").await;
        assert_eq!(answer, Err(PRIVATE), "{ip}");
    }
    for ip in PUBLIC.split_whitespace() {
        assert_eq!(forbidden_ip(ip.parse().unwrap(), false), None, "{ip}");
        let answer = resolved(Scripted::new(&[&[ip]]), "good.example").await;
        assert_eq!(answer, Ok(vec![ip.parse().unwrap()]), "{ip}");
    }
}

#[test]
fn development_opens_loopback_and_nothing_else() {
    for ip in NOT_PUBLIC.split_whitespace() {
        let ip: IpAddr = ip.parse().unwrap();
        assert_eq!(forbidden_ip(ip, true).is_none(), ip.is_loopback(), "{ip}");
    }
    for (name, development) in [("localhost", true), ("a.localhost", true), ("intranet", false)] {
        assert_eq!(forbidden_name(name, true).is_none(), development, "{name}");
        assert!(forbidden_name(name, false).is_some(), "{name}");
    }
}

// FET-03, FET-06, FET-09
#[tokio::test]
async fn an_address_that_is_no_public_server_is_refused_before_any_question() {
    let own = Some("ours.example".to_owned());
    let rules = FetchRules { own_authority: own, ..FetchRules::new("tequio-test") };
    let names = Scripted::new(&[]);
    let fetcher = Fetcher::with_resolver(rules, names.clone());
    for (url, reason) in [
        ("https://2130706433/", "private address"),
        ("https://0x7f.1/", "private address"),
        ("https://0177.0.0.1/", "private address"),
        ("https://127.1/", "private address"),
        ("https://%31%32%37.0.0.1/", "private address"),
        ("https://[::1]/", "private address"),
        ("https://[::ffff:127.0.0.1]/", "private address"),
        ("https://169.254.169.254/latest/meta-data", "private address"),
        ("https://1.1.1.1/", "literal address"),
        ("https://[2606:4700::1111]/", "literal address"),
        ("https://localhost/", "name without a domain"),
        ("https://LOCALHOST./", "name without a domain"),
        ("https://intranet/", "name without a domain"),
        ("https://foo.localhost/", "private name"),
        ("https://foo.localhost./", "private name"),
        ("https://metadata.google.internal/", "private name"),
        ("https://printer.local/", "private name"),
        ("https://router.home.arpa/", "private name"),
        ("https://abcdef.onion/", "private name"),
        ("https://abcdef.ONION./", "private name"),
        ("https://abcdef.i2p/", "private name"),
        ("https://ours.example/c/tools", "our own address"),
        ("https://OURS.example.:443/c/tools", "our own address"),
        ("http://peer.example/", "scheme"),
        ("http://peer.example:443/", "scheme"),
        ("https://peer.example:80/", "port"),
        ("https://peer.example:22/", "port"),
        ("https://peer.example:8443/", "port"),
        ("https://user:pw@peer.example/", "credentials in the address"),
        ("https://user@peer.example/", "credentials in the address"),
        ("file:///etc/passwd", "scheme"),
        ("data:application/json,{}", "scheme"),
        ("ftp://peer.example/", "scheme"),
        ("javascript:alert(1)", "scheme"),
    ] {
        let url: Url = url.parse().unwrap();
        let document = fetcher.get_document(&url, None, now(), None).await;
        assert_eq!(document, Err(Refused(reason)), "{url}");
        assert_eq!(fetcher.get_json(&url, "*/*", 9, None).await, Err(Refused(reason)), "{url}");
        assert_eq!(fetcher.post(&url, vec![], Bytes::new()).await, Err(Refused(reason)), "{url}");
    }
    assert_eq!(names.1.load(Ordering::SeqCst), 0);
    assert!(!Refused("port").is_transient());
}

// FET-04
#[tokio::test]
async fn a_name_that_changes_its_mind_is_caught_at_each_connection() {
    let names = Scripted::new(&[&["93.184.216.34"], &["127.0.0.1"]]);
    let public = resolved(names.clone(), "rebind.example").await;
    assert_eq!(public, Ok(vec!["93.184.216.34".parse().unwrap()]));
    assert_eq!(resolved(names, "rebind.example").await, Err(PRIVATE));

    let names = Scripted::new(&[&["127.0.0.1"], &["93.184.216.34"]]);
    let fetcher = Fetcher::with_resolver(FetchRules::new("tequio-test"), names.clone());
    let url = "https://rebind.example/".parse().unwrap();
    let answer = fetcher.get_document(&url, None, now(), None).await;
    assert_eq!(answer, Err(Refused("private address")));
    assert_eq!(names.1.load(Ordering::SeqCst), 1, "what was asked is what is used");
}

// FET-05
#[tokio::test]
async fn one_private_address_among_public_ones_spoils_the_answer() {
    for answer in [
        ["93.184.216.34", "10.0.0.1"],
        ["10.0.0.1", "93.184.216.34"],
        ["2606:4700::1111", "::1"],
        ["93.184.216.34", "::ffff:10.0.0.1"],
    ] {
        let names = Scripted::new(&[&answer]);
        assert_eq!(resolved(names, "mixed.example").await, Err(PRIVATE), "{answer:?}");
    }
}

#[tokio::test]
async fn a_name_without_an_address_is_told_from_a_refused_one() {
    let unknown = resolved(Scripted::new(&[]), "nowhere.example").await;
    assert_eq!(unknown, Err(ResolveError::Failed));
    let empty = resolved(Scripted::new(&[&[]]), "nowhere.example").await;
    assert_eq!(empty, Err(ResolveError::Failed));
    let private = resolved(Scripted::new(&[]), "printer.local").await;
    assert_eq!(private, Err(ResolveError::Forbidden("private name")));

    let fetcher = Fetcher::with_resolver(rules(), Scripted::new(&[]));
    let url = "http://nowhere.example/".parse().unwrap();
    let answer = fetcher.get_document(&url, None, now(), None).await;
    assert_eq!(answer, Err(Dns));
    assert!(Dns.is_transient());
}

#[tokio::test]
async fn the_system_resolver_is_guarded_too() {
    let resolver = GuardedResolver::new(true);
    let found: Vec<_> =
        resolver.resolve("localhost".parse().unwrap()).await.ok().unwrap().collect();
    assert!(found.iter().all(|address| address.ip().is_loopback()) && !found.is_empty());
    let refused = GuardedResolver::new(false).resolve("localhost".parse().unwrap()).await;
    assert!(refused.err().unwrap().is::<ResolveError>());
}
