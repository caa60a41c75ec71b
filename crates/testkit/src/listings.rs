//! Needs, offers, and the replies to them.

use db::{listings::ListingRow, replies::ReplyRow};
use domain::{
    CollectiveId, ListingId, PersonId, ReplyId, Time,
    listings::{Content, Kind, Purpose, Signature, Terms, Title, Window},
    quantity::{Amount, Quantity, Unit},
    replies::As,
    text::{Language, Licence},
};
use ops::{listings::PostListing, replies::PostReply};

use crate::World;

/// The least a listing says; a test changes what it is about.
pub fn content(purpose: Purpose, title: &str) -> Content {
    Content {
        purpose,
        kind: Kind::Goods,
        title: Title::parse(title).unwrap(),
        text: String::new(),
        quantity: None,
        category: None,
        terms: Terms::LetsTalk,
        place: None,
        window: Window::default(),
        language: Language::parse("es").unwrap(),
        urgency: None,
        licence: Licence::ShareAlike,
        signed_by: Signature::Voice,
    }
}

/// So many things that are counted.
pub fn pieces(number: &str) -> Quantity {
    Quantity::whole(Amount::parse("quantity", number).unwrap(), Unit::One)
}

/// A window that closes so many days after a moment.
pub fn in_days(now: Time, days: i64) -> Window {
    Window { expires_at: Some(now.plus_days(days)), ..Window::default() }
}

impl World {
    /// A need of a collective, published.
    pub async fn need(&self, board: CollectiveId, author: PersonId, title: &str) -> ListingId {
        self.publish(board, author, content(Purpose::Need, title)).await
    }

    /// An offer of a collective, published.
    pub async fn offer(&self, board: CollectiveId, author: PersonId, title: &str) -> ListingId {
        self.publish(board, author, content(Purpose::Offer, title)).await
    }

    /// A listing for all to see.
    pub async fn publish(
        &self,
        board: CollectiveId,
        author: PersonId,
        content: Content,
    ) -> ListingId {
        self.done(self.local(author), PostListing { board, content, publish: true }).await
    }

    /// A listing that only its collective sees.
    pub async fn draft(
        &self,
        board: CollectiveId,
        author: PersonId,
        content: Content,
    ) -> ListingId {
        self.done(self.local(author), PostListing { board, content, publish: false }).await
    }

    /// A listing as it is now.
    pub async fn listing(&self, id: ListingId) -> ListingRow {
        let listing = self.read(move |conn| db::listings::find(conn, id)).await;
        listing.expect("there is no such listing")
    }

    /// What a person answers under a listing.
    pub async fn answer(&self, listing: ListingId, person: PersonId, text: &str) -> ReplyId {
        let text = text.to_owned();
        let reply =
            PostReply { listing, parent: None, speak: As::Themselves, text, language: None };
        self.done(self.local(person), reply).await
    }

    /// A reply as it is now.
    pub async fn reply(&self, id: ReplyId) -> ReplyRow {
        let reply = self.read(move |conn| db::replies::find(conn, id)).await;
        reply.expect("there is no such reply")
    }
}
