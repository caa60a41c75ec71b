//! What is sent of what moderators did.
//!
//! The threadiverse hears of everything, by the voice and announced by the Group. Microblogs know no moderators of
//! others' threads: they hear of blocks, and of reports.

use apub::{PUBLIC, inbound::ActivityKind, outbound::ActivityDocument};
use db::{actors::ActorRow, reports::ReportRow};
use domain::{ActorId, CollectiveId, Dialect, ListingId, ReplyId, ReportId};
use ops::queues::Letter;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{announce, delete, document, inbox, private, row};
use crate::{Federation, error::InboxError};

/// A collective of ours and who speaks for it.
struct Speaking {
    group: ActorRow,
    voice: ActorRow,
}

async fn speaking(data: &Federation, collective: Uuid) -> Result<Option<Speaking>, InboxError> {
    let id = CollectiveId::from(collective);
    let found = data.read(move |conn| {
        let group = db::actors::find(conn, id.actor())?.filter(|row| row.local);
        let voice = crate::listings::voice(conn, id)?;
        Ok(group.zip(voice))
    });
    Ok(found.await?.map(|(group, voice)| Speaking { group, voice }))
}

impl Speaking {
    /// What the voice orders in its community: an activity to be announced.
    fn order(
        &self,
        data: &Federation,
        kind: ActivityKind,
        object: Value,
        reason: Option<&str>,
    ) -> ActivityDocument {
        let id = data.site().activity(data.queues().mint());
        ActivityDocument {
            context: None,
            cc: vec![self.group.ap_id.clone()],
            audience: Some(self.group.ap_id.clone()),
            summary: reason.map(str::to_owned),
            ..document(id, kind, &self.voice.ap_id, object, vec![PUBLIC.to_owned()])
        }
    }

    /// The order itself, or that it is taken back: the whole of it, for Lemmy takes no less.
    fn done_or_undone(
        &self,
        data: &Federation,
        order: ActivityDocument,
        undone: bool,
    ) -> ActivityDocument {
        if undone { self.order(data, ActivityKind::Undo, json!(order), None) } else { order }
    }
}

/// A listing takes no more answers, or takes them again.
pub(super) async fn locked(
    data: &Federation,
    listing: Uuid,
    locked: bool,
) -> Result<Vec<Letter>, InboxError> {
    let id = ListingId::from(listing);
    let Some(listing) = data.read(move |conn| db::listings::find(conn, id)).await? else {
        return Ok(Vec::new());
    };
    let Some(it) = speaking(data, listing.collective_id.uuid()).await? else {
        return Ok(Vec::new());
    };
    let lock = it.order(data, ActivityKind::Lock, json!(listing.ap_id), None);
    let said = it.done_or_undone(data, lock, !locked);
    Ok(vec![announce(data, &it.group, None, json!(said))])
}

/// A reply left its thread, or came back.
///
/// Where it was said again by us, that copy goes: with the voice's order from the threadiverse, and as the Group's
/// own deletion from microblogs. A copy that was deleted there does not come back. Nobody else's original can be
/// taken from a microblog.
pub(super) async fn hidden(
    data: &Federation,
    collective: Uuid,
    reply: Uuid,
    hidden: bool,
    reason: &str,
) -> Result<Vec<Letter>, InboxError> {
    let id = ReplyId::from(reply);
    let found =
        data.read(move |conn| Ok((db::replies::find(conn, id)?, db::reports::relay_of(conn, id)?)));
    let (Some(reply), relay) = found.await? else { return Ok(Vec::new()) };
    let Some(it) = speaking(data, collective).await? else { return Ok(Vec::new()) };
    if !reply.visibility.is_public() {
        return Ok(Vec::new());
    }
    let copied = relay.as_ref().filter(|(_, by)| *by != it.group.id);
    let there = copied.map_or(&reply.ap_id, |(address, _)| address);
    // A summary, though it be empty, is what makes it a moderator's.
    let removal = it.order(data, ActivityKind::Delete, json!(there), Some(reason));
    let said = it.done_or_undone(data, removal, !hidden);
    let mut letters = vec![announce(data, &it.group, None, json!(said))];
    if let Some((address, _)) = relay.filter(|(_, by)| hidden && *by == it.group.id) {
        let activity = data.queues().mint();
        let cc = it.group.followers.iter().cloned().collect();
        let gone = delete(data, activity, &it.group, &address, cc);
        let row = row(data, activity, it.group.id, &gone, true);
        let dialect = Some(Dialect::Microblog);
        letters.push(Letter { dialect, ..Letter::to_followers_of(it.group.id, row) });
    }
    Ok(letters)
}

