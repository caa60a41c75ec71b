//! What is sent of following and being followed.

use apub::inbound::ActivityKind;
use db::{actors::ActorRow, follows::FollowRow};
use domain::{ActivityId, FollowId};
use ops::queues::Letter;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{both, document, private};
use crate::{Federation, error::InboxError};

/// Somebody here asks to follow somebody elsewhere.
pub(super) async fn asked(data: &Federation, follow: Uuid) -> Result<Vec<Letter>, InboxError> {
    let Some((row_, follower, followed)) = pair(data, follow.into()).await? else {
        return Ok(Vec::new());
    };
    // Who asks again asks anew: the request has another address than the first one, and the same row.
    let asked_at = row_.ap_id.rsplit('/').next().and_then(|name| name.parse().ok());
    let activity: ActivityId = asked_at.unwrap_or_else(|| data.queues().mint());
    if data.read(move |conn| db::activities::find(conn, activity)).await?.is_some() {
        return Ok(Vec::new());
    }
    let document = document(
        row_.ap_id.clone(),
        ActivityKind::Follow,
        &follower.ap_id,
        json!(followed.ap_id),
        vec![followed.ap_id.clone()],
    );
    Ok(vec![private(data, activity, follower.id, &document, &followed)])
}

/// Somebody elsewhere is accepted here.
pub(super) async fn accepted(data: &Federation, follow: Uuid) -> Result<Vec<Letter>, InboxError> {
    let Some((row_, follower, followed)) = pair(data, follow.into()).await? else {
        return Ok(Vec::new());
    };
    let asked = request(&row_.ap_id, &follower, &followed);
    Ok(vec![answer(data, ActivityKind::Accept, asked, &follower, &followed)])
}

/// Somebody elsewhere is turned down, or let go.
pub(super) async fn rejected(
    data: &Federation,
    follower: Uuid,
    followed: Uuid,
    ap_id: &str,
) -> Result<Vec<Letter>, InboxError> {
    let Some((follower, followed)) = both(data, follower.into(), followed.into()).await? else {
        return Ok(Vec::new());
    };
    let asked = request(ap_id, &follower, &followed);
    Ok(vec![answer(data, ActivityKind::Reject, asked, &follower, &followed)])
}

/// The request as it was received: Lemmy takes nothing less than the whole of it.
fn request(ap_id: &str, follower: &ActorRow, followed: &ActorRow) -> Value {
    json!({
        "id": ap_id,
        "type": "Follow",
        "actor": follower.ap_id,
        "object": followed.ap_id,
    })
}

fn answer(
    data: &Federation,
    kind: ActivityKind,
    asked: Value,
    follower: &ActorRow,
    followed: &ActorRow,
) -> Letter {
    let activity = data.queues().mint();
    let id = data.site().activity(activity);
    let document = document(id, kind, &followed.ap_id, asked, vec![follower.ap_id.clone()]);
    private(data, activity, followed.id, &document, follower)
}

/// Somebody here no longer follows somebody elsewhere.
pub(super) async fn ended(
    data: &Federation,
    follower: Uuid,
    followed: Uuid,
    ap_id: &str,
) -> Result<Vec<Letter>, InboxError> {
    let Some((follower, followed)) = both(data, follower.into(), followed.into()).await? else {
        return Ok(Vec::new());
    };
    let activity = data.queues().mint();
    let document = document(
        data.site().activity(activity),
        ActivityKind::Undo,
        &follower.ap_id,
        request(ap_id, &follower, &followed),
        vec![followed.ap_id.clone()],
    );
    Ok(vec![private(data, activity, follower.id, &document, &followed)])
}

async fn pair(
    data: &Federation,
    follow: FollowId,
) -> Result<Option<(FollowRow, ActorRow, ActorRow)>, InboxError> {
    let Some(row) = data.read(move |conn| db::follows::find_by_id(conn, follow)).await? else {
        return Ok(None);
    };
    let found = both(data, row.follower_id, row.followed_id).await?;
    Ok(found.map(|(follower, followed)| (row, follower, followed)))
}
