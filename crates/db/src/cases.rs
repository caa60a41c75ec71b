//! What is reported about somebody as one case, what was decided, and what they say to that.

use diesel::prelude::*;
use domain::{
    ActorId, CaseId, DecisionId, ReportId, Time,
    cases::{CaseState, DecisionKind},
};

use crate::{
    Conn, Result, Tx,
    column::{MaybeId, MaybeNumber},
    reports::ReportRow,
    schema::{appeals, cases, decisions, reports},
};

/// A case: everything that is reported about one actor until it is decided.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = cases)]
pub struct CaseRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: CaseId,
    /// Whom it is about.
    #[diesel(deserialize_as = Vec<u8>)]
    pub actor_id: ActorId,
    #[diesel(deserialize_as = String)]
    pub state: CaseState,
    #[diesel(deserialize_as = MaybeId)]
    pub opened_by: Option<ActorId>,
    #[diesel(deserialize_as = i64)]
    pub opened_at: Time,
    #[diesel(deserialize_as = i64)]
    pub updated_at: Time,
}

/// What was decided.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = decisions)]
pub struct DecisionRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: DecisionId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub case_id: CaseId,
    #[diesel(deserialize_as = String)]
    pub kind: DecisionKind,
    /// Why, or what was agreed; whoever it is about reads it.
    pub text: String,
    #[diesel(deserialize_as = MaybeNumber)]
    pub follow_up_at: Option<Time>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub followed_up_at: Option<Time>,
    #[diesel(deserialize_as = MaybeId)]
    pub decided_by: Option<ActorId>,
    #[diesel(deserialize_as = i64)]
    pub decided_at: Time,
}

/// What somebody says to a decision about them, once.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = appeals)]
pub struct AppealRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub decision_id: DecisionId,
    pub text: String,
    #[diesel(deserialize_as = i64)]
    pub made_at: Time,
    /// Does the decision stand? Nobody has said so yet where there is nothing.
    pub upheld: Option<bool>,
    pub answer: String,
    #[diesel(deserialize_as = MaybeId)]
    pub answered_by: Option<ActorId>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub answered_at: Option<Time>,
}

