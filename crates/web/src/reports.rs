//! What is reported to moderators: by a form without scripts, and listed for stewards.

use std::borrow::Cow;

use actix_web::{http::StatusCode, web};
use db::{Conn, actors::ActorRow, reports::ReportRow};
use domain::{
    ListingId, Origin, PersonId, ReplyId, ReportId, Time, moderation::complaint, people::ActorKind,
};
use ops::reports::{Report, ResolveReport, Subject};
use serde::Deserialize;

use crate::{
    Result, Web, actors,
    answer::{Answer, page as shown, page_with, see_notice},
    error::PageError,
    forms::{Bare, Posted, told},
    paging,
    people::Cursor,
    session::Signed,
    sight,
    views::{
        forms::FormErrors,
        page::{Notice, Page, Pager},
        reports::{ReportPage, ReportView, ReportsPage},
    },
    when,
};

/// So many reports on a page.
const PAGE: usize = 30;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/report").get(form).post(report))
        .service(web::resource("/c/{handle}/reports").get(list))
        .service(web::resource("/c/{handle}/reports/{id}/resolve").post(resolve));
}

/// What to report, by its path here; and what was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    about: String,
    text: String,
    forward: String,
}

/// What is reported, and whose it is.
struct Facts {
    subject: Subject,
    author: ActorRow,
    what: Cow<'static, str>,
    /// Where one goes on when it is reported.
    back: String,
}

impl Facts {
    /// From the path of a page that the viewer can see.
    fn load(conn: &mut Conn, path: &str, person: PersonId) -> Result<Self> {
        let viewer = Some(person);
        if let Some(id) = path.strip_prefix("/replies/") {
            let row = sight::reply(conn, sight::id::<domain::Reply>(id)?, viewer)?;
            let back =
                row.listing_id.map_or_else(|| path.to_owned(), |id| format!("/listings/{id}"));
            return Self::of(
                conn,
                Subject::Reply(row.id),
                row.author_id,
                words::say("report-reply"),
                back,
            );
        }
        if let Some(id) = path.strip_prefix("/listings/") {
            let (row, _) = sight::listing(conn, sight::id::<domain::Listing>(id)?, viewer)?;
            let owner = row.collective_id.actor();
            let back = path.to_owned();
            return Self::of(
                conn,
                Subject::Listing(row.id),
                owner,
                words::say("report-listing"),
                back,
            );
        }
        let actor = named(conn, path)?;
        Self::of(
            conn,
            Subject::Actor(actor.id),
            actor.id,
            words::say("report-actor"),
            actors::path(&actor),
        )
    }

    fn of(
        conn: &mut Conn,
        subject: Subject,
        author: domain::ActorId,
        what: Cow<'static, str>,
        back: String,
    ) -> Result<Self> {
        let author = db::actors::find(conn, author)?.ok_or(PageError::NotFound)?;
        Ok(Self { subject, author, what, back })
    }
}

/// Somebody by the path of their page.
fn named(conn: &mut Conn, path: &str) -> Result<ActorRow> {
    if let Some(handle) = path.strip_prefix("/u/") {
        return sight::local(conn, handle, ActorKind::Person);
    }
    if let Some(handle) = path.strip_prefix("/c/") {
        return sight::collective(conn, handle);
    }
    let address = path.strip_prefix('/').unwrap_or_default();
    let (name, host) = domain::handle::address(address).map_err(|_| PageError::NotFound)?;
    let known = db::actors::find_by_handle(conn, &name, &host)?;
    known.into_iter().find(|row| row.deleted_at.is_none()).ok_or(PageError::NotFound)
}

/// Shows the form.
async fn form(web: web::Data<Web>, signed: Signed, asked: web::Query<Sent>) -> Answer {
    page(&web, &signed, asked.into_inner(), (StatusCode::OK, FormErrors::default())).await
}

async fn page(
    web: &Web,
    signed: &Signed,
    sent: Sent,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let (about, person) = (sent.about.clone(), signed.viewer.person);
    let facts = web.read(move |conn| Facts::load(conn, &about, person)).await?;
    let view = ReportPage {
        page: Page { noindex: true, ..signed.visit.frame(web) },
        about: sent.about,
        forwards: !facts.author.local,
        author: actors::view(&facts.author),
        what: facts.what,
        text: sent.text,
        errors,
    };
    page_with(status, &view)
}

