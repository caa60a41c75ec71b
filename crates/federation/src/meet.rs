//! Meeting actors of other servers: fetched from where they live, believed only about themselves.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use apub::{Malformed, inbound::Actor};
use db::actors::ActorRow;
use domain::{ActorId, Origin, Speaker, Way};
use ops::actors::RecordActor;
use serde_json::Value;
use url::Url;

use crate::{Federation, actors::kind, error::InboxError, fetch::FetchError};

/// After so many seconds an actor is fetched again when it is needed.
const STALE_SECONDS: i64 = 86_400;

/// So many documents are fetched because of one received message (FET-17); whoever sends it does not choose
/// how much we ask of others.
const MOST_FETCHES: u32 = 20;

/// And so long all of them take: less than the host that sent it is leased to one worker.
const MOST_TIME: Duration = Duration::from_secs(90);

/// What may still be asked of others for the message that is worked through.
struct Budget {
    left: Cell<u32>,
    ends: Instant,
}

tokio::task_local! {
    static BUDGET: Budget;
}

/// Does what follows from one message, with a limit to what is fetched for it.
pub(crate) async fn bounded<T>(work: impl Future<Output = T>) -> T {
    let budget = Budget { left: Cell::new(MOST_FETCHES), ends: Instant::now() + MOST_TIME };
    BUDGET.scope(budget, work).await
}

/// Counts one fetch, if a message is behind it, and says how long it may take.
fn spend(deadline: Option<Duration>) -> Result<Option<Duration>, InboxError> {
    let spent = BUDGET.try_with(|budget| {
        let left = budget.left.replace(budget.left.get().saturating_sub(1));
        (left, budget.ends.saturating_duration_since(Instant::now()))
    });
    match spent {
        Err(_) => Ok(deadline),
        Ok((0, _)) => {
            Err(InboxError::Ignored("too much would have to be fetched for it".to_owned()))
        }
        Ok((_, Duration::ZERO)) => Err(FetchError::Timeout.into()),
        Ok((_, time)) => Ok(Some(deadline.map_or(time, |deadline| deadline.min(time)))),
    }
}

/// Fetches an ActivityPub document, signed by the instance actor: its final address and its value.
pub async fn document(
    data: &Federation,
    address: &Url,
    deadline: Option<Duration>,
) -> Result<(Url, Value), InboxError> {
    if data.site().owns(address) {
        return Err(InboxError::Origin("the address lies here"));
    }
    let host = host_of(address);
    if data.read(move |conn| db::instances::is_suspended(conn, &host)).await? {
        return Err(InboxError::Blocked);
    }
    let deadline = spend(deadline)?;
    let key = data.instance_key().await?;
    let fetcher = &data.parts.fetcher;
    let found = fetcher.get_document(address, Some(&key), data.system_now(), deadline).await?;
    Ok((found.url, apub::json::parse(&found.body)?))
}

/// Fetches an actor from its own address; its id must be where it was found.
pub async fn fetch(
    data: &Federation,
    address: &Url,
    deadline: Option<Duration>,
) -> Result<Actor, InboxError> {
    let (found_at, value) = document(data, address, deadline).await?;
    let actor = Actor::parse(&value)?;
    if actor.id == found_at {
        return Ok(actor);
    }
    // A page address leads to the actor by one more hop; nobody else's word is taken for it.
    let (found_at, value) = document(data, &actor.id, deadline).await?;
    let actor = Actor::parse(&value)?;
    if actor.id == found_at {
        Ok(actor)
    } else {
        Err(Malformed { field: "id", problem: "is not the address of the document".into() }.into())
    }
}

/// The row of an actor, fetched where it is new or stale. A stale one that cannot be had is good enough.
///
/// It may be one that is deleted.
pub async fn actor(data: &Federation, address: &Url) -> Result<ActorRow, InboxError> {
    let ap_id = address.to_string();
    let known = data.read(move |conn| db::actors::find_by_ap_id(conn, &ap_id)).await?;
    let now = data.now();
    if let Some(known) = known {
        let fetched = known.fetched_at.unwrap_or_default();
        if known.local || now < fetched.plus_seconds(STALE_SECONDS) || known.deleted_at.is_some() {
            return Ok(known);
        }
        // Whatever its server says meanwhile, even 410: whoever is known stays known until they say more.
        return match fetch_and_record(data, address).await {
            Ok(id) => row(data, id).await,
            Err(InboxError::Db(err)) => Err(InboxError::Db(err)),
            Err(_) => Ok(known),
        };
    }
    let id = fetch_and_record(data, address).await?;
    row(data, id).await
}

async fn row(data: &Federation, id: ActorId) -> Result<ActorRow, InboxError> {
    let row = data.read(move |conn| db::actors::find(conn, id)).await?;
    Ok(row.ok_or(db::DbError::NotFound("actor"))?)
}

async fn fetch_and_record(data: &Federation, address: &Url) -> Result<ActorId, InboxError> {
    let actor = fetch(data, address, None).await?;
    let origin = Origin { speaker: Speaker::Stranger, way: Way::Fetched };
    record(data, origin, actor).await
}

/// Remembers what an actor says of itself. Keys count only where the actor is their owner.
pub async fn record(
    data: &Federation,
    origin: Origin,
    actor: Actor,
) -> Result<ActorId, InboxError> {
    if actor.inbox.origin() != actor.id.origin() {
        return Err(InboxError::Origin("the actor's inbox is on another server"));
    }
    let own = |url: &Url| url.origin() == actor.id.origin();
    let keys = actor.public_keys.iter().filter(|key| key.owner == actor.id && own(&key.id));
    let keys = keys.map(|key| (key.id.to_string(), key.pem.clone())).collect();
    let text = |url: &Option<Url>| url.as_ref().filter(|url| own(url)).map(Url::to_string);
    let operation = RecordActor {
        kind: kind(actor.kind),
        handle: actor.preferred_username.clone(),
        host: host_of(&actor.id),
        name: actor.name.clone().unwrap_or_default(),
        summary: actor.summary.clone().unwrap_or_default(),
        url: actor.url.as_ref().map(Url::to_string),
        inbox: actor.inbox.to_string(),
        shared_inbox: text(&actor.shared_inbox),
        outbox: text(&actor.outbox),
        followers: text(&actor.followers),
        following: text(&actor.following),
        featured: text(&actor.featured),
        moderators: text(&actor.moderators),
        icon: actor.icon.as_ref().map(Url::to_string),
        approves_followers: actor.manually_approves_followers,
        keys,
        ap_id: actor.id.to_string(),
    };
    Ok(data.door().perform(origin, operation).await?)
}

/// Host and port, as instances are named.
pub fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
