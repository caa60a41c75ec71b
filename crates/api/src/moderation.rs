//! What stewards do in their collective, the log of it, and whom admins suspend.

use actix_web::{HttpRequest, HttpResponse, web};
use db::audit::AuditRow;
use domain::{ActorId, EventId, ListingId, ReplyId, moderation::Act, moderation::reason};
use ops::moderation::{
    BlockActor, HideReply, LockListing, SuspendActor, UnblockActor, UnsuspendActor,
};
use ops::proposals::Act as Proposed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Result,
    actors::ActorView,
    admin::proposals::{ProposedView, held},
    auth::{MaybeViewer, ReadModeration, Viewer, WriteModeration},
    body::Body,
    collectives::find,
    paging::{Page, PageQuery, query},
    problem::ApiError,
    sight, words,
};

/// So many blocks of a collective are listed.
const MOST_BLOCKS: i64 = 1_000;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives/{collective}/log").get(log));
    cfg.service(web::resource("/collectives/{collective}/blocks").get(blocks).post(block));
    cfg.service(web::resource("/collectives/{collective}/blocks/{actor}").delete(unblock));
    cfg.service(web::resource("/replies/{reply}/hide").post(hide));
    cfg.service(web::resource("/replies/{reply}/show").post(show));
    cfg.service(web::resource("/listings/{listing}/lock").post(lock));
    cfg.service(web::resource("/listings/{listing}/unlock").post(unlock));
    cfg.service(web::resource("/actors/{actor}/suspend").post(suspend));
    cfg.service(web::resource("/actors/{actor}/unsuspend").post(unsuspend));
}

/// Why.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "advertisement" }))]
pub(crate) struct ReasonForm {
    /// For the log; other servers are told too, where they can be.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

impl ReasonForm {
    pub(crate) fn of(body: Body) -> Result<String> {
        let form: Self = body.json_or_default()?;
        Ok(reason(form.reason.as_deref().unwrap_or_default())?)
    }
}

/// Something that the stewards of a collective did. Which of them it was stays with them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActView {
    #[schema(value_type = words::Act)]
    act: String,
    /// An address, or somebody's handle; empty for what was not public.
    target: String,
    reason: String,
    #[schema(value_type = String, format = DateTime)]
    happened_at: String,
}

impl ActView {
    fn new(row: &AuditRow) -> Self {
        Self {
            act: row.action.clone(),
            target: row.target.clone(),
            reason: row.detail.clone(),
            happened_at: row.happened_at.wire(),
        }
    }
}

