//! Places, fields of life, the map, and what is printed.

use actix_web::http::StatusCode;
use domain::{
    CollectiveId, ListingId, PersonId,
    listings::{Category, Content, Purpose},
    place::Place,
    tags::Tag,
};
use ops::{
    collectives::EditCollective,
    listings::{DeleteListing, RecordListing},
    moderation::SuspendActor,
};
use testkit::{World, content};

use crate::browser::Pages;

testkit::both_engines!(
    what_is_near_a_place_that_somebody_named_is_found,
    a_place_that_nobody_knows_is_one_more_word,
    lists_are_narrowed_by_place_and_field_of_life,
    a_field_of_life_has_a_page,
    a_tag_has_a_page_to_which_texts_lead,
    hostile_tags_are_nothing_worse_than_not_there,
    the_map_says_what_its_list_says_and_blurs_it,
    a_board_is_printed_with_codes,
    a_poster_is_for_what_everybody_may_read,
);

struct Garden {
    ada: PersonId,
    collective: CollectiveId,
    need: ListingId,
}

fn at(title: &str, place: &str, latitude: f64, longitude: f64) -> Content {
    Content {
        place: Some(Place::new(place, Some(latitude), Some(longitude), None).unwrap()),
        category: Some(Category::Food),
        ..content(Purpose::Need, title)
    }
}

/// A garden in Gràcia that needs something there, and offers something in Madrid.
async fn garden(world: &World) -> Garden {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let place = Place::new("Vila de Gràcia", Some(41.402_917), Some(2.156_331), None).unwrap();
    let profile =
        domain::collectives::Profile { place: Some(place), ..world.profile("The garden") };
    let edit = EditCollective { collective: garden, profile, version: None };
    world.done(world.local(ada), edit).await;
    let need = at("Twenty chairs", "Gràcia", 41.402_917, 2.156_331);
    let need = world.publish(garden, ada, need).await;
    let offer = Content {
        purpose: Purpose::Offer,
        category: Some(Category::Energy),
        ..at("A sunny roof", "Madrid", 40.416_775, -3.703_790)
    };
    world.publish(garden, ada, offer).await;
    world.need(garden, ada, "Something without a place").await;
    Garden { ada, collective: garden, need }
}

async fn what_is_near_a_place_that_somebody_named_is_found(world: World) {
    garden(&world).await;
    let browser = Pages::of(&world).await.visitor();
    for place in ["gracia", "Gr%C3%A0cia", "41.41,2.15"] {
        let seen = browser.page(&format!("/near?place={place}&radius=10")).await;
        assert!(seen.has("Twenty chairs") && seen.has("href=\"/c/garden\""), "{}", seen.html);
        assert!(!seen.has("A sunny roof") && !seen.has("Something without"), "{place}");
    }
    let seen = browser.page("/near?place=Madrid&radius=10").await;
    assert!(seen.has("A sunny roof") && !seen.has("Twenty chairs"));
    assert!(!browser.page("/near").await.has("Twenty chairs"), "no place was named");
    let home = browser.page("/").await;
    assert!(home.has("action=\"/near\""), "people come to find what is near them");
}

async fn a_place_that_nobody_knows_is_one_more_word(world: World) {
    let scene = garden(&world).await;
    let place = Place::new("Atlantis", None, None, None).unwrap();
    let sunk = Content { place: Some(place), ..content(Purpose::Need, "A boat") };
    world.publish(scene.collective, scene.ada, sunk).await;
    let browser = Pages::of(&world).await.visitor();
    let seen = browser.page("/near?place=atlantis").await;
    assert!(seen.has("A boat") && !seen.has("Twenty chairs"));
    assert!(seen.has("Nobody here has said where “atlantis” is"), "{}", seen.html);
    for odd in ["%00", "999,999", "%25", "%22%3Cb%3E", "NaN,NaN"] {
        browser.page(&format!("/near?place={odd}&radius=-1")).await;
    }
}

async fn lists_are_narrowed_by_place_and_field_of_life(world: World) {
    garden(&world).await;
    let browser = Pages::of(&world).await.visitor();
    let near = browser.page("/listings?place=madrid&radius=5").await;
    assert!(near.has("A sunny roof") && !near.has("Twenty chairs"));
    assert!(near.has("near=40.42%2C-3.7"), "its feeds are narrowed, too: {}", near.html);
    let food = browser.page("/listings?category=food").await;
    assert!(food.has("Twenty chairs") && !food.has("A sunny roof"));
    for (query, found) in [
        ("place=gracia", true),
        ("place=madrid&radius=5", false),
        ("category=food", true),
        ("category=housing", false),
        ("q=gracia", true),
    ] {
        let seen = browser.page(&format!("/collectives?{query}")).await;
        assert_eq!(seen.has("href=\"/c/garden\""), found, "{query}");
    }
}

