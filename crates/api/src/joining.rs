//! Asking to join a collective, and being answered.

use actix_web::{HttpRequest, HttpResponse, web};
use db::joining::{JoinRow, Joining};
use domain::{
    PersonId,
    joining::{JoinPolicy, questions},
};
use ops::joining::{AnswerJoin, AskToJoin, SetJoining, WithdrawJoin};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Api, Result,
    actors::ActorView,
    auth::{MaybeViewer, ReadCollectives, ReadMemberships, Viewer, WriteMemberships},
    body::Body,
    collectives::find,
    memberships::AnswerForm,
    paging::{Page, PageQuery, query},
    problem::ApiError,
    sight, words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives/{collective}/joining").get(show).put(set));
    let requests = web::resource("/collectives/{collective}/join-requests");
    cfg.service(requests.get(list).post(ask).delete(withdraw));
    cfg.service(web::resource("/collectives/{collective}/join-requests/{person}").post(answer));
}

/// How somebody comes into a collective.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JoiningView {
    #[schema(value_type = words::JoinPolicy)]
    policy: &'static str,
    /// What it asks, in this order.
    questions: Vec<String>,
    /// Whether you have asked to join and were not answered yet.
    requested: bool,
}

/// Shows how somebody comes into a collective of this server.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/joining",
    operation_id = "showJoining",
    tag = "memberships",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    responses((status = 200, description = "How to come in", body = JoiningView)),
    security((), ("bearer" = ["collectives:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: MaybeViewer<ReadCollectives>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let id = find(&api, &path).await?.id.collective();
    let person = viewer.person;
    let found = api.read(move |conn| {
        let joining = db::joining::of(conn, id)?.ok_or_else(|| ApiError::not_found("joining"))?;
        let requested = match person {
            Some(person) => db::joining::is_asked(conn, id, person)?,
            None => false,
        };
        let Joining { policy, questions } = joining;
        Ok(JoiningView { policy: policy.word(), questions, requested })
    });
    Ok(HttpResponse::Ok().json(found.await?))
}

/// How somebody shall come in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "policy": "request", "questions": ["What would you like to do?"] }))]
pub(crate) struct JoiningForm {
    #[schema(value_type = words::JoinPolicy)]
    policy: String,
    /// At most five, each a line of at most 200 characters.
    #[schema(value_type = Option<Vec<words::Question>>, max_items = 5)]
    questions: Option<Vec<String>>,
}

/// Says how somebody comes in, and what they are asked; stewards may.
#[utoipa::path(
    put,
    path = "/collectives/{collective}/joining",
    operation_id = "setJoining",
    tag = "memberships",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    request_body = JoiningForm,
    responses((status = 204, description = "So it is")),
    security(("bearer" = ["memberships:write"]))
)]
pub(crate) async fn set(
    api: web::Data<Api>,
    viewer: Viewer<WriteMemberships>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: JoiningForm = body.json()?;
    let joining = Joining {
        policy: JoinPolicy::parse(&form.policy)?,
        questions: questions(&form.questions.unwrap_or_default())?,
    };
    let collective = find(&api, &path).await?.id.collective();
    api.door.perform(viewer.origin(), SetJoining { collective, joining }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What you answer.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "answers": ["I bake bread."] }))]
pub(crate) struct JoinForm {
    /// One for each question; the stewards alone read them, and they are forgotten once you are answered.
    #[schema(value_type = Option<Vec<words::Answer>>, max_items = 5)]
    answers: Option<Vec<String>>,
}

/// Asks to join a collective.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/join-requests",
    operation_id = "askToJoin",
    tag = "memberships",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    request_body = Option<JoinForm>,
    responses((status = 204, description = "Its stewards are asked")),
    security(("bearer" = ["memberships:write"]))
)]
pub(crate) async fn ask(
    api: web::Data<Api>,
    viewer: Viewer<WriteMemberships>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: JoinForm = body.json_or_default()?;
    let collective = find(&api, &path).await?.id.collective();
    let answers = form.answers.unwrap_or_default();
    api.door.perform(viewer.origin(), AskToJoin { collective, answers }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes your request back; it is no error not to have asked.
#[utoipa::path(
    delete,
    path = "/collectives/{collective}/join-requests",
    operation_id = "withdrawJoinRequest",
    tag = "memberships",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    responses((status = 204, description = "You do not ask to join")),
    security(("bearer" = ["memberships:write"]))
)]
pub(crate) async fn withdraw(
    api: web::Data<Api>,
    viewer: Viewer<WriteMemberships>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let collective = find(&api, &path).await?.id.collective();
    api.door.perform(viewer.origin(), WithdrawJoin { collective }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Somebody who asks to join.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JoinRequestView {
    person: ActorView,
    /// One for each question, as it was asked then.
    answers: Vec<String>,
    #[schema(value_type = String, format = DateTime)]
    asked_at: String,
}

impl JoinRequestView {
    fn new(row: &JoinRow) -> Self {
        Self {
            person: ActorView::new(&row.person),
            answers: row.answers.clone(),
            asked_at: row.asked_at.wire(),
        }
    }
}

/// Lists who asks to join a collective, for its stewards.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/join-requests",
    operation_id = "listJoinRequests",
    tag = "memberships",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        PageQuery
    ),
    responses((status = 200, description = "A page of requests", body = Page<JoinRequestView>, headers(("Link" = String)))),
    security(("bearer" = ["memberships:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadMemberships>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("join-requests")?;
    let id = find(&api, &path).await?.id.collective();
    let person = viewer.person;
    let found = api.read(move |conn| {
        sight::standing(conn, id, Some(person))?.governs()?;
        let mut rows = db::joining::page(conn, id, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.person.id.uuid());
        Ok(Page { items: rows.iter().map(JoinRequestView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Takes somebody in, or turns them down; stewards may.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/join-requests/{person}",
    operation_id = "answerJoinRequest",
    tag = "memberships",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ("person" = String, Path, description = "The id of who asks", format = "uuid")
    ),
    request_body = AnswerForm,
    responses((status = 204, description = "Answered")),
    security(("bearer" = ["memberships:write"]))
)]
pub(crate) async fn answer(
    api: web::Data<Api>,
    viewer: Viewer<WriteMemberships>,
    path: web::Path<(String, String)>,
    body: Body,
) -> Result<HttpResponse> {
    let form: AnswerForm = body.json()?;
    let collective = find(&api, &path.0).await?.id.collective();
    let person: PersonId = sight::id(&path.1, "request")?;
    let operation = AnswerJoin { collective, person, accept: form.accept };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::NoContent().finish())
}
