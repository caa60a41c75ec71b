//! Answers: who may see them, and how deep a thread goes.

use crate::{Invalid, Refusal, text, words::words};

words! {
    /// Who may see what was written; after the addressing of ActivityPub §6.
    Visibility, "visibility", {
        Public = "public",
        /// Public, but not announced: Mastodon's "quiet public".
        Unlisted = "unlisted",
        Followers = "followers",
        /// Only those who are named.
        Direct = "direct",
    }
}

impl Visibility {
    /// May everybody see it?
    pub fn is_public(self) -> bool {
        matches!(self, Self::Public | Self::Unlisted)
    }
}

words! {
    /// In whose name a member answers.
    As, "as", { Themselves = "themselves", Voice = "voice" }
}

words! {
    /// What an actor does to something in one click.
    ReactionKind, "kind", {
        Like = "like",
        /// A vote against, of the threadiverse.
        Dislike = "dislike",
        Boost = "boost",
    }
}

/// As deep as Lemmy lets a thread grow.
pub const DEEPEST: i32 = 50;

/// How deep an answer to something at `parent` lies; an answer to the listing itself lies at 0.
pub fn depth(parent: Option<i32>) -> Result<i32, Refusal> {
    let depth = parent.map_or(0, |depth| depth.saturating_add(1));
    if DEEPEST < depth { Err(Refusal::ThreadTooDeep) } else { Ok(depth) }
}

/// The text of an answer: 1 to 5,000 characters.
pub fn body(text: &str) -> Result<String, Invalid> {
    text::lines("text", text, 1, 5_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_bounded() {
        for (parent, want) in [
            (None, Ok(0)),
            (Some(0), Ok(1)),
            (Some(49), Ok(50)),
            (Some(50), Err(Refusal::ThreadTooDeep)),
            (Some(i32::MAX), Err(Refusal::ThreadTooDeep)),
        ] {
            assert_eq!(depth(parent), want, "{parent:?}");
        }
    }
}
