//! Operations by which somebody gets an account: asking for one, proving the address, and who is let in.
//!
//! Whoever asks learns nothing about addresses: one that has an account already is answered like any other,
//! and only its owner is told.

use db::{
    Conn, DbError,
    accounts::{AccountRow, NewAccount},
    actors::NewActor,
};
use domain::{
    CollectiveId, Handle, Invalid, Origin, PersonId, Refusal, Time,
    accounts::{AccountRole, AccountState, Email},
    memberships::Role,
    people::{ActorKind, KeyPair},
    sign_ups::{self, SignUpMode},
};

use crate::{
    Op, OpError, Operation, Result, account_secrets,
    accounts::{administer, insert_actor, local_actor},
    collectives, letters,
    sponsors::Desk,
};

/// What the admins have chosen; it counts over the configuration.
const MODE: &str = "accounts.sign_up";
/// What the configuration says.
const DEFAULT_MODE: &str = "accounts.sign_up.default";
/// For how many days an account may be without a sponsor.
const GRACE: &str = "accounts.grace_days";
/// When somebody who runs the instance was last here.
pub(crate) const ADMIN_SEEN: &str = "accounts.admin_seen";
/// So many people are told of an application.
pub(crate) const MOST_TOLD: i64 = 10;

/// Who may ask for an account at this moment.
pub fn mode(conn: &mut Conn) -> db::Result<SignUpMode> {
    for name in [MODE, DEFAULT_MODE] {
        if let Some(word) = db::settings::find(conn, name)? {
            return SignUpMode::parse(&word).map_err(DbError::Corrupt);
        }
    }
    Ok(SignUpMode::Invitation)
}

/// For how many days an account may be without a sponsor.
pub fn grace_days(conn: &mut Conn) -> db::Result<i64> {
    let kept = db::settings::find(conn, GRACE)?;
    Ok(kept.and_then(|days| days.parse().ok()).unwrap_or(30))
}

/// Keeps what the configuration says, for all processes that share the database.
#[derive(Clone, Debug)]
pub struct ConfigureSignUp {
    pub mode: SignUpMode,
    pub grace_days: i64,
}

impl Operation for ConfigureSignUp {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        if *op.origin != Origin::server() {
            return Err(Refusal::NotTheirsToSay.into());
        }
        db::settings::set(op.tx, DEFAULT_MODE, self.mode.word())?;
        Ok(db::settings::set(op.tx, GRACE, &self.grace_days.to_string())?)
    }
}

/// Those who run the instance choose who may ask for an account.
#[derive(Clone, Debug)]
pub struct ChangeSignUp {
    pub mode: SignUpMode,
}

impl Operation for ChangeSignUp {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        administer(op)?;
        db::settings::set(op.tx, MODE, self.mode.word())?;
        db::settings::set(op.tx, ADMIN_SEEN, &op.now.micros().to_string())?;
        op.audit(None, "change_sign_up", "", self.mode.word())
    }
}

/// Shuts a door that stands open and is watched by nobody: after seven days without anybody who runs the
/// instance, new accounts wait for approval, and they are told.
#[derive(Clone, Debug)]
pub struct WatchDoor;

const UNWATCHED_DAYS: i64 = 7;

impl Operation for WatchDoor {
    type Done = bool;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<bool> {
        administer(op)?;
        if mode(op.tx)? != SignUpMode::Open {
            return Ok(false);
        }
        let kept = db::settings::find(op.tx, ADMIN_SEEN)?;
        let kept = kept.and_then(|micros| micros.parse().ok()).map(Time::from_micros);
        let Some(seen) = kept.max(db::accounts::admins_seen(op.tx)?) else {
            db::settings::set(op.tx, ADMIN_SEEN, &op.now.micros().to_string())?;
            return Ok(false);
        };
        if op.now < seen.plus_days(UNWATCHED_DAYS) {
            return Ok(false);
        }
        db::settings::set(op.tx, MODE, SignUpMode::Approval.word())?;
        for admin in db::sponsors::admins(op.tx, MOST_TOLD)? {
            letters::door_shut(op, &admin)?;
        }
        op.audit(None, "change_sign_up", "", SignUpMode::Approval.word())?;
        Ok(true)
    }
}

/// Somebody asks for an account.
#[derive(Clone, Debug)]
pub struct SignUp {
    pub handle: Handle,
    /// 0 to 100 characters.
    pub name: String,
    pub email: Email,
    /// See [`crate::passwords::hash`].
    pub password_hash: String,
    /// Which collective is to look after it.
    pub collective: Option<CollectiveId>,
    /// The digest of an invitation's word; whoever invites sponsors.
    pub invitation: Option<Vec<u8>>,
    /// Why they come, for those who say yes or no.
    pub application: String,
    /// Whether they agree to the rules of this place.
    pub agreement: bool,
    pub locale: String,
    pub keys: KeyPair,
}

