//! What people here are told, and how they tidy it.
//!
//! **Invariant:** nobody is told what they did themselves, nor of anybody whom they have muted or blocked, nor
//! what comes from a server that is limited or suspended here. What a steward or a reporter did names neither.

use db::{
    actors::ActorRow, listings::ListingRow, notifications::NotificationRow, replies::ReplyRow,
};
use domain::{
    ActorId, AgreementId, CollectiveId, Handle, ListingId, NotificationId, PersonId, Refusal,
    ReplyId, Speaker, Time,
    memberships::Role,
    notifications::{DAYS_BEFORE_EXPIRY, DAYS_KEPT, Kind, named},
    people::ActorKind,
};

use crate::{Op, OpError, Operation, Result, incoming};

/// Those who run a collective.
pub const STEWARDS: &[Role] = &[Role::Steward];
/// Those who speak for it.
pub const SPEAKERS: &[Role] = &[Role::Steward, Role::Delegate];

/// Until when the authors of listings that expire were told, in the settings.
const EXPIRY_TOLD: &str = "notifications.expiry_told_until";

/// What is told.
#[derive(Clone, Debug)]
pub struct Notice {
    pub kind: Kind,
    /// Who did it, where that may be known.
    pub actor: Option<ActorId>,
    pub collective: Option<CollectiveId>,
    pub listing: Option<ListingId>,
    pub reply: Option<ReplyId>,
    pub agreement: Option<AgreementId>,
    /// A title, a word, or a reason; never what others wrote.
    pub text: String,
}

impl Notice {
    /// About nothing yet.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            actor: None,
            collective: None,
            listing: None,
            reply: None,
            agreement: None,
            text: String::new(),
        }
    }

    /// Somebody did it, and may be known to have done it.
    #[must_use]
    pub fn by(self, actor: ActorId) -> Self {
        Self { actor: Some(actor), ..self }
    }

    /// It concerns a collective.
    #[must_use]
    pub fn of(self, collective: CollectiveId) -> Self {
        Self { collective: Some(collective), ..self }
    }

    /// It concerns a listing, and its collective.
    #[must_use]
    pub fn at(self, listing: &ListingRow) -> Self {
        let text = listing.title.clone();
        Self { listing: Some(listing.id), text, ..self.of(listing.collective_id) }
    }

    /// It concerns something that was said.
    #[must_use]
    pub fn about(self, reply: ReplyId) -> Self {
        Self { reply: Some(reply), ..self }
    }

    /// It concerns an agreement.
    #[must_use]
    pub fn on(self, agreement: AgreementId) -> Self {
        Self { agreement: Some(agreement), ..self }
    }

    /// With a word or a reason.
    #[must_use]
    pub fn saying(self, text: &str) -> Self {
        Self { text: text.to_owned(), ..self }
    }
}

/// Tells people of this server something, each once; whom it is not for is left out.
pub fn tell(op: &mut Op<'_, '_>, people: &[PersonId], notice: &Notice) -> Result<()> {
    if comes_from_outside(op, notice)? {
        return Ok(());
    }
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    for person in people {
        if !is_for(op, person, notice)? {
            continue;
        }
        let Notice { kind, actor, collective, listing, reply, agreement, text } = notice.clone();
        let row = NotificationRow {
            id: op.mint(),
            person_id: person,
            kind,
            actor_id: actor,
            collective_id: collective,
            listing_id: listing,
            reply_id: reply,
            text,
            created_at: op.now,
            read_at: None,
            agreement_id: agreement,
        };
        db::notifications::insert(op.tx, &row)?;
    }
    Ok(())
}

/// Tells those who hold one of these roles in a collective of this server.
pub fn tell_roles(
    op: &mut Op<'_, '_>,
    collective: CollectiveId,
    roles: &[Role],
    notice: &Notice,
) -> Result<()> {
    let people = db::memberships::holding(op.tx, collective, roles)?;
    tell(op, &people, notice)
}

