//! The server as others see it, through its public address.

use chrono::DateTime;
use domain::Time;
use openssl::{
    hash::MessageDigest,
    pkey::PKey,
    sign::{Signer, Verifier},
};
use ops::{Clock as _, SystemClock};
use serde_json::Value;
use url::Url;

use super::{
    Finding,
    web::{Answer, Trouble, get, post_nothing},
};

const DOCUMENT: &str = "application/activity+json";
/// More than this, in seconds, and signatures begin to be refused.
const MOST_OFF: i64 = 300;

/// Asks the public address, and a few others for the time.
pub(super) fn look(base: &Url, key: Option<&str>, others: &[String]) -> Vec<Finding> {
    let at = |path: &str| base.join(path).unwrap_or_else(|_| base.clone());
    let first = match get(&at("health"), "application/json") {
        Ok(answer) => answer,
        Err(trouble) => return vec![unreachable(base, trouble)],
    };
    let mut found = vec![reached(base, &first)];
    found.extend(certificate(&first));
    found.extend(clock(&first, others));
    if first.status != 200 {
        return found;
    }
    let host = base.host_str().unwrap_or_default();
    let own = base.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    found.extend(post_nothing(&at("inbox")).ok().map(|answer| inbox(&answer)));
    found.push(webfinger(&at(&format!(".well-known/webfinger?resource=acct:{own}@{own}")), base));
    match get(base, DOCUMENT) {
        Ok(answer) => found.extend(actor(base, &answer, key)),
        Err(trouble) => found.push(unreachable(base, trouble)),
    }
    found
}

fn unreachable(base: &Url, trouble: Trouble) -> Finding {
    let host = base.host_str().unwrap_or_default();
    match trouble {
        Trouble::Name(why) => Finding::bad(
            "dns",
            format!("{host} cannot be looked up: {why}"),
            "make an A or AAAA record for it, or correct instance.url while nothing was published yet",
        ),
        Trouble::Connect(why) => Finding::bad(
            "address",
            format!("nobody answers at {base}: {why}"),
            "start the proxy, open its port in the firewall, and see that the record names this machine \
             (some routers do not lead back to themselves: try from elsewhere too)",
        ),
        Trouble::Tls(why) => Finding::bad(
            "tls",
            format!("https to {host} fails: {why}"),
            "renew the certificate, and serve the whole chain; other servers refuse what this machine refuses",
        ),
        Trouble::Answer(why) => Finding::bad(
            "address",
            format!("the answer at {base} broke off: {why}"),
            "see the log of the proxy",
        ),
    }
}

fn reached(base: &Url, answer: &Answer) -> Finding {
    let ours = answer.body.contains("\"secure\"");
    match answer.status {
        200 if ours => Finding::good("address", format!("{base} leads here")),
        503 if ours => Finding::bad(
            "address",
            format!("{base} leads here, and the database does not answer"),
            "see the log of the server",
        ),
        502..=504 => Finding::bad(
            "proxy",
            format!("the proxy answers {}: it does not reach the server", answer.status),
            "start `tequio serve`, and let the proxy lead to http.bind",
        ),
        301 | 302 | 307 | 308 => Finding::bad(
            "proxy",
            format!("{base} leads on to {}", answer.header("location").unwrap_or("nowhere")),
            "serve instance.url itself: deliveries are not redirected",
        ),
        status => Finding::bad(
            "address",
            format!("something else answers at {base}: status {status}"),
            "let the proxy lead all of the host to http.bind",
        ),
    }
}

/// What holds no activity is refused as such, unless the Host header is not the one that it was sent with.
fn inbox(answer: &Answer) -> Finding {
    match answer.status {
        415 => Finding::good("proxy", "what other servers send arrives as they sent it"),
        421 => Finding::bad(
            "proxy",
            "the proxy does not pass the Host header on: all that other servers send is answered 421",
            "nginx: proxy_set_header Host $host; Caddy and Traefik do it by themselves",
        ),
        404 | 405 => Finding::poor(
            "proxy",
            format!("nothing can be sent to /inbox: status {}", answer.status),
            "where federation.enabled is true, let the proxy pass POST requests on",
        ),
        status => Finding::bad(
            "proxy",
            format!("what is sent to /inbox is answered {status} by something in between"),
            "let the proxy pass POST requests to /inbox on, without a challenge and a login",
        ),
    }
}

