//! About this server.

use actix_web::web;

use crate::{
    Web,
    answer::{Answer, page},
    html::body,
    session::Visit,
    views::about::AboutPage,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/about").get(show));
}

/// Shows who keeps this place, and what they promise.
async fn show(web: web::Data<Web>, visit: Visit) -> Answer {
    let counts =
        web.read(|conn| Ok((db::collectives::count(conn)?, db::listings::count_local(conn)?)));
    let (collectives, listings) = counts.await?;
    let contact = web.contact.trim();
    page(&AboutPage {
        page: visit.frame(&web),
        description: body(&web.description, ""),
        contact: (!contact.is_empty()).then(|| contact.to_owned()),
        collectives,
        listings,
    })
}
