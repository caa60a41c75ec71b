//! Servers we have met: how they are, what waits for them, and what is done about them.

use actix_web::{HttpRequest, http::StatusCode, web};
use db::{
    console::servers::{self, Filter, ServerRow},
    domains::RuleRow,
};
use domain::{
    Time,
    domains::{Domain, Rule, Severity, State},
    text,
};
use ops::{
    console::work::DiscardLost,
    deliveries::{DropDeliveries, PauseDeliveries, ResumeDeliveries, RetryDeliveries},
    domains::{RemoveDomainRule, SetDomainRule},
    proposals::Act,
};
use serde::Deserialize;
use words::{number, say};

use super::{PAGE, choice, frame, held, is, only, pager, part, read, room};
use crate::{
    Web,
    answer::{Answer, page, page_with, see_notice},
    error::PageError,
    forms::{Posted, told},
    paging,
    session::Signed,
    views::{
        admin::list::{Deed, Fact, FilterField, ListPage, Mark, OnePage, Row, RuleView},
        forms::FormErrors,
        page::Notice,
    },
    when,
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/servers").get(list))
        .service(web::resource("/admin/servers/{host}").get(show))
        .service(web::resource("/admin/servers/{host}/rule").post(rule))
        .service(web::resource("/admin/servers/{host}/{deed}").post(act));
}

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    state: String,
    before: String,
}

/// How a server stands or does.
const STATES: [&str; 5] = ["failing", "paused", "open", "limited", "suspended"];

fn filter(word: &str) -> Filter {
    match word {
        "failing" => Filter::Failing,
        "paused" => Filter::Paused,
        word => State::parse(word).map_or(Filter::All, Filter::Standing),
    }
}

/// Lists the servers we have met.
async fn list(web: web::Data<Web>, signed: Signed, asked: web::Query<Asked>) -> Answer {
    let asked = asked.into_inner();
    let words = text::line("q", &asked.q, 0, 200).unwrap_or_default();
    let (state, cursor) = (filter(&asked.state), clean(&asked.before));
    let (waits, (mut rows, now)) = {
        let now = web.door.now();
        let found = read(&web, &signed, move |conn| {
            Ok((servers::page(conn, &words, state, &cursor, paging::ask(PAGE))?, now))
        });
        found.await?
    };
    let older = paging::cut(&mut rows, PAGE, |row| row.instance.host.clone());
    let mut states = vec![choice("", say("console-all"))];
    states.extend(STATES.iter().map(|word| choice(word, is(word))));
    page(&ListPage {
        page: frame(&web, &signed),
        room: room("/admin/servers", waits),
        title: say("console-nav-servers"),
        lead: say("console-servers-lead"),
        tabs: Vec::new(),
        filter: vec![
            FilterField::typed("q", say("console-servers-q"), &asked.q),
            FilterField::chosen("state", say("console-state"), &asked.state, states),
        ],
        rows: rows.iter().map(|row| short(row, now)).collect(),
        pager: pager(
            "/admin/servers",
            &[("q", &asked.q), ("state", &asked.state)],
            asked.before.is_empty(),
            older,
        ),
    })
}

/// A name as a database takes it.
fn clean(name: &str) -> String {
    name.chars().filter(char::is_ascii_graphic).take(300).collect()
}

fn marks(row: &ServerRow) -> Vec<Mark> {
    let it = &row.instance;
    let mut marks = Vec::new();
    match it.state {
        State::Open => {}
        State::Limited => marks.push(Mark::new(is("limited"), "poor")),
        State::Suspended => marks.push(Mark::new(is("suspended"), "bad")),
    }
    if row.paused_at.is_some() {
        marks.push(Mark::new(is("paused"), "poor"));
    } else if 0 < it.failures {
        marks.push(Mark::new(is("failing"), "bad"));
    }
    marks
}

fn software(row: &ServerRow) -> Option<String> {
    let name = row.instance.software.clone()?;
    Some(format!("{name} {}", row.instance.version.clone().unwrap_or_default()))
}

