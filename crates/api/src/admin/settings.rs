//! What this place says it is, and whether it takes two who run it.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use domain::console::Accent;
use ops::{
    about::{ChangeSite, SiteSettings, Texts},
    proposals::{Act, SetTwoPersons},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{only, proposals::held};
use crate::{
    Api, Result,
    auth::{ReadAdmin, Viewer, WriteAdmin},
    body::Body,
    words,
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/settings").get(show).patch(change));
}

/// Texts by language: `en`, `es`, `ca`, `de`, `fr`.
pub(super) type ByLanguage = BTreeMap<String, String>;

pub(super) fn by_language(texts: &Texts) -> ByLanguage {
    texts.pairs().map(|(language, text)| (language.to_owned(), text.to_owned())).collect()
}

pub(super) fn texts(given: &ByLanguage) -> Result<Texts> {
    Ok(Texts::new(given.iter().map(|(language, text)| (language.as_str(), text.as_str())))?)
}

/// What was set; what is nothing is as the configuration says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SiteSettingsView {
    name: Option<String>,
    contact: Option<String>,
    #[schema(value_type = Option<words::Accent>)]
    accent: Option<&'static str>,
    /// By language.
    #[schema(value_type = Object)]
    description: ByLanguage,
    /// What one agrees to who signs up, one rule a line; by language.
    #[schema(value_type = Object)]
    rules: ByLanguage,
    /// What is promised about data; by language.
    #[schema(value_type = Object)]
    promises: ByLanguage,
    /// Whether suspending takes two who run this place.
    two_persons: bool,
}

async fn view(api: &Api) -> Result<SiteSettingsView> {
    let found = api.read(|conn| {
        let two_persons = ops::proposals::two_persons(conn)?;
        Ok((SiteSettings::load(conn)?, two_persons))
    });
    let (it, two_persons) = found.await?;
    Ok(SiteSettingsView {
        name: it.name,
        contact: it.contact,
        accent: it.accent.map(Accent::word),
        description: by_language(&it.description),
        rules: by_language(&it.rules),
        promises: by_language(&it.promises),
        two_persons,
    })
}

/// Shows what was set; admins may.
#[utoipa::path(
    get,
    path = "/admin/settings",
    operation_id = "showSiteSettings",
    tag = "admin",
    responses((status = 200, description = "The settings", body = SiteSettingsView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn show(api: web::Data<Api>, viewer: Viewer<ReadAdmin>) -> Result<HttpResponse> {
    only(&viewer)?;
    Ok(HttpResponse::Ok().json(view(&api).await?))
}

/// What is set; what is left out stays, and what is empty is as the configuration says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "rules": { "en": "Be kind.", "es": "Trátense bien." }, "accent": "leaf" }))]
pub(crate) struct SiteSettingsForm {
    #[schema(max_length = 100)]
    name: Option<String>,
    /// An e-mail address.
    contact: Option<String>,
    #[schema(value_type = Option<words::Accent>)]
    accent: Option<String>,
    #[schema(value_type = Option<Object>)]
    description: Option<ByLanguage>,
    #[schema(value_type = Option<Object>)]
    rules: Option<ByLanguage>,
    #[schema(value_type = Option<Object>)]
    promises: Option<ByLanguage>,
    two_persons: Option<bool>,
}

/// Sets what this place says it is, and whether suspending takes two; admins may.
///
/// That it takes one again takes two itself: then it is proposed.
#[utoipa::path(
    patch,
    path = "/admin/settings",
    operation_id = "changeSiteSettings",
    tag = "admin",
    request_body = SiteSettingsForm,
    responses(
        (status = 200, description = "The settings as they are now", body = SiteSettingsView),
        (status = 202, description = "The rest is done, and this waits for a second admin", body = super::proposals::ProposedView)
    ),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn change(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    body: Body,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let form: SiteSettingsForm = body.json()?;
    let text = |given: Option<ByLanguage>| given.as_ref().map(texts).transpose();
    let operation = ChangeSite {
        name: form.name,
        contact: form.contact,
        accent: form.accent.as_deref().map(Accent::parse).transpose()?,
        description: text(form.description)?,
        rules: text(form.rules)?,
        promises: text(form.promises)?,
    };
    api.door.perform(viewer.origin(), operation).await?;
    if let Some(on) = form.two_persons {
        let done = api.door.perform(viewer.origin(), SetTwoPersons { on }).await;
        if let Err(waits) = held(&api, &viewer, done, || Act::OnePerson).await? {
            return Ok(waits);
        }
    }
    Ok(HttpResponse::Ok().json(view(&api).await?))
}
