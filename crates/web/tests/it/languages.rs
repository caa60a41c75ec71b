//! Pages speak the language of whoever reads them.

use actix_web::http::header::{ACCEPT_LANGUAGE, VARY};
use actix_web::test::TestRequest;
use testkit::World;

use crate::browser::Pages;

testkit::both_engines!(
    a_page_speaks_the_language_the_browser_asks_for,
    a_link_chooses_a_language_and_keeps_it,
    a_language_is_chosen_on_the_way_to_no_other_server,
);

/// The sentence of the front page's navigation that tells languages apart.
fn speaks(html: &str, tag: &str, words: &str) {
    assert!(html.contains(&format!("<html lang=\"{tag}\"")), "{html}");
    assert!(html.contains(words), "{words} is not said: {html}");
}

async fn a_page_speaks_the_language_the_browser_asks_for(world: World) {
    let pages = Pages::of(&world).await;
    for (asked, tag, words) in [
        ("ca-ES,es;q=0.5", "ca", "Necessitats i oferiments"),
        ("eu,es;q=0.5", "es", "Necesidades y ofrecimientos"),
        ("eu", "en", "Needs &#38; offers"),
    ] {
        let request = TestRequest::get().uri("/").insert_header((ACCEPT_LANGUAGE, asked));
        let seen = pages.call(request).await;
        speaks(&seen.html, tag, words);
        assert!(seen.headers.get(VARY).unwrap().to_str().unwrap().contains("Accept-Language"));
    }
    let missing = TestRequest::get().uri("/nothing").insert_header((ACCEPT_LANGUAGE, "es"));
    speaks(&pages.call(missing).await.html, "es", "Aquí no hay nada");
}

async fn a_link_chooses_a_language_and_keeps_it(world: World) {
    let visitor = Pages::of(&world).await.visitor();
    let sent = visitor.get("/language/ca?back=/listings").await;
    assert_eq!(sent.location(), "/listings");
    let looked = visitor.get("/listings?purpose=need&notice=saved&kind=time").await;
    let back = "back=%2Flistings%3Fpurpose%3Dneed%26kind%3Dtime";
    assert!(looked.has(back), "what was looked for stays: {}", looked.html);
    let sent = visitor.get(&format!("/language/ca?{back}")).await;
    assert_eq!(sent.location(), "/listings?purpose=need&kind=time");
    speaks(&visitor.get("/listings").await.html, "ca", "Necessitats i oferiments");
    let ada = world.person("ada").await;
    let signed_in = Pages::of(&world).await.signed_in(&world, ada).await;
    signed_in.get("/language/es?back=/home").await;
    speaks(&signed_in.get("/home").await.html, "es", "Salir");
    assert_eq!(visitor.get("/language/xx").await.status, 404);
}

async fn a_language_is_chosen_on_the_way_to_no_other_server(world: World) {
    let visitor = Pages::of(&world).await.visitor();
    for back in ["//evil.test", "https://evil.test/", "/%5Cevil.test", ""] {
        let sent = visitor.get(&format!("/language/es?back={back}")).await;
        assert_eq!(sent.location(), "/", "{back}");
    }
}
