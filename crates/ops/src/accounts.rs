//! Operations on local people, their logins, sessions, and tokens.

use db::{
    accounts::{NewAccount, NewToken},
    actors::NewActor,
    sessions::NewSession,
};
use domain::{
    AccountId, CollectiveId, Handle, Invalid, PersonId, Refusal, Speaker, Time, TokenId, Way,
    accounts::{AccountRole, AccountState, Email},
    people::{ActorKind, KeyPair},
    scopes::Scopes,
};

use crate::{
    Op, OpError, Operation, Result,
    sessions::{SecondStep, second_step},
    sign_ups,
};

/// A person of this server and their login.
#[derive(Clone, Debug)]
pub struct CreateAccount {
    pub handle: Handle,
    /// 0 to 100 characters.
    pub name: String,
    pub email: Option<String>,
    /// See [`crate::passwords::hash`].
    pub password_hash: String,
    pub role: AccountRole,
    pub sponsor: Option<CollectiveId>,
    pub locale: String,
    pub keys: KeyPair,
}

impl Operation for CreateAccount {
    type Done = PersonId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<PersonId> {
        match self.role {
            AccountRole::Admin => administer(op)?,
            AccountRole::Member if op.origin.way == Way::Local => {}
            AccountRole::Member => return Err(Refusal::NotTheirsToSay.into()),
        }
        let address = op.site.person(&self.handle);
        let person = NewActor {
            outbox: Some(format!("{address}/outbox")),
            ..local_actor(op, &self.handle, &address, ActorKind::Person, &self.name, "")
        };
        let id = insert_actor(op, &person, &self.keys)?;
        let account = NewAccount {
            id: op.mint(),
            person: id.person(),
            email: self.email.as_deref().map(Email::parse).transpose()?,
            password_hash: self.password_hash,
            role: self.role,
            sponsor: self.sponsor,
            locale: self.locale,
            state: AccountState::Active,
            application: String::new(),
            approved: true,
            now: op.now,
        };
        db::accounts::insert(op.tx, &account).map_err(|err| {
            if err.is_taken("accounts_email_key", "accounts.email") {
                Invalid::new("email", "belongs to another account").into()
            } else {
                OpError::from(err)
            }
        })?;
        if account.role == AccountRole::Admin {
            op.audit(None, "create_admin", &address, "")?;
        }
        Ok(id.person())
    }
}

/// Those who run this instance, and the server's own hand; anybody else is refused.
pub(crate) fn administer(op: &mut Op<'_, '_>) -> Result<()> {
    if op.origin.speaker == Speaker::Server {
        return Ok(());
    }
    let person = op.person()?;
    match db::accounts::find_by_person(op.tx, person)? {
        Some(account) if account.role == AccountRole::Admin && account.is_usable() => Ok(()),
        _ => Err(Refusal::NotAllowed.into()),
    }
}

/// The parts that every actor of this server has.
pub(crate) fn local_actor(
    op: &Op<'_, '_>,
    handle: &Handle,
    address: &str,
    kind: ActorKind,
    name: &str,
    summary: &str,
) -> NewActor {
    NewActor {
        id: op.mint(),
        ap_id: address.to_owned(),
        kind,
        handle: handle.as_str().to_owned(),
        host: op.site.host().to_owned(),
        local: true,
        name: name.to_owned(),
        summary: summary.to_owned(),
        url: Some(address.to_owned()),
        inbox: format!("{address}/inbox"),
        shared_inbox: Some(op.site.shared_inbox()),
        outbox: None,
        followers: Some(format!("{address}/followers")),
        following: Some(format!("{address}/following")),
        featured: None,
        moderators: None,
        icon: None,
        approves_followers: false,
        now: op.now,
    }
}

/// Writes an actor of this server and its keys; a handle that somebody has already is an [`Invalid`].
pub(crate) fn insert_actor(
    op: &mut Op<'_, '_>,
    new: &NewActor,
    keys: &KeyPair,
) -> Result<domain::ActorId> {
    if db::actors::find_local(op.tx, &new.handle)?.is_some() {
        return Err(taken());
    }
    db::instances::meet(op.tx, op.site.host(), op.now)?;
    let id = db::actors::upsert(op.tx, new).map_err(|err| {
        let handle = err.is_taken("actors_local_handle_key", "actors.handle_key");
        if handle || err.is_taken("actors_ap_id_key", "actors.ap_id") {
            taken()
        } else {
            err.into()
        }
    })?;
    db::keys::keep_pair(op.tx, id, &format!("{}#main-key", new.ap_id), keys, op.now)?;
    Ok(id)
}

