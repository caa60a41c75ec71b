//! Whom I keep away from me; whom a collective shuts out is in `moderation`.

use actix_web::{HttpRequest, HttpResponse, web};
use db::actors::ActorRow;
use domain::{ActorId, Time};
use ops::blocks::{KeepAway, LetNear};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Api, Result,
    actors::ActorView,
    auth::{ReadBlocks, Viewer, WriteBlocks},
    paging::{Page, PageQuery, query},
    sight,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/blocks").get(list));
    cfg.service(web::resource("/blocks/{actor}").put(put).delete(remove));
}

/// Somebody whom you have blocked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BlockedView {
    actor: ActorView,
    #[schema(value_type = String, format = DateTime)]
    since: String,
}

impl BlockedView {
    fn new((actor, since): &(ActorRow, Time)) -> Self {
        Self { actor: ActorView::new(actor), since: since.wire() }
    }
}

/// Lists whom you have blocked.
#[utoipa::path(
    get,
    path = "/blocks",
    operation_id = "listMyBlocks",
    tag = "blocks",
    params(PageQuery),
    responses((status = 200, description = "A page of them", body = Page<BlockedView>, headers(("Link" = String)))),
    security(("bearer" = ["blocks:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadBlocks>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("blocks")?;
    let person = viewer.person.actor();
    let found = api.read(move |conn| {
        let mut rows = db::blocks::page(conn, person, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.0.id.uuid());
        Ok(Page { items: rows.iter().map(BlockedView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Blocks somebody: neither of you follows the other any more, and their answers and likes of yours are refused.
#[utoipa::path(
    put,
    path = "/blocks/{actor}",
    operation_id = "block",
    tag = "blocks",
    params(("actor" = String, Path, description = "The id of somebody", format = "uuid")),
    responses((status = 204, description = "They are blocked")),
    security(("bearer" = ["blocks:write"]))
)]
pub(crate) async fn put(
    api: web::Data<Api>,
    viewer: Viewer<WriteBlocks>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let actor: ActorId = sight::id(&path, "actor")?;
    api.door.perform(viewer.origin(), KeepAway { actor }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Blocks somebody no longer; it is no error not to have blocked them. Follows do not come back.
#[utoipa::path(
    delete,
    path = "/blocks/{actor}",
    operation_id = "unblock",
    tag = "blocks",
    params(("actor" = String, Path, description = "The id of somebody", format = "uuid")),
    responses((status = 204, description = "They are not blocked")),
    security(("bearer" = ["blocks:write"]))
)]
pub(crate) async fn remove(
    api: web::Data<Api>,
    viewer: Viewer<WriteBlocks>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let actor: ActorId = sight::id(&path, "actor")?;
    api.door.perform(viewer.origin(), LetNear { actor }).await?;
    Ok(HttpResponse::NoContent().finish())
}
