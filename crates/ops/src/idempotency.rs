//! The same request sent twice is done once: the key that its client gave it is claimed before, and keeps
//! its answer.

use db::idempotency::{Kept, KeyRow};
use domain::{AccountId, Time};

use crate::{Op, Operation, Result};

/// How long an answer is kept, in seconds: a day.
const KEPT: i64 = 86_400;
/// After how many seconds a request without an answer is given up: the process that had it is gone.
const GIVEN_UP: i64 = 60;

/// What became of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The request is to be done now; its answer is kept under this moment.
    Yours(Time),
    /// It was answered already.
    Answered(Kept),
    /// It is being done at this moment.
    UnderWay,
    /// The key was given to another request.
    Another,
}

/// Claims a key for a request, before the request is done.
#[derive(Clone, Debug)]
pub struct ClaimKey {
    pub account: AccountId,
    pub name: String,
    /// Of everything that makes the request what it is, its token included.
    pub digest: Vec<u8>,
}

impl Operation for ClaimKey {
    type Done = Claim;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<Claim> {
        let Self { account, name, digest } = &self;
        if db::idempotency::claim(op.tx, *account, name, digest, op.now)? {
            return Ok(Claim::Yours(op.now));
        }
        let Some(row) = db::idempotency::find(op.tx, *account, name)? else {
            return Ok(Claim::UnderWay);
        };
        if is_over(&row, op.now) {
            let seen = row.created_at;
            let taken = db::idempotency::take_over(op.tx, *account, name, digest, seen, op.now)?;
            return Ok(if taken { Claim::Yours(op.now) } else { Claim::UnderWay });
        }
        if row.request_digest != *digest {
            return Ok(Claim::Another);
        }
        let status = row.status.and_then(|status| u16::try_from(status).ok());
        let kept = status.map(|status| Kept { status, headers: row.headers, body: row.body });
        Ok(kept.map_or(Claim::UnderWay, Claim::Answered))
    }
}

/// Is the key free again?
fn is_over(row: &KeyRow, now: Time) -> bool {
    let lasts = if row.status.is_some() { KEPT } else { GIVEN_UP };
    row.created_at.plus_seconds(lasts) <= now
}

/// Keeps what a claimed request was answered; without an answer the key is free again.
#[derive(Clone, Debug)]
pub struct KeepAnswer {
    pub account: AccountId,
    pub name: String,
    /// The moment of [`Claim::Yours`].
    pub claimed: Time,
    pub kept: Option<Kept>,
}

impl Operation for KeepAnswer {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let Self { account, name, claimed, kept } = &self;
        match kept {
            Some(kept) => db::idempotency::keep(op.tx, *account, name, *claimed, kept)?,
            None => db::idempotency::release(op.tx, *account, name, *claimed)?,
        }
        Ok(())
    }
}
