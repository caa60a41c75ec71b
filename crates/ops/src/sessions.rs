//! Operations on the browsers that somebody is signed in with.

use db::account_secrets::NewSecret;
use domain::{AccountId, Refusal, SessionId};

use crate::{Op, OpError, Operation, Result, accounts::own_account, totp};

/// The kind of the secret of whoever knows the password and has still to type a code.
pub const CODE: &str = "code";
/// For so many seconds somebody may look for their phone.
const LOOKING: i64 = 600;

/// Somebody knows the password of an account that asks for a code too. Nobody is signed in by that.
#[derive(Clone, Debug)]
pub struct AskCode {
    pub account: AccountId,
    /// Of the word in the form that asks.
    pub digest: Vec<u8>,
}

impl Operation for AskCode {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        own_account(op, self.account)?;
        let new = NewSecret {
            digest: self.digest,
            account: self.account,
            kind: CODE,
            payload: String::new(),
            mailbox: String::new(),
            now: op.now,
            until: op.now.plus_seconds(LOOKING),
        };
        Ok(db::account_secrets::insert(op.tx, &new)?)
    }
}

/// A code, and the word of the form that asked for it.
#[derive(Clone, Debug)]
pub struct SecondStep {
    /// Of the word in the form.
    pub digest: Vec<u8>,
    pub code: String,
}

/// Checks the second step of signing in, where the account asks for one.
pub(crate) fn second_step(
    op: &mut Op<'_, '_>,
    account: AccountId,
    step: Option<SecondStep>,
) -> Result<()> {
    if db::totp::find(op.tx, account)?.in_use().is_none() {
        return Ok(());
    }
    let step = step.ok_or(Refusal::NotAllowed)?;
    let asked = db::account_secrets::peek(op.tx, &step.digest, CODE, op.now)?;
    if asked.is_none_or(|(whose, _)| whose != account) {
        return Err(Refusal::BadLink.into());
    }
    totp::demand(op, account, &step.code)?;
    Ok(db::account_secrets::void_kinds(op.tx, account, &[CODE])?)
}

/// A session was used; noted once an hour, so that reading hardly ever waits for writing.
#[derive(Clone, Debug)]
pub struct NoteSessionUse {
    pub digest: Vec<u8>,
}

impl Operation for NoteSessionUse {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        Ok(db::sessions::note_use(op.tx, &self.digest, op.now)?)
    }
}

/// Somebody ends a session of theirs.
#[derive(Clone, Debug)]
pub struct EndSession {
    pub id: SessionId,
}

impl Operation for EndSession {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let account = totp::own(op)?;
        if db::sessions::delete_of(op.tx, account.id, self.id)? {
            Ok(())
        } else {
            Err(OpError::NotFound("session"))
        }
    }
}

/// Somebody ends all their sessions but the one they are in.
#[derive(Clone, Debug)]
pub struct EndOtherSessions {
    /// The digest of the one that stays; none where it is empty.
    pub keep: Vec<u8>,
}

impl Operation for EndOtherSessions {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let account = totp::own(op)?;
        db::sessions::delete_others(op.tx, account.id, &self.keep)?;
        Ok(())
    }
}
