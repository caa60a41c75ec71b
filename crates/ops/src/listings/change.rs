//! Editing a listing, and moving it from state to state.

use db::listings::ListingRow;
use domain::{
    Invalid, ListingId, Refusal, Time,
    listings::{Content, Signature, State, Window},
    quantity::Amount,
};

use super::{changeable, publish::write};
use crate::{Event, Op, Operation, Result, agreements::turn_down_waiting, collectives, searches};

/// Changes the words of a listing; what it is about (need or offer) stays.
#[derive(Clone, Debug)]
pub struct EditListing {
    pub listing: ListingId,
    pub content: Content,
    /// What the editor saw; another version meanwhile is [`Refusal::Stale`].
    pub version: Option<i64>,
}

impl Operation for EditListing {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let mut row = changeable(op, self.listing, self.version)?;
        let was = row.state;
        row.state = row.state.edit()?;
        if row.state != State::Draft && row.purpose != self.content.purpose {
            let problem = "cannot change once it is published; withdraw it and post another one";
            return Err(Invalid::new("purpose", problem).into());
        }
        self.content.window.check(op.now)?;
        keep_their_name(op, &row, self.content.signed_by)?;
        write(&mut row, &self.content, op.now);
        if row.state != State::Draft
            && let Some(quantity) = row.how_much()
        {
            row.state = row.state.progress(quantity)?;
        }
        let exact = self.content.place.as_ref().and_then(|place| place.point);
        db::listings::set_exact_point(op.tx, row.id, exact)?;
        store(op, &row, was)
    }
}

/// Only who wrote a listing may put their own name under it; a steward who edits it may not do it for them.
fn keep_their_name(op: &mut Op<'_, '_>, row: &ListingRow, wanted: Signature) -> Result<()> {
    let exposes = wanted == Signature::Member && row.signed_by == Signature::Voice;
    if exposes && row.author_id != Some(op.person()?) {
        let problem = "must stay voice: only who wrote the listing may sign it with their name";
        return Err(Invalid::new("signed_by", problem).into());
    }
    Ok(())
}

/// A step from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A draft goes out into the world.
    Publish,
    /// So much was found or given in all.
    Progress {
        found: Amount,
    },
    Fulfil,
    Withdraw,
    /// Open again, with a new expiry or none.
    Reopen {
        expires_at: Option<Time>,
    },
}

/// Moves a listing on.
#[derive(Clone, Debug)]
pub struct MoveListing {
    pub listing: ListingId,
    pub step: Step,
    /// What the steward saw; another version meanwhile is [`Refusal::Stale`].
    pub version: Option<i64>,
}

impl Operation for MoveListing {
    type Done = State;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<State> {
        let mut row = changeable(op, self.listing, self.version)?;
        let was = row.state;
        match self.step {
            Step::Publish => publish(op, &mut row)?,
            Step::Progress { found } => progress(&mut row, found)?,
            Step::Fulfil => {
                row.state = row.state.fulfil()?;
                row.remaining = row.quantity.map(|_| Amount::NOTHING);
            }
            Step::Withdraw => row.state = row.state.withdraw()?,
            Step::Reopen { expires_at } => reopen(&mut row, expires_at, op.now)?,
        }
        row.updated_at = op.now;
        if self.step == Step::Publish {
            row.published_at = Some(op.now);
            db::listings::update(op.tx, &row)?;
            op.emit(&Event::listing_published(row.id))?;
            searches::announce(op, &row)?;
        } else {
            store(op, &row, was)?;
        }
        Ok(row.state)
    }
}

fn publish(op: &mut Op<'_, '_>, row: &mut ListingRow) -> Result<()> {
    let person = op.person()?;
    let board = collectives::local(op, row.collective_id)?.board();
    let standing = db::memberships::standing(op.tx, row.collective_id, person)?;
    domain::listings::admit(board, standing, true)?;
    row.state = row.state.publish()?;
    window(row).check(op.now)?;
    Ok(())
}

fn progress(row: &mut ListingRow, found: Amount) -> Result<()> {
    let Some(mut quantity) = row.how_much() else {
        let problem = "is not stated in this listing; edit it, or mark it fulfilled";
        return Err(Invalid::new("quantity", problem).into());
    };
    if quantity.total < found {
        let problem =
            format!("must be at most {}, which is all that was asked for", quantity.total);
        return Err(Invalid::new("found", problem).into());
    }
    quantity.remaining = quantity.total.less(found);
    row.state = row.state.progress(quantity)?;
    row.remaining = Some(quantity.remaining);
    Ok(())
}

fn reopen(row: &mut ListingRow, expires_at: Option<Time>, now: Time) -> Result<()> {
    let was = row.state;
    row.state = row.state.reopen(row.how_much())?;
    if row.remaining == Some(Amount::NOTHING) {
        row.remaining = row.quantity;
    }
    let over = row.expires_at.is_some_and(|expires| expires <= now);
    if was == State::Expired || over || expires_at.is_some() {
        row.expires_at = expires_at;
    }
    window(row).check(now)?;
    Ok(())
}

fn window(row: &ListingRow) -> Window {
    Window { starts_at: row.starts_at, ends_at: row.ends_at, expires_at: row.expires_at }
}

/// Writes a changed listing; the world is told unless it never knew of it.
fn store(op: &mut Op<'_, '_>, row: &ListingRow, was: State) -> Result<()> {
    db::listings::update(op.tx, row)?;
    if row.published_at.is_some() {
        op.emit(&Event::listing_changed(row.id))?;
        if was.is_open() != row.state.is_open() {
            op.emit(&Event::listing_featured(row.id, row.state.is_open()))?;
        }
    }
    turn_down_waiting(op, row)
}

/// Closes a listing whose time is over; the clock does it.
#[derive(Clone, Debug)]
pub struct ExpireListing {
    pub listing: ListingId,
}

impl Operation for ExpireListing {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let mut row = changeable(op, self.listing, None)?;
        let was = row.state;
        if row.expires_at.is_none_or(|expires| op.now < expires) {
            return Err(Refusal::AlreadyOpen.into());
        }
        row.state = row.state.expire()?;
        row.updated_at = op.now;
        store(op, &row, was)
    }
}

/// Takes a listing away for good; its address answers 410 from now on.
#[derive(Clone, Debug)]
pub struct DeleteListing {
    pub listing: ListingId,
}

/// Deletes a listing for good if it still is what somebody saw.
#[derive(Clone, Debug)]
pub struct DeleteSeenListing {
    pub listing: ListingId,
    pub version: i64,
}

impl Operation for DeleteSeenListing {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        changeable(op, self.listing, Some(self.version))?;
        DeleteListing { listing: self.listing }.perform(op)
    }
}

impl Operation for DeleteListing {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let mut row = changeable(op, self.listing, None)?;
        row.deleted_at = Some(op.now);
        row.updated_at = op.now;
        row.text = String::new();
        row.place = None;
        row.public_latitude = None;
        row.public_longitude = None;
        db::listings::set_exact_point(op.tx, row.id, None)?;
        db::mandates::delete(op.tx, row.id)?;
        db::listings::update(op.tx, &row)?;
        op.audit(Some(row.collective_id), "delete_listing", &row.ap_id, &row.title)?;
        if row.published_at.is_some() {
            op.emit(&Event::listing_deleted(row.id))?;
        }
        turn_down_waiting(op, &row)
    }
}
