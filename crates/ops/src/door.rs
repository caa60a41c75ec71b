//! The door: one transaction, one clock reading, one claim on the activity, and then the operation itself.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use db::{Tx, Writer, audit::AuditRow};
use domain::{
    Authority, CollectiveId, EventId, Home, Id, JobId, Origin, PersonId, Refusal, Speaker, Time,
    Way, authority,
};
use uuid::Uuid;

use crate::{Bell, Event, OpError, Result, Site, jobs, webhooks};

/// One change to the commons, holding what its author chose and nothing else.
///
/// It is cloned so that it can be tried again when two transactions meet.
pub trait Operation: Clone + Send + 'static {
    type Done: Send + 'static;

    /// Does it only take something back or away? That is heard even of whoever is suspended here.
    const TAKES_BACK: bool = false;

    /// Does it say what another server is, and so what that is spoken to in?
    const MEETS: bool = false;

    /// Loads facts, asks the rules, writes, and says what happened. Blocks; never touches the network.
    fn perform(self, op: &mut Op<'_, '_>) -> Result<Self::Done>;
}

/// Who tells the time.
pub trait Clock: Send + Sync {
    fn now(&self) -> Time;
}

/// The time of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Time {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Time::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The only way to change anything.
#[derive(Clone)]
pub struct Door {
    writer: Writer,
    clock: Arc<dyn Clock>,
    site: Arc<Site>,
    bell: Bell,
}

/// What an operation may touch while it runs.
pub struct Op<'t, 'c> {
    pub tx: &'t mut Tx<'c>,
    pub now: Time,
    pub origin: &'t Origin,
    pub site: &'t Site,
}

impl Door {
    /// One door for one database.
    #[must_use]
    pub fn new(writer: Writer, clock: Arc<dyn Clock>, site: Site, bell: Bell) -> Self {
        Self { writer, clock, site: Arc::new(site), bell }
    }

    /// What time it is, for those who must say so before they come in.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// Where things of this server are found.
    pub fn site(&self) -> &Site {
        &self.site
    }

    pub(crate) fn writer(&self) -> &Writer {
        &self.writer
    }

    /// Rings after each change of this process.
    pub fn bell(&self) -> &Bell {
        &self.bell
    }

    /// Performs the operation and stores its events as one transaction: all of it happens, or none.
    pub async fn perform<O: Operation>(&self, origin: Origin, operation: O) -> Result<O::Done> {
        let door = self.clone();
        let work = move || door.perform_blocking(&origin, &operation);
        db::blocking::run(work).await.map_err(OpError::Storage)?
    }

    /// The same, for those who may block.
    pub fn perform_blocking<O: Operation>(
        &self,
        origin: &Origin,
        operation: &O,
    ) -> Result<O::Done> {
        let now = self.clock.now();
        let done = self.writer.transaction(|tx| {
            if let Way::Inbox { activity, claim, .. } = &origin.way {
                let host = host_of(activity);
                if db::instances::is_suspended(tx, &host)? {
                    return Err(Refusal::Blocked.into());
                }
                if !db::inbox::claim(tx, claim, now)? {
                    return Err(OpError::AlreadyDone);
                }
            }
            if !O::TAKES_BACK || origin.way == Way::Local {
                refuse_suspended(tx, origin)?;
            }
            let mut op = Op { tx, now, origin, site: &self.site };
            let done = operation.clone().perform(&mut op)?;
            if let Way::Inbox { inbound, .. } = &origin.way {
                // What came of it and that it came of it are one: nothing is looked at again after a crash.
                db::inbox::finish(tx, *inbound, "done", None, now)?;
            }
            Ok(done)
        })?;
        if O::MEETS {
            self.bell.met();
        }
        self.bell.ring();
        Ok(done)
    }
}

/// Whoever is suspended here does nothing any more, from whichever side they come.
fn refuse_suspended(tx: &mut Tx<'_>, origin: &Origin) -> Result<()> {
    let Some(speaker) = origin.actor() else { return Ok(()) };
    if !db::moderation::is_suspended(tx, speaker)? {
        return Ok(());
    }
    let refusal = if origin.way == Way::Local { Refusal::NotAllowed } else { Refusal::Blocked };
    Err(refusal.into())
}

/// Host and port of an address, as handles and instances write it.
pub(crate) fn host_of(url: &url::Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

impl Op<'_, '_> {
    /// Whose word counts when this speaker speaks of what `home` keeps?
    pub fn authority(&self, home: Home, author: PersonId) -> Result<Authority> {
        Ok(authority::authority(home, author, self.origin)?)
    }

    /// The person of this server who speaks.
    pub fn person(&self) -> Result<PersonId> {
        match (self.origin.speaker, &self.origin.way) {
            (Speaker::Person(person), Way::Local) => Ok(person),
            _ => Err(Refusal::NotTheirsToSay.into()),
        }
    }

    /// A new id, ordered by time.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "ids are minted here and nowhere else")]
    pub fn mint<T>(&self) -> Id<T> {
        Uuid::now_v7().into()
    }

    /// Records an event in the same transaction; workers tell it after the commit.
    pub fn emit(&mut self, event: &Event) -> Result<()> {
        let id: EventId = self.mint();
        db::events::push(self.tx, id, event.kind(), &json(event)?, self.now)?;
        webhooks::leave(self, event)
    }

    /// Leaves work for after the commit; a job of the same kind and name is left once.
    pub fn job(&mut self, kind: &str, name: &str, payload: &serde_json::Value) -> Result<()> {
        let id: JobId = self.mint();
        let due = jobs::due(kind, self.now);
        Ok(db::jobs::push(self.tx, id, kind, name, &payload.to_string(), due, self.now)?)
    }

    /// Adds a line to the audit log; for what moderators and admins do.
    pub fn audit(
        &mut self,
        collective: Option<CollectiveId>,
        action: &str,
        target: &str,
        detail: &str,
    ) -> Result<()> {
        let row = AuditRow {
            actor_id: self.origin.actor(),
            collective_id: collective,
            action: action.to_owned(),
            target: target.to_owned(),
            detail: detail.to_owned(),
            happened_at: self.now,
        };
        let id: EventId = self.mint();
        Ok(db::audit::insert(self.tx, id, &row)?)
    }
}

fn json(event: &Event) -> Result<String> {
    serde_json::to_string(event)
        .map_err(|err| OpError::Storage(db::DbError::Schema(err.to_string())))
}
