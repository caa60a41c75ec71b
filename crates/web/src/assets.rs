//! The stylesheet, the icon, and the parts of the map, carried inside the binary.
//!
//! Pages name them with their content hash (`/assets/tequio.css?v=…`), so a browser may keep them
//! for ever and still sees a new release at once.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, get, web};

/// A file that belongs to every page.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    name: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
    hash: u64,
}

/// What every page has, then forms and what a screen, a printer, and a person may ask for.
const SHEET: &str =
    concat!(include_str!("../assets/tequio.css"), include_str!("../assets/forms.css"));

/// The one stylesheet.
pub const STYLESHEET: Asset = Asset::new("tequio.css", "text/css; charset=utf-8", SHEET.as_bytes());

/// The mark, as the browser's tab shows it.
pub const ICON: Asset =
    Asset::new("tequio.svg", "image/svg+xml", include_bytes!("../assets/tequio.svg"));

/// Leaflet, a library for maps (BSD 2-Clause, `assets/leaflet.LICENSE`), as its makers publish it.
pub const LEAFLET: Asset =
    Asset::new("leaflet.js", JAVASCRIPT, include_bytes!("../assets/leaflet.js"));

/// Its sheet.
pub const LEAFLET_SHEET: Asset =
    Asset::new("leaflet.css", "text/css; charset=utf-8", include_bytes!("../assets/leaflet.css"));

/// What makes the list of places into a map.
pub const MAP: Asset = Asset::new("map.js", JAVASCRIPT, include_bytes!("../assets/map.js"));

/// The sheet of the map.
pub const MAP_SHEET: Asset =
    Asset::new("map.css", "text/css; charset=utf-8", include_bytes!("../assets/map.css"));

/// The sheet of boards and posters.
pub const PRINT_SHEET: Asset =
    Asset::new("print.css", "text/css; charset=utf-8", include_bytes!("../assets/print.css"));

/// The outline of the land (Natural Earth, 1:110 million, public domain), for the map.
pub const LAND: Asset =
    Asset::new("land.json", "application/json", include_bytes!("../assets/land.json"));

/// The same as a picture, in degrees: north is above.
pub const OUTLINE: Asset =
    Asset::new("land.svg", "image/svg+xml", include_bytes!("../assets/land.svg"));

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

const ALL: [Asset; 9] =
    [STYLESHEET, ICON, LEAFLET, LEAFLET_SHEET, MAP, MAP_SHEET, PRINT_SHEET, LAND, OUTLINE];

impl Asset {
    const fn new(name: &'static str, content_type: &'static str, bytes: &'static [u8]) -> Self {
        Self { name, content_type, bytes, hash: fnv1a(bytes) }
    }

    /// The address pages use; it changes with the content.
    pub fn url(&self) -> String {
        format!("/assets/{}?v={:016x}", self.name, self.hash)
    }

    /// The file itself.
    pub const fn bytes(&self) -> &'static [u8] {
        self.bytes
    }
}

/// FNV-1a: tells contents apart, protects nothing.
const fn fnv1a(mut bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    while let Some((first, rest)) = bytes.split_first() {
        hash = (hash ^ *first as u64).wrapping_mul(0x0000_0100_0000_01b3);
        bytes = rest;
    }
    hash
}

/// Which content the page asked for.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Version {
    v: Option<String>,
}

/// Answers with an asset: for ever when asked by its hash, for a few minutes otherwise.
#[get("/assets/{name}")]
pub(crate) async fn asset(
    request: HttpRequest,
    name: web::Path<String>,
    version: web::Query<Version>,
) -> HttpResponse {
    let Some(asset) = ALL.iter().find(|asset| asset.name == name.as_str()) else {
        return HttpResponse::NotFound().finish();
    };
    let hash = format!("{:016x}", asset.hash);
    let keep = if version.v.as_ref() == Some(&hash) {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=300"
    };
    let etag = format!("\"{hash}\"");
    let known = request
        .headers()
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains(&etag));
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((CACHE_CONTROL, keep)).insert_header((ETAG, etag));
    if known {
        return answer.finish();
    }
    answer.insert_header((CONTENT_TYPE, asset.content_type)).body(asset.bytes)
}

/// Adds the assets to a server.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(asset);
}

#[cfg(test)]
mod tests {
    use actix_web::{App, http::StatusCode, test};

    use super::*;

    #[actix_web::test]
    async fn an_asset_asked_for_by_its_hash_may_be_kept_for_ever() {
        let app = test::init_service(App::new().configure(configure)).await;
        let request = test::TestRequest::get().uri(&STYLESHEET.url()).to_request();
        let answer = test::call_service(&app, request).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let keep = answer.headers().get(CACHE_CONTROL).unwrap().to_str().unwrap();
        assert!(keep.contains("immutable"), "{keep}");
    }

    #[actix_web::test]
    async fn an_asset_that_is_known_already_is_not_sent_again() {
        let app = test::init_service(App::new().configure(configure)).await;
        let etag = format!("\"{:016x}\"", STYLESHEET.hash);
        let request = test::TestRequest::get()
            .uri("/assets/tequio.css")
            .insert_header((IF_NONE_MATCH, etag))
            .to_request();
        assert_eq!(test::call_service(&app, request).await.status(), StatusCode::NOT_MODIFIED);
    }

    #[actix_web::test]
    async fn what_is_not_an_asset_is_not_found() {
        let app = test::init_service(App::new().configure(configure)).await;
        let request = test::TestRequest::get().uri("/assets/Cargo.toml").to_request();
        assert_eq!(test::call_service(&app, request).await.status(), StatusCode::NOT_FOUND);
    }
}
