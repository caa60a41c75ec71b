//! What is reported to moderators.

use actix_web::{HttpRequest, HttpResponse, web};
use db::{Conn, reports::ReportRow};
use domain::{
    CollectiveId, Invalid, PersonId, Refusal, ReportId, Time, accounts::AccountRole,
    moderation::complaint,
};
use ops::reports::{Report, ResolveReport, Subject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    Api, Result,
    actors::{self, ActorView},
    auth::{ReadModeration, Viewer, WriteModeration},
    body::Body,
    collectives::find,
    moderation::uuid,
    paging::{Page, PageQuery, query},
    problem::ApiError,
    sight,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/reports").get(all).post(report));
    cfg.service(web::resource("/reports/{report}/resolve").post(resolve));
    cfg.service(web::resource("/collectives/{collective}/reports").get(of_collective));
}

/// A report: one server, or one person here, about one thing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// The server it comes from. Who reported is told to nobody.
    #[schema(example = "mastodon.example")]
    server: String,
    /// Whom it is about.
    about: Option<ActorView>,
    #[schema(value_type = Option<String>, format = "uuid")]
    listing: Option<Uuid>,
    #[schema(value_type = Option<String>, format = "uuid")]
    reply: Option<Uuid>,
    /// The collective in whose thread it stands.
    #[schema(value_type = Option<String>, format = "uuid")]
    collective: Option<Uuid>,
    /// Why, in the words of the first who reported; plain text.
    text: String,
    /// How often it was reported.
    times: i32,
    /// Whether the author's server was told.
    forwarded: bool,
    open: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// When it was reported last.
    #[schema(value_type = String, format = DateTime)]
    updated_at: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    resolved_at: Option<String>,
}

pub(crate) fn views(conn: &mut Conn, rows: &[ReportRow]) -> Result<Vec<ReportView>> {
    let about = actors::load(conn, rows.iter().map(|row| row.actor_id).collect())?;
    let view = |row: &ReportRow| ReportView {
        id: row.id.uuid(),
        server: row.host.clone(),
        about: about.get(&row.actor_id).cloned(),
        listing: uuid(row.listing_id),
        reply: uuid(row.reply_id),
        collective: uuid(row.collective_id),
        text: row.text.clone(),
        times: row.times,
        forwarded: row.forwarded,
        open: row.open,
        created_at: row.created_at.wire(),
        updated_at: row.updated_at.wire(),
        resolved_at: row.resolved_at.map(Time::wire),
    };
    Ok(rows.iter().map(view).collect())
}

/// Which reports.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportsQuery {
    /// Those that are dealt with, instead of those that are open.
    #[param(value_type = Option<bool>)]
    resolved: Option<String>,
}

impl ReportsQuery {
    fn open(&self) -> Result<bool> {
        match self.resolved.as_deref() {
            None | Some("false") => Ok(true),
            Some("true") => Ok(false),
            Some(_) => Err(Invalid::new("resolved", "must be true or false").into()),
        }
    }
}

/// Lists the reports made to this instance, the newest first; admins may.
#[utoipa::path(
    get,
    path = "/reports",
    operation_id = "listReports",
    tag = "moderation",
    params(ReportsQuery, PageQuery),
    responses((status = 200, description = "A page of reports", body = Page<ReportView>, headers(("Link" = String)))),
    security(("bearer" = ["moderation:read"]))
)]
pub(crate) async fn all(
    api: web::Data<Api>,
    viewer: Viewer<ReadModeration>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    if viewer.account.role != AccountRole::Admin {
        return Err(Refusal::NotAllowed.into());
    }
    list(&api, &req, None, None).await
}

/// Lists the reports about a collective's threads, the newest first, for its stewards.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/reports",
    operation_id = "listReportsOfCollective",
    tag = "moderation",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ReportsQuery,
        PageQuery
    ),
    responses((status = 200, description = "A page of reports", body = Page<ReportView>, headers(("Link" = String)))),
    security(("bearer" = ["moderation:read"]))
)]
pub(crate) async fn of_collective(
    api: web::Data<Api>,
    viewer: Viewer<ReadModeration>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let collective = find(&api, &path).await?.id.collective();
    list(&api, &req, Some(collective), Some(viewer.person)).await
}

