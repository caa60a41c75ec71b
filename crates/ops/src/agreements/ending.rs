//! What becomes of an agreement in the end: it is fulfilled, which its receipt says (FEP-0837), or its listing
//! ends before it was answered.

use db::listings::ListingRow;
use domain::{
    AgreementId, Refusal,
    agreements::{AgreementState, closing},
    authority::own_word,
};

use super::steward::spoken_for;
use crate::{Event, Op, OpError, Operation, Result};

/// A steward or a delegate says that what was agreed on was handed over or done; the other side gets a receipt.
///
/// Saying it twice changes nothing, and no second receipt is sent.
#[derive(Clone, Debug)]
pub struct FulfilAgreement {
    pub agreement: AgreementId,
}

impl Operation for FulfilAgreement {
    type Done = AgreementState;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<AgreementState> {
        let (mut row, listing, _) = spoken_for(op, self.agreement)?;
        let was = row.state;
        row.state = was.fulfil()?;
        if row.state == was {
            return Ok(was);
        }
        row.fulfilled_at = Some(op.now);
        db::agreements::update(op.tx, &row)?;
        op.audit(Some(listing.collective_id), "fulfil_agreement", &row.ap_id, &listing.title)?;
        op.emit(&Event::AgreementFulfilled { agreement: row.id.uuid() })?;
        Ok(row.state)
    }
}

/// A collective elsewhere sends the receipt for an agreement with somebody here.
#[derive(Clone, Debug)]
pub struct RecordReceipt {
    pub agreement: AgreementId,
}

impl Operation for RecordReceipt {
    type Done = AgreementState;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<AgreementState> {
        let known = || OpError::NotFound("agreement");
        let row = db::agreements::find(op.tx, self.agreement)?.ok_or_else(known)?;
        let listing = db::listings::lock(op.tx, row.listing_id)?.ok_or_else(known)?;
        let owner = listing.collective_id.actor();
        own_word(owner, op.origin)?;
        if db::actors::find(op.tx, owner)?.is_none_or(|home| home.local) {
            return Err(Refusal::NotTheirsToSay.into());
        }
        let mut row = db::agreements::find(op.tx, self.agreement)?.ok_or_else(known)?;
        let was = row.state;
        row.state = was.fulfil()?;
        if row.state != was {
            row.fulfilled_at = Some(op.now);
            db::agreements::update(op.tx, &row)?;
            op.emit(&Event::heard("agreement_fulfilled", row.id))?;
        }
        Ok(row.state)
    }
}

/// Turns down what still waits at a listing of ours that has ended, and says why; its row is locked.
///
/// Where the listing lives elsewhere, its own server says so.
pub(crate) fn turn_down_waiting(op: &mut Op<'_, '_>, listing: &ListingRow) -> Result<()> {
    let Some(reason) = closing(listing.state, listing.deleted_at.is_some()) else { return Ok(()) };
    for id in db::agreements::reject_waiting(op.tx, listing.id, reason, op.now)? {
        op.emit(&Event::AgreementAnswered { agreement: id.uuid() })?;
        if let Some(row) = db::agreements::find(op.tx, id)? {
            super::tell_answered(op, listing, &row)?;
        }
    }
    Ok(())
}
