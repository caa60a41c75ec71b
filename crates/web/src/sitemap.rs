//! What search engines may find: `/robots.txt`, and maps of what lives here (sitemaps.org).
//!
//! **Invariant** Nothing is on a map whose page asks not to be found: nothing of other servers, no person, no
//! draft, and nothing of whoever is suspended.

use std::fmt::Write as _;

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web,
};
use domain::Time;
use ops::html::escape;
use serde::Deserialize;

use crate::{Web, answer::Answer, sight};

/// So many addresses are on one map.
const PAGE: i64 = 10_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/robots.txt").get(robots))
        .service(web::resource("/sitemap.xml").get(index))
        .service(web::resource("/sitemaps/pages.xml").get(pages))
        .service(web::resource("/sitemaps/collectives.xml").get(collectives))
        .service(web::resource("/sitemaps/listings.xml").get(listings));
}

/// With what a map begins; at the beginning where nothing is said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct First {
    from: Option<String>,
}

/// Says what is not worth a visit, and where the map is.
async fn robots(web: web::Data<Web>) -> HttpResponse {
    let map = web.door.site().at("sitemap.xml");
    let text = format!(
        "User-agent: *\nDisallow: /api/\nDisallow: /home\nDisallow: /login\n\nSitemap: {map}\n"
    );
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .body(text)
}

/// The map of the maps.
async fn index(web: web::Data<Web>) -> Answer {
    let found = web.read(|conn| {
        let collectives = db::sitemap::collective_pages(conn, PAGE)?;
        Ok((collectives, db::sitemap::listing_pages(conn, PAGE)?))
    });
    let (collectives, listings) = found.await?;
    let fixed = ["pages", "collectives", "listings"].map(|name| format!("sitemaps/{name}.xml"));
    let more = collectives.iter().map(|id| format!("sitemaps/collectives.xml?from={id}"));
    let most = listings.iter().map(|id| format!("sitemaps/listings.xml?from={id}"));
    let site = web.door.site();
    let all = fixed.into_iter().chain(more).chain(most).map(|path| (site.at(&path), None));
    Ok(map("sitemapindex", "sitemap", all))
}

/// The pages that are always there.
async fn pages(web: web::Data<Web>) -> Answer {
    let site = web.door.site();
    let all = ["", "listings", "collectives", "about"].map(|path| (site.at(path), None));
    Ok(map("urlset", "url", all.into_iter()))
}

/// The collectives that live here.
async fn collectives(web: web::Data<Web>, first: web::Query<First>) -> Answer {
    let first = sight::cursor(first.from.as_deref())?;
    let rows = web.read(move |conn| Ok(db::sitemap::collectives(conn, first, 0, PAGE)?)).await?;
    let site = web.door.site();
    let all = rows
        .into_iter()
        .map(|(_, handle, changed)| (site.at(&format!("c/{handle}")), Some(changed)));
    Ok(map("urlset", "url", all))
}

/// The listings that live here.
async fn listings(web: web::Data<Web>, first: web::Query<First>) -> Answer {
    let first = sight::cursor(first.from.as_deref())?;
    let rows = web.read(move |conn| Ok(db::sitemap::listings(conn, first, 0, PAGE)?)).await?;
    let site = web.door.site();
    let all = rows.into_iter().map(|(id, changed)| (site.listing(id), Some(changed)));
    Ok(map("urlset", "url", all))
}

/// A map: addresses, and when what is there last changed.
fn map(
    list: &str,
    item: &str,
    addresses: impl Iterator<Item = (String, Option<Time>)>,
) -> HttpResponse {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    // Writing to a string cannot fail.
    let _ = writeln!(xml, "<{list} xmlns=\"{NAMESPACE}\">");
    for (address, changed) in addresses {
        let changed = changed.map(|time| format!("<lastmod>{}</lastmod>", time.wire()));
        let changed = changed.unwrap_or_default();
        let _ = writeln!(xml, "<{item}><loc>{}</loc>{changed}</{item}>", escape(&address));
    }
    let _ = writeln!(xml, "</{list}>");
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .insert_header((CONTENT_TYPE, "application/xml; charset=utf-8"))
        .body(xml)
}
