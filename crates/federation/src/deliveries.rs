//! Sending: signed at the moment of sending, one host after its own order, hosts beside each other.

use std::{
    slice,
    time::{Duration, Instant},
};

use bytes::Bytes;
use db::deliveries::DeliveryRow;
use domain::{Origin, Time};
use ops::{instances::RecordOpenActors, queues::Sent};
use serde_json::Value;
use url::Url;

use crate::{
    Federation,
    caught::caught,
    error::InboxError,
    fetch::{FetchError, Reply},
    meet,
    retries::{fresh, reason},
    serve::ACTIVITY_JSON,
    signature::{self, Sign, SigningKey},
    verdict::{Verdict, judge},
};

/// How many deliveries of a host are read at once.
const BATCH: i64 = 20;
/// How long a batch may take before the next is read; with one more delivery of 30 s this stays well under
/// the 60 s of a lease.
const BATCH_TIME: Duration = Duration::from_secs(15);
/// How long a delivery may take, a second try included.
const DELIVERY_TIME: Duration = Duration::from_secs(30);
/// The longest pause between two tries of a host: four hours.
const LONGEST_PAUSE: i64 = 4 * 3_600;
/// How many addresses of an activity are looked at.
const MOST_ADDRESSED: usize = 1_000;

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
            let more = matches!(sent, Sent::Unshared { .. });
            data.queues().settle(delivery, sent).await?;
            if stop {
                // The host is backing off and was given back; what is behind keeps its place.
                return Ok(());
            }
            if more {
                // What it is split into comes before what is behind it.
                break;
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
        Sent::Unshared { .. } => "unshared",
        Sent::Refused(_) => "refused",
        Sent::Later { .. } => "later",
    }
}

async fn send(data: &Federation, delivery: &DeliveryRow) -> Sent {
    match caught(Box::pin(attempt(data, &fresh(delivery)))).await {
        Ok(reply) => match settled(data, delivery, &reply).await {
            Ok(sent) => sent,
            Err(err) => later(data, delivery, None, err.to_string()),
        },
        Err(InboxError::Fetch(FetchError::Refused(why))) => Sent::Refused(why.to_owned()),
        Err(err) => later(data, delivery, None, err.to_string()),
    }
}

async fn attempt(data: &Federation, delivery: &DeliveryRow) -> Result<Reply, InboxError> {
    let (host, sender) = (delivery.host.clone(), delivery.sender);
    let blocked = data.read(move |conn| {
        let sender = db::moderation::is_suspended(conn, sender)?;
        Ok((db::instances::is_suspended(conn, &host)?, sender))
    });
    match blocked.await? {
        (true, _) => return Err(FetchError::Refused("the host is blocked here").into()),
        (_, true) => return Err(FetchError::Refused("the sender is suspended here").into()),
        _ => {}
    }
    let key = data.delivery_key(delivery).await?;
    let url =
        Url::parse(&delivery.inbox).map_err(|_| FetchError::Refused("the inbox is no address"))?;
    let body = Bytes::from(delivery.body.clone());
    let started = Instant::now();
    let reply = post(data, &key, &url, &body, signature::sign).await?;
    if reply.status != 401 {
        return Ok(reply);
    }
    // Some read the newer kind of signature alone. Nobody is remembered for it: one more request is
    // cheap, and a server that is set up anew may read another kind than it did.
    let left = DELIVERY_TIME.saturating_sub(started.elapsed());
    let again = post(data, &key, &url, &body, signature::sign_rfc9421);
    tokio::time::timeout(left, again).await.unwrap_or(Ok(reply))
}

async fn post(
    data: &Federation,
    key: &SigningKey,
    url: &Url,
    body: &Bytes,
    sign: Sign,
) -> Result<Reply, InboxError> {
    let (now, key, target, bytes) = (data.system_now(), key.clone(), url.clone(), body.clone());
    let headers = tokio::task::spawn_blocking(move || {
        sign(&key, "POST", &target, now, Some(ACTIVITY_JSON), Some(&bytes))
    });
    let headers = headers.await.map_err(|err| InboxError::Broken(err.to_string()))?;
    let headers = headers.map_err(|err| InboxError::Broken(err.to_string()))?;
    Ok(data.parts.fetcher.post(url, headers, body.clone()).await?)
}

