//! Words by which somebody may ask for an account, kept as digests.

use diesel::prelude::*;
use domain::{AccountInvitationId, CollectiveId, PersonId, Time};

use crate::{Conn, Result, Tx, column::MaybeId, schema::account_invitations};

/// An invitation.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = account_invitations)]
pub struct InvitationRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: AccountInvitationId,
    /// Who sponsors whoever comes with it; nobody where the instance itself invites.
    #[diesel(deserialize_as = MaybeId)]
    pub collective_id: Option<CollectiveId>,
    pub note: String,
    pub uses_left: i32,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = i64)]
    pub expires_at: Time,
}

/// Keeps an invitation under the digest of its word.
pub fn insert(
    tx: &mut Tx<'_>,
    row: &InvitationRow,
    digest: &[u8],
    by: Option<PersonId>,
) -> Result<()> {
    diesel::insert_into(account_invitations::table)
        .values((
            account_invitations::id.eq(row.id.bytes()),
            account_invitations::digest.eq(digest),
            account_invitations::collective_id.eq(row.collective_id.map(CollectiveId::bytes)),
            account_invitations::created_by.eq(by.map(PersonId::bytes)),
            account_invitations::note.eq(&row.note),
            account_invitations::uses_left.eq(row.uses_left),
            account_invitations::created_at.eq(row.created_at.micros()),
            account_invitations::expires_at.eq(row.expires_at.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Uses an invitation once; nothing where it is used up, has expired, or never was. Walks
/// `account_invitations_digest_key`.
pub fn take(tx: &mut Tx<'_>, digest: &[u8], now: Time) -> Result<Option<InvitationRow>> {
    let live = account_invitations::table
        .filter(account_invitations::digest.eq(digest))
        .filter(account_invitations::uses_left.gt(0))
        .filter(account_invitations::expires_at.gt(now.micros()));
    let used = diesel::update(live)
        .set(account_invitations::uses_left.eq(account_invitations::uses_left - 1))
        .execute(&mut **tx)?;
    if used == 0 {
        return Ok(None);
    }
    let row = account_invitations::table
        .filter(account_invitations::digest.eq(digest))
        .select(InvitationRow::as_select())
        .first(&mut **tx)?;
    Ok(Some(row))
}

/// The invitation behind a word, if somebody could still use it.
pub fn find(conn: &mut Conn, digest: &[u8], now: Time) -> Result<Option<InvitationRow>> {
    let live = account_invitations::table
        .filter(account_invitations::digest.eq(digest))
        .filter(account_invitations::uses_left.gt(0))
        .filter(account_invitations::expires_at.gt(now.micros()));
    Ok(live.select(InvitationRow::as_select()).first(conn).optional()?)
}

/// The invitations of a collective, the newest first. Walks `account_invitations_collective_idx`.
pub fn page(
    conn: &mut Conn,
    collective: CollectiveId,
    cursor: Option<AccountInvitationId>,
    limit: i64,
) -> Result<Vec<InvitationRow>> {
    let mut query = account_invitations::table
        .filter(account_invitations::collective_id.eq(collective.bytes()))
        .order(account_invitations::id.desc())
        .limit(limit)
        .select(InvitationRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(account_invitations::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// Takes an invitation of a collective back; was there one?
pub fn delete(tx: &mut Tx<'_>, collective: CollectiveId, id: AccountInvitationId) -> Result<bool> {
    let own = account_invitations::table
        .find(id.bytes())
        .filter(account_invitations::collective_id.eq(collective.bytes()));
    Ok(diesel::delete(own).execute(&mut **tx)? != 0)
}

/// Forgets what expired before then.
pub fn sweep(tx: &mut Tx<'_>, before: Time) -> Result<usize> {
    let old =
        account_invitations::table.filter(account_invitations::expires_at.lt(before.micros()));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}
