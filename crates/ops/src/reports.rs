//! Operations on what is reported to moderators, here and elsewhere.

use db::{actors::ActorRow, listings::ListingRow, replies::ReplyRow, reports::ReportRow};
use domain::{
    ActorId, CollectiveId, Dialect, ListingId, Refusal, ReplyId, ReportId, notifications::Kind,
};

use crate::{
    Event, Op, OpError, Operation, Result, accounts, cases, incoming, memberships,
    notifications::{Notice, STEWARDS, tell_roles},
};

/// So many things of one report are looked at.
const MOST_OBJECTS: usize = 100;

/// What is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Actor(ActorId),
    Listing(ListingId),
    Reply(ReplyId),
}

/// A person of this server reports something.
#[derive(Clone, Debug)]
pub struct Report {
    pub subject: Subject,
    /// See [`domain::moderation::complaint`].
    pub text: String,
    /// Tell the author's server too; it is not told who reports.
    pub forward: bool,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    pub report: ReportId,
    /// Whether the author's server is told.
    pub forwarded: bool,
}

impl Operation for Report {
    type Done = Reported;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<Reported> {
        let person = op.person()?;
        let about = about(op, self.subject)?;
        if let Some(reply) = about.reply.as_ref().filter(|row| !row.visibility.is_public())
            && reply.author_id != person.actor()
        {
            let heard = match about.collective {
                Some(it) => db::memberships::standing(op.tx, it, person)?.speaks().is_ok(),
                None => false,
            };
            if !heard {
                return Err(OpError::NotFound("reply"));
            }
        }
        let forwarded = self.forward && may_forward(op, &about)?;
        let host = op.site.host().to_owned();
        let reporter = person.actor();
        let ap_id = None;
        let filed = Filed { ap_id, reporter, host, text: &self.text, forwarded };
        let (report, told_before) = file(op, &about, filed)?;
        if forwarded && !told_before {
            op.emit(&Event::Reported { report: report.uuid() })?;
        }
        Ok(Reported { report, forwarded })
    }
}

/// Can the author's server be told, and by whom? The instance tells microblogs. The threadiverse hears nobody
/// but people and voices, so it is told where stewards report what stands in their own thread.
fn may_forward(op: &mut Op<'_, '_>, about: &About) -> Result<bool> {
    if about.actor.local {
        return Ok(false);
    }
    if db::instances::dialect(op.tx, &about.actor.host)? == Dialect::Microblog {
        return Ok(true);
    }
    let Some(collective) = about.collective.filter(|_| about.reply.is_some()) else {
        return Ok(false);
    };
    let person = op.person()?;
    Ok(db::memberships::standing(op.tx, collective, person)?.governs().is_ok())
}

/// Another server reports something of ours, or something in a thread of ours (`Flag`).
///
/// Reports of one server about one thing are one, however many come.
#[derive(Clone, Debug)]
pub struct RecordReport {
    pub ap_id: String,
    /// The addresses of what is reported: somebody, and what they wrote.
    pub objects: Vec<String>,
    pub text: String,
}

impl Operation for RecordReport {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let reporter = op.origin.actor().ok_or(Refusal::NotTheirsToSay)?;
        let reporter = db::actors::find(op.tx, reporter)?.ok_or(OpError::NotFound("actor"))?;
        if db::domains::rejects_reports(op.tx, &reporter.host)? {
            return Err(Refusal::Blocked.into());
        }
        let mut found = Vec::new();
        for address in self.objects.iter().take(MOST_OBJECTS) {
            if let Some(about) = concerning_us(op, address)? {
                found.push(about);
            }
        }
        // Whoever is named beside what they wrote is named by that.
        if found.iter().any(About::is_said) {
            found.retain(About::is_said);
        }
        if found.is_empty() {
            return Err(Refusal::NotForUs.into());
        }
        let text: String = self.text.chars().take(5_000).collect();
        for (number, about) in found.iter().enumerate() {
            let ap_id =
                if number == 0 { self.ap_id.clone() } else { format!("{}#{number}", self.ap_id) };
            let filed = Filed {
                ap_id: Some(ap_id),
                reporter: reporter.id,
                host: reporter.host.clone(),
                text: &text,
                forwarded: false,
            };
            let (report, _) = file(op, about, filed)?;
            op.emit(&Event::heard("report", report))?;
        }
        Ok(())
    }
}

/// What a report is about, looked up.
struct About {
    actor: ActorRow,
    listing: Option<ListingId>,
    reply: Option<ReplyRow>,
    /// The collective of this server in whose thread it stands.
    collective: Option<CollectiveId>,
}

impl About {
    /// Is it about something that was said, rather than about somebody?
    fn is_said(&self) -> bool {
        self.listing.is_some() || self.reply.is_some()
    }
}

fn about(op: &mut Op<'_, '_>, subject: Subject) -> Result<About> {
    match subject {
        Subject::Actor(id) => {
            let actor = db::actors::find(op.tx, id)?.filter(|actor| actor.deleted_at.is_none());
            let actor = actor.ok_or(OpError::NotFound("actor"))?;
            Ok(About { actor, listing: None, reply: None, collective: None })
        }
        Subject::Listing(id) => {
            let row = db::listings::find(op.tx, id)?.filter(ListingRow::is_public);
            about_listing(op, &row.ok_or(OpError::NotFound("listing"))?)
        }
        Subject::Reply(id) => {
            let row = db::replies::find(op.tx, id)?.filter(|row| row.deleted_at.is_none());
            about_reply(op, row.ok_or(OpError::NotFound("reply"))?)
        }
    }
}

