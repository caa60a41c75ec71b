//! Sends what was written before: as fast as it is answered, or as often as it is told.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use tokio::task::JoinSet;

use crate::{http::Connection, stats::Times};

/// When the next request goes out.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// When the one before it on its connection is answered: tells how much a server can do.
    Closed,
    /// So many in a second, whether or not earlier ones are answered; waiting counts. Tells how long somebody waits.
    Open(u32),
}

/// What became of the requests.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// How long each took.
    pub times: Times,
    /// How many there were of each status; zero is no answer.
    pub statuses: BTreeMap<u16, usize>,
    /// From the first to the last answer.
    pub took: Duration,
    /// Which of the requests were answered with a 2xx.
    pub acknowledged: Vec<usize>,
}

impl Sent {
    /// How many were answered otherwise than with 2xx.
    #[must_use]
    pub fn failed(&self) -> usize {
        let failed = self.statuses.iter().filter(|(status, _)| !(200..300).contains(*status));
        failed.map(|(_, count)| count).sum()
    }

    /// How many were answered with 5xx, or not at all.
    #[must_use]
    pub fn broken(&self) -> usize {
        let broken = self.statuses.iter().filter(|(status, _)| **status == 0 || 500 <= **status);
        broken.map(|(_, count)| count).sum()
    }
}

/// Sends all over so many connections. Where nobody answers any more, the rest is not sent.
pub async fn send(
    port: u16,
    connections: usize,
    pace: Pace,
    requests: Arc<Vec<Vec<u8>>>,
) -> Result<Sent> {
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..connections {
        tasks.spawn(one(port, pace, start, requests.clone(), next.clone()));
    }
    let (mut times, mut sent) = (Vec::new(), Sent::default());
    while let Some(done) = tasks.join_next().await {
        for (number, status, time) in done? {
            *sent.statuses.entry(status).or_default() += 1;
            times.push(time);
            if (200..300).contains(&status) {
                sent.acknowledged.push(number);
            }
        }
    }
    sent.took = start.elapsed();
    sent.times = Times::of(times);
    if sent.statuses.is_empty() && !requests.is_empty() {
        bail!("the server did not answer at all");
    }
    Ok(sent)
}

async fn one(
    port: u16,
    pace: Pace,
    start: Instant,
    requests: Arc<Vec<Vec<u8>>>,
    next: Arc<AtomicUsize>,
) -> Vec<(usize, u16, Duration)> {
    let mut done = Vec::new();
    let Ok(mut connection) = Connection::to(port).await else { return done };
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some(request) = requests.get(number) else { return done };
        let begun = match pace {
            Pace::Closed => Instant::now(),
            Pace::Open(each_second) => {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                let due = start + Duration::from_secs(1) * number / each_second.max(1);
                tokio::time::sleep_until(due.into()).await;
                due
            }
        };
        let answer = connection.ask(request).await;
        let status = answer.as_ref().map_or(0, crate::http::Message::status);
        done.push((number, status, begun.elapsed()));
        if answer.is_err() {
            let Ok(again) = Connection::to(port).await else { return done };
            connection = again;
        }
    }
}
