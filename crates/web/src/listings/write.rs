//! Writing a need or an offer, and changing it.

use actix_web::{http::StatusCode, web};
use db::actors::ActorRow;
use domain::{
    CollectiveId, ListingId, Origin, TemplateId,
    listings::{Content, Purpose, Signature, State, Terms, admit, may_change},
    text::Licence,
};
use ops::{
    listings::{EditListing, PostListing},
    previews::{Preview, imagined},
    templates::UseTemplate,
};
use serde::Deserialize;

use super::form;
use crate::{
    Result, Web, actors,
    answer::{Answer, page_with, see_notice},
    error::PageError,
    forms::{Posted, told},
    html::clean,
    languages,
    session::{Signed, Visit},
    sight, templates,
    views::{
        forms::FormErrors,
        listing_form::{ListingFormPage, ListingInput, PreviewView},
        page::{Notice, Page},
    },
    when,
};

/// So many days a new one stands on the board, where its author does not say otherwise.
const STANDS: i64 = 60;

/// With which form to begin.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Beginning {
    purpose: String,
    /// The template to begin with.
    template: String,
}

/// Which button was pressed; the rest of the form is a [`ListingInput`].
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    r#do: String,
    #[serde(flatten)]
    input: ListingInput,
}

/// A form, and everything around it.
struct Sheet {
    collective: ActorRow,
    action: String,
    back: String,
    /// The listing that is changed.
    editing: Option<(ListingId, State)>,
    may_publish: bool,
}

impl Sheet {
    /// For a new listing on the board of a collective here.
    async fn new(web: &Web, signed: &Signed, handle: String) -> Result<(Self, String)> {
        let person = signed.viewer.person;
        let facts = web.read(move |conn| {
            let actor = sight::collective(conn, &handle)?;
            let row = db::collectives::find(conn, actor.id.collective())?;
            let row = row.ok_or(PageError::NotFound)?;
            let standing = sight::standing(conn, row.id, Some(person))?;
            admit(row.board(), standing, false)?;
            Ok((actor, admit(row.board(), standing, true).is_ok(), row.language))
        });
        let (collective, may_publish, language) = facts.await?;
        let back = actors::path(&collective);
        let action = format!("{back}/listings/new");
        let sheet = Self { collective, action, back, editing: None, may_publish };
        Ok((sheet, String::from(language)))
    }

    /// For a listing that is there.
    async fn of(web: &Web, signed: &Signed, id: ListingId) -> Result<(Self, ListingInput)> {
        let person = signed.viewer.person;
        let facts = web.read(move |conn| {
            let (row, standing) = sight::listing(conn, id, Some(person))?;
            may_change(standing, row.author_id.unwrap_or(person), person)?;
            row.state.edit()?;
            let actor = db::actors::find(conn, row.collective_id.actor())?;
            let home = db::collectives::find(conn, row.collective_id)?;
            let may_publish = home.is_some_and(|home| admit(home.board(), standing, true).is_ok());
            let input = form::input(&row, db::listings::exact_point(conn, id)?);
            Ok((actor.ok_or(PageError::NotFound)?, row.state, may_publish, input))
        });
        let (collective, state, may_publish, input) = facts.await?;
        let back = format!("/listings/{id}");
        let action = format!("{back}/edit");
        Ok((Self { collective, action, back, editing: Some((id, state)), may_publish }, input))
    }

    /// How other servers would show it.
    async fn preview(&self, web: &Web, signed: &Signed, content: &Content) -> Result<PreviewView> {
        let person = signed.viewer.person;
        let signs = content.signed_by == Signature::Member;
        let signer = web
            .read(move |conn| Ok(db::actors::find(conn, person.actor())?))
            .await?
            .filter(|_| signs);
        let whose = (self.collective.id.collective(), person);
        let row = imagined(web.door.site(), whose, content, web.door.now());
        let Preview { microblog, title, threadiverse } =
            web.previews.preview(&row, &self.collective, signer.as_ref());
        // It has no address yet.
        let address = row.id.to_string();
        let plain = |html: &str| clean(&html.replace(&address, "…"));
        Ok(PreviewView { microblog: plain(&microblog), title, threadiverse: plain(&threadiverse) })
    }

    fn show(
        self,
        web: &Web,
        visit: &Visit,
        input: ListingInput,
        preview: Option<PreviewView>,
        (status, errors): (StatusCode, FormErrors),
    ) -> Answer {
        let view = ListingFormPage {
            page: Page { noindex: true, ..visit.frame(web) },
            collective: actors::view(&self.collective),
            action: self.action,
            back: self.back,
            published: self.editing.is_some_and(|(_, state)| state != State::Draft),
            may_publish: self.may_publish,
            editing: self.editing.is_some(),
            languages: languages::choices(&input.language),
            input,
            preview,
            errors,
        };
        page_with(status, &view)
    }
}

fn fresh() -> (StatusCode, FormErrors) {
    (StatusCode::OK, FormErrors::default())
}

