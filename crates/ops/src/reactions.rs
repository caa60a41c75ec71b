//! Operations on likes, votes, and boosts.

use db::{listings::ListingRow, replies::ReplyRow};
use domain::{
    ActivityId, ActorId, ListingId, PersonId, Refusal, ReplyId, authority::own_word,
    replies::ReactionKind,
};
use uuid::Uuid;

use crate::{Event, Op, OpError, Operation, Result, relays};

/// What is liked, or voted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReactionObject {
    Listing(ListingId),
    Reply(ReplyId),
}

/// A person of this server likes something, or votes against it; the other vote of theirs is taken back.
#[derive(Clone, Debug)]
pub struct React {
    pub object: ReactionObject,
    /// A like or a dislike; people here boost nothing.
    pub kind: ReactionKind,
}

impl Operation for React {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        let Some(other) = opposite(self.kind) else { return Err(Refusal::NotAllowed.into()) };
        let object = open(op, self.object)?;
        if db::blocks::exists(op.tx, object.owner, person.actor())? {
            return Err(Refusal::Blocked.into());
        }
        take_mine_back(op, person, object.id, other)?;
        let activity: ActivityId = op.mint();
        let ap_id = op.site.activity(activity);
        let actor = person.actor();
        if !db::reactions::insert(op.tx, actor, self.kind, object.id, &ap_id, op.now)? {
            return Ok(());
        }
        op.emit(&event(person, object.id, self.kind, ap_id, false))
    }
}

/// A person of this server takes a like or a dislike back.
#[derive(Clone, Debug)]
pub struct Unreact {
    pub object: ReactionObject,
    pub kind: ReactionKind,
}

impl Operation for Unreact {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        let object = open(op, self.object)?;
        take_mine_back(op, person, object.id, self.kind)
    }
}

/// One who likes something does not vote against it.
fn opposite(kind: ReactionKind) -> Option<ReactionKind> {
    match kind {
        ReactionKind::Like => Some(ReactionKind::Dislike),
        ReactionKind::Dislike => Some(ReactionKind::Like),
        ReactionKind::Boost => None,
    }
}

/// Something that everybody can see, so that everybody may like it.
fn open(op: &mut Op<'_, '_>, object: ReactionObject) -> Result<Object> {
    match object {
        ReactionObject::Listing(id) => {
            let row = db::listings::find(op.tx, id)?.filter(db::listings::ListingRow::is_public);
            let row = row.ok_or(OpError::NotFound("listing"))?;
            Ok(Object { id: id.uuid(), owner: row.collective_id.actor(), thread: Some(row.id) })
        }
        ReactionObject::Reply(id) => {
            let row = db::replies::find(op.tx, id)?.filter(|row| {
                row.deleted_at.is_none() && row.hidden_at.is_none() && row.visibility.is_public()
            });
            let row = row.ok_or(OpError::NotFound("reply"))?;
            let thread = row.listing_id.filter(|_| relays::is_heard_by_all(&row));
            Ok(Object { id: id.uuid(), owner: row.author_id, thread })
        }
    }
}

fn take_mine_back(
    op: &mut Op<'_, '_>,
    person: PersonId,
    object: Uuid,
    kind: ReactionKind,
) -> Result<()> {
    let known = db::reactions::of_actor(op.tx, person.actor(), &[object])?;
    let Some((_, _, ap_id)) = known.into_iter().find(|row| row.1 == kind) else { return Ok(()) };
    db::reactions::delete(op.tx, person.actor(), kind, object)?;
    op.emit(&event(person, object, kind, ap_id, true))
}

fn event(person: PersonId, object: Uuid, kind: ReactionKind, ap_id: String, undone: bool) -> Event {
    let (actor, what) = (person.actor().uuid(), kind.word().to_owned());
    Event::Reacted { actor, object, what, ap_id, undone }
}

/// Somebody elsewhere likes or boosts something known here.
#[derive(Clone, Debug)]
pub struct RecordReaction {
    pub ap_id: String,
    pub actor: ActorId,
    pub kind: ReactionKind,
    /// The address of a listing or a reply.
    pub object: String,
}

