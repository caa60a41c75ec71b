//! Operations on following and being followed.

use db::{actors::ActorRow, follows::FollowRow};
use domain::{
    ActorId, FollowId, Refusal, Speaker,
    authority::own_word,
    collectives::FollowPolicy,
    follows::{FollowState, receive},
    notifications::Kind,
    people::ActorKind,
};

use crate::{
    Event, Op, OpError, Operation, Result, incoming, memberships,
    notifications::{Notice, STEWARDS, tell_roles},
};

/// A person of this server asks to follow a collective or a person, here or elsewhere.
#[derive(Clone, Debug)]
pub struct AskFollow {
    pub followed: ActorId,
}

impl Operation for AskFollow {
    type Done = FollowId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<FollowId> {
        let follower = op.person()?.actor();
        if follower == self.followed {
            return Err(Refusal::FollowsItself.into());
        }
        let followed = db::actors::find(op.tx, self.followed)?
            .filter(|actor| actor.deleted_at.is_none())
            .ok_or(OpError::NotFound("actor"))?;
        if let Some(known) = db::follows::find(op.tx, follower, followed.id)?
            && known.state == FollowState::Accepted
        {
            return Ok(known.id);
        }
        let state =
            if followed.local { admit(op, &followed, follower)? } else { FollowState::Pending };
        let id: FollowId = op.mint();
        let ap_id = op.site.act(id);
        let row = write(op, id, ap_id, follower, followed.id, state)?;
        if !followed.local {
            op.emit(&Event::follow_asked(row.id))?;
        }
        Ok(row.id)
    }
}

/// Somebody elsewhere asks to follow somebody here.
#[derive(Clone, Debug)]
pub struct RecordFollow {
    pub ap_id: String,
    pub follower: ActorId,
    pub followed: ActorId,
}

impl Operation for RecordFollow {
    /// Nothing where nobody may follow that: whoever asked is told.
    type Done = Option<FollowState>;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<Option<FollowState>> {
        own_word(self.follower, op.origin)?;
        let followed = db::actors::find(op.tx, self.followed)?
            .filter(|actor| actor.local && actor.deleted_at.is_none())
            .ok_or(OpError::NotFound("actor"))?;
        let state = match admit(op, &followed, self.follower) {
            Err(OpError::Refused(Refusal::NotAllowed)) => {
                op.emit(&Event::FollowRejected {
                    follower: self.follower.uuid(),
                    followed: followed.id.uuid(),
                    ap_id: self.ap_id,
                })?;
                return Ok(None);
            }
            state => state?,
        };
        let id = op.mint();
        let row = write(op, id, self.ap_id, self.follower, followed.id, state)?;
        // A server that lost our answer asks again: it is told again.
        if row.state == FollowState::Accepted {
            op.emit(&Event::follow_accepted(row.id))?;
        }
        Ok(Some(row.state))
    }
}

/// What the followed side's rules say. Voices and instances are not followed: their collectives are; nor are
/// guests, who say nothing of their own.
fn admit(op: &mut Op<'_, '_>, followed: &ActorRow, follower: ActorId) -> Result<FollowState> {
    if db::blocks::exists(op.tx, followed.id, follower)? {
        return Err(Refusal::Blocked.into());
    }
    match followed.kind {
        ActorKind::Person if followed.is_guest() => Err(Refusal::NotAllowed.into()),
        ActorKind::Person => Ok(receive(FollowPolicy::Open)),
        ActorKind::Group => {
            let collective = db::collectives::find(op.tx, followed.id.collective())?
                .ok_or(OpError::NotFound("collective"))?;
            Ok(receive(collective.follow_policy))
        }
        _ => Err(Refusal::NotAllowed.into()),
    }
}

fn write(
    op: &mut Op<'_, '_>,
    id: FollowId,
    ap_id: String,
    follower: ActorId,
    followed: ActorId,
    state: FollowState,
) -> Result<FollowRow> {
    let row = FollowRow {
        id,
        ap_id,
        follower_id: follower,
        followed_id: followed,
        state,
        created_at: op.now,
    };
    let known = db::follows::find(op.tx, follower, followed)?.is_some();
    let kept = db::follows::upsert(op.tx, &row)?;
    if state == FollowState::Pending && !known {
        // Nobody belongs to what lives elsewhere: nobody is told of that.
        let notice = Notice::new(Kind::FollowRequest).by(follower).of(followed.collective());
        tell_roles(op, followed.collective(), STEWARDS, &notice)?;
        incoming::put(op, followed.collective(), incoming::Kind::FollowRequest, kept.id.uuid())?;
    }
    if state == FollowState::Accepted && kept.state == FollowState::Pending {
        db::follows::accept(op.tx, kept.id, op.now)?;
        settled(op, &kept)?;
        return Ok(FollowRow { state, ..kept });
    }
    Ok(kept)
}

/// A request waits for no steward any more.
fn settled(op: &mut Op<'_, '_>, row: &FollowRow) -> Result<()> {
    let collective = Some(row.followed_id.collective());
    incoming::settle(op, collective, incoming::Kind::FollowRequest, row.id.uuid())
}

