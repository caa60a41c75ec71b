//! Pages of places, what is printed, and the way to one's own server.

use askama::Template;
use domain::listings::Category;
use web::views::forms::FormErrors;
use web::views::identity::QrView;
use web::views::interact::{AboutView, InteractPage, Onward};
use web::views::map::{Dot, Drawing, MapPage, Spot};
use web::views::page::Pager;
use web::views::places::{Around, CategoriesPage, TopicPage};
use web::views::print::{BoardPage, PosterPage, Slip};
use web::views::tags::{TagPage, TagView};

use super::Rendered;
use super::actors::{self, garden};
use super::forms::wrong;
use super::frame::{older, page};
use super::listings;

pub(crate) fn near(found: bool) -> Rendered {
    TopicPage {
        page: page("/near", false),
        category: None,
        around: Around { place: "Poble-sec <b>hello</b>".into(), radius: 10, known: found },
        listings: if found { listings::open() } else { vec![] },
        collectives: if found { actors::cards() } else { vec![] },
        all_listings: "/listings?place=Poble-sec".into(),
        all_collectives: "/collectives?place=Poble-sec".into(),
    }
    .render()
}

pub(crate) fn category() -> Rendered {
    TopicPage {
        page: page("/categories/food", false),
        category: Some(Category::Food),
        around: Around::default(),
        listings: listings::open(),
        collectives: actors::cards(),
        all_listings: "/listings?category=food".into(),
        all_collectives: "/collectives?category=food".into(),
    }
    .render()
}

pub(crate) fn tag(found: bool) -> Rendered {
    TagPage {
        page: page("/tags/hort", found),
        tag: TagView {
            name: if found { "hort".into() } else { "#<b>hello</b>".replace('#', "") },
            url: "/tags/hort".into(),
        },
        cards: if found { listings::open() } else { vec![] },
        pager: if found { older() } else { Pager::default() },
        narrow: "/listings?tag=hort".into(),
        search: "tag=hort".into(),
    }
    .render()
}

pub(crate) fn categories() -> Rendered {
    CategoriesPage { page: page("/categories", false) }.render()
}

fn code() -> QrView {
    QrView { size: 29, path: "M4 4.5h7".into() }
}

pub(crate) fn board() -> Rendered {
    let slip =
        |card| Slip { card, address: "https://xarxa.example/listings/1".into(), qr: Some(code()) };
    BoardPage {
        page: page("/c/lafiguera/board", false),
        sheet: web::assets::PRINT_SHEET.url(),
        collective: garden(),
        address: "https://xarxa.example/c/lafiguera".into(),
        qr: Some(code()),
        needs: listings::open().into_iter().map(slip).collect(),
        offers: vec![],
        more: true,
    }
    .render()
}

pub(crate) fn poster() -> Rendered {
    PosterPage {
        page: page("/listings/1/poster", false),
        sheet: web::assets::PRINT_SHEET.url(),
        listing: listings::whole(listings::harvest(), vec![]),
        qr: Some(code()),
    }
    .render()
}

pub(crate) fn interact_how() -> Rendered {
    InteractPage {
        page: page("/interact", false),
        word: "f00d".into(),
        about: None,
        handle: String::new(),
        errors: FormErrors::default(),
        onward: None,
        some: actors::cards(),
    }
    .render()
}

/// With what the server of somebody said, if it was asked: where people follow, or nothing.
pub(crate) fn interact(said: Option<bool>, refused: bool) -> Rendered {
    let errors = if refused { wrong(&[("handle", "That is no handle.")]) } else { <_>::default() };
    InteractPage {
        page: page("/interact", true),
        word: "f00d".into(),
        about: Some(AboutView {
            name: "La Figuera <b>hello</b>".into(),
            url: "/c/lafiguera".into(),
            address: "https://xarxa.example/c/lafiguera".into(),
            handle: "@lafiguera@xarxa.example".into(),
            follow: true,
        }),
        handle: "@nuria@mastodon.example".into(),
        errors,
        onward: said.map(|sure| Onward {
            host: "mastodon.example".into(),
            url: "https://mastodon.example/authorize_interaction?uri=x&y=<b>hello".into(),
            sure,
        }),
        some: vec![],
    }
    .render()
}

pub(crate) fn map(drawn: bool) -> Rendered {
    let spot = |number: u8, name: &str, latitude, longitude, many| Spot {
        anchor: format!("place-{number}"),
        name: name.to_owned(),
        latitude,
        longitude,
        collectives: vec![garden()],
        listings: listings::open().into_iter().take(many).collect(),
    };
    let spots = vec![
        spot(1, "Poble-sec <b>hello</b>", 41.37, 2.16, 3),
        spot(2, "Madrid", 40.42, -3.7, 1),
        spot(3, "Hamburg-Altona", 53.55, 9.93, 0),
    ];
    let dot = |spot: &Spot| Dot {
        x: format!("{:.2}", spot.longitude * 0.68),
        y: format!("{:.2}", -spot.latitude),
        radius: "0.35".into(),
        class: spot.class(),
        anchor: spot.anchor.clone(),
        name: spot.name.clone(),
    };
    MapPage {
        page: page("/map", false),
        drawing: drawn.then(|| Drawing {
            view: "-12.00 -55.50 24.00 17.00".into(),
            narrowed: "0.6800".into(),
            dots: spots.iter().map(dot).collect(),
        }),
        spots: if drawn { spots } else { vec![] },
        scripts: [web::assets::LEAFLET.url(), web::assets::MAP.url()],
        sheets: [web::assets::LEAFLET_SHEET.url(), web::assets::MAP_SHEET.url()],
        land: web::assets::LAND.url(),
        outline: web::assets::OUTLINE.url(),
        tiles: web::Tiles::parse("https://tile.example/{z}/{x}/{y}.png", "Those who draw streets"),
        pager: Pager::default(),
    }
    .render()
}
