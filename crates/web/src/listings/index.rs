//! The list of what is open.

use actix_web::web;
use db::{Conn, actors::ActorRow, listings::Filter};
use domain::{
    handle,
    listings::{Category, Kind, Purpose},
    people::ActorKind,
    tags::Tag,
};
use serde::Deserialize;

use super::cards;
use crate::{
    Result, Web, actors,
    answer::{Answer, page},
    error::PageError,
    machines, paging,
    places::{self, Sought},
    session::Visit,
    sight, tags,
    views::{
        listings::{ListingFilter, ListingsPage},
        page::{Page, Pager},
    },
};

/// So many on a page.
const PAGE: usize = 24;

/// What somebody looks for; a word that is none of ours says nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    purpose: String,
    kind: String,
    category: String,
    tag: String,
    q: String,
    place: String,
    radius: String,
    /// A collective: `@handle@host`.
    c: String,
    before: Option<String>,
}

/// Shows what is open, newest first.
pub(super) async fn index(web: web::Data<Web>, visit: Visit, search: web::Query<Search>) -> Answer {
    let search = search.into_inner();
    let now = web.door.now();
    let asked = search.clone();
    let found = web.read(move |conn| {
        let collective = collective(conn, &asked.c)?;
        let Sought { around, near, words } =
            places::seek(conn, &asked.place, &asked.radius, &asked.q)?;
        let filter = Filter {
            collective: collective.as_ref().map(|row| row.id.collective()),
            open: Some(true),
            purpose: Purpose::parse(&asked.purpose).ok(),
            kind: Kind::parse(&asked.kind).ok(),
            category: Category::parse(&asked.category).ok(),
            tag: Tag::parse(&asked.tag).ok(),
            words,
            near,
            ..Filter::default()
        };
        let before = sight::cursor(asked.before.as_deref())?;
        let mut rows = db::listings::page(conn, &filter, before, paging::ask(PAGE))?;
        let older = paging::cut(&mut rows, PAGE, |row| row.id.to_string());
        Ok((filter, around, collective, cards(conn, &rows, now)?, older))
    });
    let (filter, around, collective, cards, older) = found.await?;
    page(&ListingsPage {
        page: Page { forms: machines::forms(collective.as_ref(), &filter), ..visit.frame(&web) },
        filter: ListingFilter {
            purpose: filter.purpose,
            kind: filter.kind,
            words: search.q.trim().to_owned(),
            category: filter.category,
            tag: filter.tag.as_ref().map(tags::view),
            around,
            collective: collective.as_ref().map(actors::view),
        },
        cards,
        pager: Pager {
            newest: search.before.as_ref().map(|_| search.address(None)),
            older: older.map(|id| search.address(Some(&id))),
        },
    })
}

/// The collective whose listings are asked for, by its whole handle.
fn collective(conn: &mut Conn, address: &str) -> Result<Option<ActorRow>> {
    if address.is_empty() {
        return Ok(None);
    }
    let (name, host) = handle::address(address).map_err(|_| PageError::NotFound)?;
    let known = db::actors::find_by_handle(conn, &name, &host)?;
    let group = known.into_iter().find(|row| row.kind == ActorKind::Group);
    group.map(sight::alive).ok_or(PageError::NotFound)?.map(Some)
}

impl Search {
    /// The same search, going on elsewhere.
    fn address(&self, before: Option<&str>) -> String {
        let radius = if self.place.is_empty() { "" } else { &self.radius };
        let query = places::line(&[
            ("purpose", &self.purpose),
            ("kind", &self.kind),
            ("category", &self.category),
            ("tag", &self.tag),
            ("q", self.q.trim()),
            ("place", &self.place),
            ("radius", radius),
            ("c", &self.c),
            ("before", before.unwrap_or_default()),
        ]);
        if query.is_empty() { "/listings".to_owned() } else { format!("/listings?{query}") }
    }
}