/// What becomes of a delivery by what they said to it.
async fn settled(
    data: &Federation,
    delivery: &DeliveryRow,
    reply: &Reply,
) -> Result<Sent, InboxError> {
    let host = delivery.host.clone();
    let dialect = data.read(move |conn| db::instances::dialect(conn, &host)).await?;
    if reply.status == 401 && is_anothers(data, &delivery.body) {
        // They do not take from us what others said: that is no reason to hold up what we say ourselves.
        return Ok(Sent::Refused("401: not taken from us".to_owned()));
    }
    Ok(match judge(dialect, reply) {
        Verdict::Arrived => Sent::Arrived,
        Verdict::Missing { gone, why } => missing(data, delivery, gone, why).await?,
        Verdict::Refused(why) => Sent::Refused(why),
        Verdict::Unreadable { actor, why } => {
            unreadable(data, delivery, &actor).await?;
            Sent::Refused(why)
        }
        Verdict::Later(why) => later(data, delivery, reply.retry_after, why),
    })
}

/// Is this what somebody elsewhere said, and we pass on?
fn is_anothers(data: &Federation, body: &str) -> bool {
    let activity: Value = serde_json::from_str(body).unwrap_or_default();
    let actor = activity.get("actor").and_then(Value::as_str);
    actor.and_then(|actor| Url::parse(actor).ok()).is_some_and(|actor| !data.site().owns(&actor))
}

/// Nobody is at an inbox. Where several shared it each is written to alone; whoever had it to themselves is
/// looked for when it is gone for good.
async fn missing(
    data: &Federation,
    delivery: &DeliveryRow,
    gone: bool,
    why: String,
) -> Result<Sent, InboxError> {
    let (host, inbox) = (delivery.host.clone(), delivery.inbox.clone());
    let own = data.read(move |conn| db::actors::behind(conn, &host, &inbox, 1)).await?;
    Ok(match (own.is_empty(), gone) {
        (true, _) => Sent::Unshared { addressed: addressed(&delivery.body) },
        (false, true) => Sent::Gone,
        (false, false) => Sent::Refused(why),
    })
}

/// To whom an activity is addressed, as it says itself.
fn addressed(body: &str) -> Vec<String> {
    let activity: Value = serde_json::from_str(body).unwrap_or_default();
    let lists = ["to", "cc"].into_iter().filter_map(|name| activity.get(name));
    let each = lists.flat_map(|list| list.as_array().map_or(slice::from_ref(list), Vec::as_slice));
    each.filter_map(|it| it.as_str().map(str::to_owned)).take(MOST_ADDRESSED).collect()
}

/// A server could not read the author of what we passed on: from now on a guest of ours says what the people
/// of that author's server say. No server is believed about others than that author.
async fn unreadable(
    data: &Federation,
    delivery: &DeliveryRow,
    actor: &str,
) -> Result<(), InboxError> {
    let body: Value = serde_json::from_str(&delivery.body).unwrap_or_default();
    let author = body.pointer("/object/actor").or_else(|| body.get("actor"));
    let is_author = author.and_then(Value::as_str) == Some(actor);
    let Some(author) = Url::parse(actor).ok().filter(|it| is_author && !data.site().owns(it))
    else {
        return Ok(());
    };
    let operation = RecordOpenActors { host: meet::host_of(&author), open: false };
    Ok(data.door().perform(Origin::server(), operation).await?)
}

/// After 15 s, 30 s, a minute … four hours, or when the peer asks for it; given up after days.
fn later(data: &Federation, delivery: &DeliveryRow, asked: Option<Duration>, why: String) -> Sent {
    let (now, why) = (data.now(), reason(delivery, why));
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
