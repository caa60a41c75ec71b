//! What waits for other servers, for admins.

use actix_web::{HttpRequest, HttpResponse, web};
use db::deliveries::admin::QueueRow;
use domain::{Invalid, Refusal, Time, accounts::AccountRole};
use ops::deliveries::{DropDeliveries, PauseDeliveries, ResumeDeliveries, RetryDeliveries};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    Api, Result,
    auth::{ReadAdmin, Viewer, WriteAdmin},
    paging::{Page, query},
};

/// So many queues are on one page.
const LIMIT: usize = 50;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/deliveries").get(list));
    cfg.service(web::resource("/admin/deliveries/{host}/retry").post(retry));
    cfg.service(web::resource("/admin/deliveries/{host}/drop").post(drop_all));
    cfg.service(web::resource("/admin/deliveries/{host}/pause").post(pause));
    cfg.service(web::resource("/admin/deliveries/{host}/resume").post(resume));
}

/// What waits for one server, and what was given up.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveriesView {
    #[schema(example = "mastodon.example")]
    host: String,
    /// How many letters wait; not counted beyond 100000.
    waiting: i64,
    /// How many were given up; they are kept for two weeks.
    dead: i64,
    /// When the first of those that wait was queued.
    #[schema(value_type = Option<String>, format = DateTime)]
    oldest: Option<String>,
    /// Why something did not arrive the last time.
    last_error: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    last_error_at: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    next_try: Option<String>,
    /// Since when nothing is sent to it.
    #[schema(value_type = Option<String>, format = DateTime)]
    paused_at: Option<String>,
}

impl DeliveriesView {
    fn new(row: QueueRow) -> Self {
        Self {
            host: row.host,
            waiting: row.waiting,
            dead: row.dead,
            oldest: row.oldest.map(Time::wire),
            last_error: row.last_failure,
            last_error_at: row.last_failure_at.map(Time::wire),
            next_try: row.next_try.map(Time::wire),
            paused_at: row.paused_at.map(Time::wire),
        }
    }
}

/// Which part of the list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct QueuesQuery {
    /// `next` of the page before.
    #[param(max_length = 300, pattern = "^[!-~]*$")]
    cursor: Option<String>,
}

/// Lists the servers for which something waits or was given up, and those that are paused, by their names.
#[utoipa::path(
    get,
    path = "/admin/deliveries",
    operation_id = "listDeliveries",
    tag = "admin",
    params(QueuesQuery),
    responses((status = 200, description = "A page of queues", body = Page<DeliveriesView>, headers(("Link" = String)))),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    if viewer.account.role != AccountRole::Admin {
        return Err(Refusal::NotAllowed.into());
    }
    let cursor = query::<QueuesQuery>(&req)?.cursor.unwrap_or_default();
    if 300 < cursor.len() || !cursor.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Invalid::new("cursor", "must be `next` of an earlier page").into());
    }
    let found = api.read(move |conn| {
        let rows = i64::try_from(LIMIT).unwrap_or(i64::MAX).saturating_add(1);
        let mut rows = db::deliveries::admin::queues(conn, &cursor, rows)?;
        let more = LIMIT < rows.len();
        rows.truncate(LIMIT);
        let next = rows.last().filter(|_| more).map(|row| row.host.clone());
        Ok(Page { items: rows.into_iter().map(DeliveriesView::new).collect::<Vec<_>>(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// How many letters it was about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountView {
    pub(crate) letters: usize,
}

/// Tries all that waits for a server again, now. What was given up stays so.
#[utoipa::path(
    post,
    path = "/admin/deliveries/{host}/retry",
    operation_id = "retryDeliveries",
    tag = "admin",
    params(("host" = String, Path, description = "Its name, with the port where it has one")),
    responses((status = 200, description = "How many letters wait", body = CountView)),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn retry(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    host: web::Path<String>,
) -> Result<HttpResponse> {
    let operation = RetryDeliveries { host: host.into_inner() };
    let letters = api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::Ok().json(CountView { letters }))
}

/// Throws away all that waits for a server, and all that was given up.
#[utoipa::path(
    post,
    path = "/admin/deliveries/{host}/drop",
    operation_id = "dropDeliveries",
    tag = "admin",
    params(("host" = String, Path, description = "Its name, with the port where it has one")),
    responses((status = 200, description = "How many letters that were", body = CountView)),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn drop_all(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    host: web::Path<String>,
) -> Result<HttpResponse> {
    let operation = DropDeliveries { host: host.into_inner() };
    let letters = api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::Ok().json(CountView { letters }))
}

/// Sends nothing to a server until it is resumed; what is for it waits.
#[utoipa::path(
    post,
    path = "/admin/deliveries/{host}/pause",
    operation_id = "pauseDeliveries",
    tag = "admin",
    params(("host" = String, Path, description = "Its name, with the port where it has one")),
    responses((status = 204, description = "Paused")),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn pause(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    host: web::Path<String>,
) -> Result<HttpResponse> {
    let operation = PauseDeliveries { host: host.into_inner() };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Sends to a server again.
#[utoipa::path(
    post,
    path = "/admin/deliveries/{host}/resume",
    operation_id = "resumeDeliveries",
    tag = "admin",
    params(("host" = String, Path, description = "Its name, with the port where it has one")),
    responses((status = 204, description = "Resumed")),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn resume(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    host: web::Path<String>,
) -> Result<HttpResponse> {
    let operation = ResumeDeliveries { host: host.into_inner() };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::NoContent().finish())
}
