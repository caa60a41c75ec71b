//! What admins do about work that was given up.

use domain::{ActivityId, JobId, Refusal};

use crate::{Op, OpError, Operation, Result, accounts};

/// Lets a job that was given up be done again, now.
#[derive(Clone, Debug)]
pub struct RetryJob {
    pub job: JobId,
}

impl Operation for RetryJob {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let kind = given_up(op, self.job)?;
        db::console::work::revive(op.tx, self.job, op.now)?;
        op.audit(None, "retry_job", &kind, &self.job.to_string())
    }
}

/// Throws a job away that was given up.
#[derive(Clone, Debug)]
pub struct DiscardJob {
    pub job: JobId,
}

impl Operation for DiscardJob {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let kind = given_up(op, self.job)?;
        db::jobs::finish(op.tx, self.job)?;
        op.audit(None, "discard_job", &kind, &self.job.to_string())
    }
}

/// The kind of a job that was given up; one that waits is left to its worker.
fn given_up(op: &mut Op<'_, '_>, job: JobId) -> Result<String> {
    accounts::administer(op)?;
    let row = db::console::work::find(op.tx, job)?.ok_or(OpError::NotFound("job"))?;
    if row.dead { Ok(row.kind) } else { Err(Refusal::NotWaiting.into()) }
}

/// Tries letters to a server again that were given up, one of them or all.
///
/// Those stay given up about whose thing something was said since: that has arrived, and what is deleted must not
/// come back.
#[derive(Clone, Debug)]
pub struct RetryLost {
    pub host: String,
    /// All, where none is named.
    pub letter: Option<ActivityId>,
}

impl Operation for RetryLost {
    /// How many letters wait again.
    type Done = usize;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<usize> {
        crate::deliveries::known(op, &self.host)?;
        let revived = db::console::work::revive_lost(op.tx, &self.host, self.letter, op.now)?;
        if 0 < revived {
            db::deliveries::admin::wake(op.tx, &self.host, op.now)?;
        }
        op.audit(None, "retry_lost", &self.host, &revived.to_string())?;
        Ok(revived)
    }
}

/// Throws away the letters to a server that were given up; those that wait still leave.
#[derive(Clone, Debug)]
pub struct DiscardLost {
    pub host: String,
}

impl Operation for DiscardLost {
    /// How many letters that were.
    type Done = usize;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<usize> {
        crate::deliveries::known(op, &self.host)?;
        let gone = db::console::work::forget_lost(op.tx, &self.host)?;
        op.audit(None, "discard_lost", &self.host, &gone.to_string())?;
        Ok(gone)
    }
}
