//! Authorized fetch: where an instance turns it on, its documents are for those who say who they are.
//!
//! The instance actor, WebFinger, and NodeInfo stay open, and of every other actor its key: else nobody could
//! check a signature of ours, or make one that we could check.

use std::time::Duration;

use actix_web::{
    HttpMessage as _, ResponseError as _,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web,
};
use apub::inbound::{Actor, public_keys};
use url::Url;

use crate::{
    Federation,
    error::InboxError,
    inbox::{KeyFound, find_key},
    meet, serve,
    signature::{self, RequestParts, SignatureError, Signed},
};

/// How long the answer waits for the key of somebody new.
const KEY_TIME: Duration = Duration::from_secs(5);

/// Marks a request for an actor that nobody signed: it is told the key and no more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unsigned;

/// What a path shows to those who ask for ActivityPub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// Nothing of ours, or open to all.
    Open,
    /// An actor, of whom strangers see the key.
    Actor,
    /// A document.
    Document,
}

/// Asks who wants to know. Does nothing where authorized fetch is off.
pub async fn authorized_fetch<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let data = request.app_data::<web::Data<Federation>>().cloned();
    let Some(data) = data.filter(|data| data.parts.authorized_fetch) else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let shown = match *request.method() {
        Method::GET | Method::HEAD => shown(&request),
        _ => Shown::Open,
    };
    if shown != Shown::Open {
        match check(&data, &request).await {
            Ok(()) => {}
            Err(InboxError::Signature(SignatureError::Missing)) if shown == Shown::Actor => {
                request.extensions_mut().insert(Unsigned);
            }
            Err(err) => {
                tracing::debug!(code = err.code(), %err, path = request.path(), "not shown");
                return Ok(request.into_response(err.error_response()).map_into_right_body());
            }
        }
    }
    Ok(next.call(request).await?.map_into_left_body())
}

fn shown(request: &ServiceRequest) -> Shown {
    let path: Vec<&str> = request.path().trim_matches('/').split('/').collect();
    let wanted = serve::accepts_activity(request.headers());
    match path.as_slice() {
        ["c" | "u", _] | ["c", _, "voice"] if wanted => Shown::Actor,
        ["listings" | "replies", _] if wanted => Shown::Document,
        ["relays" | "activities", _] => Shown::Document,
        ["c" | "u" | "listings", .., last] if is_collection(last) => Shown::Document,
        _ => Shown::Open,
    }
}

/// These are no pages, whoever asks.
fn is_collection(word: &str) -> bool {
    matches!(
        word,
        "outbox"
            | "featured"
            | "moderators"
            | "followers"
            | "following"
            | "likes"
            | "shares"
            | "proposal"
            | "create"
            | "announce"
            | "replies"
    )
}

/// Is the request signed by somebody whom nothing keeps out?
async fn check(data: &Federation, request: &ServiceRequest) -> Result<(), InboxError> {
    let headers: Vec<(String, String)> = request
        .headers()
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let parts =
        RequestParts { method: request.method().as_str(), path_and_query: path, headers: &headers };
    let signed = signature::read(&parts, None, data.site().base(), data.system_now())?;
    let signer = signer(data, &signed).await?;
    let host = meet::host_of(&signer);
    if data.read(move |conn| db::instances::is_suspended(conn, &host)).await? {
        return Err(InboxError::Blocked);
    }
    match find_key(data, &signed, &signer, Some(KEY_TIME)).await? {
        KeyFound::Good => {}
        KeyFound::Later => return Err(InboxError::Busy),
        KeyFound::Gone => return Err(SignatureError::Invalid.into()),
    }
    let ap_id = signer.to_string();
    let actor = data.read(move |conn| db::actors::find_by_ap_id(conn, &ap_id)).await?;
    if actor.is_none_or(|it| it.suspended_at.is_some() || it.deleted_at.is_some()) {
        return Err(InboxError::Blocked);
    }
    Ok(())
}

/// Whose key is it? Not believed yet: [`find_key`] asks both sides.
async fn signer(data: &Federation, signed: &Signed) -> Result<Url, InboxError> {
    let signed = signed.each().next().ok_or(SignatureError::Missing)?;
    let key_id = signed.key_id.to_string();
    let known = data.read(move |conn| db::keys::find(conn, &key_id)).await?;
    if let Some(known) = known {
        return Url::parse(&known.actor).map_err(|err| InboxError::Broken(err.to_string()));
    }
    let mut address = signed.key_id.clone();
    address.set_fragment(None);
    let (_, value) = match meet::document(data, &address, Some(KEY_TIME)).await {
        Err(InboxError::Fetch(err)) if !err.is_transient() => {
            return Err(SignatureError::Invalid.into());
        }
        found => found?,
    };
    if let Ok(actor) = Actor::parse(&value) {
        return Ok(actor.id);
    }
    let keys = public_keys(&value);
    let key = keys.into_iter().find(|key| key.id == signed.key_id);
    key.map(|key| key.owner).ok_or(InboxError::NotTheirKey)
}
