//! Posts of others that call a collective: its stewards look at them before anybody else is told.

use crate::{Time, words::words};

words! {
    /// What became of a post that calls a collective.
    MentionState, "state", {
        /// No steward has looked at it.
        New = "new",
        /// Passed on to those who follow the collective.
        Boosted = "boosted",
        Dismissed = "dismissed",
        /// Kept apart: too many came from servers that nobody knows.
        Held = "held",
    }
}

words! {
    /// How such a post came in.
    Arrival, "arrival", {
        /// From a server that is known here.
        Known = "known",
        /// From one that is not, and let through.
        First = "first",
        /// From one that is not, after too many of those.
        Held = "held",
    }
}

/// So many posts of servers that nobody knows reach a queue within an hour; the rest is kept apart.
pub const MOST_FIRST: i64 = 5;
/// So long a server is new, in seconds.
const NEW: i64 = 86_400;
/// Within so many seconds they are counted.
const SPAN: i64 = 3_600;

/// What is known of the server that a post comes from.
#[derive(Clone, Copy, Debug)]
pub struct Acquaintance {
    /// When it was met; never, where nothing is known of it.
    pub met_at: Option<Time>,
    /// Whether somebody here follows somebody there.
    pub followed: bool,
    /// Whether the admins made a rule that lets it in.
    pub allowed: bool,
    /// Whether the post answers something that was said here.
    pub answers_us: bool,
}

impl Acquaintance {
    /// Is this the first contact with strangers, whom nobody here has asked?
    pub fn is_first_contact(self, now: Time) -> bool {
        let new = self.met_at.is_none_or(|met| now < met.plus_seconds(NEW));
        new && !self.followed && !self.allowed && !self.answers_us
    }
}

/// Since when posts of strangers are counted.
pub fn counted_since(now: Time) -> Time {
    now.plus_seconds(-SPAN)
}

/// How a post comes in of which there were `before` lately, by the same kind of servers.
pub fn arrival(acquaintance: Acquaintance, before: i64, now: Time) -> Arrival {
    match acquaintance.is_first_contact(now) {
        false => Arrival::Known,
        true if before < MOST_FIRST => Arrival::First,
        true => Arrival::Held,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_are_heard_and_floods_of_them_are_kept_apart() {
        let now = Time::from_micros(0).plus_days(10);
        let stranger = Acquaintance {
            met_at: Some(now.plus_seconds(1 - NEW)),
            followed: false,
            allowed: false,
            answers_us: false,
        };
        for (who, before, want) in [
            (stranger, 0, Arrival::First),
            (stranger, 4, Arrival::First),
            (stranger, 5, Arrival::Held),
            (Acquaintance { met_at: None, ..stranger }, 5, Arrival::Held),
            (Acquaintance { met_at: Some(now.plus_seconds(-NEW)), ..stranger }, 5, Arrival::Known),
            (Acquaintance { followed: true, ..stranger }, 5, Arrival::Known),
            (Acquaintance { allowed: true, ..stranger }, 5, Arrival::Known),
            (Acquaintance { answers_us: true, ..stranger }, 5, Arrival::Known),
        ] {
            assert_eq!(arrival(who, before, now), want, "{who:?} {before}");
        }
    }
}
