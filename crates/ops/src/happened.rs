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

/// What happened to what; nothing where nobody watches such things.
pub fn read(event: &Event) -> Option<(Thing, &'static str)> {
    let listing = |id: &Uuid, change| Some((Thing::Listing((*id).into()), change));
    let reply = |id: &Uuid, change| Some((Thing::Reply((*id).into()), change));
    let agreement = |id: &Uuid, change| Some((Thing::Agreement((*id).into()), change));
    match event {
        Event::ListingPublished { listing: id } => listing(id, "published"),
        Event::ListingChanged { listing: id } | Event::ListingLocked { listing: id, .. } => {
            listing(id, "changed")
        }
        Event::ListingDeleted { listing: id } => listing(id, "deleted"),
        Event::ReplyPosted { reply: id } => reply(id, "posted"),
        Event::ReplyEdited { reply: id } => reply(id, "edited"),
        Event::ReplyDeleted { reply: id } => reply(id, "deleted"),
        Event::ReplyHidden { reply: id, hidden: true, .. } => reply(id, "hidden"),
        Event::ReplyHidden { reply: id, .. } => reply(id, "shown"),
        Event::AgreementOffered { agreement: id } => agreement(id, "offered"),
        Event::AgreementAnswered { agreement: id } => agreement(id, "answered"),
        Event::AgreementFulfilled { agreement: id } => agreement(id, "fulfilled"),
        Event::AgreementWithdrawn { agreement: id } => agreement(id, "withdrawn"),
        Event::Heard { what, id } => match what.as_str() {
            "listing" => listing(id, "changed"),
            "listing_deleted" => listing(id, "deleted"),
            "reply" | "reply_restored" => reply(id, "posted"),
            "reply_edited" => reply(id, "edited"),
            "reply_deleted" => reply(id, "deleted"),
            "agreement_offered" => agreement(id, "offered"),
            "agreement_withdrawn" => agreement(id, "withdrawn"),
            "agreement_fulfilled" => agreement(id, "fulfilled"),
            "agreement_accepted" | "agreement_rejected" => agreement(id, "answered"),
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
