//! Answering with ActivityPub documents.

use actix_web::{
    HttpResponse,
    guard::GuardContext,
    http::StatusCode,
    http::header::{self, HeaderMap},
    web::Bytes,
};
use apub::outbound::{TombstoneDocument, TombstoneKind};
use domain::Time;
use serde::Serialize;

/// What everybody understands (ActivityPub §3.2).
pub const ACTIVITY_JSON: &str = "application/activity+json";

/// Does this request name an ActivityStreams type in `Accept`? Lemmy's link preview, which does not,
/// gets the page.
pub fn wants_activity(ctx: &GuardContext<'_>) -> bool {
    accepts_activity(&ctx.head().headers)
}

/// See [`wants_activity`].
pub fn accepts_activity(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT).filter_map(|value| value.to_str().ok()).any(|accept| {
        accept.split(',').any(|kind| {
            let mut parts = kind.split(';').map(str::trim);
            let kind = parts.next().unwrap_or_default();
            let named = [ACTIVITY_JSON, "application/ld+json"];
            named.iter().any(|known| kind.eq_ignore_ascii_case(known)) && !parts.any(is_refusal)
        })
    })
}

/// `q=0`: everything but this (RFC 9110, section 12.4.2).
fn is_refusal(parameter: &str) -> bool {
    let weight = parameter.strip_prefix(['q', 'Q']).and_then(|rest| rest.trim().strip_prefix('='));
    weight.and_then(|weight| weight.trim().parse::<f32>().ok()).is_some_and(|weight| weight <= 0.0)
}

/// A document. What peers of another dialect would get differs, so no cache in between may keep it.
pub fn document(document: &impl Serialize) -> HttpResponse {
    with_status(StatusCode::OK, document)
}

/// A deleted thing: 410 and a `Tombstone`.
pub fn tombstone(id: &str, former_type: &str, deleted: Option<Time>) -> HttpResponse {
    let tombstone = TombstoneDocument {
        context: Some(apub::context::plain()),
        id: id.to_owned(),
        kind: TombstoneKind::default(),
        deleted: deleted.map(Time::wire),
        former_type: Some(former_type.to_owned()),
    };
    with_status(StatusCode::GONE, &tombstone)
}

/// A document that was written before.
pub(crate) fn bytes(status: StatusCode, body: Bytes) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((header::CONTENT_TYPE, ACTIVITY_JSON))
        .insert_header((header::VARY, "Accept, User-Agent, Signature"))
        .insert_header((header::CACHE_CONTROL, "private, max-age=60"))
        .body(body)
}

fn with_status(status: StatusCode, document: &impl Serialize) -> HttpResponse {
    match serde_json::to_string(document) {
        Ok(body) => bytes(status, body.into()),
        Err(err) => {
            tracing::error!(error = %err, "a document could not be written");
            HttpResponse::ServiceUnavailable().finish()
        }
    }
}
