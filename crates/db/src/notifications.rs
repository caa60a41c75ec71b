//! What people of this server are told, as rows.

use diesel::prelude::*;
use domain::{
    ActorId, AgreementId, CollectiveId, ListingId, NotificationId, PersonId, ReplyId, Time,
    notifications::Kind,
};

use crate::{
    Conn, DbError, Result, Tx,
    column::{MaybeId, MaybeNumber},
    schema::{blocks, listings, mutes, notifications},
};

/// Something that somebody here is told.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = notifications)]
pub struct NotificationRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: NotificationId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub person_id: PersonId,
    #[diesel(deserialize_as = String)]
    pub kind: Kind,
    /// Who did it, where that may be known.
    #[diesel(deserialize_as = MaybeId)]
    pub actor_id: Option<ActorId>,
    #[diesel(deserialize_as = MaybeId)]
    pub collective_id: Option<CollectiveId>,
    #[diesel(deserialize_as = MaybeId)]
    pub listing_id: Option<ListingId>,
    #[diesel(deserialize_as = MaybeId)]
    pub reply_id: Option<ReplyId>,
    /// A title, a word, or a reason; never what others wrote.
    pub text: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub read_at: Option<Time>,
    #[diesel(deserialize_as = MaybeId)]
    pub agreement_id: Option<AgreementId>,
}

/// Writes a new notification.
pub fn insert(tx: &mut Tx<'_>, row: &NotificationRow) -> Result<()> {
    diesel::insert_into(notifications::table)
        .values((
            notifications::id.eq(row.id.bytes()),
            notifications::person_id.eq(row.person_id.bytes()),
            notifications::kind.eq(row.kind.word()),
            notifications::actor_id.eq(row.actor_id.map(ActorId::bytes)),
            notifications::collective_id.eq(row.collective_id.map(CollectiveId::bytes)),
            notifications::listing_id.eq(row.listing_id.map(ListingId::bytes)),
            notifications::reply_id.eq(row.reply_id.map(ReplyId::bytes)),
            notifications::text.eq(&row.text),
            notifications::created_at.eq(row.created_at.micros()),
            notifications::agreement_id.eq(row.agreement_id.map(AgreementId::bytes)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// It is about nobody whom its reader has muted or blocked since.
macro_rules! wanted {
    () => {
        diesel::dsl::not(diesel::dsl::exists(
            mutes::table
                .filter(mutes::person_id.eq(notifications::person_id))
                .filter(mutes::muted_id.nullable().eq(notifications::actor_id)),
        ))
        .and(diesel::dsl::not(diesel::dsl::exists(
            blocks::table
                .filter(blocks::blocker_id.eq(notifications::person_id))
                .filter(blocks::blocked_id.nullable().eq(notifications::actor_id)),
        )))
    };
}

/// What a person is told, newest first, before `cursor`. Walks `notifications_person_idx`.
pub fn page(
    conn: &mut Conn,
    person: PersonId,
    unread: bool,
    cursor: Option<NotificationId>,
    limit: i64,
) -> Result<Vec<NotificationRow>> {
    let mut query = notifications::table
        .filter(notifications::person_id.eq(person.bytes()))
        .filter(wanted!())
        .order(notifications::id.desc())
        .limit(limit)
        .select(NotificationRow::as_select())
        .into_boxed();
    if unread {
        query = query.filter(notifications::read_at.is_null());
    }
    if let Some(cursor) = cursor {
        query = query.filter(notifications::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// How much a person has not read. Walks `notifications_person_idx`.
pub fn count_unread(conn: &mut Conn, person: PersonId) -> Result<i64> {
    let unread = notifications::table
        .filter(notifications::person_id.eq(person.bytes()))
        .filter(notifications::read_at.is_null())
        .filter(wanted!());
    Ok(unread.count().get_result(conn)?)
}

/// A person has read everything up to this one.
pub fn read_until(
    tx: &mut Tx<'_>,
    person: PersonId,
    until: NotificationId,
    now: Time,
) -> Result<()> {
    let unread = notifications::table
        .filter(notifications::person_id.eq(person.bytes()))
        .filter(notifications::read_at.is_null())
        .filter(notifications::id.le(until.bytes()));
    diesel::update(unread).set(notifications::read_at.eq(Some(now.micros()))).execute(&mut **tx)?;
    Ok(())
}

/// A person has read these; those of others stay as they are.
pub fn read_all(
    tx: &mut Tx<'_>,
    person: PersonId,
    ids: &[NotificationId],
    now: Time,
) -> Result<()> {
    let ids: Vec<Vec<u8>> = ids.iter().map(|id| id.bytes()).collect();
    let unread = notifications::table
        .filter(notifications::person_id.eq(person.bytes()))
        .filter(notifications::read_at.is_null())
        .filter(notifications::id.eq_any(ids));
    diesel::update(unread).set(notifications::read_at.eq(Some(now.micros()))).execute(&mut **tx)?;
    Ok(())
}

/// Takes one away from its reader; `false` where they have no such one.
pub fn delete(tx: &mut Tx<'_>, person: PersonId, id: NotificationId) -> Result<bool> {
    let one =
        notifications::table.find(id.bytes()).filter(notifications::person_id.eq(person.bytes()));
    Ok(diesel::delete(one).execute(&mut **tx)? == 1)
}

/// Who was told at this moment of something that was said. Walks `notifications_age_idx`.
pub fn told(conn: &mut Conn, reply: ReplyId, at: Time) -> Result<Vec<PersonId>> {
    let rows: Vec<Vec<u8>> = notifications::table
        .filter(notifications::created_at.eq(at.micros()))
        .filter(notifications::reply_id.eq(reply.bytes()))
        .select(notifications::person_id)
        .load(conn)?;
    let ids = rows.into_iter().map(PersonId::try_from);
    ids.collect::<std::result::Result<_, _>>().map_err(DbError::Corrupt)
}

/// Forgets what was told before this moment. Walks `notifications_age_idx`.
pub fn sweep(tx: &mut Tx<'_>, before: Time) -> Result<usize> {
    let old = notifications::table.filter(notifications::created_at.lt(before.micros()));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}

type Expiring = (Vec<u8>, Option<Vec<u8>>, Vec<u8>, String);

/// Our own open listings that expire after one moment and until another: which, of whom, and for whom. Walks
/// `listings_expiry_idx`.
pub fn expiring(
    conn: &mut Conn,
    after: Time,
    until: Time,
) -> Result<Vec<(ListingId, PersonId, CollectiveId, String)>> {
    let rows: Vec<Expiring> = listings::table
        .filter(listings::open)
        .filter(listings::expires_at.gt(after.micros()))
        .filter(listings::expires_at.le(until.micros()))
        .filter(listings::author_id.is_not_null())
        .order(listings::expires_at)
        .select((listings::id, listings::author_id, listings::collective_id, listings::title))
        .load(conn)?;
    let named = rows.into_iter().filter_map(|row| Some((row.0, row.1?, row.2, row.3)));
    let ids = named.map(|(listing, author, collective, title)| {
        Ok((listing.try_into()?, author.try_into()?, collective.try_into()?, title))
    });
    ids.collect::<std::result::Result<_, _>>().map_err(DbError::Corrupt)
}
