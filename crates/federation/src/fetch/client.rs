//! The HTTP client underneath, set up so that it does nothing on its own.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Request, Response, tls};

use super::error::is_stale;
use super::{FetchError, FetchRules, GuardedResolver};

/// How long an idle connection is kept: shorter than the usual servers keep theirs.
const IDLE: Duration = Duration::from_secs(15);

/// The most headers an answer may have, and their most bytes over HTTP/2.
const MOST_HEADERS: usize = 128;
const MOST_HEADER_BYTES: u32 = 64 * 1024;

/// Two HTTP clients: one keeps connections, the other makes a new one each time.
pub(super) struct Client {
    rules: FetchRules,
    resolver: Arc<GuardedResolver>,
    kept: reqwest::Client,
    /// Made when it is first needed, for reading the system's certificates takes a while.
    fresh: OnceLock<reqwest::Client>,
}

impl Client {
    pub(super) fn new(rules: &FetchRules, resolver: GuardedResolver) -> Result<Self, FetchError> {
        let resolver = Arc::new(resolver);
        let kept = build(rules, &resolver, rules.per_host)?;
        Ok(Self { rules: rules.clone(), resolver, kept, fresh: OnceLock::new() })
    }

    /// Sends a request, and once more where a kept connection turned out to be dead.
    pub(super) async fn send(&self, request: Request) -> Result<Response, FetchError> {
        let again = request.try_clone();
        match (self.kept.execute(request).await, again) {
            (Err(error), Some(again)) if is_stale(&error) => {
                Ok(self.fresh()?.execute(again).await?)
            }
            (outcome, _) => Ok(outcome?),
        }
    }

    fn fresh(&self) -> Result<&reqwest::Client, FetchError> {
        if let Some(fresh) = self.fresh.get() {
            return Ok(fresh);
        }
        let fresh = build(&self.rules, &self.resolver, 0)?;
        Ok(self.fresh.get_or_init(|| fresh))
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one client that all others are not")]
fn build(
    rules: &FetchRules,
    resolver: &Arc<GuardedResolver>,
    idle: usize,
) -> Result<reqwest::Client, FetchError> {
    let builder = reqwest::Client::builder()
        .user_agent(&rules.user_agent)
        .dns_resolver(Arc::clone(resolver))
        .no_proxy()
        .redirect(Policy::none())
        .referer(false)
        .no_gzip()
        .https_only(!rules.development)
        .tls_version_min(tls::Version::TLS_1_2)
        .connect_timeout(rules.connect_timeout)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(idle)
        .http1_max_headers(MOST_HEADERS)
        .http2_max_header_list_size(MOST_HEADER_BYTES);
    Ok(builder.build()?)
}
