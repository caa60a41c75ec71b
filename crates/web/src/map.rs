//! The map of what is needed and offered, and of who is where.
//!
//! **Invariant** Every point on it was blurred before it was kept where this page reads it; the outline, the library,
//! and the script come from this server. A tile is asked of somebody else only where those who run this server have
//! chosen whose, and whoever looks has pressed the button that asks for streets.

use std::collections::BTreeMap;

use actix_web::{
    http::header::{CONTENT_SECURITY_POLICY, HeaderValue, REFERRER_POLICY},
    web,
};
use db::{
    actors::ActorRow,
    collectives::CollectiveRow,
    directory::Wanted,
    listings::{Filter, ListingRow},
};
use domain::place::Point;
use serde::Deserialize;

use crate::{
    Web, actors,
    answer::{Answer, page},
    assets, headers, listings, machines, paging,
    session::Visit,
    sight,
    views::{
        listings::ListingCard,
        map::{Dot, Drawing, MapPage, Spot},
        page::{Page, Pager},
    },
};

/// So many needs and offers on a page.
const PAGE: usize = 80;
/// So many collectives on the first page.
const COLLECTIVES: i64 = 80;
/// So many degrees are seen at least.
const LEAST: f64 = 8.0;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/map").get(show));
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    before: Option<String>,
}

/// What is at one point, before it is a view.
struct There {
    order: usize,
    point: Point,
    name: String,
    collectives: Vec<ActorRow>,
    listings: Vec<ListingRow>,
}

/// Shows what is open, and who is where.
async fn show(web: web::Data<Web>, visit: Visit, asked: web::Query<Asked>) -> Answer {
    let before = asked.into_inner().before;
    let (cursor, now) = (sight::cursor(before.as_deref())?, web.door.now());
    let first = before.is_none();
    let found = web.read(move |conn| {
        let open = Filter { open: Some(true), ..Filter::default() };
        let mut rows = db::listings::located_page(conn, &open, cursor, paging::ask(PAGE))?;
        let older = paging::cut(&mut rows, PAGE, |row| row.id.to_string());
        let wanted = Wanted { located: true, ..Wanted::default() };
        let homes =
            if first { db::directory::page(conn, &wanted, None, COLLECTIVES)? } else { Vec::new() };
        let ids: Vec<_> = homes.iter().map(|row| row.id.collective()).collect();
        let rooms = db::collectives::find_all(conn, &ids)?;
        let mut spots = Vec::new();
        for there in gather(rows, homes, &rooms) {
            let cards = listings::cards(conn, &there.listings, now)?;
            spots.push(spot(there, cards));
        }
        Ok((spots, older))
    });
    let (spots, older) = found.await?;
    let view = MapPage {
        page: Page {
            forms: machines::forms(None, &Filter::default()),
            canonical: Some(web.door.site().at("map")),
            ..visit.frame(&web)
        },
        drawing: drawing(&spots),
        spots,
        scripts: [assets::LEAFLET.url(), assets::MAP.url()],
        sheets: [assets::LEAFLET_SHEET.url(), assets::MAP_SHEET.url()],
        land: assets::LAND.url(),
        outline: assets::OUTLINE.url(),
        tiles: web.tiles.clone(),
        pager: Pager {
            newest: before.map(|_| "/map".to_owned()),
            older: older.map(|id| format!("/map?before={id}")),
        },
    };
    let mut answer = page(&view)?;
    let policy = headers::with_scripts(web.tiles.as_ref());
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    if web.tiles.is_some() {
        // Those who give tiles to all want to know whose page asks for them.
        let origin_alone = HeaderValue::from_static("strict-origin-when-cross-origin");
        answer.headers_mut().insert(REFERRER_POLICY, origin_alone);
    }
    Ok(answer)
}

/// What is at the same point, in the order in which the points are met first: collectives, then the newest listings.
fn gather(rows: Vec<ListingRow>, homes: Vec<ActorRow>, rooms: &[CollectiveRow]) -> Vec<There> {
    let mut known = BTreeMap::new();
    for home in homes {
        let room = rooms.iter().find(|room| room.id == home.id.collective());
        let Some((room, point)) = room.and_then(|room| Some((room, room.point()?))) else {
            continue;
        };
        at(&mut known, point, room.place.as_deref()).collectives.push(home);
    }
    for row in rows {
        let Some(point) = row.point() else { continue };
        at(&mut known, point, row.place.as_deref()).listings.push(row);
    }
    let mut all: Vec<There> = known.into_values().collect();
    all.sort_by_key(|there| there.order);
    all
}

fn at<'k>(
    known: &'k mut BTreeMap<(i64, i64), There>,
    point: Point,
    name: Option<&str>,
) -> &'k mut There {
    let order = known.len();
    known.entry(key(point)).or_insert_with(|| There {
        order,
        point,
        name: name.unwrap_or_default().to_owned(),
        collectives: Vec::new(),
        listings: Vec::new(),
    })
}

/// The same for the same point: blurred points lie on a grid.
#[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
fn key(point: Point) -> (i64, i64) {
    let grid = |degrees: f64| (degrees * 100.0).round() as i64;
    (grid(point.latitude), grid(point.longitude))
}

fn spot(there: There, listings: Vec<ListingCard>) -> Spot {
    let Point { latitude, longitude } = there.point;
    let unnamed = there.name.is_empty();
    Spot {
        anchor: format!("place-{}", there.order + 1),
        name: if unnamed { format!("{latitude:.1}, {longitude:.1}") } else { there.name },
        latitude,
        longitude,
        collectives: there.collectives.iter().map(actors::view).collect(),
        listings,
    }
}

/// The points on the outline, as near as they allow.
#[expect(clippy::cast_precision_loss, reason = "there are few points")]
fn drawing(spots: &[Spot]) -> Option<Drawing> {
    let first = spots.first()?;
    let start = (first.longitude, first.longitude, first.latitude, first.latitude);
    let (west, east, south, north) = spots.iter().fold(start, |(w, e, s, n), spot| {
        let (x, y) = (spot.longitude, spot.latitude);
        (w.min(x), e.max(x), s.min(y), n.max(y))
    });
    // A degree of longitude is as wide as the cosine of the latitude says.
    let narrowed = f64::midpoint(south, north).to_radians().cos().max(0.2);
    let width = ((east - west) * narrowed * 1.25).max(LEAST * 2.0);
    let height = ((north - south) * 1.25).max(LEAST);
    let (x, y) = (f64::midpoint(west, east) * narrowed, -f64::midpoint(south, north));
    let view = format!("{:.2} {:.2} {width:.2} {height:.2}", x - width / 2.0, y - height / 2.0);
    let unit = height.min(width / 2.0) / 60.0;
    let dot = |spot: &Spot| Dot {
        x: format!("{:.2}", spot.longitude * narrowed),
        y: format!("{:.2}", -spot.latitude),
        radius: format!("{:.3}", unit * (1.0 + (spot.many() as f64).sqrt() / 3.0)),
        class: spot.class(),
        anchor: spot.anchor.clone(),
        name: spot.name.clone(),
    };
    Some(Drawing {
        view,
        narrowed: format!("{narrowed:.4}"),
        dots: spots.iter().map(dot).collect(),
    })
}
