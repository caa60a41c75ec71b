//! What is where: places with what is needed and offered there, and who is at home.

use askama::Template;

use crate::Tiles;
use crate::filters;
use crate::labels::Word;
use crate::views::actors::ActorView;
use crate::views::listings::ListingCard;
use crate::views::page::{Page, Pager};

/// What is at one point.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Where the list speaks of it: `place-3`.
    pub anchor: String,
    /// How people call the place.
    pub name: String,
    /// Blurred.
    pub latitude: f64,
    pub longitude: f64,
    /// Collectives that are at home there.
    pub collectives: Vec<ActorView>,
    /// Needs and offers there.
    pub listings: Vec<ListingCard>,
}

/// A drawing of the points on an outline of the land, for those without scripts.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// West, north, width, and height of what is seen: degrees, with the south below and east and west as wide as
    /// they are there.
    pub view: String,
    /// How much narrower a degree is there than at the equator.
    pub narrowed: String,
    /// The points: where, how large, of what.
    pub dots: Vec<Dot>,
}

/// A point of the drawing.
#[derive(Clone, Debug)]
pub struct Dot {
    pub x: String,
    pub y: String,
    pub radius: String,
    /// The class of its colour: `need`, `offer`, or `both`.
    pub class: &'static str,
    /// The anchor of its place in the list.
    pub anchor: String,
    /// What it is called.
    pub name: String,
}

/// `/map`.
#[derive(Clone, Debug, Template)]
#[template(path = "map.html")]
pub struct MapPage {
    /// The frame.
    pub page: Page,
    /// The places, those with the newest first.
    pub spots: Vec<Spot>,
    /// The same as a drawing; none where there is nothing to draw.
    pub drawing: Option<Drawing>,
    /// The addresses of the library, its sheet, and our own script and sheet.
    pub scripts: [String; 2],
    pub sheets: [String; 2],
    /// The outline, as the script and as the drawing read it.
    pub land: String,
    pub outline: String,
    /// Tiles of somebody else, for whoever asks for them.
    pub tiles: Option<Tiles>,
    /// More of it.
    pub pager: Pager,
}

impl Spot {
    /// How many things are there.
    pub fn many(&self) -> usize {
        self.collectives.len() + self.listings.len()
    }

    /// What is there: `need`, `offer`, or `both`; a collective alone is as an offer.
    pub fn class(&self) -> &'static str {
        let needs = self.listings.iter().any(|card| card.purpose.is("need"));
        let offers = self.listings.iter().any(|card| card.purpose.is("offer"));
        match (needs, offers) {
            (true, true) => "both",
            (true, false) => "need",
            (false, _) => "offer",
        }
    }
}