fn certificate(answer: &Answer) -> Option<Finding> {
    let days = answer.certificate_days?;
    let what = format!("the certificate holds for {days} days");
    let todo = "see that it is renewed by itself";
    Some(if days < 7 { Finding::poor("tls", what, todo) } else { Finding::good("tls", what) })
}

/// How many seconds an answer is ahead of us.
fn ahead(answer: &Answer, now: Time) -> Option<i64> {
    let date = DateTime::parse_from_rfc2822(answer.header("date")?).ok()?;
    Some(date.timestamp() - now.seconds())
}

fn clock(own: &Answer, others: &[String]) -> Option<Finding> {
    let asked = others.iter().filter_map(|host| {
        let url = Url::parse(&format!("https://{host}/.well-known/nodeinfo")).ok()?;
        let answer = get(&url, "application/json").ok()?;
        ahead(&answer, SystemClock.now())
    });
    let mut off: Vec<i64> = asked.collect();
    let whose = if off.is_empty() {
        off.extend(ahead(own, SystemClock.now()));
        "the public address".to_owned()
    } else {
        format!("{} other servers", off.len())
    };
    off.sort_unstable();
    let middle = *off.get(off.len() / 2)?;
    let what = format!("the clock is {middle} s behind {whose} (less than 0: ahead)");
    Some(if MOST_OFF < middle.abs() {
        let todo = "set the clock, with NTP: others refuse signatures that come from another time";
        Finding::bad("clock", what, todo)
    } else {
        Finding::good("clock", what)
    })
}

fn webfinger(url: &Url, base: &Url) -> Finding {
    let todo =
        "let the proxy lead /.well-known/ here too; nobody is found from elsewhere without it";
    match get(url, "application/jrd+json") {
        Ok(answer) if answer.status == 200 && answer.body.contains(base.as_str()) => {
            Finding::good("webfinger", "the server is found by its name")
        }
        Ok(answer) => Finding::bad("webfinger", format!("{url} answers {}", answer.status), todo),
        Err(_) => Finding::bad("webfinger", format!("{url} does not answer"), todo),
    }
}

fn actor(base: &Url, answer: &Answer, key: Option<&str>) -> Vec<Finding> {
    let document: Option<Value> = serde_json::from_str(&answer.body).ok();
    let Some(document) = document.filter(|it| it["id"] == base.as_str()) else {
        let kind = answer.header("content-type").unwrap_or("nothing");
        return vec![Finding::bad(
            "actor",
            format!("servers that ask for the actor at {base} get {} as {kind}", answer.status),
            "the proxy must not cache answers, and must pass the Accept header on",
        )];
    };
    let mut found = vec![Finding::good("actor", "the actor of the server is read as it is")];
    if let Ok(page) = get(base, "text/html")
        && page.header("content-type").is_some_and(|kind| kind.contains("json"))
    {
        found.push(Finding::bad(
            "cache",
            "the proxy gives people what was meant for servers",
            "turn its cache off, or let it heed `Vary: Accept`",
        ));
    }
    let public =
        document.pointer("/publicKey/publicKeyPem").and_then(Value::as_str).unwrap_or_default();
    found.push(match key.map(|private| fits(private, public)) {
        Some(Some(true)) => Finding::good("signature", "what is signed here holds against the public key"),
        Some(_) => Finding::bad(
            "signature",
            "what is signed here does not hold against the key that others see",
            "the database and the server at the public address are not the same one; else: tequio admin rotate-key",
        ),
        None => Finding::bad(
            "signature",
            "the instance has no private key",
            "tequio admin rotate-key",
        ),
    });
    found
}

/// Does what one key signs hold against the other?
fn fits(private: &str, public: &str) -> Option<bool> {
    const WORDS: &[u8] = b"(request-target): get /";
    let private = PKey::private_key_from_pem(private.as_bytes()).ok()?;
    let public = PKey::public_key_from_pem(public.as_bytes()).ok()?;
    let mut signer = Signer::new(MessageDigest::sha256(), &private).ok()?;
    let signature = signer.sign_oneshot_to_vec(WORDS).ok()?;
    let mut verifier = Verifier::new(MessageDigest::sha256(), &public).ok()?;
    verifier.verify_oneshot(&signature, WORDS).ok()
}
