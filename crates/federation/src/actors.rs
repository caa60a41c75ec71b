//! The documents of our actors: the instance, collectives, voices, people.

use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, guard, web};
use apub::{
    inbound::ActorKind as WireKind,
    outbound::{ActorDocument, EndpointsDocument, ProfileDocument, PublicKeyDocument},
};
use db::{
    Conn,
    actors::ActorRow,
    listings::{Filter, ListingRow},
};
use domain::{ActorId, Handle, people::ActorKind};
use ops::html::from_text;

use crate::{Federation, authorized::Unsigned, error::InboxError, kept, serve};

/// So many listings a profile names; the outbox names more.
const MOST_PROPOSALS: i64 = 10;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    let ap = || guard::fn_guard(serve::wants_activity);
    cfg.service(web::resource("/").guard(ap()).route(web::get().to(instance)))
        .service(web::resource("/c/{handle}").guard(ap()).route(web::get().to(collective)))
        .service(web::resource("/c/{handle}/voice").guard(ap()).route(web::get().to(voice)))
        .service(web::resource("/u/{handle}").guard(ap()).route(web::get().to(person)));
}

async fn instance(data: web::Data<Federation>) -> Result<HttpResponse, InboxError> {
    kept::document(&data, ("instance", String::new(), None), async || {
        let base = data.site().base().to_string();
        let row = data.read(move |conn| db::actors::find_by_ap_id(conn, &base)).await?;
        answer(&data, row).await
    })
    .await
}

async fn collective(
    data: web::Data<Federation>,
    handle: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, InboxError> {
    shown(&data, &request, ("collective", &handle), ActorKind::Group).await
}

async fn voice(
    data: web::Data<Federation>,
    handle: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, InboxError> {
    let handle = format!("{}.voice", handle.as_str());
    shown(&data, &request, ("voice", &handle), ActorKind::Organization).await
}

async fn person(
    data: web::Data<Federation>,
    handle: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, InboxError> {
    shown(&data, &request, ("person", &handle), ActorKind::Person).await
}

/// The actor of this server that bears a handle and is of a kind; its address keeps to lower case.
pub(crate) async fn local(
    data: &Federation,
    handle: &str,
    kind: ActorKind,
) -> Result<Option<ActorRow>, InboxError> {
    // Whatever is no handle names nobody; the database need not be asked, and could not be asked all of it.
    if !Handle::parse(handle).is_ok_and(|parsed| parsed.as_str() == handle) {
        return Ok(None);
    }
    let handle = handle.to_owned();
    let row = data.read(move |conn| {
        Ok(db::actors::find_local(conn, &handle)?.filter(|row| row.handle == handle))
    });
    Ok(row.await?.filter(|row| row.kind == kind))
}

/// An actor, to whoever asks: all of it, or its key alone where the instance shows itself to nobody unknown.
async fn shown(
    data: &Federation,
    request: &HttpRequest,
    (what, handle): (&'static str, &str),
    kind: ActorKind,
) -> Result<HttpResponse, InboxError> {
    let unsigned = request.extensions().get::<Unsigned>().is_some();
    if !unsigned {
        let make = async || answer(data, local(data, handle, kind).await?).await;
        return kept::document(data, (what, handle.to_owned(), None), make).await;
    }
    let row = local(data, handle, kind).await?.ok_or(db::DbError::NotFound("actor"))?;
    if row.deleted_at.is_some() {
        return answer(data, Some(row)).await;
    }
    Ok(serve::document(&key_alone(document(data, &row).await?)))
}

/// What it takes to check a signature, and no more.
fn key_alone(whole: ActorDocument) -> ActorDocument {
    ActorDocument {
        name: None,
        summary: None,
        icon: None,
        published: None,
        featured: None,
        attributed_to: None,
        attachment: Vec::new(),
        also_known_as: Vec::new(),
        moved_to: None,
        ..whole
    }
}

async fn answer(data: &Federation, row: Option<ActorRow>) -> Result<HttpResponse, InboxError> {
    let row = row.ok_or(db::DbError::NotFound("actor"))?;
    if row.deleted_at.is_some() {
        return Ok(serve::tombstone(&row.ap_id, row.kind.word(), row.deleted_at));
    }
    Ok(serve::document(&document(data, &row).await?))
}

/// The document of one of our actors.
pub async fn document(data: &Federation, row: &ActorRow) -> Result<ActorDocument, InboxError> {
    let (id, is_group) = (row.id, row.kind == ActorKind::Group);
    let found = data.read(move |conn| {
        let proposals = if is_group { proposals(conn, id)? } else { Vec::new() };
        Ok((db::keys::public(conn, id)?, proposals))
    });
    let (key, attachment) = found.await?;
    let (key_id, pem) = key.ok_or(db::DbError::NotFound("key"))?;
    Ok(ActorDocument { attachment, ..render(row, key_id, pem) })
}

/// What a collective needs and offers now, newest first: for markets, which look for it here (FEP-0ea0).
fn proposals(conn: &mut Conn, group: ActorId) -> db::Result<Vec<ProfileDocument>> {
    let collective = Some(group.collective());
    let filter = Filter { collective, open: Some(true), ..Filter::default() };
    let open = db::listings::page(conn, &filter, None, MOST_PROPOSALS)?;
    let link =
        |row: ListingRow| ProfileDocument::proposal(row.title, format!("{}/proposal", row.ap_id));
    Ok(open.into_iter().map(link).collect())
}

/// A collective wants to be found; people are found by those who know their handle.
fn render(row: &ActorRow, key_id: String, pem: String) -> ActorDocument {
    let is_group = row.kind == ActorKind::Group;
    let summary = from_text(&row.summary);
    ActorDocument {
        context: Some(apub::context::actor()),
        id: row.ap_id.clone(),
        kind: wire(row.kind),
        preferred_username: row.handle.clone(),
        name: Some(row.display_name().to_owned()),
        summary: (!summary.is_empty()).then_some(summary),
        url: row.url.clone(),
        inbox: row.inbox.clone(),
        outbox: row.outbox.clone().unwrap_or_else(|| format!("{}/outbox", row.ap_id)),
        followers: row.followers.clone(),
        following: row.following.clone(),
        featured: row.featured.clone(),
        attributed_to: row.moderators.clone(),
        endpoints: row.shared_inbox.clone().map(|shared_inbox| EndpointsDocument { shared_inbox }),
        published: Some(row.created_at.wire()),
        updated: None,
        manually_approves_followers: row.approves_followers,
        discoverable: is_group,
        indexable: is_group,
        // Only the collective posts. Lemmy hides its button for new posts from everybody else, for they would
        // not come through; answers are not meant by it.
        posting_restricted_to_mods: is_group.then_some(true),
        icon: None,
        attachment: Vec::new(),
        also_known_as: Vec::new(),
        moved_to: None,
        public_key: PublicKeyDocument { id: key_id, owner: row.ap_id.clone(), public_key_pem: pem },
    }
}

fn wire(kind: ActorKind) -> WireKind {
    match kind {
        ActorKind::Person => WireKind::Person,
        ActorKind::Group => WireKind::Group,
        ActorKind::Organization => WireKind::Organization,
        ActorKind::Service => WireKind::Service,
        ActorKind::Application => WireKind::Application,
    }
}

/// Our word for a kind of actor on the wire.
pub fn kind(kind: WireKind) -> ActorKind {
    match kind {
        WireKind::Person => ActorKind::Person,
        WireKind::Group => ActorKind::Group,
        WireKind::Organization => ActorKind::Organization,
        WireKind::Service => ActorKind::Service,
        WireKind::Application => ActorKind::Application,
    }
}
