//! Forms kept for later, and listings that come again.

mod form;

pub(crate) use form::{input, kept};

use actix_web::{http::StatusCode, web};
use db::{Conn, actors::ActorRow, templates::TemplateRow};
use domain::{
    CollectiveId, Invalid, ListingId, Origin, PersonId, TemplateId, Time, templates::Recurs, text,
};
use ops::templates::{CreateTemplate, DeleteTemplate, EditTemplate, Template};

use crate::{
    Result, Web, actors,
    answer::{Answer, page_with, see_notice},
    error::PageError,
    forms::{Bare, Posted, told},
    labels::Word,
    paging,
    people::Cursor,
    session::Signed,
    sight,
    views::{
        forms::{Choice, FormErrors},
        page::{Notice, Page, Pager},
        templates::{TemplateInput, TemplateView, TemplatesPage},
    },
    when,
};

/// So many on a page.
const PAGE: usize = 20;
/// When a listing comes again by itself, on the day that was chosen.
const HOUR: &str = "08:00:00Z";

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/c/{handle}/templates").get(show))
        .service(web::resource("/c/{handle}/templates/{id}/edit").post(edit))
        .service(web::resource("/c/{handle}/templates/{id}/remove").post(remove))
        .service(web::resource("/listings/{id}/template").post(keep));
}

/// A template of a collective, for its members; to others it is not there.
pub(crate) fn find(
    conn: &mut Conn,
    collective: CollectiveId,
    id: TemplateId,
    person: PersonId,
) -> Result<TemplateRow> {
    let row = db::templates::find(conn, id)?.filter(|row| row.collective_id == collective);
    let belongs = sight::standing(conn, collective, Some(person))?.belongs();
    row.filter(|_| belongs).ok_or(PageError::NotFound)
}

/// Shows the templates of a collective to its members.
async fn show(
    web: web::Data<Web>,
    signed: Signed,
    handle: web::Path<String>,
    cursor: web::Query<Cursor>,
) -> Answer {
    let before = cursor.into_inner().before;
    let nothing = (StatusCode::OK, FormErrors::default());
    page(&web, &signed, handle.into_inner(), before, None, nothing).await
}

async fn page(
    web: &Web,
    signed: &Signed,
    handle: String,
    before: Option<String>,
    typed: Option<(TemplateId, TemplateInput)>,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let (person, now) = (signed.viewer.person, web.door.now());
    let cursor = sight::cursor(before.as_deref())?;
    let found = web.read(move |conn| {
        let actor = sight::collective(conn, &handle)?;
        let id = actor.id.collective();
        let standing = sight::standing(conn, id, Some(person))?;
        if !standing.belongs() {
            return Err(PageError::NotFound);
        }
        let mut rows = db::templates::page(conn, id, cursor, paging::ask(PAGE))?;
        let older = paging::cut(&mut rows, PAGE, |row| row.id);
        Ok((actor, standing.speaks().is_ok(), standing.governs().is_ok(), rows, older))
    });
    let (actor, speaks, steward, rows, older) = found.await?;
    let base = format!("{}/templates", actors::path(&actor));
    let view = TemplatesPage {
        page: Page { noindex: true, ..signed.visit.frame(web) },
        templates: rows.iter().map(|row| view(row, &actor, typed.as_ref(), now)).collect(),
        collective: actors::view(&actor),
        speaks,
        steward,
        every: every(),
        pager: Pager {
            newest: before.map(|_| base.clone()),
            older: older.map(|id| format!("{base}?before={id}")),
        },
        errors,
    };
    page_with(status, &view)
}

/// How often: never, or one of our words.
fn every() -> Vec<Choice> {
    let never = Choice { value: String::new(), label: words::say("templates-never").into_owned() };
    let words = Recurs::WORDS.iter();
    let words =
        words.map(|it| Choice { value: it.slug().to_owned(), label: it.label().into_owned() });
    std::iter::once(never).chain(words).collect()
}

