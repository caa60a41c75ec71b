//! The words a listing, a collective, and a membership are described with.

/// Which way a listing points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Something is wanted.
    Need,
    /// Something is given.
    Offer,
}

/// What a listing is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Money and finance.
    Money,
    /// People and their time.
    People,
    /// Things, tools, and technical help.
    Technical,
    /// Knowledge and data.
    Knowledge,
    /// Rooms and land.
    Space,
}

/// Where a listing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Seen by its stewards only.
    Draft,
    /// Waiting for answers.
    Open,
    /// Done, with thanks.
    Fulfilled,
    /// Taken back.
    Withdrawn,
    /// Its time went by.
    Expired,
}

/// How soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Before tomorrow.
    Today,
    /// In some days.
    Days,
    /// In some weeks.
    Weeks,
    /// In the season.
    Season,
    /// Always welcome.
    Standing,
}

/// On which terms something changes hands; a price is not among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terms {
    /// For nothing.
    Gift,
    /// To be given back.
    Loan,
    /// Used together.
    Use,
    /// To each by their need.
    ByNeed,
    /// For something else.
    Barter,
    /// For hours.
    TimeBank,
    /// For a share of the costs.
    Contribution,
    /// Not settled.
    LetsTalk,
}

/// What somebody may do for a collective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Belongs to it.
    Member,
    /// Speaks for it in a round.
    Delegate,
    /// Writes with its voice.
    AccountManager,
    /// Cares for it.
    Steward,
}

/// Who may follow a collective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowRule {
    /// Everybody, without asking.
    Anyone,
    /// Whoever a steward accepts.
    OnRequest,
}

/// What others may do with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Licence {
    /// Attribution, share alike.
    BySa,
    /// Attribution.
    By,
    /// Nothing reserved.
    Zero,
}

impl Purpose {
    /// In the order forms show them.
    pub const ALL: [Self; 2] = [Self::Need, Self::Offer];

    /// Is something wanted?
    pub fn is_need(self) -> bool {
        self == Self::Need
    }
}

impl Kind {
    /// In the order forms show them.
    pub const ALL: [Self; 5] =
        [Self::Money, Self::People, Self::Technical, Self::Knowledge, Self::Space];
}

impl State {
    /// Is it waiting for answers?
    pub fn is_open(self) -> bool {
        self == Self::Open
    }
}

impl Urgency {
    /// In the order forms show them.
    pub const ALL: [Self; 5] = [Self::Today, Self::Days, Self::Weeks, Self::Season, Self::Standing];

    /// Does a card mark it?
    pub fn is_pressing(self) -> bool {
        matches!(self, Self::Today | Self::Days)
    }
}

impl Terms {
    /// In the order forms show them.
    pub const ALL: [Self; 8] = [
        Self::Gift,
        Self::Loan,
        Self::Use,
        Self::ByNeed,
        Self::Barter,
        Self::TimeBank,
        Self::Contribution,
        Self::LetsTalk,
    ];
}

impl Role {
    /// In the order forms show them.
    pub const ALL: [Self; 4] = [Self::Member, Self::Delegate, Self::AccountManager, Self::Steward];
}

impl FollowRule {
    /// In the order forms show them.
    pub const ALL: [Self; 2] = [Self::Anyone, Self::OnRequest];
}

impl Licence {
    /// In the order forms show them.
    pub const ALL: [Self; 3] = [Self::BySa, Self::By, Self::Zero];
}
