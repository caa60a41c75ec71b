//! Operations by which somebody's address becomes another one: both say yes, the old one and the new one.
//!
//! Whoever asks learns nothing about addresses: one that has an account already is answered like any other, and
//! only its owner is told.

use db::{DbError, account_secrets::NewSecret, accounts::AccountRow};
use domain::{AccountId, Invalid, Refusal, accounts::Email};

use crate::{
    Op, OpError, Operation, Result, account_secrets, letters, secrets,
    sign_ups::{handle, visitor},
    totp,
};

/// The kind of what an address has said yes to.
const DONE: &str = "email_done";
/// How the two sides are called in what a link is bound to.
const SIDES: [&str; 2] = ["old", "new"];

/// Asks both addresses. The password was checked before.
#[derive(Clone, Debug)]
pub struct AskEmailChange {
    pub email: Email,
}

impl Operation for AskEmailChange {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let account = totp::own(op)?;
        let old = db::accounts::email(op.tx, account.id)?;
        if old.as_ref() == Some(&self.email) {
            return Err(Invalid::new("email", "is your address already").into());
        }
        db::account_secrets::void_kinds(op.tx, account.id, &[account_secrets::EMAIL, DONE])?;
        let handle = handle(op, account.person_id)?;
        match &old {
            Some(old) => {
                let bound = bound("old", &self.email);
                if let Some(link) = account_secrets::bound_link(op, account.id, old, &bound)? {
                    letters::email_old(op, old, &handle, &link)?;
                }
            }
            // An account that the server's keepers made may have none: there is nobody to ask.
            None => agreed(op, account.id, "old", &self.email)?,
        }
        if let Some(owner) = db::accounts::find_by_email(op.tx, &self.email)? {
            if account_secrets::count(op, owner.id, &self.email)? {
                let known = crate::sign_ups::handle(op, owner.person_id)?;
                letters::email_known(op, &self.email, &known)?;
            }
            return Ok(());
        }
        let bound = bound("new", &self.email);
        if let Some(link) = account_secrets::bound_link(op, account.id, &self.email, &bound)? {
            letters::email_new(op, &self.email, &handle, &link)?;
        }
        Ok(())
    }
}

/// What a link is bound to: which side it was sent to, and the address that is to be.
fn bound(side: &str, email: &Email) -> String {
    format!("{side} {}", email.as_str())
}

/// A side that need not be asked.
fn agreed(op: &mut Op<'_, '_>, account: AccountId, side: &str, email: &Email) -> Result<()> {
    let new = NewSecret {
        digest: secrets::digest(&secrets::fresh()?),
        account,
        kind: DONE,
        payload: bound(side, email),
        mailbox: String::new(),
        now: op.now,
        until: op.now.plus_seconds(account_secrets::LIFE),
    };
    Ok(db::account_secrets::insert(op.tx, &new)?)
}

/// Somebody follows one of the two links; with the second one the address is changed.
#[derive(Clone, Debug)]
pub struct ConfirmEmailChange {
    /// Of the word in the link.
    pub digest: Vec<u8>,
}

impl Operation for ConfirmEmailChange {
    /// Whether the address is changed now; else the other one has still to say yes.
    type Done = bool;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<bool> {
        visitor(op)?;
        let bad = || OpError::from(Refusal::BadLink);
        let kind = account_secrets::EMAIL;
        let found = db::account_secrets::peek(op.tx, &self.digest, kind, op.now)?;
        let (id, bound_to) = found.ok_or_else(bad)?;
        let (side, email) = bound_to.split_once(' ').ok_or_else(bad)?;
        let email = Email::parse(email)?;
        let account = db::accounts::find(op.tx, id)?.filter(AccountRow::is_usable);
        let account = account.ok_or_else(bad)?;
        if !db::account_secrets::turn(op.tx, &self.digest, kind, DONE, op.now)? {
            return Err(bad());
        }
        let other = SIDES.into_iter().find(|it| *it != side).ok_or_else(bad)?;
        let both = db::account_secrets::exists(op.tx, id, DONE, &bound(other, &email), op.now)?;
        if !both {
            return Ok(false);
        }
        let old = db::accounts::email(op.tx, id)?;
        if db::accounts::find_by_email(op.tx, &email)?.is_some() {
            return Err(bad());
        }
        db::accounts::set_email(op.tx, id, &email).map_err(|err| {
            // Somebody else confirmed it at the same moment: tried again, it is found.
            let taken = err.is_taken("accounts_email_key", "accounts.email");
            if taken { DbError::Collided } else { err }
        })?;
        db::account_secrets::void(op.tx, id)?;
        if let Some(old) = old {
            let handle = handle(op, account.person_id)?;
            letters::email_changed(op, &old, &handle)?;
        }
        Ok(true)
    }
}
