//! Servers we have met.

use actix_web::{HttpRequest, HttpResponse, web};
use db::console::servers::{self, Filter, ServerRow};
use domain::{Invalid, Time, domains::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::only;
use crate::{
    Api, Result,
    auth::{ReadAdmin, Viewer},
    paging::{Page, query},
    problem::ApiError,
};

/// So many servers are on one page.
const LIMIT: usize = 50;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/servers").get(list))
        .service(web::resource("/admin/servers/{host}").get(show));
}

/// Which servers.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ServersQuery {
    /// Letters in its name or in that of its software.
    q: Option<String>,
    /// Only servers that are in this state.
    #[param(value_type = Option<ServerState>, inline)]
    state: Option<String>,
    /// `next` of the page before.
    #[param(pattern = "^[!-~]{0,300}$")]
    cursor: Option<String>,
}

/// How it goes with a server, or how it stands with us.
#[derive(Clone, Copy, ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the words of a parameter")]
pub(crate) enum ServerState {
    Failing,
    Paused,
    Open,
    Limited,
    Suspended,
}

impl ServersQuery {
    fn filter(&self) -> Result<Filter> {
        match self.state.as_deref() {
            None => Ok(Filter::All),
            Some("failing") => Ok(Filter::Failing),
            Some("paused") => Ok(Filter::Paused),
            Some(word) => Ok(Filter::Standing(State::parse(word).map_err(|_| {
                let problem = "must be one of: failing paused open limited suspended";
                Invalid::new("state", problem)
            })?)),
        }
    }
}

/// A server we have met.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServerView {
    #[schema(example = "mastodon.example")]
    host: String,
    #[schema(example = "mastodon")]
    software: Option<String>,
    version: Option<String>,
    /// What it is spoken to in: `microblog` or `threadiverse`.
    #[schema(value_type = String, example = "microblog")]
    dialect: &'static str,
    /// How it stands with us: `open`, `limited`, or `suspended`.
    #[schema(value_type = String, example = "open")]
    state: &'static str,
    #[schema(value_type = String, format = DateTime)]
    first_seen_at: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    last_success_at: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    last_failure_at: Option<String>,
    last_failure: Option<String>,
    /// How often it failed, one after the other.
    failures: i32,
    #[schema(value_type = Option<String>, format = DateTime)]
    next_try: Option<String>,
    /// Since when nothing is sent to it.
    #[schema(value_type = Option<String>, format = DateTime)]
    paused_at: Option<String>,
    /// How many letters have ever arrived there.
    delivered: i64,
    /// How many tries have not.
    failed: i64,
}

impl ServerView {
    fn new(row: ServerRow) -> Self {
        let it = row.instance;
        Self {
            host: it.host,
            software: it.software,
            version: it.version,
            dialect: it.dialect.word(),
            state: it.state.word(),
            first_seen_at: row.first_seen_at.wire(),
            last_success_at: it.last_success_at.map(Time::wire),
            last_failure_at: it.last_failure_at.map(Time::wire),
            last_failure: it.last_failure,
            failures: it.failures,
            next_try: row.next_try.map(Time::wire),
            paused_at: row.paused_at.map(Time::wire),
            delivered: row.delivered,
            failed: row.failed,
        }
    }
}

/// Lists the servers we have met, by their names; admins may.
#[utoipa::path(
    get,
    path = "/admin/servers",
    operation_id = "listServers",
    tag = "admin",
    params(ServersQuery),
    responses((status = 200, description = "A page of servers", body = Page<ServerView>, headers(("Link" = String)))),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let asked = query::<ServersQuery>(&req)?;
    let filter = asked.filter()?;
    let cursor = asked.cursor.unwrap_or_default();
    if !is_name(&cursor) {
        return Err(Invalid::new("cursor", "must be `next` of an earlier page").into());
    }
    let words = words(asked.q.as_deref().unwrap_or_default())?;
    let found = api.read(move |conn| {
        let most = i64::try_from(LIMIT).unwrap_or(i64::MAX).saturating_add(1);
        let mut rows = servers::page(conn, &words, filter, &cursor, most)?;
        let more = LIMIT < rows.len();
        rows.truncate(LIMIT);
        let next = rows.last().filter(|_| more).map(|row| row.instance.host.clone());
        Ok(Page { items: rows.into_iter().map(ServerView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Could this be the name of a server? A database takes no zero byte.
fn is_name(text: &str) -> bool {
    text.len() <= 300 && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// What somebody looks for.
pub(super) fn words(text: &str) -> Result<String> {
    Ok(domain::text::line("q", text, 0, 200)?)
}

/// A server, and what is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneServerView {
    server: ServerView,
    /// How many letters wait; not counted beyond 100000.
    waiting: i64,
    /// How many were given up.
    dead: i64,
    /// How many people and groups of it are known here.
    actors: i64,
    /// How many of them follow somebody here.
    followers: i64,
    /// How many follows lead there from here.
    followed: i64,
}

/// Shows a server we have met; admins may.
#[utoipa::path(
    get,
    path = "/admin/servers/{host}",
    operation_id = "showServer",
    tag = "admin",
    params(("host" = String, Path, description = "Its name, with the port where it has one")),
    responses((status = 200, description = "The server", body = OneServerView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    host: web::Path<String>,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let host = host.into_inner();
    if !is_name(&host) {
        return Err(ApiError::not_found("server"));
    }
    let found = api.read(move |conn| {
        let row = servers::find(conn, &host)?.ok_or_else(|| ApiError::not_found("server"))?;
        let (waiting, dead) = servers::queue(conn, &host)?;
        let (actors, followers, followed) = servers::known(conn, &host)?;
        let server = ServerView::new(row);
        Ok(OneServerView { server, waiting, dead, actors, followers, followed })
    });
    Ok(HttpResponse::Ok().json(found.await?))
}
