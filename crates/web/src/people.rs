//! A person's page.

use actix_web::web;
use db::actors::ActorRow;
use domain::{ReplyId, people::ActorKind};
use serde::Deserialize;

use crate::{
    Web, actors,
    answer::{Answer, linked, page as shown, see},
    feed, interact, paging,
    session::Visit,
    sight,
    views::{
        feed::FeedItem,
        page::{Page, Pager},
        people::PersonPage,
    },
};

/// So many posts on a page.
const PAGE: usize = 20;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/u/{handle}").get(show));
}

/// Where the posts go on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Cursor {
    pub(crate) before: Option<String>,
    /// The posts of a community before this one.
    pub(crate) posts: Option<String>,
}

/// Shows a person of this server.
async fn show(
    web: web::Data<Web>,
    visit: Visit,
    handle: web::Path<String>,
    cursor: web::Query<Cursor>,
) -> Answer {
    let handle = handle.into_inner();
    let found = web.read(move |conn| {
        let person = sight::local(conn, &handle, ActorKind::Person)?;
        let author = if person.is_guest() { db::guests::author(conn, person.id)? } else { None };
        Ok((person, author))
    });
    let (person, author) = found.await?;
    if let Some(author) = author {
        // A guest has nothing of its own to show: whom it stands in for has.
        return Ok(see(&actors::path(&author)));
    }
    page(&web, &visit, person, cursor.into_inner().before).await
}

/// The page of a person, wherever they live.
pub(crate) async fn page(
    web: &Web,
    visit: &Visit,
    actor: ActorRow,
    before: Option<String>,
) -> Answer {
    let cursor: Option<ReplyId> = sight::cursor(before.as_deref())?;
    let (viewer, now) = (visit.viewer.clone(), web.door.now());
    let found = web.read(move |conn| {
        let mut rows = db::replies::by_author(conn, actor.id, cursor, paging::ask(PAGE))?;
        let older = paging::cut(&mut rows, PAGE, |row| row.id);
        let about = feed::About::load(conn, rows.iter())?;
        let post = |row| FeedItem::Post(feed::post(row, &actor, &about, now));
        let items = rows.iter().map(post).collect();
        let follow = actors::follow(conn, viewer.as_ref(), &actor)?;
        Ok((actor, items, older, follow))
    });
    let (actor, items, older, follow) = found.await?;
    let (path, home) = (actors::path(&actor), actors::home(&actor));
    let view = PersonPage {
        page: Page {
            canonical: Some(home.as_ref().map_or(&actor.ap_id, |home| &home.url).clone()),
            alternate: Some(actor.ap_id.clone()),
            noindex: !actor.local,
            ..visit.frame(web)
        },
        person: actors::view(&actor),
        lang: String::new(),
        summary: actors::summary(&actor),
        home,
        interact: interact::address(&actor.ap_id),
        follow,
        items,
        pager: Pager {
            newest: before.map(|_| path.clone()),
            older: older.map(|id| format!("{path}?before={id}")),
        },
    };
    Ok(linked(shown(&view)?, Some(&actor.ap_id)))
}