/// A steward answers a request to follow the collective.
#[derive(Clone, Debug)]
pub struct AnswerFollow {
    pub follow: FollowId,
    pub accept: bool,
}

impl Operation for AnswerFollow {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let row = db::follows::find_by_id(op.tx, self.follow)?.ok_or(Refusal::NoRequest)?;
        memberships::govern(op, row.followed_id.collective())?;
        let follower = db::actors::find(op.tx, row.follower_id)?;
        let elsewhere = follower.is_some_and(|actor| !actor.local);
        let said = if self.accept { "accept_follower" } else { "remove_follower" };
        op.audit(Some(row.followed_id.collective()), said, &row.follower_id.to_string(), "")?;
        settled(op, &row)?;
        if self.accept {
            db::follows::accept(op.tx, row.id, op.now)?;
            if elsewhere {
                op.emit(&Event::follow_accepted(row.id))?;
            }
            return Ok(());
        }
        db::follows::delete(op.tx, row.id)?;
        if elsewhere {
            op.emit(&Event::FollowRejected {
                follower: row.follower_id.uuid(),
                followed: row.followed_id.uuid(),
                ap_id: row.ap_id,
            })?;
        }
        Ok(())
    }
}

/// Somebody elsewhere accepts or rejects a request of somebody here.
///
/// Matched by who asked whom: some servers answer without the request's id.
#[derive(Clone, Debug)]
pub struct RecordAnswer {
    pub follower: ActorId,
    pub followed: ActorId,
    pub accept: bool,
}

impl Operation for RecordAnswer {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        own_word(self.followed, op.origin)?;
        let row =
            db::follows::find(op.tx, self.follower, self.followed)?.ok_or(Refusal::NoRequest)?;
        if self.accept {
            db::follows::accept(op.tx, row.id, op.now)?;
        } else {
            db::follows::delete(op.tx, row.id)?;
        }
        op.emit(&Event::heard(
            if self.accept { "follow_accepted" } else { "follow_rejected" },
            row.id,
        ))
    }
}

/// A person of this server no longer follows somebody.
#[derive(Clone, Debug)]
pub struct Unfollow {
    pub followed: ActorId,
}

impl Operation for Unfollow {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let follower = op.person()?.actor();
        let Some(row) = db::follows::find(op.tx, follower, self.followed)? else { return Ok(()) };
        db::follows::delete(op.tx, row.id)?;
        settled(op, &row)?;
        let followed = db::actors::find(op.tx, self.followed)?;
        if followed.is_some_and(|actor| !actor.local) {
            op.emit(&Event::Unfollowed {
                follower: follower.uuid(),
                followed: self.followed.uuid(),
                ap_id: row.ap_id,
            })?;
        }
        Ok(())
    }
}

/// Somebody elsewhere no longer follows somebody here.
#[derive(Clone, Debug)]
pub struct RecordUnfollow {
    pub follower: ActorId,
    pub followed: ActorId,
}

impl Operation for RecordUnfollow {
    type Done = ();

    const TAKES_BACK: bool = true;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        own_word(self.follower, op.origin)?;
        if let Some(row) = db::follows::find(op.tx, self.follower, self.followed)? {
            db::follows::delete(op.tx, row.id)?;
            settled(op, &row)?;
        }
        Ok(())
    }
}

/// Somebody elsewhere blocks somebody here: neither follows the other any more.
#[derive(Clone, Debug)]
pub struct RecordBlock {
    pub ap_id: String,
    pub blocker: ActorId,
    pub blocked: ActorId,
}

impl Operation for RecordBlock {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        own_word(self.blocker, op.origin)?;
        db::blocks::insert(op.tx, self.blocker, self.blocked, &self.ap_id, op.now)?;
        for (follower, followed) in [(self.blocker, self.blocked), (self.blocked, self.blocker)] {
            if let Some(row) = db::follows::find(op.tx, follower, followed)? {
                db::follows::delete(op.tx, row.id)?;
                settled(op, &row)?;
            }
        }
        Ok(())
    }
}

/// Somebody elsewhere takes a block back.
#[derive(Clone, Debug)]
pub struct RecordUnblock {
    pub blocker: ActorId,
    pub blocked: ActorId,
}

impl Operation for RecordUnblock {
    type Done = ();

    const TAKES_BACK: bool = true;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        own_word(self.blocker, op.origin)?;
        Ok(db::blocks::delete(op.tx, self.blocker, self.blocked)?)
    }
}

/// Somebody of another server is not found there any more: they follow nobody here from now on. What they said
/// stays, for they may come back.
#[derive(Clone, Debug)]
pub struct RecordFollowerLost {
    pub follower: ActorId,
}

impl Operation for RecordFollowerLost {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let Some(follower) = db::actors::find(op.tx, self.follower)? else { return Ok(()) };
        if follower.local || op.origin.speaker != Speaker::Server {
            return Err(Refusal::NotTheirsToSay.into());
        }
        db::follows::delete_all_by(op.tx, follower.id)?;
        op.emit(&Event::heard("follower_lost", follower.id))
    }
}
