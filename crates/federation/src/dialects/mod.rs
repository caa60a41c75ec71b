//! How a listing is spoken to each kind of peer: one listing, one id, the form its reader shows natively.
//!
//! A dialect is one file, pure: facts in, document out.

mod activities;
mod answers;
pub mod economic;
mod languages;
pub mod microblog;
mod text;
pub mod threadiverse;
pub mod wording;

use apub::outbound::NoteDocument;
use db::{actors::ActorRow, listings::ListingRow, media::MediaRow, replies::ReplyRow};
use domain::Dialect;

/// A listing, as this dialect shows it.
pub fn listing(dialect: Dialect, facts: &ListingFacts) -> NoteDocument {
    match dialect {
        Dialect::Microblog => microblog::listing(facts),
        Dialect::Threadiverse => threadiverse::listing(facts),
    }
}

/// An answer written here, as this dialect shows it.
pub fn reply(dialect: Dialect, facts: &ReplyFacts) -> NoteDocument {
    match dialect {
        Dialect::Microblog => microblog::reply(facts),
        Dialect::Threadiverse => threadiverse::reply(facts),
    }
}

/// Everything a dialect needs to speak of a listing.
#[derive(Clone, Debug)]
pub struct ListingFacts {
    pub listing: ListingRow,
    pub collective: ActorRow,
    /// Who speaks for it where a Group may not.
    pub voice: Option<ActorRow>,
    /// The member who chose to sign; nobody else's name is ever here.
    pub signer: Option<ActorRow>,
    /// Addresses of the public answers, oldest first, at most 50.
    pub replies: Vec<String>,
    /// Its pictures, in their order.
    pub media: Vec<MediaRow>,
    /// On whose behalf it is posted.
    pub on_behalf_of: Option<String>,
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
    /// Its voice.
    pub voice: Option<ActorRow>,
    /// The address of the thread: the listing.
    pub thread: Option<String>,
    /// What it answers has another address in this world, which cannot read it at its own.
    pub relayed: Option<(Dialect, String)>,
}

impl ReplyFacts {
    /// What it answers, as it is called where this dialect is spoken.
    fn in_reply_to(&self, dialect: Dialect) -> Option<String> {
        let relayed = self.relayed.as_ref().filter(|(world, _)| *world == dialect);
        relayed.map(|(_, address)| address.clone()).or_else(|| self.reply.in_reply_to.clone())
    }
}
