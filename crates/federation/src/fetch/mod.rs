//! The one client that talks to other servers.
//!
//! Every request goes through [`Fetcher`], which bounds where it may go, how long it takes, how
//! much it reads, and how many run at once.
//! **Invariant**: no other HTTP client is made anywhere in this server.

mod address;
mod body;
mod client;
mod error;
mod gate;
mod media_type;
mod reply;
mod resolver;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::dns::Resolve;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use reqwest::{Method, Request, Response};
use url::Url;

pub use address::{forbidden_ip, forbidden_name};
pub use error::FetchError;
pub use media_type::{is_activity, is_json};
pub use reply::Reply;
pub use resolver::{GuardedResolver, ResolveError};

use crate::signature::{Sign, SigningKey, sign, sign_rfc9421};
use client::Client;
use gate::Gate;

/// What we ask for when we want an ActivityPub document (ActivityPub, section 3.2).
const ACTIVITY: &str = "application/activity+json, \
    application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";

/// How much of the answer to a delivery is read, and how long after its headers.
const REPLY_BYTES: usize = 64 * 1024;
const REPLY_TIME: Duration = Duration::from_secs(5);

/// How much of a webhook's answer is read, and how long it may take in all.
const WEBHOOK_BYTES: usize = 4 * 1024;
const WEBHOOK_TIME: Duration = Duration::from_secs(10);

/// The bounds of every request.
#[derive(Debug, Clone)]
pub struct FetchRules {
    /// Allows `http`, any port, and loopback addresses. Never set on the public internet.
    pub development: bool,
    /// What we call ourselves: software, version and our address.
    pub user_agent: String,
    /// Our own authority (`host`, or `host:port` where it is not 443): it is never asked.
    pub own_authority: Option<String>,
    /// The longest that one request takes, redirects and waiting for a turn included.
    pub timeout: Duration,
    /// The longest that name, TCP and TLS take together.
    pub connect_timeout: Duration,
    /// The most bytes of a document, both as sent and as unpacked.
    pub max_body: usize,
    /// How often we let ourselves be sent on.
    pub max_redirects: usize,
    /// How many requests run at once to one host.
    pub per_host: usize,
    /// How many requests run at once.
    pub global: usize,
}

impl FetchRules {
    /// The usual bounds: 30 s, 5 s to connect, 1 MiB, 3 redirects, 8 at once to one host, 512 in all.
    pub fn new(user_agent: impl Into<String>) -> Self {
        Self {
            development: false,
            user_agent: user_agent.into(),
            own_authority: None,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(5),
            max_body: 1024 * 1024,
            max_redirects: 3,
            per_host: 8,
            global: 512,
        }
    }
}

/// A document of another server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it was found in the end, without a fragment. Only its origin may have written it:
    /// compare the document's `id` with this, never with the address first asked for.
    pub url: Url,
    /// The document.
    pub body: Bytes,
}

/// The one HTTP client; cheap to clone.
#[derive(Clone)]
pub struct Fetcher {
    shared: Arc<Shared>,
}

struct Shared {
    rules: FetchRules,
    client: Client,
    gate: Gate,
}

/// What to ask for, and what to take for an answer.
struct Wanted<'a> {
    accept: &'a str,
    accepts: fn(&str) -> bool,
    max: usize,
    sign: Option<(&'a SigningKey, SystemTime)>,
}

impl Fetcher {
    /// A client that keeps to `rules`. Make one and clone it: it reads the system's certificates when it first needs
    /// them ([`Self::warm_up`]), which takes a good part of 100 ms.
    #[must_use]
    pub fn new(rules: FetchRules) -> Self {
        let resolver = GuardedResolver::new(rules.development);
        Self::guarded(rules, resolver)
    }

    /// A client that keeps to `rules` and asks `resolver` for addresses, which are checked as ever.
    #[must_use]
    pub fn with_resolver(rules: FetchRules, resolver: Arc<dyn Resolve>) -> Self {
        let resolver = GuardedResolver::around(resolver, rules.development);
        Self::guarded(rules, resolver)
    }

