//! Operations on what is passed on from one world to another.

use db::{listings::ListingRow, relays::RelayRow, replies::ReplyRow};
use domain::{ActorId, CollectiveId, Dialect, ListingId, Refusal, ReplyId, Speaker, Way};

use crate::{Event, Op, OpError, Operation, Result, jobs};

/// Gives a message the address under which it is said again; a second time it is the first one.
#[derive(Clone, Debug)]
pub struct KeepRelay {
    pub reply: ReplyId,
    /// Who says it: a guest, or the Group.
    pub actor: ActorId,
}

impl Operation for KeepRelay {
    type Done = RelayRow;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<RelayRow> {
        ours_to_say(op)?;
        let reply = db::replies::find(op.tx, self.reply)?.ok_or(OpError::NotFound("reply"))?;
        if !is_heard_by_all(&reply) || is_limited(op, reply.author_id)? {
            return Err(Refusal::NotAllowed.into());
        }
        let id: ReplyId = op.mint();
        let address = op.site.relay(id);
        db::relays::insert(op.tx, reply.id, &address, self.actor, op.now)?;
        db::relays::find(op.tx, reply.id)?.ok_or(OpError::NotFound("relay"))
    }
}

/// Relays are the server's own housekeeping.
pub(crate) fn ours_to_say(op: &Op<'_, '_>) -> Result<()> {
    if op.origin.speaker == Speaker::Server { Ok(()) } else { Err(Refusal::NotTheirsToSay.into()) }
}

/// May everybody read it? Nothing else is ever passed on.
pub(crate) fn is_heard_by_all(reply: &ReplyRow) -> bool {
    reply.visibility.is_public() && reply.hidden_at.is_none()
}

/// Is what they say for those alone who follow them? That is passed on to nobody.
fn is_limited(op: &mut Op<'_, '_>, author: ActorId) -> Result<bool> {
    match db::actors::find(op.tx, author)? {
        Some(author) => Ok(db::moderation::is_limited(op.tx, &author)?),
        None => Ok(false),
    }
}

/// A thread has one message more.
pub(crate) fn heard(op: &mut Op<'_, '_>, reply: &ReplyRow) -> Result<()> {
    if is_limited(op, reply.author_id)? {
        return Ok(());
    }
    if is_heard_by_all(reply) {
        touch(op, reply.listing_id)?;
    }
    pass_on(op, reply)
}

/// A message of a thread is there again after its deletion. What the Group had said in its author's place has
/// another address from now on: microblogs take none twice.
pub(crate) fn restored(op: &mut Op<'_, '_>, reply: &ReplyRow) -> Result<()> {
    let relay = db::relays::find(op.tx, reply.id)?;
    if relay.is_some_and(|it| it.dialect() == Dialect::Microblog && it.ended_at.is_none()) {
        let id: ReplyId = op.mint();
        db::relays::renew(op.tx, reply.id, &op.site.relay(id))?;
    }
    heard(op, reply)
}

/// A message is gone. Whoever was told of it is told that too, whatever its author's server is to us by now.
pub(crate) fn gone(op: &mut Op<'_, '_>, reply: &ReplyRow) -> Result<()> {
    if is_heard_by_all(reply) {
        touch(op, reply.listing_id)?;
    }
    tell_of(op, reply)
}

/// What was said in a thread of ours is passed on to those who read there.
///
/// Only what came into our inbox: what we fetched, others can fetch too.
pub(crate) fn pass_on(op: &mut Op<'_, '_>, reply: &ReplyRow) -> Result<()> {
    if is_limited(op, reply.author_id)? { Ok(()) } else { tell_of(op, reply) }
}

fn tell_of(op: &mut Op<'_, '_>, reply: &ReplyRow) -> Result<()> {
    match reply.listing_id {
        Some(listing) if is_heard_by_all(reply) => tell(op, listing, Some(reply.id)),
        _ => Ok(()),
    }
}

/// The same with a vote.
pub(crate) fn pass_vote_on(op: &mut Op<'_, '_>, voter: ActorId, listing: ListingId) -> Result<()> {
    if is_limited(op, voter)? { Ok(()) } else { tell(op, listing, None) }
}

/// The same with a vote that is taken back.
pub(crate) fn pass_end_of_vote_on(op: &mut Op<'_, '_>, listing: ListingId) -> Result<()> {
    tell(op, listing, None)
}

fn tell(op: &mut Op<'_, '_>, listing: ListingId, reply: Option<ReplyId>) -> Result<()> {
    let Way::Inbox { inbound, .. } = &op.origin.way else { return Ok(()) };
    let inbound = inbound.uuid();
    let Some(collective) = home(op, listing)? else { return Ok(()) };
    let (collective, reply) = (collective.uuid(), reply.map(ReplyId::uuid));
    op.emit(&Event::Relayed { collective, inbound, reply })
}

/// The answers under a listing of ours are others than before: those who keep a copy are told, soon and once.
pub(crate) fn touch(op: &mut Op<'_, '_>, listing: Option<ListingId>) -> Result<()> {
    let Some(listing) = listing else { return Ok(()) };
    if home(op, listing)?.is_some() {
        jobs::touch(op, listing)?;
    }
    Ok(())
}

/// The collective of a public listing, where that lives here.
fn home(op: &mut Op<'_, '_>, listing: ListingId) -> Result<Option<CollectiveId>> {
    let Some(listing) = db::listings::find(op.tx, listing)?.filter(ListingRow::is_public) else {
        return Ok(None);
    };
    let home = db::actors::find(op.tx, listing.collective_id.actor())?;
    Ok(home.filter(|row| row.local && row.deleted_at.is_none()).map(|row| row.id.collective()))
}
