//! The answers below a listing, in the order in which they are read.

use std::collections::{HashMap, HashSet};

use db::{Conn, actors::ActorRow, listings::ListingRow, replies::ReplyRow};
use domain::{
    ActorId, ListingId, PersonId, ReplyId, Time, memberships::Standing, replies::DEEPEST,
};
use uuid::Uuid;

use super::anchor;
use crate::{
    Result, actors,
    html::{body, warning},
    paging,
    reactions::Votes,
    views::{page::Pager, reactions::VotesView, replies::ReplyView},
    when,
};

/// So many answers on a page.
const PAGE: usize = 50;

/// A page of answers.
#[derive(Debug)]
pub(crate) struct Thread {
    /// How many answers everybody can read.
    pub(crate) total: i64,
    pub(crate) replies: Vec<ReplyView>,
    pub(crate) pager: Pager,
    /// Does it take no more answers?
    pub(crate) locked: bool,
    /// The answer that is being answered, and its author's name.
    pub(crate) answered: Option<(ReplyRow, String)>,
}

type Said = (ReplyRow, ActorRow);

/// Who reads, and below what.
struct Reading {
    /// The page of the listing or of the post.
    base: String,
    listing: Option<ListingId>,
    root: Option<ReplyId>,
    /// The collective whose listing it is.
    owner: Option<ActorId>,
    /// Is there anything to answer?
    open: bool,
    /// Is it a community, where one also votes against?
    community: bool,
    viewer: Option<PersonId>,
    standing: Standing,
    locked: bool,
    now: Time,
}

impl Thread {
    /// What `viewer` may see below a listing, after the answer `after`.
    pub(crate) fn load(
        conn: &mut Conn,
        listing: &ListingRow,
        standing: Standing,
        viewer: Option<PersonId>,
        after: Option<ReplyId>,
        to: Option<ReplyId>,
        now: Time,
    ) -> Result<Self> {
        let mut rows = page(conn, listing.id, standing, viewer, after, paging::ask(PAGE))?;
        let next = paging::cut(&mut rows, PAGE, |(row, _)| row.id);
        let total = db::replies::count(conn, listing.id)?;
        let locked = db::locks::exists(conn, listing.id)?;
        let reading = Reading {
            base: format!("/listings/{}", listing.id),
            listing: Some(listing.id),
            root: None,
            owner: Some(listing.collective_id.actor()),
            open: listing.is_public(),
            community: false,
            locked,
            viewer,
            standing,
            now,
        };
        reading.thread(conn, rows, (after, next), to, total)
    }

    /// What `viewer` may see below a post, after the answer `after`.
    pub(crate) fn below(
        conn: &mut Conn,
        post: &ReplyRow,
        viewer: Option<PersonId>,
        after: Option<ReplyId>,
        to: Option<ReplyId>,
        now: Time,
    ) -> Result<Self> {
        let reader = viewer.map(PersonId::actor);
        let most = paging::ask(PAGE);
        let mut rows = db::communities::thread(conn, post.id, reader, after, most)?;
        let next = paging::cut(&mut rows, PAGE, |(row, _)| row.id);
        let total = db::communities::count_answers(conn, &[post.id])?;
        let reading = Reading {
            base: format!("/replies/{}", post.id),
            listing: None,
            root: Some(post.id),
            owner: None,
            open: post.visibility.is_public(),
            community: post.group_id.is_some(),
            locked: false,
            viewer,
            standing: Standing::Stranger,
            now,
        };
        let total = total.first().map_or(0, |(_, number)| *number);
        reading.thread(conn, rows, (after, next), to, total)
    }

    /// Does this answer below a post stand on the first page?
    pub(crate) fn is_on_first_page_below(
        conn: &mut Conn,
        root: ReplyId,
        viewer: Option<PersonId>,
        id: ReplyId,
    ) -> Result<bool> {
        let reader = viewer.map(PersonId::actor);
        let first = db::communities::thread(conn, root, reader, None, paging::ask(PAGE))?;
        Ok(first.iter().take(PAGE).any(|(row, _)| row.id == id))
    }

    /// Does this answer stand on the first page?
    pub(crate) fn is_on_first_page(
        conn: &mut Conn,
        listing: ListingId,
        standing: Standing,
        viewer: Option<PersonId>,
        id: ReplyId,
    ) -> Result<bool> {
        let mut first = page(conn, listing, standing, viewer, None, paging::ask(PAGE))?;
        first.truncate(PAGE);
        Ok(first.iter().any(|(row, _)| row.id == id))
    }
}

fn page(
    conn: &mut Conn,
    listing: ListingId,
    standing: Standing,
    viewer: Option<PersonId>,
    after: Option<ReplyId>,
    limit: i64,
) -> Result<Vec<Said>> {
    let all = standing.speaks().is_ok();
    let reader = viewer.map(PersonId::actor);
    Ok(db::replies::thread_page(conn, listing, all, reader, after, limit)?)
}

/// The answer that is being answered, if it is here and the viewer may see and answer it.
fn answered(
    conn: &mut Conn,
    reading: &Reading,
    to: Option<ReplyId>,
) -> Result<Option<(ReplyRow, String)>> {
    let Some(to) = to else { return Ok(None) };
    let row = db::replies::find(conn, to)?
        .filter(|row| row.listing_id == reading.listing && row.root_id == reading.root)
        .filter(|row| reading.answers(row));
    let Some(row) = row else { return Ok(None) };
    let author = db::actors::find(conn, row.author_id)?;
    Ok(author.map(|author| (row, author.display_name().to_owned())))
}

