//! The second step of signing in, as rows: a secret that an app on a phone shares, and codes for when it is lost.

use diesel::prelude::*;
use domain::{AccountId, Time};

use crate::{
    Conn, Result, Tx,
    schema::{accounts, recovery_codes},
};

/// Where an account stands with it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TotpRow {
    /// Shared with an app.
    pub secret: Option<Vec<u8>>,
    /// Since when it is asked for; until then the secret is only offered.
    pub confirmed_at: Option<Time>,
    /// The last step whose code was used.
    pub step: Option<i64>,
}

impl TotpRow {
    /// The secret, where its codes are asked for.
    pub fn in_use(&self) -> Option<&[u8]> {
        self.confirmed_at.and(self.secret.as_deref())
    }
}

/// Secret, since when, and the last step.
type Columns = (Option<Vec<u8>>, Option<i64>, Option<i64>);

/// Where an account stands.
pub fn find(conn: &mut Conn, account: AccountId) -> Result<TotpRow> {
    let row: Option<Columns> = accounts::table
        .find(account.bytes())
        .select((accounts::totp_secret, accounts::totp_confirmed_at, accounts::totp_step))
        .first(conn)
        .optional()?;
    let (secret, confirmed_at, step) = row.unwrap_or_default();
    Ok(TotpRow { secret, confirmed_at: confirmed_at.map(Time::from_micros), step })
}

/// Offers a secret, in place of one that was offered before.
pub fn begin(tx: &mut Tx<'_>, account: AccountId, secret: &[u8]) -> Result<()> {
    diesel::update(accounts::table.find(account.bytes()))
        .set((
            accounts::totp_secret.eq(Some(secret)),
            accounts::totp_confirmed_at.eq(None::<i64>),
            accounts::totp_step.eq(None::<i64>),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// From now on its codes are asked for.
pub fn confirm(tx: &mut Tx<'_>, account: AccountId, now: Time) -> Result<()> {
    diesel::update(accounts::table.find(account.bytes()))
        .set(accounts::totp_confirmed_at.eq(Some(now.micros())))
        .execute(&mut **tx)?;
    Ok(())
}

/// Uses a step up; `false` means that it, or a later one, was used already.
pub fn use_step(tx: &mut Tx<'_>, account: AccountId, step: i64) -> Result<bool> {
    let before = accounts::table
        .find(account.bytes())
        .filter(accounts::totp_step.is_null().or(accounts::totp_step.lt(step)));
    let used = diesel::update(before).set(accounts::totp_step.eq(Some(step))).execute(&mut **tx)?;
    Ok(used == 1)
}

/// Forgets the secret and all codes.
pub fn clear(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    diesel::update(accounts::table.find(account.bytes()))
        .set((
            accounts::totp_secret.eq(None::<Vec<u8>>),
            accounts::totp_confirmed_at.eq(None::<i64>),
            accounts::totp_step.eq(None::<i64>),
        ))
        .execute(&mut **tx)?;
    replace_codes(tx, account, &[])
}

/// Keeps the digests of new recovery codes; those of before are forgotten.
pub fn replace_codes(tx: &mut Tx<'_>, account: AccountId, digests: &[Vec<u8>]) -> Result<()> {
    let theirs = recovery_codes::table.filter(recovery_codes::account_id.eq(account.bytes()));
    diesel::delete(theirs).execute(&mut **tx)?;
    for digest in digests {
        diesel::insert_into(recovery_codes::table)
            .values((
                recovery_codes::account_id.eq(account.bytes()),
                recovery_codes::digest.eq(digest),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Uses a recovery code up; `false` means that there is none, or that it was used.
pub fn use_code(tx: &mut Tx<'_>, account: AccountId, digest: &[u8], now: Time) -> Result<bool> {
    let fresh = recovery_codes::table
        .find((account.bytes(), digest))
        .filter(recovery_codes::used_at.is_null());
    let used = diesel::update(fresh)
        .set(recovery_codes::used_at.eq(Some(now.micros())))
        .execute(&mut **tx)?;
    Ok(used == 1)
}

/// How many recovery codes are left.
pub fn count_codes(conn: &mut Conn, account: AccountId) -> Result<i64> {
    let left = recovery_codes::table
        .filter(recovery_codes::account_id.eq(account.bytes()))
        .filter(recovery_codes::used_at.is_null());
    Ok(left.count().get_result(conn)?)
}
