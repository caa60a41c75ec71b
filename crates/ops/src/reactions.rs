//! Operations on likes and boosts of people elsewhere.

use db::{listings::ListingRow, replies::ReplyRow};
use domain::{ActorId, ListingId, Refusal, authority::own_word, replies::ReactionKind};
use uuid::Uuid;

use crate::{Event, Op, Operation, Result, relays};

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
        if !db::reactions::insert(op.tx, actor, kind, object.id, &ap_id, op.now)? {
            return Ok(());
        }
        op.emit(&Event::Heard { what: kind.word().to_owned(), id: object.id })?;
        pass_on(op, kind, &object)
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
            return take_back(op, self.actor, self.kind, &object);
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
    if db::reactions::delete(op.tx, actor, kind, object.id)? {
        pass_on(op, kind, object)?;
    }
    Ok(())
}

/// Votes in our threads count wherever those are read; boosts are everybody's own.
fn pass_on(op: &mut Op<'_, '_>, kind: ReactionKind, object: &Object) -> Result<()> {
    match (kind, object.thread) {
        (ReactionKind::Like | ReactionKind::Dislike, Some(listing)) => {
            relays::pass_vote_on(op, listing)
        }
        _ => Ok(()),
    }
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