impl Operation for RecordReaction {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        own_word(self.actor, op.origin)?;
        let object = object(op, &self.object)?.ok_or(Refusal::NotForUs)?;
        if db::blocks::exists(op.tx, object.owner, self.actor)? {
            return Err(Refusal::Blocked.into());
        }
        let Self { ap_id, actor, kind, .. } = self;
        if let Some(other) = opposite(kind) {
            db::reactions::delete(op.tx, actor, other, object.id)?;
            forget_tally(op, actor, object.id)?;
        }
        if !db::reactions::insert(op.tx, actor, kind, object.id, &ap_id, op.now)? {
            return Ok(());
        }
        op.emit(&Event::Heard { what: kind.word().to_owned(), id: object.id })?;
        match (is_vote(kind), object.thread) {
            (true, Some(listing)) => relays::pass_vote_on(op, actor, listing),
            _ => Ok(()),
        }
    }
}

/// Somebody elsewhere takes a like or a boost back, by the id of the activity or by what it was about.
#[derive(Clone, Debug)]
pub struct RecordUnreaction {
    pub ap_id: Option<String>,
    pub actor: ActorId,
    pub kind: ReactionKind,
    pub object: Option<String>,
}

impl Operation for RecordUnreaction {
    type Done = ();

    const TAKES_BACK: bool = true;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        own_word(self.actor, op.origin)?;
        if let Some(address) = &self.object
            && let Some(object) = object(op, address)?
        {
            take_back(op, self.actor, self.kind, &object)?;
            // Lemmy 0.19 takes a vote against back as if it had been one for.
            if self.kind == ReactionKind::Like {
                take_back(op, self.actor, ReactionKind::Dislike, &object)?;
            }
            return Ok(());
        }
        let Some(ap_id) = &self.ap_id else { return Err(Refusal::NotForUs.into()) };
        let Some(row) = db::reactions::find_by_ap_id(op.tx, ap_id)? else { return Ok(()) };
        own_word(row.actor_id, op.origin)?;
        let Ok(id) = Uuid::from_slice(&row.object_id) else { return Ok(()) };
        if let Some(object) = by_id(op, id)? {
            return take_back(op, row.actor_id, row.kind, &object);
        }
        db::reactions::delete(op.tx, row.actor_id, row.kind, id)?;
        Ok(())
    }
}

fn take_back(
    op: &mut Op<'_, '_>,
    actor: ActorId,
    kind: ReactionKind,
    object: &Object,
) -> Result<()> {
    forget_tally(op, actor, object.id)?;
    let gone = db::reactions::delete(op.tx, actor, kind, object.id)?;
    match (gone && is_vote(kind), object.thread) {
        (true, Some(listing)) => relays::pass_end_of_vote_on(op, listing),
        _ => Ok(()),
    }
}

/// Whoever is heard themselves is counted for nobody else's word any more.
fn forget_tally(op: &mut Op<'_, '_>, voter: ActorId, object: Uuid) -> Result<()> {
    if let Some(voter) = db::actors::find(op.tx, voter)? {
        db::tallies::forget(op.tx, object.into(), &voter.ap_id)?;
    }
    Ok(())
}

/// Votes in our threads count wherever those are read; boosts are everybody's own.
fn is_vote(kind: ReactionKind) -> bool {
    matches!(kind, ReactionKind::Like | ReactionKind::Dislike)
}

/// Something that can be liked, and whose it is.
struct Object {
    id: Uuid,
    owner: ActorId,
    /// The listing of its thread, where everybody may see it there.
    thread: Option<ListingId>,
}

fn object(op: &mut Op<'_, '_>, address: &str) -> Result<Option<Object>> {
    if let Some(row) = db::listings::find_by_ap_id(op.tx, address)? {
        return Ok(of_listing(&row));
    }
    Ok(db::replies::find_by_ap_id(op.tx, address)?.as_ref().and_then(of_reply))
}

fn by_id(op: &mut Op<'_, '_>, id: Uuid) -> Result<Option<Object>> {
    if let Some(row) = db::listings::find(op.tx, id.into())? {
        return Ok(of_listing(&row));
    }
    Ok(db::replies::find(op.tx, id.into())?.as_ref().and_then(of_reply))
}

fn of_listing(row: &ListingRow) -> Option<Object> {
    row.is_public().then(|| Object {
        id: row.id.uuid(),
        owner: row.collective_id.actor(),
        thread: Some(row.id),
    })
}

fn of_reply(row: &ReplyRow) -> Option<Object> {
    row.deleted_at.is_none().then(|| Object {
        id: row.id.uuid(),
        owner: row.author_id,
        thread: row.listing_id.filter(|_| relays::is_heard_by_all(row)),
    })
}