fn short(row: &ServerRow, now: Time) -> Row {
    let it = &row.instance;
    let mut facts = Vec::new();
    facts.extend(software(row).map(|text| Fact::text(say("console-software"), text)));
    let success = it.last_success_at.map(|at| when::moment(at, now));
    facts.extend(success.map(|at| Fact::time(say("console-last-success"), at)));
    let failure = it.last_failure_at.map(|at| when::moment(at, now));
    facts.extend(failure.map(|at| Fact::time(say("console-last-failure"), at)));
    Row {
        title: it.host.clone(),
        url: Some(format!("/admin/servers/{}", part(&it.host))),
        marks: marks(row),
        facts,
        ..Row::default()
    }
}

/// What is known of one.
struct Facts {
    row: ServerRow,
    queue: (i64, i64),
    known: (i64, i64, i64),
    rule: Option<RuleRow>,
}

/// Shows one.
async fn show(web: web::Data<Web>, signed: Signed, host: web::Path<String>) -> Answer {
    one(&web, &signed, &host, None, (StatusCode::OK, FormErrors::default())).await
}

async fn one(
    web: &Web,
    signed: &Signed,
    host: &str,
    typed: Option<Typed>,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let (host, now) = (clean(host), web.door.now());
    let (waits, found) = read(web, signed, move |conn| {
        let row = servers::find(conn, &host)?.ok_or(PageError::NotFound)?;
        Ok(Facts {
            queue: servers::queue(conn, &host)?,
            known: servers::known(conn, &host)?,
            rule: db::domains::rule_of(conn, &host)?,
            row,
        })
    })
    .await?;
    let view = OnePage {
        page: frame(web, signed),
        room: room("/admin/servers", waits),
        back: ("/admin/servers".to_owned(), say("console-nav-servers")),
        thing: whole(&found, now),
        document: String::new(),
        rule: rule_view(&found, typed),
        errors,
    };
    page_with(status, &view)
}

fn whole(found: &Facts, now: Time) -> Row {
    let (row, it) = (&found.row, &found.row.instance);
    let moment = |at: Time| when::moment(at, now);
    let mut facts = Vec::new();
    facts.extend(software(row).map(|text| Fact::text(say("console-software"), text)));
    facts.push(Fact::text(say("console-dialect"), is(it.dialect.word())));
    facts.push(Fact::time(say("console-first-seen"), moment(row.first_seen_at)));
    for (label, at) in [
        (say("console-last-success"), it.last_success_at),
        (say("console-last-failure"), it.last_failure_at),
        (say("console-next-try"), row.next_try),
        (say("console-paused-since"), row.paused_at),
    ] {
        facts.extend(at.map(|at| Fact::time(label, moment(at))));
    }
    let (waiting, dead) = found.queue;
    let (actors, followers, followed) = found.known;
    let host = &it.host;
    for (label, value) in [
        (say("console-delivered"), row.delivered),
        (say("console-failed"), row.failed),
        (say("console-queue"), waiting),
        (say("console-actors"), actors),
        (say("console-followers"), followers),
        (say("console-followed"), followed),
    ] {
        facts.push(Fact::text(label, number(value)));
    }
    let lost = format!("/admin/lost?host={}", crate::frame::encoded(host));
    facts.push(Fact::link(say("console-given-up"), number(dead), lost));
    let inbound = format!("/admin/inbound?host={}", crate::frame::encoded(host));
    facts.push(Fact::link(say("console-nav-inbound"), say("console-look"), inbound));
    let at = |deed: &str| format!("/admin/servers/{}/{deed}", part(host));
    let mut deeds = vec![Deed::new(at("retry"), say("console-retry"))];
    deeds.push(if row.paused_at.is_some() {
        Deed::new(at("resume"), say("console-resume"))
    } else {
        Deed::new(at("pause"), say("console-pause"))
    });
    if 0 < waiting + dead {
        deeds.push(Deed::new(at("drop"), say("console-drop")).harming());
    }
    Row {
        title: host.clone(),
        url: None,
        marks: marks(row),
        facts,
        quote: it.last_failure.clone().unwrap_or_default(),
        deeds,
    }
}

