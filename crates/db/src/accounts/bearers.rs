//! Bearer tokens of people, as their owners see them: made by hand, or given to an app.

use diesel::prelude::*;
use domain::{AccountId, AppId, GrantId, Time, TokenId};

use crate::{
    Conn, DbError, Result, Tx,
    column::MaybeNumber,
    schema::{apps, oauth_codes, refresh_tokens, sessions, tokens},
};

/// What a personal token is written from.
#[derive(Clone, Debug)]
pub struct NewToken<'a> {
    pub id: TokenId,
    pub account: AccountId,
    pub digest: &'a [u8],
    /// What it is for.
    pub name: &'a str,
    pub scopes: &'a str,
    pub now: Time,
    /// Until when it is good; for ever where there is none.
    pub until: Option<Time>,
}

/// A token, without what would open anything.
#[derive(Clone, Debug, Queryable)]
pub struct TokenRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: TokenId,
    pub name: String,
    pub scopes: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub used_at: Option<Time>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub expires_at: Option<Time>,
    /// The app that it was given to, and where people read about it.
    pub app: Option<(String, Option<String>)>,
}

/// Who holds a token, and when it was seen last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenUse {
    pub app: Option<AppId>,
    pub used_at: Option<Time>,
}

/// Keeps a personal token.
pub fn insert_token(tx: &mut Tx<'_>, new: &NewToken<'_>) -> Result<()> {
    diesel::insert_into(tokens::table)
        .values((
            tokens::digest.eq(new.digest),
            tokens::id.eq(Some(new.id.bytes())),
            tokens::account_id.eq(new.account.bytes()),
            tokens::name.eq(new.name),
            tokens::scopes.eq(new.scopes),
            tokens::created_at.eq(new.now.micros()),
            tokens::expires_at.eq(new.until.map(Time::micros)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The tokens of an account, the newest first, after `cursor`.
pub fn tokens(
    conn: &mut Conn,
    account: AccountId,
    cursor: Option<TokenId>,
    limit: i64,
) -> Result<Vec<TokenRow>> {
    let mut query = tokens::table
        .left_join(apps::table.on(tokens::app_id.eq(apps::id.nullable())))
        .filter(tokens::account_id.eq(account.bytes()))
        .filter(tokens::id.is_not_null())
        .order(tokens::id.desc())
        .limit(limit)
        .select((
            tokens::id.assume_not_null(),
            tokens::name,
            tokens::scopes,
            tokens::created_at,
            tokens::used_at,
            tokens::expires_at,
            (apps::name, apps::website).nullable(),
        ))
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(tokens::id.lt(Some(cursor.bytes())));
    }
    Ok(query.load(conn)?)
}

/// How many tokens an account has made by hand.
pub fn count_tokens(conn: &mut Conn, account: AccountId) -> Result<i64> {
    let own = tokens::table
        .filter(tokens::account_id.eq(account.bytes()))
        .filter(tokens::app_id.is_null());
    Ok(own.count().get_result(conn)?)
}

/// The grant behind a token of this account, where it has one; nothing at all where there is no such token.
pub fn find_token_of(
    conn: &mut Conn,
    account: AccountId,
    id: TokenId,
) -> Result<Option<Option<GrantId>>> {
    let found: Option<Option<Vec<u8>>> = tokens::table
        .filter(tokens::id.eq(Some(id.bytes())))
        .filter(tokens::account_id.eq(account.bytes()))
        .select(tokens::grant_id)
        .first(conn)
        .optional()?;
    let grant = |bytes: Option<Vec<u8>>| bytes.map(GrantId::try_from).transpose();
    found.map(grant).transpose().map_err(DbError::Corrupt)
}

/// Ends a token.
pub fn delete_token(tx: &mut Tx<'_>, id: TokenId) -> Result<()> {
    diesel::delete(tokens::table.filter(tokens::id.eq(Some(id.bytes())))).execute(&mut **tx)?;
    Ok(())
}

/// Who holds the token of this digest, and when it was seen last.
pub fn token_use(conn: &mut Conn, digest: &[u8]) -> Result<Option<TokenUse>> {
    let found: Option<(Option<Vec<u8>>, Option<i64>)> = tokens::table
        .find(digest)
        .select((tokens::app_id, tokens::used_at))
        .first(conn)
        .optional()?;
    let Some((app, used_at)) = found else { return Ok(None) };
    let app = app.map(AppId::try_from).transpose().map_err(DbError::Corrupt)?;
    Ok(Some(TokenUse { app, used_at: used_at.map(Time::from_micros) }))
}

/// Notes that a token was used.
pub fn note_token_use(tx: &mut Tx<'_>, digest: &[u8], now: Time) -> Result<()> {
    diesel::update(tokens::table.find(digest))
        .set(tokens::used_at.eq(Some(now.micros())))
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends every session and token of an account but the one of this digest; what keeps an app's token alive stays
/// with it.
pub fn sign_out_others(tx: &mut Tx<'_>, account: AccountId, keep: &[u8]) -> Result<()> {
    let id = account.bytes();
    let others =
        sessions::table.filter(sessions::account_id.eq(&id)).filter(sessions::digest.ne(keep));
    diesel::delete(others).execute(&mut **tx)?;
    let grant: Option<Option<Vec<u8>>> =
        tokens::table.find(keep).select(tokens::grant_id).first(&mut **tx).optional()?;
    let others = tokens::table.filter(tokens::account_id.eq(&id)).filter(tokens::digest.ne(keep));
    diesel::delete(others).execute(&mut **tx)?;
    let others = refresh_tokens::table
        .filter(refresh_tokens::account_id.eq(&id))
        .filter(refresh_tokens::grant_id.ne(grant.flatten().unwrap_or_default()));
    diesel::delete(others).execute(&mut **tx)?;
    diesel::delete(oauth_codes::table.filter(oauth_codes::account_id.eq(&id)))
        .execute(&mut **tx)?;
    Ok(())
}