fn about_listing(op: &mut Op<'_, '_>, row: &ListingRow) -> Result<About> {
    let actor = db::actors::find(op.tx, row.collective_id.actor())?;
    let actor = actor.ok_or(OpError::NotFound("collective"))?;
    let collective = actor.local.then_some(row.collective_id);
    Ok(About { actor, listing: Some(row.id), reply: None, collective })
}

fn about_reply(op: &mut Op<'_, '_>, row: ReplyRow) -> Result<About> {
    let actor = db::actors::find(op.tx, row.author_id)?.ok_or(OpError::NotFound("author"))?;
    let listing = match row.listing_id {
        Some(listing) => db::listings::find(op.tx, listing)?,
        None => None,
    };
    let collective = match &listing {
        Some(listing) => db::collectives::find(op.tx, listing.collective_id)?.map(|it| it.id),
        None => None,
    };
    let listing = listing.map(|listing| listing.id);
    Ok(About { actor, listing, reply: Some(row), collective })
}

/// What is at an address, where it is ours to look after: of this server, or in a thread of it.
fn concerning_us(op: &mut Op<'_, '_>, address: &str) -> Result<Option<About>> {
    let about = if let Some(row) = db::listings::find_by_ap_id(op.tx, address)? {
        row.is_public().then(|| about_listing(op, &row)).transpose()?
    } else if let Some(row) = said_at(op, address)? {
        row.deleted_at.is_none().then(|| about_reply(op, row)).transpose()?
    } else if let Some(actor) = db::actors::find_by_ap_id(op.tx, address)? {
        let alive = actor.deleted_at.is_none();
        alive.then_some(About { actor, listing: None, reply: None, collective: None })
    } else {
        None
    };
    Ok(about.filter(|about| about.actor.local || about.collective.is_some()))
}

/// A reply by its address, or by the one under which we said it again.
fn said_at(op: &mut Op<'_, '_>, address: &str) -> Result<Option<ReplyRow>> {
    if let Some(row) = db::replies::find_by_ap_id(op.tx, address)? {
        return Ok(Some(row));
    }
    match db::reports::said_again(op.tx, address)? {
        Some(reply) => Ok(db::replies::find(op.tx, reply)?),
        None => Ok(None),
    }
}

/// How a report came in.
struct Filed<'t> {
    /// Of the activity; one of this server gets its own.
    ap_id: Option<String>,
    reporter: ActorId,
    host: String,
    text: &'t str,
    forwarded: bool,
}

/// Writes a report down, or counts it where the same is open already; says whether that was forwarded before.
fn file(op: &mut Op<'_, '_>, about: &About, filed: Filed<'_>) -> Result<(ReportId, bool)> {
    let reply = about.reply.as_ref().map(|row| row.id);
    let own = filed.ap_id.is_none().then_some(filed.reporter);
    let (host, actor, listing) = (&filed.host, about.actor.id, about.listing);
    if let Some(same) = db::reports::same(op.tx, host, own, actor, listing, reply)? {
        db::reports::repeat(op.tx, same.id, filed.forwarded, op.now)?;
        return Ok((same.id, same.forwarded));
    }
    let id: ReportId = op.mint();
    let ap_id = filed.ap_id.unwrap_or_else(|| op.site.act(id));
    if let Some(known) = db::reports::find_by_ap_id(op.tx, &ap_id)? {
        return Ok((known.id, known.forwarded));
    }
    let row = ReportRow {
        id,
        ap_id,
        reporter_id: filed.reporter,
        collective_id: about.collective,
        actor_id: actor,
        listing_id: listing,
        reply_id: reply,
        text: filed.text.to_owned(),
        forwarded: filed.forwarded,
        open: true,
        created_at: op.now,
        resolved_at: None,
        resolved_by: None,
        host: filed.host,
        times: 1,
        updated_at: op.now,
    };
    db::reports::insert(op.tx, &row)?;
    cases::filed(op, id, actor)?;
    if let Some(collective) = about.collective {
        // Nobody learns who reports.
        let notice = Notice { listing, reply, ..Notice::new(Kind::Report).of(collective) };
        tell_roles(op, collective, STEWARDS, &notice)?;
        incoming::put(op, collective, incoming::Kind::Report, id.uuid())?;
    }
    Ok((id, false))
}

/// A report is dealt with: by a steward of the collective it was made to, or by who runs the instance.
#[derive(Clone, Debug)]
pub struct ResolveReport {
    pub report: ReportId,
}

impl Operation for ResolveReport {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let row = db::reports::find(op.tx, self.report)?.ok_or(OpError::NotFound("report"))?;
        let governed = match row.collective_id {
            Some(collective) => memberships::govern(op, collective).is_ok(),
            None => false,
        };
        if !governed {
            accounts::administer(op)?;
        }
        if !row.open {
            return Ok(());
        }
        db::reports::resolve(op.tx, row.id, op.origin.actor(), op.now)?;
        incoming::settle(op, None, incoming::Kind::Report, row.id.uuid())?;
        op.audit(row.collective_id, "resolve_report", &row.id.to_string(), "")
    }
}
