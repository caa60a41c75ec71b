//! What one admin has proposed and another one has to agree to.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::{ProposalId, Refusal, Time, console::ProposalState};
use ops::{
    OpError,
    proposals::{Act, AnswerProposal, Propose},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::only;
use crate::{
    Api, Result,
    actors::{self, ActorView},
    auth::{ReadAdmin, Viewer, WriteAdmin},
    paging::{Page, PageQuery, query},
    sight, words,
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/proposals").get(list))
        .service(web::resource("/admin/proposals/{proposal}/agree").post(agree))
        .service(web::resource("/admin/proposals/{proposal}/refuse").post(refuse));
}

/// It waits for a second admin.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposedView {
    #[schema(value_type = String, format = "uuid")]
    proposal: Uuid,
}

/// What was done; or, where it takes two, the proposal that was made instead, as an answer.
pub(crate) async fn held<S, T>(
    api: &Api,
    viewer: &Viewer<S>,
    done: ops::Result<T>,
    act: impl FnOnce() -> Act,
) -> Result<std::result::Result<T, HttpResponse>> {
    match done {
        Ok(done) => Ok(Ok(done)),
        Err(OpError::Refused(Refusal::SecondPerson)) => {
            let id = api.door.perform(viewer.origin(), Propose { act: act() }).await?;
            Ok(Err(HttpResponse::Accepted().json(ProposedView { proposal: id.uuid() })))
        }
        Err(err) => Err(err.into()),
    }
}

/// Which proposals.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProposalsQuery {
    /// `waiting` where it is left out.
    #[param(value_type = Option<words::ProposalState>, inline)]
    state: Option<String>,
}

/// A proposal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposalView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    #[schema(value_type = words::ProposalAct)]
    act: &'static str,
    /// What it is done to: somebody's handle, a domain, or how many lines a list has.
    target: String,
    #[schema(value_type = words::ProposalState)]
    state: &'static str,
    proposed_by: Option<ActorView>,
    #[schema(value_type = String, format = DateTime)]
    proposed_at: String,
    answered_by: Option<ActorView>,
    #[schema(value_type = Option<String>, format = DateTime)]
    answered_at: Option<String>,
}

/// Lists what waits for a second admin, the newest first; admins may.
#[utoipa::path(
    get,
    path = "/admin/proposals",
    operation_id = "listProposals",
    tag = "admin",
    params(ProposalsQuery, PageQuery),
    responses((status = 200, description = "A page of proposals", body = Page<ProposalView>, headers(("Link" = String)))),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let state = query::<ProposalsQuery>(&req)?.state;
    let state = state.as_deref().map_or(Ok(ProposalState::Waiting), ProposalState::parse)?;
    let span = query::<PageQuery>(&req)?.span("proposals")?;
    let found = api.read(move |conn| {
        let mut rows = db::proposals::page(conn, state, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        let who = rows.iter().flat_map(|row| [Some(row.proposed_by), row.answered_by]);
        let who = actors::load(conn, who.flatten().collect())?;
        let view = |row: &db::proposals::ProposalRow| ProposalView {
            id: row.id.uuid(),
            act: row.act.word(),
            target: row.target.clone(),
            state: row.state.word(),
            proposed_by: who.get(&row.proposed_by).cloned(),
            proposed_at: row.proposed_at.wire(),
            answered_by: row.answered_by.and_then(|id| who.get(&id).cloned()),
            answered_at: row.answered_at.map(Time::wire),
        };
        Ok(Page { items: rows.iter().map(view).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Agrees to what another admin has proposed: then it is done.
#[utoipa::path(
    post,
    path = "/admin/proposals/{proposal}/agree",
    operation_id = "agreeToProposal",
    tag = "admin",
    params(("proposal" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 204, description = "It is done")),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn agree(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    answer(&api, &viewer, &path, true).await
}

/// Says no to a proposal, or takes one's own back.
#[utoipa::path(
    post,
    path = "/admin/proposals/{proposal}/refuse",
    operation_id = "refuseProposal",
    tag = "admin",
    params(("proposal" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 204, description = "It will not be done")),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn refuse(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    answer(&api, &viewer, &path, false).await
}

async fn answer(
    api: &Api,
    viewer: &Viewer<WriteAdmin>,
    path: &str,
    agree: bool,
) -> Result<HttpResponse> {
    only(viewer)?;
    let id: ProposalId = sight::id(path, "proposal")?;
    api.door.perform(viewer.origin(), AnswerProposal { id, agree }).await?;
    Ok(HttpResponse::NoContent().finish())
}
