//! Collectives.

mod cards;
mod index;
mod profile;
mod show;
mod write;

pub(crate) use cards::cards;
pub(crate) use show::page;

use actix_web::web;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives").get(index::index))
        .service(web::resource("/collectives/new").get(write::blank).post(write::found))
        .service(web::resource("/c/{handle}").get(show::show))
        .service(web::resource("/c/{handle}/edit").get(write::edit).post(write::save));
}
