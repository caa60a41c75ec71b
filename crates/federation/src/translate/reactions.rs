//! Likes, votes, and boosts, as others send them.

use apub::inbound::{Activity, ActivityKind};
use domain::replies::ReactionKind;
use ops::reactions::{RecordReaction, RecordUnreaction};

use super::{Received, undone};
use crate::{error::InboxError, federation::Request};

pub(super) async fn react(data: &Request, received: &Received) -> Result<(), InboxError> {
    let (actor, origin) = received.speaker(data).await?;
    let operation = RecordReaction {
        ap_id: received.activity.id.to_string(),
        actor: actor.id,
        kind: kind(&received.activity.kind),
        object: received.object()?.to_string(),
    };
    data.door().perform(origin, operation).await?;
    Ok(())
}

pub(super) async fn undo(
    data: &Request,
    received: &Received,
    inner: &Activity,
) -> Result<(), InboxError> {
    let (actor, origin) = received.speaker(data).await?;
    let object = inner.object.id().map(ToString::to_string);
    let operation = RecordUnreaction {
        ap_id: Some(inner.id.to_string()),
        actor: actor.id,
        kind: kind(&inner.kind),
        object,
    };
    data.door().perform(origin, undone(received, &inner.id, operation)).await?;
    Ok(())
}

/// An `Undo` that names what it undoes by id alone.
pub(super) async fn undo_by_id(data: &Request, received: &Received) -> Result<(), InboxError> {
    let (actor, origin) = received.speaker(data).await?;
    let operation = RecordUnreaction {
        ap_id: Some(received.object()?.to_string()),
        actor: actor.id,
        kind: ReactionKind::Like,
        object: None,
    };
    data.door().perform(origin, undone(received, received.object()?, operation)).await?;
    Ok(())
}

pub(super) fn kind(kind: &ActivityKind) -> ReactionKind {
    match kind {
        ActivityKind::Announce => ReactionKind::Boost,
        ActivityKind::Dislike => ReactionKind::Dislike,
        _ => ReactionKind::Like,
    }
}
