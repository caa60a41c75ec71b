//! What was received, and what became of it.

use actix_web::web;
use db::console::inbound::{self, ReceivedRow, Wanted};
use domain::{InboundId, Time, text};
use serde::Deserialize;
use words::say;

use super::{PAGE, choice, frame, is, pager, part, read, room};
use crate::{
    Web,
    answer::{Answer, page},
    error::PageError,
    paging,
    session::Signed,
    sight,
    views::{
        admin::list::{Fact, FilterField, ListPage, Mark, OnePage, Row},
        forms::FormErrors,
    },
    when,
};

/// How something ends, or that it has not yet.
const OUTCOMES: [&str; 5] = ["refused", "done", "ignored", "duplicate", "waiting"];

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/inbound").get(list))
        .service(web::resource("/admin/inbound/{id}").get(show));
}

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    host: String,
    actor: String,
    outcome: String,
    reason: String,
    before: String,
}

impl Asked {
    fn wanted(&self) -> Wanted {
        let line = |text: &str| text::line("q", text, 0, 2_000).unwrap_or_default();
        let outcome = OUTCOMES.iter().find(|word| **word == self.outcome);
        Wanted {
            host: line(&self.host),
            actor: line(&self.actor),
            outcome: outcome.map(|word| (*word).to_owned()).unwrap_or_default(),
            reason: line(&self.reason),
        }
    }
}

/// Lists what was received.
async fn list(web: web::Data<Web>, signed: Signed, asked: web::Query<Asked>) -> Answer {
    let asked = asked.into_inner();
    let (wanted, now) = (asked.wanted(), web.door.now());
    let before: Option<InboundId> = sight::cursor(Some(&asked.before))?;
    let (waits, mut rows) = read(&web, &signed, move |conn| {
        Ok(inbound::page(conn, &wanted, before, paging::ask(PAGE))?)
    })
    .await?;
    let older = paging::cut(&mut rows, PAGE, |row| row.id.to_string());
    let mut outcomes = vec![choice("", say("console-all"))];
    outcomes.extend(OUTCOMES.iter().map(|word| choice(word, is(word))));
    page(&ListPage {
        page: frame(&web, &signed),
        room: room("/admin/inbound", waits),
        title: say("console-nav-inbound"),
        lead: say("console-inbound-lead"),
        tabs: Vec::new(),
        filter: vec![
            FilterField::typed("host", say("console-host"), &asked.host),
            FilterField::typed("actor", say("console-actor"), &asked.actor),
            FilterField::chosen("outcome", say("console-outcome"), &asked.outcome, outcomes),
            FilterField::typed("reason", say("console-reason"), &asked.reason),
        ],
        rows: rows.iter().map(|row| short(row, now)).collect(),
        pager: pager(
            "/admin/inbound",
            &[
                ("host", &asked.host),
                ("actor", &asked.actor),
                ("outcome", &asked.outcome),
                ("reason", &asked.reason),
            ],
            asked.before.is_empty(),
            older,
        ),
    })
}

fn tone(outcome: &str) -> &'static str {
    match outcome {
        "done" => "good",
        "refused" => "bad",
        "waiting" => "poor",
        _ => "",
    }
}

fn short(row: &ReceivedRow, now: Time) -> Row {
    let outcome = row.outcome.as_deref().unwrap_or("waiting");
    let host = format!("/admin/servers/{}", part(&row.host));
    Row {
        title: format!("{} · {}", row.kind, row.host),
        url: Some(format!("/admin/inbound/{}", row.id)),
        marks: vec![Mark::new(is(outcome), tone(outcome))],
        facts: vec![
            Fact::text(say("console-actor"), row.actor.clone()),
            Fact::link(say("console-host"), row.host.clone(), host),
            Fact::time(say("console-received"), when::moment(row.received_at, now)),
        ],
        quote: row.reason.clone().unwrap_or_default(),
        deeds: Vec::new(),
    }
}

/// Shows one, whole.
async fn show(web: web::Data<Web>, signed: Signed, id: web::Path<String>) -> Answer {
    let (id, now): (InboundId, _) = (sight::id(&id)?, web.door.now());
    let (waits, (row, document)) =
        read(&web, &signed, move |conn| inbound::find(conn, id)?.ok_or(PageError::NotFound))
            .await?;
    let mut thing = short(&row, now);
    thing.url = None;
    thing.facts.push(Fact::text(say("console-id"), row.ap_id.clone()));
    thing.facts.push(Fact::text(say("console-attempts"), row.attempts.to_string()));
    let done = row.done_at.map(|at| Fact::time(say("console-done-at"), when::moment(at, now)));
    thing.facts.extend(done);
    page(&OnePage {
        page: frame(&web, &signed),
        room: room("/admin/inbound", waits),
        back: ("/admin/inbound".to_owned(), say("console-nav-inbound")),
        thing,
        document: pretty(&document),
        rule: None,
        errors: FormErrors::default(),
    })
}

/// The document with a line for each of its parts; what is no JSON stays as it is.
fn pretty(document: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(document).ok();
    let lines = value.and_then(|value| serde_json::to_string_pretty(&value).ok());
    lines.unwrap_or_else(|| document.to_owned())
}
