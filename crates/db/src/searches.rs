//! What people look for again and again.

use diesel::prelude::*;
use domain::{PersonId, SearchId, Time};

use crate::{Conn, Result, Tx, schema::saved_searches};

/// A saved search.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = saved_searches)]
pub struct SearchRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: SearchId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub person_id: PersonId,
    pub name: String,
    /// The line of its [`Criteria`](domain::search::Criteria).
    pub query: String,
    /// Whether its owner is told of what meets it.
    pub notify: bool,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
}

/// Writes a new one.
pub fn insert(tx: &mut Tx<'_>, row: &SearchRow) -> Result<()> {
    diesel::insert_into(saved_searches::table)
        .values((
            saved_searches::id.eq(row.id.bytes()),
            saved_searches::person_id.eq(row.person_id.bytes()),
            saved_searches::name.eq(&row.name),
            saved_searches::query.eq(&row.query),
            saved_searches::notify.eq(row.notify),
            saved_searches::created_at.eq(row.created_at.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes one anew, all but whose it is.
pub fn update(tx: &mut Tx<'_>, row: &SearchRow) -> Result<()> {
    diesel::update(saved_searches::table.find(row.id.bytes()))
        .set((
            saved_searches::name.eq(&row.name),
            saved_searches::query.eq(&row.query),
            saved_searches::notify.eq(row.notify),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes one away.
pub fn delete(tx: &mut Tx<'_>, id: SearchId) -> Result<()> {
    diesel::delete(saved_searches::table.find(id.bytes())).execute(&mut **tx)?;
    Ok(())
}

/// One by its id.
pub fn find(conn: &mut Conn, id: SearchId) -> Result<Option<SearchRow>> {
    let row = saved_searches::table.find(id.bytes()).select(SearchRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// How many somebody has. Walks `saved_searches_person_idx`.
pub fn count(conn: &mut Conn, person: PersonId) -> Result<i64> {
    let theirs = saved_searches::table.filter(saved_searches::person_id.eq(person.bytes()));
    Ok(theirs.count().get_result(conn)?)
}

/// Those of somebody, newest first, before `cursor`. Walks `saved_searches_person_idx`.
pub fn page(
    conn: &mut Conn,
    person: PersonId,
    cursor: Option<SearchId>,
    limit: i64,
) -> Result<Vec<SearchRow>> {
    let mut query = saved_searches::table
        .filter(saved_searches::person_id.eq(person.bytes()))
        .order(saved_searches::id.desc())
        .limit(limit)
        .select(SearchRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(saved_searches::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// Does anybody want to be told of something? Walks `saved_searches_standing_idx`.
pub fn any_standing(conn: &mut Conn) -> Result<bool> {
    let some = saved_searches::table.filter(saved_searches::notify.eq(true));
    Ok(diesel::select(diesel::dsl::exists(some)).get_result(conn)?)
}

/// Those whose owners want to be told, in the order of their ids, after `cursor`. Walks
/// `saved_searches_standing_idx`.
pub fn standing(conn: &mut Conn, cursor: Option<SearchId>, limit: i64) -> Result<Vec<SearchRow>> {
    let mut query = saved_searches::table
        .filter(saved_searches::notify.eq(true))
        .order(saved_searches::id)
        .limit(limit)
        .select(SearchRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(saved_searches::id.gt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}
