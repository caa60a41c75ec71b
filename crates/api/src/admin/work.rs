//! Jobs, and letters that were given up.

use actix_web::{HttpRequest, HttpResponse, web};
use db::console::work::{self, LostRow, WorkRow};
use domain::{Invalid, JobId, text};
use ops::console::work::{DiscardJob, DiscardLost, RetryJob, RetryLost};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::only;
use crate::{
    Api, Result,
    auth::{ReadAdmin, Viewer, WriteAdmin},
    body::Body,
    deliveries::CountView,
    paging::{Page, PageQuery, query},
    sight,
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/jobs").get(jobs))
        .service(web::resource("/admin/jobs/{job}/retry").post(retry))
        .service(web::resource("/admin/jobs/{job}").delete(discard))
        .service(web::resource("/admin/lost").get(lost))
        .service(web::resource("/admin/lost/{host}/retry").post(again))
        .service(web::resource("/admin/lost/{host}").delete(forget));
}

/// Which jobs.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct JobsQuery {
    /// `dead`, which were given up, or `waiting`; `dead` where it is left out.
    #[param(value_type = Option<JobState>, inline)]
    state: Option<String>,
}

/// What became of a job.
#[derive(Clone, Copy, ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the words of a parameter")]
pub(crate) enum JobState {
    Dead,
    Waiting,
}

/// Work that waits or was given up. What it is about is not told: letters to people are jobs too.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    #[schema(example = "mail")]
    kind: String,
    attempts: i32,
    dead: bool,
    /// Why it was not done the last time.
    error: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    due_at: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
}

impl JobView {
    fn new(row: WorkRow) -> Self {
        Self {
            id: row.id.uuid(),
            kind: row.kind,
            attempts: row.attempts,
            dead: row.dead,
            error: row.error,
            due_at: row.due_at.wire(),
            created_at: row.created_at.wire(),
        }
    }
}

/// Lists jobs that were given up, or that wait, the newest first; admins may.
#[utoipa::path(
    get,
    path = "/admin/jobs",
    operation_id = "listJobs",
    tag = "admin",
    params(JobsQuery, PageQuery),
    responses((status = 200, description = "A page of jobs", body = Page<JobView>, headers(("Link" = String)))),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn jobs(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let dead = match query::<JobsQuery>(&req)?.state.as_deref() {
        None | Some("dead") => true,
        Some("waiting") => false,
        Some(_) => return Err(Invalid::new("state", "must be dead or waiting").into()),
    };
    let span = query::<PageQuery>(&req)?.span("jobs")?;
    let found = api.read(move |conn| {
        let mut rows = work::page(conn, dead, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: rows.into_iter().map(JobView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Lets a job that was given up be done again, now; admins may.
#[utoipa::path(
    post,
    path = "/admin/jobs/{job}/retry",
    operation_id = "retryJob",
    tag = "admin",
    params(("job" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 204, description = "It waits to be done")),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn retry(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let job: JobId = sight::id(&path, "job")?;
    api.door.perform(viewer.origin(), RetryJob { job }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Throws a job away that was given up; admins may.
#[utoipa::path(
    delete,
    path = "/admin/jobs/{job}",
    operation_id = "discardJob",
    tag = "admin",
    params(("job" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 204, description = "It is gone")),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn discard(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let job: JobId = sight::id(&path, "job")?;
    api.door.perform(viewer.origin(), DiscardJob { job }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// To which server.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LostQuery {
    /// Only letters to this server.
    host: Option<String>,
}

/// A letter to another server that was given up.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LostView {
    #[schema(value_type = String, format = "uuid")]
    activity: Uuid,
    #[schema(example = "Create")]
    kind: String,
    host: String,
    inbox: String,
    /// Why it was given up.
    reason: Option<String>,
    attempts: i32,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
}

impl LostView {
    fn new(row: LostRow) -> Self {
        Self {
            activity: row.activity.uuid(),
            kind: row.kind,
            host: row.host,
            inbox: row.inbox,
            reason: row.reason,
            attempts: row.attempts,
            created_at: row.created_at.wire(),
        }
    }
}

/// Lists letters to other servers that were given up, the newest first; admins may.
///
/// They are sent again only where somebody asks for it.
#[utoipa::path(
    get,
    path = "/admin/lost",
    operation_id = "listLost",
    tag = "admin",
    params(LostQuery, PageQuery),
    responses((status = 200, description = "A page of letters", body = Page<LostView>, headers(("Link" = String)))),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn lost(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let host = query::<LostQuery>(&req)?.host.unwrap_or_default();
    let host = text::line("host", &host, 0, 300)?;
    let span = query::<PageQuery>(&req)?.span("lost")?;
    let found = api.read(move |conn| {
        let mut rows = work::lost(conn, &host, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.activity.uuid());
        Ok(Page { items: rows.into_iter().map(LostView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Which letters to try again.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "activity": "01890000-0000-7000-8000-000000000000" }))]
pub(crate) struct AgainForm {
    /// Only this one; all where it is left out.
    #[schema(format = "uuid")]
    activity: Option<String>,
}

/// Tries letters to a server again that were given up; admins may.
///
/// Those stay given up about whose thing something was said since: that has arrived, and what is deleted must not
/// come back.
#[utoipa::path(
    post,
    path = "/admin/lost/{host}/retry",
    operation_id = "retryLost",
    tag = "admin",
    params(("host" = String, Path, description = "Its name, with the port where it has one")),
    request_body = Option<AgainForm>,
    responses((status = 200, description = "How many letters wait again", body = CountView)),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn again(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    host: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let form: AgainForm = body.json_or_default()?;
    let wrong = || Invalid::new("activity", "must be its id");
    let letter = form.activity.map(|id| id.parse().map_err(|_| wrong())).transpose()?;
    let host = host.into_inner();
    let letters = api.door.perform(viewer.origin(), RetryLost { host, letter }).await?;
    Ok(HttpResponse::Ok().json(CountView { letters }))
}

/// Throws away the letters to a server that were given up; admins may.
#[utoipa::path(
    delete,
    path = "/admin/lost/{host}",
    operation_id = "discardLost",
    tag = "admin",
    params(("host" = String, Path, description = "Its name, with the port where it has one")),
    responses((status = 200, description = "How many letters that were", body = CountView)),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn forget(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    host: web::Path<String>,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let host = host.into_inner();
    let letters = api.door.perform(viewer.origin(), DiscardLost { host }).await?;
    Ok(HttpResponse::Ok().json(CountView { letters }))
}
