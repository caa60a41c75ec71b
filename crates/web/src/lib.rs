//! Pages for people: server-rendered, without scripts, readable by anybody.
//!
//! A handler fills a view (plain data, see [`views`]) and a template in `templates/` renders it.
//! Fixed sentences live in the templates; the names of enum variants live in [`labels`].

pub mod assets;
pub mod headers;
pub mod html;
pub mod labels;
pub mod views;
mod web;

pub use self::web::Web;

/// Every page, every asset, and the page that says there is none.
pub fn routes(cfg: &mut actix_web::web::ServiceConfig) {
    assets::configure(cfg);
}
