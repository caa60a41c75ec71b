//! Whom I follow, and who asks to follow a collective.

use actix_web::{HttpRequest, HttpResponse, web};
use db::{actors::ActorRow, follows::FollowRow};
use domain::{ActorId, FollowId, Invalid};
use ops::{
    follows::{AnswerFollow, AskFollow, Unfollow},
    lookup::Found,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Result,
    actors::ActorView,
    auth::{ReadFollows, Viewer, WriteFollows},
    body::Body,
    collectives::find,
    lookup,
    memberships::AnswerForm,
    paging::{Page, PageQuery, query},
    problem::ApiError,
    sight, words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/follows").get(list).post(ask));
    cfg.service(web::resource("/follows/{actor}").delete(unfollow));
    cfg.service(web::resource("/collectives/{collective}/follow-requests").get(requests));
    cfg.service(web::resource("/follow-requests/{follow}").post(answer));
}

/// Somebody following somebody, or asking to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FollowView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// Whom I follow; in a list of requests, who asks.
    actor: ActorView,
    /// `pending` until the other side has answered.
    #[schema(value_type = words::FollowState)]
    state: &'static str,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
}

impl FollowView {
    fn new((row, actor): &(FollowRow, ActorRow)) -> Self {
        Self {
            id: row.id.uuid(),
            actor: ActorView::new(actor),
            state: row.state.word(),
            created_at: row.created_at.wire(),
        }
    }
}

/// Lists whom you follow or have asked to follow, the newest first.
#[utoipa::path(
    get,
    path = "/follows",
    operation_id = "listFollows",
    tag = "follows",
    params(PageQuery),
    responses((status = 200, description = "A page of follows", body = Page<FollowView>, headers(("Link" = String)))),
    security(("bearer" = ["follows:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadFollows>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("follows")?;
    let person = viewer.person.actor();
    let found = api.read(move |conn| {
        let mut rows = db::follows::following(conn, person, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.0.id.uuid());
        Ok(Page { items: rows.iter().map(FollowView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Whom to follow.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "who": "@mill@other.example" }))]
pub(crate) struct FollowForm {
    /// `@name@server.example`, an address, or a handle of this server.
    #[schema(min_length = 1, max_length = 2000)]
    who: String,
}

/// Follows a collective or a person, here or elsewhere.
///
/// Elsewhere it is `pending` until their server has answered.
#[utoipa::path(
    post,
    path = "/follows",
    operation_id = "follow",
    tag = "follows",
    request_body = FollowForm,
    responses(
        (status = 201, description = "The follow", body = FollowView),
        (status = 404, description = "Nobody of that name is known there"),
        (status = 410, description = "They are gone")
    ),
    security(("bearer" = ["follows:write"]))
)]
pub(crate) async fn ask(
    api: web::Data<Api>,
    viewer: Viewer<WriteFollows>,
    body: Body,
) -> Result<HttpResponse> {
    let form: FollowForm = body.json()?;
    let Found::Actor(followed) = lookup::find(&api, "who", &form.who).await? else {
        return Err(Invalid::new("who", "must be a collective or a person").into());
    };
    let id = api.door.perform(viewer.origin(), AskFollow { followed }).await?;
    let found = api.read(move |conn| {
        let row = db::follows::find_by_id(conn, id)?;
        let actor = db::actors::find(conn, followed)?;
        row.zip(actor).ok_or_else(|| ApiError::not_found("follow"))
    });
    Ok(HttpResponse::Created().json(FollowView::new(&found.await?)))
}

/// Follows somebody no longer; it is no error not to have followed them.
#[utoipa::path(
    delete,
    path = "/follows/{actor}",
    operation_id = "unfollow",
    tag = "follows",
    params(("actor" = String, Path, description = "The id of who is followed", format = "uuid")),
    responses((status = 204, description = "You do not follow them")),
    security(("bearer" = ["follows:write"]))
)]
pub(crate) async fn unfollow(
    api: web::Data<Api>,
    viewer: Viewer<WriteFollows>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let followed: ActorId = sight::id(&path, "actor")?;
    api.door.perform(viewer.origin(), Unfollow { followed }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists who asks to follow a collective, the oldest first, for its stewards.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/follow-requests",
    operation_id = "listFollowRequests",
    tag = "follows",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        PageQuery
    ),
    responses((status = 200, description = "A page of requests", body = Page<FollowView>, headers(("Link" = String)))),
    security(("bearer" = ["follows:read"]))
)]
pub(crate) async fn requests(
    api: web::Data<Api>,
    viewer: Viewer<ReadFollows>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("follow-requests")?;
    let collective = find(&api, &path).await?.id.collective();
    let person = viewer.person;
    let found = api.read(move |conn| {
        sight::standing(conn, collective, Some(person))?.governs()?;
        let actor = collective.actor();
        let mut rows = db::follows::pending_page(conn, actor, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.0.id.uuid());
        Ok(Page { items: rows.iter().map(FollowView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Accepts somebody as a follower, or turns them down; stewards may.
#[utoipa::path(
    post,
    path = "/follow-requests/{follow}",
    operation_id = "answerFollowRequest",
    tag = "follows",
    params(("follow" = String, Path, description = "The id of the request", format = "uuid")),
    request_body = AnswerForm,
    responses((status = 204, description = "Answered")),
    security(("bearer" = ["follows:write"]))
)]
pub(crate) async fn answer(
    api: web::Data<Api>,
    viewer: Viewer<WriteFollows>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: AnswerForm = body.json()?;
    let follow: FollowId = sight::id(&path, "request")?;
    let person = viewer.person;
    api.read(move |conn| sight::request(conn, follow, person)).await?;
    let operation = AnswerFollow { follow, accept: form.accept };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::NoContent().finish())
}
