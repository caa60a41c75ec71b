//! What follows from a consent: codes, access tokens, refresh tokens, as rows.
//!
//! Everything is found by its digest, and everything of one consent bears the same grant.

use diesel::prelude::*;
use domain::{AccountId, AppId, GrantId, Time, TokenId, oauth::REFRESH_SECONDS};

use crate::{
    Conn, DbError, Result, Tx,
    column::MaybeNumber,
    schema::{accounts, app_tokens, apps, oauth_codes, refresh_tokens, tokens},
};

/// A code, as it was handed out.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = oauth_codes)]
pub struct CodeRow {
    pub digest: Vec<u8>,
    #[diesel(deserialize_as = Vec<u8>)]
    pub app_id: AppId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub account_id: AccountId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub grant_id: GrantId,
    /// As it was asked for, with its port.
    pub redirect_uri: String,
    pub scopes: String,
    /// The S256 challenge (RFC 7636).
    pub challenge: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = i64)]
    pub expires_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub used_at: Option<Time>,
}

/// A refresh token.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = refresh_tokens)]
pub struct RefreshRow {
    pub digest: Vec<u8>,
    #[diesel(deserialize_as = Vec<u8>)]
    pub app_id: AppId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub account_id: AccountId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub grant_id: GrantId,
    pub scopes: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = i64)]
    pub expires_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub used_at: Option<Time>,
}

/// What an access token is written from.
#[derive(Clone, Debug)]
pub struct NewAccess<'a> {
    pub id: TokenId,
    pub digest: &'a [u8],
    pub account: AccountId,
    pub app: AppId,
    pub grant: GrantId,
    /// The app's name, for the owner's list of tokens.
    pub name: &'a str,
    pub scopes: &'a str,
    pub now: Time,
    pub until: Time,
}

/// What a client may learn of a token that was given to it (RFC 7662).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenFacts {
    /// Nobody's where the app has it for itself.
    pub account: Option<AccountId>,
    pub scopes: String,
    pub created_at: Time,
    pub expires_at: Time,
}

