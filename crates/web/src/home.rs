//! The front page.

use actix_web::web;
use db::listings::Filter;

use crate::{
    Web,
    answer::{Answer, linked, page},
    collectives, listings, machines,
    session::Visit,
    views::{home::HomePage, page::Page},
};

/// So many of the newest needs and offers.
const NEWEST: i64 = 8;
/// So many collectives.
const SOME: i64 = 3;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/").get(show));
}

/// Shows what this place is for, and what is new.
async fn show(web: web::Data<Web>, visit: Visit) -> Answer {
    let now = web.door.now();
    let found = web.read(move |conn| {
        let open = Filter { open: Some(true), ..Filter::default() };
        let rows = db::listings::page(conn, &open, None, NEWEST)?;
        let newest = listings::cards(conn, &rows, now)?;
        let local = db::collectives::page(conn, None, SOME)?;
        Ok((newest, collectives::cards(conn, &local)?))
    });
    let (newest, collectives) = found.await?;
    let address = web.door.site().base().to_string();
    let view = HomePage {
        page: Page {
            canonical: Some(address.clone()),
            alternate: Some(address.clone()),
            forms: machines::forms(None, &Filter::default()),
            ..visit.frame(&web)
        },
        newest,
        example_handle: collectives.first().map(|card| card.actor.full_handle()),
        collectives,
    };
    Ok(linked(page(&view)?, Some(&address)))
}
