//! Needs and offers: lists, posting, editing, and moving them from state to state.

mod forms;
mod preview;
mod read;
mod steps;
pub(crate) mod views;
mod write;

pub(crate) use forms::*;
pub(crate) use preview::*;
pub(crate) use read::*;
pub(crate) use steps::*;
pub(crate) use write::*;

use actix_web::{HttpResponse, HttpResponseBuilder, web};
use domain::{ListingId, PersonId};

use crate::{Api, Result, etag::etag, sight};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/listings").get(read::page));
    cfg.service(web::resource("/me/listings").get(read::mine));
    cfg.service(web::resource("/collectives/{collective}/listings").get(read::board).post(post));
    cfg.service(web::resource("/collectives/{collective}/listings/preview").post(preview));
    cfg.service(web::resource("/listings/{listing}").get(read::show).patch(edit).delete(remove));
    cfg.service(web::resource("/listings/{listing}/exact-place").get(read::exact_place));
    cfg.service(web::resource("/listings/{listing}/publish").post(publish));
    cfg.service(web::resource("/listings/{listing}/progress").post(progress));
    cfg.service(web::resource("/listings/{listing}/fulfil").post(fulfil));
    cfg.service(web::resource("/listings/{listing}/withdraw").post(withdraw));
    cfg.service(web::resource("/listings/{listing}/reopen").post(reopen));
}

/// Answers with one listing as it is now.
pub(crate) async fn answer(
    api: &Api,
    mut answer: HttpResponseBuilder,
    id: ListingId,
    viewer: Option<PersonId>,
) -> Result<HttpResponse> {
    let found = api.read(move |conn| {
        let row = sight::listing(conn, id, viewer)?;
        views::one(conn, row)
    });
    let view = found.await?;
    Ok(answer.insert_header(etag(view.version)).json(view))
}
