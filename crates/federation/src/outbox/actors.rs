//! What is sent of our actors themselves.

use apub::{PUBLIC, inbound::ActivityKind};
use domain::ActorId;
use ops::queues::Letter;
use serde_json::json;
use uuid::Uuid;

use super::{document, row};
use crate::{Federation, actors, error::InboxError};

/// An actor of ours says something new of itself.
pub(super) async fn changed(data: &Federation, actor: Uuid) -> Result<Vec<Letter>, InboxError> {
    let id = ActorId::from(actor);
    let Some(changed) = data.read(move |conn| db::actors::find(conn, id)).await? else {
        return Ok(Vec::new());
    };
    let activity = data.queues().mint();
    let mut inner = actors::document(data, &changed).await?;
    let context = inner.context.take();
    let mut document = document(
        data.site().activity(activity),
        ActivityKind::Update,
        &changed.ap_id,
        json!(inner),
        vec![PUBLIC.to_owned()],
    );
    document.context = context;
    document.cc = changed.followers.iter().cloned().collect();
    Ok(vec![Letter::to_followers_of(id, row(data, activity, id, &document, true))])
}

/// An actor of ours has a new key.
pub(super) async fn key_rotated(
    data: &Federation,
    actor: Uuid,
    _old_key: &str,
) -> Result<Vec<Letter>, InboxError> {
    changed(data, actor).await
}
