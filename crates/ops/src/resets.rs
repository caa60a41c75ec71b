//! Operations by which somebody who forgot their password chooses a new one.

use domain::{
    Refusal,
    accounts::{AccountState, Email},
};

use crate::{
    Op, Operation, Result, account_secrets, letters,
    sign_ups::{handle, send_again, settle, visitor},
};

/// Sends a link to an address, if it has an account; nobody is told whether it has.
#[derive(Clone, Debug)]
pub struct AskReset {
    pub email: Email,
}

impl Operation for AskReset {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        visitor(op)?;
        let Some(account) = db::accounts::find_by_email(op.tx, &self.email)? else {
            return Ok(());
        };
        match account.state {
            AccountState::Unconfirmed => send_again(op, &account, &self.email),
            AccountState::Active | AccountState::Waiting if account.suspended_at.is_none() => {
                send(op, &account, &self.email)
            }
            _ => Ok(()),
        }
    }
}

/// Sends the link.
pub(crate) fn send(
    op: &mut Op<'_, '_>,
    account: &db::accounts::AccountRow,
    to: &Email,
) -> Result<()> {
    if let Some(link) = account_secrets::link(op, account.id, to, account_secrets::RESET)? {
        let handle = handle(op, account.person_id)?;
        letters::reset(op, to, &handle, &link)?;
    }
    Ok(())
}

/// Somebody with a link chooses a new password. Whoever was signed in is signed out.
#[derive(Clone, Debug)]
pub struct FinishReset {
    /// Of the word in the link.
    pub digest: Vec<u8>,
    /// See [`crate::passwords::hash`].
    pub password_hash: String,
}

impl Operation for FinishReset {
    type Done = AccountState;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<AccountState> {
        visitor(op)?;
        let account = account_secrets::take(op, &self.digest, account_secrets::RESET)?;
        let gone = matches!(account.state, AccountState::Rejected | AccountState::Deleted);
        if gone || account.suspended_at.is_some() {
            return Err(Refusal::BadLink.into());
        }
        db::accounts::set_password(op.tx, account.id, &self.password_hash)?;
        db::moderation::sign_out(op.tx, account.person_id.actor())?;
        if account.state == AccountState::Unconfirmed {
            return settle(op, &account);
        }
        db::account_secrets::void(op.tx, account.id)?;
        if let Some(email) = db::accounts::email(op.tx, account.id)? {
            let handle = handle(op, account.person_id)?;
            letters::changed(op, &email, &handle)?;
        }
        Ok(account.state)
    }
}
