//! The names of our words, as people read them.
//!
//! Everything else a page says is in its template. A word has a `slug`, which forms, addresses,
//! CSS classes and icons use (it is the word `domain` has for it), and a `label`, which is
//! translated one day.

use domain::{
    agreements::AgreementState,
    collectives::FollowPolicy,
    listings::{Category, Kind, Purpose, Signature, State, Terms, Urgency},
    memberships::Role,
    moderation::Act,
    quantity::Unit,
    text::Licence,
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

/// What stewards did, as the log says it before whom or what.
pub fn did(act: Act) -> &'static str {
    match act {
        Act::HideReply => "Hid an answer",
        Act::ShowReply => "Showed an answer again",
        Act::BlockActor => "Shut somebody out",
        Act::UnblockActor => "Let somebody in again",
        Act::LockListing => "Closed a thread",
        Act::UnlockListing => "Opened a thread again",
    }
}

impl Word for Purpose {
    const WORDS: &'static [Self] = Self::ALL;

    fn slug(&self) -> &'static str {
        self.word()
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Need => "Need",
            Self::Offer => "Offer",
        }
    }
}

impl Word for Kind {
    const WORDS: &'static [Self] = Self::ALL;

    fn slug(&self) -> &'static str {
        self.word()
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
    const WORDS: &'static [Self] = Self::ALL;

    fn slug(&self) -> &'static str {
        self.word()
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Open | Self::Partly => "Open",
            Self::Fulfilled => "Fulfilled",
            Self::Withdrawn => "Withdrawn",
            Self::Expired => "Time is over",
        }
    }
}

impl Word for AgreementState {
    const WORDS: &'static [Self] = Self::ALL;

    fn slug(&self) -> &'static str {
        self.word()
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Offered => "Waits for an answer",
            Self::Accepted => "Agreed",
            Self::Rejected => "Turned down",
            Self::Withdrawn => "Taken back",
            Self::Fulfilled => "Done",
        }
    }
}

impl Word for Urgency {
    const WORDS: &'static [Self] = Self::ALL;

    fn slug(&self) -> &'static str {
        self.word()
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
    const WORDS: &'static [Self] = Self::ALL;

    fn slug(&self) -> &'static str {
        self.word()
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
    const WORDS: &'static [Self] = Self::ALL;

    fn slug(&self) -> &'static str {
        self.word()
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Voice => "The collective",
            Self::Member => "You",
        }
    }
}

impl Word for Role {
    const WORDS: &'static [Self] = Self::ALL;

    fn slug(&self) -> &'static str {
        self.word()
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
    const WORDS: &'static [Self] = Self::ALL;

    fn slug(&self) -> &'static str {
        self.word()
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Open => "Anyone, at once",
            Self::Approval => "Whoever a steward lets in",
        }
    }
}

impl Word for Licence {
    const WORDS: &'static [Self] = Self::ALL;

    fn slug(&self) -> &'static str {
        self.word()
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

impl Word for Category {
    const WORDS: &'static [Self] = Self::ALL;

    fn slug(&self) -> &'static str {
        self.word()
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Arts => "Arts & culture",
            Self::Campaigning => "Campaigning",
            Self::CommunitySpaces => "Community spaces",
            Self::Education => "Education",
            Self::Energy => "Energy",
            Self::Food => "Food",
            Self::GoodsServices => "Goods & services",
            Self::Health => "Health & care",
            Self::Housing => "Housing",
            Self::Money => "Money & finance",
            Self::Nature => "Nature & environment",
            Self::Repair => "Reuse & repair",
            Self::Agriculture => "Agriculture",
            Self::Industry => "Crafts & industry",
            Self::Utilities => "Water & utilities",
            Self::Transport => "Transport",
            Self::Technology => "Information technology",
        }
    }
}

impl Word for Unit {
    const WORDS: &'static [Self] = Self::ALL;

    fn slug(&self) -> &'static str {
        self.word()
    }

    fn label(&self) -> &'static str {
        match self {
            Self::One => "people or pieces",
            Self::Hour => "hours",
            Self::Day => "days",
            Self::Kilogram => "kg",
            Self::Gram => "g",
            Self::Litre => "litres",
            Self::Metre => "metres",
            Self::SquareMetre => "m²",
            Self::CubicMetre => "m³",
            Self::Kilometre => "km",
            Self::KilowattHour => "kWh",
            Self::Euro => "euros",
            Self::PoundSterling => "pounds sterling",
            Self::UnitedStatesDollar => "US dollars",
        }
    }
}
