//! Operations on posts that stand under no listing: in communities of other servers, and of people who are
//! followed here.

use db::replies::ReplyRow;
use domain::{
    ActorId, CollectiveId, PersonId, Refusal, ReplyId, authority::own_word, replies::depth,
};

use crate::{
    Event, Op, OpError, Operation, Result, html, mentions, notifications, relays,
    replies::{RecordReply, refuse_shut_out, root_of, tombstone},
};

/// A person of this server answers a post, or an answer below one.
#[derive(Clone, Debug)]
pub struct AnswerPost {
    pub parent: ReplyId,
    /// 1 to 5,000 characters of plain text.
    pub text: String,
    pub language: Option<String>,
}

impl Operation for AnswerPost {
    type Done = ReplyId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<ReplyId> {
        let person = op.person()?;
        let parent = db::replies::find(op.tx, self.parent)?
            .filter(|row| row.listing_id.is_none() && row.visibility.is_public())
            .filter(|row| row.deleted_at.is_none() && row.hidden_at.is_none())
            .ok_or(OpError::NotFound("reply"))?;
        for owner in [Some(parent.author_id), parent.group_id].into_iter().flatten() {
            if db::blocks::exists(op.tx, owner, person.actor())? {
                return Err(Refusal::Blocked.into());
            }
        }
        let id = op.mint();
        let address = op.site.reply(id);
        let row = ReplyRow {
            id,
            ap_id: address.clone(),
            author_id: person.actor(),
            written_by: None,
            listing_id: None,
            parent_id: Some(parent.id),
            in_reply_to: Some(parent.ap_id.clone()),
            depth: depth(Some(parent.depth))?,
            visibility: parent.visibility,
            text: self.text,
            html: String::new(),
            language: self.language,
            url: Some(address),
            published_at: op.now,
            updated_at: None,
            deleted_at: None,
            hidden_at: None,
            group_id: parent.group_id,
            title: None,
            root_id: root_of(&parent),
            summary: None,
            sensitive: false,
        };
        db::replies::insert(op.tx, &row)?;
        op.emit(&Event::reply_posted(id))?;
        notifications::said(op, &row)?;
        Ok(id)
    }
}

/// What somebody elsewhere wrote, with what only posts have: a title, a community, and whom it calls.
#[derive(Clone, Debug)]
pub struct RecordPost {
    pub reply: RecordReply,
    pub title: Option<String>,
    /// The community elsewhere that it is said in.
    pub group: Option<ActorId>,
    /// Collectives of this server that it calls.
    pub called: Vec<CollectiveId>,
    /// People of this server that it calls.
    pub people: Vec<PersonId>,
    /// Whether its author has taken its deletion back.
    pub again: bool,
}

impl Operation for RecordPost {
    type Done = ReplyId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<ReplyId> {
        let restored = if self.again { self.restore(op)? } else { None };
        let known = db::replies::find_by_ap_id(op.tx, &self.reply.ap_id)?;
        let author = self.reply.author;
        let id = match restored {
            Some(restored) => restored,
            None => self.reply.perform(op)?,
        };
        let row = db::replies::find(op.tx, id)?.ok_or(OpError::NotFound("reply"))?;
        let is_news = known.as_ref().is_none_or(|known| known.updated_at != row.updated_at);
        let title = if is_news || self.again { self.title } else { row.title.clone() };
        // What answers a listing stands there, whoever passed it on.
        let group = row.group_id.or(self.group.filter(|_| row.listing_id.is_none()));
        if title != row.title || group != row.group_id {
            db::communities::place(op.tx, id, group, title.as_deref())?;
        }
        let too_many = mentions::queue(op, &row, &self.called)?;
        if known.is_none() {
            notifications::called_by(op, &row, &self.people)?;
        }
        let alone = row.listing_id.is_none() && row.parent_id.is_none() && group.is_none();
        if too_many && alone && known.is_none() && !db::follows::has_local_follower(op.tx, author)?
        {
            return Err(Refusal::NotForUs.into());
        }
        Ok(id)
    }
}

impl RecordPost {
    /// Puts back what was deleted, or takes away the mark of a deletion that came first.
    fn restore(&self, op: &mut Op<'_, '_>) -> Result<Option<ReplyId>> {
        let reply = &self.reply;
        own_word(reply.author, op.origin)?;
        match db::replies::find_by_ap_id(op.tx, &reply.ap_id)? {
            Some(known) if known.author_id != reply.author => Err(Refusal::NotTheirsToSay.into()),
            Some(known) if known.deleted_at.is_some() => {
                refuse_shut_out(op, &known)?;
                let html = html::clean(&reply.html);
                let updated_at = reply.updated_at.map(|at| at.min(op.now)).or(known.updated_at);
                db::communities::restore(op.tx, known.id, &html, updated_at)?;
                db::replies::warn(op.tx, known.id, reply.summary.as_deref(), reply.sensitive)?;
                op.emit(&Event::heard("reply_restored", known.id))?;
                relays::restored(op, &known)?;
                Ok(Some(known.id))
            }
            Some(_) => Ok(None),
            None => {
                db::inbox::forget(op.tx, &tombstone(reply.author, &reply.ap_id))?;
                Ok(None)
            }
        }
    }
}

/// A community elsewhere takes a post out of itself, or puts it back. It speaks of its own place alone.
#[derive(Clone, Debug)]
pub struct RecordRemoval {
    pub group: ActorId,
    pub ap_id: String,
    pub removed: bool,
}

impl Operation for RecordRemoval {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        own_word(self.group, op.origin)?;
        let row = db::replies::find_by_ap_id(op.tx, &self.ap_id)?
            .filter(|row| row.group_id == Some(self.group))
            .ok_or(Refusal::NotForUs)?;
        if row.hidden_at.is_some() == self.removed {
            return Ok(());
        }
        db::communities::hide(op.tx, row.id, self.removed.then_some(op.now))?;
        op.emit(&Event::heard(
            if self.removed { "reply_removed" } else { "reply_restored" },
            row.id,
        ))
    }
}
