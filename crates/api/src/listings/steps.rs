//! Moving listings from state to state.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::quantity::Amount;
use ops::listings::{MoveListing, Step};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{answer, time, views::ListingView, visible};
use crate::{
    Api, Result,
    auth::{Viewer, WriteListings},
    body::Body,
    etag::IfMatch,
    problem::ApiError,
    sight, words,
};

/// Publishes a draft.
#[utoipa::path(
    post,
    path = "/listings/{listing}/publish",
    operation_id = "publishListing",
    tag = "listings",
    params(
        ("listing" = String, Path, description = "Its id", format = "uuid"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what you saw")
    ),
    responses(
        (
            status = 200,
            description = "The listing as it is now",
            body = ListingView,
            headers(("ETag" = String))
        ),
        (status = 409, description = "It is published already"),
        (status = 410, description = "It was deleted"),
        (status = 412, description = "It is not the version that If-Match names")
    ),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn publish(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    step(&api, &viewer, &path, &req, Step::Publish).await
}

/// What was found or given so far, in all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "found": "8" }))]
pub(crate) struct ProgressForm {
    /// A decimal number in text, from 0 to what was asked for.
    #[schema(value_type = words::Decimal)]
    found: String,
}

/// Notes how much was found or given so far; all of it makes the listing fulfilled.
#[utoipa::path(
    post,
    path = "/listings/{listing}/progress",
    operation_id = "noteProgress",
    tag = "listings",
    params(
        ("listing" = String, Path, description = "Its id", format = "uuid"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what you saw")
    ),
    request_body = ProgressForm,
    responses(
        (
            status = 200,
            description = "The listing as it is now",
            body = ListingView,
            headers(("ETag" = String))
        ),
        (status = 409, description = "It is a draft or closed"),
        (status = 410, description = "It was deleted"),
        (status = 412, description = "It is not the version that If-Match names")
    ),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn progress(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: ProgressForm = body.json()?;
    let found = Amount::parse_or_nothing("found", &form.found)?;
    step(&api, &viewer, &path, &req, Step::Progress { found }).await
}

/// Says that everything was found or given.
#[utoipa::path(
    post,
    path = "/listings/{listing}/fulfil",
    operation_id = "fulfilListing",
    tag = "listings",
    params(
        ("listing" = String, Path, description = "Its id", format = "uuid"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what you saw")
    ),
    responses(
        (
            status = 200,
            description = "The listing as it is now",
            body = ListingView,
            headers(("ETag" = String))
        ),
        (status = 409, description = "It is a draft or closed"),
        (status = 410, description = "It was deleted"),
        (status = 412, description = "It is not the version that If-Match names")
    ),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn fulfil(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    step(&api, &viewer, &path, &req, Step::Fulfil).await
}

/// Says that it is no longer needed or offered.
#[utoipa::path(
    post,
    path = "/listings/{listing}/withdraw",
    operation_id = "withdrawListing",
    tag = "listings",
    params(
        ("listing" = String, Path, description = "Its id", format = "uuid"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what you saw")
    ),
    responses(
        (
            status = 200,
            description = "The listing as it is now",
            body = ListingView,
            headers(("ETag" = String))
        ),
        (status = 409, description = "It is a draft or closed"),
        (status = 410, description = "It was deleted"),
        (status = 412, description = "It is not the version that If-Match names")
    ),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn withdraw(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    step(&api, &viewer, &path, &req, Step::Withdraw).await
}

/// Until when it is open again.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "expires_at": "2027-03-14T08:00:00Z" }))]
pub(crate) struct ReopenForm {
    #[schema(format = DateTime)]
    expires_at: Option<String>,
}

/// Opens a closed listing again; the body may be left out.
#[utoipa::path(
    post,
    path = "/listings/{listing}/reopen",
    operation_id = "reopenListing",
    tag = "listings",
    params(
        ("listing" = String, Path, description = "Its id", format = "uuid"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what you saw")
    ),
    request_body = Option<ReopenForm>,
    responses(
        (
            status = 200,
            description = "The listing as it is now",
            body = ListingView,
            headers(("ETag" = String))
        ),
        (status = 409, description = "It is a draft or open"),
        (status = 410, description = "It was deleted"),
        (status = 412, description = "It is not the version that If-Match names")
    ),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn reopen(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: ReopenForm = body.json_or_default()?;
    let expires_at = time("expires_at", form.expires_at.as_deref())?;
    step(&api, &viewer, &path, &req, Step::Reopen { expires_at }).await
}

async fn step(
    api: &Api,
    viewer: &Viewer<WriteListings>,
    path: &str,
    req: &HttpRequest,
    step: Step,
) -> Result<HttpResponse> {
    let id = sight::id(path, "listing")?;
    let seen = IfMatch::of(req);
    let row = visible(api, id, viewer.person).await?;
    seen.check(row.version)?;
    let version = seen.is_named().then_some(row.version);
    let done = api.door.perform(viewer.origin(), MoveListing { listing: id, step, version }).await;
    done.map_err(|err| ApiError::from(err).precondition(seen.is_named()))?;
    answer(api, HttpResponse::Ok(), id, Some(viewer.person)).await
}
