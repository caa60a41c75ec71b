//! What is sent of answers written here.

use apub::{PUBLIC, inbound::ActivityKind};
use domain::{ActivityId, ActorId, ReplyId, replies::Visibility};
use ops::queues::Letter;
use uuid::Uuid;

use super::{around, delete, inbox, row};
use crate::{
    Federation,
    dialects::{ReplyFacts, microblog},
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
