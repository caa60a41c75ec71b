//! Reading listings.

use actix_web::{HttpRequest, HttpResponse, web};
use db::listings::Filter;
use domain::{Invalid, PersonId, listings::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    answer,
    views::{self, ListingView},
};
use crate::{
    Api, Result,
    auth::{MaybeViewer, ReadListings, Viewer},
    collectives::find,
    paging::{Page, PageQuery, query},
    problem::ApiError,
    search::FilterQuery,
    sight, words,
};

/// Whether to list drafts instead.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DraftsQuery {
    /// `true`: the drafts of the collective, for its members.
    #[param(value_type = Option<bool>)]
    drafts: Option<String>,
}

pub(crate) fn yes_or_no(field: &'static str, text: Option<&str>) -> Result<Option<bool>> {
    match text {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(_) => Err(Invalid::new(field, "must be true or false").into()),
    }
}

/// Lists what is published here and by collectives known here, the newest first.
#[utoipa::path(
    get,
    path = "/listings",
    operation_id = "listListings",
    tag = "listings",
    params(FilterQuery, PageQuery),
    responses((status = 200, description = "A page of listings", body = Page<ListingView>, headers(("Link" = String)))),
    security((), ("bearer" = ["listings:read"]))
)]
pub(crate) async fn page(
    api: web::Data<Api>,
    _viewer: MaybeViewer<ReadListings>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let filter = FilterQuery::read(&req)?;
    listed(&api, &req, "listings", filter).await
}

/// A page of published listings under the name of its list.
pub(crate) async fn listed(
    api: &Api,
    req: &HttpRequest,
    list: &'static str,
    filter: Filter,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(req)?.span(list)?;
    let found = api.read(move |conn| {
        let mut rows = db::listings::page(conn, &filter, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: views::all(conn, &rows)?, next })
    });
    Ok(found.await?.answer(api, req))
}

/// Lists what a collective needs and offers, the newest first; its drafts for its members.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/listings",
    operation_id = "listBoard",
    tag = "listings",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        FilterQuery,
        DraftsQuery,
        PageQuery
    ),
    responses((status = 200, description = "A page of listings", body = Page<ListingView>, headers(("Link" = String)))),
    security((), ("bearer" = ["listings:read"]))
)]
pub(crate) async fn board(
    api: web::Data<Api>,
    viewer: MaybeViewer<ReadListings>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let filter = FilterQuery::read(&req)?;
    let asked = query::<DraftsQuery>(&req)?;
    let collective = find(&api, &path).await?.id.collective();
    if yes_or_no("drafts", asked.drafts.as_deref())? == Some(true) {
        let person = viewer.person.ok_or(ApiError::NoToken)?;
        return drafts(&api, &req, collective, person).await;
    }
    listed(&api, &req, "listings", Filter { collective: Some(collective), ..filter }).await
}

async fn drafts(
    api: &Api,
    req: &HttpRequest,
    collective: domain::CollectiveId,
    person: PersonId,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(req)?.span("drafts")?;
    let found = api.read(move |conn| {
        sight::member(conn, collective, Some(person))?;
        let mut rows = db::listings::drafts_page(conn, collective, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: views::all(conn, &rows)?, next })
    });
    Ok(found.await?.answer(api, req))
}

/// Which of your listings to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MineQuery {
    /// Those alone that stand so; all of them where it is left out.
    #[param(value_type = Option<words::State>)]
    state: Option<String>,
}

/// Lists what you wrote, drafts too, the newest first; drafts of collectives that you have left are theirs.
#[utoipa::path(
    get,
    path = "/me/listings",
    operation_id = "listMyListings",
    tag = "listings",
    params(MineQuery, PageQuery),
    responses((status = 200, description = "A page of listings", body = Page<ListingView>, headers(("Link" = String)))),
    security(("bearer" = ["listings:read"]))
)]
pub(crate) async fn mine(
    api: web::Data<Api>,
    viewer: Viewer<ReadListings>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let state = query::<MineQuery>(&req)?.state;
    let state = state.as_deref().map(State::parse).transpose()?;
    let span = query::<PageQuery>(&req)?.span("me/listings")?;
    let person = viewer.person;
    let found = api.read(move |conn| {
        let (cursor, limit) = (span.cursor(), span.rows());
        let mut rows = db::listings::by_author(conn, person, state, cursor, limit)?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: views::all(conn, &rows)?, next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Shows a listing; a draft to its collective alone.
#[utoipa::path(
    get,
    path = "/listings/{listing}",
    operation_id = "showListing",
    tag = "listings",
    params(("listing" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (
            status = 200,
            description = "The listing",
            body = ListingView,
            headers(("ETag" = String))
        ),
        (status = 410, description = "It was deleted")
    ),
    security((), ("bearer" = ["listings:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: MaybeViewer<ReadListings>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let id = sight::id(&path, "listing")?;
    answer(&api, HttpResponse::Ok(), id, viewer.person).await
}

/// The point as it was given.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PointView {
    #[schema(example = 41.402_917)]
    latitude: f64,
    #[schema(example = 2.156_331)]
    longitude: f64,
}

/// Shows where exactly something is needed or offered; to members of its collective alone.
#[utoipa::path(
    get,
    path = "/listings/{listing}/exact-place",
    operation_id = "showExactPlace",
    tag = "listings",
    params(("listing" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "The exact point", body = PointView),
        (status = 410, description = "The listing was deleted")
    ),
    security(("bearer" = ["listings:read"]))
)]
pub(crate) async fn exact_place(
    api: web::Data<Api>,
    viewer: Viewer<ReadListings>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let id = sight::id(&path, "listing")?;
    let person = viewer.person;
    let found = api.read(move |conn| sight::exact_place(conn, id, person));
    let point = found.await?;
    Ok(HttpResponse::Ok().json(PointView { latitude: point.latitude, longitude: point.longitude }))
}
