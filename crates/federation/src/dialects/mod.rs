//! How a listing is spoken to each kind of peer: one listing, one id, the form its reader shows natively.
//!
//! A dialect is one file, pure: facts in, document out.

pub mod microblog;
pub mod wording;

use db::{actors::ActorRow, listings::ListingRow, replies::ReplyRow};

/// Everything a dialect needs to speak of a listing.
#[derive(Clone, Debug)]
pub struct ListingFacts {
    pub listing: ListingRow,
    pub collective: ActorRow,
    /// The member who chose to sign; nobody else's name is ever here.
    pub signer: Option<ActorRow>,
    /// Addresses of the public answers, oldest first, at most 50.
    pub replies: Vec<String>,
    pub likes: u64,
    pub shares: u64,
    /// Under which the terms of our taxonomy are: the base address of this server.
    pub base: String,
}

/// Everything a dialect needs to speak of an answer written here.
#[derive(Clone, Debug)]
pub struct ReplyFacts {
    pub reply: ReplyRow,
    pub author: ActorRow,
    /// Whom it answers, if that is somebody else.
    pub answered: Option<ActorRow>,
    /// The collective under whose listing it stands.
    pub collective: Option<ActorRow>,
    /// The address of the thread: the listing.
    pub thread: Option<String>,
}
