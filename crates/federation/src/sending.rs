//! Sending one letter: signed at the moment of sending, and what their answer makes of it.

use std::{
    slice,
    time::{Duration, Instant},
};

use bytes::Bytes;
use db::deliveries::DeliveryRow;
use domain::Origin;
use ops::{
    instances::RecordOpenActors,
    queues::{Sent, pause},
};
use serde_json::Value;
use url::Url;

use crate::{
    Federation,
    caught::caught,
    error::InboxError,
    federation::private_key,
    fetch::{FetchError, Reply},
    meet,
    retries::{fresh, reason},
    serve::ACTIVITY_JSON,
    signature::{self, Sign, SigningKey},
    verdict::{Verdict, judge},
};

/// How long a delivery may take, a second try included.
const DELIVERY_TIME: Duration = Duration::from_secs(30);
/// How many addresses of an activity are looked at.
const MOST_ADDRESSED: usize = 1_000;
/// How often a letter is tried that this program itself cannot send.
const MOST_BROKEN: i32 = 8;

/// What became of a letter, and whether nobody answered at all.
pub(crate) struct Outcome {
    pub(crate) sent: Sent,
    pub(crate) silent: bool,
}

impl From<Sent> for Outcome {
    fn from(sent: Sent) -> Self {
        Self { sent, silent: false }
    }
}

/// Sends one letter.
pub(crate) async fn send(data: &Federation, delivery: &DeliveryRow) -> Outcome {
    match caught(Box::pin(attempt(data, &fresh(delivery)))).await {
        Ok(reply) => match settled(data, delivery, &reply).await {
            Ok(sent) => sent.into(),
            Err(err) => ours(data, delivery, &err).into(),
        },
        Err(InboxError::Fetch(FetchError::Refused(why))) => Sent::Refused(why.to_owned()).into(),
        Err(InboxError::Fetch(err)) => Outcome {
            sent: later(data, delivery, None, err.to_string(), Whole::Host),
            silent: true,
        },
        Err(err) => ours(data, delivery, &err).into(),
    }
}

/// Trouble of our own is nobody else's. What cannot be made or signed however often it is tried is given up, so that
/// somebody sees it.
fn ours(data: &Federation, delivery: &DeliveryRow, err: &InboxError) -> Sent {
    if !err.is_transient() && MOST_BROKEN <= delivery.attempts + 1 {
        return Sent::Refused(format!("given up: {err}"));
    }
    later(data, delivery, None, err.to_string(), Whole::Ours)
}

async fn attempt(data: &Federation, delivery: &DeliveryRow) -> Result<Reply, InboxError> {
    let (host, sender, key_id) = (delivery.host.clone(), delivery.sender, delivery.key_id.clone());
    let (blocked, suspended, key) = data
        .read(move |conn| {
            let blocked = db::instances::is_suspended(conn, &host)?;
            let suspended = db::moderation::is_suspended(conn, sender)?;
            Ok((blocked, suspended, private_key(conn, sender, key_id)?))
        })
        .await?;
    match (blocked, suspended) {
        (true, _) => return Err(FetchError::Refused("the host is blocked here").into()),
        (_, true) => return Err(FetchError::Refused("the sender is suspended here").into()),
        _ => {}
    }
    let key = data.parsed(key)?;
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
    if (200..300).contains(&reply.status) {
        return Ok(Sent::Arrived);
    }
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
        Verdict::Later(why) => later(data, delivery, reply.retry_after, why, Whole::Letter),
        Verdict::Busy(why) => later(data, delivery, reply.retry_after, why, Whole::Host),
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

/// What has to wait.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whole {
    /// All that is for the host.
    Host,
    /// This letter, on which they failed.
    Letter,
    /// This letter, on which we failed.
    Ours,
}

/// Another time; given up after days.
fn later(
    data: &Federation,
    delivery: &DeliveryRow,
    asked: Option<Duration>,
    why: String,
    what: Whole,
) -> Sent {
    let (now, why) = (data.now(), reason(delivery, why));
    if delivery.created_at.plus_days(data.parts.give_up_after_days) < now {
        return Sent::Refused(format!("given up: {why}"));
    }
    let at = pause(now, delivery.attempts, asked);
    tracing::debug!(host = %delivery.host, %why, until = %at, "a delivery is put off");
    match what {
        Whole::Host => Sent::Later { at, why },
        Whole::Letter | Whole::Ours => Sent::PutOff { at, why, theirs: what == Whole::Letter },
    }
}
