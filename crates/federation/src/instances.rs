//! Meeting servers: what software they are (NodeInfo), which says what they are spoken to in.

use std::time::Duration;

use domain::Origin;
use futures::{StreamExt, stream};
use ops::instances::RecordSoftware;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use crate::{Federation, error::InboxError, fetch::FetchError, workers::Shutdown};

/// How long a `Follow` waits for its server to say what it is.
const SHORT: Duration = Duration::from_secs(3);
/// How long a server that we know may take to say it again.
const LONG: Duration = Duration::from_secs(10);
/// After so many seconds a server is asked again: software changes, hosts change hands.
const STALE_SECONDS: i64 = 86_400;
/// How often we look for such servers, and how many are asked then: thousands a day.
const REFRESH: Duration = Duration::from_mins(10);
const BATCH: i64 = 50;
/// So many at once.
const WIDTH: usize = 4;

#[derive(Deserialize)]
struct HostPayload {
    host: String,
}

/// The job of meeting a server.
pub(crate) async fn job(data: &Federation, payload: &str) -> Result<(), InboxError> {
    let payload: HostPayload =
        serde_json::from_str(payload).map_err(|err| InboxError::Broken(err.to_string()))?;
    if is_known(data, &payload.host).await? { Ok(()) } else { meet(data, payload.host, LONG).await }
}

/// Asks a server that follows for the first time, before it is told of anything: the first letter should be
/// in its own tongue already. One that does not answer in time is a microblog until its job is done.
pub(crate) async fn before_first_answer(data: &Federation, host: &str) -> Result<(), InboxError> {
    let name = host.to_owned();
    let suspended = data.read(move |conn| db::instances::is_suspended(conn, &name)).await?;
    if suspended || data.silent_hosts.contains_key(host) || is_known(data, host).await? {
        return Ok(());
    }
    match meet(data, host.to_owned(), SHORT).await {
        Err(InboxError::Db(err)) => Err(InboxError::Db(err)),
        Err(err) => {
            tracing::debug!(host, %err, "a server did not say what it is");
            data.silent_hosts.insert(host.to_owned(), ());
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// Was it asked lately?
async fn is_known(data: &Federation, host: &str) -> Result<bool, InboxError> {
    let (host, now) = (host.to_owned(), data.now());
    let row = data.read(move |conn| db::instances::find(conn, &host)).await?;
    let checked = row.and_then(|row| row.checked_at);
    Ok(checked.is_some_and(|checked| now < checked.plus_seconds(STALE_SECONDS)))
}

/// Asks all day long those servers again that we have to do with.
pub async fn watch(data: Federation, mut shutdown: Shutdown) {
    while !*shutdown.borrow() {
        if let Err(err) = refresh(&data).await {
            tracing::error!(%err, "servers could not be asked what they are");
        }
        tokio::select! {
            _ = shutdown.changed() => return,
            () = tokio::time::sleep(REFRESH) => {}
        }
    }
}

/// Asks again the servers of followers and of the followed that were last asked a day ago, a batch of them.
/// One that does not answer stays what it was.
pub async fn refresh(data: &Federation) -> Result<(), InboxError> {
    let before = data.now().plus_seconds(-STALE_SECONDS);
    let stale = data.read(move |conn| db::instances::stale(conn, before, BATCH)).await?;
    let asked = stream::iter(stale).map(async |host: String| {
        let silence = RecordSoftware { host: host.clone(), software: None, version: None };
        if !data.is_stopping() && meet(data, host, LONG).await.is_err() {
            data.door().perform(Origin::server(), silence).await?;
        }
        Ok(())
    });
    asked.buffer_unordered(WIDTH).fold(Ok(()), async |all, one| all.and(one)).await
}

/// Asks a server what software it is, and remembers it. Its silence is an error and remembered as nothing.
async fn meet(data: &Federation, host: String, deadline: Duration) -> Result<(), InboxError> {
    let asked = tokio::time::timeout(deadline, software(data, &host)).await;
    let asked = asked.unwrap_or(Err(FetchError::Timeout.into()));
    let (software, version) = match asked {
        Err(err) if err.is_transient() => return Err(err),
        found => found.unwrap_or_default(),
    };
    let operation = RecordSoftware { host, software, version };
    Ok(data.door().perform(Origin::server(), operation).await?)
}

async fn software(
    data: &Federation,
    host: &str,
) -> Result<(Option<String>, Option<String>), InboxError> {
    let address = Url::parse(&format!("{}://{host}/.well-known/nodeinfo", data.scheme(host)))
        .map_err(|err| InboxError::Broken(err.to_string()))?;
    let fetcher = &data.parts.fetcher;
    let links = fetcher.get_json(&address, "application/json", 65_536, None).await?;
    let links: Value = serde_json::from_slice(&links.body).unwrap_or_default();
    let hrefs = links.get("links").and_then(Value::as_array).into_iter().flatten();
    let found = hrefs
        .filter(|link| {
            let rel = link.get("rel").and_then(Value::as_str).unwrap_or_default();
            rel.starts_with("http://nodeinfo.diaspora.software/ns/schema/2.")
        })
        .filter_map(|link| Url::parse(link.get("href")?.as_str()?).ok())
        .find(|url| url.origin() == address.origin());
    let Some(found) = found else { return Ok((None, None)) };
    let info = fetcher.get_json(&found, "application/json", 262_144, None).await?;
    let info: Value = serde_json::from_slice(&info.body).unwrap_or_default();
    let word = |name: &str| {
        let said = info.pointer(&format!("/software/{name}")).and_then(Value::as_str)?;
        Some(said.chars().take(100).collect::<String>())
    };
    Ok((word("name"), word("version")))
}
