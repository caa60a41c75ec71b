//! Operations on agreements (FEP-0837): offered, answered, taken back, fulfilled.
//!
//! **Invariant:** what is accepted of a listing is never more than it says there is. The listing's row is locked
//! before its agreement is read, so of two answers at once the second sees what the first has left.

mod ending;
mod offer;
mod record;
mod steward;

pub(crate) use ending::turn_down_waiting;
pub use ending::{FulfilAgreement, RecordReceipt};
pub use offer::{OfferAgreement, WithdrawAgreement, answerable};
pub use record::{Answered, Asked, RecordAgreementAnswer, RecordOffer, RecordOfferWithdrawn};
pub use steward::AnswerAgreement;

use db::{agreements::AgreementRow, listings::ListingRow};
use domain::{
    ActorId, AgreementId, Refusal,
    agreements::{AgreementState, MOST_A_DAY, MOST_OPEN, Measure, in_return},
    notifications::Kind,
};

use crate::{
    Op, Result, incoming,
    notifications::{Notice, SPEAKERS, tell, tell_roles},
};

/// A new agreement that waits for its answer.
fn waiting(
    op: &Op<'_, '_>,
    id: AgreementId,
    offer_id: String,
    listing: &ListingRow,
    responder: ActorId,
    measure: Option<Measure>,
    text: String,
) -> AgreementRow {
    let in_return = in_return(listing.terms, measure);
    AgreementRow {
        id,
        ap_id: op.site.agreement(id),
        offer_id,
        listing_id: listing.id,
        responder_id: responder,
        quantity: measure.map(|measure| measure.amount),
        unit: measure.map(|measure| measure.unit),
        text,
        state: AgreementState::Offered,
        reason: String::new(),
        created_at: op.now,
        answered_at: None,
        answered_by: None,
        return_quantity: in_return.map(|it| it.amount),
        return_unit: in_return.map(|it| it.unit),
        fulfilled_at: None,
    }
}

/// Those who speak for the collective of a listing hear what is offered to it.
fn tell_offered(op: &mut Op<'_, '_>, listing: &ListingRow, row: &AgreementRow) -> Result<()> {
    let notice = Notice::new(Kind::AgreementOffered).by(row.responder_id).at(listing).on(row.id);
    incoming::put(op, listing.collective_id, incoming::Kind::Agreement, row.id.uuid())?;
    tell_roles(op, listing.collective_id, SPEAKERS, &notice)
}

/// Whoever offered hears what was answered. Which steward it was stays in the log.
fn tell_answered(op: &mut Op<'_, '_>, listing: &ListingRow, row: &AgreementRow) -> Result<()> {
    incoming::settle(op, None, incoming::Kind::Agreement, row.id.uuid())?;
    let notice = Notice::new(Kind::AgreementAnswered).at(listing).on(row.id);
    let notice = notice.saying(row.state.word());
    tell(op, &[row.responder_id.person()], &notice)
}

/// Nobody offers without measure, and nobody who is blocked offers at all.
fn refuse_too_many(op: &mut Op<'_, '_>, listing: &ListingRow, responder: ActorId) -> Result<()> {
    let collective = listing.collective_id;
    if db::blocks::exists(op.tx, collective.actor(), responder)? {
        return Err(Refusal::Blocked.into());
    }
    let yesterday = op.now.plus_days(-1);
    let (open, recent) = db::agreements::count_of(op.tx, responder, collective, yesterday)?;
    if MOST_OPEN <= open || MOST_A_DAY <= recent {
        return Err(Refusal::TooManyOffers.into());
    }
    Ok(())
}
