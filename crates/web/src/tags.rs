//! Pages of tags: what is open and marked with the same word.

use actix_web::web;
use db::{Conn, listings::Filter};
use domain::{ListingId, tags::Tag};
use serde::Deserialize;

use crate::{
    Result, Web,
    answer::{Answer, page},
    error::PageError,
    listings, machines, paging,
    places::line,
    session::Visit,
    sight,
    views::{
        page::{Page, Pager},
        tags::{TagPage, TagView},
    },
};

/// So many needs and offers.
const PAGE: usize = 24;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/tags/{tag}").get(show));
}

/// Where a page of many goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    before: Option<String>,
}

/// A tag, and where its page is.
pub(crate) fn view(tag: &Tag) -> TagView {
    TagView { name: tag.name().to_owned(), url: format!("/{}", tag.path()) }
}

/// The tags of a listing.
pub(crate) fn of(conn: &mut Conn, listing: ListingId) -> Result<Vec<TagView>> {
    Ok(db::tags::of(conn, listing)?.iter().map(view).collect())
}

/// Shows what is open and marked with a tag, the newest first; what nobody used yet is an empty page.
async fn show(
    web: web::Data<Web>,
    visit: Visit,
    name: web::Path<String>,
    asked: web::Query<Asked>,
) -> Answer {
    let tag = Tag::parse(&name).map_err(|_| PageError::NotFound)?;
    let open = Filter { open: Some(true), tag: Some(tag.clone()), ..Filter::default() };
    let before = sight::cursor(asked.before.as_deref())?;
    let (wanted, now) = (open.clone(), web.door.now());
    let found = web.read(move |conn| {
        let mut rows = db::listings::page(conn, &wanted, before, paging::ask(PAGE))?;
        let older = paging::cut(&mut rows, PAGE, |row| row.id);
        Ok((listings::cards(conn, &rows, now)?, older))
    });
    let (cards, older) = found.await?;
    let here = format!("/{}", tag.path());
    page(&TagPage {
        page: Page {
            forms: machines::forms(None, &open),
            canonical: Some(web.door.site().at(&tag.path())),
            noindex: cards.is_empty(),
            ..visit.frame(&web)
        },
        pager: Pager {
            newest: before.map(|_| here.clone()),
            older: older.map(|id| format!("{here}?{}", line(&[("before", &id.to_string())]))),
        },
        narrow: format!("/listings?{}", line(&[("tag", tag.word())])),
        tag: view(&tag),
        search: Filter { open: None, ..open }.line(),
        cards,
    })
}
