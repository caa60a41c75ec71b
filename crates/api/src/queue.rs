//! What waits for the stewards of a collective.

use actix_web::{HttpResponse, web};
use db::mentions::{Held, Part};
use domain::{CollectiveId, ReplyId, Time, mentions::MentionState};
use ops::mentions::{BoostMention, DismissMention, SettleHeld, SuspendHeld, UnboostMention};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Api, Result,
    auth::{ReadQueue, Viewer, WriteAdmin, WriteQueue},
    body::Body,
    collectives::find,
    replies::ReplyView,
    sight,
};

/// So many of each kind at once; the next ones come when these are decided.
const MOST: i64 = 50;
/// So many servers of what is kept apart are named.
const NAMED: i64 = 50;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives/{collective}/queue").get(show))
        .service(
            web::resource("/collectives/{collective}/queue/mentions/{reply}/boost")
                .post(boost)
                .delete(unboost),
        )
        .service(
            web::resource("/collectives/{collective}/queue/mentions/{reply}/dismiss").post(dismiss),
        )
        .service(web::resource("/collectives/{collective}/queue/held/accept").post(accept_held))
        .service(web::resource("/collectives/{collective}/queue/held/dismiss").post(dismiss_held))
        .service(web::resource("/collectives/{collective}/queue/held/suspend").post(suspend_held));
}

/// What waits for the stewards of a collective: a list for each kind of thing, the newest first, at most 50.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QueueView {
    /// Public posts of others that call the collective.
    mentions: Vec<ReplyView>,
    /// The same of servers that are limited here: nobody is told of those.
    limited: Vec<ReplyView>,
    /// What is kept apart, because too much came from servers that nobody knows.
    held: HeldView,
}

/// What is kept apart, in one piece.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HeldView {
    /// How many posts.
    mentions: i64,
    /// Of how many servers.
    hosts: i64,
    /// The servers that sent the most, at most 50.
    loudest: Vec<HostView>,
    /// When the last of it came; goes back with a decision. What comes later is not decided about.
    #[schema(value_type = String, format = DateTime)]
    until: String,
}

/// A server and how much it sent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HostView {
    #[schema(example = "mastodon.example")]
    host: String,
    mentions: i64,
}

impl HeldView {
    fn new(held: Held) -> Self {
        let host = |(host, mentions)| HostView { host, mentions };
        Self {
            mentions: held.mentions,
            hosts: held.hosts,
            loudest: held.loudest.into_iter().map(host).collect(),
            until: held.until.exact(),
        }
    }
}