/// The rule that can be made about a server; about one whose name can bear none there is none.
fn rule_view(found: &Facts, typed: Option<Typed>) -> Option<RuleView> {
    let host = &found.row.instance.host;
    let domain = Domain::parse(host).ok()?;
    let own = found.rule.as_ref().filter(|row| row.domain == domain);
    let inherited = found.rule.as_ref().filter(|row| row.domain != domain);
    let mut severities = vec![choice("", say("console-rule-none"))];
    severities.extend(Severity::ALL.iter().map(|it| choice(it.word(), is(it.word()))));
    let typed = typed.unwrap_or_else(|| Typed {
        severity: own.map(|row| row.severity.word().to_owned()).unwrap_or_default(),
        reject_media: own.map(|row| mark(row.reject_media)).unwrap_or_default(),
        reject_reports: own.map(|row| mark(row.reject_reports)).unwrap_or_default(),
        public_comment: own.map(|row| row.public_comment.clone()).unwrap_or_default(),
        private_comment: own.map(|row| row.private_comment.clone()).unwrap_or_default(),
    });
    Some(RuleView {
        domain: domain.as_str().to_owned(),
        action: format!("/admin/servers/{}/rule", part(host)),
        inherited: inherited.map(|row| row.domain.as_str().to_owned()),
        severity: typed.severity,
        severities,
        reject_media: typed.reject_media == "yes",
        reject_reports: typed.reject_reports == "yes",
        public_comment: typed.public_comment,
        private_comment: typed.private_comment,
    })
}

fn mark(yes: bool) -> String {
    if yes { "yes".to_owned() } else { String::new() }
}

/// A form with nothing in it but its button.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Nothing {}

/// Does something about what waits for a server.
async fn act(
    web: web::Data<Web>,
    request: HttpRequest,
    Posted(signed, _): Posted<Nothing>,
) -> Answer {
    let part_of = |name| request.match_info().get(name).unwrap_or_default().to_owned();
    let (host, deed) = (part_of("host"), part_of("deed"));
    let origin = only(&web, &signed).await?;
    let back = format!("/admin/servers/{}", part(&host));
    match deed.as_str() {
        "retry" => drop(web.door.perform(origin, RetryDeliveries { host }).await?),
        "pause" => web.door.perform(origin, PauseDeliveries { host }).await?,
        "resume" => web.door.perform(origin, ResumeDeliveries { host }).await?,
        "drop" => drop(web.door.perform(origin, DropDeliveries { host }).await?),
        "forget" => drop(web.door.perform(origin, DiscardLost { host }).await?),
        _ => return Err(PageError::NotFound),
    }
    Ok(see_notice(&back, Notice::Saved))
}

/// A rule, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    severity: String,
    reject_media: String,
    reject_reports: String,
    public_comment: String,
    private_comment: String,
}

impl Typed {
    fn rule(&self) -> std::result::Result<Rule, domain::Invalid> {
        let rule = Rule {
            reject_media: self.reject_media == "yes",
            reject_reports: self.reject_reports == "yes",
            ..Rule::of(Severity::parse(&self.severity)?)
        };
        rule.commented(&self.public_comment, &self.private_comment)
    }
}

/// Makes a rule about a server, or takes it away.
async fn rule(
    web: web::Data<Web>,
    host: web::Path<String>,
    Posted(signed, typed): Posted<Typed>,
) -> Answer {
    let origin = only(&web, &signed).await?;
    let domain = Domain::parse(&host).map_err(|_| PageError::NotFound)?;
    let back = format!("/admin/servers/{}", part(&host));
    if typed.severity.is_empty() {
        let done = web.door.perform(origin, RemoveDomainRule { domain }).await;
        return match done {
            Ok(()) | Err(ops::OpError::NotFound(_)) => Ok(see_notice(&back, Notice::Saved)),
            Err(err) => Err(err.into()),
        };
    }
    let done = match typed.rule() {
        Ok(rule) => {
            let act = Act::suspend_domain(&domain, &rule);
            let set = web.door.perform(origin.clone(), SetDomainRule { domain, rule }).await;
            held(&web, &origin, set, || act).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match done {
        Ok(Ok(_)) => Ok(see_notice(&back, Notice::Saved)),
        Ok(Err(waits)) => Ok(waits),
        Err(err) => one(&web, &signed, &host, Some(typed), told(err)?).await,
    }
}
