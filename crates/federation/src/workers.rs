//! The loops that work through the books. Each ends when the server shuts down, after what it has begun.

use std::{
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};

use activitypub_federation::config::FederationConfig;
use futures::{StreamExt, stream::FuturesUnordered};
use ops::jobs;
use tokio::sync::{Notify, watch};

use crate::{
    Federation, caught::caught, deliveries, error::InboxError, gone, inbox, instances, outbox,
};

/// Turns true when the server shuts down.
pub type Shutdown = watch::Receiver<bool>;

/// How long a worker sleeps when nobody rings.
const NAP: Duration = Duration::from_secs(1);
/// How long a batch of received activities may take before the lease of their host is renewed.
const BATCH_TIME: Duration = Duration::from_secs(30);
/// How often an event is tried before it is given up.
const MOST_TRIES: i32 = 20;

/// Works through received activities: several hosts beside each other, each in its order.
pub async fn receive(config: FederationConfig<Federation>, width: usize, mut shutdown: Shutdown) {
    let data: Federation = (*config).clone();
    let bell = data.queues().bell().inbox.clone();
    let mut running = FuturesUnordered::new();
    loop {
        let room = width.saturating_sub(running.len());
        let hosts = match data.queues().take_inbound_hosts(count(room)).await {
            Ok(hosts) if 0 < room => hosts,
            Ok(_) => Vec::new(),
            Err(err) => complain("received activities", &err),
        };
        let more = !hosts.is_empty();
        running.extend(hosts.into_iter().map(|host| receive_from(config.clone(), host)));
        if !wait(&mut running, more, &bell, &mut shutdown).await {
            break;
        }
    }
    data.stop();
    while running.next().await.is_some() {}
}

async fn receive_from(config: FederationConfig<Federation>, host: String) {
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
    if let Err(err) = done.await {
        tracing::error!(%host, %err, "received activities of a host could not be processed");
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
        for row in due {
            if let Err(err) = caught(Box::pin(outbox::tell(&data, &row))).await {
                tracing::error!(event = %row.id, kind = row.kind, %err, "an event could not be told");
                let wait = 5_i64.saturating_mul(1 << row.attempts.clamp(0, 10));
                let until = (row.attempts < MOST_TRIES).then(|| data.now().plus_seconds(wait));
                let put_off = data.queues().put_off_event(row.id, until, err.to_string()).await;
                drop(put_off.inspect_err(|err| tracing::error!(%err, "an event was not put off")));
            }
        }
        if !wait(&mut FuturesUnordered::<Idle>::new(), more, &bell, &mut shutdown).await {
            break;
        }
    }
}

/// Sends: many hosts beside each other, each in its order.
pub async fn deliver(data: Federation, width: usize, mut shutdown: Shutdown) {
    let bell = data.queues().bell().deliveries.clone();
    let mut running = FuturesUnordered::new();
    loop {
        let room = width.saturating_sub(running.len());
        let hosts = match data.queues().take_delivery_hosts(count(room)).await {
            Ok(hosts) if 0 < room => hosts,
            Ok(_) => Vec::new(),
            Err(err) => complain("deliveries", &err),
        };
        let more = !hosts.is_empty();
        running.extend(hosts.into_iter().map(|host| deliver_to(data.clone(), host)));
        if !wait(&mut running, more, &bell, &mut shutdown).await {
            break;
        }
    }
    data.stop();
    while running.next().await.is_some() {}
}

async fn deliver_to(data: Federation, host: String) {
    if let Err(err) = deliveries::send_to(&data, &host).await {
        tracing::error!(%host, %err, "deliveries to a host stopped");
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
        if !wait(&mut FuturesUnordered::<Idle>::new(), more, &bell, &mut shutdown).await {
            break;
        }
    }
}

type Idle = std::future::Ready<()>;

/// Waits until there may be something to do; `false` when the server shuts down.
async fn wait<F: Future<Output = ()>>(
    running: &mut FuturesUnordered<F>,
    more: bool,
    bell: &Arc<Notify>,
    shutdown: &mut Shutdown,
) -> bool {
    if *shutdown.borrow() {
        return false;
    }
    if more {
        // Poll what runs once, and look again: there may be more than was taken.
        tokio::task::yield_now().await;
    }
    let idle = running.is_empty();
    tokio::select! {
        _ = shutdown.changed() => false,
        Some(()) = running.next(), if !idle => true,
        () = bell.notified() => true,
        () = tokio::time::sleep(if more { Duration::ZERO } else { NAP }) => true,
    }
}

fn count(room: usize) -> i64 {
    i64::try_from(room).unwrap_or(i64::MAX)
}

fn complain<T: Default>(what: &str, err: &dyn std::fmt::Display) -> T {
    tracing::error!(%err, "{what} could not be read");
    T::default()
}
