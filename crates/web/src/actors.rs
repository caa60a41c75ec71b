//! Actors as pages show them, and the pages of those who live elsewhere.

use std::collections::HashMap;

use actix_web::web;
use db::{Conn, actors::ActorRow};
use domain::{ActorId, follows::FollowState, people::ActorKind};

use crate::{
    Result, Web,
    answer::{Answer, see},
    collectives,
    error::PageError,
    html::{SafeHtml, body},
    people,
    session::{Viewer, Visit},
    sight,
    views::{
        actors::{ActorView, FollowView},
        page::HomeServer,
    },
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/@{handle:[^/@]+}@{host:[^/@]+}").get(show))
        .service(web::resource("/c/{handle}/voice").get(voice));
}

/// The page of an actor of another server, as far as it is known here.
async fn show(
    web: web::Data<Web>,
    visit: Visit,
    address: web::Path<(String, String)>,
    query: web::Query<people::Cursor>,
) -> Answer {
    let (handle, host) = address.into_inner();
    let found = web.read(move |conn| {
        let known = db::actors::find_by_handle(conn, &handle, &host.to_lowercase())?;
        let row = best(known).ok_or(PageError::NotFound).and_then(sight::alive)?;
        sight::presentable(conn, &row)?;
        Ok(row)
    });
    let actor = found.await?;
    if actor.local {
        return Ok(see(&path(&actor)));
    }
    match actor.kind {
        ActorKind::Group => {
            let people::Cursor { before, posts } = query.into_inner();
            collectives::page(&web, &visit, actor, before, posts).await
        }
        _ => people::page(&web, &visit, actor, query.into_inner().before).await,
    }
}

/// Lemmy may have a community and a person of the same name: the community is the one people look for.
fn best(mut known: Vec<ActorRow>) -> Option<ActorRow> {
    known.retain(|row| row.kind != ActorKind::Application);
    known.sort_by_key(|row| (row.deleted_at.is_some(), row.kind != ActorKind::Group));
    known.into_iter().next()
}

/// The voice has no page of its own: the collective speaks.
async fn voice(handle: web::Path<String>) -> Answer {
    Ok(see(&format!("/c/{}", segment(&handle))))
}

/// An actor as a line on a page.
pub(crate) fn view(row: &ActorRow) -> ActorView {
    ActorView {
        name: row.display_name().to_owned(),
        handle: row.handle.clone(),
        host: row.host.clone(),
        url: path(row),
        local: row.local,
        collective: row.kind == ActorKind::Group,
    }
}

/// The path of an actor's page on this server.
pub(crate) fn path(row: &ActorRow) -> String {
    match row.kind {
        _ if !row.local => format!("/@{}@{}", segment(&row.handle), segment(&row.host)),
        ActorKind::Group => format!("/c/{}", row.handle),
        ActorKind::Organization => {
            format!("/c/{}", row.handle.strip_suffix(".voice").unwrap_or(&row.handle))
        }
        ActorKind::Application => "/".to_owned(),
        ActorKind::Person | ActorKind::Service => format!("/u/{}", row.handle),
    }
}

/// A collective's handle as one part of a path; with its host where it lives elsewhere.
pub(crate) fn name(row: &ActorRow) -> String {
    if row.local {
        return segment(&row.handle);
    }
    format!("{}@{}", segment(&row.handle), segment(&row.host))
}

/// A text as one part of a path.
fn segment(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte);
    let letter = |byte| match byte {
        byte if plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(letter).collect()
}

/// What an actor says about itself.
pub(crate) fn summary(row: &ActorRow) -> SafeHtml {
    if row.local { body(&row.summary, "") } else { body("", &row.summary) }
}

/// Where an actor lives, when not here.
pub(crate) fn home(row: &ActorRow) -> Option<HomeServer> {
    if row.local {
        return None;
    }
    let page = row.url.as_deref().and_then(web_address);
    let url = page.or_else(|| web_address(&row.ap_id))?.to_owned();
    Some(HomeServer { host: row.host.clone(), url })
}

/// An address that others gave us, if it is one of the web.
pub(crate) fn web_address(address: &str) -> Option<&str> {
    let url = url::Url::parse(address).ok()?;
    matches!(url.scheme(), "https" | "http").then_some(address)
}

/// Does the viewer follow this actor?
pub(crate) fn follow(
    conn: &mut Conn,
    viewer: Option<&Viewer>,
    actor: &ActorRow,
) -> Result<FollowView> {
    let Some(viewer) = viewer else { return Ok(FollowView::Stranger) };
    if viewer.person.actor() == actor.id {
        return Ok(FollowView::Own);
    }
    let who = actor.id.to_string();
    let row = db::follows::find(conn, viewer.person.actor(), actor.id)?;
    Ok(match row.map(|row| row.state) {
        None => FollowView::No { who },
        Some(FollowState::Pending) => FollowView::Pending { who },
        Some(FollowState::Accepted) => FollowView::Yes { who },
    })
}

/// Several actors by their ids, read at once.
pub(crate) fn find_all(
    conn: &mut Conn,
    mut ids: Vec<ActorId>,
) -> Result<HashMap<ActorId, ActorRow>> {
    ids.sort_unstable();
    ids.dedup();
    let rows = db::actors::find_all(conn, &ids)?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
