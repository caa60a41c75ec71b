//! Places, fields of life, the map, and what is printed.

use actix_web::http::StatusCode;
use domain::{
    CollectiveId, ListingId, PersonId,
    listings::{Category, Content, Purpose},
    place::Place,
};
use ops::collectives::EditCollective;
use testkit::{World, content};

use crate::browser::Pages;

testkit::both_engines!(
    what_is_near_a_place_that_somebody_named_is_found,
    a_place_that_nobody_knows_is_one_more_word,
    lists_are_narrowed_by_place_and_field_of_life,
    a_field_of_life_has_a_page,
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
