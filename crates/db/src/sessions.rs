//! Browsers that people are signed in with, as rows.

use diesel::prelude::*;
use domain::{AccountId, SessionId, Time};

use crate::{Conn, Result, Tx, column::MaybeNumber, schema::sessions};

/// What a session is written from.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    pub id: SessionId,
    pub account: AccountId,
    pub digest: &'a [u8],
    pub csrf: &'a str,
    /// How the browser is called; see [`domain::sessions::name`].
    pub name: &'a str,
    pub now: Time,
    pub until: Time,
}

/// A session, without what would open anything.
#[derive(Clone, Debug, Queryable)]
pub struct SessionRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: SessionId,
    /// Tells whether it is the one of a request.
    pub digest: Vec<u8>,
    pub name: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    /// To the hour.
    #[diesel(deserialize_as = MaybeNumber)]
    pub used_at: Option<Time>,
    #[diesel(deserialize_as = i64)]
    pub expires_at: Time,
}

/// Opens a session.
pub fn insert(tx: &mut Tx<'_>, new: &NewSession<'_>) -> Result<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::digest.eq(new.digest),
            sessions::account_id.eq(new.account.bytes()),
            sessions::csrf.eq(new.csrf),
            sessions::created_at.eq(new.now.micros()),
            sessions::expires_at.eq(new.until.micros()),
            sessions::id.eq(Some(new.id.bytes())),
            sessions::name.eq(new.name),
            sessions::used_at.eq(Some(new.now.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The live sessions of an account, the newest first, after `cursor`.
pub fn page(
    conn: &mut Conn,
    account: AccountId,
    now: Time,
    cursor: Option<SessionId>,
    limit: i64,
) -> Result<Vec<SessionRow>> {
    let mut query = sessions::table
        .filter(sessions::account_id.eq(account.bytes()))
        .filter(sessions::expires_at.gt(now.micros()))
        .filter(sessions::id.is_not_null())
        .order(sessions::id.desc())
        .limit(limit)
        .select((
            sessions::id.assume_not_null(),
            sessions::digest,
            sessions::name,
            sessions::created_at,
            sessions::used_at,
            sessions::expires_at,
        ))
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(sessions::id.lt(Some(cursor.bytes())));
    }
    Ok(query.load(conn)?)
}

/// When the session of this digest was seen last.
pub fn used_at(conn: &mut Conn, digest: &[u8]) -> Result<Option<Time>> {
    let found: Option<Option<i64>> =
        sessions::table.find(digest).select(sessions::used_at).first(conn).optional()?;
    Ok(found.flatten().map(Time::from_micros))
}

/// Notes that a session was used.
pub fn note_use(tx: &mut Tx<'_>, digest: &[u8], now: Time) -> Result<()> {
    diesel::update(sessions::table.find(digest))
        .set(sessions::used_at.eq(Some(now.micros())))
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends a session, and sweeps those that have expired.
pub fn delete(tx: &mut Tx<'_>, digest: &[u8], now: Time) -> Result<()> {
    diesel::delete(sessions::table.find(digest)).execute(&mut **tx)?;
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(now.micros())))
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends a session of an account; `false` means that it has none of this id.
pub fn delete_of(tx: &mut Tx<'_>, account: AccountId, id: SessionId) -> Result<bool> {
    let theirs = sessions::table
        .filter(sessions::id.eq(Some(id.bytes())))
        .filter(sessions::account_id.eq(account.bytes()));
    Ok(diesel::delete(theirs).execute(&mut **tx)? == 1)
}

/// Ends all sessions of an account but the one of this digest. Walks `sessions_account_idx`.
pub fn delete_others(tx: &mut Tx<'_>, account: AccountId, keep: &[u8]) -> Result<usize> {
    let others = sessions::table
        .filter(sessions::account_id.eq(account.bytes()))
        .filter(sessions::digest.ne(keep));
    Ok(diesel::delete(others).execute(&mut **tx)?)
}
