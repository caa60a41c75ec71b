//! What was received and what became of it, to be looked through.

use diesel::prelude::*;
use domain::{InboundId, Time};

use crate::{
    Conn, Result,
    column::MaybeNumber,
    schema::inbound_activities::{self, dsl},
};

/// A received message.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = inbound_activities)]
pub struct ReceivedRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: InboundId,
    pub ap_id: String,
    pub actor: String,
    pub host: String,
    pub kind: String,
    /// `done`, `duplicate`, `refused`, `ignored`, or nothing yet.
    pub outcome: Option<String>,
    pub reason: Option<String>,
    pub attempts: i32,
    #[diesel(deserialize_as = i64)]
    pub received_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub done_at: Option<Time>,
}

/// What to look for; what is empty is not looked at.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub host: String,
    /// The address of whoever sent it, whole.
    pub actor: String,
    /// A word of [`ReceivedRow::outcome`], or `waiting`.
    pub outcome: String,
    /// Letters in the reason.
    pub reason: String,
}

/// What was received, the newest first, before `cursor`. Walks `inbound_activities_host_idx`,
/// `inbound_activities_outcome_idx`, or the primary key.
pub fn page(
    conn: &mut Conn,
    wanted: &Wanted,
    cursor: Option<InboundId>,
    limit: i64,
) -> Result<Vec<ReceivedRow>> {
    let mut query = inbound_activities::table
        .order(dsl::id.desc())
        .limit(limit)
        .select(ReceivedRow::as_select())
        .into_boxed();
    if !wanted.host.is_empty() {
        query = query.filter(dsl::host.eq(wanted.host.to_lowercase()));
    }
    if !wanted.actor.is_empty() {
        query = query.filter(dsl::actor.eq(wanted.actor.clone()));
    }
    if !wanted.reason.is_empty() {
        let like = format!("%{}%", super::servers::escaped(&wanted.reason));
        query = query.filter(dsl::reason.assume_not_null().like(like).escape('\\'));
    }
    query = match wanted.outcome.as_str() {
        "" => query,
        "waiting" => query.filter(dsl::outcome.is_null()),
        outcome => query.filter(dsl::outcome.eq(outcome.to_owned())),
    };
    if let Some(cursor) = cursor {
        query = query.filter(dsl::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// One of them, with what it said.
pub fn find(conn: &mut Conn, id: InboundId) -> Result<Option<(ReceivedRow, String)>> {
    let row = inbound_activities::table
        .find(id.bytes())
        .select((ReceivedRow::as_select(), dsl::body))
        .first(conn);
    Ok(row.optional()?)
}

/// When the first of those was received that wait to be looked at.
pub fn oldest(conn: &mut Conn) -> Result<Option<Time>> {
    let first: Option<i64> = inbound_activities::table
        .filter(dsl::due_at.is_not_null())
        .select(diesel::dsl::min(dsl::received_at))
        .first(conn)?;
    Ok(first.map(Time::from_micros))
}
