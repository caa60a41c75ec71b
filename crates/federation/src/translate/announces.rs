//! What others pass on: boosts, and what Groups announce (FEP-1b12).
//!
//! **Invariant:** nothing inside of an `Announce` is believed because it stands there. A post is fetched from
//! its own address, unless it lies on the server of the Group that signed the message, and so does its author;
//! a deletion is believed when the post is gone where it lay. Of its own place alone a Group is believed: what
//! its moderators take out is not shown in it, and votes on its own posts are as many as it says.

use apub::{
    PUBLIC,
    inbound::{Activity, ActivityKind, ObjectRef, Post},
};
use db::{actors::ActorRow, replies::ReplyRow};
use domain::{Origin, people::ActorKind, replies::ReactionKind};
use ops::{
    OpError, Operation,
    announced::Announced,
    posts::{RecordPost, RecordRemoval},
    reactions::RecordReaction,
    replies::RecordReplyDeleted,
};
use serde_json::Value;
use url::Url;

use super::{Received, posts, threads, votes};
use crate::{Federation, error::InboxError, federation::Request, fetch::FetchError, meet};

/// `Announce`: of an activity by a Group, or of a post by anybody.
pub(super) async fn announce(data: &Request, received: &Received) -> Result<(), InboxError> {
    match &received.activity.object {
        ObjectRef::Embedded { kind, value, .. } if is_activity(kind) || does(value) => {
            passed_on(data, received, &received.embedded(value)?).await
        }
        _ => boost(data, received, received.object()?).await,
    }
}

/// Whatever it is called: somebody does something to something.
fn does(value: &Value) -> bool {
    ["actor", "object"].iter().all(|name| value.get(name).is_some_and(|it| !it.is_null()))
}

fn is_activity(kind: &str) -> bool {
    !matches!(ActivityKind::from(kind), ActivityKind::Other(_))
}

pub(super) fn ignored<T>(why: &str) -> Result<T, InboxError> {
    Err(InboxError::Ignored(why.to_owned()))
}

/// A boost of a post. One that nobody here knows is fetched where the booster is followed, so that it can be
/// shown; what lies inside of the message is not looked at.
async fn boost(data: &Request, received: &Received, object: &Url) -> Result<(), InboxError> {
    let (speaker, origin) = received.speaker(data).await?;
    if !posts::is_known(data, object).await? && !data.site().owns(object) {
        if !is_followed(data, &speaker).await? {
            return ignored("passed on by somebody nobody here follows");
        }
        refuse_seen(data, received).await?;
        let (found_at, value) = meet::document(data, object, None).await?;
        if value.get("type").and_then(Value::as_str).is_some_and(is_activity) {
            let inner = Activity::parse(value)?;
            if inner.id != found_at || inner.actor.origin() != found_at.origin() {
                return Err(InboxError::Origin("the activity is on another server than its actor"));
            }
            return passed_on(data, received, &inner).await;
        }
        let post = threads::fetched_post(data, found_at, &value).await?;
        if speaker.kind == ActorKind::Group && names(&post, &speaker) {
            return record(data, received, &speaker, &post, false).await;
        }
        if !is_public(&post) {
            return ignored("it is not public");
        }
        posts::record_fetched(data, &post).await?;
    }
    if is_in(data, &speaker, object).await? {
        return ignored("it stands in that community already");
    }
    let operation = RecordReaction {
        ap_id: received.activity.id.to_string(),
        actor: speaker.id,
        kind: ReactionKind::Boost,
        object: object.to_string(),
    };
    data.door().perform(origin, operation).await?;
    Ok(())
}

async fn is_followed(data: &Federation, actor: &ActorRow) -> Result<bool, InboxError> {
    let id = actor.id;
    Ok(data.read(move |conn| db::follows::has_local_follower(conn, id)).await?)
}

/// A message that has taken effect is not looked into again.
async fn refuse_seen(data: &Federation, received: &Received) -> Result<(), InboxError> {
    let claim = received.claim;
    if data.read(move |conn| db::inbox::is_seen(conn, &claim)).await? {
        return Err(OpError::AlreadyDone.into());
    }
    Ok(())
}

async fn reply(data: &Federation, address: &Url) -> Result<Option<ReplyRow>, InboxError> {
    let ap_id = address.to_string();
    Ok(data.read(move |conn| db::replies::find_by_ap_id(conn, &ap_id)).await?)
}

