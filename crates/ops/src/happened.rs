//! What has happened to listings, replies, and agreements, for those who watch.

use db::Conn;
use domain::{AgreementId, ListingId, ReplyId};
use uuid::Uuid;

use crate::Event;

/// What something happened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    Listing(ListingId),
    Reply(ReplyId),
    Agreement(AgreementId),
}

impl Thing {
    /// What things are called in answers.
    pub const WORDS: [&str; 3] = ["listing", "reply", "agreement"];

    /// What it is called in an answer.
    pub fn word(self) -> &'static str {
        match self {
            Self::Listing(_) => "listing",
            Self::Reply(_) => "reply",
            Self::Agreement(_) => "agreement",
        }
    }

    /// Its id.
    pub fn id(self) -> Uuid {
        match self {
            Self::Listing(id) => id.uuid(),
            Self::Reply(id) => id.uuid(),
            Self::Agreement(id) => id.uuid(),
        }
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Published,
    Changed,
    Deleted,
    Posted,
    Edited,
    Hidden,
    Shown,
    Offered,
    Answered,
    Fulfilled,
    Withdrawn,
}

impl Change {
    /// All there are.
    pub const ALL: [Self; 11] = [
        Self::Published,
        Self::Changed,
        Self::Deleted,
        Self::Posted,
        Self::Edited,
        Self::Hidden,
        Self::Shown,
        Self::Offered,
        Self::Answered,
        Self::Fulfilled,
        Self::Withdrawn,
    ];

    /// What it is called in an answer.
    pub fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Changed => "changed",
            Self::Deleted => "deleted",
            Self::Posted => "posted",
            Self::Edited => "edited",
            Self::Hidden => "hidden",
            Self::Shown => "shown",
            Self::Offered => "offered",
            Self::Answered => "answered",
            Self::Fulfilled => "fulfilled",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// What happened to what; nothing where nobody watches such things.
pub fn read(event: &Event) -> Option<(Thing, Change)> {
    let listing = |id: &Uuid, change| Some((Thing::Listing((*id).into()), change));
    let reply = |id: &Uuid, change| Some((Thing::Reply((*id).into()), change));
    let agreement = |id: &Uuid, change| Some((Thing::Agreement((*id).into()), change));
    match event {
        Event::ListingPublished { listing: id } => listing(id, Change::Published),
        Event::ListingChanged { listing: id } | Event::ListingLocked { listing: id, .. } => {
            listing(id, Change::Changed)
        }
        Event::ListingDeleted { listing: id } => listing(id, Change::Deleted),
        Event::ReplyPosted { reply: id } => reply(id, Change::Posted),
        Event::ReplyEdited { reply: id } => reply(id, Change::Edited),
        Event::ReplyDeleted { reply: id } => reply(id, Change::Deleted),
        Event::ReplyHidden { reply: id, hidden: true, .. } => reply(id, Change::Hidden),
        Event::ReplyHidden { reply: id, .. } => reply(id, Change::Shown),
        Event::AgreementOffered { agreement: id } => agreement(id, Change::Offered),
        Event::AgreementAnswered { agreement: id } => agreement(id, Change::Answered),
        Event::AgreementFulfilled { agreement: id } => agreement(id, Change::Fulfilled),
        Event::AgreementWithdrawn { agreement: id } => agreement(id, Change::Withdrawn),
        Event::Heard { what, id } => match what.as_str() {
            "listing" => listing(id, Change::Changed),
            "listing_deleted" => listing(id, Change::Deleted),
            "reply" | "reply_restored" => reply(id, Change::Posted),
            "reply_edited" => reply(id, Change::Edited),
            "reply_deleted" => reply(id, Change::Deleted),
            "agreement_offered" => agreement(id, Change::Offered),
            "agreement_withdrawn" => agreement(id, Change::Withdrawn),
            "agreement_fulfilled" => agreement(id, Change::Fulfilled),
            "agreement_accepted" | "agreement_rejected" => agreement(id, Change::Answered),
            _ => None,
        },
        _ => None,
    }
}

/// The listing that it is, or that it is about.
pub fn listing_of(conn: &mut Conn, thing: Thing) -> db::Result<Option<ListingId>> {
    Ok(match thing {
        Thing::Listing(id) => Some(id),
        Thing::Reply(id) => db::replies::find(conn, id)?.and_then(|row| row.listing_id),
        Thing::Agreement(id) => db::agreements::find(conn, id)?.map(|row| row.listing_id),
    })
}