/// Opens a case.
pub fn insert(tx: &mut Tx<'_>, row: &CaseRow) -> Result<()> {
    diesel::insert_into(cases::table)
        .values((
            cases::id.eq(row.id.bytes()),
            cases::actor_id.eq(row.actor_id.bytes()),
            cases::state.eq(row.state.word()),
            cases::opened_by.eq(row.opened_by.map(ActorId::bytes)),
            cases::opened_at.eq(row.opened_at.micros()),
            cases::updated_at.eq(row.updated_at.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// A case by its id.
pub fn find(conn: &mut Conn, id: CaseId) -> Result<Option<CaseRow>> {
    Ok(cases::table.find(id.bytes()).select(CaseRow::as_select()).first(conn).optional()?)
}

/// A case; on PostgreSQL nobody else decides it meanwhile.
pub fn lock(tx: &mut Tx<'_>, id: CaseId) -> Result<Option<CaseRow>> {
    if let Conn::Postgres(conn) = &mut **tx {
        let row = cases::table.find(id.bytes()).select(cases::id).for_update();
        row.first::<Vec<u8>>(conn).optional()?;
    }
    let row = cases::table.find(id.bytes()).select(CaseRow::as_select()).first(&mut **tx);
    Ok(row.optional()?)
}

/// The open case about somebody. Walks `cases_actor_idx`.
pub fn open_about(conn: &mut Conn, actor: ActorId) -> Result<Option<CaseRow>> {
    let row = cases::table
        .filter(cases::actor_id.eq(actor.bytes()))
        .filter(cases::state.eq(CaseState::Open.word()))
        .select(CaseRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// Earlier cases about the same actor, the newest first. Walks `cases_actor_idx`.
pub fn about(conn: &mut Conn, actor: ActorId, limit: i64) -> Result<Vec<CaseRow>> {
    let rows = cases::table
        .filter(cases::actor_id.eq(actor.bytes()))
        .order(cases::id.desc())
        .limit(limit)
        .select(CaseRow::as_select());
    Ok(rows.load(conn)?)
}

/// Cases in a state, the newest first, before `cursor`. Walks `cases_state_idx`.
pub fn page(
    conn: &mut Conn,
    state: CaseState,
    cursor: Option<CaseId>,
    limit: i64,
) -> Result<Vec<CaseRow>> {
    let mut query = cases::table
        .filter(cases::state.eq(state.word()))
        .order(cases::id.desc())
        .limit(limit)
        .select(CaseRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(cases::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// How many are open. Walks `cases_state_idx`.
pub fn count_open(conn: &mut Conn) -> Result<i64> {
    let open = cases::table.filter(cases::state.eq(CaseState::Open.word()));
    Ok(open.count().get_result(conn)?)
}

/// Moves a case.
pub fn set_state(tx: &mut Tx<'_>, id: CaseId, state: CaseState, now: Time) -> Result<()> {
    diesel::update(cases::table.find(id.bytes()))
        .set((cases::state.eq(state.word()), cases::updated_at.eq(now.micros())))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes the open reports about somebody into a case; returns how many. Walks `reports_subject_idx`.
pub fn gather(tx: &mut Tx<'_>, id: CaseId, actor: ActorId) -> Result<usize> {
    let theirs = reports::table
        .filter(reports::actor_id.eq(actor.bytes()))
        .filter(reports::open.eq(true))
        .filter(reports::case_id.is_null());
    Ok(diesel::update(theirs).set(reports::case_id.eq(Some(id.bytes()))).execute(&mut **tx)?)
}

/// Puts a new report into a case.
pub fn add(tx: &mut Tx<'_>, id: CaseId, report: ReportId, now: Time) -> Result<()> {
    diesel::update(reports::table.find(report.bytes()))
        .set(reports::case_id.eq(Some(id.bytes())))
        .execute(&mut **tx)?;
    diesel::update(cases::table.find(id.bytes()))
        .set(cases::updated_at.eq(now.micros()))
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends the open reports of a case.
pub fn resolve(tx: &mut Tx<'_>, id: CaseId, by: Option<ActorId>, now: Time) -> Result<()> {
    let open =
        reports::table.filter(reports::case_id.eq(Some(id.bytes()))).filter(reports::open.eq(true));
    diesel::update(open)
        .set((
            reports::open.eq(false),
            reports::resolved_at.eq(Some(now.micros())),
            reports::resolved_by.eq(by.map(ActorId::bytes)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The reports of a case, the newest first. Walks `reports_case_idx`.
pub fn reports(conn: &mut Conn, id: CaseId, limit: i64) -> Result<Vec<ReportRow>> {
    let rows = reports::table
        .filter(reports::case_id.eq(Some(id.bytes())))
        .order(reports::id.desc())
        .limit(limit)
        .select(ReportRow::as_select());
    Ok(rows.load(conn)?)
}

/// Open reports that are in no case yet, the newest first. Walks `reports_open_idx`.
pub fn loose(conn: &mut Conn, cursor: Option<ReportId>, limit: i64) -> Result<Vec<ReportRow>> {
    let mut query = reports::table
        .filter(reports::open.eq(true))
        .filter(reports::case_id.is_null())
        .order(reports::id.desc())
        .limit(limit)
        .select(ReportRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(reports::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// How many open reports are in no case. Walks `reports_open_idx`.
pub fn count_loose(conn: &mut Conn) -> Result<i64> {
    let loose = reports::table.filter(reports::open.eq(true)).filter(reports::case_id.is_null());
    Ok(loose.count().get_result(conn)?)
}

/// Writes down what was decided; `digest` is that of the word in the letter by which one appeals.
pub fn decide(tx: &mut Tx<'_>, row: &DecisionRow, digest: Option<Vec<u8>>) -> Result<()> {
    diesel::insert_into(decisions::table)
        .values((
            decisions::id.eq(row.id.bytes()),
            decisions::case_id.eq(row.case_id.bytes()),
            decisions::kind.eq(row.kind.word()),
            decisions::text.eq(&row.text),
            decisions::follow_up_at.eq(row.follow_up_at.map(Time::micros)),
            decisions::decided_by.eq(row.decided_by.map(ActorId::bytes)),
            decisions::decided_at.eq(row.decided_at.micros()),
            decisions::digest.eq(digest),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// A decision by its id.
pub fn decision(conn: &mut Conn, id: DecisionId) -> Result<Option<DecisionRow>> {
    let row = decisions::table.find(id.bytes()).select(DecisionRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// A decision by the word of the letter that told of it. Walks `decisions_digest_key`.
pub fn decision_by(conn: &mut Conn, digest: &[u8]) -> Result<Option<DecisionRow>> {
    let row = decisions::table
        .filter(decisions::digest.eq(Some(digest)))
        .select(DecisionRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// What was decided in a case, the newest first. Walks `decisions_case_idx`.
pub fn decisions(conn: &mut Conn, id: CaseId) -> Result<Vec<DecisionRow>> {
    let rows = decisions::table
        .filter(decisions::case_id.eq(id.bytes()))
        .order(decisions::id.desc())
        .select(DecisionRow::as_select());
    Ok(rows.load(conn)?)
}

/// What was decided about somebody, the newest first. Walks `cases_actor_idx` and `decisions_case_idx`.
pub fn decisions_about(conn: &mut Conn, actor: ActorId, limit: i64) -> Result<Vec<DecisionRow>> {
    let theirs = cases::table.filter(cases::actor_id.eq(actor.bytes())).select(cases::id);
    let rows = decisions::table
        .filter(decisions::case_id.eq_any(theirs))
        .order(decisions::id.desc())
        .limit(limit)
        .select(DecisionRow::as_select());
    Ok(rows.load(conn)?)
}

/// Decisions to come back to, the first due first. Walks `decisions_follow_up_idx`.
pub fn to_follow_up(conn: &mut Conn, limit: i64) -> Result<Vec<DecisionRow>> {
    let rows = decisions::table
        .filter(decisions::follow_up_at.is_not_null())
        .filter(decisions::followed_up_at.is_null())
        .order(decisions::follow_up_at)
        .limit(limit)
        .select(DecisionRow::as_select());
    Ok(rows.load(conn)?)
}

/// Somebody has come back to a decision.
pub fn follow_up(tx: &mut Tx<'_>, id: DecisionId, now: Time) -> Result<()> {
    diesel::update(decisions::table.find(id.bytes()))
        .set(decisions::followed_up_at.eq(Some(now.micros())))
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes down what somebody says to a decision.
pub fn appeal(tx: &mut Tx<'_>, id: DecisionId, text: &str, now: Time) -> Result<()> {
    diesel::insert_into(appeals::table)
        .values((
            appeals::decision_id.eq(id.bytes()),
            appeals::text.eq(text),
            appeals::made_at.eq(now.micros()),
            appeals::answer.eq(""),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// What was said to a decision.
pub fn appeal_to(conn: &mut Conn, id: DecisionId) -> Result<Option<AppealRow>> {
    let row = appeals::table.find(id.bytes()).select(AppealRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// Appeals that nobody has answered, the oldest first. Walks `appeals_open_idx`.
pub fn open_appeals(conn: &mut Conn, limit: i64) -> Result<Vec<AppealRow>> {
    let rows = appeals::table
        .filter(appeals::answered_at.is_null())
        .order(appeals::made_at)
        .limit(limit)
        .select(AppealRow::as_select());
    Ok(rows.load(conn)?)
}

/// How many appeals nobody has answered. Walks `appeals_open_idx`.
pub fn count_appeals(conn: &mut Conn) -> Result<i64> {
    Ok(appeals::table.filter(appeals::answered_at.is_null()).count().get_result(conn)?)
}

/// Answers an appeal.
pub fn answer_appeal(
    tx: &mut Tx<'_>,
    id: DecisionId,
    upheld: bool,
    answer: &str,
    by: Option<ActorId>,
    now: Time,
) -> Result<()> {
    diesel::update(appeals::table.find(id.bytes()))
        .set((
            appeals::upheld.eq(Some(upheld)),
            appeals::answer.eq(answer),
            appeals::answered_by.eq(by.map(ActorId::bytes)),
            appeals::answered_at.eq(Some(now.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
