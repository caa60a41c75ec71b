//! What stewards do in the threads of their collective.

use db::{actors::ActorRow, listings::ListingRow, replies::ReplyRow};
use domain::{
    ActivityId, ActorId, CollectiveId, Invalid, ListingId, PersonId, Refusal, ReplyId,
    memberships::Standing, moderation::Act, notifications::Kind,
};

use crate::{
    Event, Op, OpError, Operation, Result, guests, jobs, memberships,
    notifications::{Notice, tell},
};

/// Takes a reply out of its thread, or puts it back. It stays where its author wrote it.
#[derive(Clone, Debug)]
pub struct HideReply {
    pub reply: ReplyId,
    pub hidden: bool,
    /// See [`domain::moderation::reason`].
    pub reason: String,
}

impl Operation for HideReply {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let (_, listing) = in_thread(op, self.reply)?;
        memberships::govern(op, listing.collective_id)?;
        hide(op, self.reply, self.hidden, &self.reason)
    }
}

/// The same, by somebody who may: a steward, or those who run the instance.
pub(crate) fn hide(op: &mut Op<'_, '_>, reply: ReplyId, hidden: bool, reason: &str) -> Result<()> {
    let (row, listing) = in_thread(op, reply)?;
    let collective = listing.collective_id;
    if row.deleted_at.is_some() {
        return Err(OpError::NotFound("reply"));
    }
    if row.hidden_at.is_some() == hidden {
        return Ok(());
    }
    db::moderation::hide_reply(op.tx, row.id, hidden.then_some(op.now))?;
    let act = if hidden { Act::HideReply } else { Act::ShowReply };
    // The log may be public: it leads to nothing that is not.
    let target = if row.visibility.is_public() { row.ap_id.as_str() } else { "" };
    op.audit(Some(collective), act.word(), target, reason)?;
    let notice = Notice::new(Kind::Moderation).at(&listing).about(row.id);
    let author = row.written_by.unwrap_or_else(|| row.author_id.person());
    tell(op, &[author], &notice.saying(&words(act, reason)))?;
    if !row.visibility.is_public() {
        return Ok(());
    }
    op.emit(&Event::ReplyHidden {
        collective: collective.uuid(),
        reply: row.id.uuid(),
        hidden,
        reason: reason.to_owned(),
    })?;
    jobs::touch(op, listing.id)
}

/// A reply and the listing of this server it stands under.
fn in_thread(op: &mut Op<'_, '_>, reply: ReplyId) -> Result<(ReplyRow, ListingRow)> {
    let missing = || OpError::NotFound("reply");
    let row = db::replies::find(op.tx, reply)?.ok_or_else(missing)?;
    let listing = row.listing_id.ok_or_else(missing)?;
    let listing = db::listings::find(op.tx, listing)?.ok_or_else(missing)?;
    Ok((row, listing))
}

/// Lets a listing take no more answers, or take them again.
#[derive(Clone, Debug)]
pub struct LockListing {
    pub listing: ListingId,
    pub locked: bool,
    /// See [`domain::moderation::reason`].
    pub reason: String,
}

impl Operation for LockListing {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let row = db::listings::lock(op.tx, self.listing)?
            .filter(ListingRow::is_public)
            .ok_or(OpError::NotFound("listing"))?;
        let steward = memberships::govern(op, row.collective_id)?;
        let changed = if self.locked {
            db::locks::insert(op.tx, row.id, Some(steward.actor()), op.now)?
        } else {
            db::locks::delete(op.tx, row.id)?
        };
        if !changed {
            return Ok(());
        }
        let act = if self.locked { Act::LockListing } else { Act::UnlockListing };
        op.audit(Some(row.collective_id), act.word(), &row.ap_id, &self.reason)?;
        let notice = Notice::new(Kind::Moderation).at(&row).saying(&words(act, &self.reason));
        let author: Vec<PersonId> = row.author_id.into_iter().collect();
        tell(op, &author, &notice)?;
        op.emit(&Event::ListingLocked { listing: row.id.uuid(), locked: self.locked })
    }
}