/// Shows what waits for the stewards; to stewards alone.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/queue",
    operation_id = "showQueue",
    tag = "queue",
    params(("collective" = String, Path, description = "Its id or its handle")),
    responses((status = 200, description = "The queue", body = QueueView)),
    security(("bearer" = ["queue:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadQueue>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let id = find(&api, &path).await?.id.collective();
    let person = Some(viewer.person);
    let found = api.read(move |conn| {
        sight::standing(conn, id, person)?.governs()?;
        let new = |part| (MentionState::New, part);
        let mentions = db::mentions::page(conn, id, new(Part::Ordinary), None, MOST)?;
        let limited = db::mentions::page(conn, id, new(Part::Limited), None, MOST)?;
        Ok(QueueView {
            mentions: ReplyView::all(conn, &mentions)?,
            limited: ReplyView::all(conn, &limited)?,
            held: HeldView::new(db::mentions::held(conn, id, NAMED)?),
        })
    });
    Ok(HttpResponse::Ok().json(found.await?))
}

/// What a path of the queue names.
async fn named(api: &Api, path: &(String, String)) -> Result<(CollectiveId, ReplyId)> {
    let collective = find(api, &path.0).await?.id.collective();
    Ok((collective, sight::id(&path.1, "mention")?))
}

/// Passes a post on to those who follow the collective.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/queue/mentions/{reply}/boost",
    operation_id = "boostMention",
    tag = "queue",
    params(
        ("collective" = String, Path, description = "Its id or its handle"),
        ("reply" = String, Path, description = "The id of the post", format = "uuid")
    ),
    responses(
        (status = 204, description = "It is passed on"),
        (status = 410, description = "Its author has deleted it")
    ),
    security(("bearer" = ["queue:write"]))
)]
pub(crate) async fn boost(
    api: web::Data<Api>,
    viewer: Viewer<WriteQueue>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (collective, reply) = named(&api, &path).await?;
    api.door.perform(viewer.origin(), BoostMention { collective, reply }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Passes a post on no longer.
#[utoipa::path(
    delete,
    path = "/collectives/{collective}/queue/mentions/{reply}/boost",
    operation_id = "unboostMention",
    tag = "queue",
    params(
        ("collective" = String, Path, description = "Its id or its handle"),
        ("reply" = String, Path, description = "The id of the post", format = "uuid")
    ),
    responses((status = 204, description = "It is not passed on any longer")),
    security(("bearer" = ["queue:write"]))
)]
pub(crate) async fn unboost(
    api: web::Data<Api>,
    viewer: Viewer<WriteQueue>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (collective, reply) = named(&api, &path).await?;
    api.door.perform(viewer.origin(), UnboostMention { collective, reply }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Puts a post aside.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/queue/mentions/{reply}/dismiss",
    operation_id = "dismissMention",
    tag = "queue",
    params(
        ("collective" = String, Path, description = "Its id or its handle"),
        ("reply" = String, Path, description = "The id of the post", format = "uuid")
    ),
    responses((status = 204, description = "It waits no longer")),
    security(("bearer" = ["queue:write"]))
)]
pub(crate) async fn dismiss(
    api: web::Data<Api>,
    viewer: Viewer<WriteQueue>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (collective, reply) = named(&api, &path).await?;
    api.door.perform(viewer.origin(), DismissMention { collective, reply }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What somebody saw who decides about all that is kept apart.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeldForm {
    /// `held.until` of the queue.
    #[schema(format = DateTime)]
    until: String,
}

/// How many it was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SettledView {
    /// Posts; domains where servers were suspended.
    settled: usize,
}

/// Lets everything that is kept apart into the queue.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/queue/held/accept",
    operation_id = "acceptHeld",
    tag = "queue",
    params(("collective" = String, Path, description = "Its id or its handle")),
    request_body = HeldForm,
    responses((status = 200, description = "It waits in the queue", body = SettledView)),
    security(("bearer" = ["queue:write"]))
)]
pub(crate) async fn accept_held(
    api: web::Data<Api>,
    viewer: Viewer<WriteQueue>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let collective = find(&api, &path).await?.id.collective();
    let until = Time::parse("until", &body.json::<HeldForm>()?.until)?;
    let settled =
        api.door.perform(viewer.origin(), SettleHeld { collective, until, accepted: true }).await?;
    Ok(HttpResponse::Ok().json(SettledView { settled }))
}

/// Puts everything aside that is kept apart.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/queue/held/dismiss",
    operation_id = "dismissHeld",
    tag = "queue",
    params(("collective" = String, Path, description = "Its id or its handle")),
    request_body = HeldForm,
    responses((status = 200, description = "It waits no longer", body = SettledView)),
    security(("bearer" = ["queue:write"]))
)]
pub(crate) async fn dismiss_held(
    api: web::Data<Api>,
    viewer: Viewer<WriteQueue>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let collective = find(&api, &path).await?.id.collective();
    let until = Time::parse("until", &body.json::<HeldForm>()?.until)?;
    let settled = api
        .door
        .perform(viewer.origin(), SettleHeld { collective, until, accepted: false })
        .await?;
    Ok(HttpResponse::Ok().json(SettledView { settled }))
}

/// Suspends the servers from which it came; admins may. A server that has a rule keeps it.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/queue/held/suspend",
    operation_id = "suspendHeld",
    tag = "queue",
    params(("collective" = String, Path, description = "Its id or its handle")),
    request_body = HeldForm,
    responses((status = 200, description = "They are suspended", body = SettledView)),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn suspend_held(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let collective = find(&api, &path).await?.id.collective();
    let until = Time::parse("until", &body.json::<HeldForm>()?.until)?;
    let settled = api.door.perform(viewer.origin(), SuspendHeld { collective, until }).await?;
    Ok(HttpResponse::Ok().json(SettledView { settled }))
}
