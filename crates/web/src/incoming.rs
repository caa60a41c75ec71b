//! What waits for the stewards of a collective: answers, mentions, requests, offers, and reports, in one place.

use actix_web::web;
use domain::{IncomingId, Origin, PersonId, Time, incoming::Shelf};
use ops::incoming::{FinishIncoming, Item, PutBackIncoming, TakeIncoming, items};
use serde::Deserialize;

use crate::{
    Result, Web, actors,
    answer::{Answer, page, see_notice},
    error::PageError,
    forms::{Bare, Posted},
    html::body,
    identity::frame,
    paging,
    session::Signed,
    sight,
    views::{
        incoming::{IncomingPage, IncomingView},
        page::{Notice, Pager},
    },
    when,
};

/// So many on a page.
const PAGE: usize = 20;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/c/{handle}/stewards").get(show))
        .service(web::resource("/c/{handle}/stewards/{item}/{act:take|put-back|done}").post(act));
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    shelf: String,
    before: Option<String>,
}

/// Shows what waits; to stewards alone.
async fn show(
    web: web::Data<Web>,
    signed: Signed,
    handle: web::Path<String>,
    asked: web::Query<Asked>,
) -> Answer {
    let (person, now, handle) = (signed.viewer.person, web.door.now(), handle.into_inner());
    let Asked { shelf, before } = asked.into_inner();
    let shelf = Shelf::parse(&shelf).unwrap_or(Shelf::Open);
    let cursor = sight::cursor(before.as_deref())?;
    let found = web.read(move |conn| {
        let actor = sight::collective(conn, &handle)?;
        let id = actor.id.collective();
        sight::standing(conn, id, Some(person))?.governs()?;
        let part = (shelf, person);
        let mut rows = db::incoming::page(conn, id, part, cursor, paging::ask(PAGE))?;
        let older = paging::cut(&mut rows, PAGE, |row| row.id);
        let items = items(conn, rows)?;
        let named = |it: &Item| {
            let row = &it.row;
            [it.actor, row.taken_by.map(PersonId::actor), row.done_by.map(PersonId::actor)]
        };
        let people = actors::find_all(conn, items.iter().flat_map(named).flatten().collect())?;
        Ok((actor, items, people, older, db::incoming::count_open(conn, id)?))
    });
    let (actor, items, people, older, (all, free)) = found.await?;
    let base = actors::path(&actor);
    let here = format!("{base}/stewards?shelf={}", shelf.word());
    let name = |person: Option<PersonId>| {
        let row = person.and_then(|id| people.get(&id.actor()));
        row.map(|row| row.display_name().to_owned())
    };
    let view = |it: Item| IncomingView {
        kind: it.row.kind,
        who: it.actor.and_then(|id| people.get(&id)).map(actors::view),
        listing: it
            .listing
            .as_ref()
            .map(|row| (row.title.clone(), format!("/listings/{}", row.id))),
        text: body(&it.text, &it.html),
        there: it.there,
        open: open(&it, &base),
        since: when::moment(it.row.created_at, now),
        taken_by: name(it.row.taken_by),
        mine: it.row.taken_by == Some(person),
        done: done(&it, now),
        done_by: name(it.row.done_by),
        base: format!("{base}/stewards/{}", it.row.id),
    };
    page(&IncomingPage {
        page: frame(&web, &signed.visit),
        collective: actors::view(&actor),
        shelf,
        all,
        free,
        items: items.into_iter().map(view).collect(),
        pager: Pager {
            newest: before.map(|_| here.clone()),
            older: older.map(|id| format!("{here}&before={id}")),
        },
    })
}

/// When it was done, if it was.
fn done(it: &Item, now: Time) -> Option<crate::views::page::TimeView> {
    it.row.done_at.map(|at| when::stamp(at, now))
}

/// Where a steward does something about it.
fn open(it: &Item, base: &str) -> String {
    use domain::incoming::Kind;

    match it.row.kind {
        Kind::Reply => format!("/replies/{}", it.row.subject()),
        Kind::Mention => format!("{base}/queue"),
        Kind::FollowRequest => format!("{base}/members"),
        Kind::JoinRequest => format!("{base}/joining"),
        Kind::Agreement => format!("{base}/agreements"),
        Kind::Report => format!("{base}/reports"),
    }
}

/// Takes something, puts it back, or says that it is done.
async fn act(
    web: web::Data<Web>,
    path: web::Path<(String, String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (handle, item, act) = path.into_inner();
    let item: IncomingId = sight::id(&item)?;
    let named = handle.clone();
    let actor = web.read(move |conn| sight::collective(conn, &named)).await?;
    let (collective, origin) = (actor.id.collective(), Origin::local(signed.viewer.person));
    let shelf = acted(&web, origin, (collective, item), &act).await?;
    let back = format!("/c/{handle}/stewards?shelf={}", shelf.word());
    Ok(see_notice(&back, Notice::Saved))
}

/// Does it, and says where it is found now.
async fn acted(
    web: &Web,
    origin: Origin,
    (collective, item): (domain::CollectiveId, IncomingId),
    act: &str,
) -> Result<Shelf> {
    Ok(match act {
        "take" => {
            web.door.perform(origin, TakeIncoming { collective, item }).await?;
            Shelf::Mine
        }
        "put-back" => {
            web.door.perform(origin, PutBackIncoming { collective, item }).await?;
            Shelf::Open
        }
        "done" => {
            web.door.perform(origin, FinishIncoming { collective, item }).await?;
            Shelf::Open
        }
        _ => return Err(PageError::NotFound),
    })
}
