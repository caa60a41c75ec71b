//! WebFinger (RFC 7033) and host-meta (RFC 6415): from a handle or an address to an actor.

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, http::header, web};
use apub::outbound::{WebfingerDocument, WebfingerLink};
use db::actors::ActorRow;
use ops::html::escape;
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use crate::{Federation, error::InboxError, serve};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/.well-known/webfinger", web::get().to(webfinger))
        .route("/.well-known/host-meta", web::get().to(host_meta));
}

async fn webfinger(
    data: web::Data<Federation>,
    request: HttpRequest,
) -> Result<HttpResponse, InboxError> {
    let Some(resource) = resource(request.query_string()) else {
        return Ok(problem(
            HttpResponse::BadRequest(),
            "resource is missing or given twice; ask for ?resource=acct:name@host",
        ));
    };
    let Some(wanted) = wanted(&data, &resource) else {
        return Ok(problem(
            HttpResponse::BadRequest(),
            "resource must be acct:name@host or an address of this server",
        ));
    };
    let row = data.read(move |conn| find(conn, &wanted)).await?;
    Ok(match row {
        Some(row) if row.deleted_at.is_some() => problem(HttpResponse::Gone(), "deleted"),
        Some(row) => answer(&data, &row),
        None => problem(HttpResponse::NotFound(), "nobody of that name is here"),
    })
}

/// The one `resource` of a query.
fn resource(query: &str) -> Option<String> {
    let mut found = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == "resource")
        .map(|(_, value)| value.into_owned());
    match (found.next(), found.next()) {
        (Some(one), None) if !one.is_empty() && one.len() <= 2_048 => Some(one),
        _ => None,
    }
}

enum Wanted {
    Handle(String),
    Address(String),
    Nobody,
}

fn wanted(data: &Federation, resource: &str) -> Option<Wanted> {
    let site = data.site();
    if let Some(account) = resource.strip_prefix("acct:") {
        let (name, host) = domain::handle::address(account).ok()?;
        let ours = host.eq_ignore_ascii_case(site.host());
        return Some(if ours { Wanted::Handle(name) } else { Wanted::Nobody });
    }
    let url = Url::parse(resource).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    // Any scheme may be asked for (RFC 7033 §4.5); of most we know nobody.
    Some(if is_web && site.owns(&url) { Wanted::Address(url.into()) } else { Wanted::Nobody })
}

fn find(conn: &mut db::Conn, wanted: &Wanted) -> db::Result<Option<ActorRow>> {
    let row = match wanted {
        Wanted::Handle(handle) => db::actors::find_local(conn, handle)?,
        Wanted::Address(address) => db::actors::find_by_ap_id(conn, address)?,
        Wanted::Nobody => None,
    };
    Ok(row.filter(|row| row.local))
}

fn answer(data: &Federation, row: &ActorRow) -> HttpResponse {
    let page = row.url.clone().unwrap_or_else(|| row.ap_id.clone());
    let document = WebfingerDocument {
        subject: format!("acct:{}@{}", row.handle, data.site().host()),
        aliases: vec![row.ap_id.clone()],
        links: vec![
            link("self", serve::ACTIVITY_JSON, row.ap_id.clone()),
            link("http://webfinger.net/rel/profile-page", "text/html", page),
        ],
    };
    typed(HttpResponse::Ok(), "application/jrd+json", &json!(document))
}

fn link(rel: &str, media_type: &str, href: String) -> WebfingerLink {
    WebfingerLink {
        rel: rel.to_owned(),
        media_type: Some(media_type.to_owned()),
        href: Some(href),
        template: None,
    }
}

/// Not a JRD, and so not called one.
fn problem(response: HttpResponseBuilder, sentence: &str) -> HttpResponse {
    typed(response, "application/json", &json!({ "error": sentence }))
}

fn typed(mut response: HttpResponseBuilder, media_type: &str, body: &Value) -> HttpResponse {
    response
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .body(body.to_string())
}

/// For those who ask here before they ask WebFinger.
async fn host_meta(data: web::Data<Federation>) -> HttpResponse {
    let template = escape(&data.site().at(".well-known/webfinger?resource={uri}"));
    HttpResponse::Ok().insert_header((header::CONTENT_TYPE, "application/xrd+xml")).body(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n  \
         <Link rel=\"lrdd\" template=\"{template}\"/>\n</XRD>\n"
    ))
}
