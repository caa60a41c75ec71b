//! Following, answering, and blocking, as others send it.

use apub::inbound::{Activity, ObjectRef};
use domain::people::ActorKind;
use ops::follows::{RecordAnswer, RecordBlock, RecordFollow, RecordUnblock, RecordUnfollow};
use url::Url;

use super::{Received, local, undone};
use crate::{error::InboxError, federation::Request, instances};

pub(super) async fn follow(data: &Request, received: &Received) -> Result<(), InboxError> {
    let followed = local(data, received.object()?).await?;
    if followed.is_guest() {
        return Err(InboxError::Ignored("guests are not followed".to_owned()));
    }
    let (follower, origin) = received.speaker(data).await?;
    instances::before_first_answer(data, &follower.host).await?;
    let operation = RecordFollow {
        ap_id: received.activity.id.to_string(),
        follower: follower.id,
        followed: followed.id,
    };
    data.door().perform(origin, operation).await?;
    Ok(())
}

/// `Accept` or `Reject` of a request of ours: by its id, or by who asked whom.
pub(super) async fn answer(
    data: &Request,
    received: &Received,
    accept: bool,
) -> Result<(), InboxError> {
    let (followed, origin) = received.speaker(data).await?;
    let by_id = match received.activity.object.id() {
        Some(id) => {
            let ap_id = id.to_string();
            data.read(move |conn| db::follows::find_by_ap_id(conn, &ap_id)).await?
        }
        None => None,
    };
    let follower = match (by_id, &received.activity.object) {
        (Some(row), _) => row.follower_id,
        (None, ObjectRef::Embedded { value, .. }) => {
            let asked = received.embedded(value)?;
            local(data, &asked.actor).await?.id
        }
        _ => return Err(InboxError::Ignored("there is no such request".to_owned())),
    };
    let operation = RecordAnswer { follower, followed: followed.id, accept };
    data.door().perform(origin, operation).await?;
    Ok(())
}

pub(super) async fn undo_follow(
    data: &Request,
    received: &Received,
    inner: &Activity,
) -> Result<(), InboxError> {
    let followed = local(data, object(inner)?).await?;
    let (follower, origin) = received.speaker(data).await?;
    let operation = RecordUnfollow { follower: follower.id, followed: followed.id };
    data.door().perform(origin, undone(received, &inner.id, operation)).await?;
    Ok(())
}

/// An `Undo` that names its `Follow` by id alone.
pub(super) async fn undo_by_id(data: &Request, received: &Received) -> Result<(), InboxError> {
    let ap_id = received.object()?.to_string();
    let row = data.read(move |conn| db::follows::find_by_ap_id(conn, &ap_id)).await?;
    let row = row.ok_or_else(|| InboxError::Ignored("nothing of that id is here".to_owned()))?;
    let (_, origin) = received.speaker(data).await?;
    let operation = RecordUnfollow { follower: row.follower_id, followed: row.followed_id };
    data.door().perform(origin, operation).await?;
    Ok(())
}

/// A blocked voice means a blocked collective.
pub(super) async fn block(data: &Request, received: &Received) -> Result<(), InboxError> {
    let blocked = local(data, received.object()?).await?;
    let blocked = group_of(data, blocked).await?;
    let (blocker, origin) = received.speaker(data).await?;
    let ap_id = received.activity.id.to_string();
    let operation = RecordBlock { ap_id, blocker: blocker.id, blocked };
    data.door().perform(origin, operation).await?;
    Ok(())
}

pub(super) async fn undo_block(
    data: &Request,
    received: &Received,
    inner: &Activity,
) -> Result<(), InboxError> {
    let blocked = local(data, object(inner)?).await?;
    let blocked = group_of(data, blocked).await?;
    let (blocker, origin) = received.speaker(data).await?;
    let operation = RecordUnblock { blocker: blocker.id, blocked };
    data.door().perform(origin, undone(received, &inner.id, operation)).await?;
    Ok(())
}

async fn group_of(
    data: &Request,
    actor: db::actors::ActorRow,
) -> Result<domain::ActorId, InboxError> {
    if actor.kind != ActorKind::Organization {
        return Ok(actor.id);
    }
    let voice = actor.id;
    let row = data.read(move |conn| db::collectives::find_by_voice(conn, voice)).await?;
    Ok(row.map_or(actor.id, |row| row.id.actor()))
}

fn object(activity: &Activity) -> Result<&Url, InboxError> {
    activity.object.id().ok_or_else(|| super::missing("object"))
}
