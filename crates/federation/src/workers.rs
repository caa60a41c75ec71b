//! The loops that work through the books. Each ends when the server shuts down, after what it has begun.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use activitypub_federation::config::FederationConfig;
use db::events::EventRow;
use ops::jobs;
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
};

use crate::{
    Federation, caught::caught, deliveries, error::InboxError, gone, inbox, instances, outbox,
};

/// Turns true when the server shuts down.
pub type Shutdown = watch::Receiver<bool>;

/// How long a worker sleeps when nobody rings.
const NAP: Duration = Duration::from_secs(1);
/// How long a batch of received activities may take before the lease of their host is renewed.
const BATCH_TIME: Duration = Duration::from_secs(30);
/// A host that is not done with after this takes its time.
const QUICK: Duration = Duration::from_secs(1);
/// So many of them are sent to beside the others.
const MOST_SLOW: usize = 256;
/// How long what is being worked on may take when the server shuts down; the rest is done after the next start.
const LAST_WORDS: Duration = Duration::from_secs(8);
/// How long jobs that were left meanwhile are waited for.
const TOGETHER: Duration = Duration::from_millis(20);
/// How often an event is tried before it is given up.
const MOST_TRIES: i32 = 20;

/// Works through received activities: several hosts beside each other, each in its order.
pub async fn receive(config: FederationConfig<Federation>, width: usize, mut shutdown: Shutdown) {
    let data: Federation = (*config).clone();
    let bell = data.queues().bell().inbox.clone();
    let mut running = JoinSet::new();
    let mut demand = Demand::new(width);
    loop {
        if let Some(room) = demand.room(running.len()) {
            let hosts = data.queues().take_inbound_hosts(count(room)).await;
            let hosts = hosts.unwrap_or_else(|err| complain("received activities", &err));
            demand.took(hosts.len(), room);
            for host in hosts {
                let (config, shutdown) = (config.clone(), shutdown.clone());
                // One small thing after the other: on a thread of its own, nothing is handed to and fro.
                running.spawn_blocking(move || {
                    db::blocking::here(receive_from(config, host, shutdown));
                });
            }
        }
        if !demand.wait(&mut running, &bell, &mut shutdown).await {
            break;
        }
    }
    data.stop();
    while running.join_next().await.is_some() {}
}

async fn receive_from(config: FederationConfig<Federation>, host: String, mut shutdown: Shutdown) {
    let done = async {
        loop {
            let request = config.to_request_data();
            let batch = request.queues().next_inbound(&host, 20).await?;
            if batch.is_empty() {
                return request.queues().release_inbound(&host).await.map_err(InboxError::from);
            }
            let started = Instant::now();
            for row in batch {
                if BATCH_TIME < started.elapsed() {
                    break;
                }
                inbox::process(&request, row).await?;
                if request.is_stopping() {
                    return request.queues().release_inbound(&host).await.map_err(InboxError::from);
                }
            }
        }
    };
    let ended = async {
        drop(shutdown.wait_for(|shutdown| *shutdown).await);
        tokio::time::sleep(LAST_WORDS).await;
    };
    tokio::select! {
        done = done => if let Err(err) = done {
            tracing::error!(%host, %err, "received activities of a host could not be processed");
        },
        () = ended => {}
    }
}

/// Turns events into deliveries, in the order in which they happened.
pub async fn tell(data: Federation, mut shutdown: Shutdown) {
    let bell = data.queues().bell().events.clone();
    loop {
        let now = data.now();
        let due = data.read(move |conn| db::events::due(conn, now, 50)).await;
        let due = due.unwrap_or_else(|err| complain("events", &err));
        let more = !due.is_empty();
        if more {
            let data = data.clone();
            let told =
                tokio::task::spawn_blocking(|| db::blocking::here(Box::pin(tell_all(data, due))));
            drop(told.await.inspect_err(|err| tracing::error!(%err, "events could not be told")));
        }
        if !wait(more, &bell, &mut shutdown).await {
            break;
        }
    }
}

/// Events of which nothing is sent are ended together: they change nothing that the others look at.
async fn tell_all(data: Federation, due: Vec<EventRow>) {
    let mut kept = Vec::new();
    for row in due {
        let told = caught(Box::pin(async {
            let letters = outbox::letters_of(&data, &row).await?;
            if letters.is_empty() {
                return Ok(false);
            }
            data.queues().tell(row.id, letters).await?;
            Ok(true)
        }));
        match told.await {
            Ok(true) => {}
            Ok(false) => kept.push(row.id),
            Err(err) => put_off(&data, &row, &err).await,
        }
    }
    if !kept.is_empty()
        && let Err(err) = data.queues().keep_to_ourselves(kept).await
    {
        tracing::error!(%err, "events could not be ended");
    }
}

async fn put_off(data: &Federation, row: &EventRow, err: &InboxError) {
    tracing::error!(event = %row.id, kind = row.kind, %err, "an event could not be told");
    let wait = 5_i64.saturating_mul(1 << row.attempts.clamp(0, 10));
    let until = (row.attempts < MOST_TRIES).then(|| data.now().plus_seconds(wait));
    let put_off = data.queues().put_off_event(row.id, until, err.to_string()).await;
    drop(put_off.inspect_err(|err| tracing::error!(%err, "an event was not put off")));
}

