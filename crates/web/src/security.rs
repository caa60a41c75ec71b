//! What somebody is signed in with: browsers, apps, and tokens, and how each ends.

use actix_web::web;
use db::{accounts::TokenRow, sessions::SessionRow};
use domain::{Origin, SessionId, Time, TokenId, scopes::Scopes};
use ops::{
    accounts::EndToken,
    sessions::{EndOtherSessions, EndSession},
};

use crate::{
    Web,
    answer::{Answer, page as shown, see_notice},
    error::PageError,
    forms::{Bare, Posted},
    identity::{account, frame},
    labels,
    session::Signed,
    views::{
        identity::{SecurityPage, SessionView, TokenView},
        page::Notice,
    },
    when,
};

const HERE: &str = "/account/security";
/// So many of each are shown; nobody has more in earnest.
const MOST: i64 = 200;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(HERE).get(show));
    cfg.service(web::resource("/account/sessions/end-others").post(end_others));
    cfg.service(web::resource("/account/sessions/{session}/end").post(end_session));
    cfg.service(web::resource("/account/tokens/{token}/end").post(end_token));
}

/// Shows all of them, this one marked.
async fn show(web: web::Data<Web>, signed: Signed) -> Answer {
    let account = account(&web, &signed).await?;
    let now = web.door.now();
    let found = web.read(move |conn| {
        Ok((
            db::sessions::page(conn, account.id, now, None, MOST)?,
            db::accounts::tokens(conn, account.id, None, MOST)?,
            db::totp::find(conn, account.id)?.in_use().is_some(),
        ))
    });
    let (sessions, tokens, two_steps) = found.await?;
    let digest = &signed.viewer.digest;
    shown(&SecurityPage {
        page: frame(&web, &signed.visit),
        two_steps,
        sessions: sessions.iter().map(|row| session(row, digest, now)).collect(),
        tokens: tokens.iter().map(|row| token(row, now)).collect(),
    })
}

fn session(row: &SessionRow, this: &[u8], now: Time) -> SessionView {
    SessionView {
        name: if row.name.is_empty() {
            words::say("security-a-browser").into_owned()
        } else {
            row.name.clone()
        },
        since: when::stamp(row.created_at, now),
        used: row.used_at.map(|used| when::moment(used.to_the_hour(), now)),
        this: row.digest == this,
        end: format!("/account/sessions/{}/end", row.id),
    }
}

fn token(row: &TokenRow, now: Time) -> TokenView {
    let scopes = Scopes::parse(&row.scopes).ok();
    let words = scopes.map(|scopes| scopes.words()).unwrap_or_default();
    let may = words.split_whitespace().map(labels::allowed).collect();
    TokenView {
        name: row.app.as_ref().map_or(&row.name, |(name, _)| name).clone(),
        app: row.app.is_some(),
        may,
        since: when::stamp(row.created_at, now),
        used: row.used_at.map(|used| when::moment(used.to_the_hour(), now)),
        end: format!("/account/tokens/{}/end", row.id),
    }
}

async fn end_session(
    web: web::Data<Web>,
    path: web::Path<String>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let id: SessionId = path.parse().map_err(|_| PageError::NotFound)?;
    web.door.perform(Origin::local(signed.viewer.person), EndSession { id }).await?;
    Ok(see_notice(HERE, Notice::SessionEnded))
}

async fn end_others(web: web::Data<Web>, Posted(signed, _): Posted<Bare>) -> Answer {
    let operation = EndOtherSessions { keep: signed.viewer.digest };
    web.door.perform(Origin::local(signed.viewer.person), operation).await?;
    Ok(see_notice(HERE, Notice::SessionEnded))
}

async fn end_token(
    web: web::Data<Web>,
    path: web::Path<String>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let id: TokenId = path.parse().map_err(|_| PageError::NotFound)?;
    web.door.perform(Origin::local(signed.viewer.person), EndToken { id }).await?;
    Ok(see_notice(HERE, Notice::SessionEnded))
}