/// Keeps a code, and sweeps those that nobody fetched in time.
pub fn insert_code(tx: &mut Tx<'_>, row: &CodeRow) -> Result<()> {
    // A used one is kept a day, so that whoever shows it again is found out.
    let old = row.created_at.plus_seconds(-86_400);
    diesel::delete(oauth_codes::table.filter(oauth_codes::expires_at.lt(old.micros())))
        .execute(&mut **tx)?;
    diesel::insert_into(oauth_codes::table)
        .values((
            oauth_codes::digest.eq(&row.digest),
            oauth_codes::app_id.eq(row.app_id.bytes()),
            oauth_codes::account_id.eq(row.account_id.bytes()),
            oauth_codes::grant_id.eq(row.grant_id.bytes()),
            oauth_codes::redirect_uri.eq(&row.redirect_uri),
            oauth_codes::scopes.eq(&row.scopes),
            oauth_codes::challenge.eq(&row.challenge),
            oauth_codes::created_at.eq(row.created_at.micros()),
            oauth_codes::expires_at.eq(row.expires_at.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The code of this digest, used or not.
pub fn find_code(tx: &mut Tx<'_>, digest: &[u8]) -> Result<Option<CodeRow>> {
    let row = oauth_codes::table.find(digest).select(CodeRow::as_select()).first(&mut **tx);
    Ok(row.optional()?)
}

/// Marks a code as used; `false` where somebody was quicker.
pub fn use_code(tx: &mut Tx<'_>, digest: &[u8], now: Time) -> Result<bool> {
    let rows = diesel::update(oauth_codes::table.find(digest))
        .filter(oauth_codes::used_at.is_null())
        .set(oauth_codes::used_at.eq(Some(now.micros())))
        .execute(&mut **tx)?;
    Ok(rows == 1)
}

/// Keeps an access token.
pub fn insert_access(tx: &mut Tx<'_>, new: &NewAccess<'_>) -> Result<()> {
    diesel::insert_into(tokens::table)
        .values((
            tokens::digest.eq(new.digest),
            tokens::id.eq(Some(new.id.bytes())),
            tokens::account_id.eq(new.account.bytes()),
            tokens::app_id.eq(Some(new.app.bytes())),
            tokens::grant_id.eq(Some(new.grant.bytes())),
            tokens::name.eq(new.name),
            tokens::scopes.eq(new.scopes),
            tokens::created_at.eq(new.now.micros()),
            tokens::expires_at.eq(Some(new.until.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Keeps a refresh token.
pub fn insert_refresh(tx: &mut Tx<'_>, row: &RefreshRow) -> Result<()> {
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::digest.eq(&row.digest),
            refresh_tokens::app_id.eq(row.app_id.bytes()),
            refresh_tokens::account_id.eq(row.account_id.bytes()),
            refresh_tokens::grant_id.eq(row.grant_id.bytes()),
            refresh_tokens::scopes.eq(&row.scopes),
            refresh_tokens::created_at.eq(row.created_at.micros()),
            refresh_tokens::expires_at.eq(row.expires_at.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The refresh token of this digest, used or not.
pub fn find_refresh(conn: &mut Conn, digest: &[u8]) -> Result<Option<RefreshRow>> {
    let row = refresh_tokens::table.find(digest).select(RefreshRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// Marks a refresh token as used; `false` where somebody was quicker.
pub fn use_refresh(tx: &mut Tx<'_>, digest: &[u8], now: Time) -> Result<bool> {
    let rows = diesel::update(refresh_tokens::table.find(digest))
        .filter(refresh_tokens::used_at.is_null())
        .set(refresh_tokens::used_at.eq(Some(now.micros())))
        .execute(&mut **tx)?;
    Ok(rows == 1)
}

/// Ends the access tokens of a grant; its refresh tokens go on.
pub fn end_access(tx: &mut Tx<'_>, grant: GrantId) -> Result<()> {
    diesel::delete(tokens::table.filter(tokens::grant_id.eq(Some(grant.bytes()))))
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends everything that follows from a grant.
pub fn end_grant(tx: &mut Tx<'_>, grant: GrantId) -> Result<()> {
    end_access(tx, grant)?;
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::grant_id.eq(grant.bytes())))
        .execute(&mut **tx)?;
    Ok(())
}

/// Forgets what is good for nothing any more: codes, tokens that ended a month ago, refresh tokens, and apps that
/// registered a week ago and were allowed nothing since.
pub fn sweep(tx: &mut Tx<'_>, now: Time) -> Result<()> {
    let codes = oauth_codes::expires_at.lt(now.plus_days(-1).micros());
    diesel::delete(oauth_codes::table.filter(codes)).execute(&mut **tx)?;
    // The refresh token of an access token holds for a month longer: its owner sees both as one.
    let over = tokens::expires_at.lt(now.plus_seconds(-REFRESH_SECONDS).micros());
    diesel::delete(tokens::table.filter(over)).execute(&mut **tx)?;
    let over = refresh_tokens::expires_at.lt(now.micros());
    diesel::delete(refresh_tokens::table.filter(over)).execute(&mut **tx)?;
    let over = app_tokens::expires_at.lt(now.micros());
    diesel::delete(app_tokens::table.filter(over)).execute(&mut **tx)?;
    let unused = apps::used_at.is_null().and(apps::created_at.lt(now.plus_days(-7).micros()));
    diesel::delete(apps::table.filter(unused)).execute(&mut **tx)?;
    Ok(())
}

/// The grant behind an access token that this app was given.
pub fn grant_of_access(conn: &mut Conn, app: AppId, digest: &[u8]) -> Result<Option<GrantId>> {
    let found: Option<Option<Vec<u8>>> = tokens::table
        .find(digest)
        .filter(tokens::app_id.eq(Some(app.bytes())))
        .select(tokens::grant_id)
        .first(conn)
        .optional()?;
    found.flatten().map(GrantId::try_from).transpose().map_err(DbError::Corrupt)
}

/// Keeps a token that an app has for itself, and sweeps those that are over.
pub fn insert_app_token(
    tx: &mut Tx<'_>,
    app: AppId,
    digest: &[u8],
    scopes: &str,
    now: Time,
    until: Time,
) -> Result<()> {
    diesel::delete(app_tokens::table.filter(app_tokens::expires_at.le(now.micros())))
        .execute(&mut **tx)?;
    diesel::insert_into(app_tokens::table)
        .values((
            app_tokens::digest.eq(digest),
            app_tokens::app_id.eq(app.bytes()),
            app_tokens::scopes.eq(scopes),
            app_tokens::created_at.eq(now.micros()),
            app_tokens::expires_at.eq(until.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The scopes of a live token that an app has for itself.
pub fn find_app_token(conn: &mut Conn, digest: &[u8], now: Time) -> Result<Option<String>> {
    let scopes = app_tokens::table
        .find(digest)
        .inner_join(apps::table.on(apps::id.eq(app_tokens::app_id)))
        .filter(app_tokens::expires_at.gt(now.micros()))
        .select(app_tokens::scopes)
        .first(conn);
    Ok(scopes.optional()?)
}

/// Ends such a token, where it is this app's.
pub fn end_app_token(tx: &mut Tx<'_>, app: AppId, digest: &[u8]) -> Result<()> {
    diesel::delete(app_tokens::table.find(digest).filter(app_tokens::app_id.eq(app.bytes())))
        .execute(&mut **tx)?;
    Ok(())
}

/// What a live token of this app is: an access token, a refresh token, or one of its own.
pub fn facts(conn: &mut Conn, app: AppId, digest: &[u8], now: Time) -> Result<Option<TokenFacts>> {
    let access: Option<(Vec<u8>, String, i64, Option<i64>)> = tokens::table
        .find(digest)
        .inner_join(accounts::table.on(accounts::id.eq(tokens::account_id)))
        .filter(tokens::app_id.eq(Some(app.bytes())))
        .filter(accounts::suspended_at.is_null())
        .filter(accounts::state.eq("active"))
        .select((tokens::account_id, tokens::scopes, tokens::created_at, tokens::expires_at))
        .first(conn)
        .optional()?;
    if let Some((account, scopes, created_at, Some(expires_at))) = access {
        return told(Some(account), scopes, created_at, expires_at, now);
    }
    let refresh = find_refresh(conn, digest)?;
    if let Some(row) = refresh.filter(|row| row.app_id == app && row.used_at.is_none()) {
        if !crate::accounts::is_usable(conn, row.account_id)? {
            return Ok(None);
        }
        let account = Some(row.account_id.bytes());
        return told(account, row.scopes, row.created_at.micros(), row.expires_at.micros(), now);
    }
    let own: Option<(String, i64, i64)> = app_tokens::table
        .find(digest)
        .filter(app_tokens::app_id.eq(app.bytes()))
        .select((app_tokens::scopes, app_tokens::created_at, app_tokens::expires_at))
        .first(conn)
        .optional()?;
    let Some((scopes, created_at, expires_at)) = own else { return Ok(None) };
    told(None, scopes, created_at, expires_at, now)
}

fn told(
    account: Option<Vec<u8>>,
    scopes: String,
    created_at: i64,
    expires_at: i64,
    now: Time,
) -> Result<Option<TokenFacts>> {
    let account = account.map(AccountId::try_from).transpose().map_err(DbError::Corrupt)?;
    let [created_at, expires_at] = [created_at, expires_at].map(Time::from_micros);
    let live = now < expires_at;
    Ok(live.then_some(TokenFacts { account, scopes, created_at, expires_at }))
}
