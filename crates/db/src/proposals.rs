//! What one admin has proposed and another one has to agree to.

use diesel::prelude::*;
use domain::{
    ActorId, ProposalId, Time,
    console::{ProposalAct, ProposalState},
};

use crate::{
    Conn, Result, Tx,
    column::{MaybeId, MaybeNumber},
    schema::proposals,
};

/// A proposal.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = proposals)]
pub struct ProposalRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: ProposalId,
    #[diesel(deserialize_as = String)]
    pub act: ProposalAct,
    /// What it is done to, for people.
    pub target: String,
    /// JSON: all that is needed to do it.
    pub payload: String,
    #[diesel(deserialize_as = String)]
    pub state: ProposalState,
    #[diesel(deserialize_as = Vec<u8>)]
    pub proposed_by: ActorId,
    #[diesel(deserialize_as = i64)]
    pub proposed_at: Time,
    #[diesel(deserialize_as = MaybeId)]
    pub answered_by: Option<ActorId>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub answered_at: Option<Time>,
}

/// Writes one down.
pub fn insert(tx: &mut Tx<'_>, row: &ProposalRow) -> Result<()> {
    diesel::insert_into(proposals::table)
        .values((
            proposals::id.eq(row.id.bytes()),
            proposals::act.eq(row.act.word()),
            proposals::target.eq(&row.target),
            proposals::payload.eq(&row.payload),
            proposals::state.eq(row.state.word()),
            proposals::proposed_by.eq(row.proposed_by.bytes()),
            proposals::proposed_at.eq(row.proposed_at.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// One by its id; on PostgreSQL nobody else answers it meanwhile.
pub fn lock(tx: &mut Tx<'_>, id: ProposalId) -> Result<Option<ProposalRow>> {
    if let Conn::Postgres(conn) = &mut **tx {
        let row = proposals::table.find(id.bytes()).select(proposals::id).for_update();
        row.first::<Vec<u8>>(conn).optional()?;
    }
    let row = proposals::table.find(id.bytes()).select(ProposalRow::as_select()).first(&mut **tx);
    Ok(row.optional()?)
}

/// The same proposal, where it waits already. Walks `proposals_state_idx`.
pub fn same(
    conn: &mut Conn,
    act: ProposalAct,
    target: &str,
    payload: &str,
) -> Result<Option<ProposalRow>> {
    let row = proposals::table
        .filter(proposals::state.eq(ProposalState::Waiting.word()))
        .filter(proposals::act.eq(act.word()))
        .filter(proposals::target.eq(target))
        .filter(proposals::payload.eq(payload))
        .select(ProposalRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// Ends a proposal.
pub fn answer(
    tx: &mut Tx<'_>,
    id: ProposalId,
    state: ProposalState,
    by: Option<ActorId>,
    now: Time,
) -> Result<()> {
    diesel::update(proposals::table.find(id.bytes()))
        .set((
            proposals::state.eq(state.word()),
            proposals::answered_by.eq(by.map(ActorId::bytes)),
            proposals::answered_at.eq(Some(now.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Proposals in a state, the newest first, before `cursor`. Walks `proposals_state_idx`.
pub fn page(
    conn: &mut Conn,
    state: ProposalState,
    cursor: Option<ProposalId>,
    limit: i64,
) -> Result<Vec<ProposalRow>> {
    let mut query = proposals::table
        .filter(proposals::state.eq(state.word()))
        .order(proposals::id.desc())
        .limit(limit)
        .select(ProposalRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(proposals::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// How many wait. Walks `proposals_state_idx`.
pub fn count_waiting(conn: &mut Conn) -> Result<i64> {
    let waiting = proposals::table.filter(proposals::state.eq(ProposalState::Waiting.word()));
    Ok(waiting.count().get_result(conn)?)
}
