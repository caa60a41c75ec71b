//! Operations on likes and boosts of people elsewhere.

use domain::{ActorId, Refusal, authority::own_word, replies::ReactionKind};
use uuid::Uuid;

use crate::{Event, Op, Operation, Result};

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
        op.emit(&Event::Heard { what: kind.word().to_owned(), id: object.id })
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
            db::reactions::delete(op.tx, self.actor, self.kind, object.id)?;
            return Ok(());
        }
        let Some(ap_id) = &self.ap_id else { return Err(Refusal::NotForUs.into()) };
        let Some(row) = db::reactions::find_by_ap_id(op.tx, ap_id)? else { return Ok(()) };
        own_word(row.actor_id, op.origin)?;
        if let Ok(object) = Uuid::from_slice(&row.object_id) {
            db::reactions::delete(op.tx, row.actor_id, row.kind, object)?;
        }
        Ok(())
    }
}

/// Something that can be liked, and whose it is.
struct Object {
    id: Uuid,
    owner: ActorId,
}

fn object(op: &mut Op<'_, '_>, address: &str) -> Result<Option<Object>> {
    if let Some(row) =
        db::listings::find_by_ap_id(op.tx, address)?.filter(db::listings::ListingRow::is_public)
    {
        return Ok(Some(Object { id: row.id.uuid(), owner: row.collective_id.actor() }));
    }
    let reply = db::replies::find_by_ap_id(op.tx, address)?.filter(|row| row.deleted_at.is_none());
    Ok(reply.map(|row| Object { id: row.id.uuid(), owner: row.author_id }))
}
