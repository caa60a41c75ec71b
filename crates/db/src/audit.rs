//! What moderators and admins did; rows are only ever added. Names of those who are gone leave them.

use diesel::prelude::*;
use domain::{ActorId, CollectiveId, Id, Time};

use crate::{Conn, Result, Tx, column::MaybeId, schema::audit, search::lower};

/// A line of the audit log.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = audit)]
pub struct AuditRow {
    #[diesel(deserialize_as = MaybeId)]
    pub actor_id: Option<ActorId>,
    #[diesel(deserialize_as = MaybeId)]
    pub collective_id: Option<CollectiveId>,
    pub action: String,
    pub target: String,
    pub detail: String,
    #[diesel(deserialize_as = i64)]
    pub happened_at: Time,
}

/// Adds a line.
pub fn insert<T>(tx: &mut Tx<'_>, id: Id<T>, row: &AuditRow) -> Result<()> {
    diesel::insert_into(audit::table)
        .values((
            audit::id.eq(id.bytes()),
            audit::actor_id.eq(row.actor_id.map(ActorId::bytes)),
            audit::collective_id.eq(row.collective_id.map(CollectiveId::bytes)),
            audit::action.eq(&row.action),
            audit::target.eq(&row.target),
            audit::detail.eq(&row.detail),
            audit::happened_at.eq(row.happened_at.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The lines of a collective, newest first. Walks `audit_collective_idx`.
pub fn of_collective(
    conn: &mut Conn,
    collective: CollectiveId,
    limit: i64,
) -> Result<Vec<AuditRow>> {
    let rows = audit::table
        .filter(audit::collective_id.eq(collective.bytes()))
        .order(audit::id.desc())
        .limit(limit)
        .select(AuditRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// Lines of a collective that tell of one of these actions, newest first, before `cursor`, with their ids.
/// Walks `audit_collective_idx`.
pub fn page<T>(
    conn: &mut Conn,
    collective: CollectiveId,
    actions: &[&str],
    cursor: Option<Id<T>>,
    limit: i64,
) -> Result<Vec<(Id<T>, AuditRow)>> {
    let mut query = audit::table
        .filter(audit::collective_id.eq(collective.bytes()))
        .filter(audit::action.eq_any(actions))
        .order(audit::id.desc())
        .limit(limit)
        .select((audit::id, AuditRow::as_select()))
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(audit::id.lt(cursor.bytes()));
    }
    let rows: Vec<(Vec<u8>, AuditRow)> = query.load(conn)?;
    rows.into_iter()
        .map(|(id, row)| Ok((Id::try_from(id).map_err(crate::DbError::Corrupt)?, row)))
        .collect()
}

/// Puts something else where the log named somebody who is gone: what was done stays.
pub fn rename(tx: &mut Tx<'_>, names: &[String], now: &str) -> Result<()> {
    let named = audit::table.filter(lower(audit::target).eq_any(names));
    diesel::update(named).set(audit::target.eq(now)).execute(&mut **tx)?;
    Ok(())
}
