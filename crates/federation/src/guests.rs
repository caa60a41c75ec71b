//! Guests: who stands in for authors whose own server shows them to nobody unsigned.
//!
//! Lemmy reads the author of all that it is told, without a signature. GoToSocial refuses that always, Mastodon in
//! its secure mode: what their people say is said again by a guest of ours. Decided for each host of authors and
//! not for each reader, so that a message has one id in all of the threadiverse.

use std::time::Duration;

use apub::inbound::Actor;
use db::actors::ActorRow;
use domain::{ActorId, Dialect, Origin, people::ActorKind};
use ops::{guests::MakeGuest, instances::RecordOpenActors};
use url::Url;

use crate::{
    Federation,
    error::InboxError,
    fetch::{Document, FetchError},
};

/// How long a host may take to show an actor: others wait behind it.
const PATIENCE: Duration = Duration::from_secs(5);
/// After how many days a host is asked again: admins change their minds.
const PROBE_DAYS: i64 = 30;
/// After how many seconds a host that did not answer is asked again.
const PAUSE_SECONDS: i64 = 60;

/// Can the threadiverse read this author? Nobody there takes a Group for one.
pub(crate) async fn is_readable(data: &Federation, author: &ActorRow) -> Result<bool, InboxError> {
    if matches!(author.kind, ActorKind::Group | ActorKind::Application) {
        return Ok(false);
    }
    is_open(data, author).await
}

/// Does the server of an author show them to everybody? Asked once in a while; an error says that it did not
/// answer, and that it is to be asked again.
async fn is_open(data: &Federation, author: &ActorRow) -> Result<bool, InboxError> {
    if author.local {
        return Ok(true);
    }
    let host = author.host.clone();
    let known = data.read(move |conn| db::instances::find(conn, &host)).await?;
    let before = known.as_ref().and_then(|known| known.open_actors);
    if let Some(known) = known {
        if known.dialect == Dialect::Threadiverse {
            return Ok(true);
        }
        let asked = known.probed_at.unwrap_or_default().plus_days(PROBE_DAYS);
        if let Some(open) = known.open_actors.filter(|_| data.now() < asked) {
            return Ok(open);
        }
    }
    match probe(data, author).await {
        Err(err) if err.is_transient() => before.ok_or(err),
        done => done,
    }
}

async fn probe(data: &Federation, author: &ActorRow) -> Result<bool, InboxError> {
    let host = author.host.clone();
    let pause = data.unprobed.get(&host).map(|at| at.plus_seconds(PAUSE_SECONDS));
    if pause.is_some_and(|until| data.now() < until) {
        return Err(FetchError::Timeout.into());
    }
    let address = Url::parse(&author.ap_id).map_err(|err| InboxError::Broken(err.to_string()))?;
    let fetcher = &data.parts.fetcher;
    let asked = fetcher.get_document(&address, None, data.system_now(), Some(PATIENCE)).await;
    let open = match asked {
        Ok(found) => shows(&found, &address),
        Err(err) if err.is_transient() => {
            data.unprobed.insert(host, data.now());
            return Err(err.into());
        }
        Err(_) => false,
    };
    data.door().perform(Origin::server(), RecordOpenActors { host, open }).await?;
    Ok(open)
}

fn shows(found: &Document, address: &Url) -> bool {
    let actor = apub::json::parse(&found.body).and_then(|value| Actor::parse(&value));
    actor.is_ok_and(|actor| actor.id == *address)
}

/// Who stands in for an author; made where there is nobody yet, with keys from outside of the door.
pub(crate) async fn guest_of(data: &Federation, author: ActorId) -> Result<ActorId, InboxError> {
    let known = data.read(move |conn| db::guests::find(conn, author)).await?;
    if let Some(known) = known.filter(|known| known.deleted_at.is_none()) {
        return Ok(known.id);
    }
    let keys = data.parts.keys.pair().await?;
    Ok(data.door().perform(Origin::server(), MakeGuest { author, keys }).await?)
}
