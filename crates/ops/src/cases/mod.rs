//! Operations on cases: what is reported about somebody, what is decided, and what follows from it.

mod appeals;

pub use appeals::{AnswerAppeal, Appeal, Door};

use db::{
    actors::ActorRow,
    cases::{CaseRow, DecisionRow},
    replies::ReplyRow,
};
use domain::{
    ActorId, CaseId, DecisionId, Invalid, Refusal, ReportId, Time,
    cases::{CaseState, DecisionKind, decision, follow_up},
    notifications::Kind,
};

use crate::{
    Op, OpError, Operation, Result, accounts, moderation,
    notifications::{Notice, tell},
    proposals, secrets, sponsors,
};

/// So many reports of a case are acted on.
pub(crate) const MOST: i64 = 500;

/// Makes one case of all open reports about whom a report is about.
#[derive(Clone, Debug)]
pub struct OpenCase {
    pub report: ReportId,
}

impl Operation for OpenCase {
    type Done = CaseId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<CaseId> {
        accounts::administer(op)?;
        let report = db::reports::find(op.tx, self.report)?.ok_or(OpError::NotFound("report"))?;
        if let Some(open) = db::cases::open_about(op.tx, report.actor_id)? {
            db::cases::gather(op.tx, open.id, report.actor_id)?;
            return Ok(open.id);
        }
        if !report.open {
            return Err(Refusal::AlreadyAnswered.into());
        }
        let row = CaseRow {
            id: op.mint(),
            actor_id: report.actor_id,
            state: CaseState::Open,
            opened_by: op.origin.actor(),
            opened_at: op.now,
            updated_at: op.now,
        };
        db::cases::insert(op.tx, &row)?;
        db::cases::gather(op.tx, row.id, row.actor_id)?;
        let about = actor(op, row.actor_id)?;
        op.audit(None, "open_case", &about.address(), &row.id.to_string())?;
        Ok(row.id)
    }
}

/// Puts a new report into the open case about the same actor, where there is one.
pub(crate) fn filed(op: &mut Op<'_, '_>, report: ReportId, about: ActorId) -> Result<()> {
    if let Some(open) = db::cases::open_about(op.tx, about)? {
        db::cases::add(op.tx, open.id, report, op.now)?;
    }
    Ok(())
}

/// Decides a case. Its reports are dealt with by that.
#[derive(Clone, Debug)]
pub struct DecideCase {
    pub case: CaseId,
    pub kind: DecisionKind,
    /// Why, or what was agreed. Whoever it is about reads it.
    pub text: String,
    /// When somebody comes back to it.
    pub follow_up_at: Option<Time>,
}

impl Operation for DecideCase {
    type Done = DecisionId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<DecisionId> {
        accounts::administer(op)?;
        let case = db::cases::lock(op.tx, self.case)?.ok_or(OpError::NotFound("case"))?;
        if case.state != CaseState::Open {
            return Err(Refusal::AlreadyAnswered.into());
        }
        if self.kind == DecisionKind::Repair && self.follow_up_at.is_none() {
            return Err(Invalid::new("follow_up_at", "is missing").into());
        }
        let about = actor(op, case.actor_id)?;
        if op.origin.actor() == Some(about.id) {
            return Err(Refusal::OwnDecision.into());
        }
        let secret = if about.local { Some(secrets::fresh()?) } else { None };
        let row = DecisionRow {
            id: op.mint(),
            case_id: case.id,
            kind: self.kind,
            text: decision(&self.text)?,
            follow_up_at: follow_up(self.follow_up_at, op.now)?,
            followed_up_at: None,
            decided_by: op.origin.actor(),
            decided_at: op.now,
        };
        db::cases::decide(op.tx, &row, secret.as_deref().map(secrets::digest))?;
        act(op, &about, &row)?;
        db::cases::resolve(op.tx, case.id, op.origin.actor(), op.now)?;
        db::cases::set_state(op.tx, case.id, CaseState::Decided, op.now)?;
        op.audit(None, "decide_case", &about.address(), row.kind.word())?;
        if let Some(secret) = secret {
            told(op, &about, &row, &secret)?;
        }
        Ok(row.id)
    }
}

