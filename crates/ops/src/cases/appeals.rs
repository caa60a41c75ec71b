//! What somebody says to a decision about them, and what is answered.

use db::cases::DecisionRow;
use domain::{
    ActorId, DecisionId, Refusal,
    cases::{answers, appeal},
    notifications::Kind,
    text,
};

use super::{actor, undo};
use crate::{
    Op, OpError, Operation, Result, accounts,
    notifications::{Notice, tell},
};

/// By which way somebody comes who appeals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    /// Signed in.
    Person(DecisionId),
    /// With the digest of the word in the letter, which works for whoever is shut out too.
    Letter(Vec<u8>),
}

/// Somebody appeals, once.
#[derive(Clone, Debug)]
pub struct Appeal {
    pub door: Door,
    /// See [`domain::cases::appeal`].
    pub text: String,
}

impl Operation for Appeal {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let row = match &self.door {
            Door::Person(id) => {
                let person = op.person()?.actor();
                let row = db::cases::decision(op.tx, *id)?;
                row.filter(|row| about(op, row).is_ok_and(|about| about == person))
                    .ok_or(OpError::NotFound("decision"))?
            }
            Door::Letter(digest) => {
                db::cases::decision_by(op.tx, digest)?.ok_or(Refusal::BadLink)?
            }
        };
        let text = appeal(&self.text)?;
        if db::cases::appeal_to(op.tx, row.id)?.is_some() {
            return Err(Refusal::AlreadyAnswered.into());
        }
        Ok(db::cases::appeal(op.tx, row.id, &text, op.now)?)
    }
}

/// Whom a decision is about.
fn about(op: &mut Op<'_, '_>, row: &DecisionRow) -> Result<ActorId> {
    let case = db::cases::find(op.tx, row.case_id)?.ok_or(OpError::NotFound("case"))?;
    Ok(case.actor_id)
}

/// Somebody else than who decided answers an appeal. Where the decision does not stand, what was done is undone.
#[derive(Clone, Debug)]
pub struct AnswerAppeal {
    pub decision: DecisionId,
    /// Does it stand?
    pub upheld: bool,
    /// Whoever appealed reads it: up to 5,000 characters.
    pub answer: String,
}

impl Operation for AnswerAppeal {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        accounts::administer(op)?;
        let missing = || OpError::NotFound("appeal");
        let row = db::cases::decision(op.tx, self.decision)?.ok_or_else(missing)?;
        // Held until the end: two who answer at once meet here.
        db::cases::lock(op.tx, row.case_id)?;
        let made = db::cases::appeal_to(op.tx, row.id)?.ok_or_else(missing)?;
        if made.answered_at.is_some() {
            return Err(Refusal::AlreadyAnswered.into());
        }
        let others = 1 < db::accounts::count_admins(op.tx)?;
        answers(op.origin.actor(), row.decided_by, others)?;
        let answer = text::lines("answer", &self.answer, 1, 5_000)?;
        let by = op.origin.actor();
        db::cases::answer_appeal(op.tx, row.id, self.upheld, &answer, by, op.now)?;
        let about = about(op, &row)?;
        let about = actor(op, about)?;
        if !self.upheld {
            undo(op, &about, &row)?;
        }
        let word = if self.upheld { "upheld" } else { "lifted" };
        op.audit(None, "answer_appeal", &about.address(), word)?;
        let notice = Notice::new(Kind::Moderation).saying(word);
        tell(op, &[about.id.person()], &notice)?;
        let account = db::accounts::find_by_person(op.tx, about.id.person())?;
        if let Some(account) = account
            && let Some(email) = db::accounts::email(op.tx, account.id)?
        {
            crate::letters::answered(op, &email, &about.handle, self.upheld, &answer)?;
        }
        Ok(())
    }
}
