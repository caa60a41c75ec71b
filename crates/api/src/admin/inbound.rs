//! What was received, and what became of it.

use actix_web::{HttpRequest, HttpResponse, web};
use db::console::inbound::{self, ReceivedRow, Wanted};
use domain::{InboundId, Invalid, Time, text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::only;
use crate::{
    Api, Result,
    auth::{ReadAdmin, Viewer},
    paging::{Page, PageQuery, query},
    problem::ApiError,
    sight,
};

/// The words of [`Outcome`].
const OUTCOMES: [&str; 5] = ["done", "duplicate", "refused", "ignored", "waiting"];

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/inbound").get(list))
        .service(web::resource("/admin/inbound/{inbound}").get(show));
}

/// What to look for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct InboundQuery {
    /// The name of the server that sent it.
    host: Option<String>,
    /// The address of whoever sent it, whole.
    actor: Option<String>,
    /// How it ended, or that it waits.
    #[param(value_type = Option<Outcome>, inline)]
    outcome: Option<String>,
    /// Letters in the reason.
    reason: Option<String>,
}

/// How something ends, or that it has not yet.
#[derive(Clone, Copy, ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the words of a parameter")]
pub(crate) enum Outcome {
    Done,
    Duplicate,
    Refused,
    Ignored,
    Waiting,
}

impl InboundQuery {
    fn wanted(self) -> Result<Wanted> {
        let line = |field, text: Option<String>| {
            text::line(field, text.as_deref().unwrap_or_default(), 0, 2_000)
        };
        let outcome = line("outcome", self.outcome)?;
        if !outcome.is_empty() && !OUTCOMES.contains(&outcome.as_str()) {
            let problem = "must be one of: done duplicate refused ignored waiting";
            return Err(Invalid::new("outcome", problem).into());
        }
        Ok(Wanted {
            host: line("host", self.host)?,
            actor: line("actor", self.actor)?,
            outcome,
            reason: line("reason", self.reason)?,
        })
    }
}

/// A received message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InboundView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// The id of the activity.
    uri: String,
    actor: String,
    host: String,
    #[schema(example = "Create")]
    kind: String,
    /// `done`, `duplicate`, `refused`, `ignored`, or nothing yet.
    outcome: Option<String>,
    /// Why.
    reason: Option<String>,
    attempts: i32,
    #[schema(value_type = String, format = DateTime)]
    received_at: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    done_at: Option<String>,
}

impl InboundView {
    fn new(row: ReceivedRow) -> Self {
        Self {
            id: row.id.uuid(),
            uri: row.ap_id,
            actor: row.actor,
            host: row.host,
            kind: row.kind,
            outcome: row.outcome,
            reason: row.reason,
            attempts: row.attempts,
            received_at: row.received_at.wire(),
            done_at: row.done_at.map(Time::wire),
        }
    }
}

/// Lists what was received in the last week, the newest first, with what became of it; admins may.
#[utoipa::path(
    get,
    path = "/admin/inbound",
    operation_id = "listInbound",
    tag = "admin",
    params(InboundQuery, PageQuery),
    responses((status = 200, description = "A page of messages", body = Page<InboundView>, headers(("Link" = String)))),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let wanted = query::<InboundQuery>(&req)?.wanted()?;
    let span = query::<PageQuery>(&req)?.span("inbound")?;
    let found = api.read(move |conn| {
        let mut rows = inbound::page(conn, &wanted, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: rows.into_iter().map(InboundView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// A received message with what it said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneInboundView {
    inbound: InboundView,
    /// The document, as it was received.
    document: String,
}

/// Shows what was received, whole; admins may.
#[utoipa::path(
    get,
    path = "/admin/inbound/{inbound}",
    operation_id = "showInbound",
    tag = "admin",
    params(("inbound" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 200, description = "The message", body = OneInboundView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let id: InboundId = sight::id(&path, "message")?;
    let found = api.read(move |conn| Ok(inbound::find(conn, id)?)).await?;
    let (row, document) = found.ok_or_else(|| ApiError::not_found("message"))?;
    Ok(HttpResponse::Ok().json(OneInboundView { inbound: InboundView::new(row), document }))
}
