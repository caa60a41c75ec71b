//! Taking back what may not have arrived yet.

use crate::{Op, Operation, Result};

/// Does `then`, which takes an activity back, and sees to it that the activity has no effect if it comes
/// later: two messages may overtake each other on their way.
#[derive(Clone, Debug)]
pub struct Undone<O> {
    /// What the door would claim for the activity that is taken back.
    pub claim: [u8; 32],
    pub then: O,
}

impl<O: Operation> Operation for Undone<O> {
    type Done = O::Done;

    const TAKES_BACK: bool = O::TAKES_BACK;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<O::Done> {
        let done = self.then.perform(op)?;
        db::inbox::claim(op.tx, &self.claim, op.now)?;
        Ok(done)
    }
}
