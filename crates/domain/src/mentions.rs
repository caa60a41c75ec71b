//! Posts of others that call a collective: its stewards look at them before anybody else is told.

use crate::words::words;

words! {
    /// What became of a post that calls a collective.
    MentionState, "state", {
        /// No steward has looked at it.
        New = "new",
        /// Passed on to those who follow the collective.
        Boosted = "boosted",
        Dismissed = "dismissed",
    }
}
