//! Looking up what people type: `@name@host`, or an address of a person, a collective, or a post.

use std::time::Duration;

use apub::inbound::{Actor, Post};
use async_trait::async_trait;
use domain::{Origin, Speaker, Way};
use ops::{Lookup, LookupError, doors::Doors, lookup::Found};
use serde::Deserialize;
use url::Url;

use crate::{Federation, error::InboxError, fetch::FetchError, meet, translate};

/// How long somebody waits for an answer on a page.
const PATIENCE: Duration = Duration::from_secs(12);

#[async_trait]
impl Lookup for Federation {
    async fn find(&self, text: &str) -> Result<Found, LookupError> {
        let text = text.trim();
        let address = match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => url,
            _ => match by_handle(self, text).await? {
                Ok(found) => return Ok(found),
                Err(address) => address,
            },
        };
        if is_blocked(self, &crate::meet::host_of(&address)).await? {
            return Err(LookupError::Blocked);
        }
        if let Some(found) = known(self, &address).await? {
            return Ok(found);
        }
        if self.site().owns(&address) {
            return Err(LookupError::Unknown);
        }
        fetch(self, &address).await.map_err(|err| explain(&err))
    }

    async fn doors(&self, name: &str, host: &str) -> Result<Doors, LookupError> {
        if is_blocked(self, host).await? {
            return Err(LookupError::Blocked);
        }
        let jrd = ask(self, name, host).await?;
        // The proposal's own examples have the template where the address of a link stands.
        let template = |link: JrdLink| {
            let href = link.href.filter(|href| href.contains('{'));
            Some((link.rel?, link.template.or(href)?))
        };
        Ok(Doors {
            host: host.to_owned(),
            plain: self.scheme(host) == "http",
            templates: jrd.links.into_iter().filter_map(template).collect(),
        })
    }
}

async fn is_blocked(data: &Federation, host: &str) -> Result<bool, LookupError> {
    let host = host.to_owned();
    let blocked = data.read(move |conn| db::instances::is_suspended(conn, &host)).await;
    blocked.map_err(|_| LookupError::Ours)
}

/// A handle known here is found at once; of another one, the address on its own server.
async fn by_handle(data: &Federation, text: &str) -> Result<Result<Found, Url>, LookupError> {
    let text = if text.contains('@') && text.trim_start_matches(['@', '!']).contains('@') {
        text.to_owned()
    } else {
        format!("{}@{}", text.trim_start_matches('@'), data.site().host())
    };
    let (name, host) = domain::handle::address(&text).map_err(|_| LookupError::Malformed)?;
    if is_blocked(data, &host).await? {
        return Err(LookupError::Blocked);
    }
    let (handle, of_host) = (name.clone(), host.clone());
    let rows = data.read(move |conn| db::actors::find_by_handle(conn, &handle, &of_host));
    let rows = rows.await.map_err(|_| LookupError::Ours)?;
    // Lemmy may have a person and a community of the same name: the community is what one follows.
    let live = || rows.iter().filter(|row| row.deleted_at.is_none());
    let group = live().find(|row| row.kind == domain::people::ActorKind::Group);
    if let Some(row) = group.or_else(|| live().next()) {
        return Ok(Ok(Found::Actor(row.id)));
    }
    if host == data.site().host() {
        return Err(LookupError::Unknown);
    }
    webfinger(data, &name, &host).await.map(Err)
}

#[derive(Deserialize)]
struct Jrd {
    #[serde(default)]
    links: Vec<JrdLink>,
}

#[derive(Deserialize)]
struct JrdLink {
    rel: Option<String>,
    #[serde(rename = "type")]
    media_type: Option<String>,
    href: Option<String>,
    template: Option<String>,
}

/// Asks the server of a handle where the actor is (RFC 7033). It may lie on another server, which then says
/// of itself what it is called: the handle that was typed is not remembered.
async fn webfinger(data: &Federation, name: &str, host: &str) -> Result<Url, LookupError> {
    let jrd = ask(data, name, host).await?;
    let own = jrd.links.into_iter().find(|link| {
        let kind = link.media_type.as_deref().unwrap_or_default();
        link.rel.as_deref() == Some("self") && crate::fetch::is_activity(kind)
    });
    let href = own.and_then(|link| link.href).ok_or(LookupError::Unknown)?;
    Url::parse(&href)
        .map_err(|_| LookupError::Odd("its WebFinger answer has no address".to_owned()))
}

