//! Logins, browser sessions, and bearer tokens, as rows.

mod bearers;
mod erasure;

pub use bearers::{
    NewToken, TokenRow, TokenUse, count_tokens, delete_token, find_token_of, insert_token,
    note_token_use, sign_out_others, token_use, tokens,
};
pub use erasure::{Gone, erase};

use diesel::prelude::*;
use domain::{
    AccountId, CollectiveId, PersonId, Time,
    accounts::{AccountRole, AccountState, Email},
};

use crate::{
    Conn, Result, Tx,
    column::{MaybeId, MaybeNumber},
    schema::{accounts, actors, sessions, tokens},
    search::sayable,
};

/// A login.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub struct AccountRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: AccountId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub person_id: PersonId,
    pub password_hash: String,
    #[diesel(deserialize_as = String)]
    pub role: AccountRole,
    pub locale: String,
    #[diesel(deserialize_as = MaybeNumber)]
    pub suspended_at: Option<Time>,
    #[diesel(deserialize_as = String)]
    pub state: AccountState,
    #[diesel(deserialize_as = MaybeId)]
    pub sponsor_id: Option<CollectiveId>,
    /// Whether somebody has vouched for them before they came.
    pub approved: bool,
}

impl AccountRow {
    /// May whoever has it sign in and use tokens?
    pub fn is_usable(&self) -> bool {
        self.state == AccountState::Active && self.suspended_at.is_none()
    }
}

/// What an account is written from.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub id: AccountId,
    pub person: PersonId,
    pub email: Option<Email>,
    pub password_hash: String,
    pub role: AccountRole,
    pub sponsor: Option<CollectiveId>,
    pub locale: String,
    pub state: AccountState,
    /// What they said who asked for it.
    pub application: String,
    /// Whether somebody has vouched for them already.
    pub approved: bool,
    pub now: Time,
}