pub(crate) fn actor(op: &mut Op<'_, '_>, id: ActorId) -> Result<ActorRow> {
    db::actors::find(op.tx, id)?.ok_or(OpError::NotFound("actor"))
}

/// Does what was decided.
fn act(op: &mut Op<'_, '_>, about: &ActorRow, row: &DecisionRow) -> Result<()> {
    let short: String = row.text.chars().take(500).collect();
    match row.kind {
        DecisionKind::NoSanction | DecisionKind::Repair | DecisionKind::Warning => Ok(()),
        DecisionKind::Hidden => {
            let replies = said(op, row.case_id)?;
            if replies.is_empty() {
                let problem = "can hide nothing: no answer in a thread here was reported";
                return Err(Invalid::new("kind", problem).into());
            }
            replies.iter().try_for_each(|reply| moderation::hide(op, reply.id, true, &short))
        }
        DecisionKind::Suspended => {
            proposals::demand_second(op)?;
            moderation::suspendable(about)?;
            moderation::shut_out(op, about, sponsors::ADMINS)
        }
    }
}

/// The answers that were reported in a case and stand in threads here.
fn said(op: &mut Op<'_, '_>, case: CaseId) -> Result<Vec<ReplyRow>> {
    let reports = db::cases::reports(op.tx, case, MOST)?;
    let mut replies: Vec<ReplyRow> = Vec::new();
    for id in reports.iter().filter(|report| report.collective_id.is_some()) {
        let Some(id) = id.reply_id else { continue };
        if replies.iter().any(|known| known.id == id) {
            continue;
        }
        let row = db::replies::find(op.tx, id)?;
        replies.extend(row.filter(|row| row.deleted_at.is_none() && row.listing_id.is_some()));
    }
    Ok(replies)
}

/// Takes back what was done.
pub(crate) fn undo(op: &mut Op<'_, '_>, about: &ActorRow, row: &DecisionRow) -> Result<()> {
    match row.kind {
        DecisionKind::NoSanction | DecisionKind::Repair | DecisionKind::Warning => Ok(()),
        DecisionKind::Hidden => {
            let replies = said(op, row.case_id)?;
            replies.iter().try_for_each(|reply| moderation::hide(op, reply.id, false, ""))
        }
        DecisionKind::Suspended => moderation::admit(op, about),
    }
}

/// Tells somebody of this server what was decided about them, here and by a letter with a link: whoever is shut
/// out reads nothing here any more.
fn told(op: &mut Op<'_, '_>, about: &ActorRow, row: &DecisionRow, secret: &str) -> Result<()> {
    let person = about.id.person();
    let notice = Notice::new(Kind::Moderation).saying(row.kind.word());
    tell(op, &[person], &notice)?;
    let Some(account) = db::accounts::find_by_person(op.tx, person)? else { return Ok(()) };
    if let Some(email) = db::accounts::email(op.tx, account.id)? {
        crate::letters::decided(op, &email, &about.handle, row, secret)?;
    }
    Ok(())
}

/// Somebody has come back to what was decided, as was agreed.
#[derive(Clone, Debug)]
pub struct FollowUp {
    pub decision: DecisionId,
}

impl Operation for FollowUp {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        accounts::administer(op)?;
        let missing = || OpError::NotFound("decision");
        let row = db::cases::decision(op.tx, self.decision)?.ok_or_else(missing)?;
        if row.follow_up_at.is_none() || row.followed_up_at.is_some() {
            return Err(Refusal::AlreadyAnswered.into());
        }
        db::cases::follow_up(op.tx, row.id, op.now)?;
        op.audit(None, "follow_up", &row.case_id.to_string(), row.kind.word())
    }
}
