//! The browsers that somebody is signed in with.

use actix_web::{HttpRequest, HttpResponse, web};
use db::sessions::SessionRow;
use domain::{SessionId, Time};
use ops::sessions::{EndOtherSessions, EndSession};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Result,
    auth::{ReadAccounts, Viewer, WriteAccounts},
    paging::{Page, PageQuery, query},
    sight,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/me/sessions").get(list).delete(end_all));
    cfg.service(web::resource("/me/sessions/{session}").delete(end));
}

/// A browser that I am signed in with.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// What it says of itself, in plain words.
    #[schema(example = "Firefox on Linux")]
    name: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// When it was used last, to the hour.
    #[schema(value_type = Option<String>, format = DateTime)]
    used_at: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    expires_at: String,
}

impl SessionView {
    fn new(row: &SessionRow) -> Self {
        Self {
            id: row.id.uuid(),
            name: row.name.clone(),
            created_at: row.created_at.wire(),
            used_at: row.used_at.map(Time::wire),
            expires_at: row.expires_at.wire(),
        }
    }
}

/// Lists the browsers that you are signed in with, the newest first.
#[utoipa::path(
    get,
    path = "/me/sessions",
    operation_id = "listSessions",
    tag = "accounts",
    params(PageQuery),
    responses((status = 200, description = "A page of sessions", body = Page<SessionView>, headers(("Link" = String)))),
    security(("bearer" = ["accounts:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadAccounts>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("sessions")?;
    let (account, now) = (viewer.account.id, api.door.now());
    let found = api.read(move |conn| {
        let mut rows = db::sessions::page(conn, account, now, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: rows.iter().map(SessionView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Signs one browser out at once.
#[utoipa::path(
    delete,
    path = "/me/sessions/{session}",
    operation_id = "endSession",
    tag = "accounts",
    params(("session" = String, Path, description = "The id of the session", format = "uuid")),
    responses((status = 204, description = "Ended")),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn end(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let id: SessionId = sight::id(&path, "session")?;
    api.door.perform(viewer.origin(), EndSession { id }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Signs all browsers out at once; tokens stay, this one too.
#[utoipa::path(
    delete,
    path = "/me/sessions",
    operation_id = "endSessions",
    tag = "accounts",
    responses((status = 204, description = "Ended")),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn end_all(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
) -> Result<HttpResponse> {
    api.door.perform(viewer.origin(), EndOtherSessions { keep: Vec::new() }).await?;
    Ok(HttpResponse::NoContent().finish())
}
