//! Operations on posts of others that call a collective.

use db::{mentions::MentionRow, replies::ReplyRow};
use domain::{
    ActorId, CollectiveId, InboundId, Refusal, ReplyId, Way, mentions::MentionState,
    notifications::Kind, replies::ReactionKind,
};

use crate::{
    Event, Op, OpError, Operation, Result,
    door::host_of,
    memberships,
    notifications::{Notice, STEWARDS, tell_roles},
};

/// So many posts of one author wait in a queue at most; the rest is dropped.
pub const MOST_WAITING: i64 = 20;

/// Puts a public post of somebody elsewhere into the queues of those it calls. Returns whether one was too
/// full of that author.
///
/// What stands in a collective's own thread is in no need of a queue, and a conversation is one entry.
pub(crate) fn queue(op: &mut Op<'_, '_>, row: &ReplyRow, called: &[CollectiveId]) -> Result<bool> {
    let mut full = false;
    for collective in called {
        if !belongs(op, row, *collective)? {
            continue;
        }
        if MOST_WAITING <= db::mentions::count_waiting(op.tx, *collective, row.author_id)? {
            full = true;
            continue;
        }
        if db::mentions::insert(op.tx, *collective, row.id, inbound(op), op.now)? {
            op.emit(&Event::heard("mention", row.id))?;
            let notice = Notice::new(Kind::Mention).by(row.author_id).about(row.id);
            tell_roles(op, *collective, STEWARDS, &notice.of(*collective))?;
        }
    }
    Ok(full)
}

/// The message that says so, where it came in one.
fn inbound(op: &Op<'_, '_>) -> Option<InboundId> {
    match &op.origin.way {
        Way::Inbox { inbound, .. } => Some(*inbound),
        _ => None,
    }
}

/// Its author has changed a post: where it is passed on, that is too, and where it waits, it is kept for then.
pub(crate) fn change(op: &mut Op<'_, '_>, reply: ReplyId) -> Result<()> {
    let Some(inbound) = inbound(op) else { return Ok(()) };
    db::mentions::changed(op.tx, reply, inbound)?;
    for mention in db::mentions::boosts_of(op.tx, reply)? {
        let collective = mention.collective_id.uuid();
        op.emit(&Event::BoostChanged { collective, reply: reply.uuid() })?;
    }
    Ok(())
}

/// Is this a post for the queue of that collective?
fn belongs(op: &mut Op<'_, '_>, row: &ReplyRow, collective: CollectiveId) -> Result<bool> {
    let author = db::actors::find(op.tx, row.author_id)?;
    if !row.visibility.is_public()
        || row.deleted_at.is_some()
        || author.is_none_or(|author| author.local)
        || db::collectives::find(op.tx, collective)?.is_none()
        || db::mentions::find(op.tx, collective, row.id)?.is_some()
        || db::blocks::exists(op.tx, collective.actor(), row.author_id)?
    {
        return Ok(false);
    }
    if let Some(root) = row.root_id
        && db::mentions::find(op.tx, collective, root)?.is_some()
    {
        return Ok(false);
    }
    let Some(listing) = row.listing_id else { return Ok(true) };
    let listing = db::listings::find(op.tx, listing)?;
    Ok(listing.is_some_and(|listing| listing.collective_id != collective))
}

/// A steward passes a post on to those who follow the collective.
#[derive(Clone, Debug)]
pub struct BoostMention {
    pub collective: CollectiveId,
    pub reply: ReplyId,
}

