//! About this server.

use actix_web::web;
use ops::about::Texts;

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
    let set = &visit.place.settings;
    let language = visit.language.tag();
    let contact = set.contact.as_deref().unwrap_or(&web.contact).trim();
    let said = |texts: &Texts| body(texts.in_language(language).unwrap_or_default(), "");
    let description = set.description.in_language(language).unwrap_or(&web.description);
    page(&AboutPage {
        page: visit.frame(&web),
        description: body(description, ""),
        rules: said(&set.rules),
        promises: said(&set.promises),
        contact: (!contact.is_empty()).then(|| contact.to_owned()),
        collectives,
        listings,
    })
}
