//! What comes from elsewhere: offers to our collectives, and answers to ours.

use db::listings::ListingRow;
use domain::{
    ActorId, AgreementId, Invalid, ListingId, Refusal,
    agreements::{self, AgreementState, Measure, admit, asks_in_return, measure},
    authority::own_word,
    quantity::{Amount, Unit},
};
use url::Url;

use super::{offer::withdraw, refuse_too_many, tell_answered, tell_offered, waiting};
use crate::{Event, Op, OpError, Operation, Result, actors::refuse_foreign};

/// How much somebody elsewhere offers, as they wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub amount: Option<String>,
    pub unit: Option<String>,
}

impl Asked {
    /// As we know it; nothing where number or unit is none of ours.
    fn read(&self) -> Option<Measure> {
        let amount = Amount::parse("quantity", self.amount.as_deref()?).ok()?;
        let unit = Unit::parse(self.unit.as_deref()?).ok()?;
        Some(Measure { amount, unit })
    }
}

/// Somebody elsewhere offers an agreement to a collective of ours.
///
/// What a rule does not admit is answered at once, with the reason; only who is blocked or offers too much
/// hears nothing.
#[derive(Clone, Debug)]
pub struct RecordOffer {
    pub offer_id: String,
    pub responder: ActorId,
    pub listing: ListingId,
    pub asked: Asked,
    /// What they give or want in return; not heard where the terms of the listing ask for nothing.
    pub in_return: Option<Asked>,
    /// Plain text.
    pub text: String,
}

impl Operation for RecordOffer {
    type Done = AgreementState;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<AgreementState> {
        own_word(self.responder, op.origin)?;
        refuse_foreign(op, self.responder, &self.offer_id)?;
        if let Some(known) = db::agreements::find_by_offer(op.tx, &self.offer_id)? {
            own_word(known.responder_id, op.origin)?;
            return Ok(known.state);
        }
        // Locked: nothing is left waiting at a listing that ends meanwhile.
        let listing = db::listings::lock(op.tx, self.listing)?
            .filter(|row| row.published_at.is_some())
            .ok_or(OpError::NotFound("listing"))?;
        let home = db::actors::find(op.tx, listing.collective_id.actor())?;
        if home.is_none_or(|home| !home.local) {
            return Err(Refusal::NotFromHere.into());
        }
        refuse_too_many(op, &listing, self.responder)?;
        let verdict = self.verdict(op, &listing);
        let in_return = self.in_return.as_ref().and_then(Asked::read);
        let in_return = in_return.filter(|_| asks_in_return(listing.terms));
        let id: AgreementId = op.mint();
        let mut row = waiting(op, id, self.offer_id, &listing, self.responder, None, self.text);
        match verdict {
            Ok(measure) => {
                row.quantity = measure.map(|measure| measure.amount);
                row.unit = measure.map(|measure| measure.unit);
                let in_return = in_return.or_else(|| agreements::in_return(listing.terms, measure));
                row.return_quantity = in_return.map(|it| it.amount);
                row.return_unit = in_return.map(|it| it.unit);
                db::agreements::insert(op.tx, &row)?;
                op.emit(&Event::heard("agreement_offered", id))?;
                tell_offered(op, &listing, &row)?;
            }
            Err(reason) => {
                row.state = AgreementState::Rejected;
                row.reason = reason;
                row.answered_at = Some(op.now);
                db::agreements::insert(op.tx, &row)?;
                op.emit(&Event::AgreementAnswered { agreement: id.uuid() })?;
            }
        }
        Ok(row.state)
    }
}

impl RecordOffer {
    /// What is offered, or why it is turned down.
    fn verdict(
        &self,
        op: &Op<'_, '_>,
        listing: &ListingRow,
    ) -> std::result::Result<Option<Measure>, String> {
        if listing.deleted_at.is_some() {
            return Err(Refusal::NoLongerOpen.to_string());
        }
        admit(listing.state, listing.expires_at, op.now).map_err(|no| no.to_string())?;
        self.measure(listing).map_err(|no| no.to_string())
    }