/// Sends: many hosts beside each other, each in its order. Those that take their time are not counted, up to a number
/// that memory has room for: nobody else waits for them.
pub async fn deliver(data: Federation, width: usize, mut shutdown: Shutdown) {
    let bell = data.queues().bell().deliveries.clone();
    let slow = Arc::new(AtomicUsize::new(0));
    let mut running = JoinSet::new();
    let mut demand = Demand::new(width);
    loop {
        let uncounted = slow.load(Ordering::Relaxed).min(MOST_SLOW);
        if let Some(room) = demand.room(running.len().saturating_sub(uncounted)) {
            let hosts = data.queues().take_delivery_hosts(count(room)).await;
            let hosts = hosts.unwrap_or_else(|err| complain("deliveries", &err));
            demand.took(hosts.len(), room);
            for host in hosts {
                running.spawn(deliver_to(data.clone(), host, slow.clone()));
            }
        }
        if !demand.wait(&mut running, &bell, &mut shutdown).await {
            break;
        }
    }
    data.stop();
    while running.join_next().await.is_some() {}
}

async fn deliver_to(data: Federation, host: String, slow: Arc<AtomicUsize>) {
    let mut sending = Box::pin(deliveries::send_to(&data, &host));
    let quick = tokio::time::timeout(QUICK, &mut sending).await;
    let done = if let Ok(done) = quick {
        done
    } else {
        let _counted = Slow::new(slow);
        data.queues().bell().deliveries.notify_one();
        sending.await
    };
    if let Err(err) = done {
        tracing::error!(%host, %err, "deliveries to a host stopped");
    }
}

/// One of those that take their time, until it is dropped.
struct Slow(Arc<AtomicUsize>);

impl Slow {
    fn new(slow: Arc<AtomicUsize>) -> Self {
        slow.fetch_add(1, Ordering::Relaxed);
        Self(slow)
    }
}

impl Drop for Slow {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How many hosts are worked on at once, and whether there may be more of them: taking them is a transaction.
struct Demand {
    width: usize,
    maybe: bool,
}

impl Demand {
    fn new(width: usize) -> Self {
        Self { width, maybe: true }
    }

    /// How many are to be taken, where there may be some; not each time that one place is free.
    fn room(&self, running: usize) -> Option<usize> {
        let room = self.width.saturating_sub(running);
        (self.maybe && 0 < room && self.width <= 4 * room).then_some(room)
    }

    /// Where fewer were there than were wanted, there is nothing more before somebody rings.
    fn took(&mut self, taken: usize, room: usize) {
        self.maybe = room <= taken;
    }

    /// Waits until there may be something to do; `false` when the server shuts down.
    async fn wait(
        &mut self,
        running: &mut JoinSet<()>,
        bell: &Notify,
        shutdown: &mut Shutdown,
    ) -> bool {
        if *shutdown.borrow() {
            return false;
        }
        if self.room(running.len()).is_some() {
            return true;
        }
        tokio::select! {
            _ = shutdown.changed() => return false,
            Some(_) = running.join_next() => {}
            () = bell.notified() => self.maybe = true,
            () = tokio::time::sleep(NAP) => self.maybe = true,
        }
        true
    }
}

/// Does jobs, one after the other.
pub async fn work(data: Federation, mut shutdown: Shutdown) {
    let bell = data.queues().bell().jobs.clone();
    loop {
        let due = data.queues().take_jobs(10).await.unwrap_or_else(|err| complain("jobs", &err));
        let more = !due.is_empty();
        for job in due {
            let done = match job.kind.as_str() {
                "meet_instance" => caught(Box::pin(instances::job(&data, &job.payload))).await,
                jobs::TOUCH_THREAD => caught(Box::pin(outbox::touch(&data, &job))).await,
                inbox::forwarded::JOB => {
                    caught(Box::pin(inbox::forwarded::fetch(&data, &job.payload))).await
                }
                jobs::CONFIRM_GONE => caught(Box::pin(gone::confirm(&data, &job.payload))).await,
                other => Err(InboxError::Broken(format!("nobody knows how to do {other}"))),
            };
            let outcome = if done.is_ok() { "done" } else { "failed" };
            metrics::counter!("tequio_jobs_total", "kind" => job.kind.clone(), "outcome" => outcome)
                .increment(1);
            let settled = match done {
                Ok(()) => data.queues().finish_job(job.id).await,
                Err(err) => {
                    let wait = 60_i64.saturating_mul(1 << job.attempts.clamp(0, 8));
                    let until = (job.attempts < 8).then(|| data.now().plus_seconds(wait));
                    data.queues().put_off_job(job.id, until, err.to_string()).await
                }
            };
            drop(settled.inspect_err(|err| tracing::error!(%err, "a job could not be settled")));
        }
        if !wait(more, &bell, &mut shutdown).await {
            break;
        }
        // Each operation rings: what they leave is looked for together.
        tokio::time::sleep(TOGETHER).await;
    }
}

/// Waits until there may be something to do; `false` when the server shuts down.
async fn wait(more: bool, bell: &Notify, shutdown: &mut Shutdown) -> bool {
    if *shutdown.borrow() {
        return false;
    }
    if more {
        // There may be more than was taken.
        tokio::task::yield_now().await;
        return true;
    }
    tokio::select! {
        _ = shutdown.changed() => false,
        () = bell.notified() => true,
        () = tokio::time::sleep(NAP) => true,
    }
}

fn count(room: usize) -> i64 {
    i64::try_from(room).unwrap_or(i64::MAX)
}

fn complain<T: Default>(what: &str, err: &dyn std::fmt::Display) -> T {
    tracing::error!(%err, "{what} could not be read");
    T::default()
}
