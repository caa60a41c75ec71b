//! What waits for the stewards of a collective.

use actix_web::web;
use db::{Conn, actors::ActorRow, mentions::Part};
use domain::{
    CollectiveId, Origin, PersonId, ReplyId, Time, accounts::AccountRole, mentions::MentionState,
};
use ops::mentions::{BoostMention, DismissMention, SettleHeld, SuspendHeld, UnboostMention};
use serde::Deserialize;

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
        queue::{HeldView, MentionView, QueuePage},
    },
};

/// So many of each kind at once; the next ones come when these are decided.
const MOST: i64 = 50;
/// So many servers of what is kept apart are named.
const NAMED: i64 = 10;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/c/{handle}/queue").get(show))
        .service(
            web::resource("/c/{handle}/queue/mentions/{reply}/{said:boost|unboost|dismiss}")
                .post(decide),
        )
        .service(
            web::resource("/c/{handle}/queue/held/{said:accept|dismiss|suspend}").post(decide_held),
        );
}

/// Shows what waits; to stewards alone.
async fn show(web: web::Data<Web>, signed: Signed, handle: web::Path<String>) -> Answer {
    let (person, now) = (signed.viewer.person, web.door.now());
    let handle = handle.into_inner();
    let found = web.read(move |conn| {
        let actor = sight::collective(conn, &handle)?;
        sight::standing(conn, actor.id.collective(), Some(person))?.governs()?;
        let waiting = mentions(conn, &actor, (MentionState::New, Part::Ordinary), now)?;
        let limited = mentions(conn, &actor, (MentionState::New, Part::Limited), now)?;
        let boosted = mentions(conn, &actor, (MentionState::Boosted, Part::Whole), now)?;
        let held = held(conn, &actor, person)?;
        Ok((actor, waiting, limited, held, boosted))
    });
    let (actor, mentions, limited, held, boosted) = found.await?;
    page(&QueuePage {
        page: Page { noindex: true, ..signed.visit.frame(&web) },
        collective: actors::view(&actor),
        mentions,
        limited,
        held,
        boosted,
    })
}

/// What is kept apart, in one piece.
fn held(conn: &mut Conn, collective: &ActorRow, person: PersonId) -> Result<Option<HeldView>> {
    let held = db::mentions::held(conn, collective.id.collective(), NAMED)?;
    if held.mentions == 0 {
        return Ok(None);
    }
    let account = db::accounts::find_by_person(conn, person)?;
    Ok(Some(HeldView {
        mentions: held.mentions,
        hosts: held.hosts,
        loudest: held.loudest,
        until: held.until.exact(),
        base: format!("{}/queue/held", actors::path(collective)),
        suspends: account.is_some_and(|account| account.role == AccountRole::Admin),
    }))
}

fn mentions(
    conn: &mut Conn,
    collective: &ActorRow,
    which: (MentionState, Part),
    now: Time,
) -> Result<Vec<MentionView>> {
    let rows = db::mentions::page(conn, collective.id.collective(), which, None, MOST)?;
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

/// What somebody saw who decides about all of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    until: String,
}

/// Lets everything that is kept apart in, puts it aside, or suspends the servers it came from.
async fn decide_held(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, seen): Posted<Seen>,
) -> Answer {
    let (handle, said) = path.into_inner();
    let named = handle.clone();
    let actor = web.read(move |conn| sight::collective(conn, &named)).await?;
    let (collective, until) = (actor.id.collective(), Time::parse("until", &seen.until)?);
    let origin = Origin::local(signed.viewer.person);
    if said == "suspend" {
        web.door.perform(origin, SuspendHeld { collective, until }).await?;
    } else {
        let accepted = said == "accept";
        web.door.perform(origin, SettleHeld { collective, until, accepted }).await?;
    }
    Ok(see_notice(&format!("/c/{handle}/queue"), Notice::Saved))
}
