//! Waiting for what comes over the network.

use std::time::{Duration, Instant};

/// Looks until there is something, for half a minute; `what` completes the sentence "… did not happen".
pub(crate) async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(30) {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{what} did not happen within half a minute");
}