    fn measure(&self, listing: &ListingRow) -> std::result::Result<Option<Measure>, Invalid> {
        let amount = self.asked.amount.as_deref();
        let amount = amount.map(|text| Amount::parse("quantity", text)).transpose()?;
        let unit = match self.asked.unit.as_deref().map(Unit::parse) {
            None => None,
            Some(Ok(unit)) => Some(unit),
            // A unit we do not know is not that of the listing; who says nothing in it, says nothing.
            Some(Err(_)) if amount.is_none() => None,
            Some(Err(_)) => {
                return Err(Invalid::new("quantity", "must be in the unit of the listing"));
            }
        };
        measure(listing.how_much(), amount, unit)
    }
}

/// Who offered takes it back.
#[derive(Clone, Debug)]
pub struct RecordOfferWithdrawn {
    pub offer_id: String,
    pub responder: ActorId,
}

impl Operation for RecordOfferWithdrawn {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        own_word(self.responder, op.origin)?;
        let Some(row) = db::agreements::find_by_offer(op.tx, &self.offer_id)? else {
            return Ok(());
        };
        own_word(row.responder_id, op.origin)?;
        let id = row.id;
        if withdraw(op, &row)?.is_some() {
            op.emit(&Event::heard("agreement_withdrawn", id))?;
        }
        Ok(())
    }
}

/// What a collective elsewhere answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The finished agreement, as far as it is named, and how much was agreed on.
    Yes { agreement: Option<Url>, asked: Asked, in_return: Option<Asked> },
    /// Why not; plain text.
    No { reason: String },
}

/// A collective elsewhere answers what somebody here has offered it.
#[derive(Clone, Debug)]
pub struct RecordAgreementAnswer {
    pub offer_id: String,
    pub answer: Answered,
}

impl Operation for RecordAgreementAnswer {
    type Done = AgreementState;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<AgreementState> {
        let mut row =
            db::agreements::find_by_offer(op.tx, &self.offer_id)?.ok_or(Refusal::NoRequest)?;
        let listing =
            db::listings::lock(op.tx, row.listing_id)?.ok_or(OpError::NotFound("listing"))?;
        let owner = listing.collective_id.actor();
        own_word(owner, op.origin)?;
        let home = db::actors::find(op.tx, owner)?.filter(|home| !home.local);
        let home = home.ok_or(Refusal::NotTheirsToSay)?;
        let was = row.state;
        row.state = was.record(matches!(self.answer, Answered::Yes { .. }))?;
        if row.state == was {
            return Ok(was);
        }
        match self.answer {
            Answered::Yes { agreement, asked, in_return } => {
                let theirs = agreement.filter(|url| url.origin() == origin_of(&home.ap_id));
                if let Some(theirs) = theirs
                    && !db::agreements::is_taken(op.tx, theirs.as_str())?
                {
                    row.ap_id = theirs.into();
                }
                if let Some(Measure { amount, unit }) = asked.read() {
                    (row.quantity, row.unit) = (Some(amount), Some(unit));
                }
                if let Some(Measure { amount, unit }) = in_return.and_then(|it| it.read()) {
                    (row.return_quantity, row.return_unit) = (Some(amount), Some(unit));
                }
            }
            Answered::No { reason } => row.reason = reason,
        }
        row.answered_at = Some(op.now);
        db::agreements::update(op.tx, &row)?;
        let heard = if row.state == AgreementState::Accepted { "accepted" } else { "rejected" };
        op.emit(&Event::heard(&format!("agreement_{heard}"), row.id))?;
        tell_answered(op, &listing, &row)?;
        Ok(row.state)
    }
}

fn origin_of(address: &str) -> url::Origin {
    Url::parse(address).map_or_else(|_| url::Origin::new_opaque(), |url| url.origin())
}
