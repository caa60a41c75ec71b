//! Whom somebody keeps away from themselves. What stewards do for their collective is in `moderation`.

use domain::{ActivityId, ActorId, Invalid};

use crate::{Event, Op, OpError, Operation, Result};

/// A person of this server blocks somebody, here or elsewhere: neither follows the other any more, and what the
/// other answers to them, or likes of theirs, is refused.
#[derive(Clone, Debug)]
pub struct KeepAway {
    pub actor: ActorId,
}

impl Operation for KeepAway {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?.actor();
        if person == self.actor {
            return Err(Invalid::new("actor", "must not be yourself").into());
        }
        let actor = db::actors::find(op.tx, self.actor)?.filter(|it| it.deleted_at.is_none());
        let actor = actor.ok_or(OpError::NotFound("actor"))?;
        if db::blocks::exists(op.tx, person, actor.id)? {
            return Ok(());
        }
        let id: ActivityId = op.mint();
        let ap_id = op.site.act(id);
        db::blocks::insert(op.tx, person, actor.id, &ap_id, op.now)?;
        part(op, person, actor.id, actor.local)?;
        if actor.local {
            return Ok(());
        }
        op.emit(&event(person, actor.id, ap_id, true))
    }
}

/// Ends the follows between the two, both ways.
fn part(op: &mut Op<'_, '_>, person: ActorId, other: ActorId, local: bool) -> Result<()> {
    if let Some(row) = db::follows::find(op.tx, person, other)? {
        db::follows::delete(op.tx, row.id)?;
        if !local {
            let (follower, followed) = (person.uuid(), other.uuid());
            op.emit(&Event::Unfollowed { follower, followed, ap_id: row.ap_id })?;
        }
    }
    if let Some(row) = db::follows::find(op.tx, other, person)? {
        db::follows::delete(op.tx, row.id)?;
        if !local {
            let (follower, followed) = (other.uuid(), person.uuid());
            op.emit(&Event::FollowRejected { follower, followed, ap_id: row.ap_id })?;
        }
    }
    Ok(())
}

/// They take that back. Follows that ended stay ended; it is no error not to have blocked them.
#[derive(Clone, Debug)]
pub struct LetNear {
    pub actor: ActorId,
}

impl Operation for LetNear {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?.actor();
        let Some(ap_id) = db::blocks::find(op.tx, person, self.actor)? else { return Ok(()) };
        db::blocks::delete(op.tx, person, self.actor)?;
        let actor = db::actors::find(op.tx, self.actor)?;
        if actor.is_none_or(|actor| actor.local) {
            return Ok(());
        }
        op.emit(&event(person, self.actor, ap_id, false))
    }
}

fn event(person: ActorId, actor: ActorId, ap_id: String, blocked: bool) -> Event {
    Event::KeptAway { person: person.uuid(), actor: actor.uuid(), ap_id, blocked }
}
