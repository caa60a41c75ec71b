//! What was sent to somebody's address and may be shown once: links to confirm it, and to choose a password.

use diesel::prelude::*;
use domain::{AccountId, Time};

use crate::{Conn, DbError, Result, Tx, schema::account_secrets};

/// A secret on its way to an address.
#[derive(Clone, Debug)]
pub struct NewSecret {
    pub digest: Vec<u8>,
    pub account: AccountId,
    /// `confirm`, `reset`, `email` and `email_done`, `code` for whoever has still to type one, or `notice` for
    /// letters that hold no link.
    pub kind: &'static str,
    /// The address it is bound to.
    pub payload: String,
    /// The mailbox behind that address, under which letters are counted.
    pub mailbox: String,
    pub now: Time,
    pub until: Time,
}

/// Keeps the digest of a secret.
pub fn insert(tx: &mut Tx<'_>, new: &NewSecret) -> Result<()> {
    diesel::insert_into(account_secrets::table)
        .values((
            account_secrets::digest.eq(&new.digest),
            account_secrets::account_id.eq(new.account.bytes()),
            account_secrets::kind.eq(new.kind),
            account_secrets::payload.eq(&new.payload),
            account_secrets::mailbox.eq(&new.mailbox),
            account_secrets::created_at.eq(new.now.micros()),
            account_secrets::expires_at.eq(new.until.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Uses a secret up, once: whose it was, and the address it is bound to.
///
/// Its row stays, expired, because letters are counted by it.
pub fn take(
    tx: &mut Tx<'_>,
    digest: &[u8],
    kind: &str,
    now: Time,
) -> Result<Option<(AccountId, String)>> {
    let live = account_secrets::table
        .find(digest)
        .filter(account_secrets::kind.eq(kind))
        .filter(account_secrets::expires_at.gt(now.micros()));
    let used =
        diesel::update(live).set(account_secrets::expires_at.eq(0_i64)).execute(&mut **tx)?;
    if used == 0 {
        return Ok(None);
    }
    let (account, payload): (Vec<u8>, String) = account_secrets::table
        .find(digest)
        .select((account_secrets::account_id, account_secrets::payload))
        .first(&mut **tx)?;
    Ok(Some((account.try_into().map_err(DbError::Corrupt)?, payload)))
}

/// Whose secret it is, and what it is bound to; it can be used after that.
pub fn peek(
    conn: &mut Conn,
    digest: &[u8],
    kind: &str,
    now: Time,
) -> Result<Option<(AccountId, String)>> {
    let found: Option<(Vec<u8>, String)> = account_secrets::table
        .find(digest)
        .filter(account_secrets::kind.eq(kind))
        .filter(account_secrets::expires_at.gt(now.micros()))
        .select((account_secrets::account_id, account_secrets::payload))
        .first(conn)
        .optional()?;
    let Some((account, payload)) = found else { return Ok(None) };
    Ok(Some((account.try_into().map_err(DbError::Corrupt)?, payload)))
}

/// Makes a secret one of another kind, once: it is good as long as it was.
pub fn turn(tx: &mut Tx<'_>, digest: &[u8], kind: &str, into: &str, now: Time) -> Result<bool> {
    let live = account_secrets::table
        .find(digest)
        .filter(account_secrets::kind.eq(kind))
        .filter(account_secrets::expires_at.gt(now.micros()));
    let turned = diesel::update(live).set(account_secrets::kind.eq(into)).execute(&mut **tx)?;
    Ok(turned == 1)
}

/// Has an account such a secret, bound to this? Walks `account_secrets_account_idx`.
pub fn exists(
    conn: &mut Conn,
    account: AccountId,
    kind: &str,
    payload: &str,
    now: Time,
) -> Result<bool> {
    let live = account_secrets::table
        .filter(account_secrets::account_id.eq(account.bytes()))
        .filter(account_secrets::kind.eq(kind))
        .filter(account_secrets::payload.eq(payload))
        .filter(account_secrets::expires_at.gt(now.micros()));
    Ok(diesel::select(diesel::dsl::exists(live)).get_result(conn)?)
}

/// Lets an account's secrets of these kinds expire. Walks `account_secrets_account_idx`.
pub fn void_kinds(tx: &mut Tx<'_>, account: AccountId, kinds: &[&str]) -> Result<()> {
    let theirs = account_secrets::table
        .filter(account_secrets::account_id.eq(account.bytes()))
        .filter(account_secrets::kind.eq_any(kinds));
    diesel::update(theirs).set(account_secrets::expires_at.eq(0_i64)).execute(&mut **tx)?;
    Ok(())
}

/// Lets all secrets of an account expire. Walks `account_secrets_account_idx`.
pub fn void(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    let theirs = account_secrets::table.filter(account_secrets::account_id.eq(account.bytes()));
    diesel::update(theirs).set(account_secrets::expires_at.eq(0_i64)).execute(&mut **tx)?;
    Ok(())
}

/// How many letters a mailbox got since then. Walks `account_secrets_mailbox_idx`.
pub fn count_since(tx: &mut Tx<'_>, mailbox: &str, since: Time) -> Result<i64> {
    let sent = account_secrets::table
        .filter(account_secrets::mailbox.eq(mailbox))
        .filter(account_secrets::created_at.gt(since.micros()));
    Ok(sent.count().get_result(&mut **tx)?)
}

/// Forgets what was sent before. Walks `account_secrets_age_idx`.
pub fn sweep(tx: &mut Tx<'_>, before: Time) -> Result<usize> {
    let old = account_secrets::table
        .filter(account_secrets::created_at.lt(before.micros()))
        .filter(account_secrets::expires_at.lt(before.micros()));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}
