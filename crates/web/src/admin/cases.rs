//! Reports, the cases that are made of them, and what is decided.

use std::borrow::Cow;

use actix_web::{http::StatusCode, web};
use db::{
    Conn,
    actors::ActorRow,
    cases::{AppealRow, CaseRow, DecisionRow},
    reports::ReportRow,
};
use domain::{
    ActorId, CaseId, DecisionId, ReportId, Time,
    cases::{CaseState, DecisionKind},
};
use ops::{
    cases::{AnswerAppeal, DecideCase, FollowUp, OpenCase},
    reports::ResolveReport,
};
use serde::Deserialize;
use words::{number, say};

use super::{PAGE, choice, frame, is, only, pager, read, room};
use crate::{
    Result, Web, actors,
    answer::{Answer, page, page_with, see, see_notice},
    error::PageError,
    forms::{Bare, Posted, told},
    paging,
    session::Signed,
    sight,
    views::{
        admin::{
            forms::{AppealView, CasePage, DecisionInput, DecisionView},
            list::{Deed, Fact, ListPage, Mark, Row, Tab},
        },
        forms::FormErrors,
        page::Notice,
    },
    when,
};

/// So many reports of a case, and of those that wait for something, are shown.
const MOST: i64 = 200;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/cases").get(list))
        .service(web::resource("/admin/cases/{case}").get(show))
        .service(web::resource("/admin/cases/{case}/decide").post(decide))
        .service(web::resource("/admin/reports/{report}/{deed}").post(report))
        .service(web::resource("/admin/decisions/{decision}/follow-up").post(follow_up))
        .service(web::resource("/admin/decisions/{decision}/answer").post(answer));
}

/// Which list: reports in no case where none of the others is named.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    show: String,
    before: String,
}

/// Lists what waits for somebody, and what was decided.
async fn list(web: web::Data<Web>, signed: Signed, asked: web::Query<Asked>) -> Answer {
    let asked = asked.into_inner();
    let (now, wanted) = (web.door.now(), asked.clone());
    let (waits, (rows, older)) = read(&web, &signed, move |conn| rows(conn, &wanted, now)).await?;
    let tab = |show: &str, label, waiting: i64| Tab {
        url: if show.is_empty() {
            "/admin/cases".to_owned()
        } else {
            format!("/admin/cases?show={show}")
        },
        label: counted(label, waiting),
        here: asked.show == show,
    };
    page(&ListPage {
        page: frame(&web, &signed),
        room: room("/admin/cases", waits),
        title: say("console-nav-cases"),
        lead: say("console-cases-lead"),
        tabs: vec![
            tab("", say("console-cases-reports"), waits.reports),
            tab("open", say("console-cases-open"), waits.cases),
            tab("appeals", say("console-cases-appeals"), waits.appeals),
            tab("due", say("console-cases-due"), 0),
            tab("decided", say("console-cases-decided"), 0),
        ],
        filter: Vec::new(),
        rows,
        pager: pager("/admin/cases", &[("show", &asked.show)], asked.before.is_empty(), older),
    })
}

