//! Agreements (FEP-0837): what somebody offers in answer to a need, or asks of an offer, and what follows from a yes.

use crate::{
    Invalid, Refusal, Time,
    listings::{State, Terms},
    quantity::{Amount, Quantity, Unit},
    text,
    words::words,
};

words! {
    /// Where an agreement stands.
    AgreementState, "state", {
        /// Waits for the stewards of the listing's collective.
        Offered = "offered",
        Accepted = "accepted",
        Rejected = "rejected",
        /// Taken back by who made it, before it was answered.
        Withdrawn = "withdrawn",
        /// What was agreed on was handed over or done.
        Fulfilled = "fulfilled",
    }
}

/// How many unanswered offers one actor may have at one collective.
pub const MOST_OPEN: i64 = 20;

/// How many offers one actor may make to one collective in a day, whatever became of them.
pub const MOST_A_DAY: i64 = 60;

/// The software, as NodeInfo names it, that answers an `Offer` of an agreement. To everybody else people write.
const SPEAKERS: &[&str] = &["tequio", "mitra"];

/// Does this software know what an agreement is?
pub fn speaks(software: &str) -> bool {
    SPEAKERS.iter().any(|known| software.trim().eq_ignore_ascii_case(known))
}

/// What goes with an offer: up to 2,000 characters.
pub fn body(text: &str) -> Result<String, Invalid> {
    text::lines("text", text, 0, 2_000)
}

/// Why an offer is turned down: up to 500 characters.
pub fn reason(text: &str) -> Result<String, Invalid> {
    text::lines("reason", text, 0, 500)
}

/// So much of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    pub amount: Amount,
    pub unit: Unit,
}

/// Is there anything to answer in a listing of this state that closes at `expires_at`?
pub fn admit(state: State, expires_at: Option<Time>, now: Time) -> Result<(), Refusal> {
    let over = expires_at.is_some_and(|expires| expires <= now);
    if state.is_open() && !over { Ok(()) } else { Err(Refusal::NoLongerOpen) }
}

/// How much is offered: what was asked for, if the listing has as much left; all that is left where nothing
/// was said. A listing that does not say how much takes what it is offered.
pub fn measure(
    listing: Option<Quantity>,
    amount: Option<Amount>,
    unit: Option<Unit>,
) -> Result<Option<Measure>, Invalid> {
    let Some(listing) = listing else {
        return Ok(amount.map(|amount| Measure { amount, unit: unit.unwrap_or(Unit::One) }));
    };
    if let Some(unit) = unit.filter(|unit| *unit != listing.unit) {
        let problem = format!(
            "must be in the unit of the listing, {}, not {}",
            listing.unit.word(),
            unit.word()
        );
        return Err(Invalid::new("quantity", problem));
    }
    let amount = amount.unwrap_or(listing.remaining);
    if amount == Amount::NOTHING {
        return Err(Invalid::new("quantity", "must be more than 0"));
    }
    if listing.remaining < amount {
        let problem = format!("must be at most {}, which is all that is left", listing.remaining);
        return Err(Invalid::new("quantity", problem));
    }
    Ok(Some(Measure { amount, unit: listing.unit }))
}

/// What a yes makes of the listing: its state, and what remains of it.
///
/// A listing that does not say how much is one thing: the first yes has it.
pub fn settle(
    state: State,
    listing: Option<Quantity>,
    promised: Option<Measure>,
) -> Result<(State, Option<Amount>), Refusal> {
    if !state.is_open() {
        return Err(Refusal::NoLongerOpen);
    }
    let Some(listing) = listing else { return Ok((state.fulfil()?, None)) };
    // The unit may have been changed since it was offered: hours do not add up with pieces.
    if promised.is_some_and(|promised| promised.unit != listing.unit) {
        return Err(Refusal::NotEnoughLeft);
    }
    let amount = promised.map_or(listing.remaining, |promised| promised.amount);
    if listing.remaining < amount || amount == Amount::NOTHING {
        return Err(Refusal::NotEnoughLeft);
    }
    let left = Quantity { remaining: listing.remaining.less(amount), ..listing };
    Ok((state.progress(left)?, Some(left.remaining)))
}

/// Why what still waits is turned down when its listing ends in this state, or is deleted; nothing where it
/// does not end, or only its time is over: it may be reopened, and then be answered.
pub fn closing(state: State, deleted: bool) -> Option<&'static str> {
    match state {
        _ if deleted => Some("this listing was deleted"),
        State::Fulfilled => Some("nothing more is needed or offered here, thank you"),
        State::Withdrawn => Some("this listing was withdrawn"),
        State::Draft | State::Open | State::Partly | State::Expired => None,
    }
}

