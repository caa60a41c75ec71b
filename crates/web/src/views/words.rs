//! The words pages are written with: the same lists, in the same order, as `domain` has.

/// Which way a listing points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Need,
    Offer,
}

/// What a listing is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Financial,
    Time,
    Goods,
    Knowledge,
    Space,
}

/// Where a listing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Draft,
    Open,
    Partly,
    Fulfilled,
    Withdrawn,
    Expired,
}

/// How soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    Today,
    Days,
    Weeks,
    Season,
    Standing,
}

/// On which terms something changes hands; a price is not among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terms {
    Gift,
    Loan,
    Use,
    Barter,
    TimeBank,
    LetsTalk,
}

/// Who is shown as the author of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    Voice,
    Member,
}

/// What a member is trusted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Steward,
    Delegate,
    AccountManager,
    Member,
}

/// What happens when somebody follows a collective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowPolicy {
    Open,
    Approval,
}

/// What others may do with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Licence {
    ShareAlike,
    Attribution,
    PublicDomain,
    NonCommercial,
    Peer,
    Reserved,
}

impl State {
    /// Is it waiting for answers?
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Partly)
    }
}
