//! Shutting somebody out of this server altogether.

use db::actors::ActorRow;
use domain::{ActorId, Invalid, people::ActorKind};

use crate::{Op, OpError, Operation, Result, accounts, guests, proposals, sponsors};

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
        if !by_admins(op, &actor)? {
            proposals::demand_second(op)?;
        }
        self.agreed(op)
    }
}

/// Is somebody shut out already, in the name of those who run the instance?
fn by_admins(op: &mut Op<'_, '_>, actor: &ActorRow) -> Result<bool> {
    if actor.suspended_at.is_none() || !actor.local {
        return Ok(actor.suspended_at.is_some());
    }
    let account = db::sponsors::find(op.tx, actor.id.person())?;
    Ok(account.is_some_and(|it| it.suspended_by.as_deref() == Some(sponsors::ADMINS)))
}

impl SuspendActor {
    /// The same, agreed to by as many as it takes.
    pub(crate) fn agreed(self, op: &mut Op<'_, '_>) -> Result<()> {
        let actor = target(op, self.actor)?;
        if actor.suspended_at.is_some() && !actor.local {
            return Ok(());
        }
        let was_suspended = actor.suspended_at.is_some();
        shut_out(op, &actor, sponsors::ADMINS)?;
        if was_suspended {
            // By their collective, or the clock: from now on only those who run the instance end it.
            return Ok(());
        }
        op.audit(None, "suspend_actor", &actor.address(), &self.reason)
    }
}

/// Shuts somebody out: here with all their sessions, tokens, and waiting letters. `by` is who may end it.
pub(crate) fn shut_out(op: &mut Op<'_, '_>, actor: &ActorRow, by: &str) -> Result<()> {
    let since = actor.suspended_at.unwrap_or(op.now);
    db::moderation::set_suspended(op.tx, actor.id, Some(since))?;
    if actor.local {
        db::moderation::sign_out(op.tx, actor.id)?;
        db::moderation::cancel_deliveries_of(op.tx, actor.id)?;
        db::sponsors::set_suspended_by(op.tx, actor.id.person(), Some(by))?;
    } else {
        db::follows::delete_all_of(op.tx, actor.id)?;
        guests::dismiss(op, actor.id)?;
    }
    Ok(())
}

/// Lets somebody in again; whoever lives here signs in anew.
pub(crate) fn admit(op: &mut Op<'_, '_>, actor: &ActorRow) -> Result<()> {
    db::moderation::set_suspended(op.tx, actor.id, None)?;
    if actor.local {
        db::sponsors::set_suspended_by(op.tx, actor.id.person(), None)?;
    }
    Ok(())
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
        admit(op, &actor)?;
        op.audit(None, "unsuspend_actor", &actor.address(), &self.reason)
    }
}

/// Whoever may be suspended: people everywhere, and collectives elsewhere. Those here are their members'.
fn target(op: &mut Op<'_, '_>, id: ActorId) -> Result<ActorRow> {
    let actor = db::actors::find(op.tx, id)?
        .filter(|actor| actor.deleted_at.is_none() && !actor.is_hidden())
        .ok_or(OpError::NotFound("actor"))?;
    suspendable(&actor)?;
    Ok(actor)
}

/// A collective of this server is not shut out.
pub(crate) fn suspendable(actor: &ActorRow) -> Result<()> {
    if actor.local && actor.kind != ActorKind::Person {
        let problem =
            "must be a person; a collective of this server and its voice are not suspended";
        return Err(Invalid::new("actor", problem).into());
    }
    Ok(())
}
