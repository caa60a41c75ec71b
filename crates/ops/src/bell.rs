//! Wakes the workers after a commit, and counts what changed. A lost ring costs a second, never a delivery: workers also look by
//! themselves.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tokio::sync::Notify;

/// One bell for each kind of worker.
#[derive(Clone, Debug, Default)]
pub struct Bell {
    /// Something was received.
    pub inbox: Arc<Notify>,
    /// Something has happened and must be told.
    pub events: Arc<Notify>,
    /// Something is to be sent.
    pub deliveries: Arc<Notify>,
    /// Something is to be done.
    pub jobs: Arc<Notify>,
    changes: Arc<AtomicU64>,
    meetings: Arc<AtomicU64>,
}

impl Bell {
    /// After an operation: it may have left events and jobs.
    pub fn ring(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.events.notify_one();
        self.jobs.notify_one();
    }

    /// After an operation that says what another server is.
    pub(crate) fn met(&self) {
        self.meetings.fetch_add(1, Ordering::SeqCst);
    }

    /// How many operations this process has performed. What was read before one of them may be old after it.
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    /// How often it learned what another server is.
    pub fn meetings(&self) -> u64 {
        self.meetings.load(Ordering::SeqCst)
    }
}
