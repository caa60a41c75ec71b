//! What is offered in answer to a listing: by whom it is read, and how it is answered.

mod cards;
mod lists;
mod write;

pub(crate) use cards::{form, offered};

use actix_web::web;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/agreements").get(lists::mine))
        .service(web::resource("/c/{handle}/agreements").get(lists::board))
        .service(web::resource("/listings/{id}/agreements").post(write::offer))
        .service(web::resource("/agreements/{id}/withdraw").post(write::withdraw))
        .service(web::resource("/agreements/{id}/fulfil").post(write::fulfil))
        .service(web::resource("/agreements/{id}/{said:accept|reject}").post(write::answer));
}