async fn a_field_of_life_has_a_page(world: World) {
    garden(&world).await;
    let browser = Pages::of(&world).await.visitor();
    let seen = browser.page("/categories/food").await;
    assert!(seen.has("Twenty chairs") && seen.has("href=\"/c/garden\""));
    assert!(!seen.has("A sunny roof"));
    assert!(seen.has("/feeds/listings.atom?category=food"), "its feeds: {}", seen.html);
    assert!(browser.page("/categories").await.has("href=\"/categories/food\""));
    assert_eq!(browser.get("/categories/wishes").await.status, StatusCode::NOT_FOUND);
}

async fn a_tag_has_a_page_to_which_texts_lead(world: World) {
    let scene = garden(&world).await;
    let text = "Para la #Cosecha y <b>#ñandú</b>.".to_owned();
    let chairs = Content { text, ..content(Purpose::Need, "Sillas #Fiesta") };
    let chairs = world.publish(scene.collective, scene.ada, chairs).await;
    world.draft(scene.collective, scene.ada, content(Purpose::Need, "Secret #cosecha")).await;
    let mill = world.remote_collective("mill@b.example").await;
    let tags = vec![Tag::parse("COSECHA").unwrap()];
    let flour = RecordListing { tags, ..crate::what_people_write::listing("Harina", mill) };
    world.done(world.fetched_from(mill).await, flour).await;
    let pages = Pages::of(&world).await;
    let browser = pages.visitor();

    let seen = browser.page(&format!("/listings/{chairs}")).await;
    assert!(seen.has("href=\"/tags/cosecha\" rel=\"tag\""), "{}", seen.html);
    assert!(seen.has("href=\"/tags/fiesta\" rel=\"tag\" dir=\"auto\">#Fiesta</a>"));
    assert!(seen.has("href=\"https://a.example/tags/cosecha\""), "in the text: {}", seen.html);
    assert!(
        seen.has("href=\"https://a.example/tags/%C3%B1and%C3%BA\"") && seen.has("&lt;b&gt;<a ")
    );

    for path in ["/tags/Cosecha", "/tags/COSECHA", "/tags/%23cosecha"] {
        let seen = browser.page(path).await;
        assert!(seen.has("Sillas #Fiesta") && seen.has("Harina"), "{path}: {}", seen.html);
        assert!(!seen.has("Secret") && !seen.has("Twenty chairs"));
        assert!(seen.has("/feeds/listings.atom?tag=cosecha"), "its feeds: {}", seen.html);
        assert!(seen.has("<link rel=\"canonical\" href=\"https://a.example/tags/cosecha\""));
        assert!(seen.has("property=\"og:title\" content=\"#"));
    }
    assert!(browser.page("/tags/%C3%91AND%C3%9A").await.has("Sillas"));
    let narrow = browser.page("/listings?tag=cosecha&purpose=need").await;
    assert!(narrow.has("Sillas") && !narrow.has("Harina"));
    assert!(narrow.has("name=\"tag\" value=\"cosecha\""), "the form keeps it: {}", narrow.html);
    let nobody = browser.page("/tags/nobody_wrote_this").await;
    assert!(nobody.has("Nothing open is marked with #nobody_wrote_this"), "{}", nobody.html);
    assert!(nobody.has("noindex"));

    let suspend = SuspendActor { actor: mill, reason: "spam".to_owned() };
    world.done(domain::Origin::server(), suspend).await;
    assert!(!browser.page("/tags/cosecha").await.has("Harina"));
    for number in 0..30 {
        world.need(scene.collective, scene.ada, &format!("Chair {number} #many")).await;
    }
    let first = browser.page("/tags/many").await;
    assert!(first.has("Chair 29") && !first.has("Chair 5 "));
    let older = first.html.split("rel=\"next\" href=\"").nth(1).unwrap();
    let older = browser.page(older.split('"').next().unwrap()).await;
    assert!(older.has("Chair 5 ") && !older.has("Chair 29"));
    world.done(world.local(scene.ada), DeleteListing { listing: chairs }).await;
    assert!(!browser.page("/tags/cosecha").await.has("Sillas"));
}

