//! Letters that people get without asking for each, as columns of their accounts.

use diesel::prelude::*;
use domain::{AccountId, ActorId, NotificationId, PersonId, Time, letters::Digest};
use uuid::Uuid;

use crate::{
    Conn, Result, Tx,
    accounts::AccountRow,
    listings::ListingRow,
    moderation::{presentable, unlimited},
    mutes::heard_by,
    notifications::NotificationRow,
    schema::{accounts, actors, follows, listings, memberships, notifications},
};

/// What somebody chose about their letters, and how far they were told.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub struct LetterRow {
    #[diesel(deserialize_as = String)]
    pub digest: Digest,
    /// Until when the last digest told.
    #[diesel(deserialize_as = i64)]
    pub digest_at: Time,
    /// Whether they are written of what concerns them.
    pub letters: bool,
    #[diesel(deserialize_as = i64)]
    pub letter_at: Time,
    /// Stops letters without a password.
    pub stop_word: Option<String>,
    pub locale: String,
}

/// What an account chose. Walks the primary key.
pub fn of(conn: &mut Conn, account: AccountId) -> Result<Option<LetterRow>> {
    let row = accounts::table.find(account.bytes()).select(LetterRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// Writes what an account chose.
pub fn choose(tx: &mut Tx<'_>, account: AccountId, row: &LetterRow) -> Result<()> {
    diesel::update(accounts::table.find(account.bytes()))
        .set((
            accounts::digest.eq(row.digest.word()),
            accounts::letters.eq(row.letters),
            accounts::locale.eq(&row.locale),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Gives an account its word; the one that it has stays.
pub fn set_stop_word(tx: &mut Tx<'_>, account: AccountId, word: &str) -> Result<()> {
    let without = accounts::table.find(account.bytes()).filter(accounts::stop_word.is_null());
    diesel::update(without).set(accounts::stop_word.eq(Some(word))).execute(&mut **tx)?;
    Ok(())
}

/// Whose word this is. Walks `accounts_stop_word_key`.
pub fn by_stop_word(conn: &mut Conn, word: &str) -> Result<Option<AccountRow>> {
    let row = accounts::table
        .filter(accounts::stop_word.eq(word))
        .filter(accounts::state.ne("deleted"))
        .select(AccountRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// Accounts whose last digest was before this moment, those that wait longest first. Walks
/// `accounts_digest_idx`.
pub fn due(conn: &mut Conn, digest: Digest, before: Time, limit: i64) -> Result<Vec<AccountId>> {
    let rows: Vec<Vec<u8>> = accounts::table
        .filter(accounts::digest.eq(digest.word()))
        .filter(accounts::digest_at.le(before.micros()))
        .filter(accounts::state.eq("active"))
        .filter(accounts::suspended_at.is_null())
        .filter(accounts::email.is_not_null())
        .order(accounts::digest_at)
        .limit(limit)
        .select(accounts::id)
        .load(conn)?;
    let ids = rows.into_iter().map(AccountId::try_from);
    ids.collect::<std::result::Result<_, _>>().map_err(crate::DbError::Corrupt)
}

/// A digest tells until then; `false` where another one did meanwhile.
pub fn tell_until(tx: &mut Tx<'_>, account: AccountId, (was, until): (Time, Time)) -> Result<bool> {
    let unchanged =
        accounts::table.find(account.bytes()).filter(accounts::digest_at.eq(was.micros()));
    let told =
        diesel::update(unchanged).set(accounts::digest_at.eq(until.micros())).execute(&mut **tx)?;
    Ok(told == 1)
}

/// Listings that came out after one moment and until another, of collectives that somebody follows or belongs
/// to, and that others wrote; the newest first. What lives here is new when it is published, what lives
/// elsewhere when it comes here.
pub fn news(
    conn: &mut Conn,
    person: PersonId,
    (since, until): (Time, Time),
    limit: i64,
) -> Result<Vec<ListingRow>> {
    let me: ActorId = person.actor();
    let followed = follows::table
        .filter(follows::follower_id.eq(me.bytes()))
        .filter(follows::state.eq("accepted"))
        .select(follows::followed_id);
    let own = memberships::table
        .filter(memberships::person_id.eq(person.bytes()))
        .filter(memberships::state.eq("active"))
        .select(memberships::collective_id);
    let here = actors::local
        .eq(true)
        .and(listings::published_at.gt(since.micros()))
        .and(listings::published_at.le(until.micros()));
    let elsewhere = actors::local
        .eq(false)
        .and(listings::id.ge(first_id(since)))
        .and(listings::id.lt(first_id(until)));
    let rows = listings::table
        .inner_join(actors::table.on(actors::id.eq(listings::collective_id)))
        .filter(presentable!())
        .filter(unlimited!())
        .filter(heard_by!(me.bytes()))
        .filter(listings::collective_id.eq_any(followed).or(listings::collective_id.eq_any(own)))
        .filter(listings::published_at.is_not_null())
        .filter(listings::deleted_at.is_null())
        .filter(listings::open.eq(true))
        .filter(listings::author_id.is_null().or(listings::author_id.ne(Some(person.bytes()))))
        .filter(here.assume_not_null().or(elsewhere))
        .order(listings::id.desc())
        .limit(limit)
        .select(ListingRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// The least id that is minted after this moment, to the millisecond.
fn first_id(at: Time) -> Vec<u8> {
    let millis = u128::try_from(at.micros() / 1_000).unwrap_or_default() + 1;
    Uuid::from_u128(millis << 80).as_bytes().to_vec()
}

/// Accounts that want to be written of what concerns them, were not for a while, and have something that they
/// have not seen for a while either. Walks `notifications_unmailed_idx`.
pub fn unwritten(
    conn: &mut Conn,
    written_before: Time,
    told_before: Time,
    limit: i64,
) -> Result<Vec<AccountId>> {
    let waiting = notifications::table
        .filter(notifications::person_id.eq(accounts::person_id))
        .filter(notifications::mailed.eq(false))
        .filter(notifications::read_at.is_null())
        .filter(notifications::created_at.le(told_before.micros()));
    let rows: Vec<Vec<u8>> = accounts::table
        .filter(accounts::letters.eq(true))
        .filter(accounts::letter_at.le(written_before.micros()))
        .filter(accounts::state.eq("active"))
        .filter(accounts::suspended_at.is_null())
        .filter(accounts::email.is_not_null())
        .filter(diesel::dsl::exists(waiting))
        .order(accounts::letter_at)
        .limit(limit)
        .select(accounts::id)
        .load(conn)?;
    let ids = rows.into_iter().map(AccountId::try_from);
    ids.collect::<std::result::Result<_, _>>().map_err(crate::DbError::Corrupt)
}

/// Which of these no letter told of yet.
pub fn unmailed(conn: &mut Conn, rows: &[NotificationRow]) -> Result<Vec<NotificationId>> {
    let ids: Vec<Vec<u8>> = rows.iter().map(|row| row.id.bytes()).collect();
    let rows: Vec<Vec<u8>> = notifications::table
        .filter(notifications::id.eq_any(ids))
        .filter(notifications::mailed.eq(false))
        .select(notifications::id)
        .load(conn)?;
    let ids = rows.into_iter().map(NotificationId::try_from);
    ids.collect::<std::result::Result<_, _>>().map_err(crate::DbError::Corrupt)
}

/// A letter told somebody of all that they have been told until now.
pub fn mailed(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    let waiting = notifications::table
        .filter(notifications::person_id.eq(person.bytes()))
        .filter(notifications::mailed.eq(false));
    diesel::update(waiting).set(notifications::mailed.eq(true)).execute(&mut **tx)?;
    Ok(())
}

/// A letter is written to an account; `false` where another one was meanwhile.
pub fn write(tx: &mut Tx<'_>, account: AccountId, (was, now): (Time, Time)) -> Result<bool> {
    let unchanged =
        accounts::table.find(account.bytes()).filter(accounts::letter_at.eq(was.micros()));
    let written =
        diesel::update(unchanged).set(accounts::letter_at.eq(now.micros())).execute(&mut **tx)?;
    Ok(written == 1)
}
