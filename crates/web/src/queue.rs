//! What waits for the stewards of a collective.

use actix_web::web;
use db::{Conn, actors::ActorRow};
use domain::{CollectiveId, Origin, ReplyId, Time, mentions::MentionState};
use ops::mentions::{BoostMention, DismissMention, UnboostMention};

use crate::{
    Result, Web, actors,
    answer::{Answer, page, see_notice},
    error::PageError,
    feed,
    forms::{Bare, Posted},
    session::Signed,
    sight,
    views::{
        page::{Notice, Page},
        queue::{MentionView, QueuePage},
    },
};

/// So many of each kind at once; the next ones come when these are decided.
const MOST: i64 = 50;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/c/{handle}/queue").get(show)).service(
        web::resource("/c/{handle}/queue/mentions/{reply}/{said:boost|unboost|dismiss}")
            .post(decide),
    );
}

/// Shows what waits; to stewards alone.
async fn show(web: web::Data<Web>, signed: Signed, handle: web::Path<String>) -> Answer {
    let (person, now) = (signed.viewer.person, web.door.now());
    let handle = handle.into_inner();
    let found = web.read(move |conn| {
        let actor = sight::collective(conn, &handle)?;
        sight::standing(conn, actor.id.collective(), Some(person))?.governs()?;
        let waiting = mentions(conn, &actor, MentionState::New, now)?;
        let boosted = mentions(conn, &actor, MentionState::Boosted, now)?;
        Ok((actor, waiting, boosted))
    });
    let (actor, mentions, boosted) = found.await?;
    page(&QueuePage {
        page: Page { noindex: true, ..signed.visit.frame(&web) },
        collective: actors::view(&actor),
        mentions,
        boosted,
    })
}

fn mentions(
    conn: &mut Conn,
    collective: &ActorRow,
    state: MentionState,
    now: Time,
) -> Result<Vec<MentionView>> {
    let rows = db::mentions::page(conn, collective.id.collective(), state, None, MOST)?;
    let about = feed::About::load(conn, rows.iter().map(|(row, _)| row))?;
    let base = actors::path(collective);
    let view = |(row, author): &(db::replies::ReplyRow, ActorRow)| MentionView {
        post: feed::post(row, author, &about, now),
        base: format!("{base}/queue/mentions/{}", row.id),
    };
    Ok(rows.iter().map(view).collect())
}

/// Passes a post on, takes that back, or puts it aside.
async fn decide(
    web: web::Data<Web>,
    path: web::Path<(String, String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (handle, reply, said) = path.into_inner();
    let reply: ReplyId = sight::id(&reply)?;
    let named = handle.clone();
    let actor = web.read(move |conn| sight::collective(conn, &named)).await?;
    let collective: CollectiveId = actor.id.collective();
    let origin = Origin::local(signed.viewer.person);
    let notice = match said.as_str() {
        "boost" => {
            web.door.perform(origin, BoostMention { collective, reply }).await?;
            Notice::Boosted
        }
        "unboost" => {
            web.door.perform(origin, UnboostMention { collective, reply }).await?;
            Notice::Dismissed
        }
        "dismiss" => {
            web.door.perform(origin, DismissMention { collective, reply }).await?;
            Notice::Dismissed
        }
        _ => return Err(PageError::NotFound),
    };
    Ok(see_notice(&format!("/c/{handle}/queue"), notice))
}