    /// Reads the system's certificates before anybody waits for them. What is wrong with them is told when they are used.
    pub async fn warm_up(&self) {
        drop(self.shared.client.kept().await);
    }

    /// The client underneath, for a library that wants one. It does not check addresses that are no names.
    pub(crate) async fn client(&self) -> Result<reqwest::Client, FetchError> {
        self.shared.client.kept().await.cloned()
    }

    fn guarded(rules: FetchRules, resolver: GuardedResolver) -> Self {
        let client = Client::new(&rules, resolver);
        let gate = Gate::new(rules.per_host, rules.global);
        Self { shared: Arc::new(Shared { rules, client, gate }) }
    }

    /// Fetches an ActivityPub document, signed with the key `sign` where there is one.
    ///
    /// Each redirect is checked as the first address was, and signed anew for its own host: no
    /// signature travels to another. A server that answers 401 is asked once more, with the newer kind
    /// of signature. Takes `deadline` at most, and never more than the rules say.
    pub async fn get_document(
        &self,
        url: &Url,
        sign: Option<&SigningKey>,
        now: SystemTime,
        deadline: Option<Duration>,
    ) -> Result<Document, FetchError> {
        let wanted = Wanted {
            accept: ACTIVITY,
            accepts: is_activity,
            max: self.shared.rules.max_body,
            sign: sign.map(|key| (key, now)),
        };
        self.within(deadline, self.get(url, &wanted)).await
    }

    /// Fetches other JSON, such as WebFinger's or NodeInfo's, of at most `max` bytes and never
    /// more than the rules say; without a signature, for these are public everywhere.
    pub async fn get_json(
        &self,
        url: &Url,
        accept: &str,
        max: usize,
        deadline: Option<Duration>,
    ) -> Result<Document, FetchError> {
        let max = max.min(self.shared.rules.max_body);
        let wanted = Wanted { accept, accepts: is_json, max, sign: None };
        self.within(deadline, self.get(url, &wanted)).await
    }

