//! What happens because time passes: listings expire, finished messages are forgotten.

use std::time::Duration;

use domain::Origin;
use federation::workers::Shutdown;
use ops::{Door, OpError, Queues, listings::ExpireListing, notifications::TellExpiring};

/// How often listings are looked through.
const EXPIRY: Duration = Duration::from_secs(30);
/// How many rounds of it make a round of sweeping: an hour.
const SWEEP_EVERY: u32 = 120;

/// Runs until the server shuts down.
pub async fn tick(door: Door, reader: db::Reader, queues: Queues, mut shutdown: Shutdown) {
    let mut round = 0_u32;
    loop {
        expire(&door, &reader).await;
        if round.is_multiple_of(SWEEP_EVERY) {
            if let Err(err) = queues.sweep().await {
                tracing::error!(%err, "finished messages could not be swept");
            }
            if let Err(err) = door.perform(Origin::clock(), TellExpiring).await {
                tracing::error!(%err, "authors could not be told what expires");
            }
        }
        round = round.wrapping_add(1);
        tokio::select! {
            _ = shutdown.changed() => return,
            () = tokio::time::sleep(EXPIRY) => {}
        }
    }
}

/// Closes the listings whose time is over, a hundred at a time.
pub async fn expire(door: &Door, reader: &db::Reader) {
    let now = door.now();
    let due = match reader.read(move |conn| db::listings::expired(conn, now, 100)).await {
        Ok(due) => due,
        Err(err) => {
            tracing::error!(%err, "expired listings could not be read");
            return;
        }
    };
    for listing in due {
        match door.perform(Origin::clock(), ExpireListing { listing }).await {
            // A steward was quicker.
            Ok(()) | Err(OpError::Refused(_) | OpError::NotFound(_)) => {}
            Err(err) => tracing::error!(%listing, %err, "a listing could not expire"),
        }
    }
}
