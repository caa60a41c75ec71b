//! The internet of a test: names that lead to servers of this process.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use federation::fetch::ResolveError;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Who listens under which name; a name that nobody has does not resolve.
#[derive(Clone, Default)]
pub(crate) struct Net(Arc<Mutex<HashMap<String, SocketAddr>>>);

impl Net {
    /// Lets a name lead to an address, whose port is taken where a URL names none.
    pub(crate) fn name(&self, name: &str, address: SocketAddr) {
        self.0.lock().unwrap().insert(name.to_owned(), address);
    }

    /// Lets a name lead nowhere.
    pub(crate) fn forget(&self, name: &str) -> Option<SocketAddr> {
        self.0.lock().unwrap().remove(name)
    }
}

/// Asking for this name panics, as a mistake of ours could.
pub(crate) const POISON: &str = "poison.example";

impl Resolve for Net {
    fn resolve(&self, name: Name) -> Resolving {
        assert_ne!(name.as_str(), POISON, "a mistake of ours");
        let found = self.0.lock().unwrap().get(name.as_str()).copied();
        Box::pin(async move {
            match found {
                Some(address) => Ok(Box::new(std::iter::once(address)) as Addrs),
                None => Err(ResolveError::Failed.into()),
            }
        })
    }
}
