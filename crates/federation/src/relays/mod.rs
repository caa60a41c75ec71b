//! Relays: a message of one world, said again for those of another who cannot read it.
//!
//! A guest says again to the threadiverse what an author wrote whom it cannot read; the Group says again to
//! microblogs what the threadiverse answers to a guest. A message has at most one relay and keeps it.

pub(crate) mod copy;
mod note;

use actix_web::{HttpResponse, guard, http::header, web};
use db::{Conn, actors::ActorRow, relays::RelayRow, replies::ReplyRow};
use domain::{ActorId, Dialect, Origin, ReplyId};
use ops::relays::KeepRelay;
use uuid::Uuid;

use crate::{Federation, error::InboxError, guests, kept, serve};

pub(crate) use note::note;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    let ap = || guard::fn_guard(serve::wants_activity);
    cfg.service(web::resource("/relays/{id}").guard(ap()).route(web::get().to(document)))
        .service(web::resource("/relays/{id}").route(web::get().to(page)));
}

/// What a message is called where this dialect is spoken: by its own address, or by that of its relay.
///
/// Every `inReplyTo` that leaves goes through here.
pub fn address_for(conn: &mut Conn, dialect: Dialect, reply: &ReplyRow) -> db::Result<String> {
    let relay = db::relays::find(conn, reply.id)?.filter(|relay| relay.dialect() == dialect);
    Ok(relay.map_or_else(|| reply.ap_id.clone(), |relay| relay.ap_id))
}

/// What a message answers, as it is called where this dialect is spoken.
pub(crate) fn answered(
    conn: &mut Conn,
    dialect: Dialect,
    reply: &ReplyRow,
) -> db::Result<Option<String>> {
    if let Some(parent) = reply.parent_id
        && let Some(parent) = db::replies::find(conn, parent)?
    {
        return Ok(Some(address_for(conn, dialect, &parent)?));
    }
    let Some(listing) = reply.listing_id else { return Ok(reply.in_reply_to.clone()) };
    Ok(db::listings::find(conn, listing)?.map(|listing| listing.ap_id))
}

/// Everything there is to say of a message that is said again.
#[derive(Clone, Debug)]
pub(crate) struct RelayFacts {
    pub(crate) relay: RelayRow,
    pub(crate) reply: ReplyRow,
    pub(crate) author: ActorRow,
    /// Who says it: a guest, or the Group.
    pub(crate) speaker: ActorRow,
    pub(crate) collective: ActorRow,
    /// Whom it answers, where that is the author behind a guest.
    pub(crate) answered: Option<ActorRow>,
    pub(crate) in_reply_to: Option<String>,
    /// The address of the thread.
    pub(crate) thread: String,
}

/// The relay of a message, with all that belongs to it.
pub(crate) fn facts(conn: &mut Conn, reply: ReplyId) -> db::Result<Option<RelayFacts>> {
    let Some(relay) = db::relays::find(conn, reply)? else { return Ok(None) };
    let Some(reply) = db::replies::find(conn, reply)? else { return Ok(None) };
    let Some(listing) = reply.listing_id else { return Ok(None) };
    let Some(listing) = db::listings::find(conn, listing)? else { return Ok(None) };
    let author = db::actors::find(conn, reply.author_id)?;
    let speaker = db::actors::find(conn, relay.actor_id)?;
    let collective = db::actors::find(conn, listing.collective_id.actor())?;
    let (Some(author), Some(speaker), Some(collective)) = (author, speaker, collective) else {
        return Ok(None);
    };
    let in_reply_to = answered(conn, relay.dialect(), &reply)?;
    let answered = match reply.parent_id {
        Some(parent) => behind_guest(conn, parent)?,
        None => None,
    };
    let thread = listing.ap_id;
    Ok(Some(RelayFacts {
        relay,
        reply,
        author,
        speaker,
        collective,
        answered,
        in_reply_to,
        thread,
    }))
}

/// The author of a message that a guest says again.
fn behind_guest(conn: &mut Conn, reply: ReplyId) -> db::Result<Option<ActorRow>> {
    let relay = db::relays::find(conn, reply)?;
    if relay.is_none_or(|relay| relay.dialect() == Dialect::Microblog) {
        return Ok(None);
    }
    let Some(reply) = db::replies::find(conn, reply)? else { return Ok(None) };
    db::actors::find(conn, reply.author_id)
}

