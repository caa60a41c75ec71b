//! Sending: signed at the moment of sending, one host after its own order, hosts beside each other.

use std::time::{Duration, Instant};

use bytes::Bytes;
use db::deliveries::DeliveryRow;
use domain::Time;
use ops::queues::Sent;
use url::Url;

use crate::{
    Federation,
    caught::caught,
    error::InboxError,
    fetch::{FetchError, Reply},
    serve::ACTIVITY_JSON,
    signature,
};

/// How many deliveries of a host are read at once.
const BATCH: i64 = 20;
/// How long a batch may take before the next is read; with one more delivery of 30 s this stays well under
/// the 60 s of a lease.
const BATCH_TIME: Duration = Duration::from_secs(15);
/// The longest pause between two tries of a host: four hours.
const LONGEST_PAUSE: i64 = 4 * 3_600;

/// Sends everything that waits for a leased host, in order, until it is empty or the host fails.
pub async fn send_to(data: &Federation, host: &str) -> Result<(), InboxError> {
    loop {
        let batch = data.queues().next_deliveries(host, BATCH).await?;
        if batch.is_empty() {
            data.queues().release_deliveries(host).await?;
            return Ok(());
        }
        // The lease is renewed with each batch: a slow host gets small ones.
        let started = Instant::now();
        for delivery in &batch {
            if BATCH_TIME < started.elapsed() {
                break;
            }
            let sent = send(data, delivery).await;
            let label = label(&sent);
            metrics::counter!("tequio_deliveries_total", "outcome" => label).increment(1);
            let stop = matches!(sent, Sent::Later { .. });
            data.queues().settle(delivery, sent).await?;
            if stop {
                // The host is backing off and was given back; what is behind keeps its place.
                return Ok(());
            }
            if data.is_stopping() {
                return Ok(data.queues().release_deliveries(host).await?);
            }
        }
    }
}

fn label(sent: &Sent) -> &'static str {
    match sent {
        Sent::Arrived => "arrived",
        Sent::Gone => "gone",
        Sent::Refused(_) => "refused",
        Sent::Later { .. } => "later",
    }
}

async fn send(data: &Federation, delivery: &DeliveryRow) -> Sent {
    match caught(Box::pin(attempt(data, delivery))).await {
        Ok(reply) => judge(data, delivery, &reply),
        Err(InboxError::Fetch(FetchError::Refused(why))) => Sent::Refused(why.to_owned()),
        Err(err) => later(data, delivery, None, err.to_string()),
    }
}

async fn attempt(data: &Federation, delivery: &DeliveryRow) -> Result<Reply, InboxError> {
    let host = delivery.host.clone();
    if data.read(move |conn| db::instances::is_suspended(conn, &host)).await? {
        return Err(FetchError::Refused("the host is blocked here").into());
    }
    let key = data.signing_key(delivery.sender).await?;
    let url =
        Url::parse(&delivery.inbox).map_err(|_| FetchError::Refused("the inbox is no address"))?;
    let body = Bytes::from(delivery.body.clone());
    let (now, target, bytes) = (data.system_now(), url.clone(), body.clone());
    let headers = tokio::task::spawn_blocking(move || {
        signature::sign(&key, "POST", &target, now, Some(ACTIVITY_JSON), Some(&bytes))
    });
    let headers = headers.await.map_err(|err| InboxError::Broken(err.to_string()))?;
    let headers = headers.map_err(|err| InboxError::Broken(err.to_string()))?;
    Ok(data.parts.fetcher.post(&url, headers, body).await?)
}

/// 2xx is done; 401, 408, 429 and 5xx are tried again; every other 4xx is their last word.
fn judge(data: &Federation, delivery: &DeliveryRow, reply: &Reply) -> Sent {
    let why = || {
        let words: String = reply.body.chars().take(200).collect();
        format!("{} {words}", reply.status)
    };
    match reply.status {
        200..=299 => Sent::Arrived,
        410 => Sent::Gone,
        401 | 408 | 425 | 429 | 500..=599 => later(data, delivery, reply.retry_after, why()),
        _ => Sent::Refused(why()),
    }
}

/// After 15 s, 30 s, a minute … four hours, or when the peer asks for it; given up after days.
fn later(data: &Federation, delivery: &DeliveryRow, asked: Option<Duration>, why: String) -> Sent {
    let now = data.now();
    if delivery.created_at.plus_days(data.parts.give_up_after_days) < now {
        return Sent::Refused(format!("given up: {why}"));
    }
    let at = pause(now, delivery.attempts, asked);
    tracing::debug!(host = %delivery.host, %why, until = %at, "a delivery is put off");
    Sent::Later { at, why }
}

fn pause(now: Time, attempts: i32, asked: Option<Duration>) -> Time {
    let usual = 15_i64.saturating_mul(1 << attempts.clamp(0, 12)).min(LONGEST_PAUSE);
    let asked = asked.and_then(|asked| i64::try_from(asked.as_secs()).ok()).unwrap_or_default();
    // A tenth of jitter from the clock itself keeps hosts that failed together from meeting again.
    let jitter = now.micros().rem_euclid(usual.max(10) / 10 + 1);
    now.plus_seconds(usual.max(asked) + jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let now = Time::from_micros(0);
        let seconds = |attempts, asked: Option<u64>| {
            pause(now, attempts, asked.map(Duration::from_secs)).seconds()
        };
        for (attempts, asked, want) in [
            (0, None, 15),
            (1, None, 30),
            (5, None, 480),
            (30, None, LONGEST_PAUSE),
            (0, Some(120), 120),
            (5, Some(120), 480),
        ] {
            assert_eq!(seconds(attempts, asked), want, "{attempts} {asked:?}");
        }
    }
}