/// Was it done on a server that is limited or suspended here, or by somebody who is?
fn comes_from_outside(op: &mut Op<'_, '_>, notice: &Notice) -> Result<bool> {
    for actor in [notice.actor, op.origin.actor()].into_iter().flatten() {
        if let Some(actor) = db::actors::find(op.tx, actor)?
            && (!db::moderation::is_presentable(op.tx, &actor)?
                || db::moderation::is_limited(op.tx, &actor)?)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Is there such a person here who wants to hear of it?
fn is_for(op: &mut Op<'_, '_>, person: PersonId, notice: &Notice) -> Result<bool> {
    if op.origin.actor() == Some(person.actor()) || notice.actor == Some(person.actor()) {
        return Ok(false);
    }
    let row = db::actors::find(op.tx, person.actor())?;
    if !row.is_some_and(|row| is_reader(&row)) {
        return Ok(false);
    }
    match notice.actor {
        Some(actor) => Ok(!db::mutes::silences(op.tx, person, actor)?),
        None => Ok(true),
    }
}

fn is_reader(row: &ActorRow) -> bool {
    row.local
        && row.kind == ActorKind::Person
        && !row.is_guest()
        && row.deleted_at.is_none()
        && row.suspended_at.is_none()
}

/// Somebody wrote something: those whom they answer hear of it, those who speak for the collective of its
/// listing, and whom they call by name. What is not public is for those alone who may read it.
pub(crate) fn said(op: &mut Op<'_, '_>, row: &ReplyRow) -> Result<()> {
    let listing = match row.listing_id {
        Some(listing) => db::listings::find(op.tx, listing)?,
        None => None,
    };
    let mut people = Vec::new();
    if let Some(listing) = &listing {
        people.extend(db::memberships::holding(op.tx, listing.collective_id, SPEAKERS)?);
    }
    let public = row.visibility.is_public();
    if public {
        people.extend(listing.as_ref().and_then(|listing| listing.author_id));
        people.extend(answered(op, row)?);
    }
    let base = Notice::new(Kind::Reply).by(row.author_id).about(row.id);
    let notice = listing.as_ref().map_or(base.clone(), |listing| base.clone().at(listing));
    tell(op, &people, &notice)?;
    if let Some(listing) = &listing {
        let is_wanted = !comes_from_outside(op, &notice)?;
        incoming::said(op, row, listing.collective_id, is_wanted)?;
    }
    if !public || row.text.is_empty() {
        return Ok(());
    }
    let mut called = called(op, &row.text)?;
    called.retain(|person| !people.contains(person));
    tell(op, &called, &Notice { kind: Kind::Mention, ..notice })
}

/// The people here who wrote what a reply answers.
fn answered(op: &mut Op<'_, '_>, row: &ReplyRow) -> Result<Vec<PersonId>> {
    let Some(parent) = row.parent_id else { return Ok(Vec::new()) };
    let Some(parent) = db::replies::find(op.tx, parent)? else { return Ok(Vec::new()) };
    Ok(vec![parent.written_by.unwrap_or_else(|| parent.author_id.person())])
}

/// The people of this server whom a text calls by name.
fn called(op: &mut Op<'_, '_>, text: &str) -> Result<Vec<PersonId>> {
    let mut people = Vec::new();
    for name in named(text) {
        let name = match name.split_once('@') {
            Some((name, host)) if host.eq_ignore_ascii_case(op.site.host()) => name.to_owned(),
            Some(_) => continue,
            None => name,
        };
        let Ok(handle) = Handle::parse(&name) else { continue };
        let row = db::actors::find_local(op.tx, handle.as_str())?;
        people.extend(row.filter(is_reader).map(|row| row.id.person()));
    }
    Ok(people)
}

/// Somebody elsewhere calls people of this server; who heard of it as an answer does not hear of it twice.
pub(crate) fn called_by(op: &mut Op<'_, '_>, row: &ReplyRow, people: &[PersonId]) -> Result<()> {
    if people.is_empty() || !row.visibility.is_public() {
        return Ok(());
    }
    let told = db::notifications::told(op.tx, row.id, op.now)?;
    let mut people = people.to_vec();
    people.retain(|person| !told.contains(person));
    let notice = Notice::new(Kind::Mention).by(row.author_id).about(row.id);
    tell(op, &people, &Notice { listing: row.listing_id, ..notice })
}

/// What somebody has read.
#[derive(Clone, Debug)]
pub enum Seen {
    /// Everything up to this one.
    Until(NotificationId),
    /// These.
    These(Vec<NotificationId>),
}

/// Somebody has read what they were told.
#[derive(Clone, Debug)]
pub struct ReadNotifications {
    pub seen: Seen,
}

impl Operation for ReadNotifications {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        match self.seen {
            Seen::Until(id) => db::notifications::read_until(op.tx, person, id, op.now)?,
            Seen::These(ids) => db::notifications::read_all(op.tx, person, &ids, op.now)?,
        }
        Ok(())
    }
}

/// Somebody throws away what they were told.
#[derive(Clone, Debug)]
pub struct DeleteNotification {
    pub notification: NotificationId,
}

impl Operation for DeleteNotification {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        if db::notifications::delete(op.tx, person, self.notification)? {
            return Ok(());
        }
        Err(OpError::NotFound("notification"))
    }
}

/// Tells authors whose listings are about to expire, once; the clock does it. Returns how many.
///
/// Until when it was told is kept: after a pause nobody is left out, and nobody hears of it twice.
#[derive(Clone, Copy, Debug)]
pub struct TellExpiring;

impl Operation for TellExpiring {
    type Done = usize;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<usize> {
        by_the_clock(op)?;
        let kept = db::settings::find(op.tx, EXPIRY_TOLD)?.and_then(|text| text.parse().ok());
        let from = kept.map_or(op.now, |kept| Time::from_micros(kept).max(op.now));
        let until = op.now.plus_days(DAYS_BEFORE_EXPIRY);
        if until <= from {
            return Ok(0);
        }
        let due = db::notifications::expiring(op.tx, from, until)?;
        let told = due.len();
        for (listing, author, collective, title) in due {
            let notice = Notice::new(Kind::Expiring).of(collective).saying(&title);
            tell(op, &[author], &Notice { listing: Some(listing), ..notice })?;
        }
        db::settings::set(op.tx, EXPIRY_TOLD, &until.micros().to_string())?;
        Ok(told)
    }
}

/// Forgets what people were told long ago; the clock does it. Returns how much.
#[derive(Clone, Copy, Debug)]
pub struct SweepNotifications;

impl Operation for SweepNotifications {
    type Done = usize;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<usize> {
        by_the_clock(op)?;
        let before = op.now.plus_days(-DAYS_KEPT);
        db::incoming::sweep(op.tx, op.now.plus_days(-domain::incoming::DAYS_KEPT))?;
        Ok(db::notifications::sweep(op.tx, before)?)
    }
}

/// Refuses everybody but this server itself.
pub(crate) fn by_the_clock(op: &Op<'_, '_>) -> Result<()> {
    if op.origin.speaker == Speaker::Server {
        return Ok(());
    }
    Err(Refusal::NotTheirsToSay.into())
}
