//! Keys that clients name their requests by, and what those were answered, as rows.

use diesel::prelude::*;
use domain::{AccountId, Time};

use crate::{Conn, Result, Tx, on_backend, schema::idempotency_keys};

/// A key that was used.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = idempotency_keys)]
pub struct KeyRow {
    /// Of which request.
    pub request_digest: Vec<u8>,
    /// Nothing while the request is under way.
    pub status: Option<i32>,
    /// JSON: pairs of name and value.
    pub headers: String,
    /// Sealed with the token that asked.
    pub body: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
}

/// What a request was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub status: u16,
    pub headers: String,
    pub body: String,
}

/// Takes a key that nobody has; `false` where somebody has it.
pub fn claim(
    tx: &mut Tx<'_>,
    account: AccountId,
    name: &str,
    digest: &[u8],
    now: Time,
) -> Result<bool> {
    let taken = on_backend!(&mut **tx, it => diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::account_id.eq(account.bytes()),
            idempotency_keys::name.eq(name),
            idempotency_keys::request_digest.eq(digest),
            idempotency_keys::headers.eq(""),
            idempotency_keys::body.eq(""),
            idempotency_keys::created_at.eq(now.micros()),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(taken == 1)
}

/// Who has the key of an account.
pub fn find(conn: &mut Conn, account: AccountId, name: &str) -> Result<Option<KeyRow>> {
    let row = idempotency_keys::table
        .find((account.bytes(), name))
        .select(KeyRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// Takes a key over from the request that claimed it at `seen`; `false` where another was quicker.
pub fn take_over(
    tx: &mut Tx<'_>,
    account: AccountId,
    name: &str,
    digest: &[u8],
    seen: Time,
    now: Time,
) -> Result<bool> {
    let row = idempotency_keys::table
        .find((account.bytes(), name))
        .filter(idempotency_keys::created_at.eq(seen.micros()));
    let changed = diesel::update(row)
        .set((
            idempotency_keys::request_digest.eq(digest),
            idempotency_keys::status.eq(None::<i32>),
            idempotency_keys::created_at.eq(now.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(changed == 1)
}

/// Keeps the answer to the request that claimed the key at `claimed`.
pub fn keep(
    tx: &mut Tx<'_>,
    account: AccountId,
    name: &str,
    claimed: Time,
    kept: &Kept,
) -> Result<()> {
    let row = idempotency_keys::table
        .find((account.bytes(), name))
        .filter(idempotency_keys::created_at.eq(claimed.micros()))
        .filter(idempotency_keys::status.is_null());
    diesel::update(row)
        .set((
            idempotency_keys::status.eq(Some(i32::from(kept.status))),
            idempotency_keys::headers.eq(&kept.headers),
            idempotency_keys::body.eq(&kept.body),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Gives a key back: its request came to nothing.
pub fn release(tx: &mut Tx<'_>, account: AccountId, name: &str, claimed: Time) -> Result<()> {
    let row = idempotency_keys::table
        .find((account.bytes(), name))
        .filter(idempotency_keys::created_at.eq(claimed.micros()))
        .filter(idempotency_keys::status.is_null());
    diesel::delete(row).execute(&mut **tx)?;
    Ok(())
}

/// Forgets the keys from before a moment. Walks `idempotency_keys_age_idx`.
pub fn sweep(tx: &mut Tx<'_>, before: Time) -> Result<usize> {
    let old = idempotency_keys::table.filter(idempotency_keys::created_at.lt(before.micros()));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}