impl Operation for SignUp {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        visitor(op)?;
        let mode = mode(op.tx)?;
        sign_ups::admit(mode, self.invitation.is_some())?;
        if !self.agreement {
            return Err(Invalid::new("agreement", "must be ticked: the rules are for all").into());
        }
        let invitation = match &self.invitation {
            Some(digest) => Some(
                db::account_invitations::take(op.tx, digest, op.now)?.ok_or_else(bad_invitation)?,
            ),
            None => None,
        };
        let approved = invitation.is_some();
        let sponsor = invitation.map_or(self.collective, |it| it.collective_id);
        if let Some(sponsor) = sponsor {
            collectives::local(op, sponsor)?;
        }
        let next = sign_ups::confirmed(mode, approved, sponsor.is_some());
        let application = sign_ups::application(&self.application, next == AccountState::Waiting)?;
        let new = Opening {
            handle: self.handle,
            name: self.name,
            email: self.email,
            password_hash: self.password_hash,
            sponsor,
            application,
            approved,
            locale: self.locale,
            keys: self.keys,
        };
        open(op, new, account_secrets::CONFIRM)?;
        Ok(())
    }
}

fn bad_invitation() -> OpError {
    let problem = "is not valid: it was used up, has expired, or never existed";
    Invalid::new("invitation", problem).into()
}

/// Those who look after a collective's accounts make one for somebody, who chooses the password by a link.
#[derive(Clone, Debug)]
pub struct MakeAccount {
    pub collective: CollectiveId,
    pub handle: Handle,
    /// 0 to 100 characters.
    pub name: String,
    pub email: Email,
    pub locale: String,
    pub keys: KeyPair,
}

impl Operation for MakeAccount {
    type Done = PersonId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<PersonId> {
        Desk::Collective(self.collective).sit(op)?;
        let target = self.handle.as_str().to_owned();
        let new = Opening {
            handle: self.handle,
            name: self.name,
            email: self.email,
            // No password fits it.
            password_hash: String::new(),
            sponsor: Some(self.collective),
            application: String::new(),
            approved: true,
            locale: self.locale,
            keys: self.keys,
        };
        let person = open(op, new, account_secrets::RESET)?;
        op.audit(Some(self.collective), "make_account", &target, "")?;
        Ok(person)
    }
}

/// What an account and its person are made from.
struct Opening {
    handle: Handle,
    name: String,
    email: Email,
    password_hash: String,
    sponsor: Option<CollectiveId>,
    application: String,
    approved: bool,
    locale: String,
    keys: KeyPair,
}

/// Makes an unconfirmed account and its hidden person, and sends the link.
///
/// Where the address has an account already, the new one has none, so that nothing ever confirms it; it only
/// takes its handle for a while, as any other would, and the owner of the address is told.
fn open(op: &mut Op<'_, '_>, new: Opening, kind: &'static str) -> Result<PersonId> {
    let address = op.site.person(&new.handle);
    let actor = NewActor {
        outbox: Some(format!("{address}/outbox")),
        ..local_actor(op, &new.handle, &address, ActorKind::Person, &new.name, "")
    };
    let person = insert_actor(op, &actor, &new.keys)?.person();
    db::actors::hide(op.tx, person.actor())?;
    let owner = db::accounts::find_by_email(op.tx, &new.email)?;
    let account = NewAccount {
        id: op.mint(),
        person,
        email: owner.is_none().then(|| new.email.clone()),
        password_hash: new.password_hash,
        role: AccountRole::Member,
        sponsor: new.sponsor,
        locale: new.locale,
        state: AccountState::Unconfirmed,
        application: new.application,
        approved: new.approved,
        now: op.now,
    };
    db::accounts::insert(op.tx, &account).map_err(|err| {
        // Two ask with one address at the same moment: the second one is tried again, and finds the first.
        if err.is_taken("accounts_email_key", "accounts.email") { DbError::Collided } else { err }
    })?;
    match owner {
        Some(owner) => remind(op, &owner, &new.email)?,
        None if kind == account_secrets::RESET => {
            if let Some(link) = account_secrets::link(op, account.id, &new.email, kind)? {
                letters::welcome(op, &new.email, new.handle.as_str(), &link)?;
            }
        }
        None => {
            if let Some(link) = account_secrets::link(op, account.id, &new.email, kind)? {
                letters::confirm(op, &new.email, new.handle.as_str(), &link)?;
            }
        }
    }
    Ok(person)
}

/// Tells the owner of an address that it has an account, or sends the link again that they did not use yet.
fn remind(op: &mut Op<'_, '_>, owner: &AccountRow, email: &Email) -> Result<()> {
    if owner.state == AccountState::Unconfirmed {
        return send_again(op, owner, email);
    }
    if account_secrets::count(op, owner.id, email)? {
        let handle = handle(op, owner.person_id)?;
        letters::known(op, email, &handle)?;
    }
    Ok(())
}

/// The link of an account whose address is not confirmed yet.
pub(crate) fn send_again(op: &mut Op<'_, '_>, account: &AccountRow, email: &Email) -> Result<()> {
    let handle = handle(op, account.person_id)?;
    if account.password_hash.is_empty() {
        if let Some(link) = account_secrets::link(op, account.id, email, account_secrets::RESET)? {
            letters::welcome(op, email, &handle, &link)?;
        }
    } else if let Some(link) =
        account_secrets::link(op, account.id, email, account_secrets::CONFIRM)?
    {
        letters::confirm(op, email, &handle, &link)?;
    }
    Ok(())
}

