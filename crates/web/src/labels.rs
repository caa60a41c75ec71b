//! The names of our words, as people read them.
//!
//! Everything else a page says is in its template. A word has a `slug`, which forms, addresses,
//! CSS classes and icons use, and a `label`, which is translated one day.

use crate::views::words::{
    FollowPolicy, Kind, Licence, Purpose, Role, Signature, State, Terms, Urgency,
};

/// A word of ours on a page.
pub trait Word: Copy + 'static {
    /// All of its list, in the order people are shown it.
    const WORDS: &'static [Self];
    /// Its stable short name.
    fn slug(&self) -> &'static str;
    /// What people read.
    fn label(&self) -> &'static str;

    /// Is it this one?
    fn is(&self, slug: &str) -> bool {
        self.slug() == slug
    }
}

impl Word for Purpose {
    const WORDS: &'static [Self] = &[Self::Need, Self::Offer];

    fn slug(&self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::Offer => "offer",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Need => "Need",
            Self::Offer => "Offer",
        }
    }
}

impl Word for Kind {
    const WORDS: &'static [Self] =
        &[Self::Financial, Self::Time, Self::Goods, Self::Knowledge, Self::Space];

    fn slug(&self) -> &'static str {
        match self {
            Self::Financial => "financial",
            Self::Time => "time",
            Self::Goods => "goods",
            Self::Knowledge => "knowledge",
            Self::Space => "space",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Financial => "Money & finance",
            Self::Time => "People & time",
            Self::Goods => "Things & technical",
            Self::Knowledge => "Knowledge",
            Self::Space => "Space",
        }
    }
}

impl Word for State {
    const WORDS: &'static [Self] =
        &[Self::Draft, Self::Open, Self::Partly, Self::Fulfilled, Self::Withdrawn, Self::Expired];

    fn slug(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Partly => "partly",
            Self::Fulfilled => "fulfilled",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Open => "Open",
            Self::Partly => "Open",
            Self::Fulfilled => "Fulfilled",
            Self::Withdrawn => "Withdrawn",
            Self::Expired => "Time is over",
        }
    }
}

impl Word for Urgency {
    const WORDS: &'static [Self] =
        &[Self::Today, Self::Days, Self::Weeks, Self::Season, Self::Standing];

    fn slug(&self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Season => "season",
            Self::Standing => "standing",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Days => "Within days",
            Self::Weeks => "Within weeks",
            Self::Season => "This season",
            Self::Standing => "Any time",
        }
    }
}

impl Word for Terms {
    const WORDS: &'static [Self] =
        &[Self::Gift, Self::Loan, Self::Use, Self::Barter, Self::TimeBank, Self::LetsTalk];

    fn slug(&self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::Loan => "loan",
            Self::Use => "use",
            Self::Barter => "barter",
            Self::TimeBank => "timebank",
            Self::LetsTalk => "lets-talk",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Gift => "Gift",
            Self::Loan => "Loan, to be given back",
            Self::Use => "Use together",
            Self::Barter => "Barter",
            Self::TimeBank => "Time bank",
            Self::LetsTalk => "Let’s talk",
        }
    }
}

impl Word for Signature {
    const WORDS: &'static [Self] = &[Self::Voice, Self::Member];

    fn slug(&self) -> &'static str {
        match self {
            Self::Voice => "voice",
            Self::Member => "member",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Voice => "The collective",
            Self::Member => "You",
        }
    }
}

impl Word for Role {
    const WORDS: &'static [Self] =
        &[Self::Steward, Self::Delegate, Self::AccountManager, Self::Member];

    fn slug(&self) -> &'static str {
        match self {
            Self::Steward => "steward",
            Self::Delegate => "delegate",
            Self::AccountManager => "account_manager",
            Self::Member => "member",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Steward => "Steward",
            Self::Delegate => "Delegate",
            Self::AccountManager => "Account manager",
            Self::Member => "Member",
        }
    }
}

impl Word for FollowPolicy {
    const WORDS: &'static [Self] = &[Self::Open, Self::Approval];

    fn slug(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approval => "approval",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Open => "Anyone, at once",
            Self::Approval => "Whoever a steward lets in",
        }
    }
}

impl Word for Licence {
    const WORDS: &'static [Self] = &[
        Self::ShareAlike,
        Self::Attribution,
        Self::PublicDomain,
        Self::NonCommercial,
        Self::Peer,
        Self::Reserved,
    ];

    fn slug(&self) -> &'static str {
        match self {
            Self::ShareAlike => "CC-BY-SA-4.0",
            Self::Attribution => "CC-BY-4.0",
            Self::PublicDomain => "CC0-1.0",
            Self::NonCommercial => "CC-BY-NC-SA-4.0",
            Self::Peer => "PPL",
            Self::Reserved => "all-rights-reserved",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::ShareAlike => "CC BY-SA 4.0: share it, name us, keep it open",
            Self::Attribution => "CC BY 4.0: share it, name us",
            Self::PublicDomain => "CC0 1.0: do as you like",
            Self::NonCommercial => {
                "CC BY-NC-SA 4.0: share it, name us, keep it open, don’t sell it"
            }
            Self::Peer => "Peer Production Licence: co-operatives may, companies ask",
            Self::Reserved => "All rights reserved: ask us first",
        }
    }
}
