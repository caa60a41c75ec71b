//! The console of those who run the instance: to everybody else there is none.

mod announcements;
mod cases;
mod collectives;
mod dashboard;
mod decisions;
mod domains;
mod health;
mod inbound;
mod log;
mod proposals;
mod servers;
mod settings;
mod setup;
mod work;

use std::borrow::Cow;

use actix_web::web;
use db::Conn;
use domain::{Origin, PersonId, Refusal, accounts::AccountRole};
use ops::{
    OpError,
    console::{Waiting, waiting},
    proposals::{Act, Propose},
};
use words::say;

use crate::{
    Result, Web,
    answer::see_notice,
    error::PageError,
    session::Signed,
    views::{
        admin::{Room, Section},
        forms::Choice,
        page::{Notice, Page, Pager},
    },
};

/// So many rows are on a page.
const PAGE: usize = 40;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.configure(dashboard::routes)
        .configure(collectives::routes)
        .configure(servers::routes)
        .configure(domains::routes)
        .configure(inbound::routes)
        .configure(work::routes)
        .configure(cases::routes)
        .configure(decisions::routes)
        .configure(log::routes)
        .configure(settings::routes)
        .configure(announcements::routes)
        .configure(proposals::routes)
        .configure(health::routes)
        .configure(setup::routes);
}

/// Those who run the instance; to others there is nothing here.
pub(crate) fn enter(conn: &mut Conn, person: PersonId) -> Result<()> {
    let account = db::accounts::find_by_person(conn, person)?;
    let is_admin = account.is_some_and(|it| it.role == AccountRole::Admin && it.is_usable());
    if is_admin { Ok(()) } else { Err(PageError::NotFound) }
}

/// Reads what a page of the console shows, with what waits, for those who run the instance.
async fn read<T, F>(web: &Web, signed: &Signed, read: F) -> Result<(Waiting, T)>
where
    T: Send + 'static,
    F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
{
    let person = signed.viewer.person;
    let found = web.read(move |conn| {
        enter(conn, person)?;
        Ok((waiting(conn)?, read(conn)?))
    });
    found.await
}

/// Refuses whoever does not run the instance, before anything is done.
async fn only(web: &Web, signed: &Signed) -> Result<Origin> {
    let person = signed.viewer.person;
    web.read(move |conn| enter(conn, person)).await?;
    Ok(Origin::local(person))
}

/// The frame of a page of the console.
fn frame(web: &Web, signed: &Signed) -> Page {
    Page { noindex: true, ..signed.visit.frame(web) }
}

/// The console around a page.
pub(crate) fn room(here: &'static str, it: Waiting) -> Room {
    let section = |url: &'static str, label: Cow<'static, str>, waits| {
        let here = url == here;
        Section { url, label, waits, here }
    };
    let cases = it.reports + it.cases + it.appeals;
    Room {
        sections: vec![
            section("/admin", say("console-nav-dashboard"), 0),
            section("/admin/accounts", say("console-nav-accounts"), it.accounts),
            section("/admin/collectives", say("console-nav-collectives"), 0),
            section("/admin/cases", say("console-nav-cases"), cases),
            section("/admin/servers", say("console-nav-servers"), it.failing_servers),
            section("/admin/domains", say("console-nav-domains"), 0),
            section("/admin/inbound", say("console-nav-inbound"), 0),
            section("/admin/jobs", say("console-nav-jobs"), it.dead_jobs),
            section("/admin/proposals", say("console-nav-proposals"), it.proposals),
            section("/admin/settings", say("console-nav-settings"), 0),
            section("/admin/announcements", say("console-nav-announcements"), 0),
            section("/admin/log", say("console-nav-log"), 0),
            section("/admin/health", say("console-nav-health"), 0),
        ],
    }
}

/// What was done; where it takes two, the proposal that was made instead, on its page.
pub(crate) async fn held<T>(
    web: &Web,
    origin: &Origin,
    done: ops::Result<T>,
    act: impl FnOnce() -> Act,
) -> ops::Result<std::result::Result<T, actix_web::HttpResponse>> {
    match done {
        Ok(done) => Ok(Ok(done)),
        Err(OpError::Refused(Refusal::SecondPerson)) => {
            web.door.perform(origin.clone(), Propose { act: act() }).await?;
            Ok(Err(see_notice("/admin/proposals", Notice::Proposed)))
        }
        Err(err) => Err(err),
    }
}

/// Something to choose.
fn choice(value: &str, label: Cow<'static, str>) -> Choice {
    Choice { value: value.to_owned(), label: label.into_owned() }
}

/// A word of ours, as `console.ftl` says it.
fn is(word: &str) -> Cow<'static, str> {
    say(&format!("console-is-{}", word.replace('_', "-")))
}

/// Where a list goes on, with what is looked for.
fn pager(base: &str, asked: &[(&str, &str)], first: bool, older: Option<String>) -> Pager {
    let at = |before: Option<&str>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(asked.iter().filter(|(_, value)| !value.is_empty()));
        if let Some(before) = before {
            query.append_pair("before", before);
        }
        match query.finish() {
            words if words.is_empty() => base.to_owned(),
            words => format!("{base}?{words}"),
        }
    };
    Pager { newest: (!first).then(|| at(None)), older: older.map(|id| at(Some(&id))) }
}

/// A text as one part of a path.
fn part(text: &str) -> String {
    text.replace('%', "%25").replace('/', "%2F").replace('?', "%3F").replace('#', "%23")
}
