//! The HTTP client underneath, set up so that it does nothing on its own.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Request, Response, tls};
use tokio::sync::OnceCell;

use super::error::is_stale;
use super::{FetchError, FetchRules, GuardedResolver};

/// How long an idle connection is kept: shorter than the usual servers keep theirs.
const IDLE: Duration = Duration::from_secs(15);

/// The most headers an answer may have, and their most bytes over HTTP/2.
const MOST_HEADERS: usize = 128;
const MOST_HEADER_BYTES: u32 = 64 * 1024;

/// Two HTTP clients: one keeps connections, the other makes a new one each time. Each is made when it is first needed,
/// for reading the system's certificates takes longer than all else that a start does.
pub(super) struct Client {
    rules: FetchRules,
    resolver: Arc<GuardedResolver>,
    kept: OnceCell<reqwest::Client>,
    fresh: OnceCell<reqwest::Client>,
}

impl Client {
    pub(super) fn new(rules: &FetchRules, resolver: GuardedResolver) -> Self {
        let (kept, fresh) = (OnceCell::new(), OnceCell::new());
        Self { rules: rules.clone(), resolver: Arc::new(resolver), kept, fresh }
    }

    /// Sends a request, and once more where a kept connection turned out to be dead.
    pub(super) async fn send(&self, request: Request) -> Result<Response, FetchError> {
        let again = request.try_clone();
        match (self.kept().await?.execute(request).await, again) {
            (Err(error), Some(again)) if is_stale(&error) => {
                let fresh = self.fresh.get_or_try_init(|| self.make(0)).await?;
                Ok(fresh.execute(again).await?)
            }
            (outcome, _) => Ok(outcome?),
        }
    }

    /// The one that keeps connections.
    pub(super) async fn kept(&self) -> Result<&reqwest::Client, FetchError> {
        self.kept.get_or_try_init(|| self.make(self.rules.per_host)).await
    }

    async fn make(&self, idle: usize) -> Result<reqwest::Client, FetchError> {
        let (rules, resolver) = (self.rules.clone(), Arc::clone(&self.resolver));
        let made = tokio::task::spawn_blocking(move || build(&rules, &resolver, idle)).await;
        made.unwrap_or_else(|error| Err(FetchError::Other(error.to_string())))
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
