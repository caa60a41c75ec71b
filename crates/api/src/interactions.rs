//! The way from here to somebody's own server: where they follow and answer from there.

use actix_web::{HttpRequest, HttpResponse, web};
use db::Conn;
use domain::{Invalid, handle, people::ActorKind, text};
use ops::{LookupError, Site, doors::Errand, throttle};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::{IntoParams, ToSchema};

use crate::{Api, Result, paging::query, peer, problem::ApiError, sight};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/interactions").get(show));
}

/// Who wants to do something, and with what.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct InteractionQuery {
    /// Their handle on their own server: `name@server.example`.
    #[param(value_type = String, max_length = 2000, required = true)]
    handle: Option<String>,
    /// A path of this server, or an address known here: of a person, a collective, a listing, or a reply.
    #[param(value_type = String, max_length = 2000, required = true)]
    about: Option<String>,
}

/// Where they go on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InteractionView {
    /// Their server.
    #[schema(example = "mastodon.example")]
    host: String,
    /// `follow` a person or a collective, `answer` anything else.
    #[schema(value_type = String, example = "follow")]
    errand: &'static str,
    /// The page there; `null` where none is known.
    url: Option<String>,
    /// Whether their server says that this is the page; else it is a search that is likely to find it.
    sure: bool,
}

/// Finds the page of somebody's own server on which they follow or answer something of here.
///
/// Their server is asked once, and nothing of it is kept.
#[utoipa::path(
    get,
    path = "/interactions",
    operation_id = "findInteraction",
    tag = "lookup",
    params(InteractionQuery),
    responses(
        (status = 200, description = "Where to go on", body = InteractionView),
        (status = 404, description = "Nothing is known here at that address, or nobody of that name there"),
        (status = 429, description = "Too many questions from one place; Retry-After says when to come back")
    ),
    security(())
)]
pub(crate) async fn show(api: web::Data<Api>, req: HttpRequest) -> Result<HttpResponse> {
    let asked = query::<InteractionQuery>(&req)?;
    let typed = text::line("handle", asked.handle.as_deref().unwrap_or_default(), 1, 2_000)?;
    let about = text::line("about", asked.about.as_deref().unwrap_or_default(), 1, 2_000)?;
    let (name, host) = handle::address(&typed).map_err(|_| malformed())?;
    let site = api.door.site().clone();
    let (address, errand) = api.read(move |conn| find(conn, &site, &about)).await?;
    let word = match errand {
        Errand::Follow => "follow",
        Errand::Answer => "answer",
    };
    if host == api.door.site().host() {
        let url = Some(address);
        return Ok(HttpResponse::Ok().json(InteractionView {
            host,
            errand: word,
            url,
            sure: true,
        }));
    }
    peer::count(&req, &throttle::HANDLES_FROM, &api)?;
    let doors = api.lookup.doors(&name, &host).await.map_err(|err| match err {
        LookupError::Malformed => malformed(),
        err => err.into(),
    })?;
    let sure = doors.page_for(errand, &address);
    let is_sure = sure.is_some();
    let url = sure.or_else(|| doors.search_for(&address)).map(String::from);
    Ok(HttpResponse::Ok().json(InteractionView { host, errand: word, url, sure: is_sure }))
}

fn malformed() -> ApiError {
    Invalid::new("handle", "must look like name@server.example").into()
}

/// What is known here at an address, and what one does with it; only what everybody may see.
fn find(conn: &mut Conn, site: &Site, text: &str) -> Result<(String, Errand)> {
    let nothing = || ApiError::not_found("about");
    let url =
        if text.starts_with('/') { site.base().join(text).ok() } else { Url::parse(text).ok() };
    let address = url.ok_or_else(nothing)?;
    if let Some(row) = db::actors::find_by_ap_id(conn, address.as_str())? {
        let is_somebody = matches!(row.kind, ActorKind::Person | ActorKind::Group);
        if !is_somebody || row.is_guest() || !db::moderation::is_presentable(conn, &row)? {
            return Err(nothing());
        }
        let gone = row.deleted_at.is_some();
        return if gone { Err(ApiError::Gone("actor")) } else { Ok((row.ap_id, Errand::Follow)) };
    }
    if let Some(row) = db::listings::find_by_ap_id(conn, address.as_str())? {
        return Ok((sight::listing(conn, row.id, None)?.ap_id, Errand::Answer));
    }
    let reply = db::replies::find_by_ap_id(conn, address.as_str())?.ok_or_else(nothing)?;
    Ok((sight::reply(conn, reply.id, None)?.ap_id, Errand::Answer))
}
