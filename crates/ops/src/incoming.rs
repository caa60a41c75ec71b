//! What waits for the stewards of a collective, in one place: each of them sees it all, and any of them takes it.
//!
//! **Invariant:** nobody but stewards learns what waits, or who has taken it.

use db::{Conn, incoming::IncomingRow, listings::ListingRow, replies::ReplyRow};
pub(crate) use domain::incoming::Kind;
use domain::{ActorId, CollectiveId, IncomingId, PersonId, Way, incoming::take};
use uuid::Uuid;

use crate::{Op, OpError, Operation, Result, memberships};

/// Puts something before the stewards of a collective of this server.
pub(crate) fn put(
    op: &mut Op<'_, '_>,
    collective: CollectiveId,
    kind: Kind,
    subject: Uuid,
) -> Result<()> {
    if db::collectives::find(op.tx, collective)?.is_none() {
        return Ok(());
    }
    let id: IncomingId = op.mint();
    Ok(db::incoming::put(op.tx, id, collective, (kind, subject), op.now)?)
}

/// It is done: by whoever speaks, or by itself. Of one collective, or of all.
pub(crate) fn settle(
    op: &mut Op<'_, '_>,
    collective: Option<CollectiveId>,
    kind: Kind,
    subject: Uuid,
) -> Result<()> {
    let by = op.origin.actor().filter(|_| op.origin.way == Way::Local).map(ActorId::person);
    Ok(db::incoming::settle(op.tx, collective, (kind, subject), by, op.now)?)
}

/// Somebody answered a listing: what stewards and delegates say themselves waits for nobody, and settles what
/// they answer.
pub(crate) fn said(
    op: &mut Op<'_, '_>,
    row: &ReplyRow,
    collective: CollectiveId,
    is_wanted: bool,
) -> Result<()> {
    let person = row.written_by.unwrap_or_else(|| row.author_id.person());
    let speaks = row.author_id == collective.actor()
        || db::memberships::standing(op.tx, collective, person)?.speaks().is_ok();
    if !speaks {
        if is_wanted {
            put(op, collective, Kind::Reply, row.id.uuid())?;
        }
        return Ok(());
    }
    match row.parent_id {
        Some(parent) => settle(op, Some(collective), Kind::Reply, parent.uuid()),
        None => Ok(()),
    }
}

/// A steward takes something: from now on it is theirs to see to, and the others see that.
#[derive(Clone, Debug)]
pub struct TakeIncoming {
    pub collective: CollectiveId,
    pub item: IncomingId,
}

impl Operation for TakeIncoming {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let (mut row, steward) = governed(op, self.collective, self.item)?;
        take(row.taken_by, row.done_at.is_some(), steward)?;
        if row.taken_by.is_none() {
            row.taken_by = Some(steward);
            row.taken_at = Some(op.now);
            db::incoming::update(op.tx, &row)?;
        }
        Ok(())
    }
}

/// A steward puts something back: nobody has taken it, and it is not done. Any of them may, whoever has it:
/// somebody may have fallen ill.
#[derive(Clone, Debug)]
pub struct PutBackIncoming {
    pub collective: CollectiveId,
    pub item: IncomingId,
}

impl Operation for PutBackIncoming {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let (row, _) = governed(op, self.collective, self.item)?;
        let free =
            IncomingRow { taken_by: None, taken_at: None, done_by: None, done_at: None, ..row };
        Ok(db::incoming::update(op.tx, &free)?)
    }
}

/// A steward says that something is done; said twice, the first was it.
#[derive(Clone, Debug)]
pub struct FinishIncoming {
    pub collective: CollectiveId,
    pub item: IncomingId,
}

impl Operation for FinishIncoming {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let (mut row, steward) = governed(op, self.collective, self.item)?;
        if row.done_at.is_none() {
            row.done_by = Some(steward);
            row.done_at = Some(op.now);
            db::incoming::update(op.tx, &row)?;
        }
        Ok(())
    }
}

fn governed(
    op: &mut Op<'_, '_>,
    collective: CollectiveId,
    item: IncomingId,
) -> Result<(IncomingRow, PersonId)> {
    let steward = memberships::govern(op, collective)?;
    let row = db::incoming::lock(op.tx, item)?.filter(|row| row.collective_id == collective);
    Ok((row.ok_or(OpError::NotFound("item"))?, steward))
}

/// Something that waits, and what it is about; a subject that is gone leaves all of that empty.
#[derive(Clone, Debug)]
pub struct Item {
    pub row: IncomingRow,
    /// Who wrote, asks, or offers. Who reports is told to nobody.
    pub actor: Option<ActorId>,
    pub listing: Option<ListingRow>,
    pub text: String,
    pub html: String,
    /// Is what it is about still there?
    pub there: bool,
}

/// What rows are about.
pub fn items(conn: &mut Conn, rows: Vec<IncomingRow>) -> db::Result<Vec<Item>> {
    rows.into_iter().map(|row| item(conn, row)).collect()
}

fn item(conn: &mut Conn, row: IncomingRow) -> db::Result<Item> {
    let subject = row.subject();
    let nothing = Item {
        row,
        actor: None,
        listing: None,
        text: String::new(),
        html: String::new(),
        there: false,
    };
    match nothing.row.kind {
        Kind::Reply | Kind::Mention => {
            let said = db::replies::find(conn, subject.into())?;
            let Some(said) = said.filter(|it| it.deleted_at.is_none() && it.hidden_at.is_none())
            else {
                return Ok(nothing);
            };
            let listing = listing(conn, said.listing_id)?;
            let actor = Some(said.author_id);
            Ok(Item { actor, listing, text: said.text, html: said.html, there: true, ..nothing })
        }
        Kind::Agreement => {
            let Some(offer) = db::agreements::find(conn, subject.into())? else {
                return Ok(nothing);
            };
            let listing = listing(conn, Some(offer.listing_id))?;
            let actor = Some(offer.responder_id);
            Ok(Item { actor, listing, text: offer.text, there: true, ..nothing })
        }
        Kind::Report => {
            let Some(report) = db::reports::find(conn, subject.into())? else {
                return Ok(nothing);
            };
            let listing = listing(conn, report.listing_id)?;
            Ok(Item { listing, text: report.text, there: true, ..nothing })
        }
        Kind::FollowRequest => {
            let asked = db::follows::find_by_id(conn, subject.into())?;
            let actor = asked.map(|it| it.follower_id);
            Ok(Item { actor, there: actor.is_some(), ..nothing })
        }
        Kind::JoinRequest => {
            let who = db::actors::find(conn, subject.into())?;
            let actor = who.filter(|it| it.deleted_at.is_none()).map(|it| it.id);
            Ok(Item { actor, there: actor.is_some(), ..nothing })
        }
    }
}

fn listing(conn: &mut Conn, id: Option<domain::ListingId>) -> db::Result<Option<ListingRow>> {
    match id {
        Some(id) => Ok(db::listings::find(conn, id)?.filter(|row| row.deleted_at.is_none())),
        None => Ok(None),
    }
}
