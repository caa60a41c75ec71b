//! The whole audit log, to be looked through.

use diesel::prelude::*;
use domain::{ActorId, Id, Time};

use crate::{Conn, DbError, Result, audit::AuditRow, schema::audit, search::lower};

/// What to look for; what is empty is not looked at.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Who did it.
    pub actor: Option<ActorId>,
    /// What was done, the whole word.
    pub action: String,
    /// Letters in what it was done to.
    pub target: String,
    pub from: Option<Time>,
    pub until: Option<Time>,
}

/// Lines of the log, the newest first, before `cursor`, with their ids. Walks `audit_actor_idx`,
/// `audit_action_idx`, or the primary key: ids are ordered by time.
pub fn page<T>(
    conn: &mut Conn,
    wanted: &Wanted,
    cursor: Option<Id<T>>,
    limit: i64,
) -> Result<Vec<(Id<T>, AuditRow)>> {
    let mut query = audit::table
        .order(audit::id.desc())
        .limit(limit)
        .select((audit::id, AuditRow::as_select()))
        .into_boxed();
    if let Some(actor) = wanted.actor {
        query = query.filter(audit::actor_id.eq(actor.bytes()));
    }
    if !wanted.action.is_empty() {
        query = query.filter(audit::action.eq(wanted.action.clone()));
    }
    if !wanted.target.is_empty() {
        let like = format!("%{}%", super::servers::escaped(&wanted.target.to_lowercase()));
        query = query.filter(lower(audit::target).like(like).escape('\\'));
    }
    if let Some(from) = wanted.from {
        query = query.filter(audit::happened_at.ge(from.micros()));
    }
    if let Some(until) = wanted.until {
        query = query.filter(audit::happened_at.le(until.micros()));
    }
    if let Some(cursor) = cursor {
        query = query.filter(audit::id.lt(cursor.bytes()));
    }
    let rows: Vec<(Vec<u8>, AuditRow)> = query.load(conn)?;
    rows.into_iter()
        .map(|(id, row)| Ok((Id::try_from(id).map_err(DbError::Corrupt)?, row)))
        .collect()
}

/// The words of all that was ever done, by the alphabet. Jumps along `audit_action_idx`.
pub fn actions(conn: &mut Conn) -> Result<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    loop {
        let last = words.last().cloned().unwrap_or_default();
        let next: Option<String> = audit::table
            .filter(audit::action.gt(last))
            .order(audit::action)
            .select(audit::action)
            .first(conn)
            .optional()?;
        let Some(next) = next else { return Ok(words) };
        words.push(next);
    }
}

/// When the last thing happened that is in the log. Walks the primary key.
pub fn newest(conn: &mut Conn) -> Result<Option<Time>> {
    let last = audit::table.order(audit::id.desc()).select(audit::happened_at);
    let last: Option<i64> = last.first(conn).optional()?;
    Ok(last.map(Time::from_micros))
}