/// Reports.
async fn report(web: web::Data<Web>, Posted(signed, sent): Posted<Sent>) -> Answer {
    let (about, person) = (sent.about.clone(), signed.viewer.person);
    let facts = web.read(move |conn| Facts::load(conn, &about, person)).await?;
    let (subject, back) = (facts.subject, facts.back);
    let forward = sent.forward == "yes";
    let done = match complaint(&sent.text) {
        Ok(text) => {
            web.door.perform(Origin::local(person), Report { subject, text, forward }).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match done {
        Ok(done) if forward && !done.forwarded => Ok(see_notice(&back, Notice::ReportedHere)),
        Ok(_) => Ok(see_notice(&back, Notice::Reported)),
        Err(err) => page(&web, &signed, sent, told(err)?).await,
    }
}

/// Shows stewards what was reported to them.
async fn list(
    web: web::Data<Web>,
    signed: Signed,
    handle: web::Path<String>,
    cursor: web::Query<Cursor>,
) -> Answer {
    let before: Option<ReportId> = sight::cursor(cursor.before.as_deref())?;
    let (person, now) = (signed.viewer.person, web.door.now());
    let found = web.read(move |conn| {
        let actor = sight::collective(conn, &handle)?;
        let id = actor.id.collective();
        sight::standing(conn, id, Some(person))?.governs()?;
        let mut rows = db::reports::page(conn, Some(id), true, before, paging::ask(PAGE))?;
        let older = paging::cut(&mut rows, PAGE, |row| row.id);
        let about = actors::find_all(conn, rows.iter().map(|row| row.actor_id).collect())?;
        let base = format!("{}/reports", actors::path(&actor));
        let views = rows
            .iter()
            .filter_map(|row| about.get(&row.actor_id).map(|about| view(row, about, &base, now)));
        let views: Vec<ReportView> = views.collect();
        Ok((actor, base, views, older))
    });
    let (actor, base, reports, older) = found.await?;
    let view = ReportsPage {
        page: Page { noindex: true, ..signed.visit.frame(&web) },
        collective: actors::view(&actor),
        reports,
        pager: Pager {
            newest: before.map(|_| base.clone()),
            older: older.map(|id| format!("{base}?before={id}")),
        },
    };
    shown(&view)
}

fn view(row: &ReportRow, about: &ActorRow, base: &str, now: Time) -> ReportView {
    let reply = |id: ReplyId| format!("/replies/{id}");
    let listing = |id: ListingId| format!("/listings/{id}");
    let (url, what) = match (row.reply_id, row.listing_id) {
        (Some(id), _) => (reply(id), words::say("console-report-reply")),
        (None, Some(id)) => (listing(id), words::say("console-report-listing")),
        (None, None) => (actors::path(about), words::say("console-report-actor")),
    };
    ReportView {
        about: actors::view(about),
        url,
        what,
        text: row.text.clone(),
        server: row.host.clone(),
        times: row.times,
        when: when::moment(row.updated_at, now),
        resolve: format!("{base}/{}/resolve", row.id),
        moderate: row.reply_id.map(|id| format!("/replies/{id}/moderate")),
    }
}

/// Ends a report.
async fn resolve(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (handle, report) = path.into_inner();
    let report: ReportId = sight::id(&report)?;
    let (name, person) = (handle.clone(), signed.viewer.person);
    let seen = web.read(move |conn| {
        let id = sight::collective(conn, &name)?.id.collective();
        let row = db::reports::find(conn, report)?.filter(|row| row.collective_id == Some(id));
        let governs = sight::standing(conn, id, Some(person))?.governs().is_ok();
        row.filter(|_| governs).map(drop).ok_or(PageError::NotFound)
    });
    seen.await?;
    web.door.perform(Origin::local(person), ResolveReport { report }).await?;
    Ok(see_notice(&format!("/c/{handle}/reports"), Notice::Saved))
}
