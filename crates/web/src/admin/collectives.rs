//! Collectives, here and elsewhere.

use actix_web::{http::StatusCode, web};
use db::{
    actors::ActorRow,
    console::collectives::{self, Filter, Numbers},
};
use domain::{ActorId, moderation::reason, people::ActorKind, text};
use ops::{
    moderation::{SuspendActor, UnsuspendActor},
    proposals::Act,
};
use serde::Deserialize;
use words::{number, say};

use super::{PAGE, frame, held, is, only, pager, part, read, room};
use crate::{
    Web, actors,
    answer::{Answer, page, page_with, see_notice},
    error::PageError,
    forms::{Posted, told},
    paging,
    session::Signed,
    sight,
    views::{
        admin::list::{Deed, Fact, FilterField, ListPage, Mark, OnePage, Row, Tab},
        forms::FormErrors,
        page::Notice,
    },
    when,
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/collectives").get(list))
        .service(web::resource("/admin/collectives/{id}").get(show))
        .service(web::resource("/admin/collectives/{id}/{said:suspend|unsuspend}").post(act));
}

/// Which collectives.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    state: String,
    q: String,
    before: String,
}

/// Lists collectives.
async fn list(web: web::Data<Web>, signed: Signed, asked: web::Query<Asked>) -> Answer {
    let asked = asked.into_inner();
    let now = web.door.now();
    let words = text::line("q", &asked.q, 0, 200).unwrap_or_default();
    let (filter, here) = match asked.state.as_str() {
        "elsewhere" => (Filter::Elsewhere, "elsewhere"),
        "suspended" => (Filter::Suspended, "suspended"),
        _ => (Filter::Here, ""),
    };
    let before: Option<ActorId> = sight::cursor(Some(&asked.before))?;
    let (waits, mut rows) = read(&web, &signed, move |conn| {
        Ok(collectives::page(conn, &words, filter, before, paging::ask(PAGE))?)
    })
    .await?;
    let older = paging::cut(&mut rows, PAGE, |row| row.id.to_string());
    let short = |row: &ActorRow| Row {
        title: row.display_name().to_owned(),
        url: Some(format!("/admin/collectives/{}", row.id)),
        marks: marks(row),
        facts: vec![
            Fact::text(say("console-handle"), format!("@{}", row.address())),
            Fact::time(say("console-first-seen"), when::stamp(row.created_at, now)),
        ],
        ..Row::default()
    };
    let tab = |state: &str, label| {
        let url = match state {
            "" => "/admin/collectives".to_owned(),
            state => format!("/admin/collectives?state={state}"),
        };
        Tab { url, label, here: state == here }
    };
    page(&ListPage {
        page: frame(&web, &signed),
        room: room("/admin/collectives", waits),
        title: say("console-nav-collectives"),
        lead: say("console-collectives-lead"),
        tabs: vec![
            tab("", say("console-collectives-here")),
            tab("elsewhere", say("console-collectives-elsewhere")),
            tab("suspended", say("console-collectives-suspended")),
        ],
        filter: vec![
            FilterField::typed("q", say("console-collectives-q"), &asked.q),
            FilterField::chosen("state", say("console-state"), here, states()),
        ],
        rows: rows.iter().map(short).collect(),
        pager: pager(
            "/admin/collectives",
            &[("state", here), ("q", &asked.q)],
            asked.before.is_empty(),
            older,
        ),
    })
}

fn states() -> Vec<crate::views::forms::Choice> {
    vec![
        super::choice("", say("console-collectives-here")),
        super::choice("elsewhere", say("console-collectives-elsewhere")),
        super::choice("suspended", say("console-collectives-suspended")),
    ]
}

fn marks(row: &ActorRow) -> Vec<Mark> {
    let suspended = row.suspended_at.is_some();
    suspended.then(|| Mark::new(is("suspended"), "bad")).into_iter().collect()
}

/// Shows one.
async fn show(web: web::Data<Web>, signed: Signed, id: web::Path<String>) -> Answer {
    one(&web, &signed, sight::id(&id)?, (StatusCode::OK, FormErrors::default())).await
}

async fn one(
    web: &Web,
    signed: &Signed,
    id: ActorId,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let now = web.door.now();
    let (waits, (row, numbers)) = read(web, signed, move |conn| {
        let row = db::actors::find(conn, id)?;
        let row = row.filter(|row| row.kind == ActorKind::Group && row.deleted_at.is_none());
        let row = row.ok_or(PageError::NotFound)?;
        let counted =
            if row.local { Some(collectives::numbers(conn, id.collective())?) } else { None };
        Ok((row, counted))
    })
    .await?;
    let mut facts = vec![
        Fact::link(say("console-handle"), format!("@{}", row.address()), actors::path(&row)),
        Fact::time(say("console-first-seen"), when::moment(row.created_at, now)),
    ];
    facts.extend(numbers.map(counted).into_iter().flatten());
    if let Some(at) = row.suspended_at {
        facts.push(Fact::time(say("console-suspended-since"), when::moment(at, now)));
    }
    if !row.local {
        let server = format!("/admin/servers/{}", part(&row.host));
        facts.push(Fact::link(say("console-host"), row.host.clone(), server));
    }
    let view = OnePage {
        page: frame(web, signed),
        room: room("/admin/collectives", waits),
        back: ("/admin/collectives".to_owned(), say("console-nav-collectives")),
        thing: Row {
            title: row.display_name().to_owned(),
            url: None,
            marks: marks(&row),
            facts,
            quote: if row.local {
                say("console-collective-theirs").into_owned()
            } else {
                String::new()
            },
            deeds: deeds(&row),
        },
        document: String::new(),
        rule: None,
        errors,
    };
    page_with(status, &view)
}

fn counted(it: Numbers) -> Vec<Fact> {
    [
        (say("console-members"), it.members),
        (say("console-stewards"), it.stewards),
        (say("console-sponsored"), it.accounts),
        (say("console-collective-followers"), it.followers),
        (say("console-needs"), it.needs),
        (say("console-offers"), it.offers),
    ]
    .map(|(label, value)| Fact::text(label, number(value)))
    .into()
}

/// A collective of this server is its members' own: nobody suspends it.
fn deeds(row: &ActorRow) -> Vec<Deed> {
    if row.local {
        return Vec::new();
    }
    let at = |deed: &str| format!("/admin/collectives/{}/{deed}", row.id);
    vec![match row.suspended_at {
        Some(_) => Deed::new(at("unsuspend"), say("console-unsuspend")),
        None => Deed::new(at("suspend"), say("console-suspend")).harming(),
    }]
}

/// Why.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Why {
    reason: String,
}

/// Suspends one of another server, or ends that.
async fn act(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, why): Posted<Why>,
) -> Answer {
    let (id, said) = path.into_inner();
    let actor: ActorId = sight::id(&id)?;
    let origin = only(&web, &signed).await?;
    let why = reason(&why.reason)?;
    let back = format!("/admin/collectives/{actor}");
    if said == "unsuspend" {
        web.door.perform(origin, UnsuspendActor { actor, reason: why }).await?;
        return Ok(see_notice(&back, Notice::Saved));
    }
    let operation = SuspendActor { actor, reason: why.clone() };
    let done = web.door.perform(origin.clone(), operation).await;
    match held(&web, &origin, done, || Act::suspend(actor, why)).await {
        Ok(Ok(())) => Ok(see_notice(&back, Notice::Saved)),
        Ok(Err(waits)) => Ok(waits),
        Err(err) => one(&web, &signed, actor, told(err)?).await,
    }
}
