//! An answer that caches may keep, and that is not sent twice to whoever has it.

use std::time::SystemTime;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, EntityTag, Header as _, IfNoneMatch},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::Time;

/// For so long a copy is as good as the thing itself.
const KEEP: &str = "public, max-age=300";

/// What there is to say, and when it last changed.
///
/// Only the entity tag decides whether it is sent again. A time could not: something that is no longer in a
/// list leaves no time in it.
pub(super) fn fresh(
    req: &HttpRequest,
    media_type: &'static str,
    body: String,
    changed: Option<Time>,
) -> HttpResponse {
    let mut digest = ops::secrets::digest(&body);
    digest.truncate(15);
    let tag = EntityTag::new_strong(URL_SAFE_NO_PAD.encode(digest));
    let known = has(req, &tag);
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((header::CACHE_CONTROL, KEEP)).insert_header(header::ETag(tag));
    if let Some(changed) = changed.and_then(http_date) {
        answer.insert_header(header::LastModified(changed));
    }
    if known { answer.finish() } else { answer.content_type(media_type).body(body) }
}

/// Does whoever asks have it already?
fn has(req: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(req) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|known| known.weak_eq(tag)),
        Err(_) => false,
    }
}

/// A date as HTTP knows dates: none before 1970.
fn http_date(time: Time) -> Option<header::HttpDate> {
    (0 < time.seconds()).then(|| SystemTime::from(time.utc()).into())
}