/// Keeps a relay of a message, by an actor of ours.
pub(crate) async fn keep(
    data: &Federation,
    reply: ReplyId,
    actor: ActorId,
) -> Result<RelayRow, InboxError> {
    Ok(data.door().perform(Origin::server(), KeepRelay { reply, actor }).await?)
}

/// Sees to it that whoever reads a message in the threadiverse can read what it answers too, as far up as they
/// would climb: what came here by another way was never told there.
pub(crate) async fn prepare(data: &Federation, reply: &ReplyRow) -> Result<(), InboxError> {
    let mut next = reply.parent_id;
    while let Some(id) = next {
        let found = data.read(move |conn| {
            let Some(parent) = db::replies::find(conn, id)? else { return Ok(None) };
            let Some(author) = db::actors::find(conn, parent.author_id)? else { return Ok(None) };
            let kept_here = is_kept_here(conn, &author)?;
            Ok(Some((parent, author, db::relays::find(conn, id)?, kept_here)))
        });
        let Some((parent, author, relay, kept_here)) = found.await? else { return Ok(()) };
        let is_there = parent.deleted_at.is_none() && parent.hidden_at.is_none();
        let may_be_told = is_there && parent.visibility.is_public() && author.deleted_at.is_none();
        let may_be_told = may_be_told && !kept_here;
        if relay.is_some() || author.local || !may_be_told {
            return Ok(());
        }
        if guests::is_readable(data, &author).await? {
            return Ok(());
        }
        let guest = guests::guest_of(data, author.id).await?;
        keep(data, parent.id, guest).await?;
        next = parent.parent_id;
    }
    Ok(())
}

/// Is nothing of theirs told to others, because they or their server are suspended or limited here?
fn is_kept_here(conn: &mut Conn, author: &ActorRow) -> db::Result<bool> {
    Ok(!db::moderation::is_presentable(conn, author)? || db::moderation::is_limited(conn, author)?)
}

/// A relay as it was sent; what was put back is gone for ever where it was before.
async fn document(
    data: web::Data<Federation>,
    id: web::Path<String>,
) -> Result<HttpResponse, InboxError> {
    kept::document(&data, ("relay", id.clone(), None), async || written(&data, &id).await).await
}

async fn written(data: &Federation, id: &str) -> Result<HttpResponse, InboxError> {
    let (facts, address) = found(data, id).await?;
    let (relay, reply) = (&facts.relay, &facts.reply);
    if relay.ap_id != address {
        return Ok(serve::tombstone(&address, "Note", None));
    }
    if let Some(ended) = reply.deleted_at.or(relay.ended_at) {
        return Ok(serve::tombstone(&relay.ap_id, "Note", Some(ended)));
    }
    let author = facts.author.clone();
    if data.read(move |conn| is_kept_here(conn, &author)).await? {
        // It may come back: nothing that is temporary is "not found".
        return Err(InboxError::Blocked);
    }
    Ok(serve::document(&note(&facts)))
}

/// People read the original, where it stands.
async fn page(
    data: web::Data<Federation>,
    id: web::Path<String>,
) -> Result<HttpResponse, InboxError> {
    let (facts, _) = found(&data, &id).await?;
    let page = data.site().reply(facts.reply.id);
    Ok(HttpResponse::Found().insert_header((header::LOCATION, page)).finish())
}

/// The relay at an address, and that address.
async fn found(data: &Federation, id: &str) -> Result<(RelayFacts, String), InboxError> {
    let missing = || InboxError::from(db::DbError::NotFound("relay"));
    let id: Uuid = id.parse().map_err(|_| missing())?;
    let address = data.site().relay(ReplyId::from(id));
    let asked = address.clone();
    let found = data.read(move |conn| match db::relays::find_by_ap_id(conn, &asked)? {
        Some(relay) => facts(conn, relay.reply_id),
        None => Ok(None),
    });
    let readable =
        |it: &RelayFacts| it.reply.visibility.is_public() && it.reply.hidden_at.is_none();
    let facts = found.await?.filter(readable).ok_or_else(missing)?;
    Ok((facts, address))
}
