//! What people of this server offer, and take back.

use db::{Conn, agreements::AgreementRow, listings::ListingRow};
use domain::{
    AgreementId, ListingId, Refusal,
    agreements::{AgreementState, admit, measure, speaks},
    quantity::Amount,
};

use super::{refuse_too_many, tell_offered, waiting};
use crate::{Event, Op, OpError, Operation, Result, incoming};

/// Can a listing be answered with an agreement? Those of here can; those of elsewhere where their server says
/// that it is of a software that knows what that is.
pub fn answerable(conn: &mut Conn, listing: &ListingRow) -> db::Result<bool> {
    let Some(home) = db::actors::find(conn, listing.collective_id.actor())? else {
        return Ok(false);
    };
    if home.local {
        return Ok(true);
    }
    let instance = db::instances::find(conn, &home.host)?;
    Ok(instance.and_then(|it| it.software).is_some_and(|software| speaks(&software)))
}

/// A person of this server offers something in answer to a listing, here or elsewhere; one thing at a time.
#[derive(Clone, Debug)]
pub struct OfferAgreement {
    pub listing: ListingId,
    /// How much, in the listing's unit; all that is left where it is not said.
    pub quantity: Option<Amount>,
    /// Plain text for the stewards alone.
    pub text: String,
}

impl Operation for OfferAgreement {
    type Done = AgreementId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<AgreementId> {
        let person = op.person()?;
        // Locked: of two at once the second sees what the first has offered, or that the listing has ended.
        let listing = db::listings::lock(op.tx, self.listing)?
            .filter(ListingRow::is_public)
            .ok_or(OpError::NotFound("listing"))?;
        if !answerable(op.tx, &listing)? {
            return Err(Refusal::RepliesOnly.into());
        }
        refuse_too_many(op, &listing, person.actor())?;
        admit(listing.state, listing.expires_at, op.now)?;
        let measure = measure(listing.how_much(), self.quantity, None)?;
        // Whoever presses a button twice means it once.
        if db::agreements::is_waiting(op.tx, listing.id, person.actor())? {
            return Err(Refusal::AlreadyOffered.into());
        }
        let id: AgreementId = op.mint();
        let offer = op.site.act(id);
        let row = waiting(op, id, offer, &listing, person.actor(), measure, self.text);
        db::agreements::insert(op.tx, &row)?;
        tell_offered(op, &listing, &row)?;
        if is_elsewhere(op, &listing)? {
            op.emit(&Event::AgreementOffered { agreement: id.uuid() })?;
        } else {
            op.emit(&Event::heard("agreement_offered", id))?;
        }
        Ok(id)
    }
}

/// Who offered takes it back, as long as nobody has answered.
#[derive(Clone, Debug)]
pub struct WithdrawAgreement {
    pub agreement: AgreementId,
}

impl Operation for WithdrawAgreement {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        let row = db::agreements::find(op.tx, self.agreement)?
            .filter(|row| row.responder_id == person.actor())
            .ok_or(OpError::NotFound("agreement"))?;
        let listing = withdraw(op, &row)?;
        if let Some(listing) = listing {
            let event = if is_elsewhere(op, &listing)? {
                Event::AgreementWithdrawn { agreement: self.agreement.uuid() }
            } else {
                Event::heard("agreement_withdrawn", self.agreement)
            };
            op.emit(&event)?;
        }
        Ok(())
    }
}

/// Takes an agreement back; its listing, unless that was done before.
///
/// The listing is locked first, as it is by who accepts: one of the two is first.
pub(super) fn withdraw(op: &mut Op<'_, '_>, row: &AgreementRow) -> Result<Option<ListingRow>> {
    let listing = db::listings::lock(op.tx, row.listing_id)?.ok_or(OpError::NotFound("listing"))?;
    let mut row = db::agreements::find(op.tx, row.id)?.ok_or(OpError::NotFound("agreement"))?;
    if row.state == AgreementState::Withdrawn {
        return Ok(None);
    }
    row.state = row.state.withdraw()?;
    row.answered_at = Some(op.now);
    db::agreements::update(op.tx, &row)?;
    db::incoming::forget(op.tx, None, incoming::Kind::Agreement, row.id.uuid())?;
    Ok(Some(listing))
}

fn is_elsewhere(op: &mut Op<'_, '_>, listing: &ListingRow) -> Result<bool> {
    let home = db::actors::find(op.tx, listing.collective_id.actor())?;
    Ok(home.is_some_and(|home| !home.local))
}
