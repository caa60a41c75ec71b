//! Operations on collectives of this server.

use db::{actors::NewActor, collectives::CollectiveRow};
use domain::{
    CollectiveId, Handle, Home, Refusal,
    collectives::{FollowPolicy, Profile},
    memberships::Role,
    people::{ActorKind, KeyPair},
};

use crate::{
    Event, Op, OpError, Operation, Result,
    accounts::{insert_actor, local_actor},
};

/// A new collective: a Group, its voice, and its founder as steward.
#[derive(Clone, Debug)]
pub struct CreateCollective {
    pub handle: Handle,
    pub profile: Profile,
    pub group_keys: KeyPair,
    pub voice_keys: KeyPair,
}

impl Operation for CreateCollective {
    type Done = CollectiveId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<CollectiveId> {
        let founder = op.person()?;
        let group = self.group(op);
        let id = insert_actor(op, &group, &self.group_keys)?;
        let voice = self.voice(op, &group);
        let voice = insert_actor(op, &voice, &self.voice_keys)?;
        let Profile { language, follow_policy, members_publish, .. } = &self.profile;
        let id = id.collective();
        db::collectives::insert(
            op.tx,
            id,
            voice,
            language,
            *follow_policy,
            *members_publish,
            op.now,
        )?;
        let Profile { place, sections, .. } = &self.profile;
        db::profiles::set(op.tx, id, place.as_ref(), sections)?;
        db::memberships::invite(op.tx, id, founder, Role::Steward, None, op.now)?;
        db::memberships::join(op.tx, id, founder, op.now)?;
        op.audit(Some(id), "create_collective", &group.ap_id, "")?;
        Ok(id)
    }
}

impl CreateCollective {
    fn group(&self, op: &Op<'_, '_>) -> NewActor {
        let address = op.site.collective(&self.handle);
        let Profile { name, summary, follow_policy, .. } = &self.profile;
        NewActor {
            outbox: Some(format!("{address}/outbox")),
            featured: Some(format!("{address}/featured")),
            moderators: Some(format!("{address}/moderators")),
            approves_followers: *follow_policy == FollowPolicy::Approval,
            ..local_actor(op, &self.handle, &address, ActorKind::Group, name, summary)
        }
    }

    /// The voice has the Group's inbox: an answer to it is an answer to the collective.
    fn voice(&self, op: &Op<'_, '_>, group: &NewActor) -> NewActor {
        let address = op.site.voice(&self.handle);
        let handle = self.handle.voice();
        NewActor {
            url: Some(group.ap_id.clone()),
            inbox: group.inbox.clone(),
            outbox: Some(format!("{address}/outbox")),
            followers: None,
            following: None,
            ..local_actor(op, &handle, &address, ActorKind::Organization, &self.profile.name, "")
        }
    }
}

/// Changes what a collective says of itself.
#[derive(Clone, Debug)]
pub struct EditCollective {
    pub collective: CollectiveId,
    pub profile: Profile,
    /// What the editor saw; another version meanwhile is [`Refusal::Stale`].
    pub version: Option<i64>,
}

impl Operation for EditCollective {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let row = lock(op, self.collective)?;
        let person = op.person()?;
        db::memberships::standing(op.tx, row.id, person)?.governs()?;
        if self.version.is_some_and(|seen| seen != row.version) {
            return Err(Refusal::Stale.into());
        }
        let Profile { name, summary, language, follow_policy, members_publish, .. } = &self.profile;
        let Profile { public_log, place, sections, .. } = &self.profile;
        let locked = *follow_policy == FollowPolicy::Approval;
        db::actors::describe(op.tx, row.id.actor(), name, summary, locked, op.now)?;
        db::actors::describe(op.tx, row.voice_id, name, "", false, op.now)?;
        let (policy, publish, public_log) = (*follow_policy, *members_publish, *public_log);
        db::collectives::update(op.tx, row.id, language, policy, publish, public_log)?;
        db::profiles::set(op.tx, row.id, place.as_ref(), sections)?;
        op.audit(Some(row.id), "edit_collective", "", "")?;
        op.emit(&Event::actor_changed(row.id.actor()))
    }
}

/// A collective of this server; one of another server is [`Refusal::NotFromHere`].
pub(crate) fn local(op: &mut Op<'_, '_>, id: CollectiveId) -> Result<CollectiveRow> {
    if let Some(row) = db::collectives::find(op.tx, id)? {
        return Ok(row);
    }
    match db::actors::find(op.tx, id.actor())? {
        Some(actor) if !actor.local => Err(Refusal::NotFromHere.into()),
        _ => Err(OpError::NotFound("collective")),
    }
}

/// The same, locked: nobody else changes it or its members before we have.
pub(crate) fn lock(op: &mut Op<'_, '_>, id: CollectiveId) -> Result<CollectiveRow> {
    match db::collectives::lock(op.tx, id)? {
        Some(row) => Ok(row),
        None => local(op, id),
    }
}

/// Where a collective is at home.
pub(crate) fn home(op: &mut Op<'_, '_>, id: CollectiveId) -> Result<Home> {
    let actor = db::actors::find(op.tx, id.actor())?.ok_or(OpError::NotFound("collective"))?;
    Ok(Home { collective: id, here: actor.local })
}
