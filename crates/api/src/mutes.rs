//! Whom I do not want to hear. Nobody else learns of it.

use actix_web::{HttpRequest, HttpResponse, web};
use db::actors::ActorRow;
use domain::{ActorId, Time};
use ops::mutes::{MuteActor, UnmuteActor};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Api, Result,
    actors::ActorView,
    auth::{ReadMutes, Viewer, WriteMutes},
    paging::{Page, PageQuery, query},
    sight,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/mutes").get(list));
    cfg.service(web::resource("/mutes/{actor}").put(put).delete(remove));
}

/// Somebody whom you have muted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MutedView {
    actor: ActorView,
    #[schema(value_type = String, format = DateTime)]
    since: String,
}

impl MutedView {
    fn new((actor, since): &(ActorRow, Time)) -> Self {
        Self { actor: ActorView::new(actor), since: since.wire() }
    }
}

/// Lists whom you have muted.
#[utoipa::path(
    get,
    path = "/mutes",
    operation_id = "listMyMutes",
    tag = "mutes",
    params(PageQuery),
    responses((status = 200, description = "A page of them", body = Page<MutedView>, headers(("Link" = String)))),
    security(("bearer" = ["mutes:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadMutes>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("mutes")?;
    let person = viewer.person;
    let found = api.read(move |conn| {
        let mut rows = db::mutes::page(conn, person, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.0.id.uuid());
        Ok(Page { items: rows.iter().map(MutedView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Mutes somebody: you no longer see what they say in feeds and threads, nor are you told of it. They do not learn of it.
#[utoipa::path(
    put,
    path = "/mutes/{actor}",
    operation_id = "mute",
    tag = "mutes",
    params(("actor" = String, Path, description = "The id of somebody", format = "uuid")),
    responses((status = 204, description = "They are muted")),
    security(("bearer" = ["mutes:write"]))
)]
pub(crate) async fn put(
    api: web::Data<Api>,
    viewer: Viewer<WriteMutes>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let actor: ActorId = sight::id(&path, "actor")?;
    api.door.perform(viewer.origin(), MuteActor { actor }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Mutes somebody no longer; it is no error not to have muted them.
#[utoipa::path(
    delete,
    path = "/mutes/{actor}",
    operation_id = "unmute",
    tag = "mutes",
    params(("actor" = String, Path, description = "The id of somebody", format = "uuid")),
    responses((status = 204, description = "They are not muted")),
    security(("bearer" = ["mutes:write"]))
)]
pub(crate) async fn remove(
    api: web::Data<Api>,
    viewer: Viewer<WriteMutes>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let actor: ActorId = sight::id(&path, "actor")?;
    api.door.perform(viewer.origin(), UnmuteActor { actor }).await?;
    Ok(HttpResponse::NoContent().finish())
}
