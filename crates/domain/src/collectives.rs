//! What a collective says of itself and lets others do.

use crate::{
    Invalid,
    text::{self, Language},
    words::words,
};

words! {
    /// What happens when somebody follows it.
    FollowPolicy, "follow_policy", {
        /// Accepted at once.
        Open = "open",
        /// A steward answers each request.
        Approval = "approval",
    }
}

/// What its stewards wrote about a collective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// 1 to 100 characters.
    pub name: String,
    /// Plain text, up to 2,000 characters.
    pub summary: String,
    pub language: Language,
    pub follow_policy: FollowPolicy,
    pub members_publish: bool,
    /// May everybody read what its stewards did? Its members may always.
    pub public_log: bool,
}

impl Profile {
    /// Checks the free texts; the rest cannot be wrong.
    pub fn new(
        name: &str,
        summary: &str,
        language: Language,
        follow_policy: FollowPolicy,
        members_publish: bool,
    ) -> Result<Self, Invalid> {
        Ok(Self {
            name: text::line("name", name, 1, 100)?,
            summary: text::lines("summary", summary, 0, 2_000)?,
            language,
            follow_policy,
            members_publish,
            public_log: false,
        })
    }
}
