//! What one admin has proposed and another one has to agree to.

use actix_web::web;
use db::{actors::ActorRow, proposals::ProposalRow};
use domain::{ActorId, ProposalId, Time, console::ProposalState};
use ops::proposals::AnswerProposal;
use serde::Deserialize;
use words::say;

use super::{PAGE, frame, is, only, pager, read, room};
use crate::{
    Web, actors,
    answer::{Answer, page, see_notice},
    error::PageError,
    forms::{Bare, Posted},
    paging,
    session::Signed,
    sight,
    views::{
        admin::list::{Deed, Fact, ListPage, Mark, Row, Tab},
        page::Notice,
    },
    when,
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/proposals").get(list))
        .service(web::resource("/admin/proposals/{id}/{deed}").post(answer));
}

/// Which proposals.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    state: String,
    before: String,
}

/// Lists them.
async fn list(web: web::Data<Web>, signed: Signed, asked: web::Query<Asked>) -> Answer {
    let state = ProposalState::parse(&asked.state).unwrap_or(ProposalState::Waiting);
    let before: Option<ProposalId> = sight::cursor(Some(&asked.before))?;
    let (now, me) = (web.door.now(), signed.viewer.person.actor());
    let found = read(&web, &signed, move |conn| {
        let mut rows = db::proposals::page(conn, state, before, paging::ask(PAGE))?;
        let older = paging::cut(&mut rows, PAGE, |row| row.id.to_string());
        let who = rows.iter().flat_map(|row| [Some(row.proposed_by), row.answered_by]);
        let who = actors::find_all(conn, who.flatten().collect())?;
        let name = |id: ActorId| who.get(&id).map(ActorRow::address).unwrap_or_default();
        let rows: Vec<Row> = rows.iter().map(|row| view(row, &name, me, now)).collect();
        Ok((rows, older))
    });
    let (waits, (rows, older)) = found.await?;
    let tab = |it: ProposalState| Tab {
        url: format!("/admin/proposals?state={}", it.word()),
        label: is(it.word()),
        here: it == state,
    };
    page(&ListPage {
        page: frame(&web, &signed),
        room: room("/admin/proposals", waits),
        title: say("console-nav-proposals"),
        lead: say("console-proposals-lead"),
        tabs: ProposalState::ALL.iter().map(|it| tab(*it)).collect(),
        filter: Vec::new(),
        rows,
        pager: pager(
            "/admin/proposals",
            &[("state", state.word())],
            asked.before.is_empty(),
            older,
        ),
    })
}

fn view(row: &ProposalRow, name: &dyn Fn(ActorId) -> String, me: ActorId, now: Time) -> Row {
    let mut facts = vec![
        Fact::text(say("console-proposed-by"), name(row.proposed_by)),
        Fact::time(say("console-proposed-at"), when::moment(row.proposed_at, now)),
    ];
    facts.extend(row.answered_by.map(|id| Fact::text(say("console-answered-by"), name(id))));
    let at = |deed: &str| format!("/admin/proposals/{}/{deed}", row.id);
    let mut deeds = Vec::new();
    if row.state == ProposalState::Waiting {
        if row.proposed_by == me {
            deeds.push(Deed::new(at("refuse"), say("console-proposal-withdraw")));
        } else {
            deeds.push(Deed::new(at("agree"), say("console-proposal-agree")).harming());
            deeds.push(Deed::new(at("refuse"), say("console-proposal-refuse")));
        }
    }
    let act = is(row.act.word());
    Row {
        title: if row.target.is_empty() {
            act.into_owned()
        } else {
            format!("{act}: {}", row.target)
        },
        url: None,
        marks: vec![Mark::new(is(row.state.word()), "")],
        facts,
        quote: String::new(),
        deeds,
    }
}

/// Agrees, or says no.
async fn answer(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (id, deed) = path.into_inner();
    let id: ProposalId = sight::id(&id)?;
    let agree = match deed.as_str() {
        "agree" => true,
        "refuse" => false,
        _ => return Err(PageError::NotFound),
    };
    let origin = only(&web, &signed).await?;
    web.door.perform(origin, AnswerProposal { id, agree }).await?;
    Ok(see_notice("/admin/proposals", Notice::Saved))
}
