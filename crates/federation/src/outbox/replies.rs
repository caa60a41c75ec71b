//! What is sent of answers written here.

use apub::{inbound::ActivityKind, outbound::ActivityDocument};
use db::{Conn, actors::ActorRow};
use domain::{ActivityId, ActorId, Dialect, ReplyId, replies::Visibility};
use ops::queues::Letter;
use serde_json::json;
use uuid::Uuid;

use super::{announce, inbox, row};
use crate::{
    Federation,
    dialects::{ReplyFacts, microblog, threadiverse},
    error::InboxError,
    replies,
};

/// An answer, and who is to have it.
struct Said {
    facts: ReplyFacts,
    /// Those whom it names on servers of microblogs …
    microblogs: Vec<ActorRow>,
    /// … and on servers of the threadiverse to which no collective of ours announces it.
    threadiverse: Vec<ActorRow>,
    /// Whether somebody of the threadiverse follows its author.
    is_followed_there: bool,
}

/// An answer written here: to whom it answers, to the collective, and, where it is public, to those who
/// follow its author and the collective's followers, who read the thread.
///
/// The threadiverse gets none that is not public: it keeps nothing to itself.
pub(super) async fn said(
    data: &Federation,
    reply: Uuid,
    kind: ActivityKind,
) -> Result<Vec<Letter>, InboxError> {
    let id = ReplyId::from(reply);
    let Some(said) = data.read(move |conn| read(conn, id)).await? else { return Ok(Vec::new()) };
    let hidden = said.facts.reply.hidden_at.is_some() && kind != ActivityKind::Delete;
    if !said.facts.author.local || hidden {
        return Ok(Vec::new());
    }
    let mut letters = vec![to_microblogs(data, &said, &kind)];
    if said.facts.reply.visibility.is_public() {
        letters.extend(to_threadiverse(data, &said, &kind));
    }
    Ok(letters)
}

/// The `Create` bears the UUID of the answer.
fn to_microblogs(data: &Federation, said: &Said, kind: &ActivityKind) -> Letter {
    let facts = &said.facts;
    let activity = match kind {
        ActivityKind::Create => ActivityId::from(facts.reply.id.uuid()),
        _ => data.queues().mint(),
    };
    let document = spoken(Dialect::Microblog, facts, kind, data.site().activity(activity));
    let is_public = facts.reply.visibility.is_public();
    let row = row(data, activity, facts.author.id, &document, is_public);
    Letter {
        dialect: Some(Dialect::Microblog),
        to_followers_of: audience(facts),
        ..Letter::to(said.microblogs.iter().map(inbox).collect(), row)
    }
}

/// By its author to the community elsewhere, or to those whom it names; and announced where the collective is
/// ours. It is one activity, so that who gets it twice has it once.
fn to_threadiverse(data: &Federation, said: &Said, kind: &ActivityKind) -> Vec<Letter> {
    let (facts, activity) = (&said.facts, data.queues().mint());
    let inner = spoken(Dialect::Threadiverse, facts, kind, data.site().activity(activity));
    let group = facts.collective.as_ref();
    let mut letters = Vec::new();
    if said.is_followed_there || !said.threadiverse.is_empty() {
        let voice = facts.voice.as_ref().filter(|voice| voice.ap_id == inner.actor);
        let author = voice.unwrap_or(&facts.author).id;
        let direct = ActivityDocument { context: Some(apub::context::note()), ..inner.clone() };
        letters.push(Letter {
            dialect: Some(Dialect::Threadiverse),
            to_followers_of: vec![author],
            ..Letter::to(
                said.threadiverse.iter().map(inbox).collect(),
                row(data, activity, author, &direct, true),
            )
        });
    }
    let group = group.filter(|group| group.local);
    letters.extend(group.map(|group| announce(data, group, None, json!(inner))));
    letters
}

/// What happened to an answer, as a dialect says it.
fn spoken(
    dialect: Dialect,
    facts: &ReplyFacts,
    kind: &ActivityKind,
    id: String,
) -> ActivityDocument {
    match (dialect, kind) {
        (Dialect::Microblog, ActivityKind::Create) => microblog::create_reply(facts, id),
        (Dialect::Microblog, ActivityKind::Delete) => microblog::delete_reply(facts, id),
        (Dialect::Microblog, _) => microblog::update_reply(facts, id),
        (Dialect::Threadiverse, ActivityKind::Create) => threadiverse::create_reply(facts, id),
        (Dialect::Threadiverse, ActivityKind::Delete) => threadiverse::delete_reply(facts, id),
        (Dialect::Threadiverse, _) => threadiverse::update_reply(facts, id),
    }
}

fn read(conn: &mut Conn, id: ReplyId) -> db::Result<Option<Said>> {
    let Some(facts) = replies::facts(conn, id)? else { return Ok(None) };
    let (mut microblogs, mut threadiverse) = (Vec::new(), Vec::new());
    let ours = facts.collective.as_ref().filter(|group| group.local).map(|group| group.id);
    for actor in named(&facts) {
        match (db::instances::dialect(conn, &actor.host)?, ours) {
            (Dialect::Microblog, _) => microblogs.push(actor),
            (Dialect::Threadiverse, Some(group))
                if db::follows::has_follower_on(conn, group, &actor.host)? => {}
            (Dialect::Threadiverse, _) => threadiverse.push(actor),
        }
    }
    let speaks_for_itself = Some(facts.author.id) != ours;
    let is_followed_there = speaks_for_itself
        && db::follows::has_follower_speaking(conn, facts.author.id, Dialect::Threadiverse)?;
    Ok(Some(Said { facts, microblogs, threadiverse, is_followed_there }))
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

/// Those elsewhere whom an answer names.
fn named(facts: &ReplyFacts) -> Vec<ActorRow> {
    let named = facts.answered.iter().chain(&facts.collective);
    named.filter(|actor| !actor.local && actor.deleted_at.is_none()).cloned().collect()
}
