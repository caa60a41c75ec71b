//! The queues around the door: what was received, what must be told, what is on its way.
//!
//! They keep books about messages and change nothing in the commons, so they are no operations; each call
//! is one short transaction.

mod sent;
mod sweep;

pub use sent::{MOST_FAILURES, Sent, pause};
pub use sweep::BATCH as SWEPT_AT_ONCE;

use std::sync::Arc;

use db::{
    Tx,
    activities::ActivityRow,
    deliveries::{Audience, DeliveryRow},
    inbox::InboundRow,
    jobs::JobRow,
    pool::Engine,
    processes::ProcessRow,
};
use domain::{ActorId, Dialect, EventId, InboundId, JobId, Time};
use uuid::Uuid;

use crate::{Bell, Door, Result, jobs};

/// The books of one process. Leases carry its name, so that a lost one is noticed.
#[derive(Clone)]
pub struct Queues {
    door: Door,
    worker: Arc<[u8]>,
}

/// How long a host is leased to one sender, in seconds; renewed while it sends.
const LEASE: i64 = 60;
/// The same for working through what a host sent: one activity may ask several servers.
const INBOUND_LEASE: i64 = 180;

/// An activity to be sent, and to whom.
#[derive(Clone, Debug)]
pub struct Letter {
    pub activity: ActivityRow,
    /// Everybody who follows this actor …
    pub to_followers_of: Vec<ActorId>,
    /// … on servers that speak this; on all where there is none …
    pub dialect: Option<Dialect>,
    /// … but not on this host.
    pub except: Option<String>,
    /// Inboxes and their hosts.
    pub to: Vec<(String, String)>,
    /// To every server that is known here, whatever else is said.
    pub to_everybody: bool,
}

impl Letter {
    /// To the followers of an actor, whatever their servers speak.
    pub fn to_followers_of(actor: ActorId, activity: ActivityRow) -> Self {
        Self { to_followers_of: vec![actor], ..Self::to(Vec::new(), activity) }
    }

    /// To these inboxes, with their hosts.
    pub fn to(inboxes: Vec<(String, String)>, activity: ActivityRow) -> Self {
        Self {
            activity,
            to_followers_of: Vec::new(),
            dialect: None,
            except: None,
            to: inboxes,
            to_everybody: false,
        }
    }
}

impl Queues {
    /// The books of this process.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "a name for a process, not an id of a thing")]
    pub fn new(door: Door) -> Self {
        Self { door, worker: Uuid::now_v7().as_bytes().to_vec().into() }
    }

    /// What time it is.
    pub fn now(&self) -> Time {
        self.door.now()
    }

    /// Wakes the workers of this process.
    pub fn bell(&self) -> &Bell {
        self.door.bell()
    }

