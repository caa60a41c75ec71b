//! What somebody wrote: drafts first, then what is out.

use actix_web::web;
use domain::listings::State;
use serde::Deserialize;

use super::cards;
use crate::{
    Web,
    answer::{Answer, page},
    identity::frame,
    paging,
    session::Signed,
    sight,
    views::{listing_form::MyListingsPage, page::Pager},
};

/// So many on a page.
const PAGE: usize = 24;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Cursor {
    before: Option<String>,
}

/// Shows them to whom they are.
pub(super) async fn mine(
    web: web::Data<Web>,
    signed: Signed,
    cursor: web::Query<Cursor>,
) -> Answer {
    let (person, now) = (signed.viewer.person, web.door.now());
    let before = cursor.into_inner().before;
    let cursor = sight::cursor(before.as_deref())?;
    let found = web.read(move |conn| {
        let drafts = db::listings::by_author(conn, person, Some(State::Draft), None, 50)?;
        let mut rows = db::listings::by_author(conn, person, None, cursor, paging::ask(PAGE))?;
        let older = paging::cut(&mut rows, PAGE, |row| row.id);
        rows.retain(|row| row.state != State::Draft);
        let homes = db::memberships::of_person(conn, person)?;
        let active = homes.iter().filter(|row| row.state == "active");
        let homes = active.map(|row| crate::actors::view(&row.actor)).collect();
        Ok((cards(conn, &drafts, now)?, cards(conn, &rows, now)?, older, homes))
    });
    let (drafts, cards, older, homes) = found.await?;
    page(&MyListingsPage {
        page: frame(&web, &signed.visit),
        drafts,
        cards,
        homes,
        pager: Pager {
            newest: before.map(|_| "/listings/mine".to_owned()),
            older: older.map(|id| format!("/listings/mine?before={id}")),
        },
    })
}