/// What is given in return for so much, where the terms ask for something: an hour for an hour, and else
/// one thing.
pub fn in_return(terms: Terms, promised: Option<Measure>) -> Option<Measure> {
    let hours = promised.filter(|it| terms == Terms::TimeBank && it.unit == Unit::Hour);
    asks_in_return(terms).then(|| hours.unwrap_or(Measure { amount: Amount::ONE, unit: Unit::One }))
}

/// Is something given in return? A gift, a loan, and the use of something ask for nothing, and who wants to
/// talk has not said yet.
pub fn asks_in_return(terms: Terms) -> bool {
    match terms {
        Terms::Barter | Terms::TimeBank => true,
        Terms::Gift | Terms::Loan | Terms::Use | Terms::LetsTalk => false,
    }
}

impl AgreementState {
    /// Only what waits is answered, once.
    pub fn answer(self, accept: bool) -> Result<Self, Refusal> {
        match self {
            Self::Offered if accept => Ok(Self::Accepted),
            Self::Offered => Ok(Self::Rejected),
            _ => Err(Refusal::AlreadyAnswered),
        }
    }

    /// Only what waits is taken back; doing it twice changes nothing.
    pub fn withdraw(self) -> Result<Self, Refusal> {
        match self {
            Self::Offered | Self::Withdrawn => Ok(Self::Withdrawn),
            Self::Accepted | Self::Rejected | Self::Fulfilled => Err(Refusal::AlreadyAnswered),
        }
    }

    /// Only what was agreed on is fulfilled; saying it twice changes nothing.
    pub fn fulfil(self) -> Result<Self, Refusal> {
        match self {
            Self::Accepted | Self::Fulfilled => Ok(Self::Fulfilled),
            Self::Offered | Self::Rejected | Self::Withdrawn => Err(Refusal::NotAgreed),
        }
    }

