//! What I am told.

use std::collections::HashMap;

use actix_web::web;
use db::{Conn, actors::ActorRow, notifications::NotificationRow};
use domain::{ActorId, CollectiveId, NotificationId, Origin, PersonId, Time};
use ops::{
    digests::{Told, path, sentence},
    notifications::{ReadNotifications, Seen},
};
use serde::Deserialize;

use crate::{
    Result, Web, actors,
    answer::{Answer, page, see_notice},
    forms::Posted,
    identity::frame,
    paging,
    session::Signed,
    sight,
    views::{
        notifications::{NotificationView, NotificationsPage},
        page::{Notice, Pager},
    },
    when,
};

/// So many on a page.
const PAGE: usize = 30;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/notifications").get(show))
        .service(web::resource("/notifications/read").post(read));
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Cursor {
    before: Option<String>,
}

/// Shows them, the newest first; looking at them does not yet mean that they are read.
async fn show(web: web::Data<Web>, signed: Signed, cursor: web::Query<Cursor>) -> Answer {
    let (person, now) = (signed.viewer.person, web.door.now());
    let before = cursor.into_inner().before;
    let cursor = sight::cursor(before.as_deref())?;
    let found = web.read(move |conn| {
        let rows = db::notifications::page(conn, person, false, cursor, paging::ask(PAGE))?;
        let unread = db::notifications::count_unread(conn, person)?;
        let newest = db::notifications::page(conn, person, false, None, 1)?;
        let newest = newest.first().map(|row| row.id.to_string());
        let (items, older) = items(conn, rows, now)?;
        Ok((items, older, unread, newest))
    });
    let (items, older, unread, newest) = found.await?;
    page(&NotificationsPage {
        page: frame(&web, &signed.visit),
        items,
        unread,
        newest: newest.unwrap_or_default(),
        pager: Pager {
            newest: before.map(|_| "/notifications".to_owned()),
            older: older.map(|id| format!("/notifications?before={id}")),
        },
    })
}

fn items(
    conn: &mut Conn,
    mut rows: Vec<NotificationRow>,
    now: Time,
) -> Result<(Vec<NotificationView>, Option<NotificationId>)> {
    let older = paging::cut(&mut rows, PAGE, |row| row.id);
    let named = |row: &NotificationRow| [row.actor_id, row.collective_id.map(CollectiveId::actor)];
    let known = actors::find_all(conn, rows.iter().flat_map(named).flatten().collect())?;
    let items = rows.iter().map(|row| item(row, &known, now));
    Ok((items.collect(), older))
}

fn item(row: &NotificationRow, known: &HashMap<ActorId, ActorRow>, now: Time) -> NotificationView {
    let actor = row.actor_id.and_then(|id| known.get(&id));
    let collective = row.collective_id.and_then(|id| known.get(&id.actor()));
    let name = |it: Option<&ActorRow>| it.map(|it| it.display_name().to_owned());
    let here = collective.filter(|it| it.local).map(|it| it.handle.as_str());
    let told = Told {
        actor: name(actor).unwrap_or_default(),
        collective: name(collective).unwrap_or_default(),
        path: path(row, here),
    };
    NotificationView {
        says: sentence(row, &told),
        url: format!("/{}", told.path),
        who: actor.or(collective).map(actors::view),
        kind: row.kind.word(),
        since: when::moment(row.created_at, now),
        is_new: row.read_at.is_none(),
    }
}

/// What somebody has seen who says that they have read it all.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Until {
    until: String,
}

/// Everything up to what was seen is read; what came since stays new.
async fn read(web: web::Data<Web>, Posted(signed, seen): Posted<Until>) -> Answer {
    let person: PersonId = signed.viewer.person;
    let seen = Seen::Until(sight::id(&seen.until)?);
    web.door.perform(Origin::local(person), ReadNotifications { seen }).await?;
    Ok(see_notice("/notifications", Notice::Saved))
}
