//! Operations on votes that a community counts.

use db::{actors::ActorRow, replies::ReplyRow};
use domain::{ActorId, Refusal, authority::own_word, replies::ReactionKind};
use url::Url;

use crate::{Event, Op, Operation, Result, door::host_of};

/// A community elsewhere says how somebody voted in it, or that they took it back.
///
/// It is believed of its own posts, as Lemmy believes it: it could as well show any number it likes. A voter
/// whom nobody here has met is counted by their address alone.
#[derive(Clone, Debug)]
pub struct RecordVote {
    pub group: ActorId,
    pub voter: Url,
    /// The id of the vote.
    pub ap_id: String,
    /// A like or a dislike.
    pub kind: ReactionKind,
    /// The address of a post of that community.
    pub object: String,
    pub undone: bool,
}

impl Operation for RecordVote {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        own_word(self.group, op.origin)?;
        let row = db::replies::find_by_ap_id(op.tx, &self.object)?
            .filter(|row| row.group_id == Some(self.group) && row.listing_id.is_none())
            .filter(|row| row.deleted_at.is_none())
            .ok_or(Refusal::NotForUs)?;
        if db::instances::is_suspended(op.tx, &host_of(&self.voter))? {
            return Err(Refusal::Blocked.into());
        }
        match db::actors::find_by_ap_id(op.tx, self.voter.as_str())? {
            Some(voter) => self.by_known(op, &row, &voter)?,
            None if self.undone => {
                db::tallies::forget(op.tx, row.id, self.voter.as_str())?;
            }
            None => {
                db::tallies::count(op.tx, row.id, self.voter.as_str(), self.kind, op.now)?;
            }
        }
        op.emit(&Event::heard(self.kind.word(), row.id))
    }
}

impl RecordVote {
    /// Whoever is known here has one vote, whichever way it came.
    fn by_known(&self, op: &mut Op<'_, '_>, row: &ReplyRow, voter: &ActorRow) -> Result<()> {
        if voter.local {
            return Err(Refusal::NotTheirsToSay.into());
        }
        if voter.deleted_at.is_some() {
            return Err(Refusal::Deleted.into());
        }
        if voter.suspended_at.is_some() || db::blocks::exists(op.tx, row.author_id, voter.id)? {
            return Err(Refusal::Blocked.into());
        }
        let object = row.id.uuid();
        db::tallies::forget(op.tx, row.id, &voter.ap_id)?;
        // Lemmy 0.19 takes a vote against back as if it had been one for.
        for kind in [ReactionKind::Like, ReactionKind::Dislike] {
            if self.undone || kind != self.kind {
                db::reactions::delete(op.tx, voter.id, kind, object)?;
            }
        }
        if !self.undone {
            db::reactions::insert(op.tx, voter.id, self.kind, object, &self.ap_id, op.now)?;
        }
        Ok(())
    }
}
