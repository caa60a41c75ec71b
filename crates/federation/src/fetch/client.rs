//! The HTTP client underneath, set up so that it does nothing on its own.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, Request, Response, tls};

use super::error::is_stale;
use super::{FetchError, FetchRules, GuardedResolver};

/// How long an idle connection is kept: shorter than the usual servers keep theirs.
const IDLE: Duration = Duration::from_secs(15);

/// The most headers an answer may have, and their most bytes over HTTP/2.
const MOST_HEADERS: usize = 128;
const MOST_HEADER_BYTES: u32 = 64 * 1024;

/// Two HTTP clients: one keeps connections, the other makes a new one each time.
pub(super) struct Client {
    kept: reqwest::Client,
    fresh: reqwest::Client,
}

impl Client {
    pub(super) fn new(
        rules: &FetchRules,
        resolver: Arc<GuardedResolver>,
    ) -> Result<Self, FetchError> {
        let kept = builder(rules, Arc::clone(&resolver)).pool_max_idle_per_host(rules.per_host);
        let fresh = builder(rules, resolver).pool_max_idle_per_host(0);
        Ok(Self { kept: kept.build()?, fresh: fresh.build()? })
    }

    /// Sends a request, and once more where a kept connection turned out to be dead.
    pub(super) async fn send(&self, request: Request) -> Result<Response, FetchError> {
        let again = request.try_clone();
        match (self.kept.execute(request).await, again) {
            (Err(error), Some(again)) if is_stale(&error) => Ok(self.fresh.execute(again).await?),
            (outcome, _) => Ok(outcome?),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one client that all others are not")]
fn builder(rules: &FetchRules, resolver: Arc<GuardedResolver>) -> ClientBuilder {
    reqwest::Client::builder()
        .user_agent(&rules.user_agent)
        .dns_resolver(resolver)
        .no_proxy()
        .redirect(Policy::none())
        .referer(false)
        .no_gzip()
        .https_only(!rules.development)
        .tls_version_min(tls::Version::TLS_1_2)
        .connect_timeout(rules.connect_timeout)
        .pool_idle_timeout(IDLE)
        .http1_max_headers(MOST_HEADERS)
        .http2_max_header_list_size(MOST_HEADER_BYTES)
}
