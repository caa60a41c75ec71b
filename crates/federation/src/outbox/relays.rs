//! Passing on what others said in threads of ours, to each world in the way it can read.
//!
//! To the threadiverse the Group announces it, natively or as a guest says it again; to microblogs the Group
//! sends it on byte for byte, or says it again itself. It never boosts.

use apub::{
    inbound::{Activity, ActivityKind},
    outbound::{ActivityDocument, NoteDocument},
};
use db::{actors::ActorRow, relays::RelayRow, replies::ReplyRow};
use domain::{ActivityId, ActorId, Dialect, InboundId, ReplyId};
use ops::{OpError, queues::Letter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{announce, delete, document, inbox, restored, row};
use crate::{
    Federation,
    error::InboxError,
    guests,
    lanes::lane,
    relays::{self, RelayFacts, copy},
};

/// What was heard, and all that decides to whom it is passed on.
pub(super) struct Heard {
    pub(super) activity: Activity,
    /// As it was received, byte for byte.
    body: String,
    pub(super) author: ActorRow,
    pub(super) group: ActorRow,
    reply: Option<ReplyRow>,
    pub(super) relay: Option<RelayRow>,
    /// The relay of what it answers.
    pub(super) above: Option<RelayRow>,
    /// What the author's server speaks.
    pub(super) dialect: Dialect,
    pub(super) read_by_threadiverse: bool,
    /// Whether pictures of the author's server are shown here, and passed on.
    pub(super) media: bool,
}

/// Something was said elsewhere in a thread of a collective of ours.
pub(super) async fn relayed(
    data: &Federation,
    collective: Uuid,
    inbound: Uuid,
    reply: Option<Uuid>,
) -> Result<Vec<Letter>, InboxError> {
    let Some(heard) = load(data, collective, inbound, reply).await? else { return Ok(Vec::new()) };
    match (&heard.activity.kind, &heard.reply) {
        (ActivityKind::Create | ActivityKind::Update | ActivityKind::Delete, Some(reply)) => {
            if !may_leave(&heard, reply) {
                return Ok(Vec::new());
            }
            let mut letters = to_threadiverse(data, &heard, reply).await?;
            letters.extend(to_microblogs(data, &heard, reply).await?);
            Ok(letters)
        }
        (ActivityKind::Undo, Some(reply)) if may_leave(&heard, reply) => {
            restored::restored(data, &heard, reply).await
        }
        (ActivityKind::Like | ActivityKind::Dislike | ActivityKind::Undo, None) => {
            vote(data, &heard).await
        }
        _ => Ok(Vec::new()),
    }
}

/// Nothing but what everybody may read, and nothing that is gone but its end.
fn may_leave(heard: &Heard, reply: &ReplyRow) -> bool {
    let is_there = reply.deleted_at.is_none() || heard.activity.kind == ActivityKind::Delete;
    let ended = heard.relay.as_ref().is_some_and(|relay| relay.ended_at.is_some());
    let public = reply.visibility.is_public() && copy::is_public(&heard.activity.raw);
    public && is_there && reply.hidden_at.is_none() && !ended
}

async fn load(
    data: &Federation,
    collective: Uuid,
    inbound: Uuid,
    reply: Option<Uuid>,
) -> Result<Option<Heard>, InboxError> {
    let inbound = InboundId::from(inbound);
    let Some(stored) = data.read(move |conn| db::inbox::find(conn, inbound)).await? else {
        return Ok(None);
    };
    let body = stored.body;
    let activity = Activity::parse(apub::json::parse(body.as_bytes())?)?;
    let speaker = activity.actor.to_string();
    let reply = reply.map(ReplyId::from);
    let found = data.read(move |conn| {
        let group = db::actors::find(conn, ActorId::from(collective))?;
        let group = group.filter(|group| group.local && group.deleted_at.is_none());
        let author = db::actors::find_by_ap_id(conn, &speaker)?;
        let author = author.filter(|author| !author.local && author.deleted_at.is_none());
        let (Some(group), Some(author)) = (group, author) else { return Ok(None) };
        let takes_back = matches!(activity.kind, ActivityKind::Delete | ActivityKind::Undo);
        if db::instances::is_suspended(conn, &author.host)?
            || (!takes_back && db::moderation::is_limited(conn, &author)?)
            || db::blocks::exists(conn, group.id, author.id)?
        {
            return Ok(None);
        }
        let message = match reply {
            Some(reply) => db::replies::find(conn, reply)?,
            None => None,
        };
        // An activity that somebody else made of it, such as an Announce, is theirs to pass on.
        if message.is_none() != reply.is_none()
            || message.as_ref().is_some_and(|message| message.author_id != author.id)
        {
            return Ok(None);
        }
        let (relay, above) = match &message {
            Some(message) => (
                db::relays::find(conn, message.id)?,
                message.parent_id.map(|id| db::relays::find(conn, id)).transpose()?.flatten(),
            ),
            None => (None, None),
        };
        Ok(Some(Heard {
            activity,
            body,
            dialect: db::instances::dialect(conn, &author.host)?,
            media: !db::domains::rejects_media(conn, &author.host)?,
            read_by_threadiverse: db::follows::has_follower_speaking(
                conn,
                group.id,
                Dialect::Threadiverse,
            )?,
            author,
            group,
            reply: message,
            relay,
            above,
        }))
    });
    Ok(found.await?)
}

/// Announced with the original's ids where everybody can read its author; else a guest says it again.
async fn to_threadiverse(
    data: &Federation,
    heard: &Heard,
    reply: &ReplyRow,
) -> Result<Vec<Letter>, InboxError> {
    let kind = &heard.activity.kind;
    if !heard.read_by_threadiverse {
        // Whoever comes later reads it from its address, or from that of a relay that is made then.
        return Ok(Vec::new());
    }
    let by_guest = heard.relay.as_ref().map(|relay| relay.dialect() == Dialect::Threadiverse);
    let natively = match by_guest {
        Some(by_guest) => !by_guest,
        None => guests::is_readable(data, &heard.author).await?,
    };
    if !natively && by_guest.is_none() && *kind == ActivityKind::Delete {
        return Ok(Vec::new());
    }
    if *kind != ActivityKind::Delete {
        relays::prepare(data, reply).await?;
    }
    if natively {
        return native(data, heard, reply).await;
    }
    if by_guest.is_none() && !taken_in(data, heard, reply).await? {
        return Ok(Vec::new());
    }
    again(data, reply.id, kind).await
}

/// Gives a message a guest who says it again; `false` means that nobody may.
pub(super) async fn taken_in(
    data: &Federation,
    heard: &Heard,
    reply: &ReplyRow,
) -> Result<bool, InboxError> {
    let kept = async {
        let guest = guests::guest_of(data, heard.author.id).await?;
        relays::keep(data, reply.id, guest).await
    };
    match kept.await {
        Err(InboxError::Op(OpError::Refused(_) | OpError::NotFound(_))) => Ok(false),
        kept => kept.map(|_| true),
    }
}

/// The original, in the shapes that Lemmy reads.
async fn native(
    data: &Federation,
    heard: &Heard,
    reply: &ReplyRow,
) -> Result<Vec<Letter>, InboxError> {
    let row = reply.clone();
    let answered =
        data.read(move |conn| relays::answered(conn, Dialect::Threadiverse, &row)).await?;
    let passing = copy::Passing {
        group: &heard.group.ap_id,
        author: &heard.author.ap_id,
        in_reply_to: answered.as_deref(),
        html: &reply.html,
        warning: reply.summary.as_deref(),
        media: heard.media,
    };
    let raw = &heard.activity.raw;
    let inner = if heard.activity.kind == ActivityKind::Delete {
        copy::deletion(raw, &passing)
    } else {
        copy::message(raw, &passing)
    };
    Ok(inner.map(|inner| announce(data, &heard.group, None, inner)).into_iter().collect())
}

/// Sent on as it came, or said again where it answers what only the threadiverse can read.
async fn to_microblogs(
    data: &Federation,
    heard: &Heard,
    reply: &ReplyRow,
) -> Result<Vec<Letter>, InboxError> {
    let is_new = heard.activity.kind == ActivityKind::Create;
    let by_group = heard.relay.as_ref().is_some_and(|it| it.dialect() == Dialect::Microblog);
    if by_group {
        return again(data, reply.id, &heard.activity.kind).await;
    }
    if heard.dialect == Dialect::Threadiverse && heard.above.is_some() {
        if !is_new {
            // It was never said there: there is nothing to change.
            return Ok(Vec::new());
        }
        relays::keep(data, reply.id, heard.group.id).await?;
        return again(data, reply.id, &ActivityKind::Create).await;
    }
    let raw = &heard.activity.raw;
    // A copy that was fetched can't be changed by us; its author's own signature can.
    let may_pass = is_new || is_signed_inside(raw);
    let unseen = !heard.media && copy::has_media(raw);
    if !may_pass || unseen || copy::has_blind_recipients(raw) {
        return Ok(Vec::new());
    }
    Ok(vec![as_it_came(data, heard)])
}

/// Byte for byte, signed by the Group on its way; its own server has it already.
pub(super) fn as_it_came(data: &Federation, heard: &Heard) -> Letter {
    let activity = db::activities::ActivityRow {
        id: data.queues().mint(),
        actor_id: heard.group.id,
        kind: heard.activity.kind.as_str().to_owned(),
        public: false,
        body: heard.body.clone(),
        created_at: data.now(),
        key_id: None,
        lane: lane(&heard.activity.raw),
    };
    Letter {
        dialect: Some(Dialect::Microblog),
        except: Some(heard.author.host.clone()),
        ..Letter::to_followers_of(heard.group.id, activity)
    }
}

/// A Linked Data signature, as Mastodon makes it.
pub(super) fn is_signed_inside(raw: &Value) -> bool {
    raw.get("signature").and_then(|it| it.get("signatureValue")).is_some_and(Value::is_string)
}

/// A relay, new, changed, or gone.
pub(super) async fn again(
    data: &Federation,
    reply: ReplyId,
    kind: &ActivityKind,
) -> Result<Vec<Letter>, InboxError> {
    let Some(facts) = data.read(move |conn| relays::facts(conn, reply)).await? else {
        return Ok(Vec::new());
    };
    if *kind == ActivityKind::Delete {
        return Ok(vec![taken_back(data, &facts)]);
    }
    let activity = data.queues().mint();
    let said = around(data, activity, kind.clone(), relays::note(&facts))?;
    if facts.relay.dialect() == Dialect::Threadiverse {
        let group = facts.collective.ap_id.clone();
        let inner = apub::outbound::ActivityDocument { audience: Some(group), ..said };
        return Ok(vec![announce(data, &facts.collective, None, json!(inner))]);
    }
    Ok(vec![by_group(&facts, row(data, activity, facts.collective.id, &said, true))])
}

/// The Group's own notes go to microblogs, and to whom they answer.
fn by_group(facts: &RelayFacts, activity: db::activities::ActivityRow) -> Letter {
    let to = facts.answered.iter().filter(|actor| actor.deleted_at.is_none()).map(inbox).collect();
    Letter {
        dialect: Some(Dialect::Microblog),
        to,
        ..Letter::to_followers_of(facts.collective.id, activity)
    }
}

fn taken_back(data: &Federation, facts: &RelayFacts) -> Letter {
    let RelayFacts { relay, speaker, collective, .. } = facts;
    if relay.dialect() == Dialect::Threadiverse {
        return announce(data, collective, None, json!(deletion(data, facts)));
    }
    let activity = data.queues().mint();
    let followers: Vec<String> = collective.followers.iter().cloned().collect();
    let said = delete(data, activity, speaker, &relay.ap_id, followers);
    by_group(facts, row(data, activity, collective.id, &said, true))
}

/// What a guest says again is gone.
pub(super) fn deletion(data: &Federation, facts: &RelayFacts) -> ActivityDocument {
    let RelayFacts { relay, speaker, collective, .. } = facts;
    let id = data.site().activity(data.queues().mint());
    let to = vec![collective.ap_id.clone(), apub::PUBLIC.to_owned()];
    ActivityDocument {
        context: None,
        cc: collective.followers.iter().cloned().collect(),
        audience: Some(collective.ap_id.clone()),
        ..document(id, ActivityKind::Delete, &speaker.ap_id, json!(relay.ap_id), to)
    }
}

/// A vote counts wherever the thread is read; one of somebody whom nobody there can read counts here alone.
async fn vote(data: &Federation, heard: &Heard) -> Result<Vec<Letter>, InboxError> {
    let object = match &heard.activity.kind {
        ActivityKind::Undo => {
            let undone = heard.activity.raw.get("object").and_then(|undone| undone.get("object"));
            let id = undone.and_then(|it| it.get("id")).or(undone);
            id.and_then(Value::as_str).map(str::to_owned)
        }
        _ => heard.activity.object.id().map(ToString::to_string),
    };
    let Some(object) = object.filter(|_| heard.read_by_threadiverse) else {
        return Ok(Vec::new());
    };
    if !guests::is_readable(data, &heard.author).await? {
        return Ok(Vec::new());
    }
    let object = data.read(move |conn| match db::replies::find_by_ap_id(conn, &object)? {
        Some(reply) => relays::address_for(conn, Dialect::Threadiverse, &reply),
        None => Ok(object),
    });
    let object = object.await?;
    let passing = copy::Passing {
        group: &heard.group.ap_id,
        author: &heard.author.ap_id,
        in_reply_to: None,
        html: "",
        warning: None,
        media: heard.media,
    };
    let inner = copy::vote(&heard.activity.raw, &passing, &object);
    Ok(inner.map(|inner| announce(data, &heard.group, None, inner)).into_iter().collect())
}

/// A message is no longer said again.
pub(super) async fn ended(data: &Federation, reply: Uuid) -> Result<Vec<Letter>, InboxError> {
    again(data, ReplyId::from(reply), &ActivityKind::Delete).await
}

/// `Create` or `Update` around a note: the same addressing, the note's context outside.
fn around(
    data: &Federation,
    activity: ActivityId,
    kind: ActivityKind,
    mut note: NoteDocument,
) -> Result<ActivityDocument, InboxError> {
    let context = note.context.take();
    let said = if kind == ActivityKind::Create { Some(note.published.clone()) } else { None };
    let object = serde_json::to_value(&note).map_err(|err| InboxError::Broken(err.to_string()))?;
    Ok(ActivityDocument {
        context,
        cc: note.cc,
        published: said.or_else(|| note.updated.clone()),
        ..document(data.site().activity(activity), kind, &note.attributed_to, object, note.to)
    })
}