pub(super) async fn is_in(
    data: &Federation,
    group: &ActorRow,
    address: &Url,
) -> Result<bool, InboxError> {
    let row = reply(data, address).await?;
    Ok(row.is_some_and(|row| row.group_id == Some(group.id)))
}

/// An activity that a Group passes on.
async fn passed_on(
    data: &Request,
    received: &Received,
    inner: &Activity,
) -> Result<(), InboxError> {
    if inner.kind == ActivityKind::Announce {
        return ignored("an announce of an announce is not followed further");
    }
    let (group, _) = received.speaker(data).await?;
    if group.kind != ActorKind::Group {
        return ignored("only a Group passes activities on");
    }
    if !is_followed(data, &group).await? {
        return ignored("passed on by a Group nobody here follows");
    }
    refuse_seen(data, received).await?;
    match inner.kind {
        ActivityKind::Create | ActivityKind::Update => said(data, received, &group, inner).await,
        ActivityKind::Delete => deleted(data, received, &group, inner).await,
        ActivityKind::Like | ActivityKind::Dislike => {
            votes::vote(data, received, &group, inner, false).await
        }
        ActivityKind::Undo => undone(data, received, &group, inner).await,
        _ => ignored(&format!("{} is for that community's own server", inner.kind.as_str())),
    }
}

pub(super) fn object(inner: &Activity) -> Result<&Url, InboxError> {
    inner.object.id().ok_or_else(|| super::missing("object.object"))
}

/// Does all of it lie on the Group's own server? Then it is that server's word, and it has signed it.
fn is_own(group: &Url, inner: &Activity, object: &Url) -> bool {
    [&inner.id, &inner.actor, object].into_iter().all(|url| url.origin() == group.origin())
}

/// Something was written or changed.
async fn said(
    data: &Request,
    received: &Received,
    group: &ActorRow,
    inner: &Activity,
) -> Result<(), InboxError> {
    let id = object(inner)?;
    if data.site().owns(id) {
        return ignored("it lives here");
    }
    let is_new = inner.kind == ActivityKind::Create;
    if is_new && is_in(data, group, id).await? {
        return ignored("known already; only an Update changes it");
    }
    let own = match &inner.object {
        ObjectRef::Embedded { value, .. } if is_own(&received.activity.actor, inner, id) => {
            Some(Post::parse(value)?).filter(|post| post.attributed_to == inner.actor)
        }
        _ => None,
    };
    let post = match own {
        Some(post) => post,
        None => threads::fetch_post(data, id).await?,
    };
    record(data, received, group, &post, false).await
}

/// Does a post say that it is in this community?
pub(super) fn names(post: &Post, group: &ActorRow) -> bool {
    let mut named = post.audience.iter().chain(&post.to).chain(&post.cc);
    named.any(|url| url.as_str() == group.ap_id)
}

fn is_public(post: &Post) -> bool {
    post.to.iter().chain(&post.cc).any(|url| url.as_str() == PUBLIC)
}

/// Keeps a post in the community that passed it on, if the post or what it answers says that it is there.
async fn record(
    data: &Request,
    received: &Received,
    group: &ActorRow,
    post: &Post,
    again: bool,
) -> Result<(), InboxError> {
    if !is_public(post) {
        return ignored("it is not public");
    }
    threads::bring(data, post, Some(group)).await;
    let below = match &post.in_reply_to {
        Some(parent) => is_in(data, group, parent).await?,
        None => false,
    };
    if !names(post, group) && !below {
        return ignored("it does not say that it is in that community");
    }
    let (operation, origin) = placed(data, group, post).await?;
    once(data, received, origin, RecordPost { again, ..operation }).await
}

/// The post as its author says it, in that community.
async fn placed(
    data: &Federation,
    group: &ActorRow,
    post: &Post,
) -> Result<(RecordPost, Origin), InboxError> {
    if post.attributed_to.origin() != post.id.origin() {
        return Err(InboxError::Origin("the post is on another server than its author"));
    }
    let (author, origin) = posts::author(data, post).await?;
    let mut operation = posts::operation(data, &author, post).await?;
    operation.reply.mentions_us = true;
    operation.group = Some(group.id);
    Ok((operation, origin))
}

