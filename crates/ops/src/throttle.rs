//! How often somebody may try: counted in this process, which is enough to make guessing hopeless.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{LazyLock, Mutex, PoisonError},
};

use domain::Time;

/// Passwords tried from one place: 25 in five minutes.
pub static LOGINS_FROM: LazyLock<Throttle> = LazyLock::new(|| Throttle::new(25, 300));
/// Passwords tried for one account, from wherever: 25 in an hour.
pub static LOGINS_TO: LazyLock<Throttle> = LazyLock::new(|| Throttle::new(25, 3_600));
/// Accounts asked for from one place: 10 in an hour.
pub static SIGN_UPS_FROM: LazyLock<Throttle> = LazyLock::new(|| Throttle::new(10, 3_600));
/// Letters asked for from one place: 20 in an hour, to whatever addresses.
pub static LETTERS_FROM: LazyLock<Throttle> = LazyLock::new(|| Throttle::new(20, 3_600));
/// Links and invitations tried from one place: 50 in an hour.
pub static LINKS_FROM: LazyLock<Throttle> = LazyLock::new(|| Throttle::new(50, 3_600));
/// Handles asked about at other servers from one place: 30 in ten minutes.
pub static HANDLES_FROM: LazyLock<Throttle> = LazyLock::new(|| Throttle::new(30, 600));

/// Beyond this the oldest half is forgotten, so that nobody fills the memory with invented names.
const MOST: usize = 10_000;

/// Counts tries by a name: of an account, or of the place they come from.
#[derive(Debug)]
pub struct Throttle {
    tries: u32,
    window: i64,
    known: Mutex<HashMap<String, Tries>>,
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    since: Time,
    number: u32,
}

impl Throttle {
    /// So many tries in so many seconds.
    pub fn new(tries: u32, window: i64) -> Self {
        Self { tries, window, known: Mutex::default() }
    }

    /// After how many seconds another try is worth it at the latest.
    pub fn wait(&self) -> i64 {
        self.window
    }

    /// Counts one more try; is it one too many? Nothing is counted under no name.
    pub fn is_too_much(&self, name: &str, now: Time) -> bool {
        if name.is_empty() {
            return false;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if MOST <= known.len() {
            self.forget(&mut known, now);
        }
        let fresh = Tries { since: now, number: 0 };
        let tries = known.entry(name.to_owned()).or_insert(fresh);
        if tries.since.plus_seconds(self.window) <= now {
            *tries = fresh;
        }
        tries.number = tries.number.saturating_add(1);
        self.tries < tries.number
    }

    /// Forgets what is over, and the older half where that is not enough.
    fn forget(&self, known: &mut HashMap<String, Tries>, now: Time) {
        known.retain(|_, tries| now < tries.since.plus_seconds(self.window));
        if known.len() < MOST {
            return;
        }
        let mut ages: Vec<Time> = known.values().map(|tries| tries.since).collect();
        ages.sort_unstable();
        if let Some(middle) = ages.get(ages.len() / 2).copied() {
            known.retain(|_, tries| middle < tries.since);
        }
    }
}

/// The place a request comes from: its address, or of IPv6 the network that one customer is given.
pub fn place(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twenty_sixth_try_within_five_minutes_waits() {
        let throttle = Throttle::new(25, 300);
        let now = Time::from_micros(0);
        for _ in 0..25 {
            assert!(!throttle.is_too_much("192.0.2.1", now));
        }
        assert!(throttle.is_too_much("192.0.2.1", now.plus_seconds(299)));
        assert!(!throttle.is_too_much("192.0.2.2", now));
        assert!(!throttle.is_too_much("192.0.2.1", now.plus_seconds(300)));
        assert!((0..100).all(|_| !throttle.is_too_much("", now)), "nobody is somebody");
    }

    #[test]
    fn invented_names_do_not_fill_the_memory() {
        let throttle = Throttle::new(25, 300);
        for number in 0..25_000 {
            throttle.is_too_much(&number.to_string(), Time::from_micros(number));
        }
        assert!(throttle.known.lock().unwrap().len() <= MOST);
    }

    #[test]
    fn a_network_of_one_customer_is_one_place() {
        for (address, want) in [
            ("192.0.2.1", "192.0.2.1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ] {
            assert_eq!(place(address.parse().unwrap()), want);
        }
    }
}
