//! What those who run the instance decide about what was reported, and who may say what to it.

use crate::{ActorId, Invalid, Refusal, Time, text, words::words};

words! {
    /// Where a case stands.
    CaseState, "state", {
        /// Nobody has decided yet.
        Open = "open",
        Decided = "decided",
    }
}

words! {
    /// What can be decided.
    DecisionKind, "kind", {
        /// Nothing is held against anybody.
        NoSanction = "no_sanction",
        /// Those concerned have agreed on how to make good.
        Repair = "repair",
        /// They are told to stop.
        Warning = "warning",
        /// What they said in threads here is hidden.
        Hidden = "hidden",
        /// They are shut out of this server.
        Suspended = "suspended",
    }
}

/// Why it was decided, or what was agreed: up to 5,000 characters, and never nothing.
pub fn decision(text: &str) -> Result<String, Invalid> {
    text::lines("text", text, 1, 5_000)
}

/// What somebody says to it.
pub fn appeal(text: &str) -> Result<String, Invalid> {
    text::lines("text", text, 1, 5_000)
}

/// When somebody comes back to it: in the future, within two years.
pub fn follow_up(at: Option<Time>, now: Time) -> Result<Option<Time>, Invalid> {
    let good = |at: Time| now < at && at <= now.plus_days(731);
    if at.is_none_or(good) {
        return Ok(at);
    }
    Err(Invalid::new("follow_up_at", "must be a day in the next two years"))
}

/// May somebody answer an appeal against what `decided_by` has decided? Somebody else always may; they
/// themselves only where they are the only ones who could.
pub fn answers(
    by: Option<ActorId>,
    decided_by: Option<ActorId>,
    others: bool,
) -> Result<(), Refusal> {
    if by.is_some() && by == decided_by && others { Err(Refusal::OwnDecision) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Id;

    #[test]
    fn nobody_judges_their_own_decision_where_somebody_else_could() {
        let [ada, bea]: [ActorId; 2] = [1, 2].map(|n| Id::from(uuid::Uuid::from_u128(n)));
        for (by, decided, others, want) in [
            (Some(ada), Some(bea), true, Ok(())),
            (Some(ada), Some(ada), true, Err(Refusal::OwnDecision)),
            (Some(ada), Some(ada), false, Ok(())),
            (Some(ada), None, true, Ok(())),
            (None, None, true, Ok(())),
        ] {
            assert_eq!(answers(by, decided, others), want);
        }
    }

    #[test]
    fn one_comes_back_to_it_soon_or_never() {
        let now = Time::from_micros(0);
        for (days, ok) in [(0, false), (1, true), (731, true), (732, false), (-1, false)] {
            assert_eq!(follow_up(Some(now.plus_days(days)), now).is_ok(), ok, "{days}");
        }
        assert_eq!(follow_up(None, now), Ok(None));
    }
}