/// What a server says of a handle.
async fn ask(data: &Federation, name: &str, host: &str) -> Result<Jrd, LookupError> {
    let scheme = data.scheme(host);
    let address = format!("{scheme}://{host}/.well-known/webfinger");
    let mut address = Url::parse(&address).map_err(|_| LookupError::Malformed)?;
    address.query_pairs_mut().append_pair("resource", &format!("acct:{name}@{host}"));
    let accept = "application/jrd+json, application/json";
    let found = data.parts.fetcher.get_json(&address, accept, 65_536, Some(PATIENCE)).await;
    let found = found.map_err(|err| explain(&InboxError::Fetch(err)))?;
    serde_json::from_slice(&found.body)
        .map_err(|_| LookupError::Odd("its WebFinger answer is not JSON".to_owned()))
}

/// What is known here under an address: ours, or met before.
async fn known(data: &Federation, address: &Url) -> Result<Option<Found>, LookupError> {
    let ap_id = address.to_string();
    let found = data.read(move |conn| {
        if let Some(row) = db::actors::find_by_ap_id(conn, &ap_id)? {
            let away = row.suspended_at.is_some();
            return Ok((!away).then_some((Found::Actor(row.id), row.deleted_at.is_some())));
        }
        if let Some(row) = db::listings::find_by_ap_id(conn, &ap_id)? {
            let hidden = row.published_at.is_none();
            return Ok((!hidden).then_some((Found::Listing(row.id), row.deleted_at.is_some())));
        }
        let row = db::replies::find_by_ap_id(conn, &ap_id)?;
        let row = row.filter(|row| row.visibility.is_public());
        Ok(row.map(|row| (Found::Reply(row.id), row.deleted_at.is_some())))
    });
    match found.await {
        Ok(Some((_, true))) => Err(LookupError::Gone),
        Ok(found) => Ok(found.map(|(found, _)| found)),
        Err(_) => Err(LookupError::Ours),
    }
}

async fn fetch(data: &Federation, address: &Url) -> Result<Found, InboxError> {
    let (found_at, value) = meet::document(data, address, Some(PATIENCE)).await?;
    if let Ok(actor) = Actor::parse(&value) {
        let actor = if actor.id == found_at {
            actor
        } else {
            meet::fetch(data, &actor.id, Some(PATIENCE)).await?
        };
        let origin = Origin { speaker: Speaker::Stranger, way: Way::Fetched };
        return Ok(Found::Actor(meet::record(data, origin, actor).await?));
    }
    let post = Post::parse(&value)?;
    if post.id == found_at {
        return translate::record_fetched(data, &post).await;
    }
    let (found_at, value) = meet::document(data, &post.id, Some(PATIENCE)).await?;
    let post = Post::parse(&value)?;
    if post.id != found_at {
        return Err(InboxError::Origin("the document names another address"));
    }
    translate::record_fetched(data, &post).await
}

fn explain(err: &InboxError) -> LookupError {
    match err {
        InboxError::Fetch(FetchError::Status(404)) => LookupError::Unknown,
        InboxError::Fetch(FetchError::Status(410)) => LookupError::Gone,
        InboxError::Fetch(FetchError::Refused(_)) => LookupError::Malformed,
        InboxError::Fetch(err) if err.is_transient() => LookupError::Unreachable,
        InboxError::Blocked | InboxError::Op(ops::OpError::Refused(domain::Refusal::Blocked)) => {
            LookupError::Blocked
        }
        InboxError::Db(_) | InboxError::Broken(_) => LookupError::Ours,
        InboxError::Op(ops::OpError::Refused(domain::Refusal::Deleted)) => LookupError::Gone,
        InboxError::Op(ops::OpError::Storage(_)) => LookupError::Ours,
        other => LookupError::Odd(other.to_string()),
    }
}
