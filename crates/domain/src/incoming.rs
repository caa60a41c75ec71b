//! What waits for the stewards of a collective: each of them sees it all, and any of them takes it.

use crate::{PersonId, Refusal, words::words};

words! {
    /// What it is that waits.
    Kind, "kind", {
        /// Somebody answered a listing of the collective, or an answer below one.
        Reply = "reply",
        /// Somebody elsewhere calls the collective by name.
        Mention = "mention",
        /// Somebody asks to join.
        JoinRequest = "join_request",
        /// Somebody asks to follow a collective that lets followers in one by one.
        FollowRequest = "follow_request",
        /// Somebody offers something (FEP-0837).
        Agreement = "agreement",
        /// Something in its threads was reported.
        Report = "report",
    }
}

words! {
    /// Which part of it to look at.
    Shelf, "shelf", {
        /// Nobody has done it yet.
        Open = "open",
        /// Whoever looks has taken it, and not done it yet.
        Mine = "mine",
        /// It is done.
        Done = "done",
    }
}

/// So many days what is done can still be looked at.
pub const DAYS_KEPT: i64 = 90;

/// May somebody take it? What another steward has taken is theirs until one of the stewards puts it back.
pub fn take(taken_by: Option<PersonId>, is_done: bool, by: PersonId) -> Result<(), Refusal> {
    match taken_by {
        _ if is_done => Err(Refusal::AlreadyAnswered),
        Some(other) if other != by => Err(Refusal::TakenAlready),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_another_has_taken_is_not_taken_away_from_them() {
        let ada = PersonId::from(Uuid::from_u128(1));
        let ben = PersonId::from(Uuid::from_u128(2));
        for (taken_by, is_done, want) in [
            (None, false, Ok(())),
            (Some(ada), false, Ok(())),
            (Some(ben), false, Err(Refusal::TakenAlready)),
            (None, true, Err(Refusal::AlreadyAnswered)),
            (Some(ada), true, Err(Refusal::AlreadyAnswered)),
        ] {
            assert_eq!(take(taken_by, is_done, ada), want, "{taken_by:?} {is_done}");
        }
    }
}
