//! The names of our words, as people read them.
//!
//! Everything else a page says is in its template. A word has a `slug`, which forms, addresses,
//! CSS classes and icons use, and a `label`, which is translated one day.

use crate::views::words::{FollowRule, Kind, Licence, Purpose, Role, State, Terms, Urgency};

/// A word of ours on a page.
pub trait Word: Copy + 'static {
    /// Its stable short name.
    fn slug(&self) -> &'static str;
    /// What people read.
    fn label(&self) -> &'static str;
}

impl Word for Purpose {
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
    fn slug(&self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::People => "people",
            Self::Technical => "technical",
            Self::Knowledge => "knowledge",
            Self::Space => "space",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Money => "Money & finance",
            Self::People => "People & time",
            Self::Technical => "Things & technical",
            Self::Knowledge => "Knowledge",
            Self::Space => "Space",
        }
    }
}

impl Word for State {
    fn slug(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Fulfilled => "fulfilled",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Open => "Open",
            Self::Fulfilled => "Fulfilled",
            Self::Withdrawn => "Withdrawn",
            Self::Expired => "Time is over",
        }
    }
}

impl Word for Urgency {
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
    fn slug(&self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::Loan => "loan",
            Self::Use => "use",
            Self::ByNeed => "by-need",
            Self::Barter => "barter",
            Self::TimeBank => "timebank",
            Self::Contribution => "solidarity-contribution",
            Self::LetsTalk => "lets-talk",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Gift => "Gift",
            Self::Loan => "Loan, to be given back",
            Self::Use => "Use together",
            Self::ByNeed => "Each by their need",
            Self::Barter => "Barter",
            Self::TimeBank => "Time bank",
            Self::Contribution => "Sharing the costs",
            Self::LetsTalk => "Let’s talk",
        }
    }
}

impl Word for Role {
    fn slug(&self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Delegate => "delegate",
            Self::AccountManager => "account-manager",
            Self::Steward => "steward",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Member => "Member",
            Self::Delegate => "Delegate",
            Self::AccountManager => "Account manager",
            Self::Steward => "Steward",
        }
    }
}

impl Word for FollowRule {
    fn slug(&self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::OnRequest => "on-request",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Anyone => "Anyone, at once",
            Self::OnRequest => "Whoever a steward lets in",
        }
    }
}

impl Word for Licence {
    fn slug(&self) -> &'static str {
        match self {
            Self::BySa => "cc-by-sa-4.0",
            Self::By => "cc-by-4.0",
            Self::Zero => "cc0-1.0",
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::BySa => "CC BY-SA 4.0: share it, name us, keep it open",
            Self::By => "CC BY 4.0: share it, name us",
            Self::Zero => "CC0: do as you like",
        }
    }
}
