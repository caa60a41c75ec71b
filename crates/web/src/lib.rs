//! Pages for people: server-rendered, without scripts, readable by anybody.
//!
//! A handler fills a view (plain data, see [`views`]) and a template in `templates/` renders it.
//! Fixed sentences are messages of the crate `words`, in the language of the request; the names of enum
//! variants are found by [`labels`].
//!
//! **Invariant:** nothing is decided here. What may be done is said by `domain` and `ops`; what may be
//! read is said in one place, `sight`.

mod about;
mod accounts;
mod actors;
mod admin;
mod agreements;
mod answer;
pub mod assets;
mod blocks;
mod collectives;
mod door;
mod error;
mod feed;
mod filters;
mod follows;
mod forms;
mod frame;
pub mod headers;
mod home;
pub mod html;
mod identity;
mod incoming;
mod interact;
mod joining;
pub mod labels;
mod language;
mod languages;
mod listings;
mod machines;
mod map;
mod memberships;
mod moderation;
mod notifications;
mod oauth;
mod paging;
mod people;
mod places;
mod posts;
mod qr;
mod queue;
mod reactions;
mod replies;
mod reports;
mod resets;
mod searches;
mod security;
mod session;
mod settings;
mod sight;
mod sign_ups;
mod sitemap;
mod sponsors;
mod statistics;
mod tags;
mod templates;
mod totp;
mod uploads;
pub mod views;
mod when;

use std::sync::Arc;

use actix_web::{middleware::from_fn, web};
use db::Conn;

use crate::error::PageError;

/// What a handler reads and returns.
type Result<T> = std::result::Result<T, PageError>;

/// The parts pages are made with; the server puts them into the application's data as `web::Data<Web>`.
pub struct Web {
    pub door: ops::Door,
    pub reader: db::Reader,
    pub keys: Arc<dyn ops::Keys>,
    pub lookup: Arc<dyn ops::Lookup>,
    pub previews: Arc<dyn ops::previews::Previews>,
    /// What this instance calls itself.
    pub name: String,
    /// What its keepers say about it, as plain text.
    pub description: String,
    /// How to reach them: a mail address, or nothing.
    pub contact: String,
    /// What the program was told when it started.
    pub setup: ops::console::doctor::Setup,
    /// Whose tiles show streets on the map, where those who run it have chosen some.
    pub tiles: Option<Tiles>,
    /// Is it reached over https? Then cookies travel over nothing else.
    pub secure: bool,
}

/// Tiles of a map that somebody else draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiles {
    /// Their address, with `{z}`, `{x}`, and `{y}`.
    pub template: String,
    /// Whom to thank for them.
    pub attribution: String,
    /// Where they come from: `https://tile.example`.
    pub origin: String,
    /// The same without its scheme.
    pub host: String,
}

impl Tiles {
    /// Reads an address of tiles: over https, from one host, with a place for each of three numbers.
    pub fn parse(template: &str, attribution: &str) -> Option<Self> {
        let has_all = ["{z}", "{x}", "{y}"].iter().all(|part| template.contains(part));
        let url = url::Url::parse(template).ok()?;
        let host = url.host_str()?.to_owned();
        let origin = url.origin().ascii_serialization();
        // It becomes a part of the policy that browsers read: nothing but a name stands in it.
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        let is_plain = template.starts_with(&format!("{origin}/")) && host.bytes().all(is_name);
        let is_one = url.scheme() == "https" && has_all && is_plain;
        is_one.then(|| Self {
            template: template.to_owned(),
            attribution: attribution.to_owned(),
            origin,
            host,
        })
    }
}

impl Web {
    /// Runs a read on the blocking pool; what it finds may be a page of its own.
    async fn read<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let language = words::current();
        let read = move |conn: &mut Conn| words::within_sync(language, || read(conn));
        self.reader.read(move |conn| Ok(read(conn))).await?
    }
}

/// Every page, every asset, and the page that says there is none.
///
/// To be registered last: what nobody else answers is answered here.
pub fn routes(cfg: &mut web::ServiceConfig) {
    assets::configure(cfg);
    let strange = || web::QueryConfig::default().error_handler(|_, _| PageError::BadRequest.into());
    cfg.service(
        web::scope("")
            .app_data(strange())
            .app_data(web::PathConfig::default().error_handler(|_, _| PageError::NotFound.into()))
            .wrap(from_fn(frame::keep))
            .wrap(headers::security())
            .configure(home::routes)
            .configure(language::routes)
            .configure(about::routes)
            .configure(accounts::routes)
            .configure(identity::routes)
            .configure(settings::routes)
            .configure(blocks::routes)
            .configure(notifications::routes)
            .configure(searches::routes)
            .configure(security::routes)
            .configure(totp::routes)
            .configure(oauth::routes)
            .configure(sign_ups::routes)
            .configure(resets::routes)
            .configure(sponsors::routes)
            .configure(admin::routes)
            .configure(feed::routes)
            .configure(follows::routes)
            .configure(listings::routes)
            .configure(templates::routes)
            .configure(moderation::routes)
            .configure(reports::routes)
            .configure(reactions::routes)
            .configure(posts::routes)
            .configure(queue::routes)
            .configure(replies::routes)
            .configure(agreements::routes)
            .configure(memberships::routes)
            .configure(joining::routes)
            .configure(incoming::routes)
            .configure(statistics::routes)
            .configure(collectives::routes)
            .configure(people::routes)
            .configure(actors::routes)
            .configure(places::routes)
            .configure(tags::routes)
            .configure(interact::routes)
            .configure(map::routes)
            .configure(sitemap::routes)
            .default_service(web::to(frame::nothing_here)),
    );
}