/// Refuses an answer in a thread that takes no more.
pub(crate) fn refuse_locked(op: &mut Op<'_, '_>, listing: ListingId) -> Result<()> {
    if db::locks::exists(op.tx, listing)? { Err(Refusal::Locked.into()) } else { Ok(()) }
}

/// Shuts somebody out of a collective: they no longer follow it, and their answers and likes are refused.
#[derive(Clone, Debug)]
pub struct BlockActor {
    pub collective: CollectiveId,
    pub actor: ActorId,
    /// See [`domain::moderation::reason`].
    pub reason: String,
}

impl Operation for BlockActor {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        memberships::govern(op, self.collective)?;
        let actor = somebody(op, self.actor)?;
        refuse_own(op, self.collective, &actor)?;
        let group = self.collective.actor();
        if db::blocks::exists(op.tx, group, actor.id)? {
            return Ok(());
        }
        let id: ActivityId = op.mint();
        let ap_id = op.site.act(id);
        db::blocks::insert(op.tx, group, actor.id, &ap_id, op.now)?;
        guests::dismiss_from(op, actor.id, self.collective)?;
        if let Some(follow) = db::follows::find(op.tx, actor.id, group)? {
            db::follows::delete(op.tx, follow.id)?;
            if !actor.local {
                op.emit(&Event::FollowRejected {
                    follower: actor.id.uuid(),
                    followed: group.uuid(),
                    ap_id: follow.ap_id,
                })?;
            }
        }
        told(op, self.collective, &actor, ap_id, true, self.reason)
    }
}

/// Lets somebody in again.
#[derive(Clone, Debug)]
pub struct UnblockActor {
    pub collective: CollectiveId,
    pub actor: ActorId,
    /// See [`domain::moderation::reason`].
    pub reason: String,
}

impl Operation for UnblockActor {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        memberships::govern(op, self.collective)?;
        let actor = somebody(op, self.actor)?;
        let group = self.collective.actor();
        let Some(ap_id) = db::blocks::find(op.tx, group, actor.id)? else { return Ok(()) };
        db::blocks::delete(op.tx, group, actor.id)?;
        told(op, self.collective, &actor, ap_id, false, self.reason)
    }
}

/// What was done and why, for whoever it was done to.
fn words(act: Act, reason: &str) -> String {
    if reason.is_empty() { act.word().to_owned() } else { format!("{}: {reason}", act.word()) }
}

fn told(
    op: &mut Op<'_, '_>,
    collective: CollectiveId,
    actor: &ActorRow,
    ap_id: String,
    blocked: bool,
    reason: String,
) -> Result<()> {
    let act = if blocked { Act::BlockActor } else { Act::UnblockActor };
    op.audit(Some(collective), act.word(), &actor.address(), &reason)?;
    let notice = Notice::new(Kind::Moderation).of(collective).saying(&words(act, &reason));
    tell(op, &[actor.id.person()], &notice)?;
    op.emit(&Event::ActorBlocked {
        collective: collective.uuid(),
        actor: actor.id.uuid(),
        ap_id,
        blocked,
        reason,
    })
}

fn somebody(op: &mut Op<'_, '_>, id: ActorId) -> Result<ActorRow> {
    let actor = db::actors::find(op.tx, id)?.filter(|actor| actor.deleted_at.is_none());
    actor.ok_or(OpError::NotFound("actor"))
}

/// A collective does not shut out itself, its voice, or whoever belongs to it.
fn refuse_own(op: &mut Op<'_, '_>, collective: CollectiveId, actor: &ActorRow) -> Result<()> {
    let row = crate::collectives::local(op, collective)?;
    if actor.id == row.id.actor() || actor.id == row.voice_id {
        return Err(Invalid::new("actor", "must not be the collective itself").into());
    }
    match db::memberships::standing(op.tx, collective, actor.id.person())? {
        Standing::Stranger => Ok(()),
        _ => Err(Invalid::new("actor", "belongs to this collective; remove them first").into()),
    }
}
