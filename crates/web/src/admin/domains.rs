//! Rules about servers, all at once: read in, looked at first, and written out.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use db::domains::RuleRow;
use domain::{Invalid, domains::Severity};
use ops::{
    domains::{ImportDomainRules, Plan, plan, read as read_list, write},
    proposals::Act,
};
use serde::Deserialize;
use words::say;

use super::{choice, frame, held, is, only, part, read, room};
use crate::{
    Web,
    answer::{Answer, page_with},
    error::about_field,
    forms::{Posted, told},
    session::Signed,
    uploads::Upload,
    views::{
        admin::{
            forms::{DomainsPage, PlanView},
            list::{Fact, Mark, Row},
        },
        forms::FormErrors,
    },
};

/// Longer than any list that is passed around, as a form encodes it.
const LONGEST_LIST: usize = 12 * 1024 * 1024;
/// The longest list that comes as a file.
const LONGEST_FILE: usize = 4 * 1024 * 1024;
/// So many rules and refused lines are shown; the rest is counted.
const SHOWN: usize = 200;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/domains.csv").get(export)).service(
        web::resource("/admin/domains")
            .app_data(web::PayloadConfig::new(LONGEST_LIST))
            .get(show)
            .post(import),
    );
    cfg.service(web::resource("/admin/domains/file").post(file));
}

/// A list, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    text: String,
    severity: String,
    /// `yes`: do it; else only say what it would do.
    apply: String,
}

/// Shows the rules, and the form that reads a list.
async fn show(web: web::Data<Web>, signed: Signed) -> Answer {
    form(&web, &signed, Typed::default(), None, (StatusCode::OK, FormErrors::default())).await
}

async fn form(
    web: &Web,
    signed: &Signed,
    typed: Typed,
    plan: Option<PlanView>,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let (waits, rules) = read(web, signed, |conn| Ok(db::domains::all(conn)?)).await?;
    let severities = [Severity::Suspend, Severity::Limit, Severity::Noop, Severity::Allow];
    let usual = Severity::Suspend.word();
    let view = DomainsPage {
        page: frame(web, signed),
        room: room("/admin/domains", waits),
        number: rules.len(),
        rules: rules.iter().take(SHOWN).map(row).collect(),
        list: typed.text,
        severity: if typed.severity.is_empty() { usual.to_owned() } else { typed.severity },
        severities: severities.iter().map(|it| choice(it.word(), is(it.word()))).collect(),
        plan,
        errors,
    };
    page_with(status, &view)
}

fn row(rule: &RuleRow) -> Row {
    let tone = match rule.severity {
        Severity::Suspend => "bad",
        Severity::Limit => "poor",
        Severity::Noop | Severity::Allow => "good",
    };
    let mut facts = Vec::new();
    for (label, text) in [
        (say("console-rule-public"), &rule.public_comment),
        (say("console-rule-private"), &rule.private_comment),
    ] {
        if !text.is_empty() {
            facts.push(Fact::text(label, text));
        }
    }
    Row {
        title: rule.domain.as_str().to_owned(),
        url: Some(format!("/admin/servers/{}", part(rule.domain.as_str()))),
        marks: vec![Mark::new(is(rule.severity.word()), tone)],
        facts,
        ..Row::default()
    }
}

fn view(done: Plan, applied: bool) -> PlanView {
    let refused_lines = done.refused.len();
    let refused = done.refused.into_iter().take(SHOWN);
    PlanView {
        applied,
        new: done.new.len(),
        changed: done.changed.len(),
        unchanged: done.unchanged,
        severed: done.severed.len(),
        refused: refused.map(|it| (it.line, it.text, why(&it.reason))).collect(),
        refused_lines,
    }
}

/// Why a line is no rule, in the language of whoever reads it.
fn why(reason: &str) -> String {
    match reason.strip_prefix("domain ") {
        Some(problem) => about_field(&Invalid::new("domain", problem.to_owned())),
        None => reason.to_owned(),
    }
}

/// Says what a list in a file would do.
async fn file(
    web: web::Data<Web>,
    signed: Signed,
    request: HttpRequest,
    payload: web::Payload,
) -> Answer {
    only(&web, &signed).await?;
    let sent = Upload::read(&request, payload, &signed, LONGEST_FILE).await?;
    let severity = sent.field("severity").to_owned();
    let problem = if sent.too_large {
        Some("must have at most 4 MiB")
    } else if sent.file.is_empty() {
        Some("is not chosen yet")
    } else {
        None
    };
    let text = String::from_utf8(sent.file).ok().filter(|text| !text.contains('\0'));
    let problem = problem.or_else(|| text.is_none().then_some("must be a list as text"));
    let typed = Typed { severity, text: text.unwrap_or_default(), apply: String::new() };
    if let Some(problem) = problem {
        let wrong = told(Invalid::new("list", problem).into())?;
        return form(&web, &signed, Typed { text: String::new(), ..typed }, None, wrong).await;
    }
    look(&web, &signed, typed).await
}

/// Says what a list would do.
async fn look(web: &Web, signed: &Signed, typed: Typed) -> Answer {
    let usual = match Severity::parse(&typed.severity) {
        Ok(severity) => severity,
        Err(invalid) => return form(web, signed, typed, None, told(invalid.into())?).await,
    };
    let lines = read_list(&typed.text, usual);
    let (host, now) = (web.door.site().host().to_owned(), web.door.now());
    let found = web.read(move |conn| Ok(plan(conn, &host, &lines, None, now)?)).await?;
    let fine = (StatusCode::OK, FormErrors::default());
    form(web, signed, typed, Some(view(found, false)), fine).await
}

/// Says what a list would do, and does it when it is sent once more.
async fn import(web: web::Data<Web>, Posted(signed, typed): Posted<Typed>) -> Answer {
    let origin = only(&web, &signed).await?;
    if typed.apply != "yes" {
        return look(&web, &signed, typed).await;
    }
    let usual = match Severity::parse(&typed.severity) {
        Ok(severity) => severity,
        Err(invalid) => return form(&web, &signed, typed, None, told(invalid.into())?).await,
    };
    let lines = read_list(&typed.text, usual);
    let fine = (StatusCode::OK, FormErrors::default());
    let done = web.door.perform(origin.clone(), ImportDomainRules { lines }).await;
    let (list, severity) = (typed.text.clone(), usual.word().to_owned());
    match held(&web, &origin, done, || Act::ImportDomains { list, severity }).await {
        Ok(Ok(done)) => form(&web, &signed, Typed::default(), Some(view(done, true)), fine).await,
        Ok(Err(waits)) => Ok(waits),
        Err(err) => form(&web, &signed, typed, None, told(err)?).await,
    }
}

/// The rules as other servers read them, without private comments.
async fn export(web: web::Data<Web>, signed: Signed) -> Answer {
    let (_, rows) = read(&web, &signed, |conn| Ok(db::domains::all(conn)?)).await?;
    let named = (header::CONTENT_DISPOSITION, "attachment; filename=\"domains.csv\"");
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(named)
        .body(write(&rows)))
}
