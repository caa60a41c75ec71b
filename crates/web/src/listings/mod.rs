//! Needs and offers.

mod cards;
mod form;
mod index;
mod mine;
mod pictures;
mod print;
mod show;
mod steps;
mod write;

pub(crate) use cards::cards;
pub(crate) use show::{Answering, page as page_of};

use actix_web::web;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/listings").get(index::index))
        .service(web::resource("/listings/mine").get(mine::mine))
        .service(web::resource("/listings/{id}").get(show::show))
        .service(web::resource("/listings/{id}/poster").get(print::poster))
        .service(web::resource("/c/{handle}/board").get(print::board))
        .service(web::resource("/listings/{id}/edit").get(write::edit).post(write::save))
        .service(web::resource("/listings/{id}/pictures").get(pictures::show).post(pictures::add))
        .service(web::resource("/listings/{id}/pictures/{picture}/remove").post(pictures::remove))
        .service(web::resource("/listings/{id}/delete").post(steps::delete))
        .service(
            web::resource("/listings/{id}/{step:publish|progress|fulfil|withdraw|reopen}")
                .post(steps::step),
        )
        .service(web::resource("/c/{handle}/listings/new").get(write::blank).post(write::post));
}
