//! Collectives, here and elsewhere.

use actix_web::{HttpRequest, HttpResponse, web};
use db::{
    actors::ActorRow,
    console::collectives::{Filter, Numbers, numbers, page},
};
use domain::{ActorId, Invalid, Time, people::ActorKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{only, servers::words};
use crate::{
    Api, Result,
    actors::ActorView,
    auth::{ReadAdmin, Viewer},
    collectives::find,
    paging::{Page, PageQuery, query},
    problem::ApiError,
    sight,
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/collectives").get(list))
        .service(web::resource("/admin/collectives/{collective}").get(show));
}

/// Which collectives.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct KnownQuery {
    /// Letters in its name, its handle, or the name of its server.
    q: Option<String>,
    /// `here` where it is left out.
    #[param(value_type = Option<KnownState>, inline)]
    state: Option<String>,
}

/// Where a collective is at home, or that it is suspended.
#[derive(Clone, Copy, ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the words of a parameter")]
pub(crate) enum KnownState {
    Here,
    Elsewhere,
    Suspended,
}

impl KnownQuery {
    fn filter(&self) -> Result<Filter> {
        match self.state.as_deref().unwrap_or("here") {
            "here" => Ok(Filter::Here),
            "elsewhere" => Ok(Filter::Elsewhere),
            "suspended" => Ok(Filter::Suspended),
            _ => Err(Invalid::new("state", "must be one of: here elsewhere suspended").into()),
        }
    }
}

/// A collective, as those see it who run this server.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KnownView {
    #[serde(flatten)]
    actor: ActorView,
    /// Since when it is known here.
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// Since when it is suspended here; only those of other servers are.
    #[schema(value_type = Option<String>, format = DateTime)]
    suspended_at: Option<String>,
}

impl KnownView {
    fn new(row: &ActorRow) -> Self {
        Self {
            actor: ActorView::new(row),
            created_at: row.created_at.wire(),
            suspended_at: row.suspended_at.map(Time::wire),
        }
    }
}

/// Lists the collectives of this server, or those of others that are known here, the newest first; admins may.
#[utoipa::path(
    get,
    path = "/admin/collectives",
    operation_id = "listKnownCollectives",
    tag = "admin",
    params(KnownQuery, PageQuery),
    responses((status = 200, description = "A page of collectives", body = Page<KnownView>, headers(("Link" = String)))),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let asked = query::<KnownQuery>(&req)?;
    let (filter, words) = (asked.filter()?, words(asked.q.as_deref().unwrap_or_default())?);
    let span = query::<PageQuery>(&req)?.span("collectives")?;
    let found = api.read(move |conn| {
        let mut rows = page(conn, &words, filter, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: rows.iter().map(KnownView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// What is counted of a collective of this server.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KnownNumbersView {
    members: i64,
    stewards: i64,
    /// How many accounts it looks after.
    accounts: i64,
    followers: i64,
    /// How many of its needs are open.
    needs: i64,
    /// How many of its offers are open.
    offers: i64,
}

impl From<Numbers> for KnownNumbersView {
    fn from(it: Numbers) -> Self {
        let Numbers { members, stewards, accounts, followers, needs, offers } = it;
        Self { members, stewards, accounts, followers, needs, offers }
    }
}

/// A collective, and what is counted of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneKnownView {
    collective: KnownView,
    /// `null` for those of other servers: only theirs knows.
    numbers: Option<KnownNumbersView>,
}

/// Shows a collective; admins may.
#[utoipa::path(
    get,
    path = "/admin/collectives/{collective}",
    operation_id = "showKnownCollective",
    tag = "admin",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    responses((status = 200, description = "The collective", body = OneKnownView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let id: ActorId = match sight::id(&path, "collective") {
        Ok(id) => id,
        Err(_) => find(&api, &path).await?.id,
    };
    let found = api.read(move |conn| {
        let row = db::actors::find(conn, id)?;
        let row = row.filter(|row| row.kind == ActorKind::Group && row.deleted_at.is_none());
        let row = row.ok_or_else(|| ApiError::not_found("collective"))?;
        let counted = if row.local { Some(numbers(conn, id.collective())?.into()) } else { None };
        Ok(OneKnownView { collective: KnownView::new(&row), numbers: counted })
    });
    Ok(HttpResponse::Ok().json(found.await?))
}
