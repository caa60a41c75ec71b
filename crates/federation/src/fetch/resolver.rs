//! Names to addresses, checked at the moment of connecting.

use std::net::SocketAddr;
use std::sync::Arc;

use activitypub_federation::error::Error as LibraryError;
use activitypub_federation::resolver::ValidatingDnsResolver;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;

use super::address::{forbidden_ip, forbidden_name};

/// Why a name has no address for us; carried through the HTTP client inside its own error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ResolveError {
    /// The name, or one of its addresses, is not one that we talk to.
    #[error("refused by our rules: {0}")]
    Forbidden(&'static str),
    /// There is no answer.
    #[error("the name does not resolve")]
    Failed,
}

/// The resolver of the one HTTP client: every address that it hands over may be connected to.
///
/// The client connects to what it is handed and asks again for each new connection, so a name
/// cannot change its mind between check and use; and one forbidden address among an answer's
/// spoils all of it. Around the resolver of `activitypub_federation`, whose list is shorter and
/// can be switched off from the environment.
pub struct GuardedResolver {
    inner: Arc<dyn Resolve>,
    development: bool,
}

impl GuardedResolver {
    /// Asks the system's resolver. In `development` loopback addresses pass.
    pub fn new(development: bool) -> Self {
        Self::around(Arc::new(ValidatingDnsResolver::new(Vec::new(), !development)), development)
    }

    /// Asks `inner` instead.
    pub fn around(inner: Arc<dyn Resolve>, development: bool) -> Self {
        Self { inner, development }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let development = self.development;
        if let Some(reason) = forbidden_name(name.as_str(), development) {
            return Box::pin(async move { Err(ResolveError::Forbidden(reason).into()) });
        }
        let answer = self.inner.resolve(name);
        Box::pin(async move {
            let found: Vec<SocketAddr> = match answer.await {
                Ok(found) => found.collect(),
                Err(error) => return Err(understood(error.as_ref()).into()),
            };
            if found.is_empty() {
                return Err(ResolveError::Failed.into());
            }
            match found.iter().find_map(|address| forbidden_ip(address.ip(), development)) {
                Some(reason) => Err(ResolveError::Forbidden(reason).into()),
                None => Ok(Box::new(found.into_iter()) as Addrs),
            }
        })
    }
}

fn understood(error: &(dyn std::error::Error + Send + Sync + 'static)) -> ResolveError {
    match error.downcast_ref::<LibraryError>() {
        Some(LibraryError::ResolveInternalIpError(..)) => {
            ResolveError::Forbidden("private address")
        }
        _ => ResolveError::Failed,
    }
}
