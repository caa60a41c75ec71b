//! Cases: what is reported about somebody, what was decided, and what follows.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web};
use db::{
    Conn,
    cases::{AppealRow, CaseRow, DecisionRow},
};
use domain::{
    ActorId, CaseId, DecisionId, ReportId, Time,
    cases::{CaseState, DecisionKind},
};
use ops::cases::{DecideCase, FollowUp, OpenCase};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::only;
use crate::{
    Api, Result,
    actors::{self, ActorView},
    auth::{ReadAdmin, Viewer, WriteAdmin},
    body::Body,
    paging::{Page, PageQuery, query},
    problem::ApiError,
    reports::{self, ReportView},
    sight, words,
};

/// So many reports of a case are shown.
const MOST: i64 = 200;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/cases").get(list).post(open))
        .service(web::resource("/admin/cases/{case}").get(show))
        .service(web::resource("/admin/cases/{case}/decide").post(decide))
        .service(web::resource("/admin/follow-ups").get(due))
        .service(web::resource("/admin/decisions/{decision}/follow-up").post(follow_up));
}

/// A case: all that is reported about one person or group until it is decided.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    about: Option<ActorView>,
    #[schema(value_type = words::CaseState)]
    state: &'static str,
    #[schema(value_type = String, format = DateTime)]
    opened_at: String,
    #[schema(value_type = String, format = DateTime)]
    updated_at: String,
}

impl CaseView {
    fn new(row: &CaseRow, known: &HashMap<ActorId, ActorView>) -> Self {
        Self {
            id: row.id.uuid(),
            about: known.get(&row.actor_id).cloned(),
            state: row.state.word(),
            opened_at: row.opened_at.wire(),
            updated_at: row.updated_at.wire(),
        }
    }
}

/// Which cases.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CasesQuery {
    /// `open` where it is left out.
    #[param(value_type = Option<words::CaseState>, inline)]
    state: Option<String>,
}

/// Lists cases, the newest first; admins may.
#[utoipa::path(
    get,
    path = "/admin/cases",
    operation_id = "listCases",
    tag = "moderation",
    params(CasesQuery, PageQuery),
    responses((status = 200, description = "A page of cases", body = Page<CaseView>, headers(("Link" = String)))),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let state = query::<CasesQuery>(&req)?.state;
    let state = state.as_deref().map_or(Ok(CaseState::Open), CaseState::parse)?;
    let span = query::<PageQuery>(&req)?.span("cases")?;
    let found = api.read(move |conn| {
        let mut rows = db::cases::page(conn, state, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        let known = actors::load(conn, rows.iter().map(|row| row.actor_id).collect())?;
        Ok(Page { items: rows.iter().map(|row| CaseView::new(row, &known)).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Of which report a case is made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "report": "01890000-0000-7000-8000-000000000000" }))]
pub(crate) struct CaseForm {
    #[schema(format = "uuid")]
    report: String,
}

/// Makes one case of all open reports about whom a report is about, or names the one there is; admins may.
#[utoipa::path(
    post,
    path = "/admin/cases",
    operation_id = "openCase",
    tag = "moderation",
    request_body = CaseForm,
    responses(
        (status = 201, description = "The case", body = OneCaseView),
        (status = 404, description = "There is no such report")
    ),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn open(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    body: Body,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let form: CaseForm = body.json()?;
    let report: ReportId = sight::id(&form.report, "report")?;
    let id = api.door.perform(viewer.origin(), OpenCase { report }).await?;
    let view = api.read(move |conn| one(conn, id)).await?;
    Ok(HttpResponse::Created().json(view))
}

/// What was decided.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionView {
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: Uuid,
    #[schema(value_type = String, format = "uuid")]
    case: Uuid,
    #[schema(value_type = words::DecisionKind)]
    kind: &'static str,
    /// Why, or what was agreed; plain text.
    text: String,
    /// When somebody comes back to it.
    #[schema(value_type = Option<String>, format = DateTime)]
    follow_up_at: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    followed_up_at: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    decided_at: String,
    /// What was said to it by whom it is about.
    appeal: Option<AppealView>,
}

impl DecisionView {
    /// With what was said to it.
    pub(super) fn load(conn: &mut Conn, row: &DecisionRow) -> Result<Self> {
        Ok(Self {
            id: row.id.uuid(),
            case: row.case_id.uuid(),
            kind: row.kind.word(),
            text: row.text.clone(),
            follow_up_at: row.follow_up_at.map(Time::wire),
            followed_up_at: row.followed_up_at.map(Time::wire),
            decided_at: row.decided_at.wire(),
            appeal: db::cases::appeal_to(conn, row.id)?.map(AppealView::new),
        })
    }
}

