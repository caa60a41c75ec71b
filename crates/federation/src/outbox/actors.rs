//! What is sent of our actors themselves.

use apub::{PUBLIC, inbound::ActivityKind, outbound::ActivityDocument};
use db::actors::ActorRow;
use domain::{ActivityId, ActorId, Dialect, people::ActorKind};
use ops::queues::Letter;
use serde_json::json;
use uuid::Uuid;

use super::{announce, document, row};
use crate::{Federation, actors, error::InboxError, listings};

/// An actor of ours says something new of itself.
pub(super) async fn changed(data: &Federation, actor: Uuid) -> Result<Vec<Letter>, InboxError> {
    let id = ActorId::from(actor);
    let Some(changed) = data.read(move |conn| db::actors::find(conn, id)).await? else {
        return Ok(Vec::new());
    };
    letters(data, &changed, data.queues().mint()).await
}

async fn letters(
    data: &Federation,
    changed: &ActorRow,
    activity: ActivityId,
) -> Result<Vec<Letter>, InboxError> {
    let id = changed.id;
    let update = update(data, changed, &changed.ap_id, data.site().activity(activity)).await?;
    let row = row(data, activity, id, &update, true);
    if changed.kind != ActorKind::Group {
        return Ok(vec![Letter::to_followers_of(id, row)]);
    }
    let microblog =
        Letter { dialect: Some(Dialect::Microblog), ..Letter::to_followers_of(id, row) };
    Ok(std::iter::once(microblog).chain(for_the_threadiverse(data, changed).await?).collect())
}

/// A Group changes there by the word of a moderator, which our voice is; by its own it would be refused.
async fn for_the_threadiverse(
    data: &Federation,
    group: &ActorRow,
) -> Result<Option<Letter>, InboxError> {
    let id = group.id.collective();
    let Some(voice) = data.read(move |conn| listings::voice(conn, id)).await? else {
        return Ok(None);
    };
    let address = data.site().activity(data.queues().mint());
    let mut inner = update(data, group, &voice.ap_id, address).await?;
    inner.context = None;
    inner.to.insert(0, group.ap_id.clone());
    inner.audience = Some(group.ap_id.clone());
    Ok(Some(announce(data, group, None, json!(inner))))
}

/// The context of the actor stands outside.
async fn update(
    data: &Federation,
    changed: &ActorRow,
    by: &str,
    id: String,
) -> Result<ActivityDocument, InboxError> {
    let mut inner = actors::document(data, changed).await?;
    let context = inner.context.take();
    let to = vec![PUBLIC.to_owned()];
    let cc = changed.followers.iter().cloned().collect();
    let update = document(id, ActivityKind::Update, by, json!(inner), to);
    Ok(ActivityDocument { context, cc, ..update })
}

/// An actor of ours has a new key: said with the old one, so that whoever holds that believes it.
///
/// The message bears the UUID of the key, which is older than all that is signed with it: it goes first.
pub(super) async fn key_rotated(
    data: &Federation,
    actor: Uuid,
    old_key: &str,
    new_key: &str,
) -> Result<Vec<Letter>, InboxError> {
    let id = ActorId::from(actor);
    let found = data.read(move |conn| db::actors::find(conn, id));
    let Some(changed) = found.await? else { return Ok(Vec::new()) };
    let named = new_key.rsplit_once("#key-").and_then(|(_, name)| name.parse().ok());
    let activity = named.unwrap_or_else(|| data.queues().mint());
    let mut letters = letters(data, &changed, activity).await?;
    for letter in &mut letters {
        letter.activity.key_id = Some(old_key.to_owned());
    }
    Ok(letters)
}

/// A person of ours is gone, which every server is told that is known here: who has heard of them is not written down
/// anywhere. As Mastodon says it; Lemmy deletes what they wrote because of `removeData`.
pub(super) async fn deleted(data: &Federation, actor: Uuid) -> Result<Vec<Letter>, InboxError> {
    let id = ActorId::from(actor);
    let found = data.read(move |conn| {
        let actor = db::actors::find(conn, id)?.filter(|actor| actor.deleted_at.is_some());
        Ok(actor.zip(db::keys::last_public(conn, id)?))
    });
    let Some((gone, (key, _))) = found.await? else { return Ok(Vec::new()) };
    let activity = data.queues().mint();
    let delete = ActivityDocument {
        cc: gone.followers.iter().cloned().collect(),
        ..document(
            data.site().activity(activity),
            ActivityKind::Delete,
            &gone.ap_id,
            json!(gone.ap_id),
            vec![PUBLIC.to_owned()],
        )
    };
    let mut row = row(data, activity, id, &delete, true);
    let mut said = json!(delete);
    if let Some(map) = said.as_object_mut() {
        map.insert("removeData".to_owned(), json!(true));
    }
    row.body = said.to_string();
    row.key_id = Some(key);
    Ok(vec![Letter { to_everybody: true, ..Letter::to(Vec::new(), row) }])
}
