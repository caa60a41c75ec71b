//! Operations on who belongs to a collective and what they are trusted with.

use domain::{
    CollectiveId, Handle, Invalid, PersonId, Refusal,
    memberships::{Role, Standing, may_step_down},
    notifications::Kind,
    people::ActorKind,
};

use crate::{
    Op, OpError, Operation, Result, collectives,
    notifications::{self, Notice},
    sponsors,
};

/// Invites a person of this server, by handle.
#[derive(Clone, Debug)]
pub struct InviteMember {
    pub collective: CollectiveId,
    /// With or without `@`; a handle of another server is an [`Invalid`].
    pub handle: String,
    pub role: Role,
}

impl Operation for InviteMember {
    type Done = PersonId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<PersonId> {
        let steward = govern(op, self.collective)?;
        let invited = local_person(op, &self.handle)?;
        match db::memberships::standing(op.tx, self.collective, invited)? {
            Standing::Active(_) | Standing::Suspended => {
                return Err(Invalid::new("handle", "belongs to a member of this collective").into());
            }
            Standing::Invited(_) | Standing::Stranger => {}
        }
        db::memberships::invite(op.tx, self.collective, invited, self.role, Some(steward), op.now)?;
        op.audit(Some(self.collective), "invite_member", &self.handle, self.role.word())?;
        let notice = Notice::new(Kind::Invitation).of(self.collective).saying(self.role.word());
        notifications::tell(op, &[invited], &notice)?;
        Ok(invited)
    }
}

/// The invited person says yes or no.
#[derive(Clone, Debug)]
pub struct AnswerInvitation {
    pub collective: CollectiveId,
    pub accept: bool,
}

impl Operation for AnswerInvitation {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        match db::memberships::standing(op.tx, self.collective, person)? {
            Standing::Invited(_) if self.accept => {
                db::memberships::join(op.tx, self.collective, person, op.now)?;
            }
            Standing::Invited(_) => db::memberships::delete(op.tx, self.collective, person)?,
            _ => return Err(Refusal::NoInvitation.into()),
        }
        let said = if self.accept { "accept_invitation" } else { "decline_invitation" };
        op.audit(Some(self.collective), said, "", "")
    }
}

/// Gives a member another role.
#[derive(Clone, Debug)]
pub struct ChangeRole {
    pub collective: CollectiveId,
    pub member: PersonId,
    pub role: Role,
}

impl Operation for ChangeRole {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        collectives::lock(op, self.collective)?;
        govern(op, self.collective)?;
        match db::memberships::standing(op.tx, self.collective, self.member)? {
            Standing::Active(now) if now != self.role => {
                let stewards = db::memberships::count_stewards(op.tx, self.collective)?;
                may_step_down(now, stewards)?;
            }
            Standing::Stranger => return Err(OpError::NotFound("member")),
            _ => {}
        }
        db::memberships::set_role(op.tx, self.collective, self.member, self.role)?;
        if self.role != Role::Steward {
            db::incoming::let_go(op.tx, Some(self.collective), self.member)?;
        }
        let target = self.member.to_string();
        op.audit(Some(self.collective), "change_role", &target, self.role.word())
    }
}

/// A member leaves, or a steward removes one (or takes an invitation back).
#[derive(Clone, Debug)]
pub struct RemoveMember {
    pub collective: CollectiveId,
    pub member: PersonId,
}

impl Operation for RemoveMember {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        collectives::lock(op, self.collective)?;
        if person != self.member {
            govern(op, self.collective)?;
        }
        match db::memberships::standing(op.tx, self.collective, self.member)? {
            Standing::Active(role) => {
                let stewards = db::memberships::count_stewards(op.tx, self.collective)?;
                may_step_down(role, stewards)?;
            }
            Standing::Stranger => return Err(OpError::NotFound("member")),
            _ => {}
        }
        db::memberships::delete(op.tx, self.collective, self.member)?;
        db::incoming::let_go(op.tx, Some(self.collective), self.member)?;
        sponsors::left(op, self.collective, self.member)?;
        op.audit(Some(self.collective), "remove_member", &self.member.to_string(), "")
    }
}

/// Whether a member is named on the page of their collective: nobody is who has not said so themselves.
#[derive(Clone, Copy, Debug)]
pub struct ShowMyself {
    pub collective: CollectiveId,
    pub shown: bool,
}

impl Operation for ShowMyself {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        let row = collectives::local(op, self.collective)?;
        match db::memberships::standing(op.tx, row.id, person)? {
            Standing::Active(_) => {
                Ok(db::memberships::set_shown(op.tx, row.id, person, self.shown)?)
            }
            Standing::Suspended => Err(Refusal::Suspended.into()),
            Standing::Invited(_) | Standing::Stranger => Err(Refusal::NotAMember.into()),
        }
    }
}

/// The steward who speaks; anybody else is refused.
pub(crate) fn govern(op: &mut Op<'_, '_>, collective: CollectiveId) -> Result<PersonId> {
    let person = op.person()?;
    let row = collectives::local(op, collective)?;
    db::memberships::standing(op.tx, row.id, person)?.governs()?;
    Ok(person)
}

fn local_person(op: &mut Op<'_, '_>, handle: &str) -> Result<PersonId> {
    let here = |host: &str| host.eq_ignore_ascii_case(op.site.host());
    let name = handle.trim().trim_start_matches('@');
    let name = match name.split_once('@') {
        Some((name, host)) if here(host) => name,
        Some(_) => {
            let problem = "lives on another server; members need an account on this one";
            return Err(Invalid::new("handle", problem).into());
        }
        None => name,
    };
    let name = Handle::parse(name)?;
    let person = db::actors::find_local(op.tx, name.as_str())?
        .filter(|actor| actor.kind == ActorKind::Person && actor.deleted_at.is_none())
        .filter(|actor| !actor.is_guest());
    let unknown = || Invalid::new("handle", "is not known on this server");
    Ok(person.ok_or_else(unknown)?.id.person())
}
