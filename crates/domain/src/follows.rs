//! Following: who is accepted at once, and who waits.

use crate::{collectives::FollowPolicy, words::words};

words! {
    /// Where a follow stands.
    FollowState, "state", {
        /// Asked, not answered yet.
        Pending = "pending",
        Accepted = "accepted",
    }
}

/// What becomes of a request to follow something of this server.
pub fn receive(policy: FollowPolicy) -> FollowState {
    match policy {
        FollowPolicy::Open => FollowState::Accepted,
        FollowPolicy::Approval => FollowState::Pending,
    }
}