fn is_live(row: &ReplyRow) -> bool {
    row.deleted_at.is_none() && row.hidden_at.is_none()
}

/// Deleted answers keep their place only where somebody has answered them; hidden ones for stewards too.
fn shown(rows: &[Said], steward: bool) -> HashSet<ReplyId> {
    let mut shown = HashSet::new();
    // Later answers come first, so that what they answer is known to be needed.
    for (row, _) in rows.iter().rev() {
        let looked_after = steward && row.deleted_at.is_none();
        if is_live(row) || looked_after || shown.contains(&row.id) {
            shown.insert(row.id);
            shown.extend(row.parent_id);
        }
    }
    shown
}

/// Each answer directly below what it answers: the order of reading.
fn in_order(rows: Vec<Said>, steward: bool) -> Vec<Said> {
    let shown = shown(&rows, steward);
    let here: HashSet<ReplyId> = rows.iter().map(|(row, _)| row.id).collect();
    let mut below: HashMap<Option<ReplyId>, Vec<Said>> = HashMap::new();
    // From the last to the first: the stack gives them back in the order they were said.
    for said in rows.into_iter().rev().filter(|(row, _)| shown.contains(&row.id)) {
        let parent = said.0.parent_id.filter(|parent| here.contains(parent));
        below.entry(parent).or_default().push(said);
    }
    let mut stack = below.remove(&None).unwrap_or_default();
    let mut ordered = Vec::new();
    while let Some(said) = stack.pop() {
        stack.extend(below.remove(&Some(said.0.id)).unwrap_or_default());
        ordered.push(said);
    }
    ordered
}

impl Reading {
    fn thread(
        &self,
        conn: &mut Conn,
        rows: Vec<Said>,
        (after, next): (Option<ReplyId>, Option<ReplyId>),
        to: Option<ReplyId>,
        total: i64,
    ) -> Result<Thread> {
        let base = &self.base;
        let things: Vec<Uuid> = rows.iter().map(|(row, _)| row.id.uuid()).collect();
        let votes = Votes::load(conn, self.viewer, &things)?;
        Ok(Thread {
            locked: self.locked,
            total,
            answered: answered(conn, self, to)?,
            pager: Pager {
                newest: after.map(|_| format!("{base}#answers")),
                older: next.map(|id| format!("{base}?after={id}#answers")),
            },
            replies: self.views(rows, &votes),
        })
    }

    fn views(&self, rows: Vec<Said>, votes: &Votes) -> Vec<ReplyView> {
        let rows = in_order(rows, self.standing.governs().is_ok());
        let names: HashMap<ReplyId, String> = rows
            .iter()
            .filter(|(row, _)| is_live(row))
            .map(|(row, author)| (row.id, author.display_name().to_owned()))
            .collect();
        rows.iter().map(|(row, author)| self.view(row, author, &names, votes)).collect()
    }

    fn view(
        &self,
        row: &ReplyRow,
        author: &ActorRow,
        names: &HashMap<ReplyId, String>,
        votes: &Votes,
    ) -> ReplyView {
        let live = is_live(row);
        let address = row.url.as_deref().or(Some(&row.ap_id)).and_then(actors::web_address);
        let answers = row.parent_id.and_then(|id| Some((names.get(&id)?.clone(), anchor(id))));
        ReplyView {
            anchor: anchor(row.id),
            author: live.then(|| actors::view(author)),
            private: live && !row.visibility.is_public(),
            own_voice: self.owner == Some(row.author_id),
            depth: u8::try_from(row.depth).unwrap_or(u8::MAX),
            answers: answers.filter(|_| live),
            body: live.then(|| body(&row.text, &row.html)),
            warning: warning(row),
            lang: row.language.clone().unwrap_or_default(),
            published: when::moment(row.published_at, self.now),
            edited: row.updated_at.map(|time| when::moment(time, self.now)),
            original: address.filter(|_| live && !author.local).map(str::to_owned),
            answer_url: self.answers(row).then(|| format!("{}?to={}#answer", self.base, row.id)),
            hidden: row.hidden_at.is_some() && row.deleted_at.is_none(),
            delete_action: self.deletes(row).then(|| format!("/replies/{}/delete", row.id)),
            votes: if live && row.visibility.is_public() {
                votes.of(row.id.uuid(), format!("/replies/{}", row.id), self.community)
            } else {
                VotesView::default()
            },
        }
    }

    /// Would an answer to this one be accepted?
    fn answers(&self, row: &ReplyRow) -> bool {
        let heard = row.visibility.is_public() || self.standing.speaks().is_ok();
        let room = row.depth < DEEPEST && self.open && !self.locked;
        self.viewer.is_some() && is_live(row) && heard && room
    }

    /// May the viewer take this one back?
    fn deletes(&self, row: &ReplyRow) -> bool {
        let own = self.viewer.is_some_and(|person| person.actor() == row.author_id);
        let voice = row.written_by.is_some() && self.standing.speaks().is_ok();
        is_live(row) && (own || voice)
    }
}
