//! What is sent of answers written here.

use apub::{PUBLIC, inbound::ActivityKind, outbound::ActivityDocument};
use domain::{ActivityId, ActorId, ReplyId, replies::Visibility};
use ops::queues::Letter;
use uuid::Uuid;

use super::{around, delete, inbox, row};
use crate::{
    Federation,
    dialects::{self, ReplyFacts, microblog},
    error::InboxError,
    replies,
};

/// An answer written here: to whom it answers, to the collective, and, where it is public, to those who
/// follow its author and the collective's followers, who read the thread.
pub(super) async fn said(
    data: &Federation,
    reply: Uuid,
    kind: ActivityKind,
) -> Result<Vec<Letter>, InboxError> {
    let id = ReplyId::from(reply);
    let Some(facts) = data.read(move |conn| replies::facts(conn, id)).await? else {
        return Ok(Vec::new());
    };
    if !facts.author.local {
        return Ok(Vec::new());
    }
    if facts.reply.listing_id.is_none() {
        return said_in_community(data, facts, kind).await;
    }
    let is_public = facts.reply.visibility.is_public();
    let activity = match kind {
        ActivityKind::Create => ActivityId::from(reply),
        _ => data.queues().mint(),
    };
    let document = if kind == ActivityKind::Delete {
        let note = microblog::reply(&facts);
        let cc = note.to.into_iter().chain(note.cc).filter(|it| it != PUBLIC).collect();
        delete(data, activity, &facts.author, &facts.reply.ap_id, cc)
    } else {
        around(data, activity, kind, microblog::reply(&facts))?
    };
    let activity = row(data, activity, facts.author.id, &document, is_public);
    let to_followers_of = audience(&facts);
    Ok(vec![Letter { to_followers_of, ..Letter::to(named(&facts), activity) }])
}

/// Whose followers get an answer.
fn audience(facts: &ReplyFacts) -> Vec<ActorId> {
    if matches!(facts.reply.visibility, Visibility::Direct) {
        return Vec::new();
    }
    let board = facts.collective.iter().filter(|_| facts.reply.visibility.is_public());
    let mut followed: Vec<ActorId> = std::iter::once(facts.author.id)
        .chain(board.filter(|collective| collective.local).map(|collective| collective.id))
        .collect();
    followed.dedup();
    followed
}

/// Inboxes of those an answer names.
fn named(facts: &ReplyFacts) -> Vec<(String, String)> {
    let named = facts.answered.iter().chain(&facts.collective);
    named.filter(|actor| !actor.local && actor.deleted_at.is_none()).map(inbox).collect()
}

/// An answer below a post elsewhere: to whoever is answered, to the community, which passes it on to those who
/// read there, and to the followers of its author.
async fn said_in_community(
    data: &Federation,
    facts: ReplyFacts,
    kind: ActivityKind,
) -> Result<Vec<Letter>, InboxError> {
    let host = facts.collective.as_ref().or(facts.answered.as_ref()).map(|actor| &actor.host);
    let host = host.cloned().unwrap_or_default();
    let dialect = data.read(move |conn| db::instances::dialect(conn, &host)).await?;
    let note = dialects::reply(dialect, &facts);
    let id = match kind {
        ActivityKind::Create => ActivityId::from(facts.reply.id.uuid()),
        _ => data.queues().mint(),
    };
    let document = if kind == ActivityKind::Delete {
        let cc = note.to.into_iter().chain(note.cc).filter(|it| it != PUBLIC).collect();
        delete(data, id, &facts.author, &facts.reply.ap_id, cc)
    } else {
        around(data, id, kind, note)?
    };
    let audience = facts.collective.as_ref().map(|group| group.ap_id.clone());
    let document = ActivityDocument { audience, ..document };
    let activity = row(data, id, facts.author.id, &document, true);
    let mut inboxes = named(&facts);
    inboxes.sort_unstable();
    inboxes.dedup();
    let followed = vec![facts.author.id];
    Ok(vec![Letter { to_followers_of: followed, ..Letter::to(inboxes, activity) }])
}
