//! Votes that a community passes on (FEP-1b12).

use apub::inbound::Activity;
use db::actors::ActorRow;
use ops::votes::RecordVote;

use super::{
    Received,
    announces::{ignored, is_in, object},
    reactions,
};
use crate::{error::InboxError, federation::Request};

/// Somebody voted in a community, or took that back. The community is believed of its own posts, wherever the
/// voter lives; nobody is asked about them.
pub(super) async fn vote(
    data: &Request,
    received: &Received,
    group: &ActorRow,
    vote: &Activity,
    undone: bool,
) -> Result<(), InboxError> {
    if data.site().owns(&vote.actor) {
        return ignored("whoever lives here votes here");
    }
    if vote.id.origin() != vote.actor.origin() {
        return Err(InboxError::Origin("the vote's id is on another server than its voter"));
    }
    let object = object(vote)?;
    if !is_in(data, group, object).await? {
        return ignored("a vote on something that is not known in that community");
    }
    let (_, origin) = received.speaker(data).await?;
    let operation = RecordVote {
        group: group.id,
        voter: vote.actor.clone(),
        ap_id: vote.id.to_string(),
        kind: reactions::kind(&vote.kind),
        object: object.to_string(),
        undone,
    };
    data.door().perform(origin, operation).await?;
    Ok(())
}