    /// A new id for a received or a sent activity.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "ids of messages are minted here and nowhere else"
    )]
    pub fn mint<T>(&self) -> domain::Id<T> {
        Uuid::now_v7().into()
    }

    pub(crate) async fn book<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Tx<'_>) -> db::Result<T> + Send + 'static,
    ) -> Result<T> {
        let writer = self.door.writer().clone();
        Ok(db::blocking::run(move || writer.transaction(work)).await??)
    }

    /// On SQLite this process is the only one: leases of one that died are void.
    pub async fn start(&self) -> Result<()> {
        if self.door.writer().engine() == Engine::Sqlite {
            let now = self.now();
            self.book(move |tx| db::processes::begin_alone(tx, now)).await?;
        }
        Ok(())
    }

    /// May other processes work on the same database?
    pub fn is_shared(&self) -> bool {
        self.door.writer().engine() == Engine::Postgres
    }

    /// Says that this process is alive, and which others have said so.
    pub async fn beat(&self) -> Result<Vec<ProcessRow>> {
        let worker = self.worker.clone();
        self.book(move |tx| {
            db::processes::beat(tx, &worker)?;
            let mut others = db::processes::all(tx)?;
            others.retain(|row| *row.id != *worker);
            Ok(others)
        })
        .await
    }

    /// Frees what a process held that has not said that it is alive since a reading of it; `false` where it has.
    pub async fn bury(&self, other: ProcessRow) -> Result<bool> {
        let now = self.now();
        let buried = self.book(move |tx| db::processes::bury(tx, &other, now)).await?;
        if buried {
            let bell = self.bell();
            for bell in [&bell.inbox, &bell.deliveries, &bell.jobs] {
                bell.notify_one();
            }
        }
        Ok(buried)
    }

    /// This process ends: what it still holds is there for others at once.
    pub async fn leave(&self) -> Result<()> {
        let (now, worker) = (self.now(), self.worker.clone());
        self.book(move |tx| db::processes::leave(tx, &worker, now)).await
    }

    /// Stores a received activity; `false` means it is here, or has taken effect, already.
    pub async fn store_inbound(&self, row: InboundRow) -> Result<bool> {
        let now = self.now();
        let stored = self
            .book(move |tx| {
                if db::inbox::is_seen(tx, &row.digest)? {
                    return Ok(false);
                }
                db::instances::meet(tx, &row.host, now)?;
                db::inbox::store(tx, &row)
            })
            .await?;
        self.bell().inbox.notify_one();
        Ok(stored)
    }

    /// Leases hosts that sent something which is still to be processed.
    pub async fn take_inbound_hosts(&self, hosts: i64) -> Result<Vec<String>> {
        let (now, worker) = (self.now(), self.worker.clone());
        let lease = now.plus_seconds(INBOUND_LEASE);
        self.book(move |tx| db::inbox::take(tx, &worker, now, lease, hosts)).await
    }

    /// The next received activities of a leased host; empty if the lease was lost.
    pub async fn next_inbound(&self, host: &str, limit: i64) -> Result<Vec<InboundRow>> {
        let (host, now, worker) = (host.to_owned(), self.now(), self.worker.clone());
        self.book(move |tx| {
            if !db::inbox::renew(tx, &host, &worker, now.plus_seconds(INBOUND_LEASE))? {
                return Ok(Vec::new());
            }
            db::inbox::due(tx, &host, now, limit)
        })
        .await
    }

    /// Gives a host back.
    pub async fn release_inbound(&self, host: &str) -> Result<()> {
        let (host, worker) = (host.to_owned(), self.worker.clone());
        self.book(move |tx| db::inbox::release(tx, &host, &worker)).await
    }

    /// Ends a received activity.
    pub async fn finish_inbound(
        &self,
        id: InboundId,
        outcome: &'static str,
        reason: Option<String>,
    ) -> Result<()> {
        let now = self.now();
        self.book(move |tx| db::inbox::finish(tx, id, outcome, reason.as_deref(), now)).await
    }

    /// Processes a received activity later.
    pub async fn put_off_inbound(&self, id: InboundId, until: Time, why: String) -> Result<()> {
        self.book(move |tx| db::inbox::put_off(tx, id, until, &why)).await
    }

    /// Ends an event by queueing what is to be sent because of it, all at once.
    pub async fn tell(&self, event: EventId, letters: Vec<Letter>) -> Result<()> {
        let now = self.now();
        self.book(move |tx| {
            if db::events::finish(tx, event)? {
                letters.iter().try_for_each(|letter| post(tx, letter, now))?;
            }
            Ok(())
        })
        .await?;
        self.bell().deliveries.notify_one();
        Ok(())
    }

    /// Ends events of which nothing is sent to anybody.
    pub async fn keep_to_ourselves(&self, events: Vec<EventId>) -> Result<()> {
        self.book(move |tx| {
            events.iter().try_for_each(|event| db::events::finish(tx, *event).map(drop))
        })
        .await
    }

    /// Tells an event later, or never where there is no time.
    pub async fn put_off_event(&self, id: EventId, until: Option<Time>, why: String) -> Result<()> {
        self.book(move |tx| db::events::put_off(tx, id, until, &why)).await
    }

    /// Leases hosts to which something is to be sent.
    pub async fn take_delivery_hosts(&self, hosts: i64) -> Result<Vec<String>> {
        let (now, worker) = (self.now(), self.worker.clone());
        let lease = now.plus_seconds(LEASE);
        self.book(move |tx| db::deliveries::take(tx, &worker, now, lease, hosts)).await
    }

    /// The next deliveries to a leased host, of each lane to an inbox the first; empty if the lease was lost.
    pub async fn next_deliveries(&self, host: &str, limit: i64) -> Result<Vec<DeliveryRow>> {
        let (host, now, worker) = (host.to_owned(), self.now(), self.worker.clone());
        self.book(move |tx| {
            if !db::deliveries::renew(tx, &host, &worker, now.plus_seconds(LEASE))? {
                return Ok(Vec::new());
            }
            if db::deliveries::admin::is_paused(tx, &host)? {
                return Ok(Vec::new());
            }
            db::deliveries::next(tx, &host, now, limit)
        })
        .await
    }

    /// Gives a host back, if this process still holds it.
    pub async fn release_deliveries(&self, host: &str) -> Result<()> {
        let (host, now, worker) = (host.to_owned(), self.now(), self.worker.clone());
        let due = self.book(move |tx| {
            if !db::deliveries::renew(tx, &host, &worker, now)? {
                return Ok(None);
            }
            db::deliveries::release(tx, &host, now)
        });
        if due.await?.is_some_and(|due| due <= now) {
            self.bell().deliveries.notify_one();
        }
        Ok(())
    }

    /// Writes down that a letter arrived, and gives its host back unless more is due for it; `true` where more is,
    /// and this process still holds the host.
    pub async fn finish_deliveries(&self, delivery: &DeliveryRow) -> Result<bool> {
        let (now, worker, row) = (self.now(), self.worker.clone(), delivery.clone());
        self.book(move |tx| {
            db::deliveries::finish(tx, row.activity_id, &row.inbox, &row.host, now)?;
            if !db::deliveries::renew(tx, &row.host, &worker, now)? {
                return Ok(false);
            }
            let due = db::deliveries::release(tx, &row.host, now)?;
            if due.is_none_or(|due| now < due) {
                return Ok(false);
            }
            db::deliveries::renew(tx, &row.host, &worker, now.plus_seconds(LEASE))
        })
        .await
    }

    /// Takes due jobs; each comes back after a lease unless it is finished.
    pub async fn take_jobs(&self, limit: i64) -> Result<Vec<JobRow>> {
        let (now, worker) = (self.now(), self.worker.clone());
        self.book(move |tx| db::jobs::take(tx, &worker, now, now.plus_seconds(LEASE), limit)).await
    }

    /// Takes due jobs of one kind; each comes back after a lease unless it is finished.
    pub async fn take_jobs_of(&self, kind: &'static str, limit: i64) -> Result<Vec<JobRow>> {
        let (now, worker) = (self.now(), self.worker.clone());
        let lease = now.plus_seconds(LEASE);
        self.book(move |tx| db::jobs::take_kind(tx, kind, &worker, now, lease, limit)).await
    }

    /// Leaves a job outside of any operation.
    pub async fn push_job(&self, kind: &'static str, name: String, payload: String) -> Result<()> {
        let (id, now): (JobId, Time) = (self.mint(), self.now());
        let due = jobs::due(kind, now);
        self.book(move |tx| db::jobs::push(tx, id, kind, &name, &payload, due, now)).await?;
        self.bell().jobs.notify_one();
        Ok(())
    }

    /// Ends a job.
    pub async fn finish_job(&self, id: JobId) -> Result<()> {
        self.book(move |tx| db::jobs::finish(tx, id)).await
    }

    /// Does a job later, or never where there is no time.
    pub async fn put_off_job(&self, id: JobId, until: Option<Time>, why: String) -> Result<()> {
        self.book(move |tx| db::jobs::put_off(tx, id, until, &why)).await
    }
}

