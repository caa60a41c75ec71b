//! Likes and votes of people here.

use actix_web::{HttpResponse, web};
use domain::replies::ReactionKind;
use ops::reactions::{React, ReactionObject, Unreact};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Result,
    auth::{Viewer, WriteReactions},
    sight,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/listings/{listing}/like").put(like_listing).delete(unlike_listing))
        .service(
            web::resource("/listings/{listing}/dislike")
                .put(dislike_listing)
                .delete(undislike_listing),
        )
        .service(web::resource("/replies/{reply}/like").put(like_reply).delete(unlike_reply))
        .service(
            web::resource("/replies/{reply}/dislike").put(dislike_reply).delete(undislike_reply),
        );
}

/// How often something was liked, voted against, and boosted, and what you did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReactionsView {
    likes: i64,
    dislikes: i64,
    boosts: i64,
    liked: bool,
    disliked: bool,
}

/// A listing that the viewer may see.
async fn listing(api: &Api, viewer: &Viewer<WriteReactions>, text: &str) -> Result<ReactionObject> {
    let (id, person) = (sight::id(text, "listing")?, Some(viewer.person));
    api.read(move |conn| sight::listing(conn, id, person)).await?;
    Ok(ReactionObject::Listing(id))
}

/// A post or an answer that the viewer may see.
async fn reply(api: &Api, viewer: &Viewer<WriteReactions>, text: &str) -> Result<ReactionObject> {
    let (id, person) = (sight::id(text, "reply")?, Some(viewer.person));
    api.read(move |conn| sight::reply(conn, id, person)).await?;
    Ok(ReactionObject::Reply(id))
}

async fn react(
    api: &Api,
    viewer: &Viewer<WriteReactions>,
    operation: React,
) -> Result<HttpResponse> {
    let object = operation.object;
    api.door.perform(viewer.origin(), operation).await?;
    answer(api, viewer, object).await
}

async fn unreact(
    api: &Api,
    viewer: &Viewer<WriteReactions>,
    operation: Unreact,
) -> Result<HttpResponse> {
    let object = operation.object;
    api.door.perform(viewer.origin(), operation).await?;
    answer(api, viewer, object).await
}

async fn answer(
    api: &Api,
    viewer: &Viewer<WriteReactions>,
    object: ReactionObject,
) -> Result<HttpResponse> {
    let id: Uuid = match object {
        ReactionObject::Listing(id) => id.uuid(),
        ReactionObject::Reply(id) => id.uuid(),
    };
    let reader = viewer.person.actor();
    let found = api.read(move |conn| {
        let counts = db::reactions::count(conn, &[id])?.pop().unwrap_or_default();
        Ok((counts, db::reactions::of_actor(conn, reader, &[id])?))
    });
    let (counts, own) = found.await?;
    let did = |kind| own.iter().any(|row| row.1 == kind);
    Ok(HttpResponse::Ok().json(ReactionsView {
        likes: counts.likes,
        dislikes: counts.dislikes,
        boosts: counts.boosts,
        liked: did(ReactionKind::Like),
        disliked: did(ReactionKind::Dislike),
    }))
}

/// Likes a listing; a vote against it of yours is taken back.
#[utoipa::path(
    put,
    path = "/listings/{listing}/like",
    operation_id = "likeListing",
    tag = "reactions",
    params(("listing" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "How it stands now", body = ReactionsView),
        (status = 410, description = "It was deleted")
    ),
    security(("bearer" = ["reactions:write"]))
)]
pub(crate) async fn like_listing(
    api: web::Data<Api>,
    viewer: Viewer<WriteReactions>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let object = listing(&api, &viewer, &path).await?;
    react(&api, &viewer, React { object, kind: ReactionKind::Like }).await
}

/// Takes a like of yours back.
#[utoipa::path(
    delete,
    path = "/listings/{listing}/like",
    operation_id = "unlikeListing",
    tag = "reactions",
    params(("listing" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "How it stands now", body = ReactionsView),
        (status = 410, description = "It was deleted")
    ),
    security(("bearer" = ["reactions:write"]))
)]
pub(crate) async fn unlike_listing(
    api: web::Data<Api>,
    viewer: Viewer<WriteReactions>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let object = listing(&api, &viewer, &path).await?;
    unreact(&api, &viewer, Unreact { object, kind: ReactionKind::Like }).await
}

