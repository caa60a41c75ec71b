//! Everything that runs beside the requests. Shutdown awaits it.

use std::{future::Future, time::Duration};

use actix_web::web::Data;
use federation::Federation;
use ops::media::Store;
use tokio::{sync::watch, task::JoinSet};

use crate::{clock, digests, metrics::QUEUE_LENGTH, searches};

/// The running workers of one instance.
pub struct Workers {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

/// How long shutdown waits for what has begun.
const PATIENCE: Duration = Duration::from_secs(10);

impl Workers {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self { stop: watch::Sender::new(false), tasks: JoinSet::new() }
    }

    /// Turns true when the workers should end.
    #[must_use]
    pub fn shutdown(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    /// Adds one; it must end soon after [`Self::shutdown`] turns true.
    pub fn add(&mut self, work: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(work);
    }

    /// Tells all to end and waits for them, for ten seconds at most. What is cut off then is tried again
    /// after the next start: the books know it.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(PATIENCE, ended).await.is_err() {
            tracing::warn!(
                "some workers did not end in time; their work is done after the next start"
            );
            self.tasks.shutdown().await;
        }
    }
}

impl Default for Workers {
    fn default() -> Self {
        Self::new()
    }
}

/// How many received activities' hosts, and how many hosts to deliver to, are worked on at once.
#[derive(Clone, Copy, Debug)]
pub struct Widths {
    pub inbox: usize,
    pub delivery: usize,
}

/// Starts the workers of federation and of the clock.
pub async fn start(
    workers: &mut Workers,
    federation: &Federation,
    widths: Widths,
) -> anyhow::Result<()> {
    let config = federation.config().await?;
    let shutdown = workers.shutdown();
    workers.add(federation::workers::receive(config, widths.inbox, shutdown.clone()));
    workers.add(federation::workers::tell(federation.clone(), shutdown.clone()));
    workers.add(federation::workers::deliver(
        federation.clone(),
        widths.delivery,
        shutdown.clone(),
    ));
    workers.add(federation::workers::work(federation.clone(), shutdown.clone()));
    workers.add(federation::instances::watch(federation.clone(), shutdown));
    Ok(())
}

/// Starts what happens because time passes.
pub fn start_clock(
    workers: &mut Workers,
    federation: &Federation,
    media: Data<Store>,
    keep_sent_days: i64,
) {
    let parts = &federation.parts;
    let (door, reader, queues) = (parts.door.clone(), parts.reader.clone(), parts.queues.clone());
    workers.add(clock::tidy(door.clone(), reader.clone(), media, workers.shutdown()));
    workers.add(searches::work(door.clone(), reader.clone(), queues.clone(), workers.shutdown()));
    workers.add(digests::work(door.clone(), reader.clone(), workers.shutdown()));
    workers.add(clock::tick(door, reader.clone(), queues, keep_sent_days, workers.shutdown()));
    workers.add(federation::webhooks::tell(federation.clone(), workers.shutdown()));
    workers.add(measure(reader, workers.shutdown()));
}

/// Tells Prometheus how much waits.
async fn measure(reader: db::Reader, mut shutdown: watch::Receiver<bool>) {
    loop {
        let counts = reader.read(|conn| {
            Ok([
                ("inbox", db::inbox::count_due(conn)?),
                ("events", db::events::count_pending(conn)?),
                ("deliveries", db::deliveries::count_waiting(conn)?),
                ("jobs", db::jobs::count_pending(conn)?),
            ])
        });
        if let Ok(counts) = counts.await {
            for (queue, count) in counts {
                let count = f64::from(i32::try_from(count).unwrap_or(i32::MAX));
                metrics::gauge!(QUEUE_LENGTH, "queue" => queue).set(count);
            }
        }
        tokio::select! {
            _ = shutdown.changed() => return,
            () = tokio::time::sleep(Duration::from_secs(15)) => {}
        }
    }
}
