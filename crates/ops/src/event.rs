//! What has happened, for those who must tell others. Ids only: whoever reads an event looks up the rest.

use domain::{ActorId, FollowId, Id, ListingId, ReplyId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something that happened, as stored: `{"kind": "listing_published", "listing": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    ListingPublished {
        listing: Uuid,
    },
    ListingChanged {
        listing: Uuid,
    },
    ListingDeleted {
        listing: Uuid,
    },
    ReplyPosted {
        reply: Uuid,
    },
    ReplyEdited {
        reply: Uuid,
    },
    ReplyDeleted {
        reply: Uuid,
    },
    /// Somebody here asks to follow somebody elsewhere.
    FollowAsked {
        follow: Uuid,
    },
    /// Somebody elsewhere was accepted here.
    FollowAccepted {
        follow: Uuid,
    },
    /// Somebody elsewhere was turned down, or let go.
    FollowRejected {
        follower: Uuid,
        followed: Uuid,
        ap_id: String,
    },
    /// Somebody here no longer follows somebody elsewhere.
    Unfollowed {
        follower: Uuid,
        followed: Uuid,
        ap_id: String,
    },
    /// An actor of ours changed what it says of itself.
    ActorChanged {
        actor: Uuid,
    },
    /// A person of ours has deleted their account; what says so is signed with their last key, which is out of use.
    ActorDeleted {
        actor: Uuid,
    },
    /// A listing takes no more answers, or takes them again.
    ListingLocked {
        listing: Uuid,
        locked: bool,
    },
    /// A listing joined the open ones of its collective, or left them.
    ListingFeatured {
        listing: Uuid,
        featured: bool,
    },
    /// The answers under a listing are others than before: its `replies` are told again.
    ThreadChanged {
        listing: Uuid,
    },
    /// Somebody elsewhere said something in a thread of a collective of ours; it is passed on to those who
    /// read there. `reply` is the message it is about, where there is one.
    Relayed {
        collective: Uuid,
        inbound: Uuid,
        reply: Option<Uuid>,
    },
    /// A message is no longer said again here: its author is gone, or nobody here listens to them.
    RelayEnded {
        reply: Uuid,
    },
    /// Stewards took a reply out of their thread, or put it back.
    ReplyHidden {
        collective: Uuid,
        reply: Uuid,
        hidden: bool,
        reason: String,
    },
    /// Stewards shut somebody out of their collective, or let them in again.
    ActorBlocked {
        collective: Uuid,
        actor: Uuid,
        ap_id: String,
        blocked: bool,
        reason: String,
    },
    /// Somebody here blocks somebody elsewhere, or takes that back.
    KeptAway {
        person: Uuid,
        actor: Uuid,
        ap_id: String,
        blocked: bool,
    },
    /// A collective passes on a post of somebody else, or takes that back. `again` says that it did so before;
    /// `inbound` is the activity of its author that ended it, where there is one.
    Boosted {
        collective: Uuid,
        reply: Uuid,
        ap_id: String,
        undone: bool,
        #[serde(default)]
        again: bool,
        #[serde(default)]
        inbound: Option<Uuid>,
    },
    /// The author of a post that a collective passes on has changed it.
    BoostChanged {
        collective: Uuid,
        reply: Uuid,
    },
    /// Somebody here likes something, votes against it, or takes that back.
    Reacted {
        actor: Uuid,
        object: Uuid,
        what: String,
        ap_id: String,
        undone: bool,
    },
    /// Somebody here reports something to the moderators of another server.
    Reported {
        report: Uuid,
    },
    /// Somebody here answers a listing of elsewhere with an agreement (FEP-0837).
    AgreementOffered {
        agreement: Uuid,
    },
    /// Stewards here have answered an agreement that was offered from elsewhere.
    AgreementAnswered {
        agreement: Uuid,
    },
    /// Stewards here say that what was agreed on was handed over or done.
    AgreementFulfilled {
        agreement: Uuid,
    },
    /// Somebody here takes back what they offered to a listing of elsewhere.
    AgreementWithdrawn {
        agreement: Uuid,
    },
    /// An actor of ours has a new key; what says so is signed with the old one.
    KeyRotated {
        actor: Uuid,
        old_key: String,
        new_key: String,
    },
    /// We heard of something that its own server decided; nothing is told back.
    Heard {
        what: String,
        id: Uuid,
    },
}

impl Event {
    /// A listing went out into the world.
    pub fn listing_published(id: ListingId) -> Self {
        Self::ListingPublished { listing: id.uuid() }
    }

    /// The words or the state of a listing changed.
    pub fn listing_changed(id: ListingId) -> Self {
        Self::ListingChanged { listing: id.uuid() }
    }

    /// See [`Event::ListingFeatured`].
    pub fn listing_featured(id: ListingId, featured: bool) -> Self {
        Self::ListingFeatured { listing: id.uuid(), featured }
    }

    /// A listing is gone.
    pub fn listing_deleted(id: ListingId) -> Self {
        Self::ListingDeleted { listing: id.uuid() }
    }

    /// Somebody here answered.
    pub fn reply_posted(id: ReplyId) -> Self {
        Self::ReplyPosted { reply: id.uuid() }
    }

    /// Somebody here changed an answer.
    pub fn reply_edited(id: ReplyId) -> Self {
        Self::ReplyEdited { reply: id.uuid() }
    }

    /// Somebody here took an answer back.
    pub fn reply_deleted(id: ReplyId) -> Self {
        Self::ReplyDeleted { reply: id.uuid() }
    }

    /// See [`Event::FollowAsked`].
    pub fn follow_asked(id: FollowId) -> Self {
        Self::FollowAsked { follow: id.uuid() }
    }

    /// See [`Event::FollowAccepted`].
    pub fn follow_accepted(id: FollowId) -> Self {
        Self::FollowAccepted { follow: id.uuid() }
    }

    /// See [`Event::ActorChanged`].
    pub fn actor_changed(id: ActorId) -> Self {
        Self::ActorChanged { actor: id.uuid() }
    }

    /// See [`Event::Heard`].
    pub fn heard<T>(what: &str, id: Id<T>) -> Self {
        Self::Heard { what: what.to_owned(), id: id.uuid() }
    }

    /// The word it is stored under.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ListingPublished { .. } => "listing_published",
            Self::ListingChanged { .. } => "listing_changed",
            Self::ListingDeleted { .. } => "listing_deleted",
            Self::ReplyPosted { .. } => "reply_posted",
            Self::ReplyEdited { .. } => "reply_edited",
            Self::ReplyDeleted { .. } => "reply_deleted",
            Self::FollowAsked { .. } => "follow_asked",
            Self::FollowAccepted { .. } => "follow_accepted",
            Self::FollowRejected { .. } => "follow_rejected",
            Self::Unfollowed { .. } => "unfollowed",
            Self::ActorChanged { .. } => "actor_changed",
            Self::ActorDeleted { .. } => "actor_deleted",
            Self::ListingFeatured { .. } => "listing_featured",
            Self::ListingLocked { .. } => "listing_locked",
            Self::ThreadChanged { .. } => "thread_changed",
            Self::Relayed { .. } => "relayed",
            Self::RelayEnded { .. } => "relay_ended",
            Self::ReplyHidden { .. } => "reply_hidden",
            Self::ActorBlocked { .. } => "actor_blocked",
            Self::KeptAway { .. } => "kept_away",
            Self::Boosted { .. } => "boosted",
            Self::BoostChanged { .. } => "boost_changed",
            Self::Reacted { .. } => "reacted",
            Self::Reported { .. } => "reported",
            Self::AgreementOffered { .. } => "agreement_offered",
            Self::AgreementAnswered { .. } => "agreement_answered",
            Self::AgreementFulfilled { .. } => "agreement_fulfilled",
            Self::AgreementWithdrawn { .. } => "agreement_withdrawn",
            Self::KeyRotated { .. } => "key_rotated",
            Self::Heard { .. } => "heard",
        }
    }
}
