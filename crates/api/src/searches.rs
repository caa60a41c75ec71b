//! Saved searches: what I look for again and again.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::{Conn, searches::SearchRow};
use domain::{Invalid, PersonId, SearchId, search::Criteria};
use ops::searches::{DeleteSearch, EditSearch, SaveSearch};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Result,
    auth::{ReadSearches, Viewer, WriteSearches},
    body::Body,
    listings::views::{self, ListingView},
    paging::{Page, PageQuery, query},
    problem::ApiError,
    sight,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/searches").get(page).post(save));
    cfg.service(web::resource("/searches/{search}").get(show).patch(edit).delete(remove));
    cfg.service(web::resource("/searches/{search}/results").get(results));
}

/// What I look for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    name: String,
    /// Its filters, as an address has them after the `?`.
    #[schema(example = "q=sillas&purpose=offer&near=41.4%2C2.16&radius=5000")]
    query: String,
    /// Whether I am told of new needs and offers that meet it.
    notify: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
}

impl SearchView {
    fn new(row: SearchRow) -> Self {
        Self {
            id: row.id.uuid(),
            name: row.name,
            query: row.query,
            notify: row.notify,
            created_at: row.created_at.wire(),
        }
    }
}

/// Something to look for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "Chairs nearby", "query": "q=chairs&purpose=offer", "notify": true }))]
pub(crate) struct SaveSearchForm {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// The filters of `GET /search`, as an address has them after the `?`.
    #[schema(max_length = 2000)]
    query: String,
    /// `false` where it is left out.
    notify: Option<bool>,
}

/// What to change of it; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "notify": false }))]
pub(crate) struct EditSearchForm {
    #[schema(min_length = 1, max_length = 100)]
    name: Option<String>,
    #[schema(max_length = 2000)]
    query: Option<String>,
    notify: Option<bool>,
}

fn criteria(line: &str) -> Result<Criteria> {
    if 2_000 < line.len() {
        return Err(Invalid::new("query", "must be at most 2000 characters").into());
    }
    Ok(Criteria::parse(line.strip_prefix('?').unwrap_or(line))?)
}

/// A search of mine; of those of others nobody learns that they are there.
fn own(conn: &mut Conn, id: SearchId, person: PersonId) -> Result<SearchRow> {
    let row = db::searches::find(conn, id)?.filter(|row| row.person_id == person);
    row.ok_or_else(|| ApiError::not_found("search"))
}

/// Lists my saved searches, the newest first.
#[utoipa::path(
    get,
    path = "/searches",
    operation_id = "listSearches",
    tag = "search",
    params(PageQuery),
    responses((status = 200, description = "A page of them", body = Page<SearchView>, headers(("Link" = String)))),
    security(("bearer" = ["searches:read"]))
)]
pub(crate) async fn page(
    api: web::Data<Api>,
    viewer: Viewer<ReadSearches>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("searches")?;
    let person = viewer.person;
    let found = api.read(move |conn| {
        let mut rows = db::searches::page(conn, person, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: rows.into_iter().map(SearchView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Keeps a search; at most 50.
#[utoipa::path(
    post,
    path = "/searches",
    operation_id = "saveSearch",
    tag = "search",
    request_body = SaveSearchForm,
    responses((status = 201, description = "The search", body = SearchView, headers(("Location" = String)))),
    security(("bearer" = ["searches:write"]))
)]
pub(crate) async fn save(
    api: web::Data<Api>,
    viewer: Viewer<WriteSearches>,
    body: Body,
) -> Result<HttpResponse> {
    let form: SaveSearchForm = body.json()?;
    let operation = SaveSearch {
        name: form.name,
        criteria: criteria(&form.query)?,
        notify: form.notify.unwrap_or_default(),
    };
    let id = api.door.perform(viewer.origin(), operation).await?;
    let person = viewer.person;
    let row = api.read(move |conn| own(conn, id, person)).await?;
    let place = api.door.site().at(&format!("api/v1/searches/{id}"));
    Ok(HttpResponse::Created().insert_header((header::LOCATION, place)).json(SearchView::new(row)))
}

/// Shows a saved search of mine.
#[utoipa::path(
    get,
    path = "/searches/{search}",
    operation_id = "showSearch",
    tag = "search",
    params(("search" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 200, description = "The search", body = SearchView)),
    security(("bearer" = ["searches:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadSearches>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let (id, person) = (sight::id(&path, "search")?, viewer.person);
    let row = api.read(move |conn| own(conn, id, person)).await?;
    Ok(HttpResponse::Ok().json(SearchView::new(row)))
}

/// Changes a saved search of mine.
#[utoipa::path(
    patch,
    path = "/searches/{search}",
    operation_id = "editSearch",
    tag = "search",
    params(("search" = String, Path, description = "Its id", format = "uuid")),
    request_body = EditSearchForm,
    responses((status = 200, description = "The search as it is now", body = SearchView)),
    security(("bearer" = ["searches:write"]))
)]
pub(crate) async fn edit(
    api: web::Data<Api>,
    viewer: Viewer<WriteSearches>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: EditSearchForm = body.json()?;
    let (search, person) = (sight::id(&path, "search")?, viewer.person);
    let operation = EditSearch {
        search,
        name: form.name,
        criteria: form.query.as_deref().map(criteria).transpose()?,
        notify: form.notify,
    };
    api.door.perform(viewer.origin(), operation).await?;
    let row = api.read(move |conn| own(conn, search, person)).await?;
    Ok(HttpResponse::Ok().json(SearchView::new(row)))
}

/// Forgets a saved search of mine.
#[utoipa::path(
    delete,
    path = "/searches/{search}",
    operation_id = "deleteSearch",
    tag = "search",
    params(("search" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 204, description = "It is forgotten")),
    security(("bearer" = ["searches:write"]))
)]
pub(crate) async fn remove(
    api: web::Data<Api>,
    viewer: Viewer<WriteSearches>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let search = sight::id(&path, "search")?;
    api.door.perform(viewer.origin(), DeleteSearch { search }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists what meets a saved search of mine now, the newest first.
#[utoipa::path(
    get,
    path = "/searches/{search}/results",
    operation_id = "listResults",
    tag = "search",
    params(("search" = String, Path, description = "Its id", format = "uuid"), PageQuery),
    responses((status = 200, description = "A page of listings", body = Page<ListingView>, headers(("Link" = String)))),
    security(("bearer" = ["searches:read"]))
)]
pub(crate) async fn results(
    api: web::Data<Api>,
    viewer: Viewer<ReadSearches>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("results")?;
    let (id, person) = (sight::id(&path, "search")?, viewer.person);
    let found = api.read(move |conn| {
        let criteria = Criteria::parse(&own(conn, id, person)?.query)?;
        let mut rows = db::listings::page(conn, &criteria, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: views::all(conn, &rows)?, next })
    });
    Ok(found.await?.answer(&api, &req))
}
