//! Asking to join a collective, and being answered.
//!
//! **Invariant:** who asks and what they answer is between them and the stewards: no list but theirs names them,
//! and the log says who was taken in, not who was turned down.

use db::joining::Joining;
use domain::{
    CollectiveId, Invalid, PersonId, Refusal,
    joining::{JoinPolicy, answers},
    memberships::Standing,
    notifications::Kind,
};

use crate::{
    Op, OpError, Operation, Result, collectives, incoming, memberships,
    notifications::{Notice, STEWARDS, tell, tell_roles},
};

/// Stewards say how somebody comes into their collective, and what it asks them.
#[derive(Clone, Debug)]
pub struct SetJoining {
    pub collective: CollectiveId,
    pub joining: Joining,
}

impl Operation for SetJoining {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        memberships::govern(op, self.collective)?;
        if db::joining::of(op.tx, self.collective)?.as_ref() == Some(&self.joining) {
            return Ok(());
        }
        db::joining::set(op.tx, self.collective, &self.joining)?;
        let policy = self.joining.policy.word();
        op.audit(Some(self.collective), "set_joining", "", policy)
    }
}

/// A person of this server asks to join; asked twice it is one request.
#[derive(Clone, Debug)]
pub struct AskToJoin {
    pub collective: CollectiveId,
    /// As typed: one for each question.
    pub answers: Vec<String>,
}

impl Operation for AskToJoin {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        let row = collectives::local(op, self.collective)?;
        if row.dissolved_at.is_some() {
            return Err(OpError::NotFound("collective"));
        }
        if db::blocks::exists(op.tx, row.id.actor(), person.actor())? {
            return Err(Refusal::Blocked.into());
        }
        may_ask(db::memberships::standing(op.tx, row.id, person)?)?;
        let joining = db::joining::of(op.tx, row.id)?.ok_or(OpError::NotFound("collective"))?;
        if joining.policy == JoinPolicy::Invitation {
            return Err(Refusal::InvitationOnly.into());
        }
        let answers = answers(joining.questions.len(), &self.answers)?;
        if db::joining::ask(op.tx, row.id, person, &answers, op.now)? {
            let notice = Notice::new(Kind::JoinRequest).by(person.actor()).of(row.id);
            tell_roles(op, row.id, STEWARDS, &notice)?;
            incoming::put(op, row.id, incoming::Kind::JoinRequest, person.uuid())?;
        }
        Ok(())
    }
}

fn may_ask(standing: Standing) -> Result<()> {
    let problem = match standing {
        Standing::Stranger => return Ok(()),
        Standing::Suspended => return Err(Refusal::Suspended.into()),
        Standing::Active(_) => "is one that you belong to already",
        Standing::Invited(_) => "has invited you already; answer the invitation",
    };
    Err(Invalid::new("collective", problem).into())
}

/// Who asked takes it back; it is no error not to have asked.
#[derive(Clone, Debug)]
pub struct WithdrawJoin {
    pub collective: CollectiveId,
}

impl Operation for WithdrawJoin {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        db::joining::forget(op.tx, self.collective, person)?;
        let kind = incoming::Kind::JoinRequest;
        Ok(db::incoming::forget(op.tx, Some(self.collective), kind, person.uuid())?)
    }
}

/// A steward answers who asks to join. Who is turned down may ask again.
#[derive(Clone, Debug)]
pub struct AnswerJoin {
    pub collective: CollectiveId,
    pub person: PersonId,
    pub accept: bool,
}

impl Operation for AnswerJoin {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        memberships::govern(op, self.collective)?;
        let answered = if self.accept {
            db::joining::accept(op.tx, self.collective, self.person, op.now)?
        } else {
            db::joining::forget(op.tx, self.collective, self.person)?
        };
        if !answered {
            return Err(Refusal::NoRequest.into());
        }
        if self.accept {
            let target = self.person.to_string();
            op.audit(Some(self.collective), "accept_member", &target, "")?;
            let (asked, kind) = (Some(self.collective), incoming::Kind::JoinRequest);
            incoming::settle(op, asked, kind, self.person.uuid())?;
        } else {
            let kind = incoming::Kind::JoinRequest;
            db::incoming::forget(op.tx, Some(self.collective), kind, self.person.uuid())?;
        }
        let said = if self.accept { "accepted" } else { "rejected" };
        let notice = Notice::new(Kind::JoinAnswered).of(self.collective).saying(said);
        tell(op, &[self.person], &notice)
    }
}
