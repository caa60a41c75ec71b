//! Whom somebody does not want to hear, and whom they keep away.

use actix_web::{http::StatusCode, web};
use db::actors::ActorRow;
use domain::{ActorId, Handle, Invalid, Origin, Time, handle};
use ops::{
    OpError,
    blocks::{KeepAway, LetNear},
    mutes::{MuteActor, UnmuteActor},
};
use serde::Deserialize;

use crate::{
    Result, Web, actors,
    answer::{Answer, page_with, see_notice},
    error::PageError,
    forms::{Bare, Posted, told},
    identity::frame,
    session::Signed,
    sight,
    views::{
        blocks::{BlocksPage, SilencedView},
        forms::FormErrors,
        page::Notice,
    },
    when,
};

/// So many of each are shown.
const MOST: i64 = 200;
const HERE: &str = "/account/blocks";

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(HERE).get(show).post(add))
        .service(web::resource("/account/blocks/{actor}/{act:unmute|unblock}").post(take_back));
}

async fn show(web: web::Data<Web>, signed: Signed) -> Answer {
    let nothing = (StatusCode::OK, FormErrors::default());
    form(&web, &signed, String::new(), nothing).await
}

async fn form(
    web: &Web,
    signed: &Signed,
    who: String,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let (person, now) = (signed.viewer.person, web.door.now());
    let found = web.read(move |conn| {
        let mutes = db::mutes::page(conn, person, None, MOST)?;
        Ok((mutes, db::blocks::page(conn, person.actor(), None, MOST)?))
    });
    let (mutes, blocks) = found.await?;
    let view = |(row, since): &(ActorRow, Time)| SilencedView {
        actor: actors::view(row),
        since: when::stamp(*since, now),
        base: format!("{HERE}/{}", row.id),
    };
    let view = BlocksPage {
        page: frame(web, &signed.visit),
        mutes: mutes.iter().map(view).collect(),
        blocks: blocks.iter().map(view).collect(),
        who,
        errors,
    };
    page_with(status, &view)
}

/// Whom, and what with them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Whom {
    who: String,
    r#do: String,
}

async fn add(web: web::Data<Web>, Posted(signed, sent): Posted<Whom>) -> Answer {
    let origin = Origin::local(signed.viewer.person);
    let done = match known(&web, &sent.who).await? {
        None => Err(OpError::from(Invalid::new("who", "is not known on this server"))),
        Some(actor) if sent.r#do == "block" => web.door.perform(origin, KeepAway { actor }).await,
        Some(actor) => web.door.perform(origin, MuteActor { actor }).await,
    };
    match done {
        Ok(()) => Ok(see_notice(HERE, Notice::Saved)),
        Err(OpError::Invalid(invalid)) => {
            let invalid = Invalid { field: "who", ..invalid };
            form(&web, &signed, sent.who, told(invalid.into())?).await
        }
        Err(err) => form(&web, &signed, sent.who, told(err)?).await,
    }
}

/// Somebody who is known here, by their handle.
async fn known(web: &Web, text: &str) -> Result<Option<ActorId>> {
    let host = web.door.site().host().to_owned();
    let text = text.trim().trim_start_matches('@').to_owned();
    web.read(move |conn| {
        let (name, host) = match handle::address(&text) {
            Ok(found) => found,
            Err(_) => match Handle::parse(&text) {
                Ok(handle) => (handle.into(), host),
                Err(_) => return Ok(None),
            },
        };
        let rows = db::actors::find_by_handle(conn, &name, &host)?;
        Ok(rows.iter().find(|row| row.deleted_at.is_none()).map(|row| row.id))
    })
    .await
}

async fn take_back(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (actor, act) = path.into_inner();
    let actor: ActorId = sight::id(&actor)?;
    let origin = Origin::local(signed.viewer.person);
    match act.as_str() {
        "unmute" => web.door.perform(origin, UnmuteActor { actor }).await?,
        "unblock" => web.door.perform(origin, LetNear { actor }).await?,
        _ => return Err(PageError::NotFound),
    }
    Ok(see_notice(HERE, Notice::Saved))
}