/// Keeps what stands above a post that a Group passed on.
pub(super) async fn record_above(
    data: &Federation,
    group: &ActorRow,
    post: &Post,
) -> Result<(), InboxError> {
    if !is_public(post) {
        return ignored("it is not public");
    }
    let (operation, origin) = placed(data, group, post).await?;
    data.door().perform(origin, operation).await?;
    Ok(())
}

/// Does something in its author's name, by a message of the Group that takes effect once.
async fn once<O: Operation>(
    data: &Request,
    received: &Received,
    origin: Origin,
    then: O,
) -> Result<(), InboxError> {
    let Received { activity, claim, .. } = received;
    let operation = Announced { activity: activity.id.clone(), claim: *claim, then };
    data.door().perform(origin, operation).await?;
    Ok(())
}

/// Something was deleted by its author, or taken out by a moderator: Lemmy says which by a `summary`, which
/// may be empty.
async fn deleted(
    data: &Request,
    received: &Received,
    group: &ActorRow,
    inner: &Activity,
) -> Result<(), InboxError> {
    let id = object(inner)?;
    let Some(row) = reply(data, id).await?.filter(|_| !data.site().owns(id)) else {
        return ignored("nothing of that id is here");
    };
    if inner.raw.get("summary").is_some() {
        return removal(data, received, group, id, true).await;
    }
    let author_id = row.author_id;
    let author = data.read(move |conn| db::actors::find(conn, author_id)).await?;
    let Some(author) = author else { return ignored("nobody has written it") };
    let own = is_own(&received.activity.actor, inner, id) && author.ap_id == inner.actor.as_str();
    if !own && !is_gone(data, id).await? {
        return ignored("it is still where it was");
    }
    let origin = posts::speaking(&author);
    once(data, received, origin, RecordReplyDeleted { ap_id: row.ap_id, author: author.id }).await
}

/// The Group speaks of its own place.
async fn removal(
    data: &Request,
    received: &Received,
    group: &ActorRow,
    id: &Url,
    removed: bool,
) -> Result<(), InboxError> {
    let (_, origin) = received.speaker(data).await?;
    let operation = RecordRemoval { group: group.id, ap_id: id.to_string(), removed };
    data.door().perform(origin, operation).await?;
    Ok(())
}

/// Does its own server say that it is gone?
async fn is_gone(data: &Federation, id: &Url) -> Result<bool, InboxError> {
    match meet::document(data, id, None).await {
        Ok((_, value)) => {
            let is = |word: &str| value.get("type").and_then(Value::as_str) == Some(word);
            Ok(is("Tombstone") || value.get("deleted").is_some_and(|it| !it.is_null()))
        }
        Err(InboxError::Fetch(FetchError::Status(404 | 410))) => Ok(true),
        Err(err) => Err(err),
    }
}

/// Something was taken back: a vote, a deletion, a removal.
async fn undone(
    data: &Request,
    received: &Received,
    group: &ActorRow,
    inner: &Activity,
) -> Result<(), InboxError> {
    let ObjectRef::Embedded { value, .. } = &inner.object else {
        return ignored("what is undone is not sent along");
    };
    let undone = received.embedded(value)?;
    match undone.kind {
        ActivityKind::Like | ActivityKind::Dislike if undone.actor == inner.actor => {
            votes::vote(data, received, group, &undone, true).await
        }
        ActivityKind::Delete => restored(data, received, group, object(&undone)?).await,
        _ => {
            ignored(&format!("undoing {} is for that community's own server", undone.kind.as_str()))
        }
    }
}

/// Something is there again: what its moderators took out is shown, what its author deleted is fetched.
async fn restored(
    data: &Request,
    received: &Received,
    group: &ActorRow,
    id: &Url,
) -> Result<(), InboxError> {
    let Some(row) = reply(data, id).await?.filter(|_| !data.site().owns(id)) else {
        return ignored("nothing of that id is here");
    };
    if row.hidden_at.is_some() && row.deleted_at.is_none() {
        return removal(data, received, group, id, false).await;
    }
    if row.deleted_at.is_none() {
        return ignored("it was not deleted here");
    }
    let post = threads::fetch_post(data, id).await?;
    record(data, received, group, &post, true).await
}
