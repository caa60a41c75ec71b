//! Founding a collective, and changing what it says about itself.

use actix_web::{http::StatusCode, web};
use domain::{
    CollectiveId, Handle, Invalid, Origin,
    collectives::{FollowPolicy, Profile},
    text::Language,
};
use ops::collectives::{CreateCollective, EditCollective};

use super::profile;
use crate::{
    Result, Web, actors,
    answer::{Answer, page_with, see_notice},
    error::PageError,
    forms::{Posted, told},
    languages,
    session::{Signed, Visit},
    sight,
    views::{
        collectives::{CollectiveFormPage, CollectiveInput},
        forms::FormErrors,
        page::{Notice, Page},
    },
};

/// Shows the empty form.
pub(super) async fn blank(web: web::Data<Web>, signed: Signed) -> Answer {
    let input = CollectiveInput { language: "und".to_owned(), ..CollectiveInput::default() };
    let blank = (StatusCode::OK, FormErrors::default());
    show(&web, &signed.visit, "/collectives/new".to_owned(), None, input, blank)
}

/// Founds a collective.
pub(super) async fn found(
    web: web::Data<Web>,
    Posted(signed, sent): Posted<CollectiveInput>,
) -> Answer {
    let input = sent;
    let again =
        |input, told| show(&web, &signed.visit, "/collectives/new".to_owned(), None, input, told);
    let mut errors = FormErrors::default();
    let profile = errors.keep(read(&input));
    let handle = errors.keep(Handle::choose(&input.handle));
    let (Some(profile), Some(handle)) = (profile, handle) else {
        return again(input, (StatusCode::UNPROCESSABLE_ENTITY, errors));
    };
    let path = format!("/c/{}", handle.as_str());
    let (group_keys, voice_keys) = (web.keys.pair().await?, web.keys.pair().await?);
    let operation = CreateCollective { handle, profile, group_keys, voice_keys };
    match web.door.perform(Origin::local(signed.viewer.person), operation).await {
        Ok(_) => Ok(see_notice(&path, Notice::CollectiveFounded)),
        Err(err) => again(input, told(err)?),
    }
}

/// A collective whose form the viewer may see.
struct Editing {
    id: CollectiveId,
    name: String,
    path: String,
    input: CollectiveInput,
}

impl Editing {
    async fn load(web: &Web, signed: &Signed, handle: String) -> Result<Self> {
        let person = signed.viewer.person;
        let facts = web.read(move |conn| {
            let actor = sight::collective(conn, &handle)?;
            let id = actor.id.collective();
            sight::standing(conn, id, Some(person))?.governs()?;
            let row = db::collectives::find(conn, id)?.ok_or(PageError::NotFound)?;
            Ok((actor, row, db::profiles::sections(conn, id)?))
        });
        let (actor, row, sections) = facts.await?;
        let input = CollectiveInput {
            handle: actor.handle.clone(),
            name: actor.name.clone(),
            summary: actor.summary.clone(),
            language: row.language.as_str().to_owned(),
            follow_policy: row.follow_policy.word().to_owned(),
            publishers: if row.members_publish { "members" } else { "stewards" }.to_owned(),
            public_log: if row.public_log { "yes" } else { "" }.to_owned(),
            version: row.version.to_string(),
            place: row.place.clone().unwrap_or_default(),
            latitude: row.public_latitude.map(|degrees| degrees.to_string()).unwrap_or_default(),
            longitude: row.public_longitude.map(|degrees| degrees.to_string()).unwrap_or_default(),
            sections: profile::typed(&sections),
        };
        let path = actors::path(&actor);
        Ok(Self { id: row.id, name: actor.display_name().to_owned(), path, input })
    }
}

/// Shows the form of a collective that is there.
pub(super) async fn edit(web: web::Data<Web>, signed: Signed, handle: web::Path<String>) -> Answer {
    let Editing { name, path, input, .. } =
        Editing::load(&web, &signed, handle.into_inner()).await?;
    let unchanged = (StatusCode::OK, FormErrors::default());
    show(&web, &signed.visit, format!("{path}/edit"), Some(name), input, unchanged)
}

/// Changes a collective.
pub(super) async fn save(
    web: web::Data<Web>,
    handle: web::Path<String>,
    Posted(signed, sent): Posted<CollectiveInput>,
) -> Answer {
    let input = sent;
    let Editing { id, name, path, .. } = Editing::load(&web, &signed, handle.into_inner()).await?;
    let saved = match read(&input) {
        Ok(profile) => {
            let version = input.version.parse().ok();
            let operation = EditCollective { collective: id, profile, version };
            web.door.perform(Origin::local(signed.viewer.person), operation).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match saved {
        Ok(()) => Ok(see_notice(&path, Notice::Saved)),
        Err(err) => {
            show(&web, &signed.visit, format!("{path}/edit"), Some(name), input, told(err)?)
        }
    }
}

fn read(input: &CollectiveInput) -> std::result::Result<Profile, Invalid> {
    let language = match input.language.as_str() {
        "" => Language::default(),
        tag => Language::parse(tag)?,
    };
    let policy = FollowPolicy::parse(&input.follow_policy)?;
    let members_publish = input.publishers != "stewards";
    let profile = Profile::new(&input.name, &input.summary, language, policy, members_publish)?;
    let (place, sections) = profile::read(input)?;
    Ok(Profile { public_log: input.public_log == "yes", place, sections, ..profile })
}

fn show(
    web: &Web,
    visit: &Visit,
    action: String,
    editing: Option<String>,
    input: CollectiveInput,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let new = editing.is_none();
    let view = CollectiveFormPage {
        page: Page { noindex: true, ..visit.frame(web) },
        action,
        editing,
        languages: languages::choices(&input.language),
        sections: if new { Vec::new() } else { profile::fields(&input) },
        input,
        errors,
    };
    page_with(status, &view)
}