impl Operation for BoostMention {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let mention = governed(op, self.collective, self.reply)?;
        if mention.state == MentionState::Boosted {
            return Ok(());
        }
        let row = db::replies::find(op.tx, self.reply)?
            .filter(|row| row.deleted_at.is_none() && row.hidden_at.is_none())
            .filter(|row| row.visibility.is_public())
            .ok_or(Refusal::Deleted)?;
        refuse_unwanted(op, self.collective, &row)?;
        let activity: domain::ActivityId = op.mint();
        let ap_id = op.site.activity(activity);
        let group = self.collective.actor();
        let boost = ReactionKind::Boost;
        db::reactions::insert(op.tx, group, boost, row.id.uuid(), &ap_id, op.now)?;
        let boosted = MentionState::Boosted;
        db::mentions::set_state(op.tx, self.collective, row.id, boosted, Some(&ap_id))?;
        op.audit(Some(self.collective), "boost_mention", &row.ap_id, "")?;
        op.emit(&Event::Boosted {
            collective: self.collective.uuid(),
            reply: row.id.uuid(),
            ap_id,
            undone: false,
            again: mention.announce_id.is_some(),
            inbound: None,
        })
    }
}

/// Nothing of whoever is shut out is passed on, whenever that happened.
fn refuse_unwanted(op: &mut Op<'_, '_>, collective: CollectiveId, row: &ReplyRow) -> Result<()> {
    let host = url::Url::parse(&row.ap_id).map(|url| host_of(&url)).unwrap_or_default();
    if db::blocks::exists(op.tx, collective.actor(), row.author_id)?
        || db::instances::is_suspended(op.tx, &host)?
    {
        return Err(Refusal::Blocked.into());
    }
    Ok(())
}

/// A steward takes a boost back; the post is as good as dismissed then.
#[derive(Clone, Debug)]
pub struct UnboostMention {
    pub collective: CollectiveId,
    pub reply: ReplyId,
}

impl Operation for UnboostMention {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let mention = governed(op, self.collective, self.reply)?;
        if mention.state != MentionState::Boosted {
            return Ok(());
        }
        op.audit(Some(self.collective), "unboost_mention", &self.reply.to_string(), "")?;
        take_back(op, &mention)
    }
}

/// A steward puts a post aside.
#[derive(Clone, Debug)]
pub struct DismissMention {
    pub collective: CollectiveId,
    pub reply: ReplyId,
}

impl Operation for DismissMention {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let mention = governed(op, self.collective, self.reply)?;
        if mention.state != MentionState::New {
            return Ok(());
        }
        let dismissed = MentionState::Dismissed;
        db::mentions::set_state(op.tx, self.collective, self.reply, dismissed, None)?;
        op.audit(Some(self.collective), "dismiss_mention", &self.reply.to_string(), "")
    }
}

fn governed(op: &mut Op<'_, '_>, collective: CollectiveId, reply: ReplyId) -> Result<MentionRow> {
    memberships::govern(op, collective)?;
    db::mentions::find(op.tx, collective, reply)?.ok_or(OpError::NotFound("mention"))
}

/// Its author has deleted a post: it is passed on no longer.
pub(crate) fn withdraw(op: &mut Op<'_, '_>, reply: ReplyId) -> Result<()> {
    for mention in db::mentions::boosts_of(op.tx, reply)? {
        take_back(op, &mention)?;
    }
    Ok(())
}

/// Somebody is gone: nothing of theirs is passed on any longer.
pub(crate) fn withdraw_all_of(op: &mut Op<'_, '_>, author: ActorId) -> Result<()> {
    for mention in db::mentions::boosts_of_author(op.tx, author)? {
        take_back(op, &mention)?;
    }
    Ok(())
}

/// The address of the boost is kept: what is passed on again was taken out of the threadiverse before.
fn take_back(op: &mut Op<'_, '_>, mention: &MentionRow) -> Result<()> {
    let (collective, reply) = (mention.collective_id, mention.reply_id);
    let ap_id = mention.announce_id.clone();
    db::mentions::set_state(op.tx, collective, reply, MentionState::Dismissed, ap_id.as_deref())?;
    db::reactions::delete(op.tx, collective.actor(), ReactionKind::Boost, reply.uuid())?;
    let Some(ap_id) = ap_id else { return Ok(()) };
    op.emit(&Event::Boosted {
        collective: collective.uuid(),
        reply: reply.uuid(),
        ap_id,
        undone: true,
        again: false,
        inbound: inbound(op).map(InboundId::uuid),
    })
}