/// Votes against a listing; a like of yours is taken back.
#[utoipa::path(
    put,
    path = "/listings/{listing}/dislike",
    operation_id = "dislikeListing",
    tag = "reactions",
    params(("listing" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "How it stands now", body = ReactionsView),
        (status = 410, description = "It was deleted")
    ),
    security(("bearer" = ["reactions:write"]))
)]
pub(crate) async fn dislike_listing(
    api: web::Data<Api>,
    viewer: Viewer<WriteReactions>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let object = listing(&api, &viewer, &path).await?;
    react(&api, &viewer, React { object, kind: ReactionKind::Dislike }).await
}

/// Takes a vote against of yours back.
#[utoipa::path(
    delete,
    path = "/listings/{listing}/dislike",
    operation_id = "undislikeListing",
    tag = "reactions",
    params(("listing" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "How it stands now", body = ReactionsView),
        (status = 410, description = "It was deleted")
    ),
    security(("bearer" = ["reactions:write"]))
)]
pub(crate) async fn undislike_listing(
    api: web::Data<Api>,
    viewer: Viewer<WriteReactions>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let object = listing(&api, &viewer, &path).await?;
    unreact(&api, &viewer, Unreact { object, kind: ReactionKind::Dislike }).await
}

/// Likes a post or an answer; a vote against it of yours is taken back.
#[utoipa::path(
    put,
    path = "/replies/{reply}/like",
    operation_id = "likeReply",
    tag = "reactions",
    params(("reply" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "How it stands now", body = ReactionsView),
        (status = 410, description = "It was deleted")
    ),
    security(("bearer" = ["reactions:write"]))
)]
pub(crate) async fn like_reply(
    api: web::Data<Api>,
    viewer: Viewer<WriteReactions>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let object = reply(&api, &viewer, &path).await?;
    react(&api, &viewer, React { object, kind: ReactionKind::Like }).await
}

/// Takes a like of yours back.
#[utoipa::path(
    delete,
    path = "/replies/{reply}/like",
    operation_id = "unlikeReply",
    tag = "reactions",
    params(("reply" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "How it stands now", body = ReactionsView),
        (status = 410, description = "It was deleted")
    ),
    security(("bearer" = ["reactions:write"]))
)]
pub(crate) async fn unlike_reply(
    api: web::Data<Api>,
    viewer: Viewer<WriteReactions>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let object = reply(&api, &viewer, &path).await?;
    unreact(&api, &viewer, Unreact { object, kind: ReactionKind::Like }).await
}

/// Votes against a post or an answer; a like of yours is taken back.
#[utoipa::path(
    put,
    path = "/replies/{reply}/dislike",
    operation_id = "dislikeReply",
    tag = "reactions",
    params(("reply" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "How it stands now", body = ReactionsView),
        (status = 410, description = "It was deleted")
    ),
    security(("bearer" = ["reactions:write"]))
)]
pub(crate) async fn dislike_reply(
    api: web::Data<Api>,
    viewer: Viewer<WriteReactions>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let object = reply(&api, &viewer, &path).await?;
    react(&api, &viewer, React { object, kind: ReactionKind::Dislike }).await
}

/// Takes a vote against of yours back.
#[utoipa::path(
    delete,
    path = "/replies/{reply}/dislike",
    operation_id = "undislikeReply",
    tag = "reactions",
    params(("reply" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "How it stands now", body = ReactionsView),
        (status = 410, description = "It was deleted")
    ),
    security(("bearer" = ["reactions:write"]))
)]
pub(crate) async fn undislike_reply(
    api: web::Data<Api>,
    viewer: Viewer<WriteReactions>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let object = reply(&api, &viewer, &path).await?;
    unreact(&api, &viewer, Unreact { object, kind: ReactionKind::Dislike }).await
}
