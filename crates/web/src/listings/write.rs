//! Writing a need or an offer, and changing it.

use actix_web::{http::StatusCode, web};
use db::actors::ActorRow;
use domain::{
    ListingId, Origin,
    listings::{State, admit, may_change},
    text::Licence,
};
use ops::listings::{EditListing, PostListing};
use serde::Deserialize;

use super::form;
use crate::{
    Result, Web, actors,
    answer::{Answer, page_with, see_notice},
    error::PageError,
    forms::{Posted, told},
    languages,
    session::{Signed, Visit},
    sight,
    views::{
        forms::FormErrors,
        listing_form::{ListingFormPage, ListingInput},
        page::{Notice, Page},
    },
};

/// With which form to begin.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Beginning {
    purpose: String,
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

    fn show(
        self,
        web: &Web,
        visit: &Visit,
        input: ListingInput,
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
    let input = ListingInput {
        purpose: beginning.into_inner().purpose,
        language,
        licence: Licence::ShareAlike.word().to_owned(),
        ..ListingInput::default()
    };
    sheet.show(&web, &signed.visit, input, fresh())
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
                (StatusCode::UNPROCESSABLE_ENTITY, errors),
            );
        }
    };
    let publish = r#do == "publish";
    let board = sheet.collective.id.collective();
    let operation = PostListing { board, content, publish };
    match web.door.perform(Origin::local(signed.viewer.person), operation).await {
        Ok(id) => {
            let notice = if publish { Notice::Published } else { Notice::DraftSaved };
            Ok(see_notice(&format!("/listings/{id}"), notice))
        }
        Err(err) => sheet.show(&web, &signed.visit, input, told(err)?),
    }
}

/// Shows the form of a listing that is there.
pub(super) async fn edit(web: web::Data<Web>, signed: Signed, id: web::Path<String>) -> Answer {
    let (sheet, input) = Sheet::of(&web, &signed, sight::id(&id)?).await?;
    sheet.show(&web, &signed.visit, input, fresh())
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
                (StatusCode::UNPROCESSABLE_ENTITY, errors),
            );
        }
    };
    let origin = Origin::local(signed.viewer.person);
    let version = input.version.parse().ok();
    let saved = web.door.perform(origin.clone(), EditListing { listing, content, version }).await;
    if let Err(err) = saved {
        return sheet.show(&web, &signed.visit, input, told(err)?);
    }
    let draft = sheet.editing.is_some_and(|(_, state)| state == State::Draft);
    if draft && r#do == "publish" {
        let version = version.map(|version: i64| version + 1);
        super::steps::publish(&web, origin, listing, version).await?;
        return Ok(see_notice(&sheet.back, Notice::Published));
    }
    Ok(see_notice(&sheet.back, if draft { Notice::DraftSaved } else { Notice::Saved }))
}