/// A post that was passed on is no longer in the collective's place, or is there again: the voice takes it out as
/// a moderator does.
pub(super) async fn taken_out(
    data: &Federation,
    collective: Uuid,
    post: &str,
    out: bool,
) -> Result<Option<Letter>, InboxError> {
    let Some(it) = speaking(data, collective).await? else { return Ok(None) };
    let removal = it.order(data, ActivityKind::Delete, json!(post), Some(""));
    let said = it.done_or_undone(data, removal, !out);
    Ok(Some(announce(data, &it.group, None, json!(said))))
}

/// Somebody was shut out of a collective, or let in again.
pub(super) async fn blocked(
    data: &Federation,
    collective: Uuid,
    actor: Uuid,
    ap_id: &str,
    blocked: bool,
    reason: &str,
) -> Result<Vec<Letter>, InboxError> {
    let Some(it) = speaking(data, collective).await? else { return Ok(Vec::new()) };
    let id = ActorId::from(actor);
    let found = data.read(move |conn| {
        let Some(actor) = db::actors::find(conn, id)? else { return Ok(None) };
        let dialect = db::instances::dialect(conn, &actor.host)?;
        Ok(Some((actor, dialect)))
    });
    let Some((actor, dialect)) = found.await? else { return Ok(Vec::new()) };
    let is_here = dialect == Dialect::Threadiverse && !actor.local;
    let mut letters = vec![banned(data, &it, &actor, ap_id, blocked, reason, is_here)];
    if !actor.local && dialect == Dialect::Microblog {
        letters.push(shut_out(data, &it.group, &actor, ap_id, blocked));
    }
    Ok(letters)
}

/// Somebody here blocks somebody of a microblog, who alone hears of it; the threadiverse knows no such thing.
pub(super) async fn kept_away(
    data: &Federation,
    person: Uuid,
    actor: Uuid,
    ap_id: &str,
    blocked: bool,
) -> Result<Vec<Letter>, InboxError> {
    let (person, actor) = (ActorId::from(person), ActorId::from(actor));
    let found = data.read(move |conn| {
        let person = db::actors::find(conn, person)?.filter(|row| row.local);
        let actor = db::actors::find(conn, actor)?.filter(|row| !row.local);
        let Some((person, actor)) = person.zip(actor) else { return Ok(None) };
        let dialect = db::instances::dialect(conn, &actor.host)?;
        Ok((dialect == Dialect::Microblog).then_some((person, actor)))
    });
    let Some((person, actor)) = found.await? else { return Ok(Vec::new()) };
    Ok(vec![shut_out(data, &person, &actor, ap_id, blocked)])
}

/// The voice bans somebody from its community. What they wrote stays: stewards hide what must go.
fn banned(
    data: &Federation,
    it: &Speaking,
    actor: &ActorRow,
    ap_id: &str,
    blocked: bool,
    reason: &str,
    is_here: bool,
) -> Letter {
    let block = ActivityDocument {
        // Stable, so that the end of it names the same.
        id: format!("{ap_id}/ban"),
        target: Some(it.group.ap_id.clone()),
        ..it.order(data, ActivityKind::Block, json!(actor.ap_id), Some(reason))
    };
    let mut block = json!(block);
    if let Some(map) = block.as_object_mut() {
        map.insert("removeData".to_owned(), json!(false));
    }
    let said = if blocked {
        block
    } else {
        json!(it.order(data, ActivityKind::Undo, block, Some(reason)))
    };
    let letter = announce(data, &it.group, None, said);
    // Their server may have no other follower left.
    let to = if is_here { vec![inbox(actor)] } else { Vec::new() };
    Letter { to, ..letter }
}

