//! Letters that somebody has not asked for one by one: how often they come, and what stops them.

use crate::words::words;

words! {
    /// How often what is new is told by letter.
    Digest, "digest", {
        /// Once a week.
        Weekly = "weekly",
        /// Once a day.
        Daily = "daily",
        /// Not at all.
        Never = "never",
    }
}

impl Digest {
    /// So many days lie between two of them.
    pub fn days(self) -> Option<i64> {
        match self {
            Self::Weekly => Some(7),
            Self::Daily => Some(1),
            Self::Never => None,
        }
    }
}

words! {
    /// Which letters are to stop.
    Stop, "letters", {
        /// What is new, once a week or once a day.
        Digest = "digest",
        /// What concerns somebody.
        Notifications = "notifications",
        /// Both.
        All = "all",
    }
}

/// So many seconds somebody has to see for themselves what concerns them, before a letter tells them.
pub const PATIENCE: i64 = 600;

/// So many seconds lie between two letters about what concerns somebody.
pub const PAUSE: i64 = 3_600;

/// So many seconds before now a digest ends: what is being written right now comes with the next one.
pub const MARGIN: i64 = 300;
