//! Following and answering from one's own server: the way from a page here to the page there.
//!
//! What was typed is asked about at that server once, and kept nowhere.

use actix_web::{HttpRequest, http::StatusCode, web};
use db::{Conn, actors::ActorRow};
use domain::{handle, people::ActorKind};
use ops::{LookupError, Site, doors::Errand, throttle};
use serde::Deserialize;
use url::Url;

use crate::{
    Result, Web, actors,
    answer::{Answer, page, see},
    collectives,
    door::{self, Knock},
    error::PageError,
    forms::one,
    html::excerpt,
    session::Visit,
    sight,
    views::{
        forms::FormErrors,
        interact::{AboutView, InteractPage, Onward},
        page::Page,
    },
};

/// So many to choose from, where nothing was chosen.
const SOME: i64 = 6;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/interact").get(ask).post(go));
}

/// What the address or the form says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// A path of ours, or an address known here.
    about: String,
    handle: String,
}

/// Shows the form.
async fn ask(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Answer {
    let asked = Asked { handle: String::new(), ..asked.into_inner() };
    show(&web, &visit, &request, asked, (StatusCode::OK, FormErrors::default()), None).await
}

/// Asks their server, and shows the way there.
async fn go(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    Knock { is_ours, form }: Knock<Asked>,
) -> Answer {
    if !is_ours {
        return show(&web, &visit, &request, form, door::too_old(), None).await;
    }
    let Some(about) = about(&web, &form.about).await? else { return Err(PageError::NotFound) };
    let wrong = |err: LookupError| {
        let status = match err {
            LookupError::Malformed => StatusCode::UNPROCESSABLE_ENTITY,
            LookupError::Unreachable | LookupError::Odd(_) => StatusCode::BAD_GATEWAY,
            LookupError::Ours => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::NOT_FOUND,
        };
        (status, one("handle", said(&err).into_owned()))
    };
    let Ok((name, host)) = handle::address(&form.handle) else {
        let told = wrong(LookupError::Malformed);
        return show(&web, &visit, &request, form, told, None).await;
    };
    if host == web.door.site().host() {
        let there =
            if visit.viewer.is_some() { about.url } else { format!("/login?next={}", about.url) };
        return Ok(see(&there));
    }
    door::count(&web, &request, &throttle::HANDLES_FROM)?;
    let doors = match web.lookup.doors(&name, &host).await {
        Ok(doors) => doors,
        Err(err) => return show(&web, &visit, &request, form, wrong(err), None).await,
    };
    let errand = if about.follow { Errand::Follow } else { Errand::Answer };
    let page = doors.page_for(errand, &about.address).map(|url| (url, true));
    let onward = page.or_else(|| Some((doors.search_for(&about.address)?, false)));
    let onward = onward.map(|(url, sure)| Onward { host, url: url.into(), sure });
    show(&web, &visit, &request, form, (StatusCode::OK, FormErrors::default()), onward).await
}

/// Why their server showed no way, to whoever asked.
fn said(err: &LookupError) -> std::borrow::Cow<'static, str> {
    match err {
        LookupError::Malformed => words::say("interact-malformed"),
        LookupError::Unknown | LookupError::Gone => words::say("interact-unknown"),
        LookupError::Unreachable => words::say("interact-unreachable"),
        LookupError::Blocked => words::say("interact-blocked"),
        LookupError::Odd(_) => words::say("interact-odd"),
        LookupError::Ours => words::say("interact-ours"),
    }
}

async fn show(
    web: &Web,
    visit: &Visit,
    request: &HttpRequest,
    asked: Asked,
    (status, errors): (StatusCode, FormErrors),
    onward: Option<Onward>,
) -> Answer {
    let about = about(web, &asked.about).await?;
    if about.is_none() && !asked.about.is_empty() {
        return Err(PageError::NotFound);
    }
    let chosen = about.is_some();
    let some = web.read(move |conn| {
        let rows = if chosen { Vec::new() } else { db::collectives::page(conn, None, SOME)? };
        collectives::cards(conn, &rows)
    });
    let word = door::word(web, request.headers())?;
    let mut frame = Page { noindex: chosen, ..visit.frame(web) };
    "/interact".clone_into(&mut frame.path);
    let view = InteractPage {
        page: frame,
        word: word.clone(),
        about,
        handle: asked.handle,
        errors,
        onward,
        some: some.await?,
    };
    if chosen { door::shown(web, &word, status, &view) } else { page(&view) }
}

/// What is to be followed or answered, if everybody may see it.
async fn about(web: &Web, text: &str) -> Result<Option<AboutView>> {
    if text.is_empty() {
        return Ok(None);
    }
    let (site, text) = (web.door.site().clone(), text.to_owned());
    web.read(move |conn| find(conn, &site, &text)).await
}

fn find(conn: &mut Conn, site: &Site, text: &str) -> Result<Option<AboutView>> {
    let url =
        if text.starts_with('/') { site.base().join(text).ok() } else { Url::parse(text).ok() };
    let Some(url) = url else { return Ok(None) };
    let parts: Vec<&str> = url.path().split('/').skip(1).collect();
    match parts.as_slice() {
        ["c", handle] if site.owns(&url) => {
            Ok(Some(whom(&sight::local(conn, handle, ActorKind::Group)?)))
        }
        ["u", handle] if site.owns(&url) => {
            Ok(Some(whom(&sight::local(conn, handle, ActorKind::Person)?)))
        }
        ["listings", id] if site.owns(&url) => listing(conn, id),
        ["replies", id] if site.owns(&url) => reply(conn, id),
        _ if site.owns(&url) => Ok(None),
        _ => known(conn, url.as_str()),
    }
}

/// Something of another server, if it is known here.
fn known(conn: &mut Conn, address: &str) -> Result<Option<AboutView>> {
    if let Some(row) = db::actors::find_by_ap_id(conn, address)? {
        sight::presentable(conn, &row)?;
        return Ok(Some(whom(&sight::alive(row)?)));
    }
    if let Some(row) = db::listings::find_by_ap_id(conn, address)? {
        return listing(conn, &row.id.to_string());
    }
    match db::replies::find_by_ap_id(conn, address)? {
        Some(row) => reply(conn, &row.id.to_string()),
        None => Ok(None),
    }
}

fn reply(conn: &mut Conn, id: &str) -> Result<Option<AboutView>> {
    let row = sight::reply(conn, sight::id(id)?, None)?;
    let words = row.title.clone().unwrap_or_else(|| excerpt(&row.text, &row.html));
    Ok(Some(AboutView {
        name: words,
        url: format!("/replies/{}", row.id),
        handle: row.ap_id.clone(),
        address: row.ap_id,
        follow: false,
    }))
}

fn whom(row: &ActorRow) -> AboutView {
    AboutView {
        name: row.display_name().to_owned(),
        url: actors::path(row),
        address: row.ap_id.clone(),
        handle: row.address(),
        follow: true,
    }
}

fn listing(conn: &mut Conn, id: &str) -> Result<Option<AboutView>> {
    let (row, _) = sight::listing(conn, sight::id(id)?, None)?;
    Ok(Some(AboutView {
        name: row.title.clone(),
        url: format!("/listings/{}", row.id),
        handle: row.ap_id.clone(),
        address: row.ap_id,
        follow: false,
    }))
}

/// Where one follows or answers something from one's own server.
pub(crate) fn address(ap_id: &str) -> String {
    let about: String = url::form_urlencoded::byte_serialize(ap_id.as_bytes()).collect();
    format!("/interact?about={about}")
}