/// What somebody says to a decision about them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AppealView {
    text: String,
    #[schema(value_type = String, format = DateTime)]
    made_at: String,
    /// Whether the decision stands; nothing where nobody has answered.
    upheld: Option<bool>,
    answer: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    answered_at: Option<String>,
}

impl AppealView {
    fn new(row: AppealRow) -> Self {
        Self {
            text: row.text,
            made_at: row.made_at.wire(),
            upheld: row.upheld,
            answer: row.answer,
            answered_at: row.answered_at.map(Time::wire),
        }
    }
}

/// A case with all that belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneCaseView {
    case: CaseView,
    /// The newest 200.
    reports: Vec<ReportView>,
    /// The newest first.
    decisions: Vec<DecisionView>,
}

fn one(conn: &mut Conn, id: CaseId) -> Result<OneCaseView> {
    let row = db::cases::find(conn, id)?.ok_or_else(|| ApiError::not_found("case"))?;
    let known = actors::load(conn, vec![row.actor_id])?;
    let reports = db::cases::reports(conn, id, MOST)?;
    let decisions = db::cases::decisions(conn, id)?;
    Ok(OneCaseView {
        case: CaseView::new(&row, &known),
        reports: reports::views(conn, &reports)?,
        decisions: decisions
            .iter()
            .map(|row| DecisionView::load(conn, row))
            .collect::<Result<Vec<_>>>()?,
    })
}

/// Shows a case; admins may.
#[utoipa::path(
    get,
    path = "/admin/cases/{case}",
    operation_id = "showCase",
    tag = "moderation",
    params(("case" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 200, description = "The case", body = OneCaseView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let id: CaseId = sight::id(&path, "case")?;
    Ok(HttpResponse::Ok().json(api.read(move |conn| one(conn, id)).await?))
}

/// What is decided.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "repair",
    "text": "She has said sorry, and brings the ladder back.",
    "follow_up_at": "2026-04-14T08:00:00Z",
}))]
pub(crate) struct DecisionForm {
    #[schema(value_type = words::DecisionKind)]
    kind: String,
    /// Why, or what was agreed. Whoever it is about reads it.
    #[schema(max_length = 5000)]
    text: String,
    /// When somebody comes back to it; a `repair` needs it.
    #[schema(value_type = Option<String>, format = DateTime)]
    follow_up_at: Option<String>,
}

/// Decides a case, and does what was decided; admins may.
///
/// Whoever it is about is told, where they live here, by a letter with a link by which they appeal once.
#[utoipa::path(
    post,
    path = "/admin/cases/{case}/decide",
    operation_id = "decideCase",
    tag = "moderation",
    params(("case" = String, Path, description = "Its id", format = "uuid")),
    request_body = DecisionForm,
    responses((status = 200, description = "The case, decided", body = OneCaseView)),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn decide(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let case: CaseId = sight::id(&path, "case")?;
    let form: DecisionForm = body.json()?;
    let at = form.follow_up_at.as_deref().map(|at| Time::parse("follow_up_at", at)).transpose()?;
    let kind = DecisionKind::parse(&form.kind)?;
    let operation = DecideCase { case, kind, text: form.text, follow_up_at: at };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::Ok().json(api.read(move |conn| one(conn, case)).await?))
}

/// Decisions, all on one page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionsView {
    pub(super) items: Vec<DecisionView>,
}

/// Lists the decisions that somebody has to come back to, the first due first; admins may.
#[utoipa::path(
    get,
    path = "/admin/follow-ups",
    operation_id = "listFollowUps",
    tag = "moderation",
    responses((status = 200, description = "The next 200", body = DecisionsView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn due(api: web::Data<Api>, viewer: Viewer<ReadAdmin>) -> Result<HttpResponse> {
    only(&viewer)?;
    let found = api.read(move |conn| {
        let rows = db::cases::to_follow_up(conn, MOST)?;
        let items = rows.iter().map(|row| DecisionView::load(conn, row));
        Ok(DecisionsView { items: items.collect::<Result<Vec<_>>>()? })
    });
    Ok(HttpResponse::Ok().json(found.await?))
}

/// Somebody has come back to what was decided; admins may.
#[utoipa::path(
    post,
    path = "/admin/decisions/{decision}/follow-up",
    operation_id = "followUp",
    tag = "moderation",
    params(("decision" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 204, description = "It is followed up")),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn follow_up(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let decision: DecisionId = sight::id(&path, "decision")?;
    api.door.perform(viewer.origin(), FollowUp { decision }).await?;
    Ok(HttpResponse::NoContent().finish())
}
