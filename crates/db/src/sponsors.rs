//! Which collective looks after which accounts, as rows.

use diesel::{dsl::exists, prelude::*};
use domain::{
    AccountId, CollectiveId, PersonId, Time,
    accounts::{AccountFilter, AccountRole, AccountState, Email},
    memberships::Role,
};

use crate::{
    Conn, DbError, Result, Tx,
    accounts::AccountRow,
    actors::ActorRow,
    column::MaybeNumber,
    schema::{account_secrets, accounts, actors, keys, memberships},
    search,
};

/// An account, as those see it who look after it.
#[derive(Clone, Debug, Queryable)]
pub struct SponsoredRow {
    pub account: AccountRow,
    pub actor: ActorRow,
    pub application: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub unsponsored_at: Option<Time>,
    /// `admins`, `clock`, or the id of a collective.
    pub suspended_by: Option<String>,
}

macro_rules! sponsored {
    () => {
        accounts::table.inner_join(actors::table.on(actors::id.eq(accounts::person_id))).select((
            AccountRow::as_select(),
            ActorRow::as_select(),
            accounts::application,
            accounts::created_at,
            accounts::unsponsored_at,
            accounts::suspended_by,
        ))
    };
}

/// The account of a person with all of that.
pub fn find(conn: &mut Conn, person: PersonId) -> Result<Option<SponsoredRow>> {
    let row = sponsored!().filter(accounts::person_id.eq(person.bytes())).first(conn);
    Ok(row.optional()?)
}

