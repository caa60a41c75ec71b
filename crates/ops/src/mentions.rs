//! Operations on posts of others that call a collective.

use std::collections::BTreeSet;

use db::{actors::ActorRow, mentions::MentionRow, replies::ReplyRow};
use domain::{
    ActorId, CollectiveId, InboundId, Refusal, ReplyId, Time, Way,
    domains::{Domain, Rule, Severity},
    mentions::{Acquaintance, Arrival, MentionState, arrival, counted_since},
    notifications::Kind,
    replies::ReactionKind,
};

use crate::{
    Event, Op, OpError, Operation, Result, accounts, domains,
    door::host_of,
    incoming, memberships,
    notifications::{Notice, STEWARDS, tell_roles},
    proposals,
};

/// So many posts of one author wait in a queue at most; the rest is dropped.
pub const MOST_WAITING: i64 = 20;

/// Puts a public post of somebody elsewhere into the queues of those it calls. Returns whether one was too
/// full of that author.
///
/// What stands in a collective's own thread is in no need of a queue, and a conversation is one entry. Nobody is
/// called to look at what a limited server says, or at what is kept apart.
pub(crate) fn queue(op: &mut Op<'_, '_>, row: &ReplyRow, called: &[CollectiveId]) -> Result<bool> {
    let mut full = false;
    let author = db::actors::find(op.tx, row.author_id)?;
    let Some(author) = author.filter(|author| !author.local) else { return Ok(false) };
    let limited = db::moderation::is_limited(op.tx, &author)?;
    let acquaintance = if called.is_empty() { None } else { Some(known(op, row, &author)?) };
    for collective in called {
        if !belongs(op, row, *collective)? {
            continue;
        }
        if MOST_WAITING <= db::mentions::count_waiting(op.tx, *collective, row.author_id)? {
            full = true;
            continue;
        }
        let before = db::mentions::count_first(op.tx, *collective, counted_since(op.now))?;
        let how = acquaintance.map_or(Arrival::Known, |who| arrival(who, before, op.now));
        let inbound = inbound(op);
        let is_new = db::mentions::insert(op.tx, *collective, row.id, inbound, how, op.now)?;
        if is_new && !limited && how != Arrival::Held {
            op.emit(&Event::heard("mention", row.id))?;
            let notice = Notice::new(Kind::Mention).by(row.author_id).about(row.id);
            tell_roles(op, *collective, STEWARDS, &notice.of(*collective))?;
            incoming::put(op, *collective, incoming::Kind::Mention, row.id.uuid())?;
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

/// What is known of the server that a post comes from.
fn known(op: &mut Op<'_, '_>, row: &ReplyRow, author: &ActorRow) -> Result<Acquaintance> {
    let parent =
        row.parent_id.map(|parent| db::replies::find(op.tx, parent)).transpose()?.flatten();
    let answered =
        parent.map(|parent| db::actors::find(op.tx, parent.author_id)).transpose()?.flatten();
    let rule = db::domains::rule_of(op.tx, &author.host)?;
    Ok(Acquaintance {
        met_at: db::instances::met_at(op.tx, &author.host)?,
        followed: db::follows::has_local_follower_at(op.tx, &author.host)?,
        allowed: rule.is_some_and(|row| row.severity == Severity::Allow),
        answers_us: answered.is_some_and(|actor| actor.local),
    })
}

/// Is this a post for the queue of that collective?
fn belongs(op: &mut Op<'_, '_>, row: &ReplyRow, collective: CollectiveId) -> Result<bool> {
    if !row.visibility.is_public()
        || row.deleted_at.is_some()
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
        incoming::settle(op, Some(self.collective), incoming::Kind::Mention, row.id.uuid())?;
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
        if !matches!(mention.state, MentionState::New | MentionState::Held) {
            return Ok(());
        }
        let dismissed = MentionState::Dismissed;
        db::mentions::set_state(op.tx, self.collective, self.reply, dismissed, None)?;
        incoming::settle(op, Some(self.collective), incoming::Kind::Mention, self.reply.uuid())?;
        op.audit(Some(self.collective), "dismiss_mention", &self.reply.to_string(), "")
    }
}

/// A steward lets everything that is kept apart into the queue, or puts it aside, in one piece.
#[derive(Clone, Debug)]
pub struct SettleHeld {
    pub collective: CollectiveId,
    /// What came later was not seen by whoever decides, and stays.
    pub until: Time,
    pub accepted: bool,
}

impl Operation for SettleHeld {
    /// How many posts those were.
    type Done = usize;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<usize> {
        memberships::govern(op, self.collective)?;
        let (state, action) = if self.accepted {
            (MentionState::New, "accept_held_mentions")
        } else {
            (MentionState::Dismissed, "dismiss_held_mentions")
        };
        let held = db::mentions::held_until(op.tx, self.collective, self.until)?;
        let settled = db::mentions::settle_held(op.tx, self.collective, self.until, state)?;
        if self.accepted {
            for reply in held {
                incoming::put(op, self.collective, incoming::Kind::Mention, reply.uuid())?;
            }
        }
        if 0 < settled {
            op.audit(Some(self.collective), action, &settled.to_string(), "")?;
        }
        Ok(settled)
    }
}

/// An admin suspends the servers whose posts are kept apart from a queue. Where a server has a rule already, that
/// one stays; where its name cannot bear a rule, it is left out.
#[derive(Clone, Debug)]
pub struct SuspendHeld {
    pub collective: CollectiveId,
    /// See [`SettleHeld::until`].
    pub until: Time,
}

impl Operation for SuspendHeld {
    /// How many domains are suspended because of it.
    type Done = usize;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<usize> {
        accounts::administer(op)?;
        proposals::demand_second(op)?;
        let hosts = db::mentions::held_hosts(op.tx, self.collective, self.until)?;
        let mut named = BTreeSet::new();
        for host in hosts {
            if let Ok(domain) = Domain::parse(&host)
                && db::domains::find(op.tx, &domain)?.is_none()
            {
                named.insert(domain);
            }
        }
        let comment = "a flood of mentions from new servers";
        let rule = Rule::of(Severity::Suspend).commented("", comment)?;
        domains::suspend_all(op, named, &rule)
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
