//! The description of the API, for programs and for people, served by the server itself.

use testkit::World;

use crate::client::{get, outside};

testkit::both_engines!(the_document_and_its_page_are_served_and_load_nothing_from_elsewhere);

async fn the_document_and_its_page_are_served_and_load_nothing_from_elsewhere(world: World) {
    let document = get("/openapi.json").send(&world).await.is(200);
    assert_eq!(document.header("content-type"), "application/json");
    assert_eq!(document.text, api::openapi_json());
    let page = outside("/api/docs").send(&world).await.is(200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{policy}");
    assert!(page.text.contains("postListing") && page.text.contains("listings:write"));
    for attribute in ["src=\"", "href=\""] {
        for address in page.text.split(attribute).skip(1) {
            assert!(address.starts_with(['/', '#']) && !address.starts_with("//"), "{address:.40}");
        }
    }
    let sheet = outside("/api/docs.css").send(&world).await.is(200);
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    assert!(sheet.text.contains("prefers-color-scheme: dark"));
    assert!(!sheet.text.contains("url(") && !sheet.text.contains("@import"));
}