fn taken() -> OpError {
    Invalid::new("handle", "is taken on this server; choose another one").into()
}

/// Opens a browser session after the password was checked; where the account asks for a code too, it is checked
/// here.
#[derive(Clone, Debug)]
pub struct SignIn {
    pub account: AccountId,
    /// Of the secret in the cookie.
    pub digest: Vec<u8>,
    pub csrf: String,
    /// How the browser is called; see [`domain::sessions::name`].
    pub name: String,
    pub step: Option<SecondStep>,
}

impl Operation for SignIn {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        own_account(op, self.account)?;
        second_step(op, self.account, self.step)?;
        let new = NewSession {
            id: op.mint(),
            account: self.account,
            digest: &self.digest,
            csrf: &self.csrf,
            name: &self.name,
            now: op.now,
            until: op.now.plus_days(30),
        };
        db::sessions::insert(op.tx, &new)?;
        let account = db::accounts::find(op.tx, self.account)?;
        if account.is_some_and(|account| account.role == AccountRole::Admin) {
            let now = op.now.micros().to_string();
            db::settings::set(op.tx, sign_ups::ADMIN_SEEN, &now)?;
        }
        Ok(())
    }
}

/// A person lets nobody but themselves in.
pub(crate) fn own_account(op: &mut Op<'_, '_>, account: AccountId) -> Result<()> {
    let Speaker::Person(person) = op.origin.speaker else { return Ok(()) };
    let own = db::accounts::find_by_person(op.tx, person)?;
    if own.is_some_and(|own| own.id == account && own.is_usable()) {
        return Ok(());
    }
    Err(Refusal::NotAllowed.into())
}

/// Ends a browser session.
#[derive(Clone, Debug)]
pub struct SignOut {
    pub digest: Vec<u8>,
}

impl Operation for SignOut {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        Ok(db::sessions::delete(op.tx, &self.digest, op.now)?)
    }
}

/// How many tokens somebody may have made by hand.
const MOST_TOKENS: i64 = 100;

/// A bearer token for programs.
#[derive(Clone, Debug)]
pub struct MakeToken {
    pub account: AccountId,
    pub digest: Vec<u8>,
    pub name: String,
    /// Words parted by spaces: `read write`.
    pub scopes: String,
    /// Until when it is good; for ever where there is none.
    pub expires_at: Option<Time>,
}

impl Operation for MakeToken {
    type Done = TokenId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<TokenId> {
        own_account(op, self.account)?;
        let scopes = Scopes::parse(&self.scopes)?;
        if self.expires_at.is_some_and(|until| until <= op.now) {
            return Err(Invalid::new("expires_at", "must be in the future").into());
        }
        if MOST_TOKENS <= db::accounts::count_tokens(op.tx, self.account)? {
            let many = "would be one too many: you have 100 tokens; end one that you do not need";
            return Err(Invalid::new("name", many).into());
        }
        let new = NewToken {
            id: op.mint(),
            account: self.account,
            digest: &self.digest,
            name: &self.name,
            scopes: &scopes.words(),
            now: op.now,
            until: self.expires_at,
        };
        db::accounts::insert_token(op.tx, &new)?;
        Ok(new.id)
    }
}

/// Somebody ends a token of theirs; what an app was allowed ends as a whole.
#[derive(Clone, Debug)]
pub struct EndToken {
    pub id: TokenId,
}

impl Operation for EndToken {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        let account = db::accounts::find_by_person(op.tx, person)?.ok_or(Refusal::NotAllowed)?;
        match db::accounts::find_token_of(op.tx, account.id, self.id)? {
            Some(Some(grant)) => Ok(db::oauth::end_grant(op.tx, grant)?),
            Some(None) => Ok(db::accounts::delete_token(op.tx, self.id)?),
            None => Err(OpError::NotFound("token")),
        }
    }
}

/// A token was used; noted once an hour, so that reading hardly ever waits for writing.
#[derive(Clone, Debug)]
pub struct NoteTokenUse {
    pub digest: Vec<u8>,
}

impl Operation for NoteTokenUse {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        Ok(db::accounts::note_token_use(op.tx, &self.digest, op.now)?)
    }
}
