//! The audit log of the whole server.

use actix_web::{HttpRequest, HttpResponse, web};
use db::{audit::AuditRow, console::log};
use domain::{ActorId, EventId, EventMark, Time, text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::only;
use crate::{
    Api, Result,
    actors::{self, ActorView},
    auth::{ReadAdmin, Viewer},
    moderation::uuid,
    paging::{Page, PageQuery, query},
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/log").get(list));
}

/// What to look for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LogQuery {
    /// The id of whoever did it.
    #[param(value_type = Option<String>, format = "uuid")]
    actor: Option<String>,
    /// What was done, the whole word: `suspend_actor`.
    action: Option<String>,
    /// Letters in what it was done to.
    target: Option<String>,
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<String>,
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<String>,
}

impl LogQuery {
    fn wanted(self) -> Result<log::Wanted> {
        let line = |field, text: Option<String>| {
            text::line(field, text.as_deref().unwrap_or_default(), 0, 200)
        };
        let moment = |field, text: Option<String>| {
            text.as_deref().map(|text| Time::parse(field, text)).transpose()
        };
        let wrong = || domain::Invalid::new("actor", "must be the id of somebody");
        let actor = self.actor.map(|id| Uuid::try_parse(&id).map_err(|_| wrong())).transpose()?;
        Ok(log::Wanted {
            actor: actor.map(ActorId::from),
            action: line("action", self.action)?,
            target: line("target", self.target)?,
            from: moment("from", self.from)?,
            until: moment("until", self.until)?,
        })
    }
}

/// A line of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// Who did it; nobody where it was the server itself.
    actor: Option<ActorView>,
    #[schema(value_type = Option<String>, format = "uuid")]
    collective: Option<Uuid>,
    #[schema(example = "suspend_actor")]
    action: String,
    target: String,
    detail: String,
    #[schema(value_type = String, format = DateTime)]
    happened_at: String,
}

/// Lists what stewards and admins did, the newest first; admins may. Nothing changes this log.
#[utoipa::path(
    get,
    path = "/admin/log",
    operation_id = "listLog",
    tag = "admin",
    params(LogQuery, PageQuery),
    responses((status = 200, description = "A page of the log", body = Page<LineView>, headers(("Link" = String)))),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let wanted = query::<LogQuery>(&req)?.wanted()?;
    let span = query::<PageQuery>(&req)?.span("log of the server")?;
    let found = api.read(move |conn| {
        let mut rows = log::page::<EventMark>(conn, &wanted, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row: &(EventId, AuditRow)| row.0.uuid());
        let who = actors::load(conn, rows.iter().filter_map(|row| row.1.actor_id).collect())?;
        let view = |(id, row): (EventId, AuditRow)| LineView {
            id: id.uuid(),
            actor: row.actor_id.and_then(|id| who.get(&id).cloned()),
            collective: uuid(row.collective_id),
            action: row.action,
            target: row.target,
            detail: row.detail,
            happened_at: row.happened_at.wire(),
        };
        Ok(Page { items: rows.into_iter().map(view).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}
