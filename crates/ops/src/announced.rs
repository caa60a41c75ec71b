//! What a Group passes on (FEP-1b12) and is believed for another reason than that it does.

use domain::Refusal;
use url::Url;

use crate::{Op, OpError, Operation, Result, door::host_of};

/// Does `then` in the name of its author, and sees to it that the Group's message takes effect once.
#[derive(Clone, Debug)]
pub struct Announced<O> {
    /// The message of the Group.
    pub activity: Url,
    /// What the door would claim for it.
    pub claim: [u8; 32],
    pub then: O,
}

impl<O: Operation> Operation for Announced<O> {
    type Done = O::Done;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<O::Done> {
        if db::instances::is_suspended(op.tx, &host_of(&self.activity))? {
            return Err(Refusal::Blocked.into());
        }
        if !db::inbox::claim(op.tx, &self.claim, op.now)? {
            return Err(OpError::AlreadyDone);
        }
        self.then.perform(op)
    }
}
