//! Operations on answers and posts.

use db::{listings::ListingRow, replies::ReplyRow};
use domain::{
    ActorId, ListingId, PersonId, Refusal, ReplyId, Time,
    authority::own_word,
    replies::{As, Visibility, depth},
};

use crate::{
    Event, Op, OpError, Operation, Result, actors::refuse_foreign, collectives, html, jobs,
    mentions, moderation, notifications, relays, secrets,
};

/// A person of this server answers under a listing, as themselves or as its collective's voice.
#[derive(Clone, Debug)]
pub struct PostReply {
    pub listing: ListingId,
    /// The answer that is answered; the listing itself where there is none.
    pub parent: Option<ReplyId>,
    pub speak: As,
    /// 1 to 5,000 characters of plain text.
    pub text: String,
    pub language: Option<String>,
}

impl Operation for PostReply {
    type Done = ReplyId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<ReplyId> {
        let person = op.person()?;
        let listing = db::listings::find(op.tx, self.listing)?
            .filter(ListingRow::is_public)
            .ok_or(OpError::NotFound("listing"))?;
        moderation::refuse_locked(op, listing.id)?;
        let author = author(op, &listing, person, self.speak)?;
        let parent = self.parent(op, &listing)?;
        let id = op.mint();
        let address = op.site.reply(id);
        let row = ReplyRow {
            id,
            ap_id: address.clone(),
            author_id: author,
            written_by: (self.speak == As::Voice).then_some(person),
            listing_id: Some(listing.id),
            parent_id: parent.as_ref().map(|parent| parent.id),
            in_reply_to: Some(parent.as_ref().map_or(listing.ap_id, |parent| parent.ap_id.clone())),
            depth: depth(parent.as_ref().map(|parent| parent.depth))?,
            visibility: parent.map_or(Visibility::Public, |parent| parent.visibility),
            text: self.text,
            html: String::new(),
            language: self.language,
            url: Some(address),
            published_at: op.now,
            updated_at: None,
            deleted_at: None,
            hidden_at: None,
            group_id: None,
            title: None,
            root_id: None,
            summary: None,
            sensitive: false,
        };
        db::replies::insert(op.tx, &row)?;
        op.emit(&Event::reply_posted(id))?;
        notifications::said(op, &row)?;
        touch(op, &row)?;
        Ok(id)
    }
}

impl PostReply {
    fn parent(&self, op: &mut Op<'_, '_>, listing: &ListingRow) -> Result<Option<ReplyRow>> {
        let Some(parent) = self.parent else { return Ok(None) };
        let parent = db::replies::find(op.tx, parent)?
            .filter(|row| row.listing_id == Some(listing.id) && row.deleted_at.is_none())
            .ok_or(OpError::NotFound("reply"))?;
        let person = op.person()?;
        if db::blocks::exists(op.tx, parent.author_id, person.actor())? {
            return Err(Refusal::Blocked.into());
        }
        if !parent.visibility.is_public() {
            db::memberships::standing(op.tx, listing.collective_id, person)?.speaks()?;
        }
        Ok(Some(parent))
    }
}

/// Whose name stands above the answer.
fn author(
    op: &mut Op<'_, '_>,
    listing: &ListingRow,
    person: PersonId,
    speak: As,
) -> Result<ActorId> {
    let collective = listing.collective_id.actor();
    if db::blocks::exists(op.tx, collective, person.actor())? {
        return Err(Refusal::Blocked.into());
    }
    if speak == As::Themselves {
        return Ok(person.actor());
    }
    let row = collectives::local(op, listing.collective_id)?;
    db::memberships::standing(op.tx, row.id, person)?.speaks()?;
    Ok(collective)
}

/// Changes the words of an answer written here.
#[derive(Clone, Debug)]
pub struct EditReply {
    pub reply: ReplyId,
    pub text: String,
}

impl Operation for EditReply {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let row = mine(op, self.reply)?;
        refuse_shut_out(op, &row)?;
        db::replies::update(op.tx, row.id, &self.text, "", op.now)?;
        op.emit(&Event::reply_edited(row.id))
    }
}

/// Whoever is shut out of a collective says nothing new in its threads, by other words for old answers neither.
pub(crate) fn refuse_shut_out(op: &mut Op<'_, '_>, row: &ReplyRow) -> Result<()> {
    let Some(listing) = row.listing_id else { return Ok(()) };
    let Some(listing) = db::listings::find(op.tx, listing)? else { return Ok(()) };
    if db::blocks::exists(op.tx, listing.collective_id.actor(), row.author_id)? {
        return Err(Refusal::Blocked.into());
    }
    Ok(())
}

