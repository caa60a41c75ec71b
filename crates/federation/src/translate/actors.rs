//! Actors that change.

use apub::inbound::Actor;
use serde_json::Value;

use super::Received;
use crate::{error::InboxError, federation::Request, meet};

/// An actor says something new of itself, signed with a key we know.
pub(super) async fn update(
    data: &Request,
    received: &Received,
    value: &Value,
) -> Result<(), InboxError> {
    let (_, origin) = received.speaker(data).await?;
    let actor = Actor::parse(value)?;
    if actor.id != received.activity.actor {
        return Err(InboxError::Origin("an actor speaks for another"));
    }
    meet::record(data, origin, actor).await?;
    Ok(())
}