/// The Group blocks somebody, as an account of a microblog blocks another: to them alone.
fn shut_out(
    data: &Federation,
    group: &ActorRow,
    actor: &ActorRow,
    ap_id: &str,
    blocked: bool,
) -> Letter {
    let block = ActivityDocument {
        ..document(
            ap_id.to_owned(),
            ActivityKind::Block,
            &group.ap_id,
            json!(actor.ap_id),
            vec![actor.ap_id.clone()],
        )
    };
    let activity = data.queues().mint();
    let said = if blocked {
        block
    } else {
        let id = data.site().activity(activity);
        let block = ActivityDocument { context: None, ..block };
        document(id, ActivityKind::Undo, &group.ap_id, json!(block), vec![actor.ap_id.clone()])
    };
    private(data, activity, group.id, &said, actor)
}

/// Something is reported to the moderators of its author's server: by the instance, so that nobody there learns who
/// reports. The threadiverse hears no instance; there the voice of the collective whose stewards report speaks.
pub(super) async fn reported(data: &Federation, report: Uuid) -> Result<Vec<Letter>, InboxError> {
    let id = ReportId::from(report);
    let Some(report) = data.read(move |conn| db::reports::find(conn, id)).await? else {
        return Ok(Vec::new());
    };
    let about = report.clone();
    let found = data.read(move |conn| {
        let Some(actor) = db::actors::find(conn, about.actor_id)? else { return Ok(None) };
        let dialect = db::instances::dialect(conn, &actor.host)?;
        let said = match (about.reply_id, about.listing_id) {
            (Some(reply), _) => db::replies::find(conn, reply)?.map(|row| row.ap_id),
            (None, Some(listing)) => db::listings::find(conn, listing)?.map(|row| row.ap_id),
            (None, None) => None,
        };
        Ok(Some((actor, dialect, said)))
    });
    let Some((actor, dialect, said)) = found.await? else { return Ok(Vec::new()) };
    if actor.local || !report.forwarded {
        return Ok(Vec::new());
    }
    let letter = match dialect {
        Dialect::Microblog => Some(by_instance(data, &report, &actor, said).await?),
        Dialect::Threadiverse => by_voice(data, &report, &actor, said).await?,
    };
    Ok(letter.into_iter().collect())
}

/// As Mastodon and GoToSocial send and read it: who, and what they said.
async fn by_instance(
    data: &Federation,
    report: &ReportRow,
    actor: &ActorRow,
    said: Option<String>,
) -> Result<Letter, InboxError> {
    let base = data.site().base().to_string();
    let ours = data.read(move |conn| db::actors::find_by_ap_id(conn, &base)).await?;
    let ours = ours.ok_or(db::DbError::NotFound("instance actor"))?;
    let objects: Vec<String> = std::iter::once(actor.ap_id.clone()).chain(said).collect();
    let activity = data.queues().mint();
    let flag = ActivityDocument {
        content: Some(report.text.clone()),
        ..document(
            data.site().activity(activity),
            ActivityKind::Flag,
            &ours.ap_id,
            json!(objects),
            vec![actor.ap_id.clone()],
        )
    };
    Ok(private(data, activity, ours.id, &flag, actor))
}

/// As Lemmy reads it: to the one Group, about one post.
async fn by_voice(
    data: &Federation,
    report: &ReportRow,
    actor: &ActorRow,
    said: Option<String>,
) -> Result<Option<Letter>, InboxError> {
    let (Some(collective), Some(said)) = (report.collective_id, said) else { return Ok(None) };
    let Some(it) = speaking(data, collective.uuid()).await? else { return Ok(None) };
    let activity = data.queues().mint();
    let flag = ActivityDocument {
        summary: Some(report.text.clone()),
        audience: Some(it.group.ap_id.clone()),
        ..document(
            data.site().activity(activity),
            ActivityKind::Flag,
            &it.voice.ap_id,
            json!(said),
            vec![it.group.ap_id.clone()],
        )
    };
    let row = row(data, activity, it.voice.id, &flag, false);
    Ok(Some(Letter::to(vec![inbox(actor)], row)))
}
