//! How often somebody may try a password.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use domain::Time;

/// The one of this process: all of a server's threads count together.
pub(crate) static LOGINS: LazyLock<Throttle> = LazyLock::new(Throttle::default);

const TRIES: u32 = 25;
const WINDOW_SECONDS: i64 = 300;
/// Beyond this the oldest half is forgotten, so that nobody fills the memory with invented names.
const MOST: usize = 10_000;

/// Counts tries by name and by where they come from.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<HashMap<(String, String), Tries>>);

#[derive(Clone, Copy, Debug)]
struct Tries {
    since: Time,
    number: u32,
}

impl Throttle {
    /// Counts one more try; is it one too many?
    pub(crate) fn is_too_much(&self, name: &str, from: &str, now: Time) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if MOST <= known.len() {
            forget(&mut known, now);
        }
        let key = (name.trim().to_lowercase(), from.to_owned());
        let fresh = Tries { since: now, number: 0 };
        let tries = known.entry(key).or_insert(fresh);
        if tries.since.plus_seconds(WINDOW_SECONDS) <= now {
            *tries = fresh;
        }
        tries.number = tries.number.saturating_add(1);
        TRIES < tries.number
    }
}

/// Forgets what is over, and the older half where that is not enough.
fn forget(known: &mut HashMap<(String, String), Tries>, now: Time) {
    known.retain(|_, tries| now < tries.since.plus_seconds(WINDOW_SECONDS));
    if known.len() < MOST {
        return;
    }
    let mut ages: Vec<Time> = known.values().map(|tries| tries.since).collect();
    ages.sort_unstable();
    if let Some(middle) = ages.get(ages.len() / 2).copied() {
        known.retain(|_, tries| middle < tries.since);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twenty_sixth_try_within_five_minutes_waits() {
        let throttle = Throttle::default();
        let now = Time::from_micros(0);
        for _ in 0..25 {
            assert!(!throttle.is_too_much("Ada", "192.0.2.1", now));
        }
        assert!(throttle.is_too_much("ada ", "192.0.2.1", now.plus_seconds(299)));
        assert!(!throttle.is_too_much("ada", "192.0.2.2", now));
        assert!(!throttle.is_too_much("ada", "192.0.2.1", now.plus_seconds(300)));
    }

    #[test]
    fn invented_names_do_not_fill_the_memory() {
        let throttle = Throttle::default();
        for number in 0..25_000 {
            throttle.is_too_much(&number.to_string(), "192.0.2.1", Time::from_micros(number));
        }
        assert!(throttle.0.lock().unwrap().len() <= MOST);
    }
}