    /// Delivers `body` to an inbox with `headers`, those of [`sign`].
    ///
    /// Any status is an answer; no redirect is followed. Where a kept-alive connection closes
    /// before an answer begins the delivery is sent once more on a new one, so the peer may see it
    /// twice and knows it by its activity's id.
    pub async fn post(
        &self,
        url: &Url,
        headers: Vec<(&'static str, String)>,
        body: Bytes,
    ) -> Result<Reply, FetchError> {
        self.within(None, self.hand_over(url, headers, body, REPLY_BYTES)).await
    }

    /// Posts `body` to a webhook with `headers`, within ten seconds, and says the status of the answer, of
    /// which no more is kept. The rules on where we may go are those of all requests.
    pub async fn notify(
        &self,
        url: &Url,
        headers: Vec<(&'static str, String)>,
        body: Bytes,
    ) -> Result<u16, FetchError> {
        let sent = self.hand_over(url, headers, body, WEBHOOK_BYTES);
        Ok(self.within(Some(WEBHOOK_TIME), sent).await?.status)
    }

    async fn hand_over(
        &self,
        url: &Url,
        headers: Vec<(&'static str, String)>,
        body: Bytes,
        most: usize,
    ) -> Result<Reply, FetchError> {
        let url = self.permitted(url)?;
        let _turn = self.shared.gate.enter(&address::authority(&url)).await?;
        let mut request = Request::new(Method::POST, url);
        *request.body_mut() = Some(body.into());
        set_headers(&mut request, headers)?;
        let response = self.shared.client.send(request).await?;
        body::check_headers(response.headers())?;
        let status = response.status().as_u16();
        let retry_after = reply::retry_after(response.headers());
        // The status has settled the matter: a slow or broken body changes nothing about it.
        let text = body::read_start(response, most);
        let body = tokio::time::timeout(REPLY_TIME, text).await.unwrap_or_default();
        Ok(Reply { status, body, retry_after })
    }

    async fn get(&self, url: &Url, wanted: &Wanted<'_>) -> Result<Document, FetchError> {
        let mut url = self.permitted(url)?;
        let mut visited = Vec::new();
        let (mut way, mut may_ask_again): (Sign, _) = (sign, wanted.sign.is_some());
        loop {
            let turn = self.shared.gate.enter(&address::authority(&url)).await?;
            let mut response = self.ask(&url, wanted, way).await?;
            if may_ask_again && response.status() == 401 {
                (way, may_ask_again) = (sign_rfc9421, false);
                drop(response);
                response = self.ask(&url, wanted, way).await?;
            }
            let Some(next) = self.redirect(&url, &response)? else {
                return finish(url, response, wanted).await;
            };
            drop((response, turn));
            if next.origin() != url.origin() {
                // What one server refuses says nothing about another.
                (way, may_ask_again) = (sign, false);
            }
            visited.push(url);
            if visited.contains(&next) || visited.len() > self.shared.rules.max_redirects {
                return Err(FetchError::TooManyRedirects);
            }
            url = next;
        }
    }

    async fn ask(&self, url: &Url, wanted: &Wanted<'_>, way: Sign) -> Result<Response, FetchError> {
        let mut request = Request::new(Method::GET, url.clone());
        if let Some((key, now)) = wanted.sign {
            set_headers(&mut request, way(key, "GET", url, now, None, None)?)?;
        }
        let accept = HeaderValue::from_str(wanted.accept).map_err(bad_header)?;
        request.headers_mut().insert(ACCEPT, accept);
        request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        let response = self.shared.client.send(request).await?;
        body::check_headers(response.headers())?;
        Ok(response)
    }

    /// Where the answer of `url` sends us, if it does.
    fn redirect(&self, url: &Url, response: &Response) -> Result<Option<Url>, FetchError> {
        if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        let next = location.and_then(|location| url.join(location).ok());
        let next = self.permitted(&next.ok_or(FetchError::Refused("location"))?)?;
        if url.scheme() == "https" && next.scheme() != "https" {
            return Err(FetchError::Refused("downgrade to http"));
        }
        Ok(Some(next))
    }

    fn permitted(&self, url: &Url) -> Result<Url, FetchError> {
        let FetchRules { development, own_authority, .. } = &self.shared.rules;
        address::permitted(url, *development, own_authority.as_deref()).map_err(FetchError::Refused)
    }

    async fn within<T>(
        &self,
        deadline: Option<Duration>,
        work: impl Future<Output = Result<T, FetchError>>,
    ) -> Result<T, FetchError> {
        let longest = self.shared.rules.timeout;
        let limit = deadline.map_or(longest, |deadline| deadline.min(longest));
        tokio::time::timeout(limit, work).await.map_err(|_| FetchError::Timeout)?
    }
}

/// Takes the document out of an answer that is not a redirect.
async fn finish(url: Url, response: Response, wanted: &Wanted<'_>) -> Result<Document, FetchError> {
    if response.status() != 200 {
        return Err(FetchError::Status(response.status().as_u16()));
    }
    let content_type = response.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    let content_type = String::from_utf8_lossy(content_type.unwrap_or_default());
    if !(wanted.accepts)(&content_type) {
        return Err(FetchError::ContentType(content_type.chars().take(200).collect()));
    }
    let body = body::read(response, wanted.max).await?;
    Ok(Document { url, body })
}

/// Sets all but `Host`, which the client writes itself in the way of the HTTP version spoken, and
/// with the same value.
fn set_headers(
    request: &mut Request,
    headers: Vec<(&'static str, String)>,
) -> Result<(), FetchError> {
    for (name, value) in headers.into_iter().filter(|(name, _)| *name != "host") {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(bad_header)?;
        request.headers_mut().insert(name, HeaderValue::from_str(&value).map_err(bad_header)?);
    }
    Ok(())
}

fn bad_header<E: std::error::Error>(error: E) -> FetchError {
    FetchError::Other(error.to_string())
}
