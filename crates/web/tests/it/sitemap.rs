//! What search engines are shown, read by an XML parser, and what programs find in a page.

use actix_web::http::StatusCode;
use domain::listings::{Content, Purpose, Terms};
use ops::listings::DeleteListing;
use quick_xml::{Reader, events::Event};
use serde_json::Value;
use testkit::{World, content, pieces};

use crate::browser::{Browser, Pages};

testkit::both_engines!(
    the_map_names_what_is_public_and_lives_here,
    a_map_begins_where_it_is_told_to,
    pages_lead_to_their_other_forms,
    search_engines_read_what_is_needed_and_offered,
);

/// The text of every element of this name, in a document that is well-formed to its end.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut path, mut depth) = (Vec::new(), Vec::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                path.push(String::from_utf8(start.name().as_ref().to_vec()).unwrap());
                depth += 1;
            }
            Event::End(_) => {
                path.pop();
                depth -= 1;
            }
            Event::Text(text) if path.last().is_some_and(|last| last == name) => {
                found.push(String::from_utf8(text.to_vec()).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{xml}");
    found
}

async fn map(browser: &Browser, path: &str) -> String {
    let seen = browser.page(path).await;
    assert_eq!(seen.header("content-type"), "application/xml; charset=utf-8", "{path}");
    assert_eq!(seen.header("cache-control"), "public, max-age=3600", "{path}");
    assert!(seen.has("xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""));
    seen.html
}

/// Every address on every map.
async fn all(browser: &Browser) -> Vec<String> {
    let mut all = Vec::new();
    for address in texts(&map(browser, "/sitemap.xml").await, "loc") {
        let path = address.strip_prefix("https://a.example").unwrap();
        all.extend(texts(&map(browser, path).await, "loc"));
    }
    all
}

async fn the_map_names_what_is_public_and_lives_here(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mill = world.collective("mill", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "Secret")).await;
    let flour = world.offer(mill, ada, "Flour").await;
    let elsewhere = world.remote_collective("bakery@b.example").await;
    let bread = crate::what_people_write::listing("Bread", elsewhere);
    let origin = world.inbox_of(elsewhere, "https://b.example/acts/1").await;
    let bread = world.done(origin, bread).await;
    let browser = Pages::of(&world).await.visitor();
    let robots = browser.page("/robots.txt").await;
    assert_eq!(robots.header("content-type"), "text/plain; charset=utf-8");
    assert!(robots.html.lines().any(|it| it == "Sitemap: https://a.example/sitemap.xml"));
    let shown = all(&browser).await;
    for path in [
        "",
        "listings",
        "c/garden",
        "c/mill",
        &format!("listings/{need}"),
        &format!("listings/{flour}"),
    ] {
        assert!(shown.contains(&format!("https://a.example/{path}")), "{path}: {shown:?}");
    }
    for address in &shown {
        let path = address.strip_prefix("https://a.example").unwrap();
        assert!(!browser.page(path).await.has("name=\"robots\" content=\"noindex\""), "{path}");
    }
    let told = |id: String| shown.iter().any(|address| address.contains(&id));
    assert!(!told(draft.to_string()), "PRV-01: a draft");
    assert!(!told("bakery".to_owned()) && !told(bread.to_string()), "they have a map of their own");
    let listings = map(&browser, "/sitemaps/listings.xml").await;
    assert_eq!(texts(&listings, "lastmod"), ["2026-03-01T10:00:00Z"; 2]);
    world.done(world.local(ada), DeleteListing { listing: flour }).await;
    let left = all(&browser).await;
    assert_eq!(left.len() + 1, shown.len());
    assert!(!left.iter().any(|address| address.contains(&flour.to_string())), "what is gone");
}

async fn a_map_begins_where_it_is_told_to(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mut needs = Vec::new();
    for number in 0..5 {
        needs.push(world.need(garden, ada, &format!("Need {number}")).await);
    }
    let firsts = world.read(|conn| db::sitemap::listing_pages(conn, 2)).await;
    assert_eq!(firsts, [needs[2], needs[4]]);
    assert!(world.read(|conn| db::sitemap::listing_pages(conn, 5)).await.is_empty());
    let browser = Pages::of(&world).await.visitor();
    let second = map(&browser, &format!("/sitemaps/listings.xml?from={}", firsts[1])).await;
    assert_eq!(texts(&second, "loc"), [format!("https://a.example/listings/{}", needs[4])]);
    for path in ["/sitemaps/listings.xml?from=x", "/sitemaps/people.xml", "/sitemap.xml.gz"] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

async fn pages_lead_to_their_other_forms(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    world.remote_collective("mill@b.example").await;
    let browser = Pages::of(&world).await.visitor();
    for (page, form) in [
        ("/", "/feeds/listings.atom"),
        ("/listings", "/feeds/listings.atom"),
        (
            "/listings?purpose=need&kind=goods&q=red+chairs",
            "/feeds/listings.atom?q=red+chairs&amp;purpose=need&amp;kind=goods",
        ),
        ("/listings?c=%40garden%40a.example", "/feeds/c/garden.atom"),
        ("/c/garden", "/feeds/c/garden.atom"),
        ("/@mill@b.example", "/feeds/c/mill@b.example.atom"),
    ] {
        let seen = browser.page(page).await;
        let html = seen.html.replace("&#38;", "&amp;");
        let head = html.split("</head>").next().unwrap();
        let tag = format!(
            "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Atom feed\" href=\"{form}\">"
        );
        assert!(head.contains(&tag), "{page}: {head}");
        for (ending, media_type) in
            [("json", "application/feed+json"), ("ics", "text/calendar"), ("csv", "text/csv")]
        {
            let href = form.replace(".atom", &format!(".{ending}"));
            assert!(head.contains(&format!("href=\"{href}\"")), "{page}: {href}");
            assert!(head.contains(&format!("type=\"{media_type}\"")), "{page}: {media_type}");
        }
    }
}

/// What stands in the block of data of a page.
fn data(html: &str) -> Value {
    let block = html.split("<script type=\"application/ld+json\">").nth(1).unwrap();
    serde_json::from_str(block.split("</script>").next().unwrap()).unwrap()
}

async fn search_engines_read_what_is_needed_and_offered(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let chairs = Content {
        terms: Terms::Loan,
        quantity: Some(pieces("20")),
        category: Some(domain::listings::Category::Food),
        ..content(Purpose::Need, "Chairs")
    };
    let need = world.publish(garden, ada, chairs).await;
    let offer = world.offer(garden, ada, "Apples").await;
    world.draft(garden, ada, content(Purpose::Need, "Secret")).await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let page = browser.page(&format!("/listings/{need}")).await;
    assert!(page.header("content-security-policy").contains("script-src 'none'"));
    let demand = data(&page.html);
    assert_eq!(demand["@type"], "Demand");
    assert_eq!(demand["businessFunction"], "http://purl.org/goodrelations/v1#LeaseOut");
    assert_eq!(demand["eligibleQuantity"]["value"], "20");
    assert_eq!(demand["inventoryLevel"]["value"], "20");
    assert_eq!(demand["validFrom"], "2026-03-01T10:00:00Z");
    assert!(demand["category"].is_string());
    assert_eq!(demand["@reverse"]["seeks"]["@type"], "Organization");
    let page = browser.page("/c/garden").await;
    assert!(page.has("Secret"), "its member sees the draft");
    let organization = data(&page.html);
    assert_eq!(organization["@type"], "Organization");
    let address = |id: String| format!("https://a.example/listings/{id}");
    assert_eq!(organization["seeks"][0]["@id"], address(need.to_string()));
    assert_eq!(organization["makesOffer"][0]["@id"], address(offer.to_string()));
    assert!(!organization.to_string().contains("Secret"), "PRV-01: a draft is no news");
}