/// The handle of somebody here, hidden or not.
pub(crate) fn handle(op: &mut Op<'_, '_>, person: PersonId) -> Result<String> {
    let actor = db::actors::find(op.tx, person.actor())?;
    Ok(actor.ok_or(OpError::NotFound("person"))?.handle)
}

/// Somebody shows that an address is theirs.
#[derive(Clone, Debug)]
pub struct ConfirmAccount {
    /// Of the word in the link.
    pub digest: Vec<u8>,
}

impl Operation for ConfirmAccount {
    type Done = AccountState;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<AccountState> {
        visitor(op)?;
        let account = account_secrets::take(op, &self.digest, account_secrets::CONFIRM)?;
        if account.state != AccountState::Unconfirmed {
            return Err(Refusal::BadLink.into());
        }
        settle(op, &account)
    }
}

/// Moves an account on whose address is confirmed: it is ready, or those who say yes or no are told.
pub(crate) fn settle(op: &mut Op<'_, '_>, account: &AccountRow) -> Result<AccountState> {
    db::account_secrets::void(op.tx, account.id)?;
    let mode = mode(op.tx)?;
    let state = sign_ups::confirmed(mode, account.approved, account.sponsor_id.is_some());
    if state == AccountState::Active {
        activate(op, account)?;
        return Ok(state);
    }
    db::accounts::set_state(op.tx, account.id, state, op.now)?;
    let handle = handle(op, account.person_id)?;
    let (told, whom) = if let Some(sponsor) = account.sponsor_id {
        let collective = db::actors::find(op.tx, sponsor.actor())?;
        let collective = collective.ok_or(OpError::NotFound("collective"))?;
        let page = format!("c/{}/accounts", collective.handle);
        let whom = (collective.display_name().to_owned(), page);
        (db::sponsors::managers(op.tx, sponsor, MOST_TOLD)?, whom)
    } else {
        let us = ("those who run this server".to_owned(), "admin/accounts".to_owned());
        (db::sponsors::admins(op.tx, MOST_TOLD)?, us)
    };
    for email in told {
        letters::applied(op, &email, &handle, &whom)?;
    }
    Ok(state)
}

/// Opens an account: everybody sees its person, who belongs to the collective that sponsors it.
pub(crate) fn activate(op: &mut Op<'_, '_>, account: &AccountRow) -> Result<()> {
    db::accounts::set_state(op.tx, account.id, AccountState::Active, op.now)?;
    db::actors::show(op.tx, account.person_id.actor())?;
    if let Some(sponsor) = account.sponsor_id {
        let (person, now) = (account.person_id, op.now);
        let standing = db::memberships::standing(op.tx, sponsor, person)?;
        if !standing.belongs() {
            db::memberships::invite(op.tx, sponsor, person, Role::Member, None, now)?;
            db::memberships::join(op.tx, sponsor, person, now)?;
        }
    }
    Ok(())
}

/// Sends the link once more to whoever has not confirmed their address; nobody is told whether there is one.
#[derive(Clone, Debug)]
pub struct ResendConfirmation {
    pub email: Email,
}

impl Operation for ResendConfirmation {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        visitor(op)?;
        match db::accounts::find_by_email(op.tx, &self.email)? {
            Some(account) if account.state == AccountState::Unconfirmed => {
                send_again(op, &account, &self.email)
            }
            _ => Ok(()),
        }
    }
}

/// Forgets an account that never came to be: not confirmed for a week, or turned down a month ago. Its handle
/// is free again; nobody ever saw its person.
#[derive(Clone, Debug)]
pub struct EraseAccount {
    pub person: PersonId,
}

/// After so many days an account that was not confirmed is forgotten.
pub const UNCONFIRMED_DAYS: i64 = 7;
/// After so many days an account that was turned down is.
pub const REJECTED_DAYS: i64 = 30;

impl Operation for EraseAccount {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        administer(op)?;
        let Some(account) = db::accounts::find_by_person(op.tx, self.person)? else {
            return Ok(());
        };
        if matches!(account.state, AccountState::Unconfirmed | AccountState::Rejected) {
            db::sponsors::erase(op.tx, account.id, self.person)?;
        }
        Ok(())
    }
}

/// Forgets letters that no longer count, and invitations that have long expired.
#[derive(Clone, Debug)]
pub struct SweepAccounts;

impl Operation for SweepAccounts {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        administer(op)?;
        db::account_secrets::sweep(op.tx, op.now.plus_days(-1))?;
        db::account_invitations::sweep(op.tx, op.now.plus_days(-30))?;
        Ok(())
    }
}

/// Only somebody at a page or a client of this server is heard.
pub(crate) fn visitor(op: &Op<'_, '_>) -> Result<()> {
    if *op.origin == Origin::visitor() { Ok(()) } else { Err(Refusal::NotTheirsToSay.into()) }
}