/// Takes back an answer written here.
#[derive(Clone, Debug)]
pub struct DeleteReply {
    pub reply: ReplyId,
}

impl Operation for DeleteReply {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let row = mine(op, self.reply)?;
        db::replies::bury(op.tx, row.id, op.now)?;
        op.emit(&Event::reply_deleted(row.id))?;
        touch(op, &row)
    }
}

/// The thread has one answer more, or one less; those who read it elsewhere are told soon.
fn touch(op: &mut Op<'_, '_>, reply: &ReplyRow) -> Result<()> {
    match reply.listing_id.filter(|_| reply.visibility.is_public()) {
        Some(listing) => jobs::touch(op, listing),
        None => Ok(()),
    }
}

/// An answer the speaker may change: their own, or one of the voice they may speak with.
fn mine(op: &mut Op<'_, '_>, id: ReplyId) -> Result<ReplyRow> {
    let person = op.person()?;
    let row = db::replies::find(op.tx, id)?
        .filter(|row| row.deleted_at.is_none())
        .ok_or(OpError::NotFound("reply"))?;
    if row.author_id == person.actor() {
        return Ok(row);
    }
    if row.written_by.is_none() {
        return Err(Refusal::NotTheirsToSay.into());
    }
    db::memberships::standing(op.tx, row.author_id.collective(), person)?.speaks()?;
    Ok(row)
}

/// What somebody elsewhere wrote: an answer in a thread of ours, or a post of somebody followed here.
///
/// Said again by its author, it replaces what was known.
#[derive(Clone, Debug)]
pub struct RecordReply {
    pub ap_id: String,
    pub author: ActorId,
    pub in_reply_to: Option<String>,
    pub visibility: Visibility,
    /// HTML as received.
    pub html: String,
    /// What its author warns of, as plain text.
    pub summary: Option<String>,
    /// Whether its author wants it folded.
    pub sensitive: bool,
    pub language: Option<String>,
    pub url: Option<String>,
    pub published_at: Option<Time>,
    pub updated_at: Option<Time>,
    /// Whether it names somebody of this server.
    pub mentions_us: bool,
}

impl Operation for RecordReply {
    type Done = ReplyId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<ReplyId> {
        own_word(self.author, op.origin)?;
        refuse_foreign(op, self.author, &self.ap_id)?;
        refuse_tombstone(op, self.author, &self.ap_id)?;
        if let Some(known) = db::replies::find_by_ap_id(op.tx, &self.ap_id)? {
            return self.replace(op, &known);
        }
        let place = self.place(op)?;
        let row = self.row(op, place);
        db::replies::insert(op.tx, &row)?;
        op.emit(&Event::heard("reply", row.id))?;
        notifications::said(op, &row)?;
        relays::heard(op, &row)?;
        Ok(row.id)
    }
}

/// The post with which the thread of an answer to `parent` begins, where that is no listing.
pub(crate) fn root_of(parent: &ReplyRow) -> Option<ReplyId> {
    parent.root_id.or_else(|| parent.listing_id.is_none().then_some(parent.id))
}

/// Where in the world an incoming note belongs.
#[derive(Clone, Copy, Debug, Default)]
struct Spot {
    listing: Option<ListingId>,
    parent: Option<ReplyId>,
    depth: i32,
    group: Option<ActorId>,
    root: Option<ReplyId>,
}

impl RecordReply {
    /// As of when this is what its author says. Nobody speaks from the future.
    fn said_at(&self, now: Time) -> Time {
        self.updated_at.or(self.published_at).unwrap_or(now).min(now)
    }

    fn place(&self, op: &mut Op<'_, '_>) -> Result<Spot> {
        let parent = self.in_reply_to.as_deref().unwrap_or_default();
        if let Some(listing) = db::listings::find_by_ap_id(op.tx, parent)? {
            if !listing.is_public() {
                return Err(Refusal::Deleted.into());
            }
            self.refuse_blocked(op, listing.collective_id.actor())?;
            moderation::refuse_locked(op, listing.id)?;
            return Ok(Spot { listing: Some(listing.id), ..Spot::default() });
        }
        if let Some(parent) = db::replies::find_by_ap_id(op.tx, parent)? {
            let depth = depth(Some(parent.depth))?;
            self.refuse_blocked(op, parent.author_id)?;
            if let Some(listing) = parent.listing_id
                && let Some(listing) = db::listings::find(op.tx, listing)?
            {
                self.refuse_blocked(op, listing.collective_id.actor())?;
                moderation::refuse_locked(op, listing.id)?;
            }
            return Ok(Spot {
                listing: parent.listing_id,
                parent: Some(parent.id),
                depth,
                group: parent.group_id,
                root: root_of(&parent),
            });
        }
        if self.mentions_us || db::follows::has_local_follower(op.tx, self.author)? {
            return Ok(Spot::default());
        }
        Err(Refusal::NotForUs.into())
    }

