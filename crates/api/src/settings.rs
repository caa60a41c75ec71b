//! What I choose for my account: its language, and which letters I get.

use actix_web::{HttpResponse, web};
use domain::{Invalid, letters::Digest, text::Language};
use ops::settings::ChangeSettings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Api, Result,
    auth::{ReadAccounts, Viewer, WriteAccounts},
    body::Body,
    problem::ApiError,
    words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/me/settings").get(show).patch(change));
}

/// What I chose.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SettingsView {
    /// The language of pages and letters.
    #[schema(value_type = words::Language)]
    locale: String,
    /// How often what is new is told by letter; never twice the same, and never nothing.
    #[schema(value_type = words::Digest)]
    digest: &'static str,
    /// Whether a letter tells what concerns me and I have not read, at most once an hour.
    letters: bool,
}

async fn view<S>(api: &Api, viewer: &Viewer<S>) -> Result<HttpResponse> {
    let account = viewer.account.id;
    let row = api.read(move |conn| Ok(db::letters::of(conn, account)?)).await?;
    let row = row.ok_or_else(|| ApiError::not_found("account"))?;
    let view = SettingsView { locale: row.locale, digest: row.digest.word(), letters: row.letters };
    Ok(HttpResponse::Ok().json(view))
}

/// Shows what I chose.
#[utoipa::path(
    get,
    path = "/me/settings",
    operation_id = "showSettings",
    tag = "accounts",
    responses((status = 200, description = "What I chose", body = SettingsView)),
    security(("bearer" = ["accounts:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadAccounts>,
) -> Result<HttpResponse> {
    view(&api, &viewer).await
}

/// What I choose; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "locale": "ca", "digest": "daily", "letters": false }))]
pub(crate) struct SettingsForm {
    #[schema(value_type = Option<words::Language>)]
    locale: Option<String>,
    #[schema(value_type = Option<words::Digest>)]
    digest: Option<String>,
    letters: Option<bool>,
}

/// Chooses; what is left out stays.
#[utoipa::path(
    patch,
    path = "/me/settings",
    operation_id = "changeSettings",
    tag = "accounts",
    request_body = SettingsForm,
    responses((status = 200, description = "As it is now", body = SettingsView)),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn change(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
    body: Body,
) -> Result<HttpResponse> {
    let form: SettingsForm = body.json()?;
    let wrong = |err: Invalid| Invalid::new("locale", err.problem);
    let operation = ChangeSettings {
        locale: form.locale.as_deref().map(Language::parse).transpose().map_err(wrong)?,
        digest: form.digest.as_deref().map(Digest::parse).transpose()?,
        letters: form.letters,
    };
    api.door.perform(viewer.origin(), operation).await?;
    view(&api, &viewer).await
}
