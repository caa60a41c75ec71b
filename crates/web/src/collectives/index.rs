//! The list of collectives.

use actix_web::web;
use db::directory::Wanted;
use domain::listings::Category;
use serde::Deserialize;

use super::cards::cards;
use crate::{
    Web,
    answer::{Answer, page},
    paging,
    places::{self, Sought},
    session::Visit,
    sight,
    views::{collectives::CollectivesPage, page::Pager},
};

/// So many collectives on a page.
const PAGE: usize = 24;

/// What somebody looks for; a word that is none of ours says nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    q: String,
    place: String,
    radius: String,
    category: String,
    before: Option<String>,
}

/// Shows those who live here and those we know of, newest first.
pub(super) async fn index(web: web::Data<Web>, visit: Visit, search: web::Query<Search>) -> Answer {
    let search = search.into_inner();
    let cursor = sight::cursor(search.before.as_deref())?;
    let (asked, category) = (search.clone(), Category::parse(&search.category).ok());
    let found = web.read(move |conn| {
        let Sought { around, near, words } =
            places::seek(conn, &asked.place, &asked.radius, asked.q.trim())?;
        let wanted = Wanted { words, category, near, located: false };
        let mut rows = db::directory::page(conn, &wanted, cursor, paging::ask(PAGE))?;
        let older = paging::cut(&mut rows, PAGE, |row| row.id.to_string());
        Ok((around, cards(conn, &rows)?, older))
    });
    let (around, cards, older) = found.await?;
    page(&CollectivesPage {
        page: visit.frame(&web),
        pager: Pager {
            newest: search.before.as_ref().map(|_| search.address("")),
            older: older.map(|id| search.address(&id)),
        },
        words: search.q.trim().to_owned(),
        around,
        category,
        cards,
    })
}

impl Search {
    /// The same search, going on elsewhere.
    fn address(&self, before: &str) -> String {
        let radius = if self.place.is_empty() { "" } else { &self.radius };
        let query = places::line(&[
            ("q", self.q.trim()),
            ("place", &self.place),
            ("radius", radius),
            ("category", &self.category),
            ("before", before),
        ]);
        if query.is_empty() { "/collectives".to_owned() } else { format!("/collectives?{query}") }
    }
}
