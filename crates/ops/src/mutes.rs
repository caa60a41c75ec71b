//! Whom somebody does not want to hear: local, and told to nobody.

use domain::{ActorId, Invalid};

use crate::{Op, OpError, Operation, Result};

/// A person of this server no longer hears somebody, here or elsewhere.
#[derive(Clone, Debug)]
pub struct MuteActor {
    pub actor: ActorId,
}

impl Operation for MuteActor {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        if person.actor() == self.actor {
            return Err(Invalid::new("actor", "must not be yourself").into());
        }
        let actor = db::actors::find(op.tx, self.actor)?.filter(|it| it.deleted_at.is_none());
        let actor = actor.ok_or(OpError::NotFound("actor"))?;
        Ok(db::mutes::insert(op.tx, person, actor.id, op.now)?)
    }
}

/// They hear them again; it is no error not to have muted them.
#[derive(Clone, Debug)]
pub struct UnmuteActor {
    pub actor: ActorId,
}

impl Operation for UnmuteActor {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        Ok(db::mutes::delete(op.tx, person, self.actor)?)
    }
}
