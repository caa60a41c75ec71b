//! Sending to one host: what is about one thing goes in its order, and the rest beside it.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use db::deliveries::DeliveryRow;
use futures::{StreamExt, stream::FuturesUnordered};
use ops::queues::{MOST_FAILURES, Sent};

use crate::{
    Federation,
    error::InboxError,
    sending::{Outcome, send},
};

/// How many letters of a host are under way at once, at most.
const WIDEST: usize = 6;
/// How many deliveries of a host are read at once.
const BATCH: usize = 20;
/// How long a batch may take before the next is read; with one more delivery of 30 s this stays well under
/// the 60 s of a lease.
const BATCH_TIME: Duration = Duration::from_secs(15);

/// What is known of a host while it is sent to.
struct Round {
    /// What is next, of each lane to an inbox one letter.
    next: VecDeque<DeliveryRow>,
    /// The lease is renewed with each reading: a slow host gets small batches.
    read: Instant,
    /// Whether that was all but what is behind it in its lane.
    read_all: bool,
    /// Inbox and lane of what is under way.
    busy: Vec<(String, Vec<u8>)>,
    /// How much may be under way; not known before the first reading.
    width: Option<usize>,
    /// Why all that is for this host shall wait. What is under way ends first.
    held: Option<(DeliveryRow, Outcome)>,
    /// Whether somebody answered since then.
    answered: bool,
}

/// Sends everything that is due for a leased host, until nothing is or the host does not answer.
pub async fn send_to(data: &Federation, host: &str) -> Result<(), InboxError> {
    let mut round = Round::new();
    let mut running = FuturesUnordered::new();
    loop {
        while let Some(delivery) = round.begin(data, host).await? {
            running.push(async move {
                let outcome = Box::pin(send(data, &delivery)).await;
                (delivery, outcome)
            });
        }
        if let Some((delivery, outcome)) = running.next().await {
            if round.end(data, delivery, outcome).await? == After::GivenBack {
                return Ok(());
            }
        } else if let Some((delivery, outcome)) = round.held.take() {
            if !round.answered {
                // The host backs off and is given back; what is behind keeps its place.
                return settle(data, &delivery, outcome.sent).await;
            }
            // It does answer: that letter waits, and nothing else.
            settle(data, &delivery, alone(outcome.sent)).await?;
            round.width = Some(1);
            round.read_all = false;
        } else {
            return Ok(data.queues().release_deliveries(host).await?);
        }
    }
}

/// Whether the host is still ours when a letter has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    Ours,
    GivenBack,
}

impl Round {
    fn new() -> Self {
        Self {
            next: VecDeque::new(),
            read: Instant::now(),
            read_all: false,
            busy: Vec::new(),
            width: None,
            held: None,
            answered: false,
        }
    }

    /// The next letter to be sent beside those that are under way.
    async fn begin(
        &mut self,
        data: &Federation,
        host: &str,
    ) -> Result<Option<DeliveryRow>, InboxError> {
        let width = self.width.unwrap_or(WIDEST);
        if self.held.is_some() || width <= self.busy.len() || data.is_stopping() {
            return Ok(None);
        }
        if self.next.is_empty() && self.read_all {
            return Ok(None);
        }
        if self.next.is_empty() || BATCH_TIME < self.read.elapsed() {
            self.read = Instant::now();
            // What is under way is in the books too.
            let limit = i64::try_from(BATCH + self.busy.len()).unwrap_or(i64::MAX);
            self.next = data.queues().next_deliveries(host, limit).await?.into();
            self.read_all = self.next.len() < BATCH;
            // Whoever did not answer the last time is asked with one letter.
            let fails = self.next.front().is_some_and(|row| 0 < row.host_failures);
            self.width.get_or_insert(if fails { 1 } else { WIDEST });
            self.next.retain(|row| !self.busy.iter().any(|(inbox, lane)| is(row, inbox, lane)));
        }
        let found = self.next.iter().position(|row| self.may_go(row));
        let delivery = found.and_then(|at| self.next.remove(at));
        if let Some(row) = &delivery {
            self.busy.push((row.inbox.clone(), row.lane.clone()));
        }
        Ok(delivery)
    }

    /// An inbox that has failed again and again is asked with one letter.
    fn may_go(&self, row: &DeliveryRow) -> bool {
        row.failures < MOST_FAILURES || !self.busy.iter().any(|(inbox, _)| *inbox == row.inbox)
    }

    /// Writes down what became of a letter, and learns from it how the host does.
    async fn end(
        &mut self,
        data: &Federation,
        delivery: DeliveryRow,
        outcome: Outcome,
    ) -> Result<After, InboxError> {
        self.busy.retain(|(inbox, lane)| !is(&delivery, inbox, lane));
        metrics::counter!("tequio_deliveries_total", "outcome" => label(&outcome.sent))
            .increment(1);
        if let Some((_, first)) = &self.held {
            self.answered |= first.silent && !outcome.silent;
            settle(data, &delivery, alone(outcome.sent)).await?;
            return Ok(After::Ours);
        }
        if matches!(outcome.sent, Sent::Later { .. }) {
            self.held = Some((delivery, outcome));
            self.answered = false;
            return Ok(After::Ours);
        }
        if outcome.sent == Sent::Arrived {
            self.width = self.width.map(|width| WIDEST.min(width + 1));
        }
        if outcome.sent != Sent::Arrived || 0 < delivery.failures {
            // The books say what that changes for the others.
            self.next.clear();
            self.read_all = false;
        }
        let last = self.read_all && self.next.is_empty() && self.busy.is_empty();
        if !last || outcome.sent != Sent::Arrived {
            settle(data, &delivery, outcome.sent).await?;
            return Ok(After::Ours);
        }
        if !data.queues().finish_deliveries(&delivery).await? {
            return Ok(After::GivenBack);
        }
        // What was behind it in its lane.
        self.read_all = false;
        Ok(After::Ours)
    }
}

fn is(row: &DeliveryRow, inbox: &str, lane: &[u8]) -> bool {
    row.inbox == inbox && row.lane == lane
}

/// What concerns this letter alone of what was to concern its host.
fn alone(sent: Sent) -> Sent {
    match sent {
        Sent::Later { at, why } => Sent::PutOff { at, why, theirs: false },
        sent => sent,
    }
}

async fn settle(data: &Federation, delivery: &DeliveryRow, sent: Sent) -> Result<(), InboxError> {
    Ok(data.queues().settle(delivery, sent).await?)
}

fn label(sent: &Sent) -> &'static str {
    match sent {
        Sent::Arrived => "arrived",
        Sent::Gone => "gone",
        Sent::Unshared { .. } => "unshared",
        Sent::Refused(_) => "refused",
        Sent::Later { .. } | Sent::PutOff { .. } => "later",
    }
}
