//! Likes and votes.

/// How something stands, and what the viewer can do about it.
#[derive(Clone, Debug, Default)]
pub struct VotesView {
    /// How many like it.
    pub likes: i64,
    /// How many voted against it; nothing where nobody can.
    pub dislikes: Option<i64>,
    /// Does the viewer like it?
    pub liked: bool,
    /// Has the viewer voted against it?
    pub disliked: bool,
    /// The path the forms go to, `/listings/ID` or `/replies/ID`, when the viewer can vote.
    pub base: Option<String>,
}

impl VotesView {
    /// Is there anything to show?
    pub fn is_empty(&self) -> bool {
        self.base.is_none() && self.likes == 0 && self.dislikes.unwrap_or_default() == 0
    }

    /// How many voted against it.
    pub fn against(&self) -> i64 {
        self.dislikes.unwrap_or_default()
    }

    /// Has anybody voted against it?
    pub fn is_disputed(&self) -> bool {
        self.against() > 0
    }

    /// The path of the form that likes it, or likes it no longer.
    pub fn like_action(&self) -> String {
        self.action(if self.liked { "unlike" } else { "like" })
    }

    /// The path of the form that votes against it, or takes that back.
    pub fn dislike_action(&self) -> String {
        self.action(if self.disliked { "undislike" } else { "dislike" })
    }

    fn action(&self, word: &str) -> String {
        format!("{}/{word}", self.base.as_deref().unwrap_or_default())
    }
}