fn counted(label: Cow<'static, str>, waiting: i64) -> Cow<'static, str> {
    if waiting == 0 { label } else { format!("{label} ({})", number(waiting)).into() }
}

fn rows(conn: &mut Conn, asked: &Asked, now: Time) -> Result<(Vec<Row>, Option<String>)> {
    match asked.show.as_str() {
        "" => {
            let before: Option<ReportId> = sight::cursor(Some(&asked.before))?;
            let mut rows = db::cases::loose(conn, before, paging::ask(PAGE))?;
            let older = paging::cut(&mut rows, PAGE, |row| row.id.to_string());
            Ok((reports(conn, &rows, true, now)?, older))
        }
        "open" | "decided" => {
            let before: Option<CaseId> = sight::cursor(Some(&asked.before))?;
            let state = if asked.show == "open" { CaseState::Open } else { CaseState::Decided };
            let mut rows = db::cases::page(conn, state, before, paging::ask(PAGE))?;
            let older = paging::cut(&mut rows, PAGE, |row| row.id.to_string());
            let known = actors::find_all(conn, rows.iter().map(|row| row.actor_id).collect())?;
            let rows = rows.iter().filter_map(|row| {
                let about = known.get(&row.actor_id)?;
                Some(case(row, about, now))
            });
            Ok((rows.collect(), older))
        }
        "appeals" => {
            let appeals = db::cases::open_appeals(conn, MOST)?;
            let ids = appeals.iter().map(|row| row.decision_id);
            let found = ids.map(|id| Ok(db::cases::decision(conn, id)?));
            let found = found.collect::<Result<Vec<_>>>()?;
            Ok((decisions(conn, found.into_iter().flatten().collect(), now)?, None))
        }
        "due" => {
            let rows = db::cases::to_follow_up(conn, MOST)?;
            Ok((decisions(conn, rows, now)?, None))
        }
        _ => Err(PageError::NotFound),
    }
}

/// Reports, with what can be done where they are in no case.
fn reports(conn: &mut Conn, rows: &[ReportRow], loose: bool, now: Time) -> Result<Vec<Row>> {
    let known = actors::find_all(conn, rows.iter().map(|row| row.actor_id).collect())?;
    let view = |row: &ReportRow| {
        let about = known.get(&row.actor_id)?;
        let url = match (row.reply_id, row.listing_id) {
            (Some(id), _) => format!("/replies/{id}"),
            (None, Some(id)) => format!("/listings/{id}"),
            (None, None) => actors::path(about),
        };
        let what = match (row.reply_id, row.listing_id) {
            (Some(_), _) => say("console-report-reply"),
            (None, Some(_)) => say("console-report-listing"),
            (None, None) => say("console-report-actor"),
        };
        let at = |deed: &str| format!("/admin/reports/{}/{deed}", row.id);
        let deeds = vec![
            Deed::new(at("case"), say("console-report-case")),
            Deed::new(at("resolve"), say("console-report-resolve")),
        ];
        Some(Row {
            title: format!("{} ({})", about.display_name(), about.address()),
            url: Some(actors::path(about)),
            marks: Vec::new(),
            facts: vec![
                Fact::link(say("console-report-about"), what, url),
                Fact::text(say("console-report-from"), row.host.clone()),
                Fact::text(say("console-report-times"), number(row.times.into())),
                Fact::time(say("console-report-last"), when::moment(row.updated_at, now)),
            ],
            quote: row.text.clone(),
            deeds: if loose { deeds } else { Vec::new() },
        })
    };
    Ok(rows.iter().filter_map(view).collect())
}

fn case(row: &CaseRow, about: &ActorRow, now: Time) -> Row {
    let tone = if row.state == CaseState::Open { "poor" } else { "good" };
    Row {
        title: format!("{} ({})", about.display_name(), about.address()),
        url: Some(format!("/admin/cases/{}", row.id)),
        marks: vec![Mark::new(is(row.state.word()), tone)],
        facts: vec![
            Fact::time(say("console-case-opened"), when::moment(row.opened_at, now)),
            Fact::time(say("console-case-updated"), when::moment(row.updated_at, now)),
        ],
        ..Row::default()
    }
}

/// Decisions that somebody has to look at, by the case they belong to.
fn decisions(conn: &mut Conn, rows: Vec<DecisionRow>, now: Time) -> Result<Vec<Row>> {
    let mut views = Vec::new();
    for row in rows {
        let Some(found) = db::cases::find(conn, row.case_id)? else { continue };
        let Some(about) = db::actors::find(conn, found.actor_id)? else { continue };
        let mut facts =
            vec![Fact::time(say("console-decided-at"), when::moment(row.decided_at, now))];
        facts.extend(
            row.follow_up_at.map(|at| Fact::time(say("console-follow-up"), when::day(at, now))),
        );
        let appeal = db::cases::appeal_to(conn, row.id)?;
        let late = row.follow_up_at.is_some_and(|at| at < now) && row.followed_up_at.is_none();
        let mut marks = vec![Mark::new(is(row.kind.word()), "")];
        if late {
            marks.push(Mark::new(is("late"), "bad"));
        }
        views.push(Row {
            title: format!("{} ({})", about.display_name(), about.address()),
            url: Some(format!("/admin/cases/{}", row.case_id)),
            marks,
            facts,
            quote: appeal.map_or(row.text, |appeal| appeal.text),
            deeds: Vec::new(),
        });
    }
    Ok(views)
}

/// What belongs to a case.
struct Facts {
    case: CaseRow,
    about: ActorRow,
    reports: Vec<Row>,
    decisions: Vec<(DecisionRow, Option<AppealRow>)>,
    earlier: i64,
    others: bool,
}

impl Facts {
    fn load(conn: &mut Conn, id: CaseId, now: Time) -> Result<Self> {
        let case = db::cases::find(conn, id)?.ok_or(PageError::NotFound)?;
        let about = db::actors::find(conn, case.actor_id)?.ok_or(PageError::NotFound)?;
        let rows = db::cases::reports(conn, id, MOST)?;
        let earlier = db::cases::about(conn, case.actor_id, MOST)?;
        let mut decisions = Vec::new();
        for row in db::cases::decisions(conn, id)? {
            let appeal = db::cases::appeal_to(conn, row.id)?;
            decisions.push((row, appeal));
        }
        Ok(Self {
            reports: reports(conn, &rows, false, now)?,
            earlier: i64::try_from(earlier.len().saturating_sub(1)).unwrap_or_default(),
            others: 1 < db::accounts::count_admins(conn)?,
            case,
            about,
            decisions,
        })
    }
}

/// Shows a case.
async fn show(web: web::Data<Web>, signed: Signed, id: web::Path<String>) -> Answer {
    let fine = (StatusCode::OK, FormErrors::default());
    one(&web, &signed, sight::id(&id)?, DecisionInput::default(), fine).await
}

async fn one(
    web: &Web,
    signed: &Signed,
    id: CaseId,
    input: DecisionInput,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let (now, me) = (web.door.now(), signed.viewer.person.actor());
    let (waits, found) = read(web, signed, move |conn| Facts::load(conn, id, now)).await?;
    let is_open = found.case.state == CaseState::Open && found.about.id != me;
    let view = CasePage {
        page: frame(web, signed),
        room: room("/admin/cases", waits),
        about: actors::view(&found.about),
        facts: vec![
            Fact::text(say("console-state"), is(found.case.state.word())),
            Fact::time(say("console-case-opened"), when::moment(found.case.opened_at, now)),
            Fact::text(say("console-case-earlier"), number(found.earlier)),
        ],
        reports: found.reports,
        decisions: found
            .decisions
            .iter()
            .map(|(row, appeal)| decision(row, appeal.as_ref(), me, found.others, now))
            .collect(),
        action: is_open.then(|| format!("/admin/cases/{id}/decide")),
        kinds: DecisionKind::ALL.iter().map(|kind| choice(kind.word(), is(kind.word()))).collect(),
        input,
        errors,
    };
    page_with(status, &view)
}

/// What was decided, for those who decide.
fn decision(
    row: &DecisionRow,
    appeal: Option<&AppealRow>,
    me: ActorId,
    others: bool,
    now: Time,
) -> DecisionView {
    let mut facts = vec![Fact::time(say("console-decided-at"), when::moment(row.decided_at, now))];
    for (label, at) in [
        (say("console-follow-up"), row.follow_up_at),
        (say("console-followed-up"), row.followed_up_at),
    ] {
        facts.extend(at.map(|at| Fact::time(label, when::day(at, now))));
    }
    let mine = row.decided_by == Some(me) && others;
    let due = row.follow_up_at.is_some() && row.followed_up_at.is_none();
    DecisionView {
        label: is(row.kind.word()),
        text: row.text.clone(),
        facts,
        follow_up: due.then(|| format!("/admin/decisions/{}/follow-up", row.id)),
        appeal: appeal.map(|appeal| appeal_view(row.id, appeal, !mine, now)),
    }
}

/// What was said to it; `answers`: may the viewer answer?
pub(super) fn appeal_view(id: DecisionId, row: &AppealRow, answers: bool, now: Time) -> AppealView {
    let is_open = row.answered_at.is_none() && answers;
    AppealView {
        text: row.text.clone(),
        made: when::moment(row.made_at, now),
        answer: row.answer.clone(),
        outcome: row.upheld.map(|upheld| is(if upheld { "upheld" } else { "lifted" })),
        action: is_open.then(|| format!("/admin/decisions/{id}/answer")),
    }
}

/// What was typed into a decision.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    kind: String,
    text: String,
    follow_up: String,
}

