//! Operations on actors of other servers: met, changed, gone.

use db::actors::NewActor;
use domain::{
    ActorId, Id, Refusal, Speaker, Way,
    people::{ActorKind, KeyPair},
    text,
};
use url::Url;

use crate::{
    Event, Op, OpError, Operation, Result, accounts, door::host_of, guests, html, mentions, relays,
};

/// What another server says of one of its actors, fetched from there or signed by the actor itself.
#[derive(Clone, Debug)]
pub struct RecordActor {
    pub ap_id: String,
    pub kind: ActorKind,
    pub handle: String,
    /// The host of its handle, which is the host of its address.
    pub host: String,
    pub name: String,
    /// HTML as received.
    pub summary: String,
    pub url: Option<String>,
    pub inbox: String,
    pub shared_inbox: Option<String>,
    pub outbox: Option<String>,
    pub followers: Option<String>,
    pub following: Option<String>,
    pub featured: Option<String>,
    pub moderators: Option<String>,
    pub icon: Option<String>,
    pub approves_followers: bool,
    /// Key ids and public PEM; an empty list leaves what is known.
    pub keys: Vec<(String, String)>,
}

impl Operation for RecordActor {
    type Done = ActorId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<ActorId> {
        let address = Url::parse(&self.ap_id).map_err(|_| Refusal::NotTheirsToSay)?;
        if op.site.owns(&address) || host_of(&address) != self.host {
            return Err(Refusal::NotTheirsToSay.into());
        }
        let known = db::actors::find_by_ap_id(op.tx, &self.ap_id)?;
        if matches!(op.origin.way, Way::Inbox { .. })
            && op.origin.actor() != known.as_ref().map(|known| known.id)
        {
            return Err(Refusal::NotTheirsToSay.into());
        }
        if known.as_ref().is_some_and(|known| known.deleted_at.is_some()) {
            return Err(Refusal::Deleted.into());
        }
        if known.as_ref().is_some_and(|known| known.suspended_at.is_some()) {
            return Err(Refusal::Blocked.into());
        }
        db::instances::meet(op.tx, &self.host, op.now)?;
        let row = NewActor { icon: self.picture(op)?, ..self.row(op) };
        let id = db::actors::upsert(op.tx, &row)?;
        if !self.keys.is_empty() {
            db::keys::replace(op.tx, id, &self.keys, op.now)?;
        }
        if known.is_none() {
            op.job("meet_instance", &self.host, &serde_json::json!({ "host": self.host }))?;
        }
        Ok(id)
    }
}

impl RecordActor {
    /// Its picture, unless those of its server, or of the one where it lies, are not shown here.
    fn picture(&self, op: &mut Op<'_, '_>) -> Result<Option<String>> {
        let Some(icon) = &self.icon else { return Ok(None) };
        let lies_at = Url::parse(icon).map(|url| host_of(&url)).unwrap_or_default();
        let refused = db::domains::rejects_media(op.tx, &self.host)?
            || db::domains::rejects_media(op.tx, &lies_at)?;
        Ok(self.icon.clone().filter(|_| !refused))
    }

    fn row(&self, op: &Op<'_, '_>) -> NewActor {
        let name = text::line("name", &html::words(&self.name), 0, 10_000).unwrap_or_default();
        NewActor {
            id: op.mint(),
            ap_id: self.ap_id.clone(),
            kind: self.kind,
            handle: self.handle.clone(),
            host: self.host.clone(),
            local: false,
            name: name.chars().take(255).collect(),
            summary: html::clean(&self.summary),
            url: self.url.clone(),
            inbox: self.inbox.clone(),
            shared_inbox: self.shared_inbox.clone(),
            outbox: self.outbox.clone(),
            followers: self.followers.clone(),
            following: self.following.clone(),
            featured: self.featured.clone(),
            moderators: self.moderators.clone(),
            icon: self.icon.clone(),
            approves_followers: self.approves_followers,
            now: op.now,
        }
    }
}

/// An actor of another server is gone: its words, its follows, its likes go with it.
#[derive(Clone, Debug)]
pub struct RecordActorGone {
    pub actor: ActorId,
}

impl Operation for RecordActorGone {
    type Done = ();

    const TAKES_BACK: bool = true;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let Some(actor) = db::actors::find(op.tx, self.actor)? else { return Ok(()) };
        let heard = match op.origin.speaker {
            Speaker::Person(_) | Speaker::Collective(_) => op.origin.actor() == Some(actor.id),
            Speaker::Stranger => op.origin.way == Way::Fetched,
            Speaker::Server => true,
        };
        if actor.local || !heard {
            return Err(Refusal::NotTheirsToSay.into());
        }
        if actor.deleted_at.is_some() {
            return Ok(());
        }
        mentions::withdraw_all_of(op, actor.id)?;
        db::follows::delete_all_of(op.tx, actor.id)?;
        db::reactions::delete_all_of(op.tx, actor.id)?;
        guests::dismiss(op, actor.id)?;
        for listing in db::replies::threads_of(op.tx, actor.id)? {
            relays::touch(op, Some(listing))?;
        }
        db::agreements::withdraw_all_of(op.tx, actor.id)?;
        db::replies::bury_all_of(op.tx, actor.id, op.now)?;
        db::listings::bury_all_of(op.tx, actor.id.collective(), op.now)?;
        db::actors::bury(op.tx, actor.id, op.now)?;
        op.emit(&Event::heard("actor_gone", actor.id))
    }
}

/// Gives an actor of this server a new key. What waits is still signed with the old one, and so is the message
/// that tells of the new one: who holds the old key believes it.
#[derive(Clone, Debug)]
pub struct RotateKey {
    pub actor: ActorId,
    pub keys: KeyPair,
}

impl Operation for RotateKey {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        accounts::administer(op)?;
        let actor = db::actors::find(op.tx, self.actor)?
            .filter(|actor| actor.local && actor.deleted_at.is_none())
            .ok_or(OpError::NotFound("actor"))?;
        let (old_key, _) = db::keys::private(op.tx, actor.id)?.ok_or(OpError::NotFound("key"))?;
        db::keys::retire(op.tx, actor.id, &old_key, op.now)?;
        let name: Id<domain::Actor> = op.mint();
        let key_id = format!("{}#key-{name}", actor.ap_id);
        db::keys::keep_pair(op.tx, actor.id, &key_id, &self.keys, op.now)?;
        op.audit(None, "rotate_key", &actor.ap_id, &key_id)?;
        op.emit(&Event::KeyRotated { actor: actor.id.uuid(), old_key, new_key: key_id })
    }
}

/// Refuses what claims to be of an actor of another server and does not lie there: an address tells whose it is.
pub(crate) fn refuse_foreign(op: &mut Op<'_, '_>, owner: ActorId, ap_id: &str) -> Result<()> {
    let owner = db::actors::find(op.tx, owner)?.ok_or(OpError::NotFound("actor"))?;
    let origin = |address: &str| Url::parse(address).map(|url| url.origin()).ok();
    if owner.local || origin(ap_id).is_none() || origin(ap_id) != origin(&owner.ap_id) {
        return Err(Refusal::NotTheirsToSay.into());
    }
    Ok(())
}