fn post(tx: &mut Tx<'_>, letter: &Letter, now: Time) -> db::Result<()> {
    let id = letter.activity.id;
    if db::moderation::is_suspended(tx, letter.activity.actor_id)? {
        return Ok(());
    }
    if letter.activity.key_id.is_none() && is_gone(tx, letter.activity.actor_id)? {
        return Ok(());
    }
    db::activities::insert(tx, &letter.activity)?;
    if letter.activity.kind == "Delete" {
        db::activities::withdraw(tx, &letter.activity.lane)?;
    }
    let audience = Audience { dialect: letter.dialect, except: letter.except.as_deref() };
    for actor in &letter.to_followers_of {
        db::deliveries::push_to_followers(tx, id, *actor, audience, now)?;
    }
    if letter.to_everybody {
        db::deliveries::push_to_everybody(tx, id, now)?;
    }
    for (inbox, host) in &letter.to {
        if !db::instances::is_suspended(tx, host)? {
            db::instances::meet(tx, host, now)?;
            db::deliveries::push(tx, id, inbox, host, now)?;
        }
    }
    db::deliveries::wake_hosts(tx, id, now)
}

/// Has somebody of this server deleted their account? They say nothing any more but that, with a key of before.
fn is_gone(tx: &mut Tx<'_>, sender: ActorId) -> db::Result<bool> {
    let deleted = db::actors::find(tx, sender)?.is_some_and(|actor| actor.deleted_at.is_some());
    Ok(deleted && db::keys::private(tx, sender)?.is_none())
}
