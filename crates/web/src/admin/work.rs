//! Jobs, and letters that were given up.

use actix_web::web;
use db::console::work::{self, LostRow, WorkRow};
use domain::{ActivityId, JobId, Time, text};
use ops::console::work::{DiscardJob, RetryJob, RetryLost};
use serde::Deserialize;
use words::say;

use super::{PAGE, frame, is, only, pager, part, read, room};
use crate::{
    Web,
    answer::{Answer, page, see_notice},
    error::PageError,
    forms::{Bare, Posted},
    paging,
    session::Signed,
    sight,
    views::{
        admin::list::{Deed, Fact, FilterField, ListPage, Mark, Row, Tab},
        page::Notice,
    },
    when,
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/jobs").get(jobs))
        .service(web::resource("/admin/jobs/{job}/{deed}").post(act))
        .service(web::resource("/admin/lost").get(lost))
        .service(web::resource("/admin/lost/{host}/retry").post(again));
}

/// Which jobs or letters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    state: String,
    host: String,
    before: String,
}

fn tabs(here: &str) -> Vec<Tab> {
    let tab = |url: &str, label| Tab { url: url.to_owned(), label, here: url == here };
    vec![
        tab("/admin/jobs", say("console-jobs-dead")),
        tab("/admin/jobs?state=waiting", say("console-jobs-waiting")),
        tab("/admin/lost", say("console-jobs-lost")),
    ]
}

/// Lists jobs.
async fn jobs(web: web::Data<Web>, signed: Signed, asked: web::Query<Asked>) -> Answer {
    let (dead, now) = (asked.state != "waiting", web.door.now());
    let before: Option<JobId> = sight::cursor(Some(&asked.before))?;
    let (waits, mut rows) =
        read(&web, &signed, move |conn| Ok(work::page(conn, dead, before, paging::ask(PAGE))?))
            .await?;
    let older = paging::cut(&mut rows, PAGE, |row| row.id.to_string());
    let (here, state) =
        if dead { ("/admin/jobs", "") } else { ("/admin/jobs?state=waiting", "waiting") };
    page(&ListPage {
        page: frame(&web, &signed),
        room: room("/admin/jobs", waits),
        title: say("console-nav-jobs"),
        lead: say("console-jobs-lead"),
        tabs: tabs(here),
        filter: Vec::new(),
        rows: rows.iter().map(|row| job(row, now)).collect(),
        pager: pager("/admin/jobs", &[("state", state)], asked.before.is_empty(), older),
    })
}

fn job(row: &WorkRow, now: Time) -> Row {
    let at = |deed: &str| format!("/admin/jobs/{}/{deed}", row.id);
    let deeds = vec![
        Deed::new(at("retry"), say("console-job-retry")),
        Deed::new(at("discard"), say("console-job-discard")).harming(),
    ];
    let mark =
        if row.dead { Mark::new(is("dead"), "bad") } else { Mark::new(is("waiting"), "poor") };
    Row {
        title: row.kind.clone(),
        url: None,
        marks: vec![mark],
        facts: vec![
            Fact::time(say("console-made"), when::moment(row.created_at, now)),
            Fact::time(say("console-next-try"), when::moment(row.due_at, now)),
            Fact::text(say("console-attempts"), row.attempts.to_string()),
        ],
        quote: row.error.clone().unwrap_or_default(),
        deeds: if row.dead { deeds } else { Vec::new() },
    }
}

/// Does a job again, or throws it away.
async fn act(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (job, deed) = path.into_inner();
    let job: JobId = sight::id(&job)?;
    let origin = only(&web, &signed).await?;
    match deed.as_str() {
        "retry" => web.door.perform(origin, RetryJob { job }).await?,
        "discard" => web.door.perform(origin, DiscardJob { job }).await?,
        _ => return Err(PageError::NotFound),
    }
    Ok(see_notice("/admin/jobs", Notice::Saved))
}

/// Lists letters that were given up.
async fn lost(web: web::Data<Web>, signed: Signed, asked: web::Query<Asked>) -> Answer {
    let host = text::line("host", &asked.host, 0, 300).unwrap_or_default();
    let now = web.door.now();
    let before: Option<ActivityId> = sight::cursor(Some(&asked.before))?;
    let wanted = host.clone();
    let (waits, mut rows) =
        read(&web, &signed, move |conn| Ok(work::lost(conn, &wanted, before, paging::ask(PAGE))?))
            .await?;
    let older = paging::cut(&mut rows, PAGE, |row| row.activity.to_string());
    let mut rows: Vec<Row> = rows.iter().map(|row| letter(row, now)).collect();
    if let Some(first) = rows.first_mut().filter(|_| !host.is_empty()) {
        let retry = format!("/admin/lost/{}/retry", part(&host));
        first.deeds.push(Deed::new(retry, say("console-lost-retry-all")));
        let action = format!("/admin/servers/{}/forget", part(&host));
        first.deeds.push(Deed::new(action, say("console-forget")).harming());
    }
    page(&ListPage {
        page: frame(&web, &signed),
        room: room("/admin/jobs", waits),
        title: say("console-jobs-lost"),
        lead: say("console-lost-lead"),
        tabs: tabs("/admin/lost"),
        filter: vec![FilterField::typed("host", say("console-host"), &asked.host)],
        rows,
        pager: pager("/admin/lost", &[("host", &host)], asked.before.is_empty(), older),
    })
}

/// Which letter; all where none is named.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Which {
    letter: String,
}

/// Tries letters to a server again.
async fn again(
    web: web::Data<Web>,
    host: web::Path<String>,
    Posted(signed, which): Posted<Which>,
) -> Answer {
    let origin = only(&web, &signed).await?;
    let letter: Option<ActivityId> = sight::cursor(Some(&which.letter))?;
    let operation = RetryLost { host: host.into_inner(), letter };
    let revived = web.door.perform(origin, operation).await?;
    let notice = if revived == 0 { Notice::LostStays } else { Notice::LostRetried };
    Ok(see_notice("/admin/lost", notice))
}

fn letter(row: &LostRow, now: Time) -> Row {
    Row {
        title: format!("{} → {}", row.kind, row.host),
        url: Some(format!("/admin/servers/{}", part(&row.host))),
        marks: Vec::new(),
        facts: vec![
            Fact::text(say("console-inbox"), row.inbox.clone()),
            Fact::time(say("console-made"), when::moment(row.created_at, now)),
            Fact::text(say("console-attempts"), row.attempts.to_string()),
        ],
        quote: row.reason.clone().unwrap_or_default(),
        deeds: vec![
            Deed::new(format!("/admin/lost/{}/retry", part(&row.host)), say("console-job-retry"))
                .with("letter", &row.activity.to_string()),
        ],
    }
}
