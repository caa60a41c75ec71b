//! From their words to ours: each activity becomes an operation, or the reason why not.

mod actors;
mod agreements;
mod announces;
mod follows;
mod moderation;
mod posts;
mod reactions;
mod threads;
mod votes;

use activitypub_federation::traits::Activity as FederatedActivity;
use apub::inbound::{Activity, ActivityKind, ObjectRef};
use async_trait::async_trait;
use domain::{InboundId, Origin, Refusal, Speaker, Way, people::ActorKind};
use ops::{OpError, Operation, undone::Undone};
use serde_json::Value;
use url::Url;

pub(crate) use posts::record_fetched;
pub use posts::record_post;

use crate::{Federation, error::InboxError, federation::Request, inbox::claim, meet};

/// An activity out of the inbox, its signature checked.
#[derive(Clone, Debug)]
pub struct Received {
    pub activity: Activity,
    /// What the door claims, so that it takes effect once.
    pub claim: [u8; 32],
    /// The message as it is stored.
    pub inbound: InboundId,
}

#[async_trait]
impl FederatedActivity for Received {
    type DataType = Federation;
    type Error = InboxError;

    fn id(&self) -> &Url {
        &self.activity.id
    }

    fn actor(&self) -> &Url {
        &self.activity.actor
    }

    /// The envelope: everything lies where its author lives (FEP-fe34).
    async fn verify(&self, data: &Request) -> Result<(), InboxError> {
        let Activity { id, actor, .. } = &self.activity;
        if id.origin() != actor.origin() {
            return Err(InboxError::Origin(
                "the activity's id is on another server than its actor",
            ));
        }
        if data.site().owns(actor) {
            return Err(InboxError::Origin("the actor lives here"));
        }
        Ok(())
    }

    async fn receive(self, data: &Request) -> Result<(), InboxError> {
        moderation::refuse_orders(data, &self)?;
        match self.activity.kind.clone() {
            ActivityKind::Follow => follows::follow(data, &self).await,
            ActivityKind::Accept => agreements::answer(data, &self, true).await,
            ActivityKind::Reject => agreements::answer(data, &self, false).await,
            ActivityKind::Offer => agreements::offer(data, &self).await,
            ActivityKind::Undo => undo(data, &self).await,
            ActivityKind::Block => follows::block(data, &self).await,
            ActivityKind::Create => create(data, &self).await,
            ActivityKind::Update => update(data, &self).await,
            ActivityKind::Delete => posts::delete(data, &self).await,
            ActivityKind::Flag => moderation::flag(data, &self).await,
            ActivityKind::Like | ActivityKind::Dislike => reactions::react(data, &self).await,
            ActivityKind::Announce => announces::announce(data, &self).await,
            other => Err(InboxError::Ignored(format!("{} is not handled", other.as_str()))),
        }
    }
}

impl Received {
    /// The speaker as an actor of ours, and the way it came.
    pub(crate) async fn speaker(
        &self,
        data: &Federation,
    ) -> Result<(db::actors::ActorRow, Origin), InboxError> {
        let row = meet::actor(data, &self.activity.actor).await?;
        if row.deleted_at.is_some() {
            return Err(gone());
        }
        if row.suspended_at.is_some() && !self.takes_back() {
            return Err(InboxError::Blocked);
        }
        let speaker = match row.kind {
            ActorKind::Group => Speaker::Collective(row.id.collective()),
            _ => Speaker::Person(row.id.person()),
        };
        let way = Way::Inbox {
            activity: self.activity.id.clone(),
            claim: self.claim,
            inbound: self.inbound,
        };
        Ok((row, Origin { speaker, way }))
    }

    /// What only takes something away is heard of those too who are suspended here.
    fn takes_back(&self) -> bool {
        matches!(self.activity.kind, ActivityKind::Delete | ActivityKind::Undo)
    }

    /// An activity inside of this one. Some servers leave out its id when they repair a follow: who did what
    /// to whom is enough then.
    pub(crate) fn embedded(&self, value: &Value) -> Result<Activity, apub::Malformed> {
        let mut value = value.clone();
        if let Some(map) = value.as_object_mut()
            && map.get("id").is_none_or(Value::is_null)
        {
            map.insert("id".to_owned(), Value::from(self.activity.id.as_str()));
        }
        Activity::parse(value)
    }

    /// The address of the object.
    pub(crate) fn object(&self) -> Result<&Url, InboxError> {
        self.activity.object.id().ok_or_else(|| missing("object"))
    }
}

/// An actor that deleted itself says nothing any more, though its key still fits.
fn gone() -> InboxError {
    OpError::Refused(Refusal::Deleted).into()
}

fn missing(field: &'static str) -> InboxError {
    apub::Malformed { field, problem: "is missing or has no id".into() }.into()
}

/// The local actor at an address.
pub(crate) async fn local(
    data: &Federation,
    address: &Url,
) -> Result<db::actors::ActorRow, InboxError> {
    let ap_id = address.to_string();
    let row = data.read(move |conn| db::actors::find_by_ap_id(conn, &ap_id)).await?;
    let row = row.filter(|row| row.local && row.deleted_at.is_none());
    row.ok_or_else(|| InboxError::Ignored("the object is no actor of this server".to_owned()))
}

/// What takes `undone` back, wherever that is: what comes later by its id has no effect any more.
fn undone<O: Operation>(received: &Received, undone: &Url, then: O) -> Undone<O> {
    Undone { claim: claim::of_id(&received.activity.actor, undone), then }
}

async fn undo(data: &Request, received: &Received) -> Result<(), InboxError> {
    let ObjectRef::Embedded { kind, value, .. } = &received.activity.object else {
        return undo_by_id(data, received).await;
    };
    let inner = received.embedded(value);
    if let Ok(inner) = &inner
        && inner.actor != received.activity.actor
    {
        return Err(InboxError::Origin("what is undone was done by somebody else"));
    }
    match (kind.as_str(), inner) {
        ("Follow", Ok(inner)) => follows::undo_follow(data, received, &inner).await,
        ("Block", Ok(inner)) => follows::undo_block(data, received, &inner).await,
        ("Offer", Ok(inner)) => agreements::undo(data, received, &inner).await,
        ("Like" | "Dislike" | "Announce", Ok(inner)) => {
            reactions::undo(data, received, &inner).await
        }
        ("Delete", Ok(inner)) => posts::undelete(data, received, &inner).await,
        (_, Err(err)) => Err(err.into()),
        (other, _) => Err(InboxError::Ignored(format!("undoing {other} is not handled"))),
    }
}

/// What is undone by its id alone is whatever we know by it: a follow, an offer, or else a like.
async fn undo_by_id(data: &Request, received: &Received) -> Result<(), InboxError> {
    match follows::undo_by_id(data, received).await {
        Err(InboxError::Ignored(_)) => {}
        done => return done,
    }
    match agreements::undo_by_id(data, received).await {
        Err(InboxError::Ignored(_)) => reactions::undo_by_id(data, received).await,
        done => done,
    }
}

/// A receipt, or else a post.
async fn create(data: &Request, received: &Received) -> Result<(), InboxError> {
    if agreements::receipt(data, received).await? {
        return Ok(());
    }
    posts::create(data, received).await
}

async fn update(data: &Request, received: &Received) -> Result<(), InboxError> {
    match &received.activity.object {
        ObjectRef::Embedded { id: Some(id), value, .. } if *id == received.activity.actor => {
            actors::update(data, received, value).await
        }
        _ => posts::create(data, received).await,
    }
}