async fn list(
    api: &Api,
    req: &HttpRequest,
    collective: Option<CollectiveId>,
    steward: Option<PersonId>,
) -> Result<HttpResponse> {
    let open = query::<ReportsQuery>(req)?.open()?;
    let span = query::<PageQuery>(req)?.span("reports")?;
    let found = api.read(move |conn| {
        if let (Some(collective), Some(steward)) = (collective, steward) {
            sight::standing(conn, collective, Some(steward))?.governs()?;
        }
        let mut rows = db::reports::page(conn, collective, open, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: views(conn, &rows)?, next })
    });
    Ok(found.await?.answer(api, req))
}

/// Something to report: exactly one of `listing`, `reply`, and `actor`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "reply": "01890000-0000-7000-8000-000000000000",
    "text": "Advertisement, the third time.",
    "forward": true,
}))]
pub(crate) struct ReportForm {
    #[schema(format = "uuid")]
    listing: Option<String>,
    #[schema(format = "uuid")]
    reply: Option<String>,
    #[schema(format = "uuid")]
    actor: Option<String>,
    /// Why; plain text.
    #[schema(max_length = 5000)]
    text: Option<String>,
    /// Tell the author's server too. It is not told who reports. `false` where it is left out.
    forward: Option<bool>,
}

/// What became of a report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportedView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// Whether the author's server is told. Servers like Lemmy hear stewards alone, about their own threads.
    forwarded: bool,
}

/// Reports a listing, an answer, or somebody, to the stewards concerned and to the admins.
#[utoipa::path(
    post,
    path = "/reports",
    operation_id = "report",
    tag = "moderation",
    request_body = ReportForm,
    responses(
        (status = 201, description = "It is reported", body = ReportedView),
        (status = 404, description = "There is no such thing, or not for you")
    ),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn report(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    body: Body,
) -> Result<HttpResponse> {
    let form: ReportForm = body.json()?;
    let subject = match (&form.listing, &form.reply, &form.actor) {
        (Some(id), None, None) => Subject::Listing(sight::id(id, "listing")?),
        (None, Some(id), None) => Subject::Reply(sight::id(id, "reply")?),
        (None, None, Some(id)) => Subject::Actor(sight::id(id, "actor")?),
        _ => {
            let problem = "must be given, or else exactly one of listing and actor";
            return Err(Invalid::new("reply", problem).into());
        }
    };
    let person = Some(viewer.person);
    let seen = api.read(move |conn| match subject {
        Subject::Listing(id) => sight::listing(conn, id, person).map(drop),
        Subject::Reply(id) => sight::reply(conn, id, person).map(drop),
        Subject::Actor(_) => Ok(()),
    });
    seen.await?;
    let text = complaint(form.text.as_deref().unwrap_or_default())?;
    let operation = Report { subject, text, forward: form.forward.unwrap_or(false) };
    let done = api.door.perform(viewer.origin(), operation).await?;
    let view = ReportedView { id: done.report.uuid(), forwarded: done.forwarded };
    Ok(HttpResponse::Created().json(view))
}

/// Ends a report; stewards of its collective may, and admins.
#[utoipa::path(
    post,
    path = "/reports/{report}/resolve",
    operation_id = "resolveReport",
    tag = "moderation",
    params(("report" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 204, description = "It is dealt with")),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn resolve(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let report: ReportId = sight::id(&path, "report")?;
    let done = api.door.perform(viewer.origin(), ResolveReport { report }).await;
    match done {
        // Whoever may not see it learns nothing of it.
        Err(ops::OpError::Refused(_)) => Err(ApiError::not_found("report")),
        done => {
            done?;
            Ok(HttpResponse::NoContent().finish())
        }
    }
}
