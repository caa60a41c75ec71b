//! What waits for the stewards of a collective.

use actix_web::{HttpResponse, web};
use domain::{CollectiveId, ReplyId, mentions::MentionState};
use ops::mentions::{BoostMention, DismissMention, UnboostMention};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Api, Result,
    auth::{ReadQueue, Viewer, WriteQueue},
    collectives::find,
    replies::ReplyView,
    sight,
};

/// So many of each kind at once; the next ones come when these are decided.
const MOST: i64 = 50;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives/{collective}/queue").get(show))
        .service(
            web::resource("/collectives/{collective}/queue/mentions/{reply}/boost")
                .post(boost)
                .delete(unboost),
        )
        .service(
            web::resource("/collectives/{collective}/queue/mentions/{reply}/dismiss").post(dismiss),
        );
}

/// What waits for the stewards of a collective: a list for each kind of thing, the newest first, at most 50.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QueueView {
    /// Public posts of others that call the collective.
    mentions: Vec<ReplyView>,
}

/// Shows what waits for the stewards; to stewards alone.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/queue",
    operation_id = "showQueue",
    tag = "queue",
    params(("collective" = String, Path, description = "Its id or its handle")),
    responses((status = 200, description = "The queue", body = QueueView)),
    security(("bearer" = ["queue:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadQueue>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let id = find(&api, &path).await?.id.collective();
    let person = Some(viewer.person);
    let found = api.read(move |conn| {
        sight::standing(conn, id, person)?.governs()?;
        let rows = db::mentions::page(conn, id, MentionState::New, None, MOST)?;
        Ok(QueueView { mentions: ReplyView::all(conn, &rows)? })
    });
    Ok(HttpResponse::Ok().json(found.await?))
}

/// What a path of the queue names.
async fn named(api: &Api, path: &(String, String)) -> Result<(CollectiveId, ReplyId)> {
    let collective = find(api, &path.0).await?.id.collective();
    Ok((collective, sight::id(&path.1, "mention")?))
}

/// Passes a post on to those who follow the collective.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/queue/mentions/{reply}/boost",
    operation_id = "boostMention",
    tag = "queue",
    params(
        ("collective" = String, Path, description = "Its id or its handle"),
        ("reply" = String, Path, description = "The id of the post", format = "uuid")
    ),
    responses(
        (status = 204, description = "It is passed on"),
        (status = 410, description = "Its author has deleted it")
    ),
    security(("bearer" = ["queue:write"]))
)]
pub(crate) async fn boost(
    api: web::Data<Api>,
    viewer: Viewer<WriteQueue>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (collective, reply) = named(&api, &path).await?;
    api.door.perform(viewer.origin(), BoostMention { collective, reply }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Passes a post on no longer.
#[utoipa::path(
    delete,
    path = "/collectives/{collective}/queue/mentions/{reply}/boost",
    operation_id = "unboostMention",
    tag = "queue",
    params(
        ("collective" = String, Path, description = "Its id or its handle"),
        ("reply" = String, Path, description = "The id of the post", format = "uuid")
    ),
    responses((status = 204, description = "It is not passed on any longer")),
    security(("bearer" = ["queue:write"]))
)]
pub(crate) async fn unboost(
    api: web::Data<Api>,
    viewer: Viewer<WriteQueue>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (collective, reply) = named(&api, &path).await?;
    api.door.perform(viewer.origin(), UnboostMention { collective, reply }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Puts a post aside.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/queue/mentions/{reply}/dismiss",
    operation_id = "dismissMention",
    tag = "queue",
    params(
        ("collective" = String, Path, description = "Its id or its handle"),
        ("reply" = String, Path, description = "The id of the post", format = "uuid")
    ),
    responses((status = 204, description = "It waits no longer")),
    security(("bearer" = ["queue:write"]))
)]
pub(crate) async fn dismiss(
    api: web::Data<Api>,
    viewer: Viewer<WriteQueue>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (collective, reply) = named(&api, &path).await?;
    api.door.perform(viewer.origin(), DismissMention { collective, reply }).await?;
    Ok(HttpResponse::NoContent().finish())
}
