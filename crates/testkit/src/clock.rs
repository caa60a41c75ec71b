//! A clock that stands still until it is told to go on.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::Time;
use ops::Clock;

/// Begins at 2026-03-01T10:00:00Z. Reading it does not move it, so a test knows every time that is stored.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(Time::parse("start", "2026-03-01T10:00:00Z").unwrap().micros()))
    }

    /// Lets seconds pass.
    pub fn advance(&self, seconds: i64) {
        self.set(self.now().plus_seconds(seconds));
    }

    /// Goes to a moment, forward or back.
    pub fn set(&self, moment: Time) {
        self.0.store(moment.micros(), Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Time {
        Time::from_micros(self.0.load(Ordering::SeqCst))
    }
}
