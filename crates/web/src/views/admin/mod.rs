//! The console of those who run the instance.

pub mod chart;
pub mod forms;
pub mod list;

use std::borrow::Cow;

use askama::Template;

use crate::filters;
use crate::views::page::{Page, TimeView};
use chart::ChartView;

/// A section of the console.
#[derive(Clone, Debug)]
pub struct Section {
    /// Where it is.
    pub url: &'static str,
    /// What people read.
    pub label: Cow<'static, str>,
    /// How much waits there; nothing is not shown.
    pub waits: i64,
    /// Are we in it?
    pub here: bool,
}

/// What every page of the console has.
#[derive(Clone, Debug)]
pub struct Room {
    /// All sections.
    pub sections: Vec<Section>,
}

/// A number that stands by itself.
#[derive(Clone, Debug)]
pub struct Tile {
    /// What is counted.
    pub label: Cow<'static, str>,
    /// How much.
    pub value: String,
    /// Where it is looked after.
    pub url: &'static str,
    /// Should somebody look?
    pub calls: bool,
}

/// `/admin`.
#[derive(Clone, Debug, Template)]
#[template(path = "admin_dashboard.html")]
pub struct DashboardPage {
    /// The frame.
    pub page: Page,
    /// The console.
    pub room: Room,
    /// For how many days.
    pub days: i64,
    /// What waits now.
    pub tiles: Vec<Tile>,
    /// Numbers by day.
    pub charts: Vec<ChartView>,
}

/// Something that was looked at.
#[derive(Clone, Debug)]
pub struct FindingView {
    /// What it is.
    pub label: Cow<'static, str>,
    /// `good`, `poor`, or `bad`.
    pub health: &'static str,
    /// The same in words.
    pub says: Cow<'static, str>,
    /// More of it.
    pub detail: String,
}

/// What is thrown away after some time.
#[derive(Clone, Debug)]
pub struct KeptView {
    /// What.
    pub label: Cow<'static, str>,
    /// How many rows there are.
    pub rows: String,
    /// After how many days it goes.
    pub days: i64,
}

/// `/admin/health`.
#[derive(Clone, Debug, Template)]
#[template(path = "admin_health.html")]
pub struct HealthPage {
    /// The frame.
    pub page: Page,
    /// The console.
    pub room: Room,
    /// The version of the program.
    pub version: String,
    /// What was found.
    pub findings: Vec<FindingView>,
    /// The engine and its version.
    pub engine: String,
    /// How much room the database takes.
    pub database: String,
    /// How many pictures there are.
    pub pictures: i64,
    /// How much room they take.
    pub picture_room: String,
    /// What is thrown away when.
    pub kept: Vec<KeptView>,
    /// The migrations that are applied.
    pub migrations: Vec<String>,
    /// When it was looked at.
    pub now: TimeView,
}
