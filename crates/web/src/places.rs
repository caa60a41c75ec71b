//! Pages of places and of fields of life, and what somebody means who names a place.

use actix_web::web;
use db::{Conn, directory::Wanted, listings::Filter};
use domain::{
    listings::Category,
    search::{Near, Words},
};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use crate::{
    Result, Web,
    answer::{Answer, page},
    collectives,
    error::PageError,
    listings, machines,
    session::Visit,
    views::{
        page::Page,
        places::{Around, CategoriesPage, TopicPage},
    },
};

/// So many needs and offers.
const LISTINGS: i64 = 24;
/// So many collectives.
const COLLECTIVES: i64 = 12;
/// So many kilometres where nothing is said.
const USUAL: u32 = 25;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/near").get(near))
        .service(web::resource("/categories").get(categories))
        .service(web::resource("/categories/{slug}").get(category));
}

/// A place as a form names it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Place {
    place: String,
    radius: String,
}

/// What it comes to.
pub(crate) struct Sought {
    pub(crate) around: Around,
    pub(crate) near: Option<Near>,
    pub(crate) words: Option<Words>,
}

/// Finds out where a place is: from its coordinates, or from those here who named it. A name that nobody here knows
/// is one more word to look for.
pub(crate) fn seek(conn: &mut Conn, place: &str, radius: &str, words: &str) -> Result<Sought> {
    let place = place.trim();
    let radius = radius.trim().parse().ok().filter(|radius| (1..=500).contains(radius));
    let mut around =
        Around { place: place.to_owned(), radius: radius.unwrap_or(USUAL), known: false };
    let metres = f64::from(around.radius) * 1_000.0;
    let near = if place.is_empty() {
        None
    } else if let Ok(near) = Near::parse(place, None) {
        Some(near.point)
    } else {
        db::places::find(conn, place)?.and_then(|place| place.point)
    };
    around.known = near.is_some();
    let named = !place.is_empty() && !around.known;
    let words = if named { format!("{words} {place}") } else { words.to_owned() };
    Ok(Sought {
        around,
        near: near.map(|point| Near { point, radius: metres }),
        words: Words::beginning(&words),
    })
}

/// Shows what is open around a place, and who is there.
async fn near(web: web::Data<Web>, visit: Visit, asked: web::Query<Place>) -> Answer {
    let (asked, now) = (asked.into_inner(), web.door.now());
    let found = web.read(move |conn| {
        let Sought { around, near, words } = seek(conn, &asked.place, &asked.radius, "")?;
        let open = Filter { open: Some(true), near, words, ..Filter::default() };
        if !around.is_given() {
            return Ok((around, open, Vec::new(), Vec::new()));
        }
        let rows = db::listings::page(conn, &open, None, LISTINGS)?;
        let wanted = Wanted { near, words: open.words.clone(), ..Wanted::default() };
        let there = db::directory::page(conn, &wanted, None, COLLECTIVES)?;
        let cards = listings::cards(conn, &rows, now)?;
        Ok((around, open, cards, collectives::cards(conn, &there)?))
    });
    let (around, open, listings, collectives) = found.await?;
    let radius = around.radius.to_string();
    let query = line(&[("place", &around.place), ("radius", &radius)]);
    page(&TopicPage {
        page: Page {
            forms: if around.is_given() { machines::forms(None, &open) } else { Vec::new() },
            noindex: around.is_given(),
            ..visit.frame(&web)
        },
        category: None,
        around,
        listings,
        collectives,
        all_listings: format!("/listings?{query}"),
        all_collectives: format!("/collectives?{query}"),
    })
}

/// Shows what is open in a field of life, and whose it is.
async fn category(web: web::Data<Web>, visit: Visit, slug: web::Path<String>) -> Answer {
    let category = Category::parse(&slug).map_err(|_| PageError::NotFound)?;
    let open = Filter { open: Some(true), category: Some(category), ..Filter::default() };
    let (asked, now) = (open.clone(), web.door.now());
    let found = web.read(move |conn| {
        let rows = db::listings::page(conn, &asked, None, LISTINGS)?;
        let wanted = Wanted { category: Some(category), ..Wanted::default() };
        let theirs = db::directory::page(conn, &wanted, None, COLLECTIVES)?;
        Ok((listings::cards(conn, &rows, now)?, collectives::cards(conn, &theirs)?))
    });
    let (listings, collectives) = found.await?;
    let query = line(&[("category", category.word())]);
    page(&TopicPage {
        page: Page {
            forms: machines::forms(None, &open),
            canonical: Some(web.door.site().at(&format!("categories/{}", category.word()))),
            ..visit.frame(&web)
        },
        category: Some(category),
        around: Around::default(),
        listings,
        collectives,
        all_listings: format!("/listings?{query}"),
        all_collectives: format!("/collectives?{query}"),
    })
}

/// Shows which fields there are.
async fn categories(web: web::Data<Web>, visit: Visit) -> Answer {
    let canonical = Some(web.door.site().at("categories"));
    page(&CategoriesPage { page: Page { canonical, ..visit.frame(&web) } })
}

/// What an address says after its `?`; what is empty is left out.
pub(crate) fn line(pairs: &[(&str, &str)]) -> String {
    let mut line = Serializer::new(String::new());
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        line.append_pair(name, value);
    }
    line.finish()
}
