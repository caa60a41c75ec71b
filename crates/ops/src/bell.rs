//! Wakes the workers after a commit. A lost ring costs a second, never a delivery: workers also look by
//! themselves.

use std::sync::Arc;

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
    /// Something has happened, and those who watch may see it.
    pub watchers: Arc<Notify>,
}

impl Bell {
    /// After an operation: it may have left events and jobs.
    pub fn ring(&self) {
        self.events.notify_one();
        self.jobs.notify_one();
        self.watchers.notify_waiters();
    }
}
