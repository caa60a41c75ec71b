//! The description of this API, for programs and for people: a page made of the document, without scripts
//! and without anything from elsewhere.

mod html;
mod operations;
mod schemas;

use std::sync::OnceLock;

use actix_web::{HttpResponse, http::header};
use serde_json::Value;

use crate::openapi_json;

/// What the page may load: its own sheet, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";
/// It changes with the program only.
const CACHED: &str = "public, max-age=3600";

static DOCUMENT: OnceLock<String> = OnceLock::new();
static PAGE: OnceLock<String> = OnceLock::new();

fn text() -> &'static str {
    DOCUMENT.get_or_init(openapi_json)
}

/// The document itself.
pub(crate) async fn document() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, CACHED))
        .body(text())
}

/// The page.
pub(crate) async fn page() -> HttpResponse {
    let page = PAGE.get_or_init(|| render(&serde_json::from_str(text()).unwrap_or_default()));
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, CACHED))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .body(page.as_str())
}

/// How it looks.
pub(crate) async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, CACHED))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(include_str!("../../assets/docs.css"))
}

fn render(document: &Value) -> String {
    let info = &document["info"];
    let (title, version) = (html::text(&info["title"]), html::text(&info["version"]));
    let says = html::words(&info["description"]);
    let (links, parts) = operations::parts(document);
    let (types, schemas) = schemas::all(document);
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} REST API</title><link rel=\"stylesheet\" href=\"/api/docs.css\"></head><body>\
         <a class=\"skip\" href=\"#main\">Skip to the operations</a>\
         <header><p class=\"kind\">REST API · version {version}</p><h1>{title}</h1><p>{says}</p>\
         <p>The same for programs: <a href=\"/api/v1/openapi.json\">openapi.json</a> (OpenAPI 3.1). \
         Addresses below begin with <code>/api/v1</code>; send a token as \
         <code>Authorization: Bearer TOKEN</code>.</p></header>\
         <div class=\"page\"><nav aria-label=\"Contents\"><details open><summary>Contents</summary>\
         <ul>{links}<li><a href=\"#types\">Types</a></li></ul></details></nav>\
         <main id=\"main\">{parts}<section aria-labelledby=\"types\"><h2 id=\"types\">Types</h2>\
         <p class=\"index\">{types}</p>{schemas}</section></main></div></body></html>\n"
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn everything_that_is_described_is_on_the_page() {
        let document: Value = serde_json::from_str(text()).unwrap();
        let page = render(&document);
        for (path, item) in document["paths"].as_object().unwrap() {
            for (_, operation) in item.as_object().unwrap() {
                let id = operation["operationId"].as_str().unwrap();
                assert!(page.contains(&format!("id=\"{id}\"")), "{path} {id}");
            }
        }
        for name in document["components"]["schemas"].as_object().unwrap().keys() {
            assert!(page.contains(&format!("id=\"type-{name}\"")), "{name}");
        }
        for link in page.split("href=\"#").skip(1) {
            let target = link.split('"').next().unwrap();
            assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
        }
        assert!(!page.contains("<script") && !page.contains("style=") && !page.contains("//cdn"));
        assert_eq!(page.matches("<h1>").count(), 1);
    }

    #[test]
    fn nothing_of_the_document_becomes_markup() {
        let evil = "<script>alert(1)</script>\"'";
        let operation = json!({
            "operationId": evil, "summary": evil, "description": evil, "tags": ["x"],
            "security": [{ "bearer": [evil] }],
            "parameters": [{ "name": evil, "in": "query", "description": evil, "schema": {} }],
            "responses": { "200": { "description": evil } },
        });
        let document = json!({
            "info": { "title": evil, "version": evil, "description": evil },
            "tags": [{ "name": "x", "description": evil }],
            "paths": { evil: { "get": operation } },
            "components": { "schemas": { evil: { "description": evil, "enum": [evil] } } },
        });
        let page = render(&document);
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
        assert!(!page.contains("\"'"));
    }
}
