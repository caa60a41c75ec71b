//! How a listing would look on other servers, before anything is posted.

use actix_web::{HttpResponse, web};
use domain::{
    Refusal,
    listings::{Signature, admit},
};
use ops::previews::{Preview, imagined};
use serde::Serialize;
use utoipa::ToSchema;

use super::PostListingForm;
use crate::{
    Api, Result,
    auth::{Viewer, WriteListings},
    body::Body,
    collectives::find,
    sight,
};

/// A listing as it would be shown elsewhere.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PreviewView {
    /// What Mastodon and its kin would show, as HTML.
    microblog: String,
    /// The title that Lemmy and its kin would show.
    title: String,
    /// What they would show below it, as HTML.
    threadiverse: String,
}

/// Shows how a need or an offer would look on other servers. Nothing is posted or kept; its address, which it does
/// not have yet, is `…`.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/listings/preview",
    operation_id = "previewListing",
    tag = "listings",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    request_body = PostListingForm,
    responses(
        (status = 200, description = "How it would look", body = PreviewView),
        (status = 409, description = "The board takes no new listings")
    ),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn preview(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: PostListingForm = body.json()?;
    let actor = find(&api, &path).await?;
    let (board, person) = (actor.id.collective(), viewer.person);
    let found = api.read(move |conn| {
        let row = db::collectives::find(conn, board)?.ok_or(Refusal::NotFromHere)?;
        admit(row.board(), sight::standing(conn, board, Some(person))?, false)?;
        Ok((row.language, db::actors::find(conn, person.actor())?))
    });
    let (language, signer) = found.await?;
    let content = form.content(language.as_str())?;
    // They are no part of the posts, and have to be right all the same.
    form.extras()?;
    let signer = signer.filter(|_| content.signed_by == Signature::Member);
    let row = imagined(api.door.site(), (board, person), &content, api.door.now());
    let Preview { microblog, title, threadiverse } =
        api.previews.preview(&row, &actor, signer.as_ref());
    let address = row.id.to_string();
    let plain = |html: String| html.replace(&address, "…");
    let view =
        PreviewView { microblog: plain(microblog), title, threadiverse: plain(threadiverse) };
    Ok(HttpResponse::Ok().json(view))
}
