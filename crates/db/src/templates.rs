//! Forms from which listings are made, as rows.

use diesel::prelude::*;
use domain::{CollectiveId, ListingId, PersonId, TemplateId, Time, templates::Recurs};

use crate::{
    Conn, Result, Tx,
    column::{MaybeNumber, MaybeWord},
    schema::{template_uses, templates},
};

/// A template.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = templates)]
pub struct TemplateRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: TemplateId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub collective_id: CollectiveId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub created_by: PersonId,
    pub name: String,
    /// A form of the API, as JSON.
    pub form: String,
    #[diesel(deserialize_as = MaybeWord)]
    pub recurs: Option<Recurs>,
    /// When it is next used by itself.
    #[diesel(deserialize_as = MaybeNumber)]
    pub next_at: Option<Time>,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = i64)]
    pub updated_at: Time,
    pub version: i64,
}

/// Writes a new template.
pub fn insert(tx: &mut Tx<'_>, row: &TemplateRow) -> Result<()> {
    diesel::insert_into(templates::table)
        .values((
            templates::id.eq(row.id.bytes()),
            templates::collective_id.eq(row.collective_id.bytes()),
            templates::created_by.eq(row.created_by.bytes()),
            templates::name.eq(&row.name),
            templates::form.eq(&row.form),
            templates::recurs.eq(row.recurs.map(Recurs::word)),
            templates::next_at.eq(row.next_at.map(Time::micros)),
            templates::created_at.eq(row.created_at.micros()),
            templates::updated_at.eq(row.updated_at.micros()),
            templates::version.eq(row.version),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes a template anew, all but its id, collective, and author; counts a version on.
pub fn update(tx: &mut Tx<'_>, row: &TemplateRow) -> Result<()> {
    diesel::update(templates::table.find(row.id.bytes()))
        .set((
            templates::name.eq(&row.name),
            templates::form.eq(&row.form),
            templates::recurs.eq(row.recurs.map(Recurs::word)),
            templates::next_at.eq(row.next_at.map(Time::micros)),
            templates::updated_at.eq(row.updated_at.micros()),
            templates::version.eq(row.version + 1),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Forgets a template; what was made from it stays.
pub fn delete(tx: &mut Tx<'_>, id: TemplateId) -> Result<()> {
    let uses = template_uses::table.filter(template_uses::template_id.eq(id.bytes()));
    diesel::delete(uses).execute(&mut **tx)?;
    diesel::delete(templates::table.find(id.bytes())).execute(&mut **tx)?;
    Ok(())
}

/// A template by its id.
pub fn find(conn: &mut Conn, id: TemplateId) -> Result<Option<TemplateRow>> {
    Ok(templates::table.find(id.bytes()).select(TemplateRow::as_select()).first(conn).optional()?)
}

/// A template, locked until the transaction ends: of two that use it at once the second sees what the first did.
///
/// SQLite has one writer and needs no lock.
pub fn lock(tx: &mut Tx<'_>, id: TemplateId) -> Result<Option<TemplateRow>> {
    if let Conn::Postgres(conn) = &mut **tx {
        templates::table
            .find(id.bytes())
            .select(templates::version)
            .for_no_key_update()
            .first::<i64>(conn)
            .optional()?;
    }
    find(tx, id)
}

/// The templates of a collective, newest first, before `cursor`. Walks `templates_collective_idx`.
pub fn page(
    conn: &mut Conn,
    collective: CollectiveId,
    cursor: Option<TemplateId>,
    limit: i64,
) -> Result<Vec<TemplateRow>> {
    let mut query = templates::table
        .filter(templates::collective_id.eq(collective.bytes()))
        .order(templates::id.desc())
        .limit(limit)
        .select(TemplateRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(templates::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// Templates whose time has come. Walks `templates_due_idx`.
pub fn due(conn: &mut Conn, now: Time, limit: i64) -> Result<Vec<TemplateRow>> {
    let rows = templates::table
        .filter(templates::next_at.le(now.micros()))
        .order(templates::next_at)
        .limit(limit)
        .select(TemplateRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// Remembers what a listing was made from.
pub fn used(tx: &mut Tx<'_>, template: TemplateId, listing: ListingId) -> Result<()> {
    diesel::insert_into(template_uses::table)
        .values((
            template_uses::listing_id.eq(listing.bytes()),
            template_uses::template_id.eq(template.bytes()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
