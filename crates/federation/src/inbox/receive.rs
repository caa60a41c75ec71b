//! The handler behind every inbox: everything that must hold before an activity is stored.
//!
//! Order matters: what costs nothing is checked first, blocked hosts before any key is fetched, and the
//! answer is 202 only after the commit.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use apub::inbound::{Activity, ActivityKind};
use bytes::{Bytes, BytesMut};
use db::inbox::InboundRow;
use futures::StreamExt;
use url::Url;

use super::{KeyFound, claim, find_key, forwarded};
use crate::{
    Federation,
    error::InboxError,
    fetch::is_activity,
    meet,
    signature::{self, RequestParts, SignatureError, Signed},
};

/// ActivityPub documents are small; Mastodon draws the same line.
const MOST_BYTES: usize = 1024 * 1024;
/// How long a body may take.
const BODY_TIME: Duration = Duration::from_secs(30);
/// How long the answer waits for a key of somebody new; past it the request is parked.
const KEY_TIME: Duration = Duration::from_secs(3);
/// How many requests of one host may wait for their key.
const MOST_PARKED: i64 = 200;
/// How many in all: hosts are cheap to those who own a domain, and our disk is not.
const MOST_PARKED_OF_ALL: i64 = 2_000;

pub(super) async fn receive(
    data: web::Data<Federation>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, InboxError> {
    let outcome = take_in(&data, &request, payload).await;
    let label = outcome.as_ref().map_or_else(InboxError::code, |label| *label);
    metrics::counter!("tequio_inbox_received_total", "outcome" => label).increment(1);
    match outcome {
        Ok(_) => Ok(HttpResponse::Accepted().finish()),
        Err(err) => {
            tracing::debug!(code = err.code(), %err, path = request.path(), "refused at the inbox");
            Err(err)
        }
    }
}

async fn take_in(
    data: &Federation,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<&'static str, InboxError> {
    check_host(data, request)?;
    check_kind(request)?;
    let body = read_body(request, payload).await?;
    let signed = signed(data, request, &body)?;
    let activity = Activity::parse(apub::json::parse(&body)?)?;
    check_envelope(data, &activity)?;
    let host = meet::host_of(&activity.actor);
    let claim = claim::of(&activity);
    check_blocks(data, &activity, &host).await?;
    if data.read(move |conn| db::inbox::is_seen(conn, &claim)).await? {
        // Its signature is not worth a check: it changes nothing.
        return Ok("duplicate");
    }
    let parked = match check_signature(data, &signed, &activity).await {
        Ok(Checked::Good) if !data.pace.admits(&host, data.now()) => {
            return Err(InboxError::TooFast);
        }
        Ok(Checked::Good) => None,
        Ok(Checked::Unknown) => Some(park(data, &signed, &host).await?),
        Ok(Checked::Gone) => return Ok("gone"),
        Err(InboxError::NotTheirKey) if forwarded::take(data, &signed, &activity).await? => {
            return Ok("forwarded");
        }
        Err(err) => return Err(err),
    };
    let row = row(data, &activity, &body, host, claim, parked);
    let is_new = data.queues().store_inbound(row).await?;
    Ok(if is_new { "accepted" } else { "duplicate" })
}

/// A request meant for another server is not ours to take, whatever its signature says.
fn check_host(data: &Federation, request: &HttpRequest) -> Result<(), InboxError> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.unwrap_or_default();
    let bare = host.strip_suffix(":443").unwrap_or(host);
    if bare.eq_ignore_ascii_case(data.site().host()) {
        return Ok(());
    }
    Err(InboxError::Misdirected(host.chars().take(255).collect()))
}

fn check_kind(request: &HttpRequest) -> Result<(), InboxError> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(is_activity) { Ok(()) } else { Err(InboxError::ContentType) }
}

async fn read_body(request: &HttpRequest, mut payload: web::Payload) -> Result<Bytes, InboxError> {
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok());
    if said.and_then(|it| it.parse::<u64>().ok()).is_some_and(|it| (MOST_BYTES as u64) < it) {
        return Err(InboxError::TooLarge);
    }
    let whole = async {
        let mut body = BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| SignatureError::Malformed("body"))?;
            if MOST_BYTES < body.len() + chunk.len() {
                return Err(InboxError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    };
    let read = tokio::time::timeout(BODY_TIME, whole).await;
    read.map_err(|_| SignatureError::Malformed("body"))?
}

