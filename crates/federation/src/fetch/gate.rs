//! How many requests run at once: few to one host, so that a slow one cannot hold up the others.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::FetchError;

/// From how many hosts on the idle ones are forgotten.
const MANY_HOSTS: usize = 512;

/// The door that every request goes through.
pub(super) struct Gate {
    all: Arc<Semaphore>,
    per_host: usize,
    hosts: Mutex<HashMap<String, Arc<Semaphore>>>,
}

/// The right to talk to one host, until it is dropped.
pub(super) struct Permit {
    _host: OwnedSemaphorePermit,
    _all: OwnedSemaphorePermit,
}

impl Gate {
    pub(super) fn new(per_host: usize, all: usize) -> Self {
        Self { all: Arc::new(Semaphore::new(all)), per_host, hosts: Mutex::default() }
    }

    /// Waits for a turn at `host`. Who waits there holds no turn that another host could use.
    pub(super) async fn enter(&self, host: &str) -> Result<Permit, FetchError> {
        let turns = self.turns(host);
        let host = turns.acquire_owned().await.map_err(closed)?;
        let all = Arc::clone(&self.all).acquire_owned().await.map_err(closed)?;
        Ok(Permit { _host: host, _all: all })
    }

    fn turns(&self, host: &str) -> Arc<Semaphore> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turns) = hosts.get(host) {
            return Arc::clone(turns);
        }
        if hosts.len() >= MANY_HOSTS {
            // Each permit and each waiter holds a reference, so one reference is an idle host.
            hosts.retain(|_, turns| Arc::strong_count(turns) > 1);
        }
        let turns = Arc::new(Semaphore::new(self.per_host));
        hosts.insert(host.to_owned(), Arc::clone(&turns));
        turns
    }
}

fn closed<E: std::error::Error>(error: E) -> FetchError {
    FetchError::Other(error.to_string())
}
