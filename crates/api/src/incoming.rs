//! What waits for the stewards of a collective, in one place.

use actix_web::{HttpRequest, HttpResponse, web};
use db::Conn;
use domain::{PersonId, Time, incoming::Shelf};
use ops::incoming::{FinishIncoming, Item, PutBackIncoming, TakeIncoming, items};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    Api, Result,
    actors::{self, ActorView},
    auth::{ReadQueue, Viewer, WriteQueue},
    collectives::find,
    paging::{Page, PageQuery, query},
    sight, words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives/{collective}/inbox").get(list));
    cfg.service(web::resource("/collectives/{collective}/inbox/{item}/take").post(take));
    cfg.service(web::resource("/collectives/{collective}/inbox/{item}/put-back").post(put_back));
    cfg.service(web::resource("/collectives/{collective}/inbox/{item}/done").post(finish));
}

/// Something that waits for the stewards, or that they have done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncomingView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    #[schema(value_type = words::IncomingKind)]
    kind: &'static str,
    /// The id of the reply, the agreement, or the report; of who asks to join.
    #[schema(value_type = String, format = "uuid")]
    subject: Uuid,
    /// Who wrote, asks, or offers; `null` where they are gone, and for reports.
    actor: Option<ActorView>,
    /// The id of the listing that it concerns.
    #[schema(value_type = Option<String>, format = "uuid")]
    listing: Option<Uuid>,
    /// What was written, as plain text; empty where only HTML came.
    text: String,
    /// The same as HTML; empty where it was written as plain text.
    html: String,
    /// Whether what it is about is still there.
    there: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// The steward who sees to it.
    taken_by: Option<ActorView>,
    #[schema(value_type = Option<String>, format = DateTime)]
    taken_at: Option<String>,
    /// Who did it; `null` where that came about by itself.
    done_by: Option<ActorView>,
    #[schema(value_type = Option<String>, format = DateTime)]
    done_at: Option<String>,
}

fn views(conn: &mut Conn, items: Vec<Item>) -> Result<Vec<IncomingView>> {
    let people = items.iter().flat_map(|it| {
        [it.actor, it.row.taken_by.map(PersonId::actor), it.row.done_by.map(PersonId::actor)]
    });
    let known = actors::load(conn, people.flatten().collect())?;
    let steward = |person: Option<PersonId>| person.and_then(|id| known.get(&id.actor()).cloned());
    let view = |it: Item| IncomingView {
        id: it.row.id.uuid(),
        kind: it.row.kind.word(),
        subject: it.row.subject(),
        actor: it.actor.and_then(|id| known.get(&id).cloned()),
        listing: it.listing.map(|row| row.id.uuid()),
        text: it.text,
        html: it.html,
        there: it.there,
        created_at: it.row.created_at.wire(),
        taken_by: steward(it.row.taken_by),
        taken_at: it.row.taken_at.map(Time::wire),
        done_by: steward(it.row.done_by),
        done_at: it.row.done_at.map(Time::wire),
    };
    Ok(items.into_iter().map(view).collect())
}

/// Which part.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ShelfQuery {
    /// `open` where it is left out.
    #[param(value_type = Option<words::Shelf>, inline)]
    shelf: Option<String>,
}

/// Lists what waits for the stewards of a collective, the newest first; stewards may.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/inbox",
    operation_id = "listInbox",
    tag = "queue",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ShelfQuery,
        PageQuery
    ),
    responses((status = 200, description = "A page of it", body = Page<IncomingView>, headers(("Link" = String)))),
    security(("bearer" = ["queue:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadQueue>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let shelf = query::<ShelfQuery>(&req)?.shelf;
    let shelf = shelf.as_deref().map_or(Ok(Shelf::Open), Shelf::parse)?;
    let span = query::<PageQuery>(&req)?.span("inbox")?;
    let id = find(&api, &path).await?.id.collective();
    let person = viewer.person;
    let found = api.read(move |conn| {
        sight::standing(conn, id, Some(person))?.governs()?;
        let (cursor, limit) = (span.cursor(), span.rows());
        let mut rows = db::incoming::page(conn, id, (shelf, person), cursor, limit)?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        let items = items(conn, rows)?;
        Ok(Page { items: views(conn, items)?, next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Takes something: the other stewards see that you see to it.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/inbox/{item}/take",
    operation_id = "takeFromInbox",
    tag = "queue",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ("item" = String, Path, description = "Its id", format = "uuid")
    ),
    responses((status = 204, description = "It is yours")),
    security(("bearer" = ["queue:write"]))
)]
pub(crate) async fn take(
    api: web::Data<Api>,
    viewer: Viewer<WriteQueue>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let collective = find(&api, &path.0).await?.id.collective();
    let item = sight::id(&path.1, "item")?;
    api.door.perform(viewer.origin(), TakeIncoming { collective, item }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Puts something back: nobody has taken it, and it is not done.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/inbox/{item}/put-back",
    operation_id = "putBackIntoInbox",
    tag = "queue",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ("item" = String, Path, description = "Its id", format = "uuid")
    ),
    responses((status = 204, description = "It waits again")),
    security(("bearer" = ["queue:write"]))
)]
pub(crate) async fn put_back(
    api: web::Data<Api>,
    viewer: Viewer<WriteQueue>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let collective = find(&api, &path.0).await?.id.collective();
    let item = sight::id(&path.1, "item")?;
    api.door.perform(viewer.origin(), PutBackIncoming { collective, item }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Says that something is done.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/inbox/{item}/done",
    operation_id = "finishInInbox",
    tag = "queue",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ("item" = String, Path, description = "Its id", format = "uuid")
    ),
    responses((status = 204, description = "It is done")),
    security(("bearer" = ["queue:write"]))
)]
pub(crate) async fn finish(
    api: web::Data<Api>,
    viewer: Viewer<WriteQueue>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let collective = find(&api, &path.0).await?.id.collective();
    let item = sight::id(&path.1, "item")?;
    api.door.perform(viewer.origin(), FinishIncoming { collective, item }).await?;
    Ok(HttpResponse::NoContent().finish())
}