/// Lists what the stewards of a collective did, the newest first: for its members, and for everybody where the
/// collective says so.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/log",
    operation_id = "listActs",
    tag = "moderation",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        PageQuery
    ),
    responses((status = 200, description = "A page of acts", body = Page<ActView>, headers(("Link" = String)))),
    security((), ("bearer" = ["moderation:read"]))
)]
pub(crate) async fn log(
    api: web::Data<Api>,
    viewer: MaybeViewer<ReadModeration>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("log")?;
    let id = find(&api, &path).await?.id.collective();
    let person = viewer.person;
    let found = api.read(move |conn| {
        let row = db::collectives::find(conn, id)?;
        let public = row.is_some_and(|row| row.public_log);
        if !public && !sight::standing(conn, id, person)?.belongs() {
            return Err(ApiError::not_found("log"));
        }
        let acts: Vec<&str> = Act::ALL.iter().map(|act| act.word()).collect();
        let mut rows =
            db::audit::page::<domain::EventMark>(conn, id, &acts, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row: &(EventId, AuditRow)| row.0.uuid());
        Ok(Page { items: rows.iter().map(|(_, row)| ActView::new(row)).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Somebody whom a collective has shut out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BlockView {
    actor: ActorView,
    #[schema(value_type = String, format = DateTime)]
    since: String,
}

/// Lists whom a collective has shut out, the newest first, for its stewards.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/blocks",
    operation_id = "listBlocks",
    tag = "moderation",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    responses((status = 200, description = "All of them, on one page", body = Page<BlockView>, headers(("Link" = String)))),
    security(("bearer" = ["moderation:read"]))
)]
pub(crate) async fn blocks(
    api: web::Data<Api>,
    viewer: Viewer<ReadModeration>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let id = find(&api, &path).await?.id.collective();
    let person = viewer.person;
    let found = api.read(move |conn| {
        sight::standing(conn, id, Some(person))?.governs()?;
        let rows = db::blocks::of(conn, id.actor(), MOST_BLOCKS)?;
        let view = |(actor, since): &(db::actors::ActorRow, domain::Time)| BlockView {
            actor: ActorView::new(actor),
            since: since.wire(),
        };
        Ok(Page { items: rows.iter().map(view).collect(), next: None })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Whom to shut out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "actor": "01890000-0000-7000-8000-000000000000",
    "reason": "advertisement",
}))]
pub(crate) struct BlockForm {
    /// The id of somebody, here or elsewhere.
    #[schema(format = "uuid")]
    actor: String,
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// Shuts somebody out of a collective: they no longer follow it, and can no longer answer; stewards may.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/blocks",
    operation_id = "blockActor",
    tag = "moderation",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    request_body = BlockForm,
    responses((status = 204, description = "They are shut out")),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn block(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: BlockForm = body.json()?;
    let collective = find(&api, &path).await?.id.collective();
    let actor: ActorId = sight::id(&form.actor, "actor")?;
    let reason = reason(form.reason.as_deref().unwrap_or_default())?;
    api.door.perform(viewer.origin(), BlockActor { collective, actor, reason }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lets somebody in again; stewards may.
#[utoipa::path(
    delete,
    path = "/collectives/{collective}/blocks/{actor}",
    operation_id = "unblockActor",
    tag = "moderation",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ("actor" = String, Path, description = "The id of somebody", format = "uuid")
    ),
    responses((status = 204, description = "They are not shut out")),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn unblock(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (collective, actor) = path.into_inner();
    let collective = find(&api, &collective).await?.id.collective();
    let actor: ActorId = sight::id(&actor, "actor")?;
    let operation = UnblockActor { collective, actor, reason: String::new() };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes an answer out of its thread; stewards of its collective may. It stays where its author wrote it.
#[utoipa::path(
    post,
    path = "/replies/{reply}/hide",
    operation_id = "hideReply",
    tag = "moderation",
    params(("reply" = String, Path, description = "Its id", format = "uuid")),
    request_body = Option<ReasonForm>,
    responses((status = 204, description = "It is hidden")),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn hide(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    hide_or_show(&api, &viewer, &path, body, true).await
}

/// Puts an answer back into its thread; stewards of its collective may.
#[utoipa::path(
    post,
    path = "/replies/{reply}/show",
    operation_id = "unhideReply",
    tag = "moderation",
    params(("reply" = String, Path, description = "Its id", format = "uuid")),
    request_body = Option<ReasonForm>,
    responses((status = 204, description = "It is shown")),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    hide_or_show(&api, &viewer, &path, body, false).await
}

async fn hide_or_show(
    api: &Api,
    viewer: &Viewer<WriteModeration>,
    path: &str,
    body: Body,
    hidden: bool,
) -> Result<HttpResponse> {
    let reason = ReasonForm::of(body)?;
    let (reply, person): (ReplyId, _) = (sight::id(path, "reply")?, Some(viewer.person));
    api.read(move |conn| sight::reply(conn, reply, person)).await?;
    api.door.perform(viewer.origin(), HideReply { reply, hidden, reason }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lets a listing take no more answers; stewards of its collective may.
#[utoipa::path(
    post,
    path = "/listings/{listing}/lock",
    operation_id = "lockListing",
    tag = "moderation",
    params(("listing" = String, Path, description = "Its id", format = "uuid")),
    request_body = Option<ReasonForm>,
    responses((status = 204, description = "It is locked")),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn lock(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    lock_or_unlock(&api, &viewer, &path, body, true).await
}

/// Lets a listing take answers again; stewards of its collective may.
#[utoipa::path(
    post,
    path = "/listings/{listing}/unlock",
    operation_id = "unlockListing",
    tag = "moderation",
    params(("listing" = String, Path, description = "Its id", format = "uuid")),
    request_body = Option<ReasonForm>,
    responses((status = 204, description = "It is not locked")),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn unlock(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    lock_or_unlock(&api, &viewer, &path, body, false).await
}

async fn lock_or_unlock(
    api: &Api,
    viewer: &Viewer<WriteModeration>,
    path: &str,
    body: Body,
    locked: bool,
) -> Result<HttpResponse> {
    let reason = ReasonForm::of(body)?;
    let (listing, person): (ListingId, _) = (sight::id(path, "listing")?, Some(viewer.person));
    api.read(move |conn| sight::listing(conn, listing, person)).await?;
    api.door.perform(viewer.origin(), LockListing { listing, locked, reason }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Suspends somebody, here or elsewhere; admins may.
///
/// Nothing is taken from them, nothing of theirs is shown, and nothing of theirs leaves.
#[utoipa::path(
    post,
    path = "/actors/{actor}/suspend",
    operation_id = "suspendActor",
    tag = "moderation",
    params(("actor" = String, Path, description = "Their id", format = "uuid")),
    request_body = Option<ReasonForm>,
    responses(
        (status = 204, description = "They are suspended"),
        (status = 202, description = "It waits for a second admin", body = ProposedView)
    ),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn suspend(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let reason = ReasonForm::of(body)?;
    let actor: ActorId = sight::id(&path, "actor")?;
    let done = SuspendActor { actor, reason: reason.clone() };
    let done = api.door.perform(viewer.origin(), done).await;
    match held(&api, &viewer, done, || Proposed::suspend(actor, reason)).await? {
        Ok(()) => Ok(HttpResponse::NoContent().finish()),
        Err(waits) => Ok(waits),
    }
}

/// Ends a suspension; admins may. Follows that ended stay ended.
#[utoipa::path(
    post,
    path = "/actors/{actor}/unsuspend",
    operation_id = "unsuspendActor",
    tag = "moderation",
    params(("actor" = String, Path, description = "Their id", format = "uuid")),
    request_body = Option<ReasonForm>,
    responses((status = 204, description = "They are not suspended")),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn unsuspend(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let reason = ReasonForm::of(body)?;
    let actor: ActorId = sight::id(&path, "actor")?;
    api.door.perform(viewer.origin(), UnsuspendActor { actor, reason }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What the id of somebody in a report is called.
pub(crate) fn uuid<T>(id: Option<domain::Id<T>>) -> Option<Uuid> {
    id.map(domain::Id::uuid)
}
