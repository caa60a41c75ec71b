//! The words activities and actors are called by, in both directions.

use serde::{Serialize, Serializer};

/// What an activity does (Activity Vocabulary, section 3).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ActivityKind {
    /// Something new.
    Create,
    /// A new version of something known.
    Update,
    /// Something is gone.
    Delete,
    /// The actor wants to hear of the object.
    Follow,
    /// Yes to a Follow, or to an Offer.
    Accept,
    /// No to a Follow, or to an Offer.
    Reject,
    /// An earlier activity is taken back.
    Undo,
    /// A vote for.
    Like,
    /// A vote against.
    Dislike,
    /// A boost, or a group passing on an activity (FEP-1b12).
    Announce,
    /// The actor wants nothing to do with the object.
    Block,
    /// A report to moderators.
    Flag,
    /// Something joins a collection.
    Add,
    /// Something leaves a collection.
    Remove,
    /// An actor has another id from now on.
    Move,
    /// A thread takes no more replies (Lemmy).
    Lock,
    /// An agreement is proposed (FEP-0837).
    Offer,
    /// Any other word, as it was sent.
    Other(String),
}

impl ActivityKind {
    /// The word on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Create => "Create",
            Self::Update => "Update",
            Self::Delete => "Delete",
            Self::Follow => "Follow",
            Self::Accept => "Accept",
            Self::Reject => "Reject",
            Self::Undo => "Undo",
            Self::Like => "Like",
            Self::Dislike => "Dislike",
            Self::Announce => "Announce",
            Self::Block => "Block",
            Self::Flag => "Flag",
            Self::Add => "Add",
            Self::Remove => "Remove",
            Self::Move => "Move",
            Self::Lock => "Lock",
            Self::Offer => "Offer",
            Self::Other(word) => word,
        }
    }
}

impl From<&str> for ActivityKind {
    fn from(word: &str) -> Self {
        match word {
            "Create" => Self::Create,
            "Update" => Self::Update,
            "Delete" => Self::Delete,
            "Follow" => Self::Follow,
            "Accept" => Self::Accept,
            "Reject" => Self::Reject,
            "Undo" => Self::Undo,
            "Like" => Self::Like,
            "Dislike" => Self::Dislike,
            "Announce" => Self::Announce,
            "Block" => Self::Block,
            "Flag" => Self::Flag,
            "Add" => Self::Add,
            "Remove" => Self::Remove,
            "Move" => Self::Move,
            "Lock" => Self::Lock,
            "Offer" => Self::Offer,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl Serialize for ActivityKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What an actor is (Activity Vocabulary, section 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum ActorKind {
    /// Somebody.
    Person,
    /// A collective, a community, a channel.
    Group,
    /// A body that writes: our voices, some Friendica and Mobilizon accounts.
    Organization,
    /// A bot.
    Service,
    /// A server, or a program.
    Application,
}

impl ActorKind {
    /// The kind a word on the wire names, if it names one.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "Person" => Some(Self::Person),
            "Group" => Some(Self::Group),
            "Organization" => Some(Self::Organization),
            "Service" => Some(Self::Service),
            "Application" => Some(Self::Application),
            _ => None,
        }
    }
}
