//! How fast one server may speak: whoever says more than we can hear is asked to slow down, and nobody else.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::Time;
use moka::sync::Cache;

/// How many activities of one server are taken at once, as after an outage.
const AT_ONCE: i64 = 1_000;
/// How many are taken in each second from then on.
const EACH_SECOND: i64 = 20;
/// How many servers are remembered; who is forgotten may speak at once again.
const MOST_HOSTS: u64 = 10_000;

const MICROS: i64 = 1_000_000;

/// The pace of each server, by its host. Only what is signed by one of its actors counts: nobody can use up
/// what is another's.
#[derive(Clone)]
pub struct Pace(Cache<String, Arc<Mutex<Bucket>>>);

/// What is left of what a server may say.
#[derive(Debug)]
struct Bucket {
    left: i64,
    /// Up to when it was refilled.
    filled: i64,
}

impl Pace {
    /// Nobody has said anything yet.
    pub fn new() -> Self {
        let idle = Duration::from_mins(10);
        Self(Cache::builder().max_capacity(MOST_HOSTS).time_to_idle(idle).build())
    }

    /// Counts one activity of a server, unless that is one too many.
    pub fn admits(&self, host: &str, now: Time) -> bool {
        let now = now.micros();
        let fresh = || Arc::new(Mutex::new(Bucket { left: AT_ONCE, filled: now }));
        let bucket = self.0.get_with_by_ref(host, fresh);
        let mut bucket = bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let more = now.saturating_sub(bucket.filled).max(0).saturating_mul(EACH_SECOND) / MICROS;
        if 0 < more {
            bucket.left = bucket.left.saturating_add(more).min(AT_ONCE);
            bucket.filled = now;
        }
        let admitted = 0 < bucket.left;
        bucket.left -= i64::from(admitted);
        admitted
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_has_a_store_that_is_refilled() {
        let (pace, start) = (Pace::new(), Time::from_micros(MICROS));
        let taken = |host: &str, seconds: i64| {
            (0..5_000).filter(|_| pace.admits(host, start.plus_seconds(seconds))).count()
        };
        assert_eq!(taken("b.example", 0), 1_000);
        assert_eq!(taken("b.example", 0), 0);
        assert_eq!(taken("c.example", 0), 1_000, "another has its own");
        assert_eq!(taken("b.example", 3), 60);
        assert_eq!(taken("b.example", -9), 0, "a clock that goes back gives nothing");
        assert_eq!(taken("b.example", 4), 20);
        assert_eq!(taken("b.example", 9_999), 1_000, "and no more than at first");
    }

    #[test]
    fn of_twelve_thousand_servers_not_all_are_remembered() {
        let pace = Pace::new();
        for number in 0..12_000 {
            assert!(pace.admits(&format!("a{number}.example"), Time::from_micros(0)), "PAR-18");
        }
        pace.0.run_pending_tasks();
        assert!(pace.0.entry_count() <= MOST_HOSTS, "PAR-18");
    }
}