async fn hostile_tags_are_nothing_worse_than_not_there(world: World) {
    garden(&world).await;
    let browser = Pages::of(&world).await.visitor();
    let long = "x".repeat(5_000);
    for odd in [
        "%00",
        "%FF",
        "%25",
        "%2F",
        "%22%3E%3Cscript%3E",
        "%27--",
        "1",
        "_%20_",
        "%E2%80%AE",
        "..",
        long.as_str(),
    ] {
        let seen = browser.get(&format!("/tags/{odd}")).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND, "{odd}");
        browser.page(&format!("/listings?tag={odd}")).await;
    }
    for fine in ["_", "%D9%83%D8%AA%D8%A7%D8%A8", "l%C2%B7l"] {
        assert_eq!(browser.get(&format!("/tags/{fine}")).await.status, StatusCode::OK, "{fine}");
    }
}

async fn the_map_says_what_its_list_says_and_blurs_it(world: World) {
    let scene = garden(&world).await;
    let pages = Pages::of(&world).await;
    for browser in [pages.visitor(), pages.signed_in(&world, scene.ada).await] {
        let seen = browser.page("/map").await;
        assert!(seen.has("Twenty chairs") && seen.has("A sunny roof") && seen.has("/c/garden"));
        assert!(!seen.has("Something without"));
        assert!(seen.has("data-latitude=\"41.4\" data-longitude=\"2.16\" data-many=\"2\""));
        for exact in ["41.402", "2.156", "40.416", "3.7037"] {
            assert!(!seen.has(exact), "{exact} is nobody’s business");
        }
        assert_eq!(seen.html.matches("<circle class=\"spot ").count(), 2, "{}", seen.html);
        assert_eq!(seen.header("content-security-policy"), web::headers::WITH_SCRIPTS);
        assert!(!web::headers::WITH_SCRIPTS.contains("unsafe"));
        for script in seen.html.split("<script").skip(1) {
            assert!(script.starts_with(" defer src=\"/assets/"), "{script}");
        }
        assert!(seen.html.len() < 100_000);
    }
    for (asset, most) in [
        (web::assets::LEAFLET, 150_000),
        (web::assets::LEAFLET_SHEET, 16_000),
        (web::assets::LAND, 80_000),
        (web::assets::OUTLINE, 45_000),
    ] {
        let seen = pages.visitor().get(&asset.url()).await;
        assert_eq!(seen.status, StatusCode::OK, "{}", asset.url());
        assert!(asset.bytes().len() < most, "{} grew", asset.url());
    }
}

async fn a_board_is_printed_with_codes(world: World) {
    let scene = garden(&world).await;
    for number in 0..30 {
        world.need(scene.collective, scene.ada, &format!("Chair {number}")).await;
    }
    let browser = Pages::of(&world).await.visitor();
    let seen = browser.page("/c/garden/board").await;
    assert!(seen.has("Chair 29") && seen.has("A sunny roof"));
    assert_eq!(seen.html.matches("<svg class=\"qr\"").count(), 1 + 10 + 1);
    assert!(seen.has("There is more at https://a.example/c/garden"));
    assert!(browser.page("/c/garden").await.has("href=\"/c/garden/board\""));
}

async fn a_poster_is_for_what_everybody_may_read(world: World) {
    let scene = garden(&world).await;
    let draft = world.draft(scene.collective, scene.ada, content(Purpose::Need, "Secret")).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, scene.ada).await;
    let seen = browser.page(&format!("/listings/{}/poster", scene.need)).await;
    assert!(seen.has("Twenty chairs") && seen.has("<svg class=\"qr\""));
    assert!(seen.has(&format!("https://a.example/listings/{}", scene.need)));
    let hidden = browser.get(&format!("/listings/{draft}/poster")).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    assert!(!browser.page(&format!("/listings/{draft}")).await.has("/poster\""));
}

/// A coast that goes on at the other edge of the map would be a line right through it.
#[test]
fn no_coast_crosses_the_whole_map() {
    let land: serde_json::Value = serde_json::from_slice(web::assets::LAND.bytes()).unwrap();
    let polygons = land["coordinates"].as_array().unwrap();
    assert!(100 < polygons.len());
    for ring in polygons.iter().flat_map(|polygon| polygon.as_array().unwrap()) {
        let points: Vec<(f64, f64)> = serde_json::from_value(ring.clone()).unwrap();
        for pair in points.windows(2) {
            let far = (pair[0].0 - pair[1].0).abs();
            // The south pole is as wide as the map.
            assert!(far <= 180.0 || pair[0].1 < -89.9, "{pair:?}");
        }
    }
}