    /// What the listing's own server answered holds; its yes may cross a withdrawal on the way.
    pub fn record(self, accept: bool) -> Result<Self, Refusal> {
        match (self, accept) {
            (Self::Offered | Self::Withdrawn | Self::Accepted, true) => Ok(Self::Accepted),
            (Self::Offered | Self::Withdrawn | Self::Rejected, false) => Ok(Self::Rejected),
            // Its receipt was quicker than its yes.
            (Self::Fulfilled, true) => Ok(Self::Fulfilled),
            _ => Err(Refusal::AlreadyAnswered),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::parse_or_nothing("quantity", text).unwrap()
    }

    #[expect(clippy::unnecessary_wraps, reason = "as the rules take it")]
    fn chairs(remaining: &str) -> Option<Quantity> {
        Some(Quantity { remaining: amount(remaining), ..Quantity::whole(amount("20"), Unit::One) })
    }

    #[expect(clippy::unnecessary_wraps, reason = "as the rules take it")]
    fn pieces(number: &str) -> Option<Measure> {
        Some(Measure { amount: amount(number), unit: Unit::One })
    }

    #[test]
    fn only_what_is_open_is_answered() {
        let now = Time::parse("now", "2026-03-01T00:00:00Z").unwrap();
        for (state, days, want) in [
            (State::Open, None, true),
            (State::Partly, Some(1), true),
            (State::Open, Some(0), false),
            (State::Draft, None, false),
            (State::Fulfilled, None, false),
            (State::Withdrawn, None, false),
            (State::Expired, None, false),
        ] {
            let got = admit(state, days.map(|days| now.plus_days(days)), now);
            assert_eq!(got, if want { Ok(()) } else { Err(Refusal::NoLongerOpen) }, "{state:?}");
        }
    }

    #[test]
    fn an_offer_is_at_most_what_remains() {
        let hours = Some(Unit::Hour);
        for (listing, asked, unit, want) in [
            (chairs("12"), Some("8"), None, Some(pieces("8"))),
            (chairs("12"), Some("12"), Some(Unit::One), Some(pieces("12"))),
            (chairs("12"), None, None, Some(pieces("12"))),
            (chairs("12"), Some("12.001"), None, None),
            (chairs("12"), Some("0"), None, None),
            (chairs("0"), None, None, None),
            (chairs("12"), Some("8"), hours, None),
            (None, None, None, Some(None)),
            (None, Some("3"), None, Some(pieces("3"))),
            (None, Some("3"), hours, Some(Some(Measure { amount: amount("3"), unit: Unit::Hour }))),
        ] {
            let got = measure(listing, asked.map(amount), unit);
            if let Err(invalid) = &got {
                assert_eq!(invalid.field, "quantity");
            }
            assert_eq!(got.ok(), want, "{listing:?} {asked:?} {unit:?}");
        }
    }

    #[test]
    fn a_yes_reduces_what_is_left() {
        let ladder = None;
        let hours = Some(Measure { amount: amount("1"), unit: Unit::Hour });
        for (state, listing, promised, want) in [
            (State::Open, chairs("20"), pieces("8"), Ok((State::Partly, Some(amount("12"))))),
            (State::Partly, chairs("12"), pieces("12"), Ok((State::Fulfilled, Some(amount("0"))))),
            (State::Partly, chairs("12"), None, Ok((State::Fulfilled, Some(amount("0"))))),
            (State::Partly, chairs("12"), pieces("13"), Err(Refusal::NotEnoughLeft)),
            (State::Open, chairs("20"), hours, Err(Refusal::NotEnoughLeft)),
            (State::Fulfilled, chairs("0"), pieces("1"), Err(Refusal::NoLongerOpen)),
            (State::Withdrawn, chairs("12"), pieces("1"), Err(Refusal::NoLongerOpen)),
            (State::Expired, ladder, None, Err(Refusal::NoLongerOpen)),
            (State::Open, ladder, None, Ok((State::Fulfilled, None))),
            (State::Open, ladder, pieces("3"), Ok((State::Fulfilled, None))),
            (State::Fulfilled, ladder, None, Err(Refusal::NoLongerOpen)),
        ] {
            assert_eq!(
                settle(state, listing, promised),
                want,
                "{state:?} {listing:?} {promised:?}"
            );
        }
    }

    #[test]
    fn an_agreement_is_answered_once_and_fulfilled_when_it_was_agreed_on() {
        use AgreementState::{Accepted, Fulfilled, Offered, Rejected, Withdrawn};
        let (no, not) = (Err(Refusal::AlreadyAnswered), Err(Refusal::NotAgreed));
        // state, yes, no, withdraw, their yes, their no, fulfil
        for (state, want) in [
            (Offered, [Ok(Accepted), Ok(Rejected), Ok(Withdrawn), Ok(Accepted), Ok(Rejected), not]),
            (Accepted, [no, no, no, Ok(Accepted), no, Ok(Fulfilled)]),
            (Rejected, [no, no, no, no, Ok(Rejected), not]),
            (Withdrawn, [no, no, Ok(Withdrawn), Ok(Accepted), Ok(Rejected), not]),
            (Fulfilled, [no, no, no, Ok(Fulfilled), no, Ok(Fulfilled)]),
        ] {
            let got = [
                state.answer(true),
                state.answer(false),
                state.withdraw(),
                state.record(true),
                state.record(false),
                state.fulfil(),
            ];
            assert_eq!(got, want, "{state:?}");
        }
    }

    #[test]
    fn what_waits_is_turned_down_where_its_listing_ends() {
        for (state, deleted, want) in [
            (State::Open, false, false),
            (State::Partly, false, false),
            (State::Expired, false, false),
            (State::Draft, false, false),
            (State::Fulfilled, false, true),
            (State::Withdrawn, false, true),
            (State::Open, true, true),
            (State::Expired, true, true),
        ] {
            assert_eq!(closing(state, deleted).is_some(), want, "{state:?} {deleted}");
        }
    }

    #[test]
    fn an_hour_is_given_for_an_hour_and_nothing_for_a_gift() {
        let hours = Some(Measure { amount: amount("3"), unit: Unit::Hour });
        for (terms, promised, want) in [
            (Terms::Gift, hours, None),
            (Terms::Loan, pieces("8"), None),
            (Terms::Use, hours, None),
            (Terms::LetsTalk, pieces("8"), None),
            (Terms::TimeBank, hours, hours),
            (Terms::TimeBank, pieces("8"), pieces("1")),
            (Terms::Barter, pieces("8"), pieces("1")),
            (Terms::Barter, hours, pieces("1")),
            (Terms::Barter, None, pieces("1")),
        ] {
            assert_eq!(in_return(terms, promised), want, "{terms:?} {promised:?}");
        }
    }

    #[test]
    fn few_speak_of_agreements() {
        for (software, want) in
            [("tequio", true), ("Mitra", true), ("mastodon", false), ("", false)]
        {
            assert_eq!(speaks(software), want, "{software}");
        }
    }
}