fn signed(data: &Federation, request: &HttpRequest, body: &[u8]) -> Result<Signed, InboxError> {
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
    Ok(signature::read(&parts, Some(body), data.site().base(), data.system_now())?)
}

/// An activity lies on the server of its actor, and neither lies here.
fn check_envelope(data: &Federation, activity: &Activity) -> Result<(), InboxError> {
    if activity.id.origin() != activity.actor.origin() {
        return Err(InboxError::Origin("the activity's id is on another server than its actor"));
    }
    if data.site().owns(&activity.actor) {
        return Err(InboxError::Origin("the actor lives here"));
    }
    let allowed = |url: &Url| url.scheme() == "https" || data.parts.development;
    if !allowed(&activity.actor) {
        return Err(InboxError::Origin("the actor's address is not https"));
    }
    Ok(())
}

/// Nothing is taken from who is suspended here, alone or with their server, but what takes something back.
async fn check_blocks(
    data: &Federation,
    activity: &Activity,
    host: &str,
) -> Result<(), InboxError> {
    let (host, actor) = (host.to_owned(), activity.actor.to_string());
    let blocked = data.read(move |conn| {
        let known = db::actors::find_by_ap_id(conn, &actor)?;
        let alone = known.is_some_and(|known| known.suspended_at.is_some());
        Ok((db::instances::is_suspended(conn, &host)?, alone))
    });
    let takes_back = matches!(activity.kind, ActivityKind::Delete | ActivityKind::Undo);
    match blocked.await? {
        (true, _) => Err(InboxError::Blocked),
        (false, true) if !takes_back => Err(InboxError::Blocked),
        _ => Ok(()),
    }
}

enum Checked {
    Good,
    /// The key could not be had in time.
    Unknown,
    /// The actor deletes itself, and its key is gone with it.
    Gone,
}

async fn check_signature(
    data: &Federation,
    signed: &Signed,
    activity: &Activity,
) -> Result<Checked, InboxError> {
    match find_key(data, signed, &activity.actor, Some(KEY_TIME)).await {
        Ok(KeyFound::Good) => Ok(Checked::Good),
        Ok(KeyFound::Later) => Ok(Checked::Unknown),
        Ok(KeyFound::Gone) if deletes_itself(activity) => Ok(Checked::Gone),
        Ok(KeyFound::Gone) => Err(SignatureError::Invalid.into()),
        Err(err) => Err(err),
    }
}

/// Mastodon tells everybody of deleted accounts, also those who never knew them.
fn deletes_itself(activity: &Activity) -> bool {
    activity.kind == ActivityKind::Delete && activity.object.id() == Some(&activity.actor)
}

/// What must be kept to check the signature later; bounded, so that one host cannot fill the table.
async fn park(data: &Federation, signed: &Signed, host: &str) -> Result<String, InboxError> {
    let of_host = host.to_owned();
    let parked = data.read(move |conn| {
        Ok((db::inbox::count_parked(conn, &of_host)?, db::inbox::count_all_parked(conn)?))
    });
    let (of_host, of_all) = parked.await?;
    if MOST_PARKED <= of_host || MOST_PARKED_OF_ALL <= of_all {
        return Err(InboxError::Busy);
    }
    serde_json::to_string(signed).map_err(|err| InboxError::Broken(err.to_string()))
}

fn row(
    data: &Federation,
    activity: &Activity,
    body: &[u8],
    host: String,
    claim: [u8; 32],
    parked: Option<String>,
) -> InboundRow {
    let digest = parked.as_deref().map_or(claim, |it| claim::while_parked(&claim, it));
    InboundRow {
        id: data.queues().mint(),
        digest: digest.to_vec(),
        ap_id: activity.id.to_string(),
        actor: activity.actor.to_string(),
        host,
        kind: activity.kind.as_str().to_owned(),
        // Byte for byte, as it was signed: who passes it on must not change it. JSON holds no bare NUL, which no
        // column would take.
        body: String::from_utf8_lossy(body).into_owned(),
        parked,
        attempts: 0,
        received_at: data.now(),
    }
}
