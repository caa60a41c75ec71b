//! Links that are sent to an address: each works once, for an hour, and for that address alone.

use db::{account_secrets::NewSecret, accounts::AccountRow};
use domain::{AccountId, Refusal, accounts::Email};

use crate::{Op, Result, secrets};

/// The kind of a link that confirms an address.
pub const CONFIRM: &str = "confirm";
/// The kind of a link that lets somebody choose a password.
pub const RESET: &str = "reset";
/// The kind of a link by which one of two addresses says yes to the new one.
pub const EMAIL: &str = "email";
/// The kind of what is only counted: a letter without a link.
const NOTICE: &str = "notice";

/// So many letters go to one mailbox …
const MOST: i64 = 5;
/// … within so many seconds.
const WINDOW: i64 = 1_800;
/// How long a link works, in seconds.
pub(crate) const LIFE: i64 = 3_600;

/// A new link for an account, to be sent to its address; none where that mailbox has got enough letters.
pub(crate) fn link(
    op: &mut Op<'_, '_>,
    account: AccountId,
    to: &Email,
    kind: &'static str,
) -> Result<Option<String>> {
    made(op, account, to, kind, to.as_str())
}

/// A new link of the kind `email`, to be sent to an address and bound to something else.
pub(crate) fn bound_link(
    op: &mut Op<'_, '_>,
    account: AccountId,
    to: &Email,
    payload: &str,
) -> Result<Option<String>> {
    made(op, account, to, EMAIL, payload)
}

fn made(
    op: &mut Op<'_, '_>,
    account: AccountId,
    to: &Email,
    kind: &'static str,
    payload: &str,
) -> Result<Option<String>> {
    let secret = secrets::fresh()?;
    if !keep(op, account, to, kind, payload, &secret)? {
        return Ok(None);
    }
    Ok(Some(op.site.at(&format!("account/{kind}?token={secret}"))))
}

/// Counts a letter without a link; may it be sent?
pub(crate) fn count(op: &mut Op<'_, '_>, account: AccountId, to: &Email) -> Result<bool> {
    let secret = secrets::fresh()?;
    keep(op, account, to, NOTICE, to.as_str(), &secret)
}

fn keep(
    op: &mut Op<'_, '_>,
    account: AccountId,
    to: &Email,
    kind: &'static str,
    payload: &str,
    secret: &str,
) -> Result<bool> {
    let mailbox = to.mailbox();
    let since = op.now.plus_seconds(-WINDOW);
    if MOST <= db::account_secrets::count_since(op.tx, &mailbox, since)? {
        return Ok(false);
    }
    let new = NewSecret {
        digest: secrets::digest(secret),
        account,
        kind,
        payload: payload.to_owned(),
        mailbox,
        now: op.now,
        until: op.now.plus_seconds(LIFE),
    };
    db::account_secrets::insert(op.tx, &new)?;
    Ok(true)
}

/// Uses a link up: the account it was sent for, if that account still has the address it was sent to.
pub(crate) fn take(op: &mut Op<'_, '_>, digest: &[u8], kind: &str) -> Result<AccountRow> {
    let bad = || Refusal::BadLink;
    let (id, address) = db::account_secrets::take(op.tx, digest, kind, op.now)?.ok_or_else(bad)?;
    let account = db::accounts::find(op.tx, id)?.ok_or_else(bad)?;
    let email = db::accounts::email(op.tx, id)?.ok_or_else(bad)?;
    if email.as_str() != address {
        return Err(bad().into());
    }
    Ok(account)
}