/// Shows the empty form.
pub(super) async fn blank(
    web: web::Data<Web>,
    signed: Signed,
    handle: web::Path<String>,
    beginning: web::Query<Beginning>,
) -> Answer {
    let (sheet, language) = Sheet::new(&web, &signed, handle.into_inner()).await?;
    let (person, board) = (signed.viewer.person, sheet.collective.id.collective());
    if !beginning.template.is_empty() {
        let id = sight::id(&beginning.template)?;
        let row = web.read(move |conn| templates::find(conn, board, id, person)).await?;
        let said = templates::input(&row.form);
        let input = ListingInput {
            language: if said.language.is_empty() { language } else { said.language },
            expires_at: when::date(web.door.now().plus_days(STANDS)),
            template: row.id.to_string(),
            ..said
        };
        return sheet.show(&web, &signed.visit, input, None, fresh());
    }
    // Where the last one was, the next one is likely to be too.
    let place = web.read(move |conn| {
        let last = db::listings::by_author(conn, person, None, None, 5)?;
        Ok(last.into_iter().find(|row| row.collective_id == board).and_then(|row| row.place))
    });
    let place = place.await?.unwrap_or_default();
    let purpose = beginning.into_inner().purpose;
    let input = ListingInput {
        purpose: if purpose.is_empty() { Purpose::Need.word().to_owned() } else { purpose },
        language,
        licence: Licence::ShareAlike.word().to_owned(),
        terms: Terms::LetsTalk.word().to_owned(),
        place,
        expires_at: when::date(web.door.now().plus_days(STANDS)),
        ..ListingInput::default()
    };
    sheet.show(&web, &signed.visit, input, None, fresh())
}

/// Posts a need or an offer, or keeps a draft of it.
pub(super) async fn post(
    web: web::Data<Web>,
    handle: web::Path<String>,
    Posted(signed, sent): Posted<Sent>,
) -> Answer {
    let Sent { r#do, input } = sent;
    let (sheet, _) = Sheet::new(&web, &signed, handle.into_inner()).await?;
    let content = match form::content(&input) {
        Ok(content) => content,
        Err(errors) => {
            return sheet.show(
                &web,
                &signed.visit,
                input,
                None,
                (StatusCode::UNPROCESSABLE_ENTITY, errors),
            );
        }
    };
    if r#do == "preview" {
        let preview = sheet.preview(&web, &signed, &content).await?;
        return sheet.show(&web, &signed.visit, input, Some(preview), fresh());
    }
    let publish = r#do == "publish";
    let board = sheet.collective.id.collective();
    match posted(&web, &signed, board, content, publish, &input.template).await {
        Ok(id) => {
            let notice = if publish { Notice::Published } else { Notice::DraftSaved };
            Ok(see_notice(&format!("/listings/{id}"), notice))
        }
        Err(err) => sheet.show(&web, &signed.visit, input, None, told(err)?),
    }
}

/// Posts it; one that is made from a template says so.
async fn posted(
    web: &Web,
    signed: &Signed,
    board: CollectiveId,
    content: Content,
    publish: bool,
    template: &str,
) -> ops::Result<ListingId> {
    let origin = Origin::local(signed.viewer.person);
    // Without its template, which somebody may have thrown away meanwhile, what was typed is as good.
    let id = template.parse::<TemplateId>().ok();
    let known = match id {
        Some(id) => web.reader.read(move |conn| db::templates::find(conn, id)).await?,
        None => None,
    };
    match known.filter(|row| row.collective_id == board) {
        Some(row) => web.door.perform(origin, UseTemplate { id: row.id, content, publish }).await,
        None => web.door.perform(origin, PostListing { board, content, publish }).await,
    }
}

/// Shows the form of a listing that is there.
pub(super) async fn edit(web: web::Data<Web>, signed: Signed, id: web::Path<String>) -> Answer {
    let (sheet, input) = Sheet::of(&web, &signed, sight::id(&id)?).await?;
    sheet.show(&web, &signed.visit, input, None, fresh())
}

/// Changes a listing; a draft may go out at the same time.
pub(super) async fn save(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, sent): Posted<Sent>,
) -> Answer {
    let Sent { r#do, input } = sent;
    let listing = sight::id(&id)?;
    let (sheet, _) = Sheet::of(&web, &signed, listing).await?;
    let content = match form::content(&input) {
        Ok(content) => content,
        Err(errors) => {
            return sheet.show(
                &web,
                &signed.visit,
                input,
                None,
                (StatusCode::UNPROCESSABLE_ENTITY, errors),
            );
        }
    };
    if r#do == "preview" {
        let preview = sheet.preview(&web, &signed, &content).await?;
        return sheet.show(&web, &signed.visit, input, Some(preview), fresh());
    }
    let origin = Origin::local(signed.viewer.person);
    let version = input.version.parse().ok();
    let saved = web.door.perform(origin.clone(), EditListing { listing, content, version }).await;
    if let Err(err) = saved {
        return sheet.show(&web, &signed.visit, input, None, told(err)?);
    }
    let draft = sheet.editing.is_some_and(|(_, state)| state == State::Draft);
    if draft && r#do == "publish" {
        let version = version.map(|version: i64| version + 1);
        super::steps::publish(&web, origin, listing, version).await?;
        return Ok(see_notice(&sheet.back, Notice::Published));
    }
    Ok(see_notice(&sheet.back, if draft { Notice::DraftSaved } else { Notice::Saved }))
}
