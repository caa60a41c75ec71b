//! What admins do about the letters that wait for a server.

use crate::{Op, OpError, Operation, Result, accounts};

/// Tries all that waits for a server again, now: those whose turn would come later, too.
///
/// What was given up stays so: what came after it has arrived, and a deleted thing must not come back.
#[derive(Clone, Debug)]
pub struct RetryDeliveries {
    pub host: String,
}

impl Operation for RetryDeliveries {
    /// How many letters wait.
    type Done = usize;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<usize> {
        known(op, &self.host)?;
        let waiting = db::deliveries::admin::retry(op.tx, &self.host, op.now)?;
        op.audit(None, "retry_deliveries", &self.host, &waiting.to_string())?;
        Ok(waiting)
    }
}

/// Throws away all that waits for a server, and all that was given up. What is under way arrives.
#[derive(Clone, Debug)]
pub struct DropDeliveries {
    pub host: String,
}

impl Operation for DropDeliveries {
    /// How many letters that were.
    type Done = usize;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<usize> {
        known(op, &self.host)?;
        let dropped = db::deliveries::admin::drop_all(op.tx, &self.host)?;
        op.audit(None, "drop_deliveries", &self.host, &dropped.to_string())?;
        Ok(dropped)
    }
}

/// Sends nothing to a server until it is resumed; what is for it waits, and is not given up.
#[derive(Clone, Debug)]
pub struct PauseDeliveries {
    pub host: String,
}

impl Operation for PauseDeliveries {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        known(op, &self.host)?;
        if db::deliveries::admin::is_paused(op.tx, &self.host)? {
            return Ok(());
        }
        db::deliveries::admin::pause(op.tx, &self.host, Some(op.now))?;
        op.audit(None, "pause_deliveries", &self.host, "")
    }
}

/// Sends to a server again.
#[derive(Clone, Debug)]
pub struct ResumeDeliveries {
    pub host: String,
}

impl Operation for ResumeDeliveries {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        known(op, &self.host)?;
        if !db::deliveries::admin::is_paused(op.tx, &self.host)? {
            return Ok(());
        }
        db::deliveries::admin::pause(op.tx, &self.host, None)?;
        op.audit(None, "resume_deliveries", &self.host, "")
    }
}

/// Admins alone, and of servers that we have met.
pub(crate) fn known(op: &mut Op<'_, '_>, host: &str) -> Result<()> {
    accounts::administer(op)?;
    // No name of a server holds more, and a database takes no zero byte.
    let is_name = host.len() <= 300 && host.bytes().all(|byte| byte.is_ascii_graphic());
    if is_name && db::deliveries::admin::is_known(op.tx, host)? {
        return Ok(());
    }
    Err(OpError::NotFound("server"))
}
