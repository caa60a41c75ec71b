//! Shutting somebody out of this server altogether.

use db::actors::ActorRow;
use domain::{ActorId, Invalid, people::ActorKind};

use crate::{Op, OpError, Operation, Result, accounts, guests};

/// Suspends somebody, here or elsewhere.
///
/// Of people of this server: their sessions and tokens end, nothing of theirs leaves any more, and what waits
/// to be sent is taken back. Of others: nothing is taken from them, and follows both ways end. What they wrote
/// is shown to nobody; it is not deleted.
#[derive(Clone, Debug)]
pub struct SuspendActor {
    pub actor: ActorId,
    /// See [`domain::moderation::reason`].
    pub reason: String,
}

impl Operation for SuspendActor {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        accounts::administer(op)?;
        let actor = target(op, self.actor)?;
        if op.origin.actor() == Some(actor.id) {
            return Err(Invalid::new("actor", "must not be yourself").into());
        }
        if actor.suspended_at.is_some() {
            return Ok(());
        }
        db::moderation::set_suspended(op.tx, actor.id, Some(op.now))?;
        if actor.local {
            db::moderation::sign_out(op.tx, actor.id)?;
            db::moderation::cancel_deliveries_of(op.tx, actor.id)?;
        } else {
            db::follows::delete_all_of(op.tx, actor.id)?;
            guests::dismiss(op, actor.id)?;
        }
        op.audit(None, "suspend_actor", &actor.address(), &self.reason)
    }
}

/// Ends that. Follows that ended stay ended, and whoever lives here signs in anew.
#[derive(Clone, Debug)]
pub struct UnsuspendActor {
    pub actor: ActorId,
    /// See [`domain::moderation::reason`].
    pub reason: String,
}

impl Operation for UnsuspendActor {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        accounts::administer(op)?;
        let actor = target(op, self.actor)?;
        if actor.suspended_at.is_none() {
            return Ok(());
        }
        db::moderation::set_suspended(op.tx, actor.id, None)?;
        op.audit(None, "unsuspend_actor", &actor.address(), &self.reason)
    }
}

/// Whoever may be suspended: people everywhere, and collectives elsewhere. Those here are their members'.
fn target(op: &mut Op<'_, '_>, id: ActorId) -> Result<ActorRow> {
    let actor = db::actors::find(op.tx, id)?
        .filter(|actor| actor.deleted_at.is_none())
        .ok_or(OpError::NotFound("actor"))?;
    if actor.local && actor.kind != ActorKind::Person {
        let problem =
            "must be a person; a collective of this server and its voice are not suspended";
        return Err(Invalid::new("actor", problem).into());
    }
    Ok(actor)
}
