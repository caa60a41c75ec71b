//! What waits for the stewards of a collective, as rows.

use diesel::prelude::*;
use domain::{
    CollectiveId, IncomingId, PersonId, Time,
    incoming::{Kind, Shelf},
};
use uuid::Uuid;

use crate::{
    Conn, Result, Tx,
    column::{MaybeId, MaybeNumber},
    schema::incoming,
};

/// Something that waits, or is done.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = incoming)]
pub struct IncomingRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: IncomingId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub collective_id: CollectiveId,
    #[diesel(deserialize_as = String)]
    pub kind: Kind,
    /// The id of the reply, the agreement, or the report; of who asks to join.
    pub subject_id: Vec<u8>,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    /// The steward who sees to it.
    #[diesel(deserialize_as = MaybeId)]
    pub taken_by: Option<PersonId>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub taken_at: Option<Time>,
    /// Who did it; nobody where a rule or somebody elsewhere did.
    #[diesel(deserialize_as = MaybeId)]
    pub done_by: Option<PersonId>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub done_at: Option<Time>,
}

impl IncomingRow {
    /// What it is about.
    pub fn subject(&self) -> Uuid {
        Uuid::from_slice(&self.subject_id).unwrap_or_default()
    }
}

/// Puts something before the stewards; the same of before makes room for it.
pub fn put(
    tx: &mut Tx<'_>,
    id: IncomingId,
    collective: CollectiveId,
    (kind, subject): (Kind, Uuid),
    now: Time,
) -> Result<()> {
    forget(tx, Some(collective), kind, subject)?;
    diesel::insert_into(incoming::table)
        .values((
            incoming::id.eq(id.bytes()),
            incoming::collective_id.eq(collective.bytes()),
            incoming::kind.eq(kind.word()),
            incoming::subject_id.eq(subject.as_bytes().to_vec()),
            incoming::created_at.eq(now.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes something off the table for good. Walks `incoming_subject_idx`.
pub fn forget(
    tx: &mut Tx<'_>,
    collective: Option<CollectiveId>,
    kind: Kind,
    subject: Uuid,
) -> Result<()> {
    let about = incoming::table
        .filter(incoming::subject_id.eq(subject.as_bytes().to_vec()))
        .filter(incoming::kind.eq(kind.word()));
    match collective {
        Some(collective) => {
            let theirs = about.filter(incoming::collective_id.eq(collective.bytes()));
            diesel::delete(theirs).execute(&mut **tx)?
        }
        None => diesel::delete(about).execute(&mut **tx)?,
    };
    Ok(())
}

/// It is done, by somebody or by itself; what was done before stays as it is. Walks `incoming_subject_idx`.
pub fn settle(
    tx: &mut Tx<'_>,
    collective: Option<CollectiveId>,
    (kind, subject): (Kind, Uuid),
    by: Option<PersonId>,
    now: Time,
) -> Result<()> {
    let about = incoming::table
        .filter(incoming::subject_id.eq(subject.as_bytes().to_vec()))
        .filter(incoming::kind.eq(kind.word()))
        .filter(incoming::done_at.is_null());
    let done =
        (incoming::done_at.eq(Some(now.micros())), incoming::done_by.eq(by.map(PersonId::bytes)));
    match collective {
        Some(collective) => {
            let theirs = about.filter(incoming::collective_id.eq(collective.bytes()));
            diesel::update(theirs).set(done).execute(&mut **tx)?
        }
        None => diesel::update(about).set(done).execute(&mut **tx)?,
    };
    Ok(())
}

/// Writes who has taken it, and who did it.
pub fn update(tx: &mut Tx<'_>, row: &IncomingRow) -> Result<()> {
    diesel::update(incoming::table.find(row.id.bytes()))
        .set((
            incoming::taken_by.eq(row.taken_by.map(PersonId::bytes)),
            incoming::taken_at.eq(row.taken_at.map(Time::micros)),
            incoming::done_by.eq(row.done_by.map(PersonId::bytes)),
            incoming::done_at.eq(row.done_at.map(Time::micros)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Whoever is a steward no longer has taken nothing: what is not done waits for the others again. Of one
/// collective, or of all.
pub fn let_go(tx: &mut Tx<'_>, collective: Option<CollectiveId>, person: PersonId) -> Result<()> {
    let taken = incoming::table
        .filter(incoming::done_at.is_null())
        .filter(incoming::taken_by.eq(Some(person.bytes())));
    let free = (incoming::taken_by.eq(None::<Vec<u8>>), incoming::taken_at.eq(None::<i64>));
    match collective {
        Some(collective) => {
            let there = taken.filter(incoming::collective_id.eq(collective.bytes()));
            diesel::update(there).set(free).execute(&mut **tx)?
        }
        None => diesel::update(taken).set(free).execute(&mut **tx)?,
    };
    Ok(())
}

/// Forgets what was done before this moment.
pub fn sweep(tx: &mut Tx<'_>, before: Time) -> Result<usize> {
    let old = incoming::table.filter(incoming::done_at.lt(before.micros()));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}

/// One by its id.
pub fn find(conn: &mut Conn, id: IncomingId) -> Result<Option<IncomingRow>> {
    let row = incoming::table.find(id.bytes()).select(IncomingRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// One, locked until the transaction ends: of two who take it at once the second sees the first.
///
/// SQLite has one writer and needs no lock.
pub fn lock(tx: &mut Tx<'_>, id: IncomingId) -> Result<Option<IncomingRow>> {
    if let Conn::Postgres(conn) = &mut **tx {
        incoming::table
            .find(id.bytes())
            .select(incoming::created_at)
            .for_no_key_update()
            .first::<i64>(conn)
            .optional()?;
    }
    find(tx, id)
}

/// One part of it, the newest first, before `cursor`. Walks `incoming_open_idx`, or the primary key.
pub fn page(
    conn: &mut Conn,
    collective: CollectiveId,
    (shelf, viewer): (Shelf, PersonId),
    cursor: Option<IncomingId>,
    limit: i64,
) -> Result<Vec<IncomingRow>> {
    let mut query = incoming::table
        .filter(incoming::collective_id.eq(collective.bytes()))
        .order(incoming::id.desc())
        .limit(limit)
        .select(IncomingRow::as_select())
        .into_boxed();
    query = match shelf {
        Shelf::Open => query.filter(incoming::done_at.is_null()),
        Shelf::Mine => query
            .filter(incoming::done_at.is_null())
            .filter(incoming::taken_by.eq(Some(viewer.bytes()))),
        Shelf::Done => query.filter(incoming::done_at.is_not_null()),
    };
    if let Some(cursor) = cursor {
        query = query.filter(incoming::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// How much waits: all of it, and what nobody has taken. Walks `incoming_open_idx`.
pub fn count_open(conn: &mut Conn, collective: CollectiveId) -> Result<(i64, i64)> {
    let open = || {
        incoming::table
            .filter(incoming::collective_id.eq(collective.bytes()))
            .filter(incoming::done_at.is_null())
    };
    let all: i64 = open().count().get_result(conn)?;
    let free = open().filter(incoming::taken_by.is_null());
    Ok((all, free.count().get_result(conn)?))
}
