//! Operations of those who look after accounts: a collective's account managers and stewards, for the accounts
//! it sponsors and no others; those who run the instance, for all.

use db::sponsors::SponsoredRow;
use domain::{
    CollectiveId, Invalid, Origin, PersonId, Refusal,
    accounts::{AccountAct, AccountRole, AccountState},
    memberships::{Role, Standing},
};

use crate::{
    Op, OpError, Operation, Result,
    accounts::administer,
    collectives, letters,
    moderation::{admit, shut_out},
    proposals, resets, sign_ups,
};

/// At whose desk an account is looked after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    /// Of a collective, for the accounts it sponsors.
    Collective(CollectiveId),
    /// Of those who run the instance.
    Admins,
}

/// How the desk of those who run the instance is called where it is written down who suspended somebody.
pub(crate) const ADMINS: &str = "admins";
/// How the clock is called there.
const CLOCK: &str = "clock";

impl Desk {
    /// May the speaker sit here?
    pub(crate) fn sit(self, op: &mut Op<'_, '_>) -> Result<()> {
        let Self::Collective(collective) = self else { return administer(op) };
        let row = collectives::local(op, collective)?;
        if *op.origin == Origin::server() {
            return Ok(());
        }
        let person = op.person()?;
        Ok(db::memberships::standing(op.tx, row.id, person)?.manages_accounts()?)
    }

    /// Whose desk it is, where it is that of a collective.
    pub(crate) fn collective(self) -> Option<CollectiveId> {
        match self {
            Self::Collective(collective) => Some(collective),
            Self::Admins => None,
        }
    }

    fn name(self) -> String {
        self.collective().map_or_else(|| ADMINS.to_owned(), |collective| collective.to_string())
    }

    /// The account, if it is looked after here; to all others there is none.
    fn find(self, op: &mut Op<'_, '_>, person: PersonId) -> Result<SponsoredRow> {
        let row = db::sponsors::find(op.tx, person)?.ok_or(OpError::NotFound("account"))?;
        let gone = row.account.state == AccountState::Deleted;
        let theirs = self.collective().is_none_or(|it| row.account.sponsor_id == Some(it));
        if gone || !theirs { Err(OpError::NotFound("account")) } else { Ok(row) }
    }
}

/// Lets somebody in or not, shuts them out or lets them in again, or sends them a link for a new password.
#[derive(Clone, Debug)]
pub struct ManageAccount {
    pub desk: Desk,
    pub person: PersonId,
    pub act: AccountAct,
    /// See [`domain::moderation::reason`].
    pub reason: String,
}

impl Operation for ManageAccount {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        self.desk.sit(op)?;
        let row = self.desk.find(op, self.person)?;
        if self.desk != Desk::Admins && row.account.role == AccountRole::Admin {
            return Err(Refusal::NotAllowed.into());
        }
        let is_done = match self.act {
            AccountAct::Approve => approve(op, &row)?,
            AccountAct::Reject => reject(op, &row, &self.reason)?,
            AccountAct::Suspend => self.suspend(op, &row)?,
            AccountAct::Unsuspend => self.unsuspend(op, &row)?,
            AccountAct::Reset => reset(op, &row)?,
        };
        if !is_done {
            return Ok(());
        }
        let said = format!("{}_account", self.act.word());
        op.audit(self.desk.collective(), &said, &row.actor.address(), &self.reason)
    }
}

fn approve(op: &mut Op<'_, '_>, row: &SponsoredRow) -> Result<bool> {
    if row.account.state != AccountState::Waiting {
        return Err(Refusal::NotWaiting.into());
    }
    sign_ups::activate(op, &row.account)?;
    if let Some(email) = db::accounts::email(op.tx, row.account.id)? {
        letters::approved(op, &email, &row.actor.handle)?;
    }
    Ok(true)
}

fn reject(op: &mut Op<'_, '_>, row: &SponsoredRow, reason: &str) -> Result<bool> {
    if row.account.state != AccountState::Waiting {
        return Err(Refusal::NotWaiting.into());
    }
    db::accounts::set_state(op.tx, row.account.id, AccountState::Rejected, op.now)?;
    if let Some(email) = db::accounts::email(op.tx, row.account.id)? {
        letters::rejected(op, &email, &row.actor.handle, reason)?;
    }
    Ok(true)
}

fn reset(op: &mut Op<'_, '_>, row: &SponsoredRow) -> Result<bool> {
    let email = db::accounts::email(op.tx, row.account.id)?;
    match (row.account.state, email) {
        (AccountState::Rejected | AccountState::Deleted, _) => Err(Refusal::NotWaiting.into()),
        (AccountState::Unconfirmed, Some(email)) => {
            sign_ups::send_again(op, &row.account, &email)?;
            Ok(true)
        }
        // Somebody else has its address, which managers don't learn either.
        (AccountState::Unconfirmed, None) => Ok(true),
        (AccountState::Active | AccountState::Waiting, Some(email)) => {
            resets::send(op, &row.account, &email)?;
            Ok(true)
        }
        (AccountState::Active | AccountState::Waiting, None) => {
            let problem = "has no e-mail address a link could be sent to";
            Err(Invalid::new("person", problem).into())
        }
    }
}

