//! Posting, editing, and deleting listings.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::listings::ListingRow;
use domain::{ListingId, PersonId, Refusal};
use ops::listings::{
    DeleteListing, DeleteSeenListing, EditListing, EditListingWith, PostListing, PostListingWith,
};

use super::{EditListingForm, PostListingForm, answer, views::ListingView};
use crate::{
    Api, Result,
    auth::{Viewer, WriteListings},
    body::Body,
    collectives::find,
    etag::IfMatch,
    problem::ApiError,
    sight,
};

/// Puts a need or an offer on a collective's board, for the world or as a draft.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/listings",
    operation_id = "postListing",
    tag = "listings",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    request_body = PostListingForm,
    responses(
        (
            status = 201,
            description = "The new listing",
            body = ListingView,
            headers(("Location" = String), ("ETag" = String))
        ),
        (status = 409, description = "The board takes no new listings")
    ),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn post(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: PostListingForm = body.json()?;
    let board = find(&api, &path).await?.id.collective();
    let row = api.read(move |conn| Ok(db::collectives::find(conn, board)?)).await?;
    let row = row.ok_or(Refusal::NotFromHere)?;
    let post = PostListing {
        board,
        content: form.content(row.language.as_str())?,
        publish: form.publish.unwrap_or(true),
    };
    let operation = PostListingWith { post, extras: form.extras()? };
    let id = api.door.perform(viewer.origin(), operation).await?;
    let location = api.door.site().at(&format!("api/v1/listings/{id}"));
    let mut created = HttpResponse::Created();
    created.insert_header((header::LOCATION, location));
    answer(&api, created, id, Some(viewer.person)).await
}

/// Changes the words of a listing; whoever wrote it may, and those who speak for its collective.
#[utoipa::path(
    patch,
    path = "/listings/{listing}",
    operation_id = "editListing",
    tag = "listings",
    params(
        ("listing" = String, Path, description = "Its id", format = "uuid"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what you saw")
    ),
    request_body = EditListingForm,
    responses(
        (
            status = 200,
            description = "The listing as it is now",
            body = ListingView,
            headers(("ETag" = String))
        ),
        (status = 409, description = "It is closed, or somebody else has changed it meanwhile"),
        (status = 410, description = "It was deleted"),
        (status = 412, description = "It is not the version that If-Match names")
    ),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn edit(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: EditListingForm = body.json()?;
    let id = sight::id(&path, "listing")?;
    let seen = IfMatch::of(&req);
    let row = visible(&api, id, viewer.person).await?;
    let exact = api.read(move |conn| Ok(db::listings::exact_point(conn, id)?)).await?;
    let content = form.content(&row, exact)?;
    seen.check(row.version)?;
    let edit = EditListing { listing: id, content, version: Some(row.version) };
    let operation = EditListingWith { edit, extras: form.extras()? };
    let done = api.door.perform(viewer.origin(), operation).await;
    done.map_err(|err| ApiError::from(err).precondition(seen.is_named()))?;
    answer(&api, HttpResponse::Ok(), id, Some(viewer.person)).await
}

/// Deletes a listing for good; its address answers 410 from now on.
#[utoipa::path(
    delete,
    path = "/listings/{listing}",
    operation_id = "deleteListing",
    tag = "listings",
    params(
        ("listing" = String, Path, description = "Its id", format = "uuid"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what you saw")
    ),
    responses(
        (status = 204, description = "It is gone"),
        (status = 410, description = "It was deleted before"),
        (status = 412, description = "It is not the version that If-Match names")
    ),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn remove(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let id = sight::id(&path, "listing")?;
    let seen = IfMatch::of(&req);
    let row = visible(&api, id, viewer.person).await?;
    seen.check(row.version)?;
    let done = if seen.is_named() {
        let delete = DeleteSeenListing { listing: id, version: row.version };
        api.door.perform(viewer.origin(), delete).await
    } else {
        api.door.perform(viewer.origin(), DeleteListing { listing: id }).await
    };
    done.map_err(|err| ApiError::from(err).precondition(seen.is_named()))?;
    Ok(HttpResponse::NoContent().finish())
}

/// A listing that somebody may see; what they may not see, they cannot learn of by trying to change it.
pub(crate) async fn visible(api: &Api, id: ListingId, person: PersonId) -> Result<ListingRow> {
    api.read(move |conn| sight::listing(conn, id, Some(person))).await
}