/// Writes a new account.
pub fn insert(tx: &mut Tx<'_>, new: &NewAccount) -> Result<()> {
    let confirmed = (new.state != AccountState::Unconfirmed).then(|| new.now.micros());
    diesel::insert_into(accounts::table)
        .values((
            accounts::id.eq(new.id.bytes()),
            accounts::person_id.eq(new.person.bytes()),
            accounts::email.eq(new.email.as_ref().map(Email::as_str)),
            accounts::password_hash.eq(&new.password_hash),
            accounts::role.eq(new.role.word()),
            accounts::sponsor_id.eq(new.sponsor.map(CollectiveId::bytes)),
            accounts::locale.eq(&new.locale),
            accounts::created_at.eq(new.now.micros()),
            accounts::confirmed_at.eq(confirmed),
            accounts::state.eq(new.state.word()),
            accounts::application.eq(&new.application),
            accounts::approved.eq(new.approved),
            accounts::digest_at.eq(new.now.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The account of a handle or an e-mail address.
pub fn find_login(conn: &mut Conn, login: &str) -> Result<Option<AccountRow>> {
    let login = sayable(login.trim()).to_lowercase();
    let by_handle = accounts::table
        .inner_join(actors::table.on(actors::id.eq(accounts::person_id)))
        .filter(actors::handle_key.eq(&login))
        .filter(actors::local)
        .select(AccountRow::as_select())
        .first(conn)
        .optional()?;
    if by_handle.is_some() {
        return Ok(by_handle);
    }
    match Email::parse(&login) {
        Ok(email) => find_by_email(conn, &email),
        Err(_) => Ok(None),
    }
}

/// The account of an e-mail address. Walks `accounts_email_key`.
pub fn find_by_email(conn: &mut Conn, email: &Email) -> Result<Option<AccountRow>> {
    let row = accounts::table
        .filter(accounts::email.eq(email.as_str()))
        .select(AccountRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// An account by its id.
pub fn find(conn: &mut Conn, id: AccountId) -> Result<Option<AccountRow>> {
    Ok(accounts::table.find(id.bytes()).select(AccountRow::as_select()).first(conn).optional()?)
}

/// Where letters to an account go. Nobody but its owner is ever shown it.
pub fn email(conn: &mut Conn, id: AccountId) -> Result<Option<Email>> {
    let text: Option<String> =
        accounts::table.find(id.bytes()).select(accounts::email).first(conn).optional()?.flatten();
    // What commands of older versions wrote may be no address; nothing is sent there.
    Ok(text.and_then(|text| Email::parse(&text).ok()))
}

/// Moves an account to another state; one that was unconfirmed is confirmed by that.
pub fn set_state(tx: &mut Tx<'_>, id: AccountId, state: AccountState, now: Time) -> Result<()> {
    diesel::update(accounts::table.find(id.bytes()))
        .set(accounts::state.eq(state.word()))
        .execute(&mut **tx)?;
    let unconfirmed = accounts::table.find(id.bytes()).filter(accounts::confirmed_at.is_null());
    diesel::update(unconfirmed)
        .set(accounts::confirmed_at.eq(Some(now.micros())))
        .execute(&mut **tx)?;
    Ok(())
}

/// Gives an account another password.
pub fn set_password(tx: &mut Tx<'_>, id: AccountId, hash: &str) -> Result<()> {
    diesel::update(accounts::table.find(id.bytes()))
        .set(accounts::password_hash.eq(hash))
        .execute(&mut **tx)?;
    Ok(())
}

/// Gives an account another address. One that belongs to somebody already is taken.
pub fn set_email(tx: &mut Tx<'_>, id: AccountId, email: &Email) -> Result<()> {
    diesel::update(accounts::table.find(id.bytes()))
        .set(accounts::email.eq(Some(email.as_str())))
        .execute(&mut **tx)?;
    Ok(())
}

/// How many run the instance and can sign in.
pub fn count_admins(conn: &mut Conn) -> Result<i64> {
    let admins = accounts::table
        .filter(accounts::role.eq(AccountRole::Admin.word()))
        .filter(accounts::suspended_at.is_null())
        .filter(accounts::state.eq(AccountState::Active.word()));
    Ok(admins.count().get_result(conn)?)
}

/// Is there anybody who runs the instance, shut out or not?
pub fn has_admins(conn: &mut Conn) -> Result<bool> {
    let admins = accounts::table
        .filter(accounts::role.eq(AccountRole::Admin.word()))
        .filter(accounts::state.ne(AccountState::Deleted.word()));
    Ok(diesel::select(diesel::dsl::exists(admins)).get_result(conn)?)
}

/// Since when there is an account.
pub fn created_at(conn: &mut Conn, id: AccountId) -> Result<Option<Time>> {
    let since: Option<i64> =
        accounts::table.find(id.bytes()).select(accounts::created_at).first(conn).optional()?;
    Ok(since.map(Time::from_micros))
}

/// When somebody who runs the instance was last seen by their sessions and tokens.
pub fn admins_seen(conn: &mut Conn) -> Result<Option<Time>> {
    use diesel::dsl::max;

    let admins = || {
        let admins = accounts::table.filter(accounts::role.eq(AccountRole::Admin.word()));
        admins.select(accounts::id)
    };
    let theirs = || sessions::table.filter(sessions::account_id.eq_any(admins()));
    let opened: Option<i64> = theirs().select(max(sessions::created_at)).first(conn)?;
    let used: Option<i64> = theirs().select(max(sessions::used_at)).first(conn)?;
    let called: Option<i64> = tokens::table
        .filter(tokens::account_id.eq_any(admins()))
        .select(max(tokens::used_at))
        .first(conn)?;
    Ok([opened, used, called].into_iter().flatten().max().map(Time::from_micros))
}

/// The account of a local person.
pub fn find_by_person(conn: &mut Conn, person: PersonId) -> Result<Option<AccountRow>> {
    let row = accounts::table
        .filter(accounts::person_id.eq(person.bytes()))
        .select(AccountRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// The account and CSRF token behind a live session's digest.
pub fn find_session(
    conn: &mut Conn,
    digest: &[u8],
    now: Time,
) -> Result<Option<(AccountRow, String)>> {
    let row = sessions::table
        .inner_join(accounts::table.on(accounts::id.eq(sessions::account_id)))
        .filter(sessions::digest.eq(digest))
        .filter(sessions::expires_at.gt(now.micros()))
        .filter(accounts::suspended_at.is_null())
        .filter(accounts::state.eq("active"))
        .select((AccountRow::as_select(), sessions::csrf))
        .first(conn);
    Ok(row.optional()?)
}

/// The account and scopes behind a live token's digest.
pub fn find_token(
    conn: &mut Conn,
    digest: &[u8],
    now: Time,
) -> Result<Option<(AccountRow, String)>> {
    let row: Option<(AccountRow, String, Option<i64>)> = tokens::table
        .inner_join(accounts::table.on(accounts::id.eq(tokens::account_id)))
        .filter(tokens::digest.eq(digest))
        .filter(accounts::suspended_at.is_null())
        .filter(accounts::state.eq("active"))
        .select((AccountRow::as_select(), tokens::scopes, tokens::expires_at))
        .first(conn)
        .optional()?;
    let live = |until: Option<i64>| until.is_none_or(|until| now.micros() < until);
    Ok(row.filter(|row| live(row.2)).map(|(account, scopes, _)| (account, scopes)))
}

/// May whoever has this account sign in and use tokens?
pub fn is_usable(conn: &mut Conn, id: AccountId) -> Result<bool> {
    let found = accounts::table
        .find(id.bytes())
        .filter(accounts::suspended_at.is_null())
        .filter(accounts::state.eq("active"));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(conn)?)
}