/// Decides a case.
async fn decide(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, typed): Posted<Typed>,
) -> Answer {
    let origin = only(&web, &signed).await?;
    let case: CaseId = sight::id(&id)?;
    let operation = || -> ops::Result<DecideCase> {
        Ok(DecideCase {
            case,
            kind: DecisionKind::parse(&typed.kind)?,
            text: typed.text.clone(),
            follow_up_at: when::last_of("follow_up_at", &typed.follow_up)?,
        })
    };
    let done = match operation() {
        Ok(operation) => web.door.perform(origin, operation).await,
        Err(err) => Err(err),
    };
    match done {
        Ok(_) => Ok(see_notice(&format!("/admin/cases/{case}"), Notice::Saved)),
        Err(err) => {
            let Typed { kind, text, follow_up } = typed;
            one(&web, &signed, case, DecisionInput { kind, text, follow_up }, told(err)?).await
        }
    }
}

/// Makes a case of a report, or says that it is dealt with.
async fn report(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (report, deed) = path.into_inner();
    let report: ReportId = sight::id(&report)?;
    let origin = only(&web, &signed).await?;
    match deed.as_str() {
        "case" => {
            let case = web.door.perform(origin, OpenCase { report }).await?;
            Ok(see(&format!("/admin/cases/{case}")))
        }
        "resolve" => {
            web.door.perform(origin, ResolveReport { report }).await?;
            Ok(see_notice("/admin/cases", Notice::Saved))
        }
        _ => Err(PageError::NotFound),
    }
}

/// The page of the case that a decision belongs to.
async fn home(web: &Web, id: DecisionId) -> Result<String> {
    let row = web.read(move |conn| Ok(db::cases::decision(conn, id)?)).await?;
    Ok(format!("/admin/cases/{}", row.ok_or(PageError::NotFound)?.case_id))
}

/// Somebody has come back to what was decided.
async fn follow_up(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let decision: DecisionId = sight::id(&id)?;
    let origin = only(&web, &signed).await?;
    let back = home(&web, decision).await?;
    web.door.perform(origin, FollowUp { decision }).await?;
    Ok(see_notice(&back, Notice::Saved))
}

/// What is answered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Answered {
    text: String,
    upheld: String,
}

/// Answers an appeal.
async fn answer(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, typed): Posted<Answered>,
) -> Answer {
    let decision: DecisionId = sight::id(&id)?;
    let origin = only(&web, &signed).await?;
    let back = home(&web, decision).await?;
    let operation = AnswerAppeal { decision, upheld: typed.upheld == "yes", answer: typed.text };
    web.door.perform(origin, operation).await?;
    Ok(see_notice(&back, Notice::Saved))
}