    fn refuse_blocked(&self, op: &mut Op<'_, '_>, owner: ActorId) -> Result<()> {
        if db::blocks::exists(op.tx, owner, self.author)? {
            return Err(Refusal::Blocked.into());
        }
        Ok(())
    }

    fn row(self, op: &Op<'_, '_>, spot: Spot) -> ReplyRow {
        ReplyRow {
            id: op.mint(),
            ap_id: self.ap_id,
            author_id: self.author,
            written_by: None,
            listing_id: spot.listing,
            parent_id: spot.parent,
            in_reply_to: self.in_reply_to,
            depth: spot.depth,
            visibility: self.visibility,
            text: String::new(),
            html: html::clean(&self.html),
            language: self.language,
            url: self.url,
            published_at: self.published_at.map_or(op.now, |published| published.min(op.now)),
            updated_at: self.updated_at.map(|updated| updated.min(op.now)),
            deleted_at: None,
            hidden_at: None,
            group_id: spot.group,
            title: None,
            root_id: spot.root,
            summary: self.summary,
            sensitive: self.sensitive,
        }
    }

    fn replace(&self, op: &mut Op<'_, '_>, known: &ReplyRow) -> Result<ReplyId> {
        if known.author_id != self.author {
            return Err(Refusal::NotTheirsToSay.into());
        }
        if known.deleted_at.is_some() {
            return Err(Refusal::Deleted.into());
        }
        let html = html::clean(&self.html);
        let said_at = self.said_at(op.now);
        let older = said_at < known.updated_at.unwrap_or(known.published_at);
        let warning = (&self.summary, self.sensitive);
        let same = html == known.html && warning == (&known.summary, known.sensitive);
        if older || (self.updated_at.is_none() && same) {
            return Ok(known.id);
        }
        refuse_shut_out(op, known)?;
        db::replies::update(op.tx, known.id, "", &html, said_at)?;
        db::replies::warn(op.tx, known.id, self.summary.as_deref(), self.sensitive)?;
        op.emit(&Event::heard("reply_edited", known.id))?;
        mentions::change(op, known.id)?;
        relays::pass_on(op, known)?;
        Ok(known.id)
    }
}

/// Its author has deleted a note, known here or not; it will not come back.
#[derive(Clone, Debug)]
pub struct RecordReplyDeleted {
    pub ap_id: String,
    pub author: ActorId,
}

impl Operation for RecordReplyDeleted {
    type Done = ();

    const TAKES_BACK: bool = true;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        own_word(self.author, op.origin)?;
        match db::replies::find_by_ap_id(op.tx, &self.ap_id)? {
            Some(known) if known.author_id == self.author && known.deleted_at.is_some() => Ok(()),
            Some(known) if known.author_id == self.author => {
                db::replies::bury(op.tx, known.id, op.now)?;
                mentions::withdraw(op, known.id)?;
                op.emit(&Event::heard("reply_deleted", known.id))?;
                relays::gone(op, &known)
            }
            Some(_) => Err(Refusal::NotTheirsToSay.into()),
            None => {
                db::inbox::claim(op.tx, &tombstone(self.author, &self.ap_id), op.now)?;
                Ok(())
            }
        }
    }
}

/// A deletion may arrive before what it deletes; the mark is kept as long as seen activities are.
///
/// It names the author, so that nobody can keep away what another is going to write.
pub(crate) fn tombstone(author: ActorId, ap_id: &str) -> Vec<u8> {
    secrets::digest(&format!("deleted {author} {ap_id}"))
}

/// Refuses what was deleted before it arrived.
pub(crate) fn refuse_tombstone(op: &mut Op<'_, '_>, author: ActorId, ap_id: &str) -> Result<()> {
    if db::inbox::is_seen(op.tx, &tombstone(author, ap_id))? {
        return Err(Refusal::Deleted.into());
    }
    Ok(())
}
