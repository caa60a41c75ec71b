//! What stewards answer.

use db::{agreements::AgreementRow, listings::ListingRow};
use domain::{
    AgreementId, PersonId, Refusal,
    agreements::{AgreementState, admit, settle},
};

use super::{tell_answered, turn_down_waiting};
use crate::{Event, Op, OpError, Operation, Result, collectives};

/// A steward or a delegate answers what was offered to the collective: yes or no.
///
/// A yes takes from what is left of the listing; where there is not enough of it any more it is refused, and
/// the offer still waits. Where it takes the last of it, the others that wait are turned down.
#[derive(Clone, Debug)]
pub struct AnswerAgreement {
    pub agreement: AgreementId,
    pub accept: bool,
    /// Why not; plain text.
    pub reason: String,
}

impl Operation for AnswerAgreement {
    type Done = AgreementState;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<AgreementState> {
        let (mut row, mut listing, person) = spoken_for(op, self.agreement)?;
        row.state = row.state.answer(self.accept)?;
        if self.accept {
            if listing.deleted_at.is_some() {
                return Err(Refusal::NoLongerOpen.into());
            }
            admit(listing.state, listing.expires_at, op.now)?;
            let (state, left) = settle(listing.state, listing.how_much(), row.measure())?;
            listing.state = state;
            listing.remaining = left;
            listing.updated_at = op.now;
            db::listings::update(op.tx, &listing)?;
            op.emit(&Event::listing_changed(listing.id))?;
        } else {
            row.reason = self.reason;
        }
        row.answered_at = Some(op.now);
        row.answered_by = Some(person);
        db::agreements::update(op.tx, &row)?;
        let said = if self.accept { "accept_agreement" } else { "reject_agreement" };
        op.audit(Some(listing.collective_id), said, &row.ap_id, &listing.title)?;
        op.emit(&Event::AgreementAnswered { agreement: row.id.uuid() })?;
        tell_answered(op, &listing, &row)?;
        turn_down_waiting(op, &listing)?;
        Ok(row.state)
    }
}

/// An agreement and its listing, locked, for somebody who speaks for the collective of the listing.
pub(super) fn spoken_for(
    op: &mut Op<'_, '_>,
    id: AgreementId,
) -> Result<(AgreementRow, ListingRow, PersonId)> {
    let person = op.person()?;
    let known = || OpError::NotFound("agreement");
    let row = db::agreements::find(op.tx, id)?.ok_or_else(known)?;
    let listing = db::listings::lock(op.tx, row.listing_id)?.ok_or_else(known)?;
    let collective = collectives::local(op, listing.collective_id)?;
    let standing = db::memberships::standing(op.tx, collective.id, person)?;
    // To those outside an agreement is not there: that somebody offered is nobody's business.
    if !standing.belongs() {
        return Err(known());
    }
    standing.speaks()?;
    // Read again: who answered while we waited for the lock was first.
    let row = db::agreements::find(op.tx, id)?.ok_or_else(known)?;
    Ok((row, listing, person))
}
