//! What is printed: the board of a collective with a code for each listing, and the poster of one.

use actix_web::web;
use db::listings::Filter;
use domain::listings::Purpose;

use super::{cards::cards, show};
use crate::{
    Web, actors,
    answer::{Answer, page},
    assets, paging, qr,
    session::Visit,
    sight,
    views::{
        listings::ListingCard,
        page::Page,
        print::{BoardPage, PosterPage, Slip},
    },
};

/// So many needs, and so many offers: more is no board that anybody reads.
const MOST: usize = 10;

/// Shows what a collective of this server needs and offers, to be printed.
pub(super) async fn board(web: web::Data<Web>, visit: Visit, handle: web::Path<String>) -> Answer {
    let (handle, now) = (handle.into_inner(), web.door.now());
    let found = web.read(move |conn| {
        let actor = sight::collective(conn, &handle)?;
        let mut more = false;
        let mut shelf = |purpose| {
            let open = Filter {
                collective: Some(actor.id.collective()),
                purpose: Some(purpose),
                open: Some(true),
                ..Filter::default()
            };
            let mut rows = db::listings::page(conn, &open, None, paging::ask(MOST))?;
            more |= paging::cut(&mut rows, MOST, |row| row.id).is_some();
            cards(conn, &rows, now)
        };
        let (needs, offers) = (shelf(Purpose::Need)?, shelf(Purpose::Offer)?);
        Ok((actor, needs, offers, more))
    });
    let (actor, needs, offers, more) = found.await?;
    let slip = |card: ListingCard| {
        let address = web.door.site().at(card.url.trim_start_matches('/'));
        Slip { qr: qr::lines(&address), address, card }
    };
    page(&BoardPage {
        page: Page { noindex: true, canonical: Some(actor.ap_id.clone()), ..visit.frame(&web) },
        sheet: assets::PRINT_SHEET.url(),
        collective: actors::view(&actor),
        qr: qr::lines(&actor.ap_id),
        address: actor.ap_id,
        needs: needs.into_iter().map(slip).collect(),
        offers: offers.into_iter().map(slip).collect(),
        more,
    })
}

/// Shows a listing that everybody may read, to be printed and hung up.
pub(super) async fn poster(web: web::Data<Web>, visit: Visit, id: web::Path<String>) -> Answer {
    let listing = show::public(&web, sight::id(&id)?).await?;
    let address = listing.address.clone();
    page(&PosterPage {
        page: Page { noindex: true, canonical: Some(address.clone()), ..visit.frame(&web) },
        sheet: assets::PRINT_SHEET.url(),
        qr: qr::lines(&address),
        listing,
    })
}