impl ManageAccount {
    fn suspend(&self, op: &mut Op<'_, '_>, row: &SponsoredRow) -> Result<bool> {
        if op.origin.actor() == Some(row.actor.id) {
            return Err(Invalid::new("person", "must not be yourself").into());
        }
        if row.account.state != AccountState::Active {
            let problem = "has no account yet that could be suspended; turn it down instead";
            return Err(Invalid::new("person", problem).into());
        }
        if let Desk::Collective(collective) = self.desk {
            outranked(op, collective, self.person)?;
            if row.account.suspended_at.is_some() {
                return Ok(false);
            }
        }
        let again = row.suspended_by.as_deref() == Some(ADMINS);
        if self.desk == Desk::Admins && !again {
            proposals::demand_second(op)?;
        }
        shut_out(op, &row.actor, &self.desk.name())?;
        Ok(true)
    }

    fn unsuspend(&self, op: &mut Op<'_, '_>, row: &SponsoredRow) -> Result<bool> {
        if row.account.suspended_at.is_none() {
            return Ok(false);
        }
        let own = row.suspended_by.as_deref() == Some(&self.desk.name());
        if self.desk != Desk::Admins && !own {
            return Err(Refusal::NotAllowed.into());
        }
        admit(op, &row.actor)?;
        Ok(true)
    }
}

/// An account manager does not shut stewards out: they answer to them.
fn outranked(op: &mut Op<'_, '_>, collective: CollectiveId, other: PersonId) -> Result<()> {
    let person = op.person()?;
    let own = db::memberships::standing(op.tx, collective, person)?;
    let theirs = db::memberships::standing(op.tx, collective, other)?;
    let is_steward = |standing| standing == Standing::Active(Role::Steward);
    if is_steward(theirs) && !is_steward(own) {
        return Err(Refusal::StewardsOnly.into());
    }
    Ok(())
}

/// A collective takes on a member whose account nobody looks after any more.
#[derive(Clone, Debug)]
pub struct SponsorAccount {
    pub collective: CollectiveId,
    pub person: PersonId,
}

impl Operation for SponsorAccount {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        Desk::Collective(self.collective).sit(op)?;
        let unknown = || OpError::NotFound("account");
        let row = db::sponsors::find(op.tx, self.person)?.ok_or_else(unknown)?;
        let member = db::memberships::standing(op.tx, self.collective, self.person)?.belongs();
        let waits = row.unsponsored_at.is_some() && row.account.state == AccountState::Active;
        if !member || !waits {
            return Err(unknown());
        }
        db::sponsors::set_sponsor(op.tx, row.account.id, Some(self.collective), None)?;
        if row.suspended_by.as_deref() == Some(CLOCK) {
            admit(op, &row.actor)?;
        }
        if let Some(email) = db::accounts::email(op.tx, row.account.id)? {
            let by = name(op, self.collective)?;
            letters::sponsored(op, &email, &row.actor.handle, &by)?;
        }
        op.audit(Some(self.collective), "sponsor_account", &row.actor.address(), "")
    }
}

/// Somebody no longer belongs to a collective: where it sponsored them, they have some time to find another.
pub(crate) fn left(op: &mut Op<'_, '_>, collective: CollectiveId, person: PersonId) -> Result<()> {
    let Some(row) = db::sponsors::find(op.tx, person)? else { return Ok(()) };
    if row.account.sponsor_id != Some(collective) {
        return Ok(());
    }
    db::sponsors::set_sponsor(op.tx, row.account.id, None, Some(op.now))?;
    if let Some(email) = db::accounts::email(op.tx, row.account.id)? {
        let name = name(op, collective)?;
        let until = op.now.plus_days(sign_ups::grace_days(op.tx)?);
        letters::unsponsored(op, &email, &row.actor.handle, &name, until)?;
    }
    Ok(())
}

fn name(op: &mut Op<'_, '_>, collective: CollectiveId) -> Result<String> {
    let actor = db::actors::find(op.tx, collective.actor())?;
    Ok(actor.ok_or(OpError::NotFound("collective"))?.display_name().to_owned())
}

/// The time to find another collective is over: the account is suspended, and nothing is deleted.
#[derive(Clone, Debug)]
pub struct EndGrace {
    pub person: PersonId,
}

impl Operation for EndGrace {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        administer(op)?;
        let Some(row) = db::sponsors::find(op.tx, self.person)? else { return Ok(()) };
        let grace = sign_ups::grace_days(op.tx)?;
        let over = row.unsponsored_at.is_some_and(|since| since.plus_days(grace) <= op.now);
        if !over || !row.account.is_usable() {
            return Ok(());
        }
        shut_out(op, &row.actor, CLOCK)?;
        if let Some(email) = db::accounts::email(op.tx, row.account.id)? {
            letters::grace_over(op, &email, &row.actor.handle)?;
        }
        op.audit(None, "suspend_account", &row.actor.address(), "no collective sponsors it")
    }
}