/// The accounts a collective looks after, or all, the newest first; without a filter those whose address is
/// confirmed. Walks `accounts_sponsor_idx`, `accounts_state_idx`, or the primary key.
pub fn page(
    conn: &mut Conn,
    sponsor: Option<CollectiveId>,
    filter: Option<AccountFilter>,
    cursor: Option<AccountId>,
    limit: i64,
) -> Result<Vec<SponsoredRow>> {
    let mut query = sponsored!().order(accounts::id.desc()).limit(limit).into_boxed();
    let active = AccountState::Active.word();
    query = match (sponsor, filter) {
        (Some(sponsor), Some(AccountFilter::Unsponsored)) => {
            let belongs = memberships::table
                .filter(memberships::collective_id.eq(sponsor.bytes()))
                .filter(memberships::person_id.eq(accounts::person_id))
                .filter(memberships::state.eq("active"));
            query.filter(exists(belongs))
        }
        (Some(sponsor), _) => query.filter(accounts::sponsor_id.eq(sponsor.bytes())),
        (None, _) => query,
    };
    query = match filter {
        Some(AccountFilter::Unsponsored) => {
            query.filter(accounts::unsponsored_at.is_not_null()).filter(accounts::state.eq(active))
        }
        Some(AccountFilter::Suspended) => {
            query.filter(accounts::suspended_at.is_not_null()).filter(accounts::state.eq(active))
        }
        Some(AccountFilter::Active) => {
            query.filter(accounts::suspended_at.is_null()).filter(accounts::state.eq(active))
        }
        Some(state) => query.filter(accounts::state.eq(state.word())),
        None => query.filter(accounts::state.eq_any([
            AccountState::Waiting.word(),
            active,
            AccountState::Rejected.word(),
        ])),
    };
    if let Some(cursor) = cursor {
        query = query.filter(accounts::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// How many wait for the answer of a collective. Walks `accounts_sponsor_idx`.
pub fn count_waiting(conn: &mut Conn, sponsor: CollectiveId) -> Result<i64> {
    let waiting = accounts::table
        .filter(accounts::sponsor_id.eq(sponsor.bytes()))
        .filter(accounts::state.eq(AccountState::Waiting.word()));
    Ok(waiting.count().get_result(conn)?)
}

/// Gives an account another sponsor, or none from this moment on.
pub fn set_sponsor(
    tx: &mut Tx<'_>,
    id: AccountId,
    sponsor: Option<CollectiveId>,
    unsponsored_at: Option<Time>,
) -> Result<()> {
    diesel::update(accounts::table.find(id.bytes()))
        .set((
            accounts::sponsor_id.eq(sponsor.map(CollectiveId::bytes)),
            accounts::unsponsored_at.eq(unsponsored_at.map(Time::micros)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Remembers who suspended an account: only they, and who runs the instance, end it.
pub fn set_suspended_by(tx: &mut Tx<'_>, person: PersonId, by: Option<&str>) -> Result<()> {
    diesel::update(accounts::table.filter(accounts::person_id.eq(person.bytes())))
        .set(accounts::suspended_by.eq(by))
        .execute(&mut **tx)?;
    Ok(())
}

/// People whom nobody has looked after since before that moment, and who are not suspended for it yet. Walks
/// `accounts_unsponsored_idx`.
pub fn overdue(conn: &mut Conn, before: Time, limit: i64) -> Result<Vec<PersonId>> {
    let rows: Vec<Vec<u8>> = accounts::table
        .filter(accounts::unsponsored_at.is_not_null())
        .filter(accounts::unsponsored_at.le(before.micros()))
        .filter(accounts::suspended_at.is_null())
        .filter(accounts::state.ne(AccountState::Deleted.word()))
        .order(accounts::unsponsored_at)
        .limit(limit)
        .select(accounts::person_id)
        .load(conn)?;
    rows.into_iter().map(|id| id.try_into().map_err(DbError::Corrupt)).collect()
}

/// Accounts that never came to be: not confirmed, or turned down, and made before that moment. Walks
/// `accounts_state_idx`.
pub fn stillborn(
    conn: &mut Conn,
    state: AccountState,
    before: Time,
    limit: i64,
) -> Result<Vec<(AccountId, PersonId)>> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> = accounts::table
        .filter(accounts::state.eq(state.word()))
        .filter(accounts::created_at.lt(before.micros()))
        .order(accounts::id)
        .limit(limit)
        .select((accounts::id, accounts::person_id))
        .load(conn)?;
    let read = |(account, person): (Vec<u8>, Vec<u8>)| {
        Ok((
            account.try_into().map_err(DbError::Corrupt)?,
            person.try_into().map_err(DbError::Corrupt)?,
        ))
    };
    rows.into_iter().map(read).collect()
}

/// Erases an account that never came to be, and its hidden actor.
pub fn erase(tx: &mut Tx<'_>, account: AccountId, person: PersonId) -> Result<()> {
    let secrets = account_secrets::table.filter(account_secrets::account_id.eq(account.bytes()));
    diesel::delete(secrets).execute(&mut **tx)?;
    diesel::delete(accounts::table.find(account.bytes())).execute(&mut **tx)?;
    diesel::delete(keys::table.filter(keys::actor_id.eq(person.bytes()))).execute(&mut **tx)?;
    let hidden = actors::table.find(person.bytes()).filter(actors::suspended_at.eq(0_i64));
    if 0 < diesel::delete(hidden).execute(&mut **tx)? {
        search::forget(tx, person.uuid())?;
    }
    Ok(())
}

/// Where to write to those who look after a collective's accounts. Walks the primary key of `memberships`.
pub fn managers(conn: &mut Conn, collective: CollectiveId, limit: i64) -> Result<Vec<Email>> {
    let roles = [Role::Steward.word(), Role::AccountManager.word()];
    let found = memberships::table
        .inner_join(accounts::table.on(accounts::person_id.eq(memberships::person_id)))
        .filter(memberships::collective_id.eq(collective.bytes()))
        .filter(memberships::state.eq("active"))
        .filter(memberships::role.eq_any(roles))
        .filter(accounts::suspended_at.is_null())
        .filter(accounts::state.eq(AccountState::Active.word()))
        .order(memberships::person_id)
        .limit(limit)
        .select(accounts::email)
        .load(conn)?;
    Ok(addresses(found))
}

/// Where to write to those who run the instance.
pub fn admins(conn: &mut Conn, limit: i64) -> Result<Vec<Email>> {
    let found = accounts::table
        .filter(accounts::state.eq(AccountState::Active.word()))
        .filter(accounts::role.eq(AccountRole::Admin.word()))
        .filter(accounts::suspended_at.is_null())
        .order(accounts::id)
        .limit(limit)
        .select(accounts::email)
        .load(conn)?;
    Ok(addresses(found))
}

fn addresses(found: Vec<Option<String>>) -> Vec<Email> {
    found.into_iter().flatten().filter_map(|text| Email::parse(&text).ok()).collect()
}
