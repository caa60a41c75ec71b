//! Finding actors and things of other servers; the federation does it, pages and clients ask for it.

use async_trait::async_trait;
use domain::{ActorId, ListingId, ReplyId};
use thiserror::Error;

use crate::doors::Doors;

/// What an address turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Actor(ActorId),
    Listing(ListingId),
    Reply(ReplyId),
}

/// Why something was not found. Each is a sentence for the person who asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LookupError {
    #[error("must look like @name@server.example or https://server.example/…")]
    Malformed,
    #[error("nobody of that name is known there")]
    Unknown,
    #[error("is gone; it was deleted on its own server")]
    Gone,
    #[error("that server did not answer; try again in a moment")]
    Unreachable,
    #[error("that server is blocked here")]
    Blocked,
    #[error("what that server answered could not be understood: {0}")]
    Odd(String),
    #[error("something broke on our side; try again in a moment")]
    Ours,
}

/// Looks up what somebody typed: a handle or an address.
#[async_trait]
pub trait Lookup: Send + Sync {
    /// Finds it here first, then on its own server, and remembers it.
    async fn find(&self, text: &str) -> Result<Found, LookupError>;

    /// Asks the server of a handle on which of its pages its people do something with what is elsewhere.
    async fn doors(&self, name: &str, host: &str) -> Result<Doors, LookupError>;
}