fn view(
    row: &TemplateRow,
    actor: &ActorRow,
    typed: Option<&(TemplateId, TemplateInput)>,
    now: Time,
) -> TemplateView {
    let path = actors::path(actor);
    let says = input(&row.form);
    let typed = typed.filter(|(id, _)| *id == row.id).map(|(_, input)| input.clone());
    let kept = || TemplateInput {
        name: row.name.clone(),
        recurs: row.recurs.map_or("", Recurs::word).to_owned(),
        next_at: row.next_at.map(when::date).unwrap_or_default(),
        version: row.version.to_string(),
    };
    TemplateView {
        name: row.name.clone(),
        purpose: domain::listings::Purpose::parse(&says.purpose).ok(),
        title: says.title,
        recurs: row.recurs,
        next: row.next_at.map(|at| when::day(at, now)),
        make: format!("{path}/listings/new?template={}", row.id),
        base: format!("{path}/templates/{}", row.id),
        open: typed.is_some(),
        input: typed.unwrap_or_else(kept),
    }
}

/// Changes the name of a template, and how often it comes again by itself.
async fn edit(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, input): Posted<TemplateInput>,
) -> Answer {
    let (handle, id) = path.into_inner();
    let (id, person, named): (TemplateId, _, _) =
        (sight::id(&id)?, signed.viewer.person, handle.clone());
    let row = web.read(move |conn| {
        let collective = sight::collective(conn, &named)?.id.collective();
        find(conn, collective, id, person)
    });
    let row = row.await?;
    let operation = input.template(&row).map(|template| {
        // Nobody's change is undone by whoever looked before it.
        let version = input.version.parse().unwrap_or_default();
        EditTemplate { id, template, version }
    });
    let done = match operation {
        Ok(operation) => web.door.perform(Origin::local(person), operation).await,
        Err(invalid) => Err(invalid.into()),
    };
    match done {
        Ok(()) => Ok(see_notice(&format!("/c/{handle}/templates"), Notice::Saved)),
        Err(err) => page(&web, &signed, handle, None, Some((id, input)), told(err)?).await,
    }
}

impl TemplateInput {
    fn template(&self, row: &TemplateRow) -> std::result::Result<Template, Invalid> {
        let recurs = self.recurs.trim();
        let recurs = (!recurs.is_empty()).then(|| Recurs::parse(recurs)).transpose()?;
        Ok(Template {
            name: text::line("name", &self.name, 1, 120)?,
            form: row.form.clone(),
            recurs,
            // What comes never comes on no day.
            next_at: if recurs.is_some() { self.next(row)? } else { None },
        })
    }

    /// The day that was typed; the hour stays where the day does.
    fn next(&self, row: &TemplateRow) -> std::result::Result<Option<Time>, Invalid> {
        let day = self.next_at.trim();
        if day.is_empty() {
            return Ok(None);
        }
        if let Some(kept) = row.next_at.filter(|at| when::date(*at) == day) {
            return Ok(Some(kept));
        }
        let typed = Time::parse("next_at", &format!("{day}T{HOUR}"));
        typed.map(Some).map_err(|_| Invalid::new("next_at", "must be a date like 2026-05-31"))
    }
}

/// Throws a template away; what was made from it stays.
async fn remove(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (handle, id) = path.into_inner();
    let (id, person, named): (TemplateId, _, _) =
        (sight::id(&id)?, signed.viewer.person, handle.clone());
    let seen = web.read(move |conn| {
        let collective = sight::collective(conn, &named)?.id.collective();
        find(conn, collective, id, person)
    });
    seen.await?;
    web.door.perform(Origin::local(person), DeleteTemplate { id }).await?;
    Ok(see_notice(&format!("/c/{handle}/templates"), Notice::Saved))
}

/// Keeps what a listing says as a template.
async fn keep(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (id, person): (ListingId, _) = (sight::id(&id)?, signed.viewer.person);
    let found = web.read(move |conn| {
        let (row, _) = sight::listing(conn, id, Some(person))?;
        let actor = db::actors::find(conn, row.collective_id.actor())?;
        let point = db::listings::exact_point(conn, id)?;
        Ok((actor.ok_or(PageError::NotFound)?, row, point))
    });
    let (actor, row, point) = found.await?;
    let template =
        Template { name: row.title.clone(), form: kept(&row, point), recurs: None, next_at: None };
    let operation = CreateTemplate { collective: row.collective_id, template };
    web.door.perform(Origin::local(person), operation).await?;
    Ok(see_notice(&format!("{}/templates", actors::path(&actor)), Notice::Saved))
}
