//! Finding what somebody typed: a handle or an address, here or on another server.

use actix_web::{HttpRequest, HttpResponse, web};
use db::Conn;
use domain::{ActorId, Handle, Invalid, PersonId, text};
use ops::lookup::{Found, LookupError};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    Api, Result,
    actors::ActorView,
    auth::{ReadLookup, Viewer},
    listings::views::{self, ListingView},
    paging::query,
    problem::ApiError,
    replies::{self, ReplyView},
    sight,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/resolve").get(resolve));
}

/// What to find.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ResolveQuery {
    /// `@name@server.example`, an address, or a handle of this server.
    #[param(value_type = String, min_length = 1, max_length = 2000, required = true)]
    q: Option<String>,
}

/// What was found; `type` says what it is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum FoundView {
    Actor(Box<ActorView>),
    Listing(Box<ListingView>),
    Reply(Box<ReplyView>),
}

/// Finds a person, a collective, a listing, or a reply by handle or address, and remembers it.
///
/// What is not known here is fetched from its own server.
#[utoipa::path(
    get,
    path = "/resolve",
    operation_id = "resolve",
    tag = "lookup",
    params(ResolveQuery),
    responses(
        (status = 200, description = "What it is", body = FoundView),
        (status = 404, description = "Nobody of that name is known there"),
        (status = 410, description = "It was deleted on its own server")
    ),
    security(("bearer" = ["lookup:read"]))
)]
pub(crate) async fn resolve(
    api: web::Data<Api>,
    viewer: Viewer<ReadLookup>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let asked = query::<ResolveQuery>(&req)?.q.unwrap_or_default();
    let found = find(&api, "q", &asked).await?;
    let person = viewer.person;
    let view = api.read(move |conn| view(conn, found, person)).await?;
    Ok(HttpResponse::Ok().json(view))
}

fn view(conn: &mut Conn, found: Found, person: PersonId) -> Result<FoundView> {
    match found {
        Found::Actor(id) => Ok(FoundView::Actor(Box::new(actor(conn, id)?))),
        Found::Listing(id) => {
            let row = sight::listing(conn, id, Some(person))?;
            Ok(FoundView::Listing(Box::new(views::one(conn, row)?)))
        }
        Found::Reply(id) => {
            let view = replies::one(conn, id, Some(person))?;
            Ok(FoundView::Reply(Box::new(view)))
        }
    }
}

fn actor(conn: &mut Conn, id: ActorId) -> Result<ActorView> {
    let row = db::actors::find(conn, id)?.ok_or_else(|| ApiError::not_found("actor"))?;
    if row.deleted_at.is_some() { Err(ApiError::Gone("actor")) } else { Ok(ActorView::new(&row)) }
}

/// Finds what was typed into `field`; a bare handle is one of this server.
pub(crate) async fn find(api: &Api, field: &'static str, text: &str) -> Result<Found> {
    let text = text::line(field, text, 1, 2_000)?;
    if let Ok(handle) = Handle::parse(text.trim_start_matches('@')) {
        let known = api.read(move |conn| Ok(db::actors::find_local(conn, handle.as_str())?));
        let known = known.await?.ok_or_else(|| ApiError::not_found("handle"))?;
        return Ok(Found::Actor(known.id));
    }
    api.lookup.find(&text).await.map_err(|err| match err {
        LookupError::Malformed | LookupError::Odd(_) => Invalid::new(field, err.to_string()).into(),
        err => err.into(),
    })
}
