//! Answers written here, at their addresses, and the activities we sent.

use actix_web::{HttpRequest, HttpResponse, guard, http::header, web};
use db::{Conn, replies::ReplyRow};
use domain::{ActivityId, Dialect, ReplyId};
use serde_json::Value;

use crate::{
    Federation,
    dialects::{self, ReplyFacts},
    error::InboxError,
    kept, negotiation, serve,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    let ap = || guard::fn_guard(serve::wants_activity);
    cfg.service(web::resource("/replies/{id}").guard(ap()).route(web::get().to(reply)))
        .service(web::resource("/activities/{id}").route(web::get().to(activity)));
}

async fn reply(
    data: web::Data<Federation>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, InboxError> {
    let dialect = negotiation::dialect(&data, &request).await?;
    let name = ("reply", id.clone(), Some(dialect));
    kept::document(&data, name, async || written(&data, &id, dialect).await).await
}

async fn written(
    data: &Federation,
    id: &str,
    dialect: Dialect,
) -> Result<HttpResponse, InboxError> {
    let missing = || InboxError::from(db::DbError::NotFound("reply"));
    let id: ReplyId = id.parse().map_err(|_| missing())?;
    let facts = data.read(move |conn| facts(conn, id)).await?.ok_or_else(missing)?;
    let reply = &facts.reply;
    if !facts.author.local || !reply.visibility.is_public() || reply.hidden_at.is_some() {
        return Err(missing());
    }
    if facts.author.suspended_at.is_some() {
        // It may come back: nothing that is temporary is "not found".
        return Err(InboxError::Blocked);
    }
    if reply.deleted_at.is_some() {
        return Ok(serve::tombstone(&reply.ap_id, "Note", reply.deleted_at));
    }
    Ok(serve::document(&dialects::reply(dialect, &facts)))
}

/// Everything a dialect says of an answer.
pub fn facts(conn: &mut Conn, id: ReplyId) -> db::Result<Option<ReplyFacts>> {
    let Some(reply) = db::replies::find(conn, id)? else { return Ok(None) };
    let Some(author) = db::actors::find(conn, reply.author_id)? else { return Ok(None) };
    let listing = match reply.listing_id {
        Some(listing) => db::listings::find(conn, listing)?,
        None => None,
    };
    // Below a post elsewhere it is the community.
    let group = listing.as_ref().map(|listing| listing.collective_id.actor()).or(reply.group_id);
    let collective = match group {
        Some(group) => db::actors::find(conn, group)?,
        None => None,
    };
    let voice = match &listing {
        Some(listing) => crate::listings::voice(conn, listing.collective_id)?,
        None => None,
    };
    let parent = answered(conn, &reply)?;
    let relayed = match &parent {
        Some(parent) => db::relays::find(conn, parent.id)?.map(|it| (it.dialect(), it.ap_id)),
        None => None,
    };
    let answered = match parent {
        Some(parent) => db::actors::find(conn, parent.author_id)?,
        None => collective.clone(),
    };
    let thread = match (listing, reply.root_id) {
        (Some(listing), _) => Some(listing.ap_id),
        (None, Some(root)) => db::replies::find(conn, root)?.map(|root| root.ap_id),
        (None, None) => None,
    };
    Ok(Some(ReplyFacts { reply, author, answered, collective, voice, thread, relayed }))
}

fn answered(conn: &mut Conn, reply: &ReplyRow) -> db::Result<Option<ReplyRow>> {
    match reply.parent_id {
        Some(parent) => db::replies::find(conn, parent),
        None => Ok(None),
    }
}

/// An activity as it was sent; what was not for everybody is not here for anybody.
async fn activity(
    data: web::Data<Federation>,
    id: web::Path<String>,
) -> Result<HttpResponse, InboxError> {
    let missing = || InboxError::from(db::DbError::NotFound("activity"));
    let id: ActivityId = id.parse().map_err(|_| missing())?;
    let found = data.read(move |conn| {
        let row = db::activities::find(conn, id)?.filter(|row| row.public);
        let Some(row) = row else { return Ok(None) };
        Ok((!is_hidden(conn, &row.body)?).then_some(row))
    });
    let row = found.await?.ok_or_else(missing)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, serve::ACTIVITY_JSON))
        .insert_header((header::VARY, "Accept, User-Agent, Signature"))
        .insert_header((header::CACHE_CONTROL, "private, max-age=60"))
        .body(row.body))
}

/// Is it about an answer that stewards hide? What it says is not read by this way either.
fn is_hidden(conn: &mut Conn, body: &str) -> db::Result<bool> {
    let Some(address) = serde_json::from_str(body).ok().and_then(subject) else { return Ok(false) };
    let reply = db::replies::find_by_ap_id(conn, &address)?;
    Ok(reply.is_some_and(|reply| reply.hidden_at.is_some()))
}

/// The address of what an activity is about, be it announced or taken back.
fn subject(mut activity: Value) -> Option<String> {
    loop {
        let object = activity.get_mut("object")?.take();
        match object {
            Value::String(address) => return Some(address),
            object if object.get("object").is_some() => activity = object,
            object => return Some(object.get("id")?.as_str()?.to_owned()),
        }
    }
}
