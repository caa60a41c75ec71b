//! Several processes on one PostgreSQL: each says every second that it is alive, and looks at what the others say.
//! The leases of one that has fallen silent are free, and not only when they run out.
//!
//! Whether a number stands still is measured by one clock, that of whoever looks: no two clocks have to agree.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use db::processes::ProcessRow;
use ops::Queues;
use tokio::task::JoinSet;

/// How often a process says that it is alive.
const BEAT: Duration = Duration::from_secs(1);
/// After how long a silent one is dead. One that was only held up notices that its leases are lost.
const SILENT: Duration = Duration::from_secs(5);

/// What is known of the other processes.
#[derive(Debug, Default)]
struct Others(HashMap<Vec<u8>, (i64, Instant)>);

impl Others {
    /// Those that have not counted up for too long.
    fn silent(&mut self, rows: &[ProcessRow], now: Instant) -> Vec<ProcessRow> {
        self.0.retain(|id, _| rows.iter().any(|row| row.id == *id));
        let mut silent = Vec::new();
        for row in rows {
            let (beats, since) = self.0.entry(row.id.clone()).or_insert((row.beats, now));
            if *beats != row.beats {
                (*beats, *since) = (row.beats, now);
            } else if SILENT <= now.duration_since(*since) {
                silent.push(row.clone());
            }
        }
        silent
    }
}

/// Says it, and looks, until this is dropped: also while the server shuts down, for it still holds what it has
/// begun. On SQLite there is nobody else.
pub(crate) fn watch(queues: &Queues) -> JoinSet<()> {
    let mut task = JoinSet::new();
    if queues.is_shared() {
        task.spawn(beat(queues.clone()));
    }
    task
}

async fn beat(queues: Queues) {
    let mut others = Others::default();
    loop {
        match queues.beat().await {
            Ok(rows) => {
                for dead in others.silent(&rows, Instant::now()) {
                    match queues.bury(dead).await {
                        Ok(true) => tracing::warn!("another process has died; its work goes on"),
                        Ok(false) => {}
                        Err(err) => tracing::error!(%err, "a dead process was not buried"),
                    }
                }
            }
            Err(err) => tracing::error!(%err, "the other processes are not told of this one"),
        }
        tokio::time::sleep(BEAT).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_counts_is_alive_and_who_stands_still_is_not() {
        let row = |id: u8, beats: i64| ProcessRow { id: vec![id], beats };
        let (mut others, start) = (Others::default(), Instant::now());
        let mut dead = |rows: &[ProcessRow], seconds: u64| -> Vec<u8> {
            let silent = others.silent(rows, start + Duration::from_secs(seconds));
            silent.iter().map(|row| row.id[0]).collect()
        };
        assert_eq!(dead(&[row(1, 1), row(2, 90)], 0), [0_u8; 0]);
        assert_eq!(dead(&[row(1, 4), row(2, 90)], 4), [0_u8; 0]);
        assert_eq!(dead(&[row(1, 5), row(2, 90)], 5), [2]);
        assert_eq!(dead(&[row(1, 6)], 6), [0_u8; 0], "it is buried");
        assert_eq!(dead(&[row(1, 6), row(2, 91)], 8), [0_u8; 0], "and alive again");
        assert_eq!(dead(&[row(1, 6), row(2, 93)], 11), [1]);
    }
}
